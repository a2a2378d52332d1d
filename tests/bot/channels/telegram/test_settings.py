"""``[telegram]``: what may stand there, and what is said of mistakes."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.channels.telegram.settings import TelegramSettings, read_settings
from bot.config import ConfigError, load_config
from bot.settings.reading import keys_of

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
EXAMPLE = Path(__file__).parents[4] / "config.example.toml"


def mistakes(**section: object) -> str:
    with pytest.raises(ConfigError) as raised:
        read_settings(section)
    return str(raised.value)


def test_a_token_is_enough() -> None:
    settings = read_settings({"token": TOKEN})
    assert settings == TelegramSettings(token=TOKEN)
    assert (settings.mode, settings.api_url, settings.groups) == ("polling", "https://api.telegram.org", False)
    assert settings.bot_id == "110201543"


def test_the_secret_of_the_webhook_is_made_from_the_token_or_given() -> None:
    made = read_settings({"token": TOKEN}).secret
    assert re.fullmatch("[0-9a-f]{64}", made)
    assert made != read_settings({"token": TOKEN[:-1] + "x"}).secret
    assert read_settings({"token": TOKEN, "webhook_secret": "s3cr3t-of-the-shop"}).secret == "s3cr3t-of-the-shop"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({}, "telegram.token: is missing; @BotFather gives it to you in Telegram"),
        ({"token": "123456:ABC-DEF1234"}, "token: is still an example; write the real one"),
        ({"token": "abc"}, "token: must be a token as @BotFather gives it"),
        ({"token": f"bot{TOKEN}"}, 'token: must be the token alone, without "bot" in front of it'),
        ({"mode": "poling"}, 'mode: must be one of "polling", "webhook", not "poling", did you mean "polling"?'),
        ({"webhook_secret": "short"}, "webhook_secret: must be 16 to 256 letters, digits, _ and -"),
        ({"script": "Demo.yaml"}, "script: must be a name of lower case letters"),
        ({"groups": "maybe"}, "groups: must be true or false"),
        ({"api_url": "telegram"}, "api_url: must be an address such as"),
        ({"commands": "help"}, "commands: must be a table of languages"),
        ({"commands": {"English": {}}}, 'commands: must name languages by two letters such as en, not "English"'),
        ({"commands": {"en": "help"}}, "commands: must have a table for en"),
        ({"commands": {"en": {"humann": "x"}}}, 'the command "humann", which there is not, did you mean "human"?'),
        ({"commands": {"en": {"human": ""}}}, "commands: is empty; it must be a description of human"),
        ({"commands": {"en": {"human": "x" * 257}}}, "may describe human in 256 characters at most, not 257"),
        ({"tokn": TOKEN}, 'telegram.tokn: unknown setting, did you mean "token"?'),
    ],
)
def test_mistakes_are_named_by_key_with_what_would_be_right(section: dict[str, object], told: str) -> None:
    assert told in mistakes(**section)


def test_all_mistakes_are_told_at_once_and_no_secret_with_them() -> None:
    told = mistakes(token="hidden-value", webhook_secret="hidden", mode="none")
    assert told.startswith("The configuration has 3 mistakes")
    assert "hidden" not in told


def test_secrets_do_not_show() -> None:
    shown = repr(read_settings({"token": TOKEN, "webhook_secret": "s3cr3t-of-the-shop"}))
    assert TOKEN not in shown and "s3cr3t" not in shown


def test_mistakes_are_told_with_their_line_or_variable(tmp_path: Path) -> None:
    path = tmp_path / "handraiser.toml"
    path.write_text(f'[telegram]\ntoken = "{TOKEN}"\n\n[telegram.commands.en]\nhumann = "x"\n')
    config = load_config(path, {"HANDRAISER_TELEGRAM__GROUPS": "perhaps"})
    with pytest.raises(ConfigError) as raised:
        read_settings(config.sections["telegram"], config.path)
    told = str(raised.value)
    assert f"{path}:4: telegram.commands: names the command" in told
    assert "  HANDRAISER_TELEGRAM__GROUPS: must be true or false" in told


def test_everything_can_come_from_the_environment_and_from_files(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    environ = {
        "HANDRAISER_TELEGRAM__TOKEN_FILE": str(tmp_path / "token"),
        "HANDRAISER_TELEGRAM__MODE": "webhook",
        "HANDRAISER_TELEGRAM__GROUPS": "yes",
    }
    settings = read_settings(load_config(None, environ).sections["telegram"])
    assert settings == TelegramSettings(token=TOKEN, mode="webhook", groups=True)


def test_the_example_shows_every_setting_and_can_be_used_as_it_stands() -> None:
    block = EXAMPLE.read_text().partition("[telegram]\n")[2].partition("\n[")[0]
    section = tomllib.loads(re.sub(r"^# ([a-z_]+ = \S)", r"\1", block, flags=re.MULTILINE))
    assert set(section) == {key for key in keys_of(TelegramSettings) if not key.endswith("_file")}
    settings = read_settings(section)
    assert (settings.mode, settings.groups, settings.api_url) == ("polling", False, TelegramSettings().api_url)


def test_an_example_that_was_not_touched_is_no_telegram() -> None:
    sections = load_config(EXAMPLE, {"HANDRAISER_DIALOGS__FOLDER": "dialogs"}).sections
    assert not sections["telegram"]
