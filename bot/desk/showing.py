"""Performs ``show_desk``: brings what people see of a handoff up to date, on every target that is to know of it.

Targets do not wait for each other: one that is in trouble is shown the handoff later, by an effect of its own, and is
left alone for a while after it has been in trouble several times.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.desk.contract import HandoffTarget, Post, TryLater
from bot.desk.facts import DeskViews
from bot.ports import Clock
from storage import handoffs, outbox
from storage.database import Database
from storage.errors import StorageError
from storage.handoffs import StoredPost
from storage.outbox import DueEffect
from storage.transaction import Transaction

log = logging.getLogger(__name__)

SHOW_SECONDS = 25.0
"""How long one target may take."""
FIRST_PAUSE_SECONDS = 2.0
"""After which a target that was in trouble is tried again for the first time."""
REST_SECONDS = 5.0
"""How long a target is left alone that did not answer, doubled with each further trouble."""
LONGEST_REST_SECONDS = 60.0


class Showing:
    """Shows handoffs on targets."""

    def __init__(
        self, database: Database, views: DeskViews, targets: Mapping[str, HandoffTarget], clock: Clock
    ) -> None:
        self._database = database
        self._views = views
        self._targets = targets
        self._clock = clock
        self._troubles: dict[str, int] = {}
        self._rests: dict[str, datetime] = {}

    async def show(self, effect: DueEffect) -> None:
        """Show the handoff of an effect on every target. One that is in trouble is shown it later, by itself."""
        handoff = int(effect.payload["handoff"])
        wanted = await self._views.targets(handoff)
        if wanted is None:
            return  # Erased meanwhile.
        names = [name for name in wanted if name in self._targets] or list(self._targets)
        await asyncio.gather(*(self._show_or_put_off(name, handoff, effect.attempts - 1) for name in names))

    async def show_later(self, effect: DueEffect) -> None:
        """Show a handoff on the target that was in trouble. Raises when it still is."""
        handoff, name = int(effect.payload["handoff"]), str(effect.payload["target"])
        if name in self._targets:
            await self._show_on(name, handoff, effect.attempts)
            await self._database.write(lambda tx: outbox.hurry_later(tx, handoff, name, effect.id, self._clock()))

    async def _show_or_put_off(self, name: str, handoff: int, attempts: int) -> None:
        """Where it is put off already, whoever tries it next shows all there is by then: never two at a time."""
        now = self._clock()
        if await self._database.read(lambda tx: outbox.is_shown_later(tx, handoff, name)) and (
            await self._database.write(lambda tx: outbox.show_later_again(tx, handoff, name, now))
        ):
            return
        try:
            async with asyncio.timeout(SHOW_SECONDS):
                await self._show_on(name, handoff, attempts)
        except StorageError:
            raise
        except Exception as error:
            trouble, asked = f"{type(error).__name__}: {error}", getattr(error, "seconds", None)
            level = logging.WARNING if asked is None else logging.DEBUG  # Else it was told already, or will pass.
            log.log(level, "handoff %s could not be shown on %s: %s", handoff, name, trouble)
            due = self._clock() + timedelta(seconds=asked if asked is not None else FIRST_PAUSE_SECONDS)
            await self._database.write(
                lambda tx: outbox.show_later(tx, handoff, name, due=due, error=trouble, now=self._clock())
            )

    async def forget(self, effect: DueEffect) -> None:
        """Take down what was put out about somebody who was erased."""
        for name, references in effect.payload.items():
            if target := self._targets.get(name):
                await target.forget([(str(key), str(reference)) for key, reference in references])

    async def _show_on(self, name: str, handoff: int, attempts: int) -> None:
        if (rest := self._rests.get(name)) is not None and self._clock() < rest:
            raise TryLater(f"{name} is left alone for a while", seconds=(rest - self._clock()).total_seconds() + 1)
        posts = await _StoredPosts.load(self._database, handoff, name, attempts, self._clock)
        try:
            while await self._show_some(name, handoff, posts):
                pass
        except TryLater as error:
            if error.seconds is None:  # Else the target knows itself which part of it wants to be left alone.
                self._leave_alone(name, error)
            raise
        except (TimeoutError, OSError) as error:
            self._leave_alone(name, error)
            raise
        self._is_well(name)

    async def _show_some(self, name: str, handoff: int, posts: "_StoredPosts") -> bool:
        """Show how it stands and as much of the talk as comes at once; whether there is more of it."""
        view = await self._views.view(handoff, posts.watermark)
        if view is not None and posts.watermark is None:
            posts.begins_at = await self._views.talked_before(view)
            if view.last_seq > posts.begins_at:
                view = await self._views.view(handoff, posts.begins_at)
        if view is None:
            return False
        after = posts.begins_at if posts.watermark is None else posts.watermark
        await self._targets[name].show(view, posts)
        return posts.watermark is not None and after < posts.watermark < view.last_seq

    def _leave_alone(self, name: str, why: Exception) -> None:
        troubles = self._troubles[name] = self._troubles.get(name, 0) + 1
        if troubles > 2:  # A single trouble may be one channel's.
            if name not in self._rests:
                log.error("%s is in trouble: %s; leads are kept and shown as soon as it is well again", name, why)
            seconds = min(LONGEST_REST_SECONDS, REST_SECONDS * 2.0 ** min(troubles - 3, 10))
            self._rests[name] = self._clock() + timedelta(seconds=seconds)

    def _is_well(self, name: str) -> None:
        self._troubles.pop(name, None)
        if self._rests.pop(name, None) is not None:
            log.warning("%s is well again; what was kept is shown", name)


class _StoredPosts:
    """What a target has put out, in the database."""

    def __init__(
        self,
        database: Database,
        handoff: int,
        target: str,
        posts: Mapping[str, Post],
        watermark: int | None,
        attempts: int,
        clock: Clock,
    ) -> None:
        self._database = database
        self._handoff = handoff
        self._target = target
        self._posts = dict(posts)
        self.watermark = watermark
        """Number of the last message that was passed on; None before the first card."""
        self.attempts = attempts
        self.begins_at = 0
        """Number of the last message that stands in the card and is not passed on."""
        self._clock = clock

    @classmethod
    async def load(cls, database: Database, handoff: int, target: str, attempts: int, clock: Clock) -> "_StoredPosts":
        def read(tx: Transaction) -> tuple[dict[str, StoredPost], int]:
            return handoffs.posts_of(tx, handoff, target), handoffs.relayed_to(tx, handoff, target)

        stored, seq = await database.read(read)
        posts = {key: Post(reference=one.reference, digest=one.digest) for key, one in stored.items()}
        return cls(database, handoff, target, posts, seq if posts else None, attempts, clock)

    def find(self, key: str) -> Post | None:
        return self._posts.get(key)

    def keys(self) -> Sequence[str]:
        return tuple(self._posts)

    async def keep(self, key: str, reference: str, digest: str = "") -> None:
        now, begins = self._clock(), self.watermark is None

        def put(tx: Transaction) -> None:
            kept = handoffs.keep_post(tx, self._handoff, self._target, key, reference, digest, now)
            if kept and begins:  # What was said until then stands in the card.
                handoffs.relayed(tx, self._handoff, self._target, self.begins_at)

        await self._database.write(put)
        self._posts[key] = Post(reference=reference, digest=digest)
        if begins:
            self.watermark = self.begins_at

    async def relayed(self, seq: int) -> None:
        if self.watermark is None or seq > self.watermark:
            await self._database.write(
                partial(handoffs.relayed, handoff_id=self._handoff, target=self._target, seq=seq)
            )
            self.watermark = seq
