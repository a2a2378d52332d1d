"""``[telegram]``: how we are known to Telegram, how messages reach us, what the menu of commands says."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.channels.telegram.commands import COMMANDS, Descriptions
from bot.settings.addresses import WebAddress
from bot.settings.kinds import Kind, ScriptName, Word, YesNo, text_of
from bot.settings.problems import shown
from bot.settings.reading import setting
from bot.settings.secrets import read_secret
from bot.settings.sections import needing, read_adapter_section
from dialogs.spelling import did_you_mean

SECTION = "telegram"
API_URL = "https://api.telegram.org"
_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_LONGEST_DESCRIPTION = 256


@dataclass(frozen=True, slots=True)
class BotToken(Kind[str]):
    """A token from @BotFather."""

    is_secret = True

    def read(self, given: object) -> str:
        """The token."""
        token = read_secret(given)
        if _TOKEN.fullmatch(token):
            return token
        if token.startswith("bot") and _TOKEN.fullmatch(token[3:]):
            raise ValueError('must be the token alone, without "bot" in front of it')
        raise ValueError("must be a token as @BotFather gives it: digits, a colon, then letters and digits")


@dataclass(frozen=True, slots=True)
class WebhookSecret(Kind[str]):
    """What Telegram proves itself with when it calls us."""

    is_secret = True

    def read(self, given: object) -> str:
        """The secret, as https://core.telegram.org/bots/api#setwebhook allows it."""
        secret = read_secret(given)
        if not _WEBHOOK_SECRET.fullmatch(secret):
            raise ValueError("must be 16 to 256 letters, digits, _ and -, such as `openssl rand -hex 32` makes")
        return secret


@dataclass(frozen=True, slots=True)
class MenuDescriptions(Kind[Descriptions]):
    """Descriptions of commands, by language."""

    def read(self, given: object) -> Descriptions:
        """The table, with every command and language known."""
        if not isinstance(given, dict):
            raise ValueError('must be a table of languages, such as {en = {human = "Talk to our team"}}')
        found: dict[str, Mapping[str, str]] = {}
        for language, texts in given.items():
            if not _LANGUAGE.fullmatch(language):
                raise ValueError(f"must name languages by two letters such as en, not {shown(language)}")
            if not isinstance(texts, dict):
                raise ValueError(f'must have a table for {language}, such as {{human = "Talk to our team"}}')
            found[language] = {command: _description(command, text) for command, text in texts.items()}
        return found


def _description(command: str, given: object) -> str:
    if command not in COMMANDS:
        meant = did_you_mean(command, COMMANDS) or f"; there are {', '.join(COMMANDS)}"
        raise ValueError(f"names the command {shown(command)}, which there is not{meant}")
    text = text_of(given, f"a description of {command}")
    if len(text) > _LONGEST_DESCRIPTION:
        raise ValueError(f"may describe {command} in {_LONGEST_DESCRIPTION} characters at most, not {len(text)}")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """``[telegram]``."""

    token: str = setting(BotToken(), "", example='"110201543:AAHdq…"')
    mode: str = setting(Word(("polling", "webhook")), "polling", example='"polling"')
    """How updates come in."""
    webhook_secret: str | None = setting(WebhookSecret(), None, example='"…"')
    """None for one that is made from the token."""
    script: str | None = setting(ScriptName(), None, example='"welcome"')
    """The script of visitors whose link names none."""
    groups: bool = setting(YesNo(), False, example="false")
    """Whether the bot talks in groups, too."""
    commands: Descriptions | None = setting(MenuDescriptions(), None, example='{en = {human = "Talk to us"}}')  # noqa: RUF009
    """Descriptions of commands that replace ours."""
    api_url: str = setting(WebAddress(), API_URL, example='"https://api.telegram.org"')
    """Without a slash at its end."""

    @property
    def bot_id(self) -> str:
        """The bot's own number: the public half of its token."""
        return self.token.partition(":")[0]

    @property
    def secret(self) -> str:
        """What Telegram has to say when it calls us: the same on every node, and known to nobody without the token."""
        if self.webhook_secret is not None:
            return self.webhook_secret
        return hmac.new(self.token.encode(), b"handraiser telegram webhook", hashlib.sha256).hexdigest()


def read_settings(section: Mapping[str, Any], path: Path | None = None) -> TelegramSettings:
    """The settings. ``path``: the file, so that mistakes are told with their lines.

    Raises ``ConfigError`` with everything that is wrong or missing.
    """
    return read_adapter_section(SECTION, TelegramSettings, section, path, needing(_NEEDED))


_NEEDED = {
    "token": "is missing; @BotFather gives it to you in Telegram: /newbot for a new bot, /token for one you have"
}
