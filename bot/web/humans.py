"""A check before what costs something: beginning many talks, giving a code or a file away, bringing in people.

Whoever has passed it is not asked again for an hour, whichever node they come to next, and after a restart. Without a
check in the configuration nothing is ever asked.
"""

import secrets
from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.channels.web import NAME, FrameError
from bot.config import Config
from bot.human_checks import HUMAN_CHECKS
from bot.human_checks.contract import HumanCheck, Means
from bot.outbound.door import Outbound
from bot.ports import Clock
from bot.refusals import wording
from bot.web.limits import Limiter
from dialogs.attracting import PAGE_ACT
from dialogs.effects import GiveMagnet, HandOff
from dialogs.events import Event, PageTold, VisitorArrived, VisitorDid, VisitorSaid
from dialogs.turn import Turn
from storage import human_checks, settings
from storage.database import Database
from storage.transaction import Transaction

CLEARED_FOR = timedelta(hours=1)
PROOF_MOST = 8192
"""Longest proof, in characters."""
TIDIED_EVERY = timedelta(minutes=10)
_REMEMBERED = 50_000
"""Visitors who passed here or were looked up, so that the database is asked once an hour for each."""
_BY_VISITORS = (VisitorSaid, VisitorArrived, PageTold)


async def open_humans(config: Config, database: Database, clock: Clock) -> "Humans | None":
    """The check that the configuration wants; None for none."""
    wanted, outbound, now = config.human_check, config.outbound, clock()
    if wanted.kind is None:
        return None
    fresh = secrets.token_hex(32)

    async def spend(name: str, until: datetime) -> bool:
        return await database.write(lambda tx: human_checks.spend(tx, name, until))

    means = Means(
        key=await database.write(lambda tx: settings.secret(tx, "human-check", fresh, now)),
        door=Outbound(allowed=outbound.allow_private, seconds=outbound.timeout_seconds),
        spend=spend,
        site_key=wanted.site_key or "",
        secret=wanted.secret or "",
        url=wanted.url,
    )
    check = HUMAN_CHECKS[wanted.kind](means)
    return Humans(check, database, clock, before=wanted.before, after=wanted.after)


class Humans:
    """Asks for a proof where one is due. ``before`` are the acts, ``after`` how many talks an address begins freely."""

    def __init__(
        self, check: HumanCheck, database: Database, clock: Clock, *, before: Collection[str], after: int
    ) -> None:
        self._check = check
        self._database = database
        self._clock = clock
        self._before = frozenset(before)
        self._begun = Limiter(after, 3600) if "begin" in self._before and after else None
        self._always = "begin" in self._before and not after
        self._cleared: OrderedDict[str, datetime] = OrderedDict()
        """Until when, by person: what this node knows of it."""
        self._tidied = clock()

    async def take(self, data: Mapping[str, Any], person: str, address: str) -> None:
        """Look at the proof in a frame, where it has one. Raises ``FrameError`` with a new challenge for a bad one."""
        proof = data.get("proof")
        if proof is None:
            return
        now = self._clock()
        if not isinstance(proof, str) or len(proof) > PROOF_MOST or not await self._check.verify(proof, address, now):
            raise self._refusal("prove_again")
        is_due = now - self._tidied >= TIDIED_EVERY
        if is_due:
            self._tidied = now

        def note(tx: Transaction) -> None:
            human_checks.clear(tx, person, now + CLEARED_FOR)
            if is_due:
                human_checks.tidy(tx, now)

        await self._database.write(note)
        self._remember(person, now + CLEARED_FOR)

    async def check_begin(self, person: str, address: str) -> None:
        """Raise ``FrameError`` where a talk may not begin without a proof."""
        if self._knows_cleared(person):
            return
        is_due = self._always or (self._begun is not None and self._begun.wait(address) > 0)
        if is_due and not await self._is_cleared(person):
            raise self._refusal("prove_begin")

    async def before_saving(self, turn: Turn, event: Event) -> None:
        """Raise ``FrameError`` where a turn gives something away, or calls people, without a proof."""
        is_theirs = isinstance(event, _BY_VISITORS) or (
            isinstance(event, VisitorDid) and event.act.startswith(PAGE_ACT)
        )
        if turn.state.channel != NAME or not is_theirs:
            return
        for effect in turn.effects:
            act = effect.kind if type(effect) is GiveMagnet else "handoff" if type(effect) is HandOff else None
            if act in self._before and not await self._is_cleared(turn.state.person):
                raise self._refusal("prove_person")

    async def _is_cleared(self, person: str) -> bool:
        """Whether they passed within the hour, here or elsewhere. Only asked where a proof is due."""
        if self._knows_cleared(person):
            return True
        until = await self._database.read(lambda tx: human_checks.cleared_until(tx, person))
        if until is None or until <= self._clock():
            return False
        self._remember(person, until)
        return True

    def _knows_cleared(self, person: str) -> bool:
        until = self._cleared.get(person)
        return until is not None and until > self._clock()

    def _remember(self, person: str, until: datetime) -> None:
        self._cleared[person] = until
        self._cleared.move_to_end(person)
        if len(self._cleared) > _REMEMBERED:
            self._cleared.popitem(last=False)

    def _refusal(self, sentence: str) -> FrameError:
        return FrameError("human_check", wording(sentence), challenge=self._check.challenge(self._clock()))
