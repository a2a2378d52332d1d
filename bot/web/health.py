"""Whether the server is alive, whether it is ready, and figures for a monitoring system."""

import asyncio
import time
from collections.abc import Callable

from aiohttp import web

from bot.channels.web_windows import WebChannel
from bot.manager import utc_now
from bot.web.answers import answer
from storage import settings
from storage.database import Database
from storage.errors import StorageError

READY_SECONDS = 5.0
"""How long a write that succeeded stands for those who ask: several balancers ask each second."""


class Health:
    """Serves ``/healthz``, ``/readyz`` and ``/metrics`` (Prometheus text format 0.0.4)."""

    def __init__(
        self,
        database: Database,
        channel: WebChannel,
        figures: Callable[[], dict[str, float]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._channel = channel
        self._figures = figures
        self._clock = clock
        self._started = clock()
        self._tried: float | None = None
        self._failure: str | None = None
        """What became of the write that was tried last."""
        self._writing = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
        ]

    async def alive(self, request: web.Request) -> web.Response:
        """The event loop answers."""
        return answer({"status": "alive"})

    async def ready(self, request: web.Request) -> web.Response:
        """The database could be written to within ``READY_SECONDS``. Where it could not, every call tries anew."""
        came = self._clock()
        async with self._writing:
            if self._tried is None or self._tried < (came - READY_SECONDS if self._failure is None else came):
                await self._write()
        if self._failure is not None:
            return answer({"status": "not ready", "reason": self._failure}, 503)
        return answer({"status": "ready"})

    async def _write(self) -> None:
        """See whether the database can be written to: a full disk lets an empty transaction pass."""
        begun, now = self._clock(), utc_now()
        try:
            await self._database.write(lambda tx: settings.put(tx, "ready", now.isoformat(), now))
        except StorageError as error:
            self._failure = type(error).__name__
            begun = self._clock()  # Who has waited for it all along need not try again.
        else:
            self._failure = None
        self._tried = begun

    async def metrics(self, request: web.Request) -> web.Response:
        """Figures, one a line."""
        figures = {
            "handraiser_uptime_seconds": self._clock() - self._started,
            "handraiser_connected_conversations": float(len(self._channel.conversations())),
            **self._figures(),
        }
        text = "".join(f"# TYPE {name} gauge\n{name} {value:g}\n" for name, value in figures.items())
        return web.Response(text=text, content_type="text/plain", charset="utf-8")
