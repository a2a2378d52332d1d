"""A WebSocket as bytes on a connection: frames a client sends, well formed or not, and what a server answers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
"""The request of the standard's example (RFC 6455, section 1.3)."""
ACCEPT = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def client_frame(payload: bytes, *, first: int = 0x81, mask: bytes = b"\x37\xfa\x21\x3d") -> bytes:
    """A frame as a browser sends it; ``first`` is its first byte."""
    size = len(payload)
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 65536:
        head = bytes((first, 0x80 | 126)) + size.to_bytes(2)
    else:
        head = bytes((first, 0x80 | 127)) + size.to_bytes(8)
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))


class RawSocket:
    """A client that reads when it is told to, and not before."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    def say(self, **frame: Any) -> None:
        """Send a frame of the chat protocol."""
        self.writer.write(client_frame(json.dumps(frame).encode()))

    async def receive(self) -> tuple[int, bytes]:
        """The next frame: its first byte and its payload."""
        async with asyncio.timeout(60):
            first, size = await self._reader.readexactly(2)
            if size == 126:
                size = int.from_bytes(await self._reader.readexactly(2))
            elif size == 127:
                size = int.from_bytes(await self._reader.readexactly(8))
            return first, await self._reader.readexactly(size)

    async def hears(self) -> dict[str, Any]:
        """The next frame of the chat protocol."""
        first, payload = await self.receive()
        assert first == 0x81, (first, payload)
        frame: dict[str, Any] = json.loads(payload)
        return frame

    async def hears_goodbye(self) -> int:
        """The code with which the server closes; what it said before is read over."""
        while True:
            first, payload = await self.receive()
            if first == 0x88:
                return int.from_bytes(payload[:2])

    async def ends(self) -> bytes:
        """Wait until the server has ended the connection; what came before that."""
        async with asyncio.timeout(60):
            try:
                return await self._reader.read()
            except ConnectionError:
                return b""


@asynccontextmanager
async def raw_socket(base_url: str, *, buffer: int = 2**16) -> AsyncIterator[RawSocket]:
    """A WebSocket that is open; ``buffer`` is about how many bytes are taken without being read."""
    import socket
    from urllib.parse import urlsplit

    parts = urlsplit(base_url)
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, (parts.hostname, parts.port))
    reader, writer = await asyncio.open_connection(sock=raw, limit=buffer)
    try:
        writer.write(HANDSHAKE)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 101 ") and ACCEPT in answer
        yield RawSocket(reader, writer)
    finally:
        writer.transport.abort()
