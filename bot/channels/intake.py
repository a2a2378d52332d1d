"""Events that platforms bring to a webhook: on disk, then acknowledged, then dealt with. For any messenger.

1. An event may be acknowledged when ``Intake.take`` has returned, never before; a repeat is not dealt with twice.
2. Events of one chat are dealt with one after the other, as they came in; no chat waits for another.
3. What cannot be read, or dealt with, is put aside with the reason; it never blocks its chat.
4. What another process took in and died with is dealt with after a minute; what it still has in hand may be dealt with
   twice then, which the house answers from the record.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.contract import House, Incoming

log = logging.getLogger(__name__)

Read = Callable[[str], Incoming | None]
"""Reads a raw event; None for what is of no concern. Raises ``ValueError`` that says why it cannot be read."""
Receive = Callable[[Incoming], Awaitable[None]]

PAUSES = (0.2, 0.5)
"""Seconds between tries of one event, before it is put aside."""
LONGEST_PAUSE = 30.0
"""Between tries where not even putting aside works: the database is away."""
STOP_SECONDS = 5.0
LOOK_SECONDS = 15.0
"""How often to look for what another process took in, and died."""
LEFT_SECONDS = 60.0
"""Age of what nobody is dealing with any more, seconds."""


class Leavings:
    """Looks for what was left over: everything at the beginning, then again and again what others have died with.

    ``take_over`` deals with what came in so many seconds ago, at least.
    """

    def __init__(self, channel: str, take_over: Callable[[float], Awaitable[None]]) -> None:
        self._channel = channel
        self._take_over = take_over
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Look for the first time, and go on. Raises whatever the house raises."""
        await self._take_over(0.0)
        self._task = asyncio.get_running_loop().create_task(self._go_on())

    async def end(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._take_over(LEFT_SECONDS)
            except Exception as error:
                log.warning("%s: what was left over cannot be looked at: %s", self._channel, type(error).__name__)


class Intake:
    """Takes events of a channel in. ``receive`` deals with one: ``House.receive``, and what goes with it."""

    def __init__(
        self, house: House, channel: str, read: Read, receive: Receive, *, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._house = house
        self._channel = channel
        self._read = read
        self._receive = receive
        self._pauses = pauses
        self._tasks: set[asyncio.Task[Any]] = set()
        self._in_hand: set[str] = set()
        """What is being dealt with here."""
        self._leavings = Leavings(channel, self.take_over)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """By address; who asks first is first."""

    async def start(self) -> None:
        """Begin with what came in before and was not dealt with."""
        await self._leavings.begin()

    async def take_over(self, seconds: float = LEFT_SECONDS) -> None:
        """Deal with what came in at least so many seconds ago, and is not in our hands."""
        for event_id, raw in await self._house.left_over(self._channel, seconds):
            if event_id not in self._in_hand:
                self._begin(event_id, raw)

    async def stop(self) -> None:
        """Let what is under way finish, for a few seconds; what remains is dealt with at the next start."""
        await self._leavings.end()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def take(self, events: Sequence[tuple[str, str]]) -> None:
        """Take (event id, raw) pairs in, in order; they may be acknowledged when this returns.

        What has no id is named after what it says. Raises whatever keeps one from being put on disk: then none must be
        acknowledged.
        """
        # A task of its own: whoever waits for us may go away at any moment, what is on disk is dealt with.
        await asyncio.shield(self._spawn(self._take(events)))

    async def settled(self) -> None:
        """Return when everything that was taken in is dealt with."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _take(self, events: Sequence[tuple[str, str]]) -> None:
        for given, raw in events:
            event_id = given or f"?{hashlib.sha256(raw.encode('utf-8', 'replace')).hexdigest()}"
            if await self._house.take_in(self._channel, event_id, raw):
                self._begin(event_id, raw)

    def _begin(self, event_id: str, raw: str) -> None:
        self._in_hand.add(event_id)
        task = self._spawn(self._work(event_id, raw))
        task.add_done_callback(lambda _: self._in_hand.discard(event_id))

    def _work(self, event_id: str, raw: str) -> Coroutine[Any, Any, None]:
        """What is to be done about an event."""
        try:
            incoming = self._read(raw)
        except (ValueError, RecursionError) as error:
            return self._insist(event_id, str(error))
        if incoming is None:
            return self._insist(event_id, "")
        address = incoming.sender.address
        turns = self._turns.get(address) or self._turns.setdefault(address, asyncio.Lock())
        return self._deal(replace(incoming, event_id=event_id), turns)

    async def _deal(self, incoming: Incoming, turns: asyncio.Lock) -> None:
        async with turns:
            reason = ""
            for pause in (*self._pauses, None):
                try:
                    await self._receive(incoming)
                except Exception as error:
                    log.warning("%s: an event could not be dealt with: %s", self._channel, type(error).__name__)
                    reason = f"{type(error).__name__}: {error}"[:500]
                else:
                    return
                if pause is not None:
                    await asyncio.sleep(pause)
            await self._insist(incoming.event_id, reason)

    async def _insist(self, event_id: str, reason: str) -> None:
        """Put an event aside, as often as it takes."""
        tries = 0
        while True:
            try:
                await self._house.set_aside(self._channel, event_id, reason)
            except Exception as error:
                log.error("%s: an event could not be put aside: %s", self._channel, type(error).__name__)
                await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2.0 ** min(tries, 10)))
                tries += 1
            else:
                if reason:
                    log.warning("%s: event %s was put aside", self._channel, event_id)
                return

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
