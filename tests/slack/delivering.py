"""How the app hears of what people do: by HTTP or Socket Mode, with Slack's patience and retries.

https://docs.slack.dev/apis/events-api
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from tests.slack.core import Core
from tests.slack.signing import signed_headers
from tests.slack.workspace import Json

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to tell the app."""

    number: int
    """0 for the first, then as in ``x-slack-retry-num``."""
    at: float
    seconds: float
    """Until it was acknowledged or given up."""
    status: int | None
    """The HTTP status; 200 for an acknowledged envelope; None where nothing came."""
    body: str = ""
    failure: str | None = None
    """``http_timeout``, ``http_error``, ``connection_failed``, ``too_many_redirects``; None where all is well."""
    no_retry: bool = False


@dataclass(eq=False, kw_only=True)
class Delivery:
    """One thing the app is told, and how it took it."""

    kind: Kind
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    done: bool = False

    def __repr__(self) -> str:
        event = self.payload.get("event", self.payload)
        return f"<Delivery {self.kind} {event.get('type')} {[one.failure or one.status for one in self.attempts]}>"

    @property
    def last(self) -> Attempt:
        """The last try."""
        assert self.attempts, "nobody listens: no request URL, and no Socket Mode connection"
        return self.attempts[-1]

    @property
    def accepted(self) -> bool:
        """Whether it was acknowledged in time."""
        return bool(self.attempts) and self.last.failure is None

    @property
    def status(self) -> int | None:
        """The HTTP status of the last try."""
        return self.last.status

    @property
    def seconds(self) -> float:
        """How long the last try took."""
        return self.last.seconds

    @property
    def answer(self) -> Json:
        """What the acknowledgement carried, empty where nothing."""
        try:
            answer = json.loads(self.last.body or "{}")
        except ValueError:
            return {"text": self.last.body}
        return answer if isinstance(answer, dict) else {}

    @property
    def errors(self) -> dict[str, str]:
        """What the app finds wrong with a form, by block."""
        errors: dict[str, str] = self.answer.get("errors", {})
        return errors


def body_of(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """The body as Slack sends it, and its content type."""
    if kind == "events_api":
        return json.dumps(payload, separators=(",", ":")).encode(), "application/json"
    form = "application/x-www-form-urlencoded"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload, separators=(",", ":"))}).encode(), form
    return urlencode(payload).encode(), form


async def post(core: Core, url: str, body: bytes, content_type: str, **headers: str) -> tuple[int, str, bool]:
    """One signed request: the status, the body and whether the app asks for no retry."""
    sent = {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        **signed_headers(core.signing_secret, body, core.signed),
        **headers,
    }
    async with core.session.post(
        url, data=body, headers=sent, timeout=aiohttp.ClientTimeout(total=core.patience), max_redirects=2
    ) as response:
        text = await response.text(errors="replace")
        return response.status, text, response.headers.get("x-slack-no-retry") == "1"


async def by_http(core: Core, delivery: Delivery, url: str, number: int, reason: str | None) -> Attempt:
    """One try over HTTP."""
    body, content_type = body_of(delivery.kind, delivery.payload)
    again = {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason} if reason is not None else {}
    at = time.monotonic()

    def attempt(**what: Any) -> Attempt:
        return Attempt(number=number, at=at, seconds=time.monotonic() - at, **what)

    try:
        status, text, no_retry = await post(core, url, body, content_type, **again)
    except TimeoutError:
        return attempt(status=None, failure="http_timeout")
    except aiohttp.TooManyRedirects:
        return attempt(status=None, failure="too_many_redirects")
    except aiohttp.ClientError:
        return attempt(status=None, failure="connection_failed")
    failure = None if 200 <= status < 300 else "http_error"
    return attempt(status=status, body=text, failure=failure, no_retry=no_retry)


async def deliver(core: Core, kind: Kind, payload: Json, *, to: str | None = None) -> Delivery:
    """Tell the app, again and again as Slack does; ``to`` is another request URL than the app's own.

    Only events are tried again; a click or command that is not acknowledged shows its person an error.
    """
    delivery = Delivery(kind=kind, payload=payload)
    core.deliveries.append(delivery)
    url = to or core.request_url
    waits = core.retry_waits if kind == "events_api" else ()
    reason: str | None = None
    for number in range(len(waits) + 1):
        if number:
            await asyncio.sleep(waits[number - 1])
        if url is not None:
            attempt = await by_http(core, delivery, url, number, reason)
        elif core.socket_mode.was_used:
            attempt = await core.socket_mode.send(kind, payload, number, reason)
        else:
            break
        delivery.attempts.append(attempt)
        core.news()
        reason = attempt.failure
        if reason is None or attempt.no_retry:
            break
    delivery.done = True
    core.news()
    return delivery


async def deliver_raw(
    core: Core, body: bytes, *, content_type: str = "application/json", to: str | None = None, **headers: str
) -> tuple[int, str]:
    """Send any bytes, signed as ``core.signed`` says; headers may be replaced. The status and the body."""
    url = to or core.request_url
    assert url is not None, "raw requests go to a request URL"
    status, text, _ = await post(core, url, body, content_type, **headers)
    return status, text
