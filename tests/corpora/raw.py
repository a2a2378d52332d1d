"""HTTP as an attacker speaks it: bytes on a socket, nothing tidied up by a client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """What came back until the server closed the connection; status 0 when that was nothing."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key == name.lower()), None)


@asynccontextmanager
async def connected(base_url: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to the server; what is done with it must be over within half a minute."""
    parts = urlsplit(base_url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        async with asyncio.timeout(30):
            yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def exchange(base_url: str, data: bytes) -> RawAnswer:
    """Send bytes, and read until the server closes the connection."""
    try:
        async with connected(base_url) as (reader, writer):
            writer.write(data)
            await writer.drain()
            return _parse(await reader.read())
    except ConnectionError:
        return RawAnswer(status=0, headers=(), body=b"")


def request_bytes(target: bytes, *, method: str = "GET", headers: tuple[bytes, ...] = (), body: bytes = b"") -> bytes:
    """A request whose target is sent as it is. The server is asked to close the connection after it."""
    lines = [f"{method} ".encode() + target + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers]
    if body:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


async def get(base_url: str, target: str | bytes) -> RawAnswer:
    """GET a target that nobody normalises. What would end the request line is sent as the attacker wrote it."""
    raw = target if isinstance(target, bytes) else target.encode("utf-8", "surrogatepass")
    return await exchange(base_url, request_bytes(raw))


def _parse(data: bytes) -> RawAnswer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
    return RawAnswer(status=int(words[1]) if len(words) > 1 else 0, headers=headers, body=body)
