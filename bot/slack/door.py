"""The door through which Slack comes in: over HTTP at ``/slack/events``, or by Socket Mode; slack-bolt on both sides.

slack-bolt reads payloads and speaks the protocol; its first middleware of ours puts the payload on disk and takes it
from there, since slack-bolt itself acknowledges events before anybody has dealt with them.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import web

from bot.desk.contract import SalesDesk
from bot.slack.client import LIBRARY_LOG, SlackClient
from bot.slack.inbox import Inbox
from bot.slack.listening import Ack, SlackListener
from bot.slack.reception import Reception, VisitorsInbox
from bot.slack.signatures import Signatures
from bot.slack.socket_mode import SocketMode
from bot.slack.survey import Survey
from bot.webhooks import read_body

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse

log = logging.getLogger(__name__)

PATH = "/slack/events"
"""Where Slack sends events, interactions and commands: one address for all."""
_NO_RETRY = {"X-Slack-No-Retry": "1"}
_UNREADABLE = "it is no payload that could be read"


class TakesIn(Protocol):
    """What stands behind the door: the desk's inbox, or a reception for both sides."""

    async def start(self) -> None:
        """Begin with what was left over."""
        ...

    async def stop(self) -> None:
        """Let what is under way finish."""
        ...

    async def take(self, body: Mapping[str, Any]) -> Ack | None:
        """Take in one payload; see ``Inbox.take``."""
        ...

    async def take_unreadable(self, raw: str, reason: str) -> None:
        """Take in what is no payload at all."""
        ...


class SlackDoor:
    """``start`` deals with what was left over and opens the connections; ``stop`` closes them.

    ``now``: seconds since 1970, against which signatures are judged.
    """

    def __init__(
        self,
        client: SlackClient,
        desk: SalesDesk,
        listener: SlackListener,
        *,
        now: Callable[[], float] | None = None,
        inbox: TakesIn | None = None,
    ) -> None:
        settings = client.settings
        self.inbox: TakesIn = inbox or Inbox(desk, listener, respond=client.respond)
        self._client = client
        self._app: AsyncApp | None = None
        self._signatures = (
            Signatures(settings.signing_secret, now) if settings.signing_secret and not settings.is_socket else None
        )
        self.socket_mode = SocketMode(client, self._dispatch_envelope) if settings.is_socket else None

    def let_visitors_in(self, visitors: VisitorsInbox, desk: SalesDesk) -> None:
        """Have visitors be heard, too, apart from the desk. Before ``start``, and once."""
        if not isinstance(self.inbox, Inbox):
            raise TypeError("visitors are let in already")
        self.inbox = Reception(self.inbox, visitors, Survey(self._client, desk))

    async def start(self) -> None:
        """Deal with what was left over; then events may come in. Raises what keeps the desk from being asked."""
        self._app = _bolt(self._client, self._first)
        await self.inbox.start()
        if self.socket_mode is not None:
            self.socket_mode.start()

    async def stop(self) -> None:
        """Close the connections, let what is under way finish."""
        if self.socket_mode is not None:
            await self.socket_mode.stop()
        await self.inbox.stop()

    @property
    def problem(self) -> str:
        """Why nothing comes in at present; "" when nothing is wrong."""
        return self.socket_mode.problem if self.socket_mode is not None else ""

    def routes(self) -> list[web.RouteDef]:
        """What our server has to serve; nothing in Socket Mode."""
        return [web.post(PATH, self.receive)] if self._signatures is not None else []

    async def receive(self, request: web.Request) -> web.Response:
        """One request of Slack's, or of somebody who would like to be Slack."""
        try:
            body = await read_body(request)
        except web.HTTPRequestEntityTooLarge:
            return _refused(413, "too large")
        if _is_ssl_check(body):
            return web.Response()
        if self._signatures is None or not self._signatures.accept(body, request.headers):
            return _refused(401, "invalid request")
        text = body.decode("utf-8", "replace")
        from slack_bolt.adapter.aiohttp import to_aiohttp_response
        from slack_bolt.request.async_request import AsyncBoltRequest

        try:
            asked = AsyncBoltRequest(body=text, query=request.query_string, headers=dict(request.headers))
        except Exception:  # Whatever slack-bolt stumbles over; it was signed, so it is kept, and never blocks the next.
            answer = await self._unreadable(text)
        else:
            answer = await self._dispatch(asked, text)
        return await to_aiohttp_response(answer)

    async def _dispatch_envelope(self, payload: object) -> Mapping[str, Any] | None:
        """One envelope of Socket Mode; the payload of its acknowledgement. Raises when it must not be acknowledged."""
        from slack_bolt.request.async_request import AsyncBoltRequest

        try:
            if not isinstance(payload, dict):
                raise TypeError
            asked = AsyncBoltRequest(mode="socket_mode", body=payload)
        except Exception:
            answer = await self._unreadable(json.dumps(payload))
        else:
            answer = await self._dispatch(asked, json.dumps(payload))
        if answer.status != 200:
            raise NotTakenIn(f"status {answer.status}")
        return _payload_of(answer)

    async def _dispatch(self, asked: "AsyncBoltRequest", text: str) -> "BoltResponse":
        if self._app is None:
            return _not_taken()
        body: object = asked.body  # slack-bolt says that it is a dict; it is whatever the JSON was.
        if not isinstance(body, dict) or not body:
            return await self._unreadable(text)
        answer = await self._app.async_dispatch(asked)
        return answer if answer.status != 500 else await self._unreadable(text)  # slack-bolt stumbled.

    async def _first(self, req: "AsyncBoltRequest", next: Callable[[], Awaitable[Any]]) -> "BoltResponse | None":
        """slack-bolt's first middleware: on disk, then acknowledged. Only the check of our address goes on to Bolt."""
        from slack_bolt.response import BoltResponse

        if req.body.get("type") == "url_verification":
            await next()
            return None
        try:
            ack = await self.inbox.take(req.body)
        except Exception as error:
            log.error("Slack: what came in could not be saved, Slack will bring it again: %s", error)
            return _not_taken()
        return BoltResponse(status=200, body=_told(ack, req.body))

    async def _unreadable(self, text: str) -> "BoltResponse":
        from slack_bolt.response import BoltResponse

        try:
            await self.inbox.take_unreadable(text, _UNREADABLE)
        except Exception as error:
            log.error("Slack: what came in could not be saved, Slack will bring it again: %s", error)
            return _not_taken()
        return BoltResponse(status=200, body="")


First = Callable[["AsyncBoltRequest", Callable[[], Awaitable[Any]]], Awaitable["BoltResponse | None"]]


class NotTakenIn(Exception):
    """What came in is not on disk, and must not be acknowledged."""


def _bolt(client: SlackClient, first: First) -> "AsyncApp":
    from slack_bolt.app.async_app import AsyncApp
    from slack_bolt.middleware.async_middleware import AsyncMiddleware

    class TakeIn(AsyncMiddleware):
        """A middleware of slack-bolt's own kind: for a plain function it would look into the payload, and stumble."""

        async def async_process(
            self, *, req: "AsyncBoltRequest", resp: "BoltResponse", next: Callable[[], Awaitable[Any]]
        ) -> "BoltResponse | None":
            return await first(req, next)

    return AsyncApp(
        name="handraiser",
        client=client.web,
        signing_secret=client.settings.signing_secret or "",
        before_authorize=TakeIn(),
        request_verification_enabled=False,  # It was done before the body was parsed: see Signatures.
        logger=LIBRARY_LOG,
    )


def _not_taken() -> "BoltResponse":
    """It is not on disk: Slack brings it again."""
    from slack_bolt.response import BoltResponse

    return BoltResponse(status=503, body="", headers={"Retry-After": "1"})


def _is_ssl_check(body: bytes) -> bool:
    """Slack's look at our certificate, which it does not sign and which asks for nothing."""
    return len(body) < 1000 and b"ssl_check=1" in body.split(b"&")


def _refused(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status, headers=_NO_RETRY)


def _told(ack: Ack | None, body: Mapping[str, Any]) -> dict[str, Any] | str:
    """The acknowledgement, as Slack wants it for what it sent."""
    if ack is None:
        return ""
    if body.get("type") == "view_submission":
        if ack.errors:
            return {"response_action": "errors", "errors": dict(ack.errors)}
        if ack.update is not None:
            return {"response_action": "update", "view": dict(ack.update)}
        if ack.push is not None:
            return {"response_action": "push", "view": dict(ack.push)}
        return {"response_action": "clear"} if ack.clear else ""
    if "command" in body and ack.text:
        told: dict[str, Any] = {"response_type": "ephemeral", "text": ack.text}
        return told | ({"blocks": [dict(one) for one in ack.blocks]} if ack.blocks else {})
    return ""


def _payload_of(answer: "BoltResponse") -> Mapping[str, Any] | None:
    if not answer.body:
        return None
    payload = json.loads(answer.body)
    return payload if isinstance(payload, dict) else None
