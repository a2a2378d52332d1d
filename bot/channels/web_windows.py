"""Who is connected: the windows in which visitors have their conversation open, and what they are told there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Protocol

from bot.channels.web import NAME, in_bytes
from bot.ports import ChannelLimits, Message

LIMITS = ChannelLimits(name=NAME, buttons=24, label_characters=80, text_characters=10_000)
_GOODBYE_SECONDS = 2.0
"""How long those connected may take to leave when the server stops."""


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
        """Return when the conversation may have something new, when this server stops, or after ``seconds``."""
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
        """Tell everybody who is connected that this server stops; they connect again and go on."""
        self.closing = True
        for events in self._waiters.values():
            for event in events:
                event.set()
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
