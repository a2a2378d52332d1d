"""Where settings come from, which goes first, and what becomes of secrets and paths."""

import os
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.config import STARTER_SCRIPTS, Config, ConfigError, load_config
from bot.settings.outside import Mailbox

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a configuration and says where."""

    def write(text: str) -> Path:
        path = tmp_path / "handraiser.toml"
        path.write_text(text)
        return path

    return write


def problems(path: Path | None, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(path, environ or {})
    return str(caught.value)


def test_without_any_file_the_server_listens_on_this_machine_and_keeps_its_data_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = load_config(None, {})
    assert (config.web.host, config.web.port) == ("127.0.0.1", 8080)
    assert config.storage.url == f"sqlite:///{tmp_path}/data/handraiser.db"
    assert config.dialogs.folder == STARTER_SCRIPTS
    assert config.path is None


def test_the_defaults_of_the_values_are_those_of_an_empty_file(written: Written) -> None:
    config = load_config(written(""), {})
    assert (config.web, config.dialogs, config.log) == (Config().web, Config().dialogs, Config().log)


def test_the_file_in_the_current_folder_is_read_by_itself(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written("[web]\nport = 9001\n")
    monkeypatch.chdir(path.parent)
    assert load_config(None, {}).web.port == 9001


def test_the_environment_names_the_file_and_the_argument_goes_before_it(written: Written, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text("[web]\nport = 9002\n")
    environ = {"HANDRAISER_CONFIG": str(other)}
    assert load_config(None, environ).web.port == 9002
    assert load_config(written("[web]\nport = 9001\n"), environ).web.port == 9001


def test_the_environment_goes_before_the_file(written: Written) -> None:
    path = written('[web]\nport = 9001\nhost = "0.0.0.0"\nallowed_origins = ["https://a.example"]\n')
    environ = {
        "HANDRAISER_WEB__PORT": "9002",
        "HANDRAISER_WEB__ALLOWED_ORIGINS": "https://b.example, https://*.c.example",
        "HANDRAISER_DIALOGS__WATCH": "off",
        "HANDRAISER_DIALOGS__CHECK_SECONDS": "2.5",
    }
    config = load_config(path, environ)
    assert (config.web.port, config.web.host) == (9002, "0.0.0.0")
    assert config.web.allowed_origins == ("https://b.example", "https://*.c.example")
    assert (config.dialogs.watch, config.dialogs.check_seconds) == (False, 2.5)


def test_paths_count_from_the_files_folder_and_those_of_the_environment_from_here(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    for folder in (tmp_path / "mine", elsewhere / "theirs"):
        folder.mkdir(parents=True)
    path = written('[dialogs]\nfolder = "mine"\n[storage]\nurl = "sqlite:///my data/h.db"\n')
    monkeypatch.chdir(elsewhere)
    config = load_config(path, {})
    assert config.dialogs.folder == tmp_path / "mine"
    assert config.storage.url == f"sqlite:///{tmp_path}/my%20data/h.db"
    assert load_config(path, {"HANDRAISER_DIALOGS__FOLDER": "theirs"}).dialogs.folder == elsewhere / "theirs"


def test_an_absolute_database_path_stays_as_it_is(written: Written) -> None:
    assert load_config(written('[storage]\nurl = "sqlite:////srv/h.db"'), {}).storage.url == "sqlite:////srv/h.db"


@pytest.mark.parametrize(
    ("web", "address"),
    [
        ("", "http://127.0.0.1:8080"),
        ('host = "0.0.0.0"', "http://localhost:8080"),
        ('host = "::"\nport = 9', "http://localhost:9"),
        ('host = "::1"', "http://[::1]:8080"),
        ('host = "chat.internal"', "http://chat.internal:8080"),
        ('public_url = "https://chat.example.com/"', "https://chat.example.com"),
    ],
)
def test_visitors_reach_the_server_where_it_listens_unless_told_otherwise(
    written: Written, web: str, address: str
) -> None:
    assert load_config(written(f"[web]\n{web}"), {}).web.base_url == address


def test_origins_and_networks_are_brought_to_the_form_that_they_are_compared_in(written: Written) -> None:
    path = written(
        '[web]\nallowed_origins = ["https://WWW.Example.com/", "https://a.example:443", "http://localhost:3000",'
        ' "https://bücher.example", "https://*.fußball.example", "https://a.example"]\n'
        'trusted_proxies = ["10.0.0.1", "10.1.2.3/8"]'
    )
    web = load_config(path, {}).web
    assert web.allowed_origins == (
        "https://www.example.com",
        "https://a.example",
        "http://localhost:3000",
        "https://xn--bcher-kva.example",
        "https://*.xn--fuball-cta.example",
    )
    assert web.trusted_proxies == (ip_network("10.0.0.1/32"), ip_network("10.0.0.0/8"))


def test_a_secret_may_stand_in_a_file_of_its_own(written: Written, tmp_path: Path) -> None:
    (tmp_path / "dsn").write_text("postgresql://me:s3same-street@db/handraiser\r\n")
    (tmp_path / "token").write_text("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw\n")
    path = written('[storage]\nurl_file = "dsn"\n[telegram]\ntoken_file = "token"\napi_url = "http://localhost:1"\n')
    config = load_config(path, {})
    assert config.storage.url == "postgresql://me:s3same-street@db/handraiser"
    assert config.sections["telegram"] == {
        "token": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "api_url": "http://localhost:1",
    }


def test_secrets_are_known_for_the_logs_and_never_shown(written: Written) -> None:
    path = written(
        '[storage]\nurl = "postgresql://me:p%40ss-word-1@db/handraiser"\n[slack]\nbot_token = "xoxb-17653-abcdef"\n'
    )
    config = load_config(path, {"HANDRAISER_SLACK__APP_TOKEN": "xapp-1-A111-222-abc"})
    assert set(config.secrets) == {"p@ss-word-1", "xoxb-17653-abcdef", "xapp-1-A111-222-abc"}
    assert config.sections["slack"]["app_token"] == "xapp-1-A111-222-abc"
    shown = repr(config)
    assert not any(secret in shown for secret in (*config.secrets, "p%40ss-word-1"))


def test_a_secret_in_the_environment_goes_before_its_file_in_the_configuration(written: Written) -> None:
    path = written('[storage]\nurl_file = "/nowhere"\n')
    url = "postgresql://db/handraiser"
    assert load_config(path, {"HANDRAISER_STORAGE__URL": url}).storage.url == url


def test_sections_of_adapters_are_kept_as_written_and_absent_when_they_are_not_there(written: Written) -> None:
    config = load_config(written('[slack]\nchannel = "#sales"\nroutes = {hot = "#hot"}\n'), {})
    assert config.sections == {"slack": {"channel": "#sales", "routes": {"hot": "#hot"}}}


@pytest.mark.skipif(os.name != "posix", reason="there are no named pipes here")
def test_a_pipe_in_place_of_a_secrets_file_keeps_nobody_waiting(written: Written, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is no file" in problems(written('[storage]\nurl_file = "pipe"'))


def test_variables_that_kubernetes_sets_for_its_services_are_no_settings() -> None:
    environ = {"HANDRAISER_WEB_PORT": "tcp://10.0.0.7:80", "HANDRAISER_SERVICE_HOST": "10.0.0.7"}
    assert load_config(None, environ).web.port == 8080


def test_a_file_from_windows_reads_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "handraiser.toml"
    path.write_bytes(b"\xef\xbb\xbf[web]\r\nport = 9001\r\n")
    assert load_config(path, {}).web.port == 9001


def test_mail_and_webhooks_are_configured_from_file_environment_and_secret_files(
    written: Written, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("correct-horse\n")
    path = written(
        '[email]\nhost = "localhost"\nsecurity = "tls"\nfrom = "Handraiser <bot@example.com>"\nusername = "bot"\n'
        'password_file = "password"\nto = ["sales@bücher.example"]\n'
        '[webhook]\nsecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"\n[outbound]\nallow_private = ["127.0.0.1"]\n'
    )
    environ = {
        "HANDRAISER_WEBHOOK__URL": "https://crm.example.com/hooks/4f9d2c1b7a?key=s3same-street-17",
        "HANDRAISER_EMAIL__TO": "a@example.com, Ben <b@example.com>",
        "HANDRAISER_EMAIL__FROM": "other@example.com",
    }
    config = load_config(path, environ)
    assert (config.email.from_, config.email.usual_port) == (Mailbox("other@example.com"), 465)
    assert config.email.to == (Mailbox("a@example.com"), Mailbox("b@example.com", "Ben"))
    assert load_config(path, {"HANDRAISER_WEBHOOK__URL": "https://crm.example.com"}).email.to == (
        Mailbox("sales@xn--bcher-kva.example"),
    )
    secrets = {"correct-horse", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "key=s3same-street-17", "/hooks/4f9d2c1b7a"}
    assert set(config.secrets) == secrets
    assert not any(secret in repr(config) for secret in secrets)
