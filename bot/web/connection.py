"""One visitor's connection after the handshake: ours alone, no HTTP behind it, next to nothing while it is idle.

aiohttp keeps for every WebSocket its request with all headers, two tasks, a parser and timers: some 15 KiB. Here the
transport is taken over once the handshake is done, and a task stands only while something is being dealt with.
"""

import asyncio
import base64
import binascii
import hashlib
import logging
import socket
from abc import ABC, abstractmethod
from contextlib import suppress

from aiohttp import HttpVersion11, web

from bot.web.frames import BrokenProtocol, Frame, FrameReader, Kind, frame_of, goodbye_of

log = logging.getLogger(__name__)

UNREAD_MOST = 256 * 1024
"""Bytes that may wait for a slow reader before its connection is closed; it catches up when it comes back."""
_KERNEL_MOST = 128 * 1024
"""Bytes beside them that the operating system is asked to keep for one connection, at most about twice as many."""
_AHEAD_MOST = 64 * 1024
"""Bytes that may wait to be dealt with before no more are taken from the network."""
GOODBYE_SECONDS = 2.0
"""How long the other side may take to say goodbye, too."""
SLOW_GOODBYE_SECONDS = 10.0
"""How long a slow reader may take to read what it was sent, and that it is let go."""
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Connection(asyncio.Protocol, ABC):
    """A WebSocket (RFC 6455), the server's side. What comes in is dealt with one by one, in order."""

    __slots__ = ("_drained", "_ending", "_full", "_goodbye_said", "_reader", "_silent", "_transport", "_work")

    def __init__(self, frame_bytes: int) -> None:
        """``frame_bytes`` is the longest message that is taken."""
        self._reader: FrameReader | None = FrameReader(frame_bytes)
        """None after something that cannot be read."""
        self._transport: asyncio.Transport | None = None
        self._work: asyncio.Task[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._goodbye_said = False
        self._full = 0
        """Looks since which more waits to be read than the other side takes; 0 while it does not."""
        self._silent = 0
        """Looks since which nothing has come."""

    @abstractmethod
    async def heard(self, text: str | None) -> None:
        """Deal with a text, or with a message that is none; the next one waits until this has returned."""

    @abstractmethod
    def begun(self, work: "asyncio.Task[None]") -> None:
        """Something is being dealt with."""

    @abstractmethod
    def ended(self) -> None:
        """The connection is gone. Called once."""

    # What may be asked of it.

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._goodbye_said or self._transport is None

    @property
    def gone(self) -> bool:
        """Whether the connection has ended."""
        return self._transport is None

    @property
    def at_work(self) -> bool:
        """Whether something that came is being dealt with."""
        return self._work is not None

    def send(self, *texts: bytes) -> None:
        """Send texts (UTF-8) in one piece; never waits. A reader that is hopelessly slow is let go with 1013."""
        transport = self._transport
        if self._goodbye_said or transport is None:
            return
        frames = b"".join(map(frame_of, texts))
        # An empty queue takes a message of any length: only what waits behind another one is judged.
        if (unread := transport.get_write_buffer_size()) and unread + len(frames) > UNREAD_MOST:
            self.close(1013, "reading too slowly", SLOW_GOODBYE_SECONDS)
            return
        transport.write(frames)

    async def drained(self) -> None:
        """Return when the other side has read most of what it was sent, or is gone."""
        if self._full and not self.closed:
            if self._drained is None:
                self._drained = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._drained)

    def close(self, code: int, reason: str, seconds: float = GOODBYE_SECONDS) -> None:
        """Say goodbye, and end the connection when the other side has, too, or after ``seconds``."""
        if self._goodbye_said or self._transport is None:
            return
        self._goodbye_said = True
        self._transport.write(goodbye_of(code, reason))
        self._transport.resume_reading()  # Its goodbye may stand behind something that is not read any more.
        self._ending = asyncio.get_running_loop().call_later(seconds, self.abort)
        self._let_go_on()

    def abort(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def look_after(self) -> None:
        """Called every so often: ask whether anybody is there, and give up on who does not answer or does not read."""
        transport = self._transport
        if self._goodbye_said or transport is None:
            return
        self._full += self._full > 0
        self._silent += transport.is_reading()  # What we do not take, it cannot be blamed for.
        if self._full > 3:
            self.close(1013, "reading too slowly", SLOW_GOODBYE_SECONDS)
        elif self._silent == 2:
            transport.write(frame_of(b"", Kind.PING))
        elif self._silent > 2:
            transport.abort()

    # What asyncio tells it.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is ours."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if (wire := transport.get_extra_info("socket")) is not None:
            with suppress(OSError):  # Gone already.
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _KERNEL_MOST)

    def data_received(self, data: bytes) -> None:
        """Something has come."""
        self._silent = 0
        reader = self._reader
        if reader is None:
            return
        reader.feed(data)
        if self._work is None or self._goodbye_said:
            self._take_up()
        elif reader.waiting > _AHEAD_MOST and self._transport is not None:
            self._transport.pause_reading()

    def pause_writing(self) -> None:
        """More waits than the other side reads."""
        self._full = 1

    def resume_writing(self) -> None:
        """The other side has read most of it."""
        self._full = 0
        self._let_go_on()

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone. What is being dealt with is dealt with to its end."""
        self._transport = None
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        self._let_go_on()
        self.ended()

    # What it does with that.

    def _take_up(self) -> None:
        """Deal with what has come, in a task of its own where it is a message."""
        if (frame := self._next()) is not None:
            self._work = asyncio.get_running_loop().create_task(self._deal(frame))
            self.begun(self._work)

    async def _deal(self, frame: Frame | None) -> None:
        try:
            while frame is not None:
                await self.heard(frame.text if frame.kind is Kind.TEXT else None)
                await self.drained()
                frame = self._next()
                if self._transport is not None and self._waiting <= _AHEAD_MOST:
                    self._transport.resume_reading()
                if frame is not None:
                    await asyncio.sleep(0)  # However much one has sent, others have their turn.
        except BrokenProtocol as error:
            self._fail(error)
        except (ConnectionError, TimeoutError):
            self.abort()
        except Exception:
            log.exception("a visitor's connection is given up")
            self.close(1011, "something went wrong on our side")
        finally:
            self._work = None

    def _next(self) -> Frame | None:
        """The next message; control frames before it are answered on the way."""
        while self._transport is not None and self._reader is not None:
            try:
                frame = self._reader.next()
            except BrokenProtocol as error:
                self._fail(error)
                return None
            if frame is None:
                return None
            match frame.kind:
                case Kind.CLOSE:
                    self._part(frame)
                    return None
                case Kind.PING:
                    self._answer_ping(frame.payload)
                case Kind.PONG:
                    pass
                case _ if not self._goodbye_said:
                    return frame
        return None

    def _answer_ping(self, payload: bytes) -> None:
        transport = self._transport
        if transport is None or self._goodbye_said:
            return
        if transport.get_write_buffer_size() > UNREAD_MOST:
            self.close(1013, "reading too slowly", SLOW_GOODBYE_SECONDS)
            return
        transport.write(frame_of(payload, Kind.PONG))

    def _part(self, frame: Frame) -> None:
        """The other side has said goodbye: answer it if it was first, and end."""
        assert self._transport is not None
        if not self._goodbye_said:
            self.close(1000 if frame.code == 1005 else frame.code, "")
        self._transport.close()

    def _fail(self, error: BrokenProtocol) -> None:
        """Say what was wrong, and wait for nothing more than that it is read."""
        transport, self._reader = self._transport, None
        if transport is None:
            return
        self.close(error.code, error.reason)
        if transport.can_write_eof():
            transport.write_eof()

    @property
    def _waiting(self) -> int:
        """Bytes that have come and nobody has looked at."""
        return self._reader.waiting if self._reader is not None else 0

    def _let_go_on(self) -> None:
        if (waiting := self._drained) is not None:
            self._drained = None
            if not waiting.done():
                waiting.set_result(None)


def shakes_hands(request: web.Request) -> str | None:
    """What a client that asks for a WebSocket is to be answered (section 4.2.2); None where it asks for none."""
    headers = request.headers
    words = {word.strip().lower() for word in ",".join(headers.getall("Connection", [])).split(",")}
    if request.method != "GET" or headers.get("Upgrade", "").strip().lower() != "websocket" or "upgrade" not in words:
        return None
    if request.version < HttpVersion11 or headers.get("Sec-WebSocket-Version", "").strip() != "13":
        return None
    if "Transfer-Encoding" in headers or headers.get("Content-Length", "0") != "0":
        return None  # A proxy may take for a body what we would take for frames.
    if len(keys := headers.getall("Sec-WebSocket-Key", [])) != 1:
        return None
    key = keys[0].strip()
    try:
        if len(base64.b64decode(key, validate=True)) != 16:
            return None
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(hashlib.sha1(key.encode() + _MAGIC).digest()).decode()


def hand_over(request: web.Request, accept: str, connection: Connection) -> web.StreamResponse:
    """Make the request's connection a WebSocket and give it to ``connection``; what the handler is to return.

    ``accept`` is what ``shakes_hands`` said. Raises ``ConnectionResetError`` when the client has gone meanwhile.
    """
    http, transport = request.protocol, request.transport
    if transport is None or transport.is_closing():
        raise ConnectionResetError("the client has gone")
    early: bytes = getattr(http, "_message_tail", b"")  # Sent before the handshake was over: too soon, and kept.
    transport.set_protocol(connection)
    http.transport = None  # It would close it.
    http.connection_lost(None)
    connection.connection_made(transport)
    transport.resume_reading()
    transport.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nServer: Handraiser\r\n"
        b"Sec-WebSocket-Accept: " + accept.encode() + b"\r\n\r\n"
    )
    if early:
        connection.data_received(early)
    return _HandedOver()


class _HandedOver(web.StreamResponse):
    """What is left of a request whose connection belongs to somebody else: nothing."""

    @property
    def prepared(self) -> bool:
        """It is answered."""
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """Nothing to send."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing to end."""
