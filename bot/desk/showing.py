"""Performs ``show_desk``: brings what people see of a handoff up to date, on every target that is to know of it.

Targets do not wait for each other, and one that is in trouble is left alone for a while: what is to be shown there
fails at once then, and is tried again later.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.desk.contract import HandoffTarget, Post, TryLater
from bot.desk.facts import DeskViews
from bot.ports import Clock
from storage import handoffs
from storage.database import Database
from storage.handoffs import StoredPost
from storage.outbox import DueEffect
from storage.transaction import Transaction

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
        """Show the handoff of an effect. Raises what the first target in trouble raised, when all have been tried."""
        handoff = int(effect.payload["handoff"])
        wanted = await self._views.targets(handoff)
        if wanted is None:
            return  # Erased meanwhile.
        names = [name for name in wanted if name in self._targets] or list(self._targets)
        showing = (self._show_on(name, handoff, effect.attempts) for name in names)
        outcomes = await asyncio.gather(*showing, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    async def forget(self, effect: DueEffect) -> None:
        """Take down what was put out about somebody who was erased."""
        for name, references in effect.payload.items():
            if target := self._targets.get(name):
                await target.forget([(str(key), str(reference)) for key, reference in references])

    async def _show_on(self, name: str, handoff: int, attempts: int) -> None:
        if (rest := self._rests.get(name)) is not None and self._clock() < rest:
            raise TryLater(f"{name} is left alone for a while", seconds=(rest - self._clock()).total_seconds() + 1)
        posts = await _StoredPosts.load(self._database, handoff, name, attempts - 1, self._clock)
        try:
            while await self._show_some(name, handoff, posts):
                pass
        except TryLater as error:
            if error.seconds is None:  # Else the target knows itself which part of it wants to be left alone.
                self._leave_alone(name)
            raise
        except (TimeoutError, OSError):
            self._leave_alone(name)
            raise
        self._troubles.pop(name, None)
        self._rests.pop(name, None)

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

    def _leave_alone(self, name: str) -> None:
        troubles = self._troubles[name] = self._troubles.get(name, 0) + 1
        if troubles > 2:  # A single trouble may be one channel's.
            seconds = min(LONGEST_REST_SECONDS, REST_SECONDS * 2.0 ** min(troubles - 3, 10))
            self._rests[name] = self._clock() + timedelta(seconds=seconds)


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
        conversation_id: int | None,
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
        self._conversation_id = conversation_id

    @classmethod
    async def load(cls, database: Database, handoff: int, target: str, attempts: int, clock: Clock) -> "_StoredPosts":
        def read(tx: Transaction) -> tuple[dict[str, StoredPost], int, int | None]:
            stored = handoffs.posts_of(tx, handoff, target)
            return stored, handoffs.relayed_to(tx, handoff, target), handoffs.conversation_of(tx, handoff)

        stored, seq, conversation_id = await database.read(read)
        posts = {key: Post(reference=one.reference, digest=one.digest) for key, one in stored.items()}
        watermark = seq if posts else None
        return cls(database, handoff, target, posts, watermark, attempts, clock, conversation_id)

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
                partial(
                    handoffs.relayed,
                    handoff_id=self._handoff,
                    target=self._target,
                    seq=seq,
                    conversation_id=self._conversation_id,
                )
            )
            self.watermark = seq
