"""A visitor on the wire who costs next to nothing, so that the server is what is measured.

A raw ``asyncio.Protocol`` that speaks just enough WebSocket: frames are made before the time is taken, answers are
searched for the words they must hold, nothing is parsed.
"""

import asyncio
import base64
import json
import os
import time
import uuid
from struct import Struct

from benchmarks.lead_dialog import Line, WrongAnswer, check, lines

PAGE = "https://www.example.com/pricing?utm_source=newsletter&utm_medium=email&utm_campaign=spring"
"""Where the visitors come from."""

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_TOKEN = b'"token":"'
_SHORT = Struct("!H")
_LONG = Struct("!Q")


def frame_of(payload: bytes, kind: int = _TEXT) -> bytes:
    """A client's frame. Its mask is nought, which leaves the payload as it is."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + _SHORT.pack(size)
    return bytes((0x80 | kind,)) + length + bytes(4) + payload


def _json_frame(**data: object) -> bytes:
    return frame_of(json.dumps(data).encode())


class LeanVisitor(asyncio.Protocol):
    """One connection. ``await ready``, then ``await converse()``; ``waits`` says how long each answer took."""

    def __init__(self, number: int, token: bytes | None = None) -> None:
        """``token`` is that of an earlier visit, to go on where it ended."""
        loop = asyncio.get_running_loop()
        self.number = number
        self.token = token
        """What the server knows us by, once it has welcomed us."""
        self.ready: asyncio.Future[None] = loop.create_future()
        """Done when the server has welcomed us."""
        self.gone: asyncio.Future[None] = loop.create_future()
        """Done when the connection is closed."""
        self.waits: list[float] = []
        self._ended: asyncio.Future[None] = loop.create_future()
        self._lines = [
            (line, _json_frame(type="say", id=str(uuid.uuid4()), text=line.text)) for line in reversed(lines(number))
        ]
        self._turn: asyncio.Future[None] | None = None
        self._open: Line | None = None
        self._asked = 0.0
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.Transport

    async def converse(self, most: int | None = None) -> None:
        """Say everything there is to say (or the first ``most`` lines), each line after the answer to the last."""
        if most is not None:
            self._lines = self._lines[-most:]
        self._say_next()
        await self._ended

    async def say(self) -> None:
        """Say the next line; returns when it is answered."""
        self._turn = asyncio.get_running_loop().create_future()
        self._say_next()
        await self._turn

    async def leave(self) -> None:
        """Close the connection, as browsers do."""
        self._transport.write(frame_of(b"\x03\xe8", _CLOSE))
        await self.gone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """The server is gone: an error for whoever waits for it."""
        for waiting in self._waiting():
            if not waiting.done():
                waiting.set_exception(exc or ConnectionError("the server closed the connection"))
                waiting.exception()  # Somebody may have stopped waiting.
        if not self.gone.done():
            self.gone.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Take the frames out of what has come."""
        buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, found, buffer = buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self._fail(ConnectionError(head[:200].decode(errors="replace")))
                return
            self._upgraded = True
            token = self.token.decode() if self.token is not None else None
            self._transport.write(_json_frame(type="hello", token=token, after=0, language="en", page=PAGE))
        while len(buffer) >= 2:
            start, size = 2, buffer[1]
            if size == 126:
                start, size = 4, _SHORT.unpack_from(buffer, 2)[0] if len(buffer) >= 4 else 1 << 62
            elif size == 127:
                start, size = 10, _LONG.unpack_from(buffer, 2)[0] if len(buffer) >= 10 else 1 << 62
            if len(buffer) < start + size:
                break
            self._take(buffer[0] & 15, buffer[start : start + size])
            buffer = buffer[start + size :]
        self._buffer = buffer

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == _PING:
            self._transport.write(frame_of(payload, _PONG))
        elif kind == _CLOSE:
            self._transport.close()
        elif payload.startswith(b'{"type":"messages"'):
            self._answered(payload)
        elif payload.startswith(b'{"type":"welcome"'):
            if (found := payload.find(_TOKEN)) >= 0:
                start = found + len(_TOKEN)
                self.token = payload[start : payload.index(b'"', start)]
            self.ready.set_result(None)
        elif payload.startswith(b'{"type":"error"'):
            self._fail(WrongAnswer(payload.decode()))

    def _answered(self, payload: bytes) -> None:
        """The bot has answered: the turn is over."""
        line = self._open
        if line is None:
            return
        self.waits.append(time.perf_counter() - self._asked)
        if line.expected.encode() not in payload:
            try:
                check(line, payload.decode())
            except WrongAnswer as error:
                self._fail(error)
                return
        if self._turn is not None:
            self._open = None
            self._turn.set_result(None)
            return
        self._say_next()

    def _say_next(self) -> None:
        if not self._lines:
            self._open = None
            self._ended.set_result(None)
            return
        self._open, frame = self._lines.pop()
        self._asked = time.perf_counter()
        self._transport.write(frame)

    def _waiting(self) -> list["asyncio.Future[None]"]:
        return [self.ready, self._ended, *([self._turn] if self._turn is not None else [])]

    def _fail(self, error: Exception) -> None:
        for waiting in self._waiting():
            if not waiting.done():
                waiting.set_exception(error)
                waiting.exception()
        self._transport.abort()


async def connect(port: int, numbers: list[int]) -> list[LeanVisitor]:
    """Visitors who are connected and welcomed, a hundred at a time."""
    visitors: list[LeanVisitor] = []
    for first in range(0, len(numbers), 100):
        some = [LeanVisitor(number) for number in numbers[first : first + 100]]
        await come(port, some)
        visitors += some
    return visitors


async def come(port: int, visitors: list[LeanVisitor]) -> None:
    """Connect them all at once; returns when everybody is welcomed."""
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(loop.create_connection(lambda one=one: one, "127.0.0.1", port) for one in visitors))  # type: ignore[misc]  # A default argument keeps each its own.
    await asyncio.gather(*(one.ready for one in visitors))
