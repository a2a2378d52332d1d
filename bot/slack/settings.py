"""``[slack]``: how we are known to Slack, where leads go, how a rep says that words are for the visitor, and where
visitors are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.settings.addresses import WebAddress
from bot.settings.kinds import Each, Kind, ScriptName, Word, YesNo, text_of
from bot.settings.layers import Given, Layer, variable
from bot.settings.places import find_lines
from bot.settings.problems import ConfigError, ConfigProblem, shown
from bot.settings.reading import Reader, keys_of, setting
from bot.settings.secrets import read_secret

SECTION = "slack"
API_URL = "https://slack.com/api/"
_TOKENS = {
    "xoxb-": "the bot token, bot_token here",
    "xapp-": "an app-level token, app_token here",
    "xoxp-": "a user token",
    "xoxe": "a token that expires; switch token rotation off for this app",
    "xoxa-": "a workspace token of an old kind of app",
}
"""What Slack's tokens are by their beginning: https://docs.slack.dev/authentication/tokens."""
_CHANNEL_NAME = re.compile(r"#[^\s#@<>&A-Z.,;:!?\"'/\\()\[\]{}]{1,80}")
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{2,20}")
_WITHOUT = {
    "bot_token": "is missing; in your Slack app it stands under OAuth & Permissions, as Bot User OAuth Token",
    "app_token": 'is missing; mode = "socket" needs it: in your Slack app, Basic Information, App-Level Tokens, '
    "with the scope connections:write",
    "signing_secret": "is missing, and without it nobody can tell Slack's requests from forged ones; it stands in "
    "your Slack app under Basic Information. Or use Socket Mode, with an app_token",
}


@dataclass(frozen=True, slots=True)
class Token(Kind[str]):
    """A token of Slack's that begins as it should."""

    prefix: str
    is_secret = True

    def read(self, given: object) -> str:
        """The token."""
        token = read_secret(given)
        if token.startswith(self.prefix) and not re.search(r"\s", token):
            return token
        found = next((what for prefix, what in _TOKENS.items() if token.startswith(prefix)), "")
        named = f"; this one is {found}" if found and not token.startswith(self.prefix) else ""
        raise ValueError(f"must begin with {self.prefix} and have no blanks{named}")


@dataclass(frozen=True, slots=True)
class SigningSecret(Kind[str]):
    """What Slack signs its requests with."""

    is_secret = True

    def read(self, given: object) -> str:
        """The secret."""
        secret = read_secret(given)
        found = next((what for prefix, what in _TOKENS.items() if secret.startswith(prefix)), "")
        if found:
            raise ValueError(f"must be the signing secret under Basic Information; this is {found}")
        if not re.fullmatch(r"[!-~]{8,200}", secret):
            raise ValueError("must be the signing secret under Basic Information, letters and digits without blanks")
        return secret


@dataclass(frozen=True, slots=True)
class SlackApi(Kind[str]):
    """Where Slack's Web API is."""

    def read(self, given: object) -> str:
        """The address with a slash at its end."""
        return WebAddress().read(given) + "/"


@dataclass(frozen=True, slots=True)
class SlackChannel(Kind[str]):
    """A channel by its name or id."""

    def read(self, given: object) -> str:
        """``#sales``, or an id such as ``C024BE91L``."""
        channel = text_of(given, "a channel such as #sales")
        if _CHANNEL_ID.fullmatch(channel) or _CHANNEL_NAME.fullmatch(channel):
            return channel
        meant = f"#{channel.strip('#').lower()}"
        hint = f', did you mean "{meant}"?' if _CHANNEL_NAME.fullmatch(meant) else ""
        raise ValueError(f"must be a channel such as #sales, or its id, not {shown(channel)}{hint}")


@dataclass(frozen=True, slots=True)
class ReplyPrefix(Kind[str]):
    """What a message in a lead's thread begins with when it is for the visitor."""

    def read(self, given: object) -> str:
        """The sign."""
        prefix = text_of(given, "a sign such as !")
        if len(prefix) > 10 or re.search(r"[\s&<>@#*_~`A-Za-z0-9]", prefix) or prefix.startswith("/"):
            raise ValueError(
                f"must be one to ten signs such as !, not {shown(prefix)}: no letters, digits or "
                "blanks, and nothing that Slack gives a meaning of its own (& < > @ # * _ ~ `, / at the beginning)"
            )
        return prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """``[slack]``."""

    bot_token: str = setting(Token("xoxb-"), "", example='"xoxb-…"')
    app_token: str | None = setting(Token("xapp-"), None, example='"xapp-…"')
    """For Socket Mode."""
    signing_secret: str | None = setting(SigningSecret(), None, example='"…"')
    """For requests over HTTP."""
    mode: str | None = setting(Word(("socket", "http")), None, example='"socket"')
    """How events come in. None for ``socket`` where there is an ``app_token``, else ``http``."""
    api_url: str = setting(SlackApi(), API_URL, example='"https://slack.com/api/"')
    """With a slash at its end."""
    channel: str | None = setting(SlackChannel(), None, example='"#sales"')
    """Where leads go for which nothing else is said."""
    reply_prefix: str = setting(ReplyPrefix(), "!", example='"!"')
    visitors: bool = setting(YesNo(), False, example="true")
    """Whether visitors are in this workspace, too."""
    visitor_channels: tuple[str, ...] = setting(Each(SlackChannel()), (), example='["#community"]')
    """Where visitors may mention the bot; in direct messages they may always talk to it."""
    script: str | None = setting(ScriptName(), None, example='"welcome"')
    """The script of visitors; None for the first one."""

    @property
    def is_socket(self) -> bool:
        """Whether events come in through Socket Mode; else over HTTP."""
        return self.mode == "socket" if self.mode is not None else self.app_token is not None


_KNOWN = keys_of(SlackSettings)


def read_settings(section: Mapping[str, Any], path: Path | None = None) -> SlackSettings:
    """The settings. ``path``: the file, so that mistakes are told with their lines.

    Raises ``ConfigError`` with everything that is wrong or missing: this is then a server without Slack.
    """
    places = _places(path)
    table = {key: _given(key, value, places, path) for key, value in section.items()}
    reader = Reader((Layer(table={SECTION: table}),), path.parent if path is not None else Path.cwd())
    settings = reader.section(SECTION, SlackSettings)
    wrong = {problem.key.rpartition(".")[2].rpartition("__")[2].lower() for problem in reader.problems}
    missing = [key for key in _needed(settings) if not getattr(settings, key) and key not in wrong]
    where = f"{path}:{places[SECTION,]}" if (SECTION,) in places else ""
    reader.problems.extend(ConfigProblem(where, f"{SECTION}.{key}", _WITHOUT[key]) for key in missing)
    if told := _mixed_up(settings):
        line = places.get((SECTION, "visitor_channels"))
        reader.problems.append(ConfigProblem(f"{path}:{line}" if line else where, f"{SECTION}.visitor_channels", told))
    if reader.problems:
        raise ConfigError(reader.problems)
    return settings


def _needed(settings: SlackSettings) -> tuple[str, ...]:
    return ("bot_token", "app_token" if settings.is_socket else "signing_secret")


def _mixed_up(settings: SlackSettings) -> str:
    """What is wrong with where visitors are; "" when nothing is."""
    if settings.visitor_channels and not settings.visitors:
        return "has no effect without visitors = true"
    if settings.channel in settings.visitor_channels:
        return f"names {settings.channel}, where leads are shown to sales: visitors must not be there"
    return ""


def _given(key: str, value: object, places: Mapping[tuple[str, ...], int], path: Path | None) -> Given:
    line = places.get((SECTION, key)) or places.get((SECTION, f"{key}_file"))
    if path is None or line is None:
        called = variable(SECTION, key) if path is not None else f"{SECTION}.{key}"
        # In the environment everything is text.
        return Given(value, "", called, Path(), isinstance(value, str) and (path is not None or key in _KNOWN))
    return Given(value, f"{path}:{line}", f"{SECTION}.{key}", path.parent, False)


def _places(path: Path | None) -> Mapping[tuple[str, ...], int]:
    if path is None:
        return {}
    try:
        return cast(Mapping[tuple[str, ...], int], find_lines(path.read_text("utf-8-sig").replace("\r\n", "\n")))
    except (OSError, ValueError):
        return {}
