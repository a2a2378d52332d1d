"""A tiny bot's webhook, for the tests of the stand-in itself: it remembers what it hears and answers as told."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Reply = Callable[[dict[str, Any]], Awaitable[web.Response]]

PATH = "/telegram"


async def nods(update: dict[str, Any]) -> web.Response:
    """An empty 200."""
    return web.Response()


@dataclass(eq=False)
class ABot:
    """What it heard and what it answers."""

    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    reply: Reply = nods

    async def serve(self, request: web.Request) -> web.Response:
        """Remember, then answer."""
        update = json.loads(await request.read())
        self.heard.append(update)
        self.headers.append(dict(request.headers))
        return await self.reply(update)


@asynccontextmanager
async def running_bot() -> AsyncIterator[ABot]:
    """A bot that listens."""
    bot = ABot()
    app = web.Application()
    app.router.add_post(PATH, bot.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield bot
    finally:
        await runner.cleanup()
