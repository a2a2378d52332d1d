"""A tiny business for the tests of the stand-in itself: its calls, and the webhook that hears what happens."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.whatsapp.server import WhatsApp

Reply = Callable[[dict[str, Any]], Awaitable[web.Response]]


async def nods(body: dict[str, Any]) -> web.Response:
    """An empty 200."""
    return web.Response()


@dataclass(eq=False)
class ABusiness:
    """What it calls, what it heard and what it answers."""

    whatsapp: WhatsApp
    session: aiohttp.ClientSession
    url: str = ""
    verify_token: str = "let-me-in"
    heard: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    reply: Reply = nods

    async def call(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        """One call of the API: the status and the answer."""
        headers = {"Authorization": f"Bearer {more.pop('token', self.whatsapp.token)}"}
        address = f"{self.whatsapp.base_url}/v23.0/{path}"
        async with self.session.request(method, address, headers=headers, **more) as response:
            return response.status, await response.json()

    async def send(self, to: str, kind: str, body: Any, **more: Any) -> tuple[int, Any]:
        """Send a message."""
        message = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: body, **more}
        return await self.call("POST", f"{self.whatsapp.phone_number_id}/messages", json=message)

    async def says(self, to: str, text: str) -> tuple[int, Any]:
        """Send a text."""
        return await self.send(to, "text", {"body": text})

    async def upload(self, name: str, data: bytes, mime: str, **more: str) -> tuple[int, Any]:
        """Upload a file."""
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime, **more})
        form.add_field("file", data, filename=name, content_type=mime)
        return await self.call("POST", f"{self.whatsapp.phone_number_id}/media", data=form)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages that were heard."""
        return [one for value in self._values for one in value.get("messages", [])]

    @property
    def statuses(self) -> list[dict[str, Any]]:
        """The statuses that were heard."""
        return [one for value in self._values for one in value.get("statuses", [])]

    @property
    def _values(self) -> list[dict[str, Any]]:
        return [change["value"] for one in self.heard for entry in one["entry"] for change in entry["changes"]]

    async def verify(self, request: web.Request) -> web.Response:
        """Answer the challenge to whoever knows the token."""
        asked = request.query
        if asked.get("hub.mode") == "subscribe" and asked.get("hub.verify_token") == self.verify_token:
            return web.Response(text=asked["hub.challenge"])
        return web.Response(status=403)

    async def hear(self, request: web.Request) -> web.Response:
        """Verify over the raw bytes, then remember, then answer."""
        raw = await request.read()
        digest = hmac.new(self.whatsapp.app_secret.encode(), raw, hashlib.sha256).hexdigest()
        given = request.headers.get("X-Hub-Signature-256", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(f"sha256={digest}".encode(), given):
            self.refused += 1
            return web.Response(status=401)
        body = json.loads(raw)
        self.heard.append(body)
        return await self.reply(body)


@asynccontextmanager
async def running_business(whatsapp: WhatsApp) -> AsyncIterator[ABusiness]:
    """A business that listens and has subscribed."""
    async with aiohttp.ClientSession() as session:
        business = ABusiness(whatsapp, session)
        app = web.Application()
        app.router.add_get("/whatsapp", business.verify)
        app.router.add_post("/whatsapp", business.hear)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            business.url = f"http://127.0.0.1:{runner.addresses[0][1]}/whatsapp"
            assert await whatsapp.subscribes(business.url, business.verify_token)
            yield business
            whatsapp.notifier.url = None
        finally:
            await runner.cleanup()
