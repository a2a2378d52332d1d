"""The website channel: sockets of visitors, and the translation between the chat protocol and events.

A visitor is known by a token: 256 random bits, made here, kept by the browser, stored only as a hash. The hash is
the person; person and script together are the conversation's address. Nothing else in a frame carries authority.
See ``docs/chat-protocol.md``.
"""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Protocol
from urllib.parse import parse_qs, urlsplit

from pydantic_core import PydanticSerializationError, from_json, to_json

from bot.ports import ChannelLimits, Message
from dialogs.events import VisitorArrived, VisitorReturned, VisitorSaid
from dialogs.source import Touch, read_touch
from dialogs.told import Told

NAME = "web"
TICKET = "hrc"
"""Parameter of a page's address that brings a conversation over from another channel."""
LIMITS = ChannelLimits(name=NAME, buttons=24, label_characters=80, text_characters=10_000)

TEXT_MOST = 16_384
"""Longest text of a message, in characters; what is longer is refused with ``too_long``."""
ACTS_AT_ONCE = 20
"""How many acts of its page a hello may tell of."""
_ID_MOST = 128
_KEY_MOST = 4_000
_NAME_MOST = 4_000
_GOODBYE_SECONDS = 2.0
"""How long those connected may take to leave when the server stops."""

dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as the web channel writes it."""


class FrameError(ValueError):
    """A frame or a request that cannot be understood, with the code and the sentence for its sender."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        client_id: str | None = None,
        retry_after: float | None = None,
        challenge: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.client_id = client_id
        self.retry_after = retry_after
        """Seconds after which it may be tried again."""
        self.challenge = challenge
        """What is to be proven before it may be tried again."""


def new_token() -> str:
    """A visitor's secret: 256 bits, safe in addresses and headers."""
    return secrets.token_urlsafe(32)


def person_of(token: str) -> str:
    """The person a token stands for: what is stored, from which the token cannot be found."""
    return "web:" + hashlib.sha256(token.encode(errors="replace")).hexdigest()[:40]


def address_of(person: str, script: str) -> str:
    """The conversation's address on this channel."""
    return f"{person}/{script}"


def read_frame(text: str) -> dict[str, Any]:
    """The JSON object in a frame; raises ``FrameError``."""
    try:
        frame = _read_json(text)
    except (ValueError, RecursionError):
        raise FrameError("bad_frame", "A frame must be one JSON object.") from None
    if not isinstance(frame, dict):
        raise FrameError("bad_frame", "A frame must be one JSON object.")
    return frame


def id_of(frame: Mapping[str, Any]) -> str | None:
    """The id of the message that a frame is about, where it has one that can be read; never raises."""
    with suppress(FrameError):
        return _text(frame, "id", _ID_MOST)
    return None


def read_said(data: Mapping[str, Any], at: datetime) -> tuple[str, VisitorSaid]:
    """A visitor's message and the client's id for it; raises ``FrameError``."""
    client_id = _text(data, "id", _ID_MOST, required=True)
    assert client_id is not None
    text = _text(data, "text", TEXT_MOST, client_id=client_id) or ""
    choice = _text(data, "choice", _KEY_MOST, client_id=client_id)
    step = _text(data, "step", 200, client_id=client_id)
    file = read_file(data)
    if not text.strip() and choice is None and file is None:
        raise FrameError("bad_frame", "A message needs a text, a choice or a file.", client_id=client_id)
    if choice is not None and file is not None:
        raise FrameError("bad_frame", "A message has a choice or a file, not both.", client_id=client_id)
    return client_id, VisitorSaid(at=at, text=text, choice=choice, step=step)


def read_file(data: Mapping[str, Any]) -> str | None:
    """Id of the file that goes with a message, where one does; raises ``FrameError``."""
    return _text(data, "file", _ID_MOST, client_id=id_of(data))


def read_upload(data: Mapping[str, Any]) -> tuple[str, str]:
    """The client's id for a file that it sends, and the file's name; raises ``FrameError``."""
    client_id = _text(data, "id", _ID_MOST, required=True)
    assert client_id is not None
    return client_id, _text(data, "name", _NAME_MOST, cut=True) or ""


def read_arrival(
    data: Mapping[str, Any], person: str, at: datetime, region: str | None, told: Told | None = None
) -> VisitorArrived:
    """The arrival that a hello or a start request tells of; raises ``FrameError``."""
    here, landed = read_touches(data, at)
    return VisitorArrived(
        at=at,
        person=person,
        channel=NAME,
        language=_text(data, "language", 35),
        region=region,
        time_zone=_text(data, "time_zone", 64),
        touch=here,
        landed=landed,
        told=told,
    )


def read_tell_id(data: Mapping[str, Any]) -> str:
    """The client's id of what its page tells; raises ``FrameError``."""
    client_id = _text(data, "id", _ID_MOST, required=True)
    assert client_id is not None
    return client_id


def read_return(data: Mapping[str, Any], at: datetime) -> VisitorReturned:
    """The new visit that a hello tells of; raises ``FrameError``."""
    return VisitorReturned(at=at, touch=read_touches(data, at)[0], language=_text(data, "language", 35))


def read_act(data: Mapping[str, Any]) -> tuple[str, str]:
    """The client's id for an act that its page reports, and the act's name; raises ``FrameError``."""
    client_id = _text(data, "id", _ID_MOST, required=True)
    name = _text(data, "act", 64, required=True, client_id=client_id)
    assert client_id is not None
    assert name is not None
    return client_id, name


def read_acts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The acts that a hello tells of, which the page reported before; what is none is passed over."""
    acts = data.get("acts")
    found = []
    for one in acts[:ACTS_AT_ONCE] if isinstance(acts, list) else ():
        with suppress(FrameError):
            found.append(read_act(one if isinstance(one, dict) else {}))
    return found


def read_page(data: Mapping[str, Any], at: datetime) -> Touch:
    """Where the visitor came from."""
    return read_touch(_text(data, "page", 4000, cut=True), _text(data, "referrer", 4000, cut=True), at)


def read_touches(data: Mapping[str, Any], at: datetime) -> tuple[Touch, Touch | None]:
    """What brought the visitor to this page, and how their visit began, where that says something.

    A page that says nothing itself was come to from where the visit began.
    """
    here, landed = read_page(data, at), _read_landing(data, at)
    if landed is not None and not here.says_something:
        here = replace(landed, landing_page=here.landing_page)
    return here, landed


def _read_landing(data: Mapping[str, Any], at: datetime) -> Touch | None:
    """How the visit began on an earlier page, as the browser remembers it; None where that says nothing.

    It is only told: whatever is no such thing is passed over.
    """
    told = data.get("touch")
    if not isinstance(told, dict):
        return None
    page, referrer = told.get("page"), told.get("referrer")
    touch = read_touch(page if isinstance(page, str) else None, referrer if isinstance(referrer, str) else None, at)
    return touch if touch.says_something else None


def way_to_website(base_url: str) -> Callable[[str, str], str]:
    """The address at which a code brings a conversation of a script over to the website."""
    return lambda code, script: f"{base_url}/chat/{script}?{TICKET}={code}"


def read_ticket(data: Mapping[str, Any]) -> str | None:
    """The code in the page's address that brings a conversation over, where it has one."""
    page = _text(data, "page", 4000, cut=True) or ""
    try:
        codes = parse_qs(urlsplit(page).query).get(TICKET, [])
    except ValueError:
        return None
    return codes[0] if codes and 16 <= len(codes[0]) <= 64 else None


def read_after(data: Mapping[str, Any]) -> int:
    """The watermark in a frame: the last message number the client has shown."""
    after = data.get("after", 0)
    if not isinstance(after, int) or isinstance(after, bool) or not 0 <= after < 2**53:
        raise FrameError("bad_frame", '"after" must be a whole number, 0 or more.')
    return after


def _text(
    data: Mapping[str, Any],
    key: str,
    most: int,
    *,
    required: bool = False,
    cut: bool = False,
    client_id: str | None = None,
) -> str | None:
    value = data.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or (required and not value):
        raise FrameError("bad_frame", f'"{key}" must be a text.', client_id=client_id)
    if len(value) > most:
        if not cut:
            raise FrameError(
                "too_long", f'"{key}" may have {most:,} characters at most, not {len(value):,}.', client_id=client_id
            )
        value = value[:most]
    return clean(value)


def clean(text: str) -> str:
    """The text without half a surrogate pair and NUL, which JSON can hold, but not every database."""
    return text.encode("utf-8", "replace").decode().replace("\0", "") if not text.isascii() or "\0" in text else text


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_read_any_json = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _read_json(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)  # In a third of the time, but it takes no half of a surrogate pair.
    except ValueError:
        return _read_any_json(text)


def in_bytes(value: Any) -> bytes:
    """JSON as the web channel writes it, in UTF-8."""
    try:
        return to_json(value)  # As above.
    except PydanticSerializationError:
        return dumps(value).encode("utf-8", "replace")


class Wire(Protocol):
    """What carries texts to one visitor, over a network or not."""

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""

    def send(self, *texts: bytes) -> None:
        """Send texts (UTF-8) together, without waiting; a hopelessly slow reader is closed, and catches up later."""

    async def drained(self) -> None:
        """Return when the visitor has read most of what was sent, or is gone."""

    def close(self, code: int, reason: str) -> None:
        """Say goodbye."""

    def abort(self) -> None:
        """End it at once."""


class Socket:
    """One open socket of one visitor, and how far it has been told."""

    __slots__ = ("conversation_id", "network_address", "sent_seq", "wire")

    def __init__(self, wire: Wire, network_address: str) -> None:
        self.wire = wire
        self.network_address = network_address
        self.conversation_id: int | None = None
        self.sent_seq = 0

    def send(self, frame: Mapping[str, Any]) -> None:
        """Send a frame; a reader that is gone or hopelessly slow catches up later."""
        self.wire.send(in_bytes(frame))

    def acknowledge(self, client_id: str, seq: int, messages: Sequence[Message], status: str) -> None:
        """Say that a message is saved under this number, and what was said to it: to the network, one piece."""
        saved = b'{"type":"ack","id":%b,"seq":%d}' % (in_bytes(client_id), seq)
        if news := self._news(messages, status):
            self.wire.send(saved, news)
        else:
            self.wire.send(saved)

    def tell(self, messages: Sequence[Message], status: str) -> None:
        """Send those of ``messages`` that this socket has not been sent."""
        if news := self._news(messages, status):
            self.wire.send(news)

    def _news(self, messages: Sequence[Message], status: str) -> bytes:
        """The frame with what this socket has not been sent; nothing when there is none."""
        sent = self.sent_seq
        new = [message for message in messages if message["seq"] > sent]
        if not new:
            return b""
        self.sent_seq = new[-1]["seq"]
        return b'{"type":"messages","messages":%b,"status":"%b"}' % (in_bytes(new), status.encode())


class WebChannel:
    """Who is connected, by conversation."""

    name: ClassVar[str] = NAME
    limits: ClassVar[ChannelLimits] = LIMITS

    def __init__(self) -> None:
        self.closing = False
        """Whether the server stops: new sockets are to go elsewhere."""
        self._open: set[Socket] = set()
        self._all_left = asyncio.Event()
        self._sockets: dict[int, set[Socket]] = {}
        self._waiters: dict[int, set[asyncio.Event]] = {}
        self.on_empty: Callable[[int], None] = lambda _: None
        """Called with the conversation whose last window was closed."""

    def opened(self, socket: Socket) -> None:
        """Know a socket that has not said yet whose it is."""
        self._open.add(socket)

    def closed(self, socket: Socket) -> None:
        """Know a socket no longer."""
        self._open.discard(socket)
        self.leave(socket)
        if not self._open:
            self._all_left.set()

    def join(self, socket: Socket, conversation_id: int) -> None:
        """Count ``socket`` among those of a conversation."""
        self.leave(socket)
        socket.conversation_id = conversation_id
        self._sockets.setdefault(conversation_id, set()).add(socket)

    def leave(self, socket: Socket) -> None:
        """Count ``socket`` no longer."""
        if socket.conversation_id is None:
            return
        if sockets := self._sockets.get(socket.conversation_id):
            sockets.discard(socket)
            if not sockets:
                del self._sockets[socket.conversation_id]
                if not self.closing:
                    self.on_empty(socket.conversation_id)
        socket.conversation_id = None

    def watches(self, conversation_id: int) -> int | None:
        """The lowest message number that somebody connected here may lack; None when nobody is here."""
        sockets = self._sockets.get(conversation_id)
        if sockets:
            return min(socket.sent_seq for socket in sockets)
        return 0 if conversation_id in self._waiters else None

    def is_here(self, conversation_id: int) -> bool:
        """Whether a window of the conversation's visitor is open here."""
        return conversation_id in self._sockets or conversation_id in self._waiters

    def conversations(self) -> list[int]:
        """Conversations somebody is connected to."""
        return [*self._sockets, *self._waiters]

    async def show(self, conversation_id: int, messages: Sequence[Message], status: str) -> None:
        """Show messages to every socket of a conversation, and wake those who poll for them."""
        for event in self._waiters.get(conversation_id, ()):
            event.set()
        sockets = self._sockets.get(conversation_id)
        if sockets:
            for socket in tuple(sockets):
                socket.tell(messages, status)

    async def show_typing(self, conversation_id: int, name: str) -> None:
        """Let the visitor see that a person of ours is writing."""
        for socket in tuple(self._sockets.get(conversation_id, ())):
            socket.send({"type": "typing", "seconds": 6, "who": "rep", "name": name})

    async def wait(self, conversation_id: int, seconds: float) -> None:
        """Return when the conversation may have something new, or after ``seconds``."""
        event = asyncio.Event()
        self._waiters.setdefault(conversation_id, set()).add(event)
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            waiters = self._waiters[conversation_id]
            waiters.discard(event)
            if not waiters:
                del self._waiters[conversation_id]
                if not self.closing and conversation_id not in self._sockets:
                    self.on_empty(conversation_id)

    async def close(self) -> None:
        """Tell every socket that this server stops; they connect again and go on."""
        self.closing = True
        goodbye = in_bytes(
            {"type": "error", "code": "server_stopping", "message": "The server restarts; connect again."}
        )
        self._all_left.clear()
        for socket in tuple(self._open):
            socket.wire.send(goodbye)
            socket.wire.close(1001, "going away")
        with suppress(TimeoutError):
            async with asyncio.timeout(_GOODBYE_SECONDS if self._open else 0):
                await self._all_left.wait()
        for socket in tuple(self._open):
            socket.wire.abort()
