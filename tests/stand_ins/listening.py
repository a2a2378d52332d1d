"""A server that starts, goes down and comes back on the same port."""

import socket
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.ports import kept_port
from tests.stand_ins.faults import Fault, Faults
from tests.stand_ins.happenings import Happenings

BODY_LIMIT = 60 * 2**20


class Listening(Happenings):
    """A stand-in that listens. ``async with Telegram() as telegram:``."""

    def __init__(self) -> None:
        super().__init__()
        self.faults = Faults()
        self.url = ""
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self._port = kept_port()

    def routes(self, app: web.Application) -> None:
        """Say who answers what."""
        raise NotImplementedError

    @property
    def session(self) -> aiohttp.ClientSession:
        """For what the stand-in sends."""
        assert self._session is not None, "the stand-in is not started"
        return self._session

    async def start(self) -> Self:
        """Listen; the same port again after ``goes_down``."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        await self.comes_back()
        return self

    async def stop(self) -> None:
        """End all, what hangs too."""
        self.release()
        await self.goes_down()
        await self.ended()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def comes_back(self) -> None:
        """Listen, where it did before."""
        if self._runner is not None:
            return
        app = web.Application(client_max_size=BODY_LIMIT)
        self.routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.0, access_log=None)
        await self._runner.setup()
        listening = socket.create_server(("127.0.0.1", self._port))
        self.url = f"http://127.0.0.1:{self._port}"
        await web.SockSite(self._runner, listening).start()

    async def goes_down(self) -> None:
        """Refuse connections and cut those that are open; what is stored stays."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        self.release()
        if runner.server is not None:
            for one in runner.server.connections:
                if one.transport is not None:
                    one.transport.abort()
        await runner.cleanup()

    def fails(self, method: str, fault: Fault, **when: Any) -> None:
        """Let calls of ``method`` (``*``: all) meet ``fault``; ``times``, ``every``, ``skip``, ``chat`` narrow it."""
        self.faults.plan(method, fault, **when)

    def recovers(self) -> None:
        """No more faults; what hangs is cut."""
        self.faults.clear()
        self.release()
