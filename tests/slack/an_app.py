"""A tiny app to talk with, for the tests of the stand-in itself: it remembers what it hears and answers as told."""

import json
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

Reply = Callable[[dict[str, Any]], Awaitable[web.Response]]


async def nods(payload: dict[str, Any]) -> web.Response:
    """An empty 200."""
    return web.Response()


@dataclass(eq=False)
class AnApp:
    """What it heard and what it answers."""

    secret: str
    url: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    refused: int = 0
    reply: Reply = nods

    @property
    def events(self) -> list[dict[str, Any]]:
        """The inner events."""
        return [one["event"] for one in self.heard if one.get("type") == "event_callback"]

    async def serve(self, request: web.Request) -> web.Response:
        """Slack's own way to verify, then remember, then answer."""
        body = await request.read()
        try:
            valid = SignatureVerifier(self.secret).is_valid_request(body, dict(request.headers))
        except (ValueError, OverflowError, TypeError):
            valid = False
        if not valid:
            self.refused += 1
            return web.Response(status=401)
        payload = read(body, request.content_type)
        self.heard.append(payload)
        self.headers.append(dict(request.headers))
        return await self.reply(payload)


def read(body: bytes, content_type: str) -> dict[str, Any]:
    """The payload of a request as Slack sends it."""
    if content_type == "application/json":
        payload: dict[str, Any] = json.loads(body)
        return payload
    form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    return json.loads(form["payload"]) if "payload" in form else dict(form)


@asynccontextmanager
async def running_app(secret: str) -> AsyncIterator[AnApp]:
    """An app that listens."""
    app = AnApp(secret)
    served = web.Application()
    served.router.add_post("/slack/events", app.serve)
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        app.url = f"http://127.0.0.1:{port}/slack/events"
        yield app
    finally:
        await runner.cleanup()
