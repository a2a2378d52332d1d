"""The outbox itself: how much is under way at once, and when something is given up."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from functools import partial

from bot.outbox import AT_ONCE, Outbox, Perform
from storage import outbox
from storage.database import Database
from storage.outbox import SHOW_DESK, TIMER, DueEffect, NewEffect
from tests.clock import StoppedClock


@contextlib.asynccontextmanager
async def working(database: Database, clock: StoppedClock, kinds: Mapping[str, Perform]) -> AsyncIterator[Outbox]:
    at_work = Outbox(database, clock, kinds)
    running = asyncio.create_task(at_work.run())
    try:
        yield at_work
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def queue(database: Database, clock: StoppedClock, kind: str, **more: object) -> None:
    effect = NewEffect(kind=kind, payload={"handoff": 1}, **more)  # type: ignore[arg-type]
    await database.write(partial(outbox.queue, conversation_id=None, effect=effect, at=clock()))


class Stuck:
    """Somebody outside who does not answer until they are let go."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._most = most
        self.asked = 0
        self.all_wait = asyncio.Event()
        self.let_go = asyncio.Event()

    async def perform(self, effect: DueEffect) -> None:
        self.asked += 1
        if self.asked == self._most:
            self.all_wait.set()
        await self.let_go.wait()


async def test_who_does_not_answer_holds_up_no_timer(database: Database) -> None:
    clock, stuck, rang = StoppedClock(), Stuck(), asyncio.Event()

    async def ring(effect: DueEffect) -> None:
        rang.set()

    for _ in range(AT_ONCE + 5):
        await queue(database, clock, SHOW_DESK)
    async with working(database, clock, {SHOW_DESK: stuck.perform, TIMER: ring}) as at_work, asyncio.timeout(20):
        await stuck.all_wait.wait()
        await queue(database, clock, TIMER)
        at_work.hint()
        await rang.wait()
        assert stuck.asked == AT_ONCE
        stuck.let_go.set()
        while at_work.performed < AT_ONCE + 6:
            await asyncio.sleep(0.01)


async def test_a_clock_that_jumps_has_nothing_done_twice_at_once(database: Database) -> None:
    clock, stuck = StoppedClock(), Stuck(3)
    for _ in range(3):
        await queue(database, clock, SHOW_DESK)
    async with working(database, clock, {SHOW_DESK: stuck.perform}) as at_work, asyncio.timeout(20):
        await stuck.all_wait.wait()
        clock.pass_(hours=8)  # Every lease has ended.
        await queue(database, clock, TIMER)
        at_work.hint()
        while at_work.failed == 0:  # Nobody performs timers here.
            await asyncio.sleep(0.01)
        stuck.let_go.set()
        while at_work.performed < 3:
            await asyncio.sleep(0.01)
        assert stuck.asked == 3


async def test_while_everything_is_under_way_it_sleeps(database: Database) -> None:
    clock, stuck = StoppedClock(), Stuck()
    for _ in range(AT_ONCE + 1):
        await queue(database, clock, SHOW_DESK)
    async with working(database, clock, {SHOW_DESK: stuck.perform}) as at_work, asyncio.timeout(20):
        await stuck.all_wait.wait()
        while at_work.looked == 0:
            await asyncio.sleep(0)
        looked = at_work.looked
        for _ in range(20):  # As many reads as a spinning outbox would need for many looks.
            await database.read(outbox.paused)
        assert at_work.looked <= looked + 1
        stuck.let_go.set()


async def test_nothing_is_given_up_before_it_was_tried_for_three_days(database: Database) -> None:
    clock = StoppedClock()
    tried = asyncio.Event()

    async def fail(effect: DueEffect) -> None:
        tried.set()
        raise ConnectionError("the target is down")

    # Asked for long ago, as a reminder is, or as everything is after days in which the server was off.
    await queue(database, clock, SHOW_DESK, due=clock() + timedelta(days=5))
    clock.pass_(days=6)
    async with working(database, clock, {SHOW_DESK: fail}) as at_work, asyncio.timeout(30):
        for hours in (1, 40, 30.9):
            await tried.wait()
            while at_work.failed == 0:
                await asyncio.sleep(0.01)
            while not (failing := await database.read(outbox.failing)) or failing[0].next_try is None:
                await asyncio.sleep(0.01)
            assert "the target is down" in failing[0].error
            assert await database.read(outbox.dead_letters) == []
            tried.clear()
            clock.pass_(hours=hours)
            at_work.hint()
        await tried.wait()
        clock.pass_(hours=1)
        at_work.hint()
        while not (dead := await database.read(outbox.dead_letters)):
            await asyncio.sleep(0.01)
        assert "the target is down" in dead[0].error
