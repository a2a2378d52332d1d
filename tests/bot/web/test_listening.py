"""Room for visitors: a process takes as many open files as it may have, and lets nobody in for whom there is none."""

import asyncio
import socket
import sys
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.web import listening
from tests.application import WireVisitor
from tests.bot.web.raw_frames import HANDSHAKE
from tests.bot.web.test_api import Caller
from tests.corpora.raw import exchange, request_bytes
from tests.server import Server

FEW = 512


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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux changes the limits of a process that runs")
@pytest.mark.parametrize("sends", [HANDSHAKE, b"", b"GET / HT"], ids=["sockets", "silence", "half"])
async def test_more_than_there_is_room_for_disturb_nobody_who_is_in(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, sends: bytes
) -> None:
    server = await Server(sqlite_url, folder).start()
    try:
        visitor = WireVisitor(session, server.base_url, "welcome")
        assert (await visitor.connect())["type"] == "welcome"
        server.allow_files(100)
        crowd = [await knocks(server.base_url, sends) for _ in range(200)]
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
        await visitor.close()
        await late.close()
    finally:
        await server.stop()
    assert 0 < sum("files" in line for line in server.lines) < 5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux changes the limits of a process that runs")
@pytest.mark.parametrize("sends", [HANDSHAKE, b"", b"GET / HT", KEPT], ids=["sockets", "silence", "half", "kept"])
async def test_in_a_full_house_those_who_say_nothing_make_room_for_whoever_comes_to_speak(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, sends: bytes
) -> None:
    server = await Server(sqlite_url, folder).start()
    try:
        visitor = WireVisitor(session, server.base_url, "welcome")
        assert (await visitor.connect())["type"] == "welcome"
        server.allow_files(100)
        crowd = [await knocks(server.base_url, sends) for _ in range(200)]
        async with asyncio.timeout(20):  # Left alone, the crowd would stay for half a minute.
            while (late := await comes_in(session, server.base_url)) is None:
                await asyncio.sleep(0.2)  # As Retry-After says, only sooner.
        assert await late.says("Grace") == "Where shall it go, Grace?"
        assert await visitor.says("Ada") == "Where shall it go, Ada?"
        for wire in crowd:
            wire.close()
        await late.close()
        await visitor.close()
    finally:
        await server.stop()


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no files")
async def test_in_a_full_house_nobody_is_let_go_who_is_being_answered(
    app: Application, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = Caller(session, app.base_url)
    await caller.start()
    standing = await app.manager.find_public(caller.conversation)
    assert standing is not None
    waiting = asyncio.create_task(caller.call("GET", f"/conversations/{caller.conversation}/messages?after=1&wait=25"))
    async with asyncio.timeout(20):
        while not app.channel.is_here(standing.conversation_id):
            await asyncio.sleep(0.01)
        monkeypatch.setattr(listening, "is_full", lambda: True)
        for _ in range(3):
            app._room.look()
        monkeypatch.undo()
        await caller.say("a", "Ada")
        status, answer = await waiting
    assert (status, answer["messages"][0]["text"]) == (200, "Ada")
