"""Room for visitors: a process takes as many open files as it may have, and lets nobody in for whom there is none."""

import asyncio
import socket
import sys
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from tests.application import WireVisitor
from tests.bot.web.raw_frames import HANDSHAKE
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
