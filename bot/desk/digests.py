"""The morning digest: a work list, once a working day, to whoever has something to do.

It is due at the time the team file says, as an effect like any other: it survives a restart, and of several processes
one sends it. One that is hours late is left out: this morning's work list is no use in the evening.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.desk.contract import Board, Colleague, HandoffTarget, Person, ShowsLists
from bot.desk.roster import Roster
from bot.ports import Clock
from dialogs.desk.digest import next_digest
from storage import outbox
from storage.database import Database
from storage.outbox import DueEffect

LATEST = timedelta(hours=3)
"""How late a digest may be."""


class Boards(Protocol):
    """Who has what to do."""

    async def board(self, who: Person) -> Board:
        """What there is to do for somebody."""
        ...

    async def colleagues(self) -> Sequence[Colleague]:
        """Everybody of the team."""
        ...


class Digests:
    """Sends the digest when it is due, and knows when that is."""

    def __init__(
        self, database: Database, roster: Roster, boards: Boards, targets: Mapping[str, HandoffTarget], clock: Clock
    ) -> None:
        self._database = database
        self._roster = roster
        self._boards = boards
        self._targets = targets
        self._clock = clock

    async def plan(self) -> None:
        """Have the next digest sent when the team file says; to be called when that may have changed."""
        team, now = self._roster.team, self._clock()
        due = None if team is None else next_digest(team, now)
        await self._database.write(lambda tx: outbox.plan_digest(tx, due, now))

    async def send(self, effect: DueEffect) -> None:
        """Send the digest of an effect, and plan the next one. Raises what the first target in trouble raised."""
        team, due = self._roster.team, datetime.fromisoformat(effect.payload["due"])
        if team is not None and team.digest is not None and self._clock() - due < LATEST:
            day = due.astimezone(team.schedule.zone).date()
            for name, target in self._targets.items():
                if isinstance(target, ShowsLists):
                    await self._send_on(name, target, team.digest.channel, day)
        await self.plan()

    async def renew(self, effect: DueEffect) -> None:
        """Show a list anew on which somebody stood who was erased."""
        for name, target in self._targets.items():
            if name == effect.payload["target"] and isinstance(target, ShowsLists):
                await target.renew(effect.payload["key"], effect.payload["reference"])

    async def _send_on(self, name: str, target: ShowsLists, channel: str | None, day: date) -> None:
        """To the channel what nobody has, to each person what is theirs."""
        nobodys = await self._boards.board(Person(target=name, id="", name=""))
        await target.send_digest(channel, nobodys.of_nobody, f"{day}:channel")
        for one in await self._boards.colleagues():
            if person := one.ids.get(name):
                theirs = await self._boards.board(Person(target=name, id=person, name=one.rep.name))
                await target.send_digest(person, theirs.of_reader, f"{day}:{one.rep.key}", one.rep.name)
