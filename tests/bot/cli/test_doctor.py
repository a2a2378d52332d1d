"""``handraiser doctor``: what is wrong, and what to do about it."""

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import open_database
from tests.bot.cli.conftest import SCRIPT, Call
from tests.slack.server import Slack
from tests.slack.workspace import Channel
from tests.telegram.server import Telegram
from tests.whatsapp.server import WhatsApp


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def free_port(folder: Path) -> None:
    """The configured port is one that the system chooses, so that nothing else is in the way."""
    (folder / "handraiser.toml").write_text('[dialogs]\nfolder = "dialogs"\n[web]\nport = 0\n')


def verdicts(call: Call, *words: str) -> dict[str, tuple[str, str, str]]:
    done = call("doctor", "--json", *words)
    findings = json.loads(done.out)["findings"]
    assert done.status == (1 if any(one["verdict"] == "failed" for one in findings) else 0)
    return {one["subject"]: (one["verdict"], one["message"], one["cure"]) for one in findings}


def test_everything_in_order_says_so(call: Call, folder: Path) -> None:
    done = call("doctor")
    assert done.status == 0
    assert done.out.endswith("Everything is in order.\n")
    assert "demo can go live" in done.out
    assert not (folder / "data").exists()


def test_a_human_check_is_told_with_who_is_asked(call: Call, folder: Path) -> None:
    settings = (folder / "handraiser.toml").read_text()
    (folder / "handraiser.toml").write_text(f'{settings}[human_check]\nkind = "puzzle"\n')
    assert verdicts(call)["human check"] == (
        "ok", "puzzle, before begin, code, file, handoff: in the visitor's browser; nobody else is asked", "",
    )  # fmt: skip
    keys = 'kind = "turnstile"\nsite_key = "0x4AAAAAAAB1cD2eF3gH4iJ5"\nsecret = "0x4AAAAAAAB1cD2eF3gH4iJ5kL6mN7o"\n'
    (folder / "handraiser.toml").write_text(f"{settings}[human_check]\n{keys}")
    verdict, message, cure = verdicts(call)["human check"]
    assert verdict == "warning" and "Content-Security-Policy" in message + cure


def test_a_database_that_is_there_is_opened(call: Call, folder: Path) -> None:
    asyncio.run(_make(folder / "data" / "handraiser.db"))
    assert verdicts(call)["database"][:2] == ("ok", f"{folder}/data/handraiser.db, up to date")


async def _make(path: Path) -> None:
    await (await open_database(f"sqlite:///{path}")).close()


def test_a_damaged_database_is_named_and_left_alone(call: Call, folder: Path) -> None:
    path = folder / "data" / "handraiser.db"
    asyncio.run(_make(path))
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    path.write_bytes(content)
    verdict, message, _ = verdicts(call)["database"]
    assert verdict == "failed"
    assert "damaged" in message
    assert path.read_bytes() == bytes(content)


def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.PATIENCE_SECONDS", 0.0)
    (folder / "handraiser.toml").write_text(
        f'[dialogs]\nfolder = "dialogs"\n[web]\nport = 0\n'
        f'[storage]\nurl = "postgresql://me:hunter22@127.0.0.1:{_closed_port()}/x"\n'
    )
    done = call("doctor")
    assert done.status == 1
    assert "FAILED   database" in done.out
    assert "hunter22" not in done.out + done.err


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def test_a_scanner_that_is_not_there_is_named(call: Call, folder: Path) -> None:
    assert verdicts(call)["uploads"][0] == "ok"
    with (folder / "handraiser.toml").open("a") as file:
        file.write('[uploads]\nscan = "no-such-scanner {file}"\n')
    verdict, message, _ = verdicts(call)["uploads"]
    assert verdict == "failed" and "no-such-scanner" in message


def test_a_port_that_another_program_has_is_named(call: Call, folder: Path, taken_port: int) -> None:
    (folder / "handraiser.toml").write_text(f'[dialogs]\nfolder = "dialogs"\n[web]\nport = {taken_port}\n')
    verdict, message, cure = verdicts(call)["port"]
    assert verdict == "failed"
    assert f"127.0.0.1:{taken_port}" in message
    assert "HANDRAISER_WEB__PORT" in cure


def test_an_address_that_this_machine_does_not_have_is_named(call: Call, folder: Path) -> None:
    (folder / "handraiser.toml").write_text('[dialogs]\nfolder = "dialogs"\n[web]\nport = 8080\nhost = "192.0.2.7"\n')
    assert verdicts(call)["port"][0] == "failed"


def test_scripts_with_mistakes_and_empty_folders_are_named(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "broken.yaml").write_text(SCRIPT.replace("go: bye", "go: by"))
    done = call("doctor")
    assert "mistakes keep broken.yaml from going live" in done.out
    assert "-> handraiser check" in done.out
    for path in (folder / "dialogs").iterdir():
        path.unlink()
    assert "there is no script (*.yaml)" in verdicts(call)["scripts"][1]


def test_a_warning_is_the_last_word_when_there_is_one(call: Call, folder: Path) -> None:
    (folder / "handraiser.toml").write_text('[dialogs]\nfolder = "dialogs"\n[web]\nport = 0\nhost = "0.0.0.0"\n')
    done = call("doctor")
    assert done.status == 0
    assert done.out.endswith("Nothing keeps Handraiser from working; a warning stands above.\n")
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("ask: newsletter", "ask: newsleter"))
    assert call("doctor").out.endswith("1 of these must be put right.\n")


def test_a_script_that_goes_on_without_its_file_is_named_until_it_is_taken_off(call: Call, folder: Path) -> None:
    path = folder / "dialogs" / "demo.yaml"
    path.with_name("other.yaml").write_text(SCRIPT.replace("dialog: demo", "dialog: other"))
    for name in ("demo", "other"):
        assert call("scripts", "publish", f"dialogs/{name}.yaml").status == 0
    assert verdicts(call)["scripts"][0] == "ok"
    path.unlink()
    verdict, message, cure = verdicts(call)["scripts"]
    assert verdict == "warning"
    assert message == f"demo is live, but its file demo.yaml is not in {folder}/dialogs any more"
    assert "handraiser scripts retire demo" in cure
    assert call("scripts", "retire", "demo").status == 0
    assert verdicts(call)["scripts"][0] == "ok"


def test_a_first_script_that_does_not_exist_is_named(call: Call, folder: Path) -> None:
    (folder / "handraiser.toml").write_text('[dialogs]\nfolder = "dialogs"\nfirst = "dmeo"\n[web]\nport = 0\n')
    assert verdicts(call)["scripts"][0] == "warning"


def test_mistakes_in_the_configuration_end_the_look(call: Call, folder: Path) -> None:
    (folder / "handraiser.toml").write_text("[web]\nport = 'x'\n")
    found = verdicts(call)
    assert found["configuration"][0] == "failed"
    assert "handraiser.toml:2: web.port" in found["configuration"][1]
    assert "database" not in found


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        ('host = "0.0.0.0"', "say how they reach this server"),
        ('public_url = "http://chat.example.com"', "use https"),
    ],
)
def test_addresses_that_will_disappoint_are_warned_of(call: Call, folder: Path, web: str, expected: str) -> None:
    (folder / "handraiser.toml").write_text(f'[dialogs]\nfolder = "dialogs"\n[web]\nport = 0\n{web}\n')
    verdict, _, cure = verdicts(call)["addresses"]
    assert verdict == "warning"
    assert expected in cure


@pytest.mark.postgres
def test_a_postgresql_is_named_by_where_it_is(
    call: Call, postgres_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDRAISER_STORAGE__URL", postgres_server)
    verdict, message, _ = verdicts(call)["database"]
    assert verdict == "ok" and message.startswith("PostgreSQL at /")


TEAM = "reps: {anna: {name: Anna Berg, slack: U012AB3CD}, ben: {name: Ben}}\n"


@pytest.mark.parametrize(
    ("text", "verdict", "message"),
    [
        (TEAM, "ok", "team.yaml, people: 2, routes: 0"),
        (TEAM + "routes: [{to: anna}]\n", "warning", "team.yaml, people: 2, routes: 1, warnings: 1"),
        (TEAM + "routes: [{to: nna}]\n", "failed", "mistakes keep team.yaml from being used"),
    ],
)
def test_the_team_file_is_looked_at(call: Call, folder: Path, text: str, verdict: str, message: str) -> None:
    assert "team" not in verdicts(call)
    (folder / "team.yaml").write_text(text)
    with (folder / "handraiser.toml").open("a") as settings:
        settings.write('[handoff]\nteam = "team.yaml"\n')
    found = verdicts(call)["team"]
    assert found[:2] == (verdict, message)
    assert found[2] == ("" if verdict == "ok" else "handraiser check")


def test_people_whom_slack_does_not_know_are_named(call: Call, folder: Path) -> None:
    (folder / "team.yaml").write_text(TEAM)
    with (folder / "handraiser.toml").open("a") as settings:
        settings.write('[handoff]\nteam = "team.yaml"\n[slack]\nchannel = "#sales"\n')
    assert "team.yaml does not say who these are in Slack: Ben" in call("doctor").out


def test_slack_is_not_spoken_of_where_there_is_none(call: Call, folder: Path) -> None:
    assert not any(subject.startswith("slack") for subject in verdicts(call))


def test_settings_of_slack_that_are_wrong_are_told_with_their_lines(call: Call, folder: Path) -> None:
    path = folder / "handraiser.toml"
    path.write_text(f'{path.read_text()}[slack]\nbot_token = "xoxb-1-2-abc"\nchannel = "Sales"\n')
    verdict, message, cure = verdicts(call)["slack"]
    assert verdict == "failed"
    assert "handraiser.toml:7: slack.channel: must be a channel such as #sales" in message
    assert "handraiser.toml:5: slack.signing_secret: is missing" in message
    assert "there is no Slack" in cure


async def test_slack_is_asked_what_it_thinks_of_us(call: Call, folder: Path, slack: Slack, sales: Channel) -> None:
    path = folder / "handraiser.toml"
    path.write_text(f'''{path.read_text()}[slack]
bot_token = "{slack.bot_token}"
app_token = "{slack.app_token}"
api_url = "{slack.api_url}"
channel = "#sales"
''')
    found = await asyncio.to_thread(verdicts, call)
    assert found["slack"][:2] == ("ok", 'the bot is @handraiser in "Handraiser tests"')
    assert found["slack channel"][:2] == ("ok", "the bot is in #sales")
    sales.is_archived = True  # Nobody is there whom Slack could tell.
    assert (await asyncio.to_thread(verdicts, call))["slack channel"][:2] == ("failed", "#sales is archived")


def test_settings_of_telegram_that_are_wrong_are_told_with_their_lines(call: Call, folder: Path) -> None:
    path = folder / "handraiser.toml"
    path.write_text(f'{path.read_text()}[telegram]\ntoken = "110201543"\nmode = "pulling"\n')
    verdict, message, cure = verdicts(call)["telegram"]
    assert verdict == "failed"
    assert "handraiser.toml:6: telegram.token: must be a token as @BotFather gives it" in message
    assert 'handraiser.toml:7: telegram.mode: must be one of "polling", "webhook"' in message
    assert "there is no Telegram" in cure


async def test_telegram_is_asked_what_it_thinks_of_us(call: Call, folder: Path, telegram: Telegram) -> None:
    path = folder / "handraiser.toml"
    path.write_text(f'''{path.read_text()}[telegram]
token = "{telegram.token}"
api_url = "{telegram.base_url.removesuffix("/bot")}"
''')
    found = await asyncio.to_thread(verdicts, call)
    assert found["telegram"][:2] == ("ok", "the bot is @ava_acme_bot, https://t.me/ava_acme_bot")
    assert found["telegram updates"][0] == "ok"
    assert found["telegram commands"][0] == "warning"


def test_telegram_is_not_spoken_of_where_there_is_none(call: Call, folder: Path) -> None:
    assert not any(subject.startswith("telegram") for subject in verdicts(call))


async def test_whatsapp_is_asked_what_it_thinks_of_us(call: Call, folder: Path, whatsapp: WhatsApp) -> None:
    path = folder / "handraiser.toml"
    path.write_text(f'''{path.read_text()}[whatsapp]
token = "{whatsapp.token}"
phone_number_id = "{whatsapp.phone_number_id}"
app_secret = "{whatsapp.app_secret}"
verify_token = "b5bb9d8014a0f9b1"
api_url = "{whatsapp.base_url}/v23.0"
''')
    found = await asyncio.to_thread(verdicts, call)
    assert found["whatsapp"] == ("ok", "the number is +15550783881, Acme", "")
    assert found["whatsapp webhook"][0] == "failed"
