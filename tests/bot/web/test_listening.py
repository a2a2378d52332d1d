"""Room for visitors: a process takes as many open files as it may have, and lets nobody in for whom there is none."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.web import listening
from tests.application import WireVisitor
from tests.bot.web.raw_frames import HANDSHAKE
from tests.bot.web.test_magnets import to_the_guide
from tests.corpora.raw import exchange, request_bytes
from tests.server import Server

FEW = 512
LARGE = 16 << 20
"""Bytes: more than the network holds for anybody."""


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux tells a process's limits")
async def test_a_server_asks_for_more_open_files_than_it_was_given(sqlite_url: str, tmp_path: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    server = Server(sqlite_url, tmp_path)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, FEW), hard))
    try:
        await server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        assert server.open_files() > FEW
    finally:
        await server.stop()


NO_ROOM = b"HTTP/1.1 503"
KEPT = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
"""A request whose connection is kept for a next one."""


async def knocks(base_url: str, sends: bytes) -> socket.socket:
    loop, wire = asyncio.get_running_loop(), socket.socket()
    wire.setblocking(False)
    host, _, port = base_url.removeprefix("http://").partition(":")
    await loop.sock_connect(wire, (host, int(port)))
    await loop.sock_sendall(wire, sends)
    return wire


@asynccontextmanager
async def crowded(
    url: str, folder: Path, session: aiohttp.ClientSession, sends: bytes
) -> AsyncIterator[tuple[Server, WireVisitor, list[socket.socket]]]:
    """A server with room for a hundred, a visitor who came in time, and two hundred who came then and sent this."""
    server = await Server(url, folder).start()
    try:
        visitor = WireVisitor(session, server.base_url, "welcome")
        assert (await visitor.connect())["type"] == "welcome"
        server.allow_files(100)
        crowd = [await knocks(server.base_url, sends) for _ in range(200)]
        yield server, visitor, crowd
        for wire in crowd:
            wire.close()
        await visitor.close()
    finally:
        await server.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux changes the limits of a process that runs")
@pytest.mark.parametrize("sends", [HANDSHAKE, b"", b"GET / HT"], ids=["sockets", "silence", "half"])
async def test_more_than_there_is_room_for_disturb_nobody_who_is_in(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, sends: bytes
) -> None:
    async with crowded(sqlite_url, folder, session, sends) as (server, visitor, crowd):
        if sends == HANDSHAKE:
            async with asyncio.timeout(30):
                heard = [await asyncio.get_running_loop().sock_recv(wire, len(NO_ROOM)) for wire in crowd]
            assert set(heard) == {b"HTTP/1.1 101", NO_ROOM}
        async with asyncio.timeout(10):
            assert "error" not in await visitor.says("I was here before")
        for wire in crowd:
            wire.close()
        late = WireVisitor(session, server.base_url, "welcome")
        async with asyncio.timeout(20):
            while (await exchange(server.base_url, request_bytes(b"/healthz"))).status != HTTPStatus.OK:
                pass  # Until the server has seen that they are gone.
            assert (await late.connect())["type"] == "welcome"
        await late.close()
    assert 0 < sum("files" in line for line in server.lines) < 5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux changes the limits of a process that runs")
@pytest.mark.parametrize("sends", [HANDSHAKE, b"", b"GET / HT", KEPT], ids=["sockets", "silence", "half", "kept"])
async def test_in_a_full_house_those_who_say_nothing_make_room_for_whoever_comes_to_speak(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, sends: bytes
) -> None:
    async with crowded(sqlite_url, folder, session, sends) as (server, visitor, _):
        async with asyncio.timeout(20):  # Left alone, the crowd would stay for half a minute.
            while (late := await comes_in(session, server.base_url)) is None:
                await asyncio.sleep(0.2)  # As Retry-After says, only sooner.
        assert await late.says("Grace") == "Where shall it go, Grace?"
        assert await visitor.says("Ada") == "Where shall it go, Ada?"
        await late.close()


async def comes_in(session: aiohttp.ClientSession, base_url: str) -> WireVisitor | None:
    """A visitor who has said hello; None where there was no room for them, or they were let go meanwhile."""
    visitor = WireVisitor(session, base_url, "welcome")
    try:
        return visitor if (await visitor.connect())["type"] == "welcome" else None
    except aiohttp.ClientError:
        return None


async def test_while_there_is_room_nobody_is_hurried(app: Application) -> None:
    half, socket_ = [await knocks(app.base_url, sends) for sends in (b"GET /healthz HTTP/1.1\r\n", HANDSHAKE)]
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(20):
        assert (await loop.sock_recv(socket_, 12)) == b"HTTP/1.1 101"
        for _ in range(3):
            app._room.look()
        await loop.sock_sendall(half, b"Host: here\r\n\r\n")
        assert (await loop.sock_recv(half, 12)) == b"HTTP/1.1 200"
        assert app._sockets.quiet()
    for wire in (half, socket_):
        wire.close()


async def asks(app: Application, path: str, token: str = "") -> socket.socket:
    """A request of somebody who does not ask twice."""
    head = f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
    return await knocks(app.base_url, head.encode())


def is_full_for_three_looks(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(listening, "is_full", lambda: True)
        for _ in range(3):
            app._room.look()


async def test_in_a_full_house_nobody_is_let_go_who_waits_for_an_answer(
    app: Application, visitor: WireVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, name = asyncio.get_running_loop(), visitor.welcome["conversation"]
    standing = await app.manager.find_public(name)
    assert standing is not None
    async with asyncio.timeout(20):
        wire = await asks(app, f"/api/v1/conversations/{name}/messages?after=1&wait=25", visitor.welcome["token"])
        while standing.conversation_id not in app.channel._waiters:
            await asyncio.sleep(0.01)
        is_full_for_three_looks(app, monkeypatch)
        await visitor.says("Ada")
        assert (await loop.sock_recv(wire, 4096)).startswith(b"HTTP/1.1 200")
    wire.close()


async def test_in_a_full_house_who_reads_slowly_gets_all_of_it(
    app: Application, folder: Path, visitor: WireVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "files" / "guide.pdf").write_bytes(bytes(LARGE))
    url, loop = await to_the_guide(visitor), asyncio.get_running_loop()
    async with asyncio.timeout(20):
        wire = await asks(app, url.removeprefix(app.base_url))
        heard = await loop.sock_recv(wire, 4096)
        assert heard.startswith(b"HTTP/1.1 200")
        is_full_for_three_looks(app, monkeypatch)
        while more := await loop.sock_recv(wire, 1 << 20):
            heard += more
    assert len(heard.partition(b"\r\n\r\n")[2]) == LARGE
    assert await visitor.says("20") != ""  # Nor is anybody whose socket has said hello.
    wire.close()
