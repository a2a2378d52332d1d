"""WebSocket frames (RFC 6455): what a browser's bytes mean, and the bytes of what it is told. No sockets here.

Nothing is read ahead: bytes wait until somebody asks for the next frame, so that a flood of tiny messages weighs no
more than the bytes it came in.
"""

from enum import IntEnum
from struct import Struct
from typing import NamedTuple

_SHORT = Struct("!H")
_LONG = Struct("!Q")
_LAST, _RESERVED, _KIND = 0x80, 0x70, 0x0F
_CONTROL_MOST = 125
"""Longest payload of a control frame (section 5.5)."""


class Kind(IntEnum):
    """Opcodes (section 11.8)."""

    MORE = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Frame(NamedTuple):
    """A whole message, put together from its pieces, or a control frame."""

    kind: Kind
    payload: bytes

    @property
    def text(self) -> str:
        """The text of a text message; raises ``BrokenProtocol`` where it is not UTF-8 (section 8.1)."""
        try:
            return self.payload.decode()
        except UnicodeDecodeError:
            raise BrokenProtocol(1007, "text is UTF-8") from None

    @property
    def code(self) -> int:
        """Why the other side closes; 1005 where it does not say, as section 7.4.1 has it."""
        return _SHORT.unpack_from(self.payload)[0] if len(self.payload) > 1 else 1005


class BrokenProtocol(ValueError):
    """Bytes that no WebSocket client may send; the connection is closed with ``code``."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class FrameReader:
    """Takes messages out of a stream of bytes. What was fed and not asked for yet is ``waiting``."""

    __slots__ = ("_bytes", "_kind", "_most", "_pieces")

    def __init__(self, most: int) -> None:
        """``most`` is the longest message in bytes."""
        self._most = most
        self._bytes: bytearray | None = None
        self._pieces: bytearray | None = None
        self._kind = Kind.TEXT

    @property
    def waiting(self) -> int:
        """How many bytes nobody has asked for."""
        return len(self._bytes) if self._bytes is not None else 0

    def feed(self, data: bytes) -> None:
        """Take what has come."""
        if self._bytes is None:
            self._bytes = bytearray(data)
        else:
            self._bytes += data

    def next(self) -> Frame | None:
        """The next message or control frame; None until more has come. Raises ``BrokenProtocol``."""
        while (read := self._read()) is not None:
            last, kind, payload = read
            if kind >= Kind.CLOSE:
                return Frame(kind, payload)
            if last and self._pieces is None:
                return Frame(kind, payload)
            if self._pieces is None:
                self._kind, self._pieces = kind, bytearray()
            self._pieces += payload
            if last:
                whole, self._pieces = bytes(self._pieces), None
                return Frame(self._kind, whole)
        return None

    def _read(self) -> tuple[bool, Kind, bytes] | None:
        """The next frame, unmasked, checked against what has come before."""
        data = self._bytes
        if data is None or len(data) < 2:
            return None
        first, second = data[0], data[1]
        size, start = second & 0x7F, 6
        kind = self._checked(first, second, size)
        if size == 126:
            start = 8
            size = _SHORT.unpack_from(data, 2)[0] if len(data) >= 4 else 0
        elif size == 127:
            start = 14
            size = _LONG.unpack_from(data, 2)[0] if len(data) >= 10 else 0
        if size + (len(self._pieces) if self._pieces is not None else 0) > self._most:
            raise BrokenProtocol(1009, "too large")
        end = start + size
        if len(data) < end:
            return None
        payload = _unmasked(bytes(data[start:end]), bytes(data[start - 4 : start]))
        if end == len(data):
            self._bytes = None
        else:
            del data[:end]
        if kind is Kind.CLOSE:
            _check_goodbye(payload)
        return first >= _LAST, kind, payload

    def _checked(self, first: int, second: int, size: int) -> Kind:
        """The kind of a frame that begins with these bytes."""
        if first & _RESERVED:
            raise BrokenProtocol(1002, "no extension was agreed on")
        try:
            kind = Kind(first & _KIND)
        except ValueError:
            raise BrokenProtocol(1002, "unknown kind of frame") from None
        if second < _LAST:
            raise BrokenProtocol(1002, "a client masks its frames")
        if kind >= Kind.CLOSE:
            if first < _LAST or size > _CONTROL_MOST:
                raise BrokenProtocol(1002, "control frames are short and whole")
        elif (kind is Kind.MORE) is (self._pieces is None):
            raise BrokenProtocol(1002, "pieces of a message belong together")
        return kind


def frame_of(payload: bytes, kind: Kind = Kind.TEXT) -> bytes:
    """The frame in which a server sends this."""
    size = len(payload)
    if size < 126:
        return bytes((_LAST | kind, size)) + payload
    if size < 65536:
        return bytes((_LAST | kind, 126)) + _SHORT.pack(size) + payload
    return bytes((_LAST | kind, 127)) + _LONG.pack(size) + payload


def goodbye_of(code: int, reason: str) -> bytes:
    """The frame in which a server says that, and why, it closes."""
    return frame_of(_SHORT.pack(code) + reason.encode()[: _CONTROL_MOST - 2], Kind.CLOSE)


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    """The payload as it was before the client masked it (section 5.3)."""
    if mask == b"\0\0\0\0" or not payload:
        return payload
    size = len(payload)
    masks = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(masks, "big")).to_bytes(size, "big")


def _check_goodbye(payload: bytes) -> None:
    """A goodbye says nothing, or a code that may stand on the wire (section 7.4) and a text."""
    if not payload:
        return
    code = _SHORT.unpack_from(payload)[0] if len(payload) > 1 else 0
    if not (1000 <= code <= 1014 and code not in (1004, 1005, 1006)) and not 3000 <= code <= 4999:
        raise BrokenProtocol(1002, "no such code")
    try:
        payload[2:].decode()
    except UnicodeDecodeError:
        raise BrokenProtocol(1007, "a reason is UTF-8") from None
