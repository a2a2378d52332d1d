"""Listening on an address, or saying in one sentence why that cannot be; room for many connections, and no more.

Where no file may be opened any more, nothing works, for anybody: so the last ones are kept, and whoever comes then is
told to come again. A file gets the lowest number that is free, so a high number says that there is little room left.
"""

import asyncio
import errno
import logging
import os
import socket
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.web.answers import Handler, refusal
from bot.web.connection import Connection

log = logging.getLogger(__name__)

_FILES_MOST = 65_536
"""Open files that are asked for: each visitor's connection is one."""
_WAITING_MOST = 4096
"""Connections that may wait to be taken in."""
_AT_ONCE = 64
"""Connections that are taken in before others have their turn. asyncio tries as often although no file is left."""
LOOK_SECONDS = 1.0
"""How often it is looked whether the house is full."""
_FULL_SECONDS = 60.0
"""How often it is told that there is no room."""


def make_room() -> int | None:
    """Ask the system for as many open files as this process may have; how many those are, None where nobody counts.

    Most systems begin with 1,024, which would be the end of the thousandth visitor.
    """
    try:
        import resource
    except ModuleNotFoundError:  # Windows.
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    most = _FILES_MOST if hard == unlimited else min(_FILES_MOST, hard)
    if soft == unlimited or soft >= most:
        return None if soft == unlimited else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # macOS has a limit behind the limit.
        return soft
    return most


def _most() -> int | None:
    """The number below which the files of visitors stay; None where nobody counts. What is above is kept."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows.
        return None
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if most == resource.RLIM_INFINITY else most - max(16, most // 32)


def has_room(request: web.Request) -> bool:
    """Whether there is room for the connection of a request."""
    most = _most()
    wire = None if request.transport is None else request.transport.get_extra_info("socket")
    return wire is None or most is None or wire.fileno() < most


def is_full() -> bool:
    """Whether whoever comes next finds no room."""
    if (most := _most()) is None:
        return False
    try:
        lowest = os.open(os.devnull, os.O_RDONLY)
    except OSError:  # Not even what is kept is left.
        return True
    os.close(lowest)
    return lowest >= most


class Room:
    """Lets nobody in for whom there is no room, and has those make room who only occupy it.

    Somebody who connects and says nothing has half a minute for it. In a full house, where others wait at the door,
    they have one to two seconds. So have connections that are kept for a next request.
    """

    def __init__(self) -> None:
        self._server: web.Server | None = None
        self._guests: Callable[[], Iterable[Connection]] = tuple
        self._busy: dict[asyncio.BaseProtocol, asyncio.Task[Any]] = {}
        """Connections with a request that is being dealt with, until its answer is sent."""
        self._quiet: set[Connection | web.RequestHandler] = set()
        """Those on which nothing was under way when it was looked last, in a full house."""

    def watch(self, server: web.Server | None, guests: Callable[[], Iterable[Connection]]) -> None:
        """Look after a server's connections, and after those of ``guests``: sockets that have not said hello."""
        self._server, self._guests = server, guests

    @property
    def door(self) -> Middleware:
        """The middleware that sends away whoever comes when there is no room, before they stay."""

        @web.middleware
        async def with_room(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._begin(request.protocol)
            return await handler(request) if has_room(request) else _full()

        return with_room

    def _begin(self, connection: asyncio.BaseProtocol) -> None:
        task = asyncio.current_task()  # It lasts until the answer is sent, which is longer than the handler.
        assert task is not None
        self._busy[connection] = task

        def end(task: asyncio.Task[Any]) -> None:
            if self._busy.get(connection) is task:
                del self._busy[connection]

        task.add_done_callback(end)

    async def run(self) -> None:
        """Look as often as is needed, for as long as the task lives."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """In a full house, end what was quiet when it was looked last, and is so still."""
        if not is_full():
            self._quiet.clear()
            return
        connections = () if self._server is None else self._server.connections
        quiet: set[Connection | web.RequestHandler] = {*self._guests()}
        quiet.update(one for one in connections if one not in self._busy)
        for connection in quiet & self._quiet:
            if isinstance(connection, Connection):
                connection.close(1013, "server full")
                connection.abort()
            else:
                connection.force_close()
        self._quiet = quiet - self._quiet


def _full() -> web.Response:
    log.error("too many are connected: no more files may be opened. Allow more (ulimit -n), or run another server")
    response = refusal("server_full", "Too many are here just now. Please try again.", retry_after=10, status=503)
    response.force_close()
    return response


async def take_in(runner: web.AppRunner, listening: socket.socket) -> None:
    """Take in whoever comes to a listening socket."""
    await web.SockSite(runner, listening, backlog=_AT_ONCE).start()
    listening.listen(_WAITING_MOST)  # For asyncio, both are the same number.


class _NowAndThen(logging.Filter):
    """Lets through what is the matter once a minute, not once for everybody who comes."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._told = -_FULL_SECONDS

    def filter(self, record: logging.LogRecord) -> bool:
        if self._words not in record.getMessage():
            return True
        is_due = monotonic() - self._told >= _FULL_SECONDS
        if is_due:
            self._told = monotonic()
        return is_due


log.addFilter(_NowAndThen("too many are connected"))
logging.getLogger("asyncio").addFilter(_NowAndThen("out of system resource"))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``OSError`` with a sentence for people."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING_MOST)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _cannot_listen(host, port, error) from error
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> OSError:
    setting = "port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "host"
    return OSError(
        error.errno,
        f"cannot listen on {host}:{port}: {error.strerror}. "
        f"Choose another {setting} with [web] {setting} or HANDRAISER_WEB__{setting.upper()}.",
    )
