"""Calls to Slack's Web API: one session, our own pace, and every failure as "try later" or "put this right".

slack_sdk's own retries are off. Its retry of broken connections can post twice, and what is to be tried again stands in
the outbox anyway.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import aiohttp

from bot.desk.contract import TryLater
from bot.slack.pacing import Pacer
from bot.slack.refusals import Refusal, SlackRefused, judge, read_refusal
from bot.slack.settings import SlackSettings

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError
    from slack_sdk.web.async_client import AsyncWebClient

SECONDS = 10.0
"""How long a call may take, all in all."""
LIBRARY_LOG = logging.getLogger("bot.slack.library")
"""Where slack_sdk and slack_bolt write. Not below warnings: they would write down what people say."""
LIBRARY_LOG.setLevel(logging.WARNING)

_PACED = frozenset({"chat.postMessage", "chat.postEphemeral"})
_READING = re.compile(
    r"auth\.test|bots\.info|team\.info|chat\.getPermalink|conversations\.(?:history|info|list|members|replies)"
    r"|users\.(?:info|list|lookupByEmail|getPresence|conversations)"
)
"""Methods that take no JSON."""
_REST_SECONDS = 30.0
"""After a 429 that names no time."""
_LONGEST_REST = 86400.0
_UNKNOWN = "it is not known whether it was done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who Slack says we are."""

    user_id: str
    bot_id: str
    name: str
    """By which people mention and invite the bot."""
    team: str
    team_id: str
    scopes: frozenset[str] | None
    """What the token may do; None when Slack did not say."""


class SlackClient:
    """The Web API. ``async with``: the session is open within.

    ``seconds``: how long a call may take.
    """

    def __init__(self, settings: SlackSettings, *, pacer: Pacer | None = None, seconds: float = SECONDS) -> None:
        self.settings = settings
        self._pacer = pacer or Pacer()
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None
        self._web: AsyncWebClient | None = None
        self._name = "Handraiser"
        self._ids: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        from slack_sdk.web.async_client import AsyncWebClient

        timeout = aiohttp.ClientTimeout(total=self._seconds)
        self._session = aiohttp.ClientSession(timeout=timeout, trust_env=True)
        self._web = AsyncWebClient(
            token=self.settings.bot_token,
            base_url=self.settings.api_url,
            timeout=int(self._seconds) + 1,
            session=self._session,
            retry_handlers=[],
            logger=LIBRARY_LOG,
        )
        self._web.proxy = None  # The session knows the proxies, and where there are to be none (NO_PROXY).
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    @property
    def web(self) -> "AsyncWebClient":
        """slack_sdk's client, for slack-bolt."""
        if self._web is None:
            raise RuntimeError("the client is not open")
        return self._web

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session."""
        if self._session is None:
            raise RuntimeError("the client is not open")
        return self._session

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Slack's answer to a method, ``ok`` being true. Arguments that are None are left out.

        Raises ``TryLater`` when it did not work now (then it may have been done nevertheless, unless ``seconds`` is
        set), ``SlackRefused``, an ``Undeliverable``, when it never will before somebody changes something.
        """
        data, _ = await self._call(method, arguments)
        return data

    async def identify(self) -> Identity:
        """Ask who we are. Raises as ``call`` does."""
        data, headers = await self._call("auth.test", {})
        scopes = headers.get("x-oauth-scopes")
        self._name = str(data.get("user") or self._name)
        return Identity(
            user_id=str(data.get("user_id") or ""),
            bot_id=str(data.get("bot_id") or ""),
            name=self._name,
            team=str(data.get("team") or ""),
            team_id=str(data.get("team_id") or ""),
            scopes=None if scopes is None else frozenset(one.strip() for one in scopes.split(",")) - {""},
        )

    async def respond(self, response_url: str, **payload: Any) -> None:
        """Answer an interaction at its ``response_url``, as ``response_type``, ``replace_original``, ``text`` … say.

        Works within 30 minutes, 5 times. Raises as ``call`` does.
        """
        if not self._is_slacks(response_url):
            raise SlackRefused("that is no address of Slack's", method="response_url", error="invalid_url")
        try:
            async with self.session.post(response_url, json=payload, allow_redirects=False) as response:
                status, told = response.status, (await response.content.read(4096)).decode("utf-8", "replace")
                retry_after = response.headers.get("Retry-After")
        except TimeoutError:
            raise self._slow("an answer") from None
        except (aiohttp.ClientError, OSError) as error:
            raise _broken("an answer", error) from None
        if status == 429:
            raise TryLater("Slack gets too many answers", seconds=_seconds(retry_after))
        if status >= 500:
            raise TryLater(f"Slack has trouble of its own (status {status}); {_UNKNOWN}")
        if status != 200 or '"ok":false' in told.replace(" ", ""):
            message = "Slack does not take answers to this any more: 5 are allowed, within 30 minutes"
            raise SlackRefused(message, method="response_url", error="expired_url")

    async def download(self, url: str, most_bytes: int) -> bytes:
        """The bytes of a file in Slack. Raises ``ValueError`` when there are more, else as ``call`` does."""
        if not self._is_slacks(url):
            raise SlackRefused("that is no address of Slack's", method="files", error="invalid_url")
        headers = {"Authorization": f"Bearer {self.settings.bot_token}"}
        try:
            async with self.session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status == 429:
                    raise TryLater("Slack gets too many calls", seconds=_seconds(response.headers.get("Retry-After")))
                if response.status >= 500:
                    raise TryLater(f"Slack has trouble of its own (a file, status {response.status})")
                if response.status != 200 or response.content_type == "text/html":  # Its page for signing in.
                    raise judge(Refusal(method="files", error="missing_scope", needed="files:read"), bot=self._name)
                content = await _at_most(response.content, most_bytes)
        except TimeoutError:
            raise self._slow("a file") from None
        except (aiohttp.ClientError, OSError) as error:
            raise _broken("a file", error) from None
        return content

    async def _call(self, method: str, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], Mapping[str, str]]:
        given = {key: value for key, value in arguments.items() if value is not None}
        channel = given.get("channel")
        named = channel if isinstance(channel, str) else ""
        place = self._ids.get(named, named) or method
        if method in _PACED:
            await self._pacer.turn(place)
        else:
            self._pacer.check(place)
        data, headers = await self._send(method, given, named, place)
        answered = data.get("channel")
        if named.startswith("#") and isinstance(answered, str):
            self._ids[named] = answered
        return data, headers

    async def _send(
        self, method: str, given: dict[str, Any], channel: str, place: str
    ) -> tuple[dict[str, Any], Mapping[str, str]]:
        from slack_sdk.errors import SlackApiError, SlackClientError

        try:
            if _READING.fullmatch(method):
                response = await self.web.api_call(method, http_verb="GET", params=_plain(given))
            else:
                response = await self.web.api_call(method, json=given)
        except SlackApiError as error:
            raise self._refused(method, channel, place, error) from None
        except TimeoutError:
            raise self._slow(method) from None
        except (aiohttp.ClientError, OSError) as error:
            raise _broken(method, error) from None
        except (SlackClientError, AttributeError, TypeError, ValueError) as error:  # What is no JSON, or no object.
            raise TryLater(f"Slack answered {method} with something unreadable ({type(error).__name__})") from None
        if not isinstance(response.data, dict):
            raise TryLater(f"Slack answered {method} with something unreadable")
        return response.data, {str(key).lower(): str(value) for key, value in response.headers.items()}

    def _refused(self, method: str, channel: str, place: str, error: "SlackApiError") -> TryLater | SlackRefused:
        response: Any = error.response
        status = int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
        data = getattr(response, "data", None)
        refusal = read_refusal(method, data if isinstance(data, dict) else {}, channel)
        if status == 429 or refusal.error in ("ratelimited", "rate_limited"):
            seconds = _seconds(_header(response, "retry-after"))
            self._pacer.rest(place, seconds)
            return TryLater(f"Slack takes no more calls of {method} for {seconds:.0f} seconds", seconds=seconds)
        if status >= 500:
            return TryLater(f"Slack has trouble of its own ({method}, status {status}); {_UNKNOWN}")
        if status != 200 and refusal.error == "no_reason_given":
            return TryLater(f"what answered {method} is not Slack (status {status}); is a proxy in between?")
        if refusal.error == "no_reason_given":
            return TryLater(f"Slack answered {method} with something unreadable")
        return judge(refusal, bot=self._name)

    def _slow(self, method: str) -> TryLater:
        return TryLater(f"Slack did not answer {method} within {self._seconds:.0f} seconds; {_UNKNOWN}")

    def _is_slacks(self, url: str) -> bool:
        try:
            parts, api = urlsplit(url), urlsplit(self.settings.api_url)
            host = parts.hostname or ""
            if (parts.scheme, host, parts.port) == (api.scheme, api.hostname, api.port):
                return True
        except ValueError:
            return False
        return parts.scheme == "https" and parts.port is None and (host == "slack.com" or host.endswith(".slack.com"))


async def _at_most(content: aiohttp.StreamReader, most_bytes: int) -> bytes:
    """What comes in. Raises ``ValueError`` when it is more."""
    parts = bytearray()
    async for part in content.iter_any():
        parts += part
        if len(parts) > most_bytes:
            raise ValueError(f"the file is larger than {most_bytes:,} bytes")
    return bytes(parts)


def _broken(method: str, error: Exception) -> TryLater:
    """A connection that failed; said without the address, which may hold secrets."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return TryLater(f"Slack cannot be reached ({method}: {error.strerror or type(error.os_error).__name__})")
    return TryLater(f"the connection to Slack broke ({method}: {type(error).__name__}); {_UNKNOWN}")


def _plain(given: Mapping[str, Any]) -> dict[str, str]:
    """Arguments for the address line."""
    plain = {}
    for key, value in given.items():
        if isinstance(value, bool):
            plain[key] = "true" if value else "false"
        elif isinstance(value, list | tuple):
            plain[key] = ",".join(map(str, value))
        else:
            plain[key] = str(value)
    return plain


def _header(response: Any, name: str) -> str | None:
    headers = getattr(response, "headers", None) or {}
    return next((str(value) for key, value in headers.items() if str(key).lower() == name), None)


def _seconds(retry_after: str | None) -> float:
    try:
        seconds = float(retry_after or "")
    except ValueError:
        return _REST_SECONDS
    return min(seconds, _LONGEST_REST) if seconds >= 0 else _REST_SECONDS
