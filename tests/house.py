"""A house that messengers can be tried against: it keeps what it is told in memory, and holds them to the contract."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.channels.contract import (
    AttachedFile,
    Capabilities,
    Incoming,
    Messenger,
    Outgoing,
    Shown,
)
from bot.channels.rendering import render


class HouseDouble:
    """Stands for the house (``bot.channels.contract.House``); its disk survives the messenger."""

    def __init__(self) -> None:
        self.disk: dict[tuple[str, str], str] = {}
        """What was taken in and not dealt with, in order."""
        self.kept: dict[tuple[str, str], str] = {}
        """Everything that was ever taken in."""
        self.known: set[tuple[str, str]] = set()
        """Every event that was ever taken in."""
        self.received: list[Incoming] = []
        """What was dealt with, in order."""
        self.aside: dict[tuple[str, str], str] = {}
        """What was put aside, with the reason; "" for what is of no concern."""
        self.memory: dict[tuple[str, str], str] = {}
        self.leads = True
        """Whether this process may poll."""
        self.full = False
        """Whether nothing can be written at present."""
        self.busy = 0
        """How many of the next events cannot be dealt with."""
        self._news = asyncio.Event()

    async def take_in(self, channel: str, event_id: str, raw: str) -> bool:
        """See ``House``."""
        if self.full:
            raise OSError("no space left on device")
        assert event_id, "every event has a name"
        assert raw, "the event itself is to be kept"
        if (channel, event_id) in self.known:
            return False
        self.known.add((channel, event_id))
        self.disk[channel, event_id] = self.kept[channel, event_id] = raw
        return True

    async def receive(self, incoming: Incoming) -> None:
        """See ``House``."""
        key = (incoming.channel, incoming.event_id)
        assert key in self.known, f"{key} was dealt with before it was on disk"
        if self.busy:
            self.busy -= 1
            raise OSError("the database is away")
        self.disk.pop(key, None)
        self.received.append(incoming)
        self._news.set()

    async def set_aside(self, channel: str, event_id: str, reason: str) -> None:
        """See ``House``."""
        assert (channel, event_id) in self.known, f"{event_id} was put aside before it was on disk"
        self.disk.pop((channel, event_id), None)
        self.aside[channel, event_id] = reason
        self._news.set()

    async def left_over(self, channel: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        """See ``House``; everything is old."""
        return [(event_id, raw) for (one, event_id), raw in self.disk.items() if one == channel]

    async def lead(self, channel: str, seconds: float) -> bool:
        """See ``House``."""
        return self.leads

    async def recall(self, channel: str, key: str) -> str | None:
        """See ``House``."""
        return self.memory.get((channel, key))

    async def remember(self, channel: str, key: str, value: str) -> None:
        """See ``House``."""
        self.memory[channel, key] = value

    # For tests.

    @property
    def heard(self) -> list[Any]:
        """What people did, in order."""
        return [one.heard for one in self.received]

    async def wait(self, count: int = 1) -> list[Incoming]:
        """What was dealt with, once it is so many events."""
        await self._until(lambda: len(self.received) >= count)
        return self.received

    async def wait_aside(self, count: int = 1) -> dict[tuple[str, str], str]:
        """What was put aside, once it is so many events."""
        await self._until(lambda: len(self.aside) >= count)
        return self.aside

    async def _until(self, holds: Any) -> None:
        async with asyncio.timeout(10):
            while not holds():
                self._news.clear()
                await self._news.wait()


def bot_says(text: str = "", *, seq: int = 1, **more: Any) -> dict[str, Any]:
    """A message of the transcript, as ``docs/chat-protocol.md`` describes it."""
    base = {"seq": seq, "from": "bot", "at": "2027-01-05T10:00:00+00:00", "text": text, "persona": {"name": "Mia"}}
    return base | more


def outgoing(
    message: dict[str, Any],
    capabilities: Capabilities,
    address: str,
    *,
    language: str = "en",
    base_url: str = "https://chat.example.com",
    conversation: int = 1,
    file: AttachedFile | None = None,
) -> list[Outgoing]:
    """What the house would hand over for a message, in order."""
    parts = render(message, capabilities, conversation=conversation, language=language, base_url=base_url, file=file)
    return [
        Outgoing(address=address, id=f"{conversation}:{message['seq']}:{number}", shown=part, language=language)
        for number, part in enumerate(parts)
    ]


async def deliver(messenger: Messenger, message: dict[str, Any], address: str, **more: Any) -> list[str]:
    """Deliver a message as the house does; the references of its parts."""
    return [await messenger.deliver(one) for one in outgoing(message, messenger.capabilities, address, **more)]


def edits(reference: str, text: str, address: str, *, number: int = 1) -> Outgoing:
    """What the house hands over when words are changed, or (with no text) taken back."""
    id = f"1:99:{number}"
    if not text:
        return Outgoing(address=address, id=id, shown=Shown(), language="en", removes=reference)
    return Outgoing(address=address, id=id, shown=Shown(text=text), language="en", revises=reference)
