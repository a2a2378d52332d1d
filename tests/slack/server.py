"""The whole stand-in: one server that speaks as Slack does."""

import asyncio
import socket
from functools import partial
from types import TracebackType
from typing import Any

import aiohttp
from aiohttp import web

from tests.slack import files, response_urls
from tests.slack.calling import Gateway
from tests.slack.chat import tell_the_app
from tests.slack.delivering import deliver
from tests.slack.faults import Fault
from tests.slack.methods import METHODS
from tests.slack.payloads import event_callback
from tests.slack.people import People
from tests.slack.seeing import Seen
from tests.slack.signing import Signed
from tests.slack.socket_mode import SocketMode
from tests.slack.workspace import BOT_USER, Channel, Json


class Slack(People, Seen):
    """Slack, as the app and its people meet it. ``async with Slack() as slack:``."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.socket_mode = SocketMode(self)
        self._gateway = Gateway(self, METHODS)
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def start(self) -> "Slack":
        """Listen; the same port again after ``goes_down``."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        await self._listen()
        return self

    async def _listen(self) -> None:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._gateway.serve)
        app.router.add_get("/link/", self.socket_mode.serve)
        app.router.add_post("/upload/{file}", partial(files.take_in, self))
        app.router.add_get("/files-pri/{file}/{name}", partial(files.hand_out, self))
        app.router.add_post("/actions/{rest:.+}", partial(response_urls.serve, self))
        self._runner = web.AppRunner(app, shutdown_timeout=0.0, access_log=None)
        await self._runner.setup()
        listening = socket.create_server(("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        await web.SockSite(self._runner, listening).start()

    async def stop(self) -> None:
        """End all, what hangs too."""
        self._release()
        await self.socket_mode.close()
        await self.goes_down()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> "Slack":
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _release(self) -> None:
        self.released.set()
        self.released = asyncio.Event()

    async def goes_down(self) -> None:
        """Refuse connections and cut those that are open; what is stored stays."""
        runner, self._runner = self._runner, None
        if runner is not None:
            self._release()
            for connection in list(self.socket_mode.connections):
                self.socket_mode.cut(connection)
            if runner.server is not None:
                for one in runner.server.connections:
                    if one.transport is not None:
                        one.transport.abort()
            await runner.cleanup()

    async def comes_back(self) -> None:
        """Listen again, where it did before."""
        if self._runner is None:
            await self._listen()

    def fails(self, method: str, fault: Fault, **when: Any) -> None:
        """Let calls of ``method`` (``*``: all) meet ``fault``; ``times``, ``every``, ``channel`` narrow it."""
        self.faults.plan(method, fault, **when)

    def recovers(self) -> None:
        """No more faults; what hangs is cut."""
        self.faults.clear()
        self._release()

    def revokes_the_token(self, error: str = "token_revoked") -> None:
        """The bot token is refused from now on; ``account_inactive`` where the app was removed."""
        self.bot.refused_with = error
        if "tokens_revoked" in self.events:
            event: Json = {"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}
            self.beside(deliver(self, "events_api", event_callback(self, event)))

    def archives(self, channel: Channel) -> None:
        """Archive a channel."""
        channel.is_archived = True
        event: Json = {"type": "channel_archive", "channel": channel.id, "user": "U0CREATOR00"}
        tell_the_app(self, event | {"event_ts": self.workspace.ts()}, channel)

    def signs(self, how: Signed) -> None:
        """How requests are signed from now on."""
        self.signed = how
