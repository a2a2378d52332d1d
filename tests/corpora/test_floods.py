"""Too much, too slow, too deep, never ending: it is refused, and others go on talking."""

import gzip
import sys
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

import aiohttp
import brotli
import pytest
import pytest_asyncio

from bot.app import Application
from bot.web import answers, socket
from tests.application import WireVisitor, config_for, running
from tests.corpora.raw import connected, exchange, request_bytes
from tests.corpora.visiting import HttpVisitor
from tests.server import Server

JSON = b"Content-Type: application/json"
START = b"/api/v1/conversations"
A_SOCKET = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
MEBIBYTE = 1024 * 1024


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing of this gets as far as the database."""
    return sqlite_url


async def posted(app: Application, *headers: bytes, body: bytes = b"") -> int:
    """The status of a POST that begins a conversation."""
    return (
        await exchange(app.base_url, request_bytes(START, method="POST", headers=(JSON, *headers), body=body))
    ).status


async def assert_others_talk(app: Application, session: aiohttp.ClientSession) -> None:
    visitor = HttpVisitor(session, app.base_url, "again")
    await visitor.arrives()
    assert (await visitor.says("hello"))[0] == "hello"


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [
        ("gzip", gzip.compress(b"{}"), 201),
        ("deflate", zlib.compress(b"{}"), 201),
        ("gzip", gzip.compress(b" " * 60 * MEBIBYTE), 413),
        ("deflate", zlib.compress(b" " * 60 * MEBIBYTE), 413),
        ("gzip", gzip.compress(gzip.compress(b" " * MEBIBYTE)), 400),
        ("gzip", b"{}", 400),
        ("deflate", b"\x00\xff" * 50, 400),
        ("br", brotli.compress(b"{}"), 201),
        ("br", brotli.compress(b" " * 60 * MEBIBYTE, quality=4), 413),
        ("br", b"{}", 400),
        ("zstd", b"{}", 400),
        ("identity", b"{}", 201),
        ("nonsense", b"{}", 201),
    ],
    ids=range(13),
)  # fmt: skip
async def test_a_compressed_body_is_read_up_to_its_limit(
    app: Application, encoding: str, body: bytes, status: int
) -> None:
    assert await posted(app, b"Content-Encoding: " + encoding.encode(), body=body) == status


@pytest.mark.skipif(sys.platform != "linux", reason="how much memory a process has had is read from /proc")
@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_a_bomb_does_not_fill_the_memory(tmp_path: Path, folder: Path, encoding: str) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress}[encoding]
    body = pack(b" " * 60 * MEBIBYTE)
    bomb = request_bytes(START, method="POST", headers=(JSON, f"Content-Encoding: {encoding}".encode()), body=body)
    server = await Server(f"sqlite:///{tmp_path}/x.db", folder).start()
    try:
        before = server.memory()
        assert {(await exchange(server.base_url, bomb)).status for _ in range(5)} == {413}
        assert server.memory() - before < 20 * MEBIBYTE
    finally:
        await server.stop()


async def test_a_body_that_never_comes_is_given_up(
    app: Application, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "BODY_SECONDS", 0.05)
    async with connected(app.base_url) as (reader, writer):
        writer.write(request_bytes(START, method="POST", headers=(JSON, b"Content-Length: 100")) + b'{"script":')
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        await assert_others_talk(app, session)


@pytest.mark.parametrize("beginning", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localh", b"POST " + START])
async def test_a_request_that_never_comes_is_given_up(
    sqlite_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr("bot.app._KEEP_ALIVE_SECONDS", 0.05)
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        assert (await exchange(app.base_url, beginning)).status in (0, 400, 408)


async def test_headers_without_end_are_refused(app: Application, session: aiohttp.ClientSession) -> None:
    many = tuple(b"X-%d: a" % number for number in range(2000))
    for headers in (many, (b"X: " + b"a" * 100_000,), (b"Cookie: " + b"a=b; " * 10_000,)):
        answer = await exchange(app.base_url, request_bytes(b"/", headers=headers))
        assert answer.status in (400, 431)
    assert (await exchange(app.base_url, b"GET /" + b"a" * 100_000)).status in (400, 414)
    await assert_others_talk(app, session)


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\n",
        b"Content-Length: +2\r\n\r\n{}",
        b"Content-Length: 2_0\r\n\r\n{}" + b" " * 18,
        b"Content-Length: 99999999999999999999\r\n\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}GET /healthz HTTP/1.1\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ],
)
async def test_a_request_hidden_in_another_is_not_answered(app: Application, data: bytes) -> None:
    head = b"POST " + START + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON + b"\r\n"
    answer = await exchange(app.base_url, head + data)
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert b"HTTP/1.1" not in answer.body or b"alive" not in answer.body


async def test_a_request_behind_an_upgrade_is_not_answered(app: Application) -> None:
    async with connected(app.base_url) as (reader, writer):
        writer.write(A_SOCKET + request_bytes(b"/metrics"))
        heard = await reader.read()
    assert heard.startswith(b"HTTP/1.1 101")
    assert heard.count(b"HTTP/1.1") == 1


async def heard_after(app: Application, frames: bytes) -> bytes:
    """What a socket answers to raw frames until it is closed."""
    async with connected(app.base_url) as (reader, writer):
        writer.write(A_SOCKET)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(frames)
        heard = b""
        with suppress(ConnectionError):  # Closed before everything was read.
            while piece := await reader.read(65536):
                heard += piece
        return heard


@pytest_asyncio.fixture
async def visitor(app: Application, session: aiohttp.ClientSession) -> AsyncIterator[WireVisitor]:
    visitor = WireVisitor(session, app.base_url, "again")
    await visitor.connect()
    yield visitor
    await visitor.close()


async def test_pieces_of_a_frame_without_end_close_the_socket(app: Application, visitor: WireVisitor) -> None:
    piece, more = masked(0x01, b"x" * 30_000), masked(0x00, b"x" * 30_000)
    heard = await heard_after(app, piece + more * 10)
    assert heard == b"" or (heard[:1] == b"\x88" and int.from_bytes(heard[2:4]) == 1009)
    assert await visitor.says("hello") != ""


@pytest.mark.parametrize("frame", [b"\xc1\x80" + b"\0" * 4, b"\x83\x80" + b"\0" * 4, b"\x89\xfe\x01\x00" + b"\0" * 260])
async def test_frames_that_break_the_protocol_close_the_socket(
    app: Application, visitor: WireVisitor, frame: bytes
) -> None:
    heard = await heard_after(app, frame)
    assert heard[:1] == b"\x88" and int.from_bytes(heard[2:4]) in (1002, 1007, 1009)
    assert await visitor.says("hello") != ""


async def test_a_socket_that_only_talks_rubbish_is_closed(visitor: WireVisitor) -> None:
    for _ in range(30):
        await visitor.send("rubbish")
    frames = [await visitor.receive()]
    while frames[-1]["type"] == "error":
        frames.append(await visitor.receive())
    assert (frames[-1]["type"], frames[-1]["code"]) == ("closed", 1008)
    await visitor.connect()
    assert await visitor.says("hello") != ""


async def test_a_socket_that_never_says_hello_is_closed(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "HELLO_SECONDS", 0.05)
    heard = await heard_after(app, b"")
    assert heard[:1] == b"\x88" and int.from_bytes(heard[2:4]) == 1008


async def test_a_socket_without_a_talk_does_not_hold_up_the_stop(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        waiting = await session.ws_connect(f"{app.base_url}/ws")
        await waiting.send_str("rubbish")
        await waiting.receive()
    assert (await waiting.receive_json())["code"] == "server_stopping"
    assert (await waiting.receive()).data == 1001
    await waiting.close()


async def test_who_begins_too_much_or_says_too_much_is_told_to_wait(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession
) -> None:
    config = config_for(sqlite_url, folder, conversations_an_hour=3, messages_a_minute=5)
    async with running(config, targets={}) as app:
        visitor = WireVisitor(session, app.base_url, "again")
        await visitor.connect()
        answers = [await visitor.says(f"{number}") for number in range(7)]
        assert answers[5:] == ["error: too_many"] * 2
        await visitor.close()
        again = await visitor.connect(visit=True)
        assert (again["type"], again["code"]) == ("error", "too_many")
        await visitor.close()
        statuses = [await posted(app, body=b"{}") for _ in range(4)]
        assert statuses == [201, 201, 429, 429]


def masked(first: int, payload: bytes) -> bytes:
    """A frame as a browser sends it, its mask all zeros."""
    return bytes((first, 0x80 | 126)) + len(payload).to_bytes(2) + b"\0\0\0\0" + payload
