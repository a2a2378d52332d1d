"""A web server that takes what it is sent, in this process: answers as it is told to, and remembers what came."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

from aiohttp import web

from tests.changes import Changes

LOOPBACK = [ip_network("127.0.0.0/8")]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    """What came, and what is to be answered next."""

    url: str = ""
    port: int = 0
    deliveries: list[Delivery] = field(default_factory=list)
    answers: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    """(status, headers) of the next answers; 204 when there are none."""
    body: bytes = b""
    """What is answered with it."""
    bodies: list[bytes] = field(default_factory=list)
    """The same for the next answers, one each; ``body`` when there are none."""
    changes: Changes = field(default_factory=Changes)

    async def take(self, request: web.Request) -> web.Response:
        self.deliveries.append(Delivery(dict(request.headers), await request.read()))
        self.changes.tell()
        status, headers = self.answers.pop(0) if self.answers else (204, {})
        body = self.bodies.pop(0) if self.bodies else self.body
        return web.Response(status=status, headers=headers, body=body or None)


@contextlib.asynccontextmanager
async def receiver(**site: Any) -> AsyncIterator[Receiver]:
    """A server on 127.0.0.1, until the block ends."""
    taking = Receiver()
    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_route("*", "/{path:.*}", taking.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, **site).start()
        taking.port = runner.addresses[0][1]
        taking.url = f"http://127.0.0.1:{taking.port}/hook"
        yield taking
    finally:
        await runner.cleanup()
