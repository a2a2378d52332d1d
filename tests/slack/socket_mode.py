"""Socket Mode: the WebSockets over which an app without a public address hears of everything.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import WSMsgType, web

from tests.slack.core import Core
from tests.slack.delivering import Attempt, Kind
from tests.slack.workspace import APP_ID, Json

MOST_CONNECTIONS = 10

Reason = Literal["warning", "refresh_requested", "too_many_websockets", "link_disabled"]


@dataclass(eq=False)
class Connection:
    """One connected socket of the app."""

    socket: web.WebSocketResponse
    request: web.Request
    acknowledged: list[str] = field(default_factory=list)
    """The envelopes it acknowledged."""
    received: list[str] = field(default_factory=list)
    """The envelopes that were sent down this one."""


class SocketMode:
    """All connections of the app, and the envelopes on their way."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self._sent: set[str] = set()
        self._next = 0
        self.connections: list[Connection] = []
        self.was_used = False
        """Whether the app ever asked for a connection."""
        self.acknowledgements: list[Json] = []
        self.says_hello = True
        """Whether new connections are greeted; off: they are open and nothing comes."""
        self.answers_pings = True
        """Whether pings are answered; off: connections that look open and are dead."""

    def ticket(self) -> str:
        """A fresh address to connect to, good for one connection."""
        self.was_used = True
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return f"{self._core.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection from hello to goodbye."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=None, autoping=False)
        await socket.prepare(request)
        connection = Connection(socket, request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await self.disconnect(connection, "too_many_websockets")
            return socket
        self.connections.append(connection)
        if self.says_hello:
            await socket.send_json(self._hello())
        self._core.news()
        try:
            async for message in socket:
                if message.type is WSMsgType.PING and self.answers_pings:
                    await socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    self._heard(connection, message.data)
        finally:
            self._leave(connection)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "applink-stand-in", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _leave(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for envelope in connection.received:
            waiting = self._waiting.pop(envelope, None)
            if waiting is not None and not waiting.done():
                waiting.set_exception(ConnectionResetError("closed before it was acknowledged"))
        self._core.news()

    def _heard(self, connection: Connection, text: str) -> None:
        try:
            said: Any = json.loads(text)
        except ValueError:
            self._core.violation(f"Socket Mode: not JSON: {text[:200]}")
            return
        envelope = said.get("envelope_id") if isinstance(said, dict) else None
        if envelope not in self._sent:
            self._core.violation(f"Socket Mode: acknowledges what was never sent: {text[:200]}")
            return
        if envelope not in connection.received:
            return  # It counts only on the connection that it came by; Slack sends the event again.
        self.acknowledgements.append(said)
        connection.acknowledged.append(envelope)
        waiting = self._waiting.pop(envelope, None)
        if waiting is not None and not waiting.done():
            payload = said.get("payload")
            waiting.set_result("" if payload is None else payload if isinstance(payload, str) else json.dumps(payload))
        self._core.news()

    async def _a_connection(self) -> Connection | None:
        """Any connection, one after the other; None where none comes within the patience."""
        try:
            await self._core.until(lambda: self.connections, self._core.patience)
        except AssertionError:
            return None
        self._next += 1
        return self.connections[self._next % len(self.connections)]

    async def send(self, kind: Kind, payload: Json, number: int, reason: str | None) -> Attempt:
        """Send one envelope down any connection and wait for its acknowledgement."""
        at = time.monotonic()

        def attempt(**what: Any) -> Attempt:
            return Attempt(number=number, at=at, seconds=time.monotonic() - at, **what)

        connection = await self._a_connection()
        if connection is None:
            return attempt(status=None, failure="connection_failed")
        envelope = str(uuid.uuid4())
        sent: Json = {"envelope_id": envelope, "type": kind, "payload": payload}
        sent["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            sent |= {"retry_attempt": number, "retry_reason": "timeout" if reason else ""}
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = waiting
        connection.received.append(envelope)
        self._sent.add(envelope)
        try:
            async with asyncio.timeout(self._core.patience):
                await connection.socket.send_json(sent)
                body = await waiting
        except TimeoutError:
            return attempt(status=None, failure="http_timeout")
        except ConnectionError:
            return attempt(status=None, failure="connection_failed")
        finally:
            self._waiting.pop(envelope, None)
        return attempt(status=200, body=body)

    async def disconnect(self, connection: Connection, reason: Reason) -> None:
        """Say goodbye. After a mere ``warning`` the connection stays open, to be closed by the caller or later."""
        host = {"host": "applink-stand-in"}
        await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": host})
        if reason != "warning":
            await connection.socket.close()
            self._leave(connection)

    def cut(self, connection: Connection) -> None:
        """Cut the line of one connection without a word."""
        self._leave(connection)
        if connection.request.transport is not None:
            connection.request.transport.abort()

    async def close(self) -> None:
        """End all."""
        for connection in list(self.connections):
            await connection.socket.close()
