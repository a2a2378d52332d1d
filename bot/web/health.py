"""Whether the server is alive, whether it is ready, and figures for a monitoring system."""

import time
from collections.abc import Callable

from aiohttp import web

from bot.channels.web_windows import WebChannel
from bot.manager import utc_now
from bot.web.answers import answer
from storage import settings
from storage.database import Database
from storage.errors import StorageError


class Health:
    """Serves ``/healthz``, ``/readyz`` and ``/metrics`` (Prometheus text format 0.0.4)."""

    def __init__(self, database: Database, channel: WebChannel, figures: Callable[[], dict[str, float]]) -> None:
        self._database = database
        self._channel = channel
        self._figures = figures
        self._started = time.monotonic()

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
        """The database can be written to. Something is really written: a full disk lets an empty transaction pass."""
        now = utc_now()
        try:
            await self._database.write(lambda tx: settings.put(tx, "ready", now.isoformat(), now))
        except StorageError as error:
            return answer({"status": "not ready", "reason": type(error).__name__}, 503)
        return answer({"status": "ready"})

    async def metrics(self, request: web.Request) -> web.Response:
        """Figures, one a line."""
        figures = {
            "handraiser_uptime_seconds": time.monotonic() - self._started,
            "handraiser_connected_conversations": float(len(self._channel.conversations())),
            **self._figures(),
        }
        text = "".join(f"# TYPE {name} gauge\n{name} {value:g}\n" for name, value in figures.items())
        return web.Response(text=text, content_type="text/plain", charset="utf-8")
