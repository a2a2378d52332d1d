"""Mistakes in a configuration: each named by its line and key, all at once, on one screen, without secrets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import ConfigError, load_config

SECRET = "correct-horse-battery"


def message_about(tmp_path: Path, text: str | bytes, **environ: str) -> str:
    path = tmp_path / "handraiser.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        load_config(path, {f"HANDRAISER_{name}": value for name, value in environ.items()})
    assert caught.value.problems
    message = str(caught.value)
    lines = message.split("\n")
    assert len(lines) <= 24
    assert all(len(line) < 400 for line in lines)
    assert SECRET not in message
    return message.replace(f"{tmp_path}/", "")


EMAIL = "[email]\nhost = 'smtp.example.com'\nfrom = 'bot@example.com'\n"
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MISTAKES = [
    ("[wbe]\nport = 1", 'toml:1: [wbe]: unknown section, did you mean "web"?'),
    (
        "[kitchen]\nport = 1",
        "unknown section; there are [storage], [web], [dialogs], [handoff], [email], [webhook], [outbound], [uploads], "
        "[log], ",
    ),
    ("[web]\n# a comment\nprot = 1", 'toml:3: web.prot: unknown setting, did you mean "port"?'),
    ("[web]\nzzz = 1", "web.zzz: unknown setting; there are host, port,"),
    ("[web.limits]\nport = 1", "web.limits: unknown setting"),
    ("port = 8080", "toml:1: port: stands outside of any section"),
    ("web = 8080", "web: must be a section: [web]"),
    ("[[web]]\nport = 1", "web: must be a section: [web]"),
    (
        "[web]\nport = '8080'",
        'toml:2: web.port: must be a whole number from 0 to 65535, not "8080"; for example port =',
    ),
    ("[web]\nport = 70000", "must be a whole number from 0 to 65535, not 70000"),
    ("[web]\nport = true", "must be a whole number from 0 to 65535, not true"),
    ("[web]\nport = 80.5", "must be a whole number from 0 to 65535, not 80.5"),
    ("[web]\nhost = ''", "web.host: is empty"),
    ("[web]\nhost = 'http://0.0.0.0'", "must be a host alone, without http://"),
    ("[web]\nhost = '0.0.0.0:80'", "the port is a setting of its own"),
    ("[web]\npublic_url = 'chat.example.com'", "must be an address such as https://chat.example.com"),
    ("[web]\npublic_url = 'https://chat.example.com/?a=1'", "must end before ? and #"),
    (f"[web]\npublic_url = 'https://me:{SECRET}@chat.example.com'", "must not hold a user name and a password"),
    (f"[web]\npublic_url = 'ftp://me:{SECRET}@chat.example.com'", "must be an address such as"),
    ("[web]\nallowed_origins = 'https://a.example'", 'must be a list in square brackets, for example ["https://a.exa'),
    ("[web]\nallowed_origins = ['*']", "would let every website use this server"),
    ("[web]\nallowed_origins = ['www.example.com']", 'did you mean "https://www.example.com"?'),
    ("[web]\nallowed_origins = ['https://a.example/chat']", 'must end after the host and port: "https://a.example"'),
    ("[web]\nallowed_origins = ['https://*.com']", "is too wide"),
    ("[web]\nallowed_origins = ['https://a*.example.com']", "may have a * only for whole names in front"),
    (
        "[web]\nallowed_origins = [8080]",
        "must be a website such as https://www.example.com, in quotation marks, not 8080",
    ),
    ("[web]\ntrusted_proxies = ['10.0.0.0/99']", "must be an address or a network such as 10.0.0.0/8"),
    ("[web]\nidentity_secret = 'short'", "is too short to sign with; `openssl rand -hex 32` makes a good one"),
    (
        "[human_check]\nkind = 'puzle'",
        'human_check.kind: must be one of "puzzle", "turnstile", "hcaptcha", not "puzle"',
    ),
    ("[human_check]\nkind = 'turnstile'", "human_check.kind: needs site_key beside it, from dash.cloudflare.com"),
    ("[human_check]\nsecret = '0x4AAAAAAAB1cD2eF3gH4iJ5'", 'needs the kind of check beside it: kind = "turnstile" or'),
    ("[human_check]\nkind = 'puzzle'\nbefore = ['mail']", '"begin", "code", "file", "handoff", not "mail"'),
    ("[web]\nmessages_a_minute = 0", "must be a whole number from 1"),
    ("[storage]\nurl = 'sqlite://handraiser.db'", "must name a file after three slashes"),
    ("[storage]\nurl = 'mysql://root@db/x'", "must begin with sqlite:/// or postgresql://"),
    ("[storage]\nurl = 'postgresql+asyncpg://db/x'", "without the name of a driver"),
    ("[storage]\nurl = 'postgresql://db'", "must name a database at its end"),
    ("[storage]\nurl = 'postgresql://me:changeme@db/x'", "still has the password of an example"),
    (f"[storage]\nurl = 'postgresql://me:{SECRET}@@db:x/y'", "write %40 for @ in a password"),
    ("[storage]\nurl = 5", "must be the address of a database"),
    ("[storage]\nurl_file = 'nowhere'", "toml:2: storage.url_file: nowhere cannot be read: no such file"),
    ("[storage]\nurl_file = 5", "must be the path of a file"),
    ("[storage]\nurl = 'sqlite:///a.db'\nurl_file = 'b'", "storage.url_file: is set as well as storage.url; keep one"),
    ("[dialogs]\nfolder = 'nowhere'", "the folder nowhere does not exist"),
    ("[dialogs]\nfolder = 'handraiser.toml'", "is a file; name the folder it is in"),
    ("[dialogs]\nwatch = 'yes'", 'must be true or false, without quotation marks, not "yes"'),
    ("[dialogs]\ncheck_seconds = 0", "must be seconds, a number from 0.1 to 3600, not 0"),
    ("[dialogs]\ncheck_seconds = nan", "must be seconds"),
    ("[dialogs]\nfirst = 'Demo.yaml'", 'what its line "dialog:" says'),
    ("[handoff]\nteam = 'nowhere.yaml'", "toml:2: handoff.team: the file nowhere.yaml does not exist"),
    ("[handoff]\nteam = '.'", "is a folder; name the file in it"),
    ("[handoff]\nteam = 5", "must be the path of a file"),
    (
        "[dialogs]\nfolder = '.'\n[handoff]\nteam = 'handraiser.toml'",
        "toml:4: handoff.team: stands in the scripts' folder, where every such file is a script; put it beside",
    ),
    (f"{EMAIL}to = ['sales']", "email.to: must be an e-mail address such as sales@example.com, not"),
    (f"{EMAIL}to = 'a@b.example\\r\\nBcc: c@d.example'", "email.to: must be a list"),
    (f'{EMAIL}to = ["a@b.example\\r\\nBcc: c@d.example"]', "email.to: must be an e-mail address such as"),
    (
        "[email]\nhost = 'smtp.example.com'\nfrom = 'a@b.example'",
        "toml:2: email.host: needs to beside it, such as to = [",
    ),
    ("[email]\nhost = 'smtp.example.com'\nto = ['a@b.example']", "email.host: needs from beside it"),
    ("[email]\nfrom = 'a@b.example'", "toml:2: email.from: needs the name of the mail server beside it: host"),
    (f"{EMAIL}to = ['a@b.example']\nusername = 'me'", "email.username: needs password beside it"),
    (
        f"{EMAIL}to = ['a@b.example']\nusername = 'me'\npassword = 'p4ss'\nsecurity = 'none'",
        "email.password: would be sent readable by all",
    ),
    (
        EMAIL.replace("smtp.example.com", "localhost") + "to = ['a@b.example']",
        'this machine or its network; if it is meant, say so: [outbound] allow_private = ["127',
    ),
    ("[webhook]\nurl = 'https://crm.example.com/x'", "toml:2: webhook.url: needs a secret to sign with beside it"),
    (f"[webhook]\nsecret = '{KEY}'", "toml:2: webhook.secret: needs the address that is told of leads beside it"),
    (f"[webhook]\nurl = 'http://crm.example.com/x'\nsecret = '{KEY}'", "webhook.url: must begin with https://"),
    (
        f"[webhook]\nurl = 'https://10.1.2.3/x'\nsecret = '{KEY}'",
        "webhook.url: leads to this machine or its network; if",
    ),
    (f"[webhook]\nurl = 'https://a:{SECRET}@b.example/'\nsecret = '{KEY}'", "must not hold a user name and a password"),
    (f"[webhook]\nurl = 'https://b.example/'\nsecret = '{SECRET}'", 'must be "whsec_" and 24 to 64 random bytes'),
    (f"[webhook]\nurl = 'https://b.example/'\nsecret = '{KEY}'\nevents = ['lead.handedoff']", "did you mean"),
    ("[outbound]\nallow_private = ['intranet']", "outbound.allow_private: must be an address or a network such as"),
    ("[outbound]\ntimeout_seconds = 300", "must be seconds, a number from 1 to 25"),
    ("[log]\nlevel = 'inof'", 'must be one of "debug", "info", "warning", "error", not "inof", did you mean "info"?'),
    ("[log]\nformat = 2027-01-01", 'must be one of "text", "json", not a date or time'),
    ("[slack]\nbot_token = 'xoxb-...'", "toml:2: slack.bot_token: is still an example; write the real one"),
    ("[slack]\nbot_token = 'xoxb-your-token'", "is still an example"),
    ("[slack]\nsigning_secret = '<signing secret>'", "is still an example"),
    ("[telegram]\ntoken = 'changeme'", "is still an example"),
    ("[telegram]\ntoken = ''", "telegram.token: is empty; write the secret, or leave the setting out"),
    ("[telegram]\ntoken = 5", "must be a text in quotation marks"),
    ("[web", "toml:1:1: this is no TOML"),
    ("[web]\nhost = localhost", 'toml:2:8: this value cannot be read; texts stand in "quotation marks"'),
    ("[web]\nport = 1\nport = 2\n", "toml:3:9: port stands in line 2 already; keep one of them"),
    ("[web]\nport = 1\n[log]\n[web]\nhost = 'a'\n", "toml:4:5: the section [web] begins in line 1 already"),
    ("[web]\nport = 1\nport.x = 2\n", "toml:3:11: this stands here for the second time"),
    ("[web]\nport 8080", "toml:2:6: this is no TOML"),
    (f"[web]\nport = {'9' * 5000}", "a number is too long"),
    ("x = " + "[" * 10000, "handraiser.toml"),
    (b"[web]\nhost = '\xff'", "handraiser.toml: is not UTF-8 text"),
    (b"# " + b"x" * 1_100_000, "is larger than 1 MiB"),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES, ids=[f"{number}" for number in range(len(MISTAKES))])
def test_a_mistake_in_the_file_is_named_with_what_would_be_right(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    assert expected in message_about(tmp_path, text)


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("WEB__PORT", "eighty", 'HANDRAISER_WEB__PORT: must be a whole number from 0 to 65535, not "eighty"'),
        ("WEB__PORT", "eighty", "for example HANDRAISER_WEB__PORT=8080"),
        ("WEB__PORT", "", "HANDRAISER_WEB__PORT: is empty; write a value, or do not set it at all"),
        ("WEB__PROT", "1", 'HANDRAISER_WEB__PROT: unknown setting, did you mean "HANDRAISER_WEB__PORT"?'),
        ("WBE__PORT", "1", 'HANDRAISER_WBE__PORT: unknown section, did you mean "HANDRAISER_WEB__PORT"?'),
        ("WEB_PORT", "1", "HANDRAISER_WEB_PORT: needs two underscores: HANDRAISER_WEB__PORT"),
        ("WEB__", "1", "HANDRAISER_WEB__: must look like HANDRAISER_WEB__PORT"),
        ("DIALOGS__WATCH", "perhaps", 'must be true or false, without quotation marks, not "perhaps"'),
        ("STORAGE__URL", f"mysql://me:{SECRET}@db/x", "must begin with sqlite:/// or postgresql://"),
        ("STORAGE__URL_FILE", "/nowhere/at/all", "HANDRAISER_STORAGE__URL_FILE: /nowhere/at/all cannot be read"),
        ("TELEGRAM__TOKEN", "${TELEGRAM_TOKEN}", "is still an example"),
    ],
)
def test_a_mistake_in_the_environment_is_named_by_its_variable(
    tmp_path: Path, variable: str, value: str, expected: str
) -> None:
    assert expected in message_about(tmp_path, "", **{variable: value})


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    message = message_about(tmp_path, "[web]\nport = 'a'\nhots = 'b'\n[log]\nlevel = 'c'\n", WEB__HOST="http://x")
    assert "4 mistakes" in message
    assert message.index("toml:2: web.port") < message.index("toml:3: web.hots") < message.index("toml:5: log.level")


def test_a_hundred_mistakes_still_fit_on_one_screen(tmp_path: Path) -> None:
    message = message_about(tmp_path, "[web]\n" + "\n".join(f"key{number} = 1" for number in range(100)))
    assert "100 mistakes" in message
    assert "and 85 more" in message


def test_a_file_that_is_named_but_missing_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_config(tmp_path / "nowhere.toml", {})
    with pytest.raises(ConfigError, match="there is no such file"):
        load_config(None, {"HANDRAISER_CONFIG": str(tmp_path / "nowhere.toml")})
    with pytest.raises(ConfigError, match="HANDRAISER_CONFIG: is empty"):
        load_config(None, {"HANDRAISER_CONFIG": " "})


def test_a_folder_in_place_of_the_file_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no file"):
        load_config(tmp_path, {})


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "handraiser.toml"
    path.write_text("")
    path.chmod(0)
    with pytest.raises(ConfigError, match="may not be read by this user"):
        load_config(path, {})


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"x" * 70_000])
def test_a_secrets_file_that_holds_no_secret_is_a_mistake(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    assert "telegram.token_file" in message_about(tmp_path, "[telegram]\ntoken_file = 'secret'")


def test_lines_are_right_even_after_long_texts_and_lists(tmp_path: Path) -> None:
    text = '[slack]\nnote = """\n[web]\nport = 1\n"""\n\n[web]\nallowed_origins = [\n  "https://a.example",\n]\n'
    text += '"port" = "x"\n'
    assert "toml:11: web.port" in message_about(tmp_path, text)


@pytest.mark.parametrize("command", [["run"], ["check"], ["leads", "list"], ["scripts", "list"]])
def test_every_command_refuses_a_bad_configuration_with_status_2_and_no_traceback(
    tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "handraiser.toml").write_text(f"[web]\nport = 'x'\n[telegram]\ntokn_secret = '{SECRET}'\ntoken = ''\n")
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *command],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "handraiser.toml:2: web.port" in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
