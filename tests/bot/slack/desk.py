"""The desk as far as the door needs it, in memory, strict about the contract; and a listener that notes what it hears.

It can be killed: what was committed stays, whatever else was under way is gone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence

from bot.desk.contract import (
    Acted,
    Board,
    CannedReply,
    Colleague,
    DeskView,
    Person,
    Question,
)
from bot.ports import LeadFacts
from bot.slack.listening import Ack, SlackEvent
from dialogs.desk.acts import RepAct
from dialogs.desk.people import Availability


class DiskFull(Exception):
    """The desk cannot save anything."""


class InboxDesk:
    """A ``SalesDesk`` of which only the inbox can be asked."""

    def __init__(self) -> None:
        self.waiting: dict[str, str] = {}
        """Raw payloads by event id that are on disk and not dealt with."""
        self.seen: set[str] = set()
        self.struck: list[str] = []
        self.aside: dict[str, str] = {}
        """Reasons by event id."""
        self.taken: dict[str, str] = {}
        """Everything ever taken in."""
        self.broken: Exception | None = None
        """What every write fails with."""
        self.before_saving: Callable[[], Awaitable[object]] | None = None

    async def take_in(self, target: str, event_id: str, raw: str) -> bool:
        _assert_storable(target, event_id, raw)
        if self.before_saving is not None:
            await self.before_saving()
        if self.broken is not None:
            raise self.broken
        if event_id in self.seen:
            return False
        self.seen.add(event_id)
        self.waiting[event_id] = self.taken[event_id] = raw
        return True

    async def dealt_with(self, target: str, event_id: str) -> None:
        assert target == "slack"
        if self.broken is not None:
            raise self.broken
        assert event_id in self.waiting, f"{event_id} is struck off, but does not stand there"
        del self.waiting[event_id]
        self.struck.append(event_id)

    async def quarantine(self, target: str, event_id: str, reason: str) -> None:
        _assert_storable(target, event_id, reason)
        assert reason
        if self.broken is not None:
            raise self.broken
        assert event_id in self.waiting, f"{event_id} is put aside, but does not stand there"
        del self.waiting[event_id]
        self.aside[event_id] = reason

    async def left_over(self, target: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        assert target == "slack"
        return list(self.waiting.items())

    async def act(self, who: Person, handoff: int, act: RepAct, event_id: str) -> Acted:
        raise AssertionError("the plumbing acts for nobody")

    async def view(self, handoff: int) -> DeskView | None:
        raise AssertionError("the plumbing knows no handoffs")

    async def handoff_at(self, target: str, reference: str) -> int | None:
        raise AssertionError("the plumbing knows no handoffs")

    async def colleagues(self) -> Sequence[Colleague]:
        raise AssertionError("the plumbing knows nobody")

    async def availability(self, who: Person) -> Availability:
        raise AssertionError("the plumbing knows nobody")

    async def set_availability(self, who: Person, availability: Availability) -> None:
        raise AssertionError("the plumbing knows nobody")

    async def board(self, who: Person) -> Board:
        raise AssertionError("the plumbing knows nobody")

    async def keep_list(self, target: str, key: str, reference: str, handoffs: Collection[int]) -> None:
        raise AssertionError("the plumbing puts out no lists")

    async def look_up(self, text: str, most: int = 10) -> Sequence[LeadFacts]:
        raise AssertionError("the plumbing looks nothing up")

    async def questions(self, handoff: int) -> Sequence[Question]:
        raise AssertionError("the plumbing knows no handoffs")

    async def canned_replies(self, handoff: int, who: Person) -> Sequence[CannedReply]:
        raise AssertionError("the plumbing knows no handoffs")

    async def typing(self, handoff: int, who: Person) -> None:
        raise AssertionError("the plumbing does not type")


class Heard:
    """A listener: notes every event, answers and fails as it is told."""

    def __init__(self) -> None:
        self.events: list[SlackEvent] = []
        """What was dealt with to the end, in order."""
        self.tries = 0
        self.answer: Ack | None = None
        self.fails: list[Exception] = []
        """What the next tries fail with."""
        self.hold: dict[str, asyncio.Event] = {}
        """Events (by text, command or action) that wait until this is set."""
        self._more = asyncio.Condition()

    async def hear(self, event: SlackEvent) -> Ack | None:
        self.tries += 1
        if self.fails:
            raise self.fails.pop(0)
        for name in ("text", "action_id"):
            if held := self.hold.get(getattr(event, name, "")):
                await held.wait()
        self.events.append(event)
        async with self._more:
            self._more.notify_all()
        return self.answer

    async def wait_for(self, count: int) -> list[SlackEvent]:
        """The events, as soon as there are so many."""
        async with asyncio.timeout(60), self._more:
            await self._more.wait_for(lambda: len(self.events) >= count)
        return self.events


async def eventually(is_so: Callable[[], bool]) -> None:
    """Wait until something is so that nobody tells of."""
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.sleep(0.002)


def _assert_storable(target: str, *texts: str) -> None:
    """PostgreSQL takes no NUL, UTF-8 no half characters."""
    assert target == "slack"
    for text in texts:
        assert text and "\x00" not in text
        text.encode("utf-8")
