"""Performing what was committed: people are told of leads, timers become events again.

At least once, with an id by which a repeat is recognised. Effects of one conversation leave in order; one that
fails is tried again later and holds back those behind it, never other conversations. What cannot be performed for
days ends in a list that people see.
"""

import asyncio
import contextlib
import logging
import random
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.ports import Clock
from storage import outbox
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import DueEffect

log = logging.getLogger(__name__)

LEASE_SECONDS = 60.0
"""How long an effect belongs to the process that took it; then another one may."""
LONGEST_TRY_SECONDS = 30.0
GIVE_UP_AFTER = timedelta(days=3)
"""How long an effect is tried, from the first time, before it is left to people."""
LONGEST_PAUSE_SECONDS = 300.0
AT_ONCE = 32
"""Effects that are under way at the same time. As many more that never leave this machine: they wait for nobody who
does not answer."""
IDLE_SECONDS = 5.0
"""How long to sleep at most when nothing is due: a hint that was lost costs no more than this."""

Perform = Callable[[DueEffect], Awaitable[None]]
"""Performs one kind of effect; raises when that did not work. An error's ``seconds`` say when to try again."""


def pause_after(attempts: int) -> float:
    """Seconds until an effect is tried again that has failed ``attempts`` times: 2, 4, 8 … up to 5 minutes, spread."""
    return float(min(LONGEST_PAUSE_SECONDS, 2.0 ** min(attempts, 20)) * random.uniform(0.75, 1.25))


class Outbox:
    """Performs due effects until it is stopped; ``kinds`` says by kind who performs them."""

    def __init__(self, database: Database, clock: Clock, kinds: Mapping[str, Perform]) -> None:
        self._database = database
        self._clock = clock
        self._kinds = kinds
        self._owner = secrets.token_hex(6)
        self._work = asyncio.Event()
        self._running: dict[asyncio.Task[None], bool] = {}
        """What is under way, and whether it stays inside."""
        self._in_hand: set[int] = set()
        """Its numbers: should the clock jump, so that a lease ends early, nothing is done twice at the same time."""
        self.looked = 0
        """How often it has gone to sleep with nothing to do."""
        self.performed = 0
        self.failed = 0

    def hint(self) -> None:
        """Something may be due: look at once."""
        self._work.set()

    @property
    def under_way(self) -> int:
        """How many effects are being performed."""
        return len(self._running)

    async def run(self) -> None:
        """Perform what falls due, for as long as the task lives; what is under way when it is cancelled, finishes."""
        try:
            while True:
                self._work.clear()
                try:
                    taken = await self._take()
                    pause = IDLE_SECONDS if taken else await self._until_next()
                except StorageError as error:
                    log.warning("the outbox cannot be read: %s", error)
                    taken, pause = 0, 1.0
                if taken == 0:
                    self.looked += 1
                    await self._sleep(pause)
        finally:
            if self._running:
                await asyncio.wait(tuple(self._running), timeout=LONGEST_TRY_SECONDS)

    async def _sleep(self, seconds: float) -> None:
        # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the event.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._work.wait()

    async def _take(self) -> int:
        outside, inside = self._free()
        limit, only_inside = (outside, False) if outside > 0 else (inside, True)
        now = self._clock()
        due = await self._next_due()
        if due is None or due > now:
            return 0
        effects = await self._database.write(
            lambda tx: outbox.due(
                tx, now, limit=limit, owner=self._owner, lease_seconds=LEASE_SECONDS, inside=only_inside
            )
        )
        new = [effect for effect in effects if effect.id not in self._in_hand]
        for effect in new:
            self._in_hand.add(effect.id)
            task = asyncio.create_task(self._perform(effect))
            self._running[task] = effect.kind in outbox.INSIDE
            task.add_done_callback(self._finished)
        return len(new)

    def _free(self) -> tuple[int, int]:
        """How many more may be begun of those that leave this machine, and of those that do not."""
        inside = sum(self._running.values())
        return AT_ONCE - (len(self._running) - inside), AT_ONCE - inside

    async def _next_due(self) -> datetime | None:
        """When the next one may be taken of those for which there is room."""
        outside, inside = self._free()
        if outside <= 0 and inside <= 0:
            return None
        return await self._database.read(lambda tx: outbox.next_due(tx, inside=outside <= 0))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._work.set()

    async def _until_next(self) -> float:
        due = await self._next_due()
        if due is None:
            return IDLE_SECONDS
        return max(0.0, min(IDLE_SECONDS, (due - self._clock()).total_seconds()))

    async def _perform(self, effect: DueEffect) -> None:
        try:
            await self._try(effect)
        finally:
            self._in_hand.discard(effect.id)

    async def _try(self, effect: DueEffect) -> None:
        try:
            perform = self._kinds.get(effect.kind)
            if perform is None:
                raise LookupError(f"nobody knows how to perform {effect.kind!r}")
            async with asyncio.timeout(LONGEST_TRY_SECONDS):
                await perform(effect)
        except Exception as error:
            await self._fail(effect, error)
            return
        self.performed += 1
        await self._record(lambda tx: outbox.done(tx, effect.id, self._owner))

    async def _fail(self, effect: DueEffect, error: Exception) -> None:
        self.failed += 1
        now = self._clock()
        dead = now - effect.first_try >= GIVE_UP_AFTER
        asked = getattr(error, "seconds", None)
        seconds = pause_after(effect.attempts) if asked is None else float(asked)
        log.log(
            logging.ERROR if dead else logging.WARNING if asked is None and effect.attempts in (1, 10, 100)
            else logging.DEBUG,
            "effect %s (%s) failed for the %s. time: %s: %s%s",
            effect.id, effect.kind, effect.attempts, type(error).__name__, error,
            "; given up" if dead else f"; tried again in {seconds:.0f} s",
        )  # fmt: skip
        reason = f"{type(error).__name__}: {error}"[:500]
        next_try = None if dead else now + timedelta(seconds=seconds)
        await self._record(lambda tx: outbox.failed(tx, effect.id, self._owner, next_try=next_try, error=reason))

    async def _record(self, unit: Callable[[Any], Any]) -> None:
        """Write down what became of an effect; if even that fails, its lease ends and it is tried again."""
        try:
            await self._database.write(unit)
        except StorageError as error:
            log.warning("the outcome of an effect could not be written down: %s", error)
