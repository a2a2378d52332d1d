"""The team at hand: read from its file, and read again whenever that changes.

1. A file with mistakes changes nothing: they are told, and the last good team goes on.
2. So does a file that is gone.
3. What the file names and no live script has (a field, a handoff, a script) is told and does no harm: it may come with
   the next script, and until then nothing matches it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from bot.desk.contract import CannedReply, Colleague, Person
from bot.desk.team_files import read_team
from dialogs.desk.people import Availability, Rep
from dialogs.desk.team import Known, Member, Team
from dialogs.desk.team_file import TeamResult
from dialogs.loading import Problem, Severity
from storage.errors import StorageError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A team file that is in use from now on."""

    path: str
    people: int
    routes: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A team file that is not used, and why."""

    path: str
    problems: tuple[Problem, ...]
    goes_on: bool
    """Whether there is a team from before."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A team file that is not there any more."""

    path: str


Outcome = Taken | Refused | Gone
"""What became of the file."""


def told(outcome: Outcome) -> Iterator[str]:
    """What became of the file, in lines for whoever runs the server; nothing in them is safe to print as it is."""
    match outcome:
        case Taken(path=path, people=people, routes=routes, problems=problems):
            yield from map(str, problems)
            if any(problem.severity is Severity.ERROR for problem in problems):
                yield "What no live script has matches nothing until one has it."
            yield f"Team: {path}, people: {people}, routes: {routes}"
        case Refused(path=path, problems=problems, goes_on=goes_on):
            yield from map(str, problems)
            before = "the team from before goes on" if goes_on else "until it is right, leads go to the usual channel"
            yield f"{path} is not used; {before}."
        case Gone(path=path):
            yield f"{path} is gone; the team from before goes on."
        case _:
            assert_never(outcome)


class Roster:
    """The team, and who is who in it. ``look`` at the file once, then ``watch`` it."""

    def __init__(self, path: Path | None, known: Callable[[], Awaitable[Known]]) -> None:
        """``path`` is the team file, None for none; ``known`` tells what live scripts offer it to speak of."""
        self._path = path
        self._known = known
        self._team: Team | None = None
        self._mark: tuple[int, int] | None = None
        self._misses = 0

    @property
    def team(self) -> Team | None:
        """The last good team; None without a file, or before one was right."""
        return self._team

    # The file.

    async def look(self) -> Outcome | None:
        """Read the file if it has changed since the last look; what became of it. Raises ``StorageError``."""
        path = self._path
        if path is None:
            return None
        mark = await asyncio.to_thread(_mark_of, path)
        if mark is None:
            return self._miss(path)
        self._misses = 0
        if mark == self._mark:
            return None
        known = await self._known()
        result, remarks = await asyncio.to_thread(_read, path, known)
        self._mark = mark
        if result.team is None:
            return Refused(path.name, result.problems, self._team is not None)
        self._team = result.team
        return Taken(path.name, len(result.team.members), len(result.team.routes), remarks)

    async def watch(self, seconds: float, tell: Callable[[Outcome], None]) -> None:
        """Look every so many seconds, for as long as the task lives."""
        while True:
            await asyncio.sleep(seconds)
            try:
                outcome = await self.look()
                if outcome is not None:
                    tell(outcome)
            except StorageError as error:
                log.warning("the team file cannot be compared with the scripts yet: %s", error)
            except Exception:
                log.exception("the team file could not be looked at")

    def _miss(self, path: Path) -> Outcome | None:
        """Tell once that the file is not there; of one that was, only at the second look, as some editors save a file
        by replacing it."""
        self._mark = None
        self._misses += 1
        if self._team is not None:
            return Gone(path.name) if self._misses == 2 else None
        missing = Problem(path.name, 1, 1, "there is no such file")
        return Refused(path.name, (missing,), goes_on=False) if self._misses == 1 else None

    # Who is who.

    def rep_of(self, target: str, id: str) -> Rep | None:
        """Whom a handoff target means by a name of its own; None for somebody the team file does not name."""
        member = self._team.member_of(target, id) if self._team is not None else None
        return member.rep if member is not None else None

    def rep_for(self, who: Person) -> Rep:
        """Somebody as conversations know them: as the team file names them, or else as the target does."""
        known = self.rep_of(who.target, who.id)
        return known or Rep(key=f"{who.target}:{who.id}", name=who.name, picture=who.picture)

    def zone_of(self, key: str) -> ZoneInfo:
        """Where somebody works; the team's place for a stranger, UTC without a team."""
        if self._team is None:
            return ZoneInfo("UTC")
        member = self._team.members.get(key)
        return (self._team if member is None else member).schedule.zone

    def colleagues(self, availability: Mapping[str, Availability]) -> list[Colleague]:
        """Everybody in the team file, in its order; ``availability`` by the person's key."""
        return [
            Colleague(rep=one.rep, availability=availability.get(one.key, Availability.TAKING), ids=one.ids)
            for one in self._members()
        ]

    def canned_replies(
        self, script: str, language: str, shown: Mapping[str, str], facts: Mapping[Any, Any], rep: Rep
    ) -> list[CannedReply]:
        """Words ready to be sent to a visitor of a script, by a person, with the visitor's answers filled in.

        ``shown`` are answers as people read them, ``facts`` the answers themselves.
        """
        names = {**shown, "rep_name": rep.name}
        return [
            CannedReply(title=one.title, text=one.text.render(language, names, {**facts, "rep_name": rep.name}))
            for one in (self._team.canned if self._team is not None else ())
            if not one.scripts or script in one.scripts
        ]

    def _members(self) -> list[Member]:
        return list(self._team.members.values()) if self._team is not None else []


def _read(path: Path, known: Known) -> tuple[TeamResult, tuple[Problem, ...]]:
    """The team, strictly or else without regard to the scripts; and everything there is to say."""
    strict = read_team(path, path.name, known)
    if strict.team is not None:
        return strict, strict.problems
    lenient = read_team(path, path.name, Known(targets=known.targets))
    return (strict, ()) if lenient.team is None else (lenient, strict.problems)


def _mark_of(path: Path) -> tuple[int, int] | None:
    """The file's time and size: when one of them changes, it was saved. None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
