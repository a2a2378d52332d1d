"""The house as far as a messenger needs it, in memory, and strict about the contract.

It can be killed: what was committed stays, whatever else was under way is gone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.channels.contract import Heard, Incoming


class DiskFull(Exception):
    """Nothing can be saved."""


@dataclass
class Disk:
    """What outlives a process."""

    waiting: dict[str, str] = field(default_factory=dict)
    """Raw events by id that were not dealt with."""
    seen: set[str] = field(default_factory=set)
    taken: dict[str, str] = field(default_factory=dict)
    """Everything ever taken in."""
    heard: list[Incoming] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    """Reasons by event id."""
    memory: dict[str, str] = field(default_factory=dict)
    leader: object = None
    leads_until: float = 0.0


class PaperHouse:
    """A ``House`` that remembers what it hears. Several may share a disk, as processes share a database."""

    def __init__(self, disk: Disk | None = None) -> None:
        self.disk = disk or Disk()
        self.broken: Exception | None = None
        """What every write fails with."""
        self.before_receiving: Callable[[Incoming], Awaitable[object]] | None = None
        self.before_saving: Callable[[], Awaitable[object]] | None = None
        self._news = asyncio.Event()

    @property
    def heard(self) -> list[Heard]:
        """What was said, in the order in which it was dealt with."""
        return [one.heard for one in self.disk.heard]

    async def take_in(self, channel: str, event_id: str, raw: str) -> bool:
        _assert_storable(channel, event_id, raw)
        if self.before_saving is not None:
            await self.before_saving()
        self._assert_whole()
        if event_id in self.disk.seen:
            return False
        self.disk.seen.add(event_id)
        self.disk.waiting[event_id] = self.disk.taken[event_id] = raw
        return True

    async def receive(self, incoming: Incoming) -> None:
        _assert_storable(incoming.channel, incoming.event_id, repr(incoming.heard))
        assert incoming.event_id in self.disk.waiting, f"{incoming.event_id} is dealt with, but does not stand there"
        if self.before_receiving is not None:
            await self.before_receiving(incoming)
        self._assert_whole()
        del self.disk.waiting[incoming.event_id]
        self.disk.heard.append(incoming)
        self._tell()

    async def set_aside(self, channel: str, event_id: str, reason: str) -> None:
        _assert_storable(channel, event_id, reason or "nothing")
        self._assert_whole()
        assert event_id in self.disk.waiting, f"{event_id} is put aside, but does not stand there"
        del self.disk.waiting[event_id]
        self.disk.aside[event_id] = reason
        self._tell()

    async def left_over(self, channel: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        assert channel == "telegram"
        return list(self.disk.waiting.items())

    async def lead(self, channel: str, seconds: float) -> bool:
        assert channel == "telegram"
        now = asyncio.get_running_loop().time()
        if self.disk.leader not in (None, self) and now < self.disk.leads_until:
            return False
        self.disk.leader, self.disk.leads_until = self, now + seconds
        return True

    async def recall(self, channel: str, key: str) -> str | None:
        assert channel == "telegram"
        return self.disk.memory.get(key)

    async def remember(self, channel: str, key: str, value: str) -> None:
        _assert_storable(channel, key, value or "nothing")
        self._assert_whole()
        self.disk.memory[key] = value

    async def until(self, seen: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until something is so, looking whenever something was dealt with."""
        async with asyncio.timeout(seconds):
            while not seen():
                await self._news.wait()

    def _assert_whole(self) -> None:
        if self.broken is not None:
            raise self.broken

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def _assert_storable(channel: str, event_id: str, text: str) -> None:
    assert channel == "telegram"
    assert 0 < len(event_id) <= 100 and event_id.isascii() and event_id.isprintable()
    assert text and "\x00" not in text
    text.encode()  # No halves of characters.
