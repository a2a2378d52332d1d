"""How a caller meets a fault."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.stand_ins.faults import Cut, Fault, Garbage, Hang, Nonsense, Refused, Slow, Status, TooMany


async def meet(
    request: web.Request,
    fault: Fault | None,
    *,
    do: Callable[[], Awaitable[web.StreamResponse]],
    too_many: Callable[[int], web.Response],
    released: asyncio.Event,
) -> web.StreamResponse:
    """Answer, or fail as it was planned; what hangs lets go when ``released`` is set."""
    match fault:
        case None:
            return await do()
        case Refused(status, body, headers):
            return web.json_response(body, status=status, headers=headers)
        case Status(status, text):
            return web.Response(status=status, text=text, content_type="text/html")
        case TooMany(seconds):
            return too_many(seconds)
        case Nonsense(text):
            return web.Response(text=text, content_type="application/json")
        case Garbage(data):
            return _garbage(request, data)
        case Slow(seconds):
            answer = await do()
            await asyncio.sleep(seconds)
            return answer
        case Cut(applied):
            if applied:
                await do()
            return cut(request)
        case Hang(applied):
            if applied:
                await do()
            await released.wait()
            return cut(request)


def cut(request: web.Request) -> web.Response:
    """Cut the connection."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _garbage(request: web.Request, data: bytes) -> web.Response:
    if request.transport is not None:
        request.transport.write(data)
        request.transport.close()
    return web.Response()
