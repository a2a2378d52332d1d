"""``[slack]``: what is right is read, what is wrong is named with its place and its cure, secrets are never shown."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.channels.slack.messenger import is_wanted
from bot.config import load_config
from bot.settings.problems import ConfigError
from bot.settings.reading import keys_of
from bot.slack.settings import API_URL, SlackSettings, read_settings

BOT, APP, SECRET = "xoxb-17653-abcdef", "xapp-1-A111-222-abc", "8f742231b10e8888abcd99yyyzzz85a5"
EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def mistakes(**section: object) -> str:
    with pytest.raises(ConfigError) as raised:
        read_settings(section)
    return str(raised.value)


def test_an_app_token_means_socket_mode() -> None:
    settings = read_settings({"bot_token": BOT, "app_token": APP})
    assert settings.is_socket
    assert settings == SlackSettings(bot_token=BOT, app_token=APP)
    assert (settings.api_url, settings.reply_prefix, settings.channel) == (API_URL, "!", None)


def test_without_an_app_token_requests_come_over_http() -> None:
    settings = read_settings({"bot_token": BOT, "signing_secret": SECRET, "channel": "#sales", "reply_prefix": "+"})
    assert not settings.is_socket
    assert (settings.channel, settings.reply_prefix, settings.signing_secret) == ("#sales", "+", SECRET)


def test_what_is_said_of_the_mode_goes_before_what_is_there() -> None:
    both = {"bot_token": BOT, "app_token": APP, "signing_secret": SECRET}
    assert not read_settings({**both, "mode": "http"}).is_socket
    assert read_settings({**both, "mode": "Socket"}).is_socket


def test_the_address_of_the_api_ends_with_a_slash() -> None:
    settings = read_settings({"bot_token": BOT, "app_token": APP, "api_url": "http://127.0.0.1:9/api"})
    assert settings.api_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({}, "slack.bot_token: is missing; in your Slack app it stands under OAuth & Permissions"),
        ({"bot_token": BOT}, "slack.signing_secret: is missing, and without it nobody can tell"),
        ({"bot_token": BOT, "mode": "socket"}, 'slack.app_token: is missing; mode = "socket" needs it'),
        ({"bot_token": BOT, "app_token": APP, "mode": "http"}, "slack.signing_secret: is missing"),
        ({"bot_token": APP}, "bot_token: must begin with xoxb- and have no blanks; this one is an app-level token"),
        ({"bot_token": "xoxp-1-2"}, "bot_token: must begin with xoxb- and have no blanks; this one is a user token"),
        ({"bot_token": "xoxe.xoxb-1"}, "switch token rotation off"),
        ({"bot_token": "xoxb-1 2"}, "bot_token: must begin with xoxb- and have no blanks"),
        ({"bot_token": "xoxb-..."}, "bot_token: is still an example; write the real one"),
        ({"bot_token": BOT, "app_token": BOT}, "app_token: must begin with xapp- and have no blanks; this one is the"),
        (
            {"signing_secret": BOT},
            "signing_secret: must be the signing secret under Basic Information; this is the bot",
        ),
        ({"signing_secret": "short"}, "signing_secret: must be the signing secret"),
        (
            {"channel": "Sales"},
            'channel: must be a channel such as #sales, or its id, not "Sales", did you mean "#sales"',
        ),
        ({"channel": "#"}, "channel: must be a channel such as #sales"),
        ({"channel": 5}, "channel: must be a channel such as #sales, in quotation marks, not 5"),
        ({"mode": "sockets"}, 'mode: must be one of "socket", "http", not "sockets", did you mean "socket"?'),
        ({"reply_prefix": "hi"}, "reply_prefix: must be one to ten signs"),
        ({"reply_prefix": "&"}, "reply_prefix: must be one to ten signs"),
        ({"reply_prefix": "/v"}, "reply_prefix: must be one to ten signs"),
        ({"reply_prefix": " "}, "reply_prefix: is empty"),
        ({"api_url": "slack.com"}, "api_url: must be an address such as"),
        ({"chanel": "#sales"}, 'slack.chanel: unknown setting, did you mean "channel"?'),
    ],
)
def test_mistakes_are_named_by_key_with_what_would_be_right(section: dict[str, object], told: str) -> None:
    assert told in mistakes(**section)


def test_all_mistakes_are_told_at_once_and_no_secret_with_them() -> None:
    told = mistakes(bot_token="xapp-9-hidden-value", signing_secret="xoxb-other-hidden", channel="two words")
    assert told.startswith("The configuration has 3 mistakes")
    assert "hidden" not in told


def test_secrets_do_not_show() -> None:
    shown = repr(read_settings({"bot_token": BOT, "app_token": APP, "signing_secret": SECRET}))
    assert not any(secret in shown for secret in (BOT, APP, SECRET))


def test_mistakes_are_told_with_their_line_or_variable(tmp_path: Path) -> None:
    path = tmp_path / "handraiser.toml"
    path.write_text(f'[web]\nport = 1\n\n[slack]\nbot_token = "{BOT}"\nchannel = "SALES"\n')
    config = load_config(path, {"HANDRAISER_SLACK__REPLY_PREFIX": "abc"})
    with pytest.raises(ConfigError) as raised:
        read_settings(config.sections["slack"], config.path)
    told = str(raised.value)
    assert f"{path}:6: slack.channel: must be a channel" in told
    assert f"{path}:4: slack.signing_secret: is missing" in told
    assert "  HANDRAISER_SLACK__REPLY_PREFIX: must be one to ten signs" in told


def test_visitors_are_let_in_by_file_and_by_environment() -> None:
    known: dict[str, object] = {"bot_token": BOT, "app_token": APP}
    assert not read_settings(known).visitors
    section = {"visitors": True, "visitor_channels": ["#community", "C024BE91L"], "script": "hi"}
    settings = read_settings(known | section)
    assert (settings.visitor_channels, settings.script) == (("#community", "C024BE91L"), "hi")
    environ = {
        "HANDRAISER_SLACK__BOT_TOKEN": BOT,
        "HANDRAISER_SLACK__APP_TOKEN": APP,
        "HANDRAISER_SLACK__VISITORS": "yes",
        "HANDRAISER_SLACK__VISITOR_CHANNELS": "#community, #help",
    }
    given = load_config(None, environ).sections["slack"]
    assert read_settings(given).visitor_channels == ("#community", "#help")
    assert is_wanted(given) and is_wanted(section)
    assert not any(is_wanted(one) for one in ({}, {"visitors": False}, {"visitors": "no"}, known))


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({"visitor_channels": ["#community"]}, "visitor_channels: has no effect without visitors = true"),
        (
            {"visitors": True, "channel": "#sales", "visitor_channels": ["#help", "#sales"]},
            "visitor_channels: names #sales, where leads are shown to sales: visitors must not be there",
        ),
        ({"visitors": True, "visitor_channels": ["community"]}, 'did you mean "#community"?'),
        ({"visitors": 1}, "visitors: must be true or false"),
    ],
)
def test_mistakes_about_visitors(section: dict[str, object], told: str) -> None:
    assert told in mistakes(bot_token=BOT, app_token=APP, **section)


def test_everything_can_come_from_the_environment_and_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    environ = {
        "HANDRAISER_SLACK__BOT_TOKEN": BOT,
        "HANDRAISER_SLACK__SIGNING_SECRET_FILE": str(tmp_path / "secret"),
        "HANDRAISER_SLACK__CHANNEL": "C024BE91L",
    }
    settings = read_settings(load_config(None, environ).sections["slack"])
    assert settings == SlackSettings(bot_token=BOT, signing_secret=SECRET, channel="C024BE91L")


def test_the_example_shows_every_setting_and_can_be_used_as_it_stands(tmp_path: Path) -> None:
    block = EXAMPLE.read_text().partition("[slack]\n")[2].partition("\n[")[0]
    section = tomllib.loads(re.sub(r"^# ([a-z_]+ = \S)", r"\1", block, flags=re.MULTILINE))
    assert set(section) == {key for key in keys_of(SlackSettings) if not key.endswith("_file")}
    settings = read_settings(section)
    assert (settings.api_url, settings.reply_prefix) == (SlackSettings().api_url, SlackSettings().reply_prefix)


def test_an_example_that_was_not_touched_is_no_slack(tmp_path: Path) -> None:
    environment = {"HANDRAISER_DIALOGS__FOLDER": str(tmp_path)}
    assert not load_config(EXAMPLE.parent / "config.example.toml", environment).sections["slack"]
