"""The folder of script files: each valid save is published, an invalid one is refused with its errors.

1. Saving a file is a wish to publish it, also when its text was published before and somebody went back since.
2. Starting the server is no such wish: a text that was published before and is not live any more stays so.
3. A file that is gone takes nothing off: its script goes on until somebody retires it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import assert_never

from pydantic import BaseModel

from bot.ports import Clock
from bot.script_files import GIFTS, declared_name, files_in, load_with_files, pools_of, read_codes
from bot.scripts import Scripts
from dialogs.checking import WEB_ONLY, Limits
from dialogs.loading import LoadResult, Problem
from dialogs.script import Script
from storage import magnets
from storage import scripts as stored
from storage.database import Database
from storage.errors import StorageError
from storage.scripts import LiveScript

log = logging.getLogger(__name__)

_Mark = tuple[int, int]
"""A file's time and size: when one of them changes, it was saved."""


@dataclass(frozen=True, slots=True)
class Published:
    """A script that went live."""

    name: str
    version: str
    path: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that did not go live, and why."""

    path: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was found when the server started, and whose text somebody replaced or took off since."""

    name: str
    version: str
    path: str
    live: str | None
    """The version that is live; None when the script was taken off."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A live script whose file is not there any more."""

    name: str
    path: str


Outcome = Published | Refused | Held | Gone
"""What became of a file."""


def told(outcome: Outcome) -> Iterator[str]:
    """What became of a file, in lines for whoever runs the server; nothing in them is safe to print as it is."""
    match outcome:
        case Published(name=name, version=version, path=path):
            yield f"Published {name} ({path}, version {version})"
        case Refused(path=path, problems=problems):
            yield from map(str, problems)
            yield f"{path} was not published; what was live before goes on serving."
        case Held(name=name, version=version, path=path, live=live):
            instead = f"version {live} was made live since" if live else f"{name} was taken off since"
            yield f"{path} (version {version}) is not live: {instead}. Save the file again to make it live."
        case Gone(name=name, path=path):
            yield f"{path} is gone; its script {name} stays live. `handraiser scripts retire {name}` takes it off."
        case _:
            assert_never(outcome)


class ScriptFolder:
    """Publishes what is saved in a folder."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        scripts: Scripts,
        magnet_kinds: Mapping[str, type[BaseModel]],
        clock: Clock,
        channels: Mapping[str, Limits] = WEB_ONLY,
    ) -> None:
        self.path = folder
        self._channels = channels
        self._database = database
        self._scripts = scripts
        self._magnet_kinds = magnet_kinds
        self._clock = clock
        self._seen: dict[Path, _Mark] = {}
        self._names: dict[Path, str | None] = {}
        self._refused: dict[Path, tuple[Problem, ...]] = {}
        self._gifts: dict[Path, _Mark] = {}
        self._pools: dict[Path, tuple[Script, dict[Path, _Mark]]] = {}
        self._missed: set[str] = set()
        self._told: set[str] = set()
        self._readable = True

    async def scan(self, *, starting: bool = False) -> list[Outcome]:
        """Publish what has changed since the last scan; what became of each changed file, in order of name."""
        files = await asyncio.to_thread(self._look)
        if files is None:
            return []
        changed = [path for path, mark in files.items() if self._seen.get(path) != mark]
        outcomes: list[Outcome] = []
        for path in (*changed, *await asyncio.to_thread(self._worth_another_try, changed)):
            outcome = await self._take(path, starting)
            self._seen[path] = files[path]
            refused_before = self._refused.pop(path, None)
            if isinstance(outcome, Refused):
                self._refused[path] = outcome.problems
                if path not in changed and outcome.problems == refused_before:
                    continue
            if outcome is not None:
                outcomes.append(outcome)
        await self._refill()
        if starting or any(isinstance(outcome, Published) for outcome in outcomes):
            await self._scripts.refresh()
        return outcomes + self._gone(starting=starting)

    async def watch(self, seconds: float, tell: Callable[[Outcome], Awaitable[None] | None]) -> None:
        """Scan every so many seconds, for as long as the task lives."""
        while True:
            await asyncio.sleep(seconds)
            try:
                for outcome in await self.scan():
                    result = tell(outcome)
                    if result is not None:
                        await result
            except StorageError as error:
                log.warning("what was saved in the scripts' folder cannot be published yet: %s", error)
            except Exception:
                log.exception("the scripts' folder could not be looked at")

    def _look(self) -> dict[Path, _Mark] | None:
        """The script files that are there; None when the folder cannot be read, which is said once."""
        try:
            files = _marks(files_in(self.path))
        except OSError as error:
            if self._readable:
                log.error("the scripts' folder %s cannot be read: %s", self.path, error.strerror)
            self._readable = False
            return None
        self._readable = True
        for path in [path for path in self._seen if path not in files]:
            del self._seen[path]
            self._names.pop(path, None)
            self._refused.pop(path, None)
            self._pools.pop(path, None)
        return files

    def _worth_another_try(self, changed: list[Path]) -> list[Path]:
        """Files that were refused and have not changed, when the gifts have: one may be there now that was missing."""
        if not self._refused:
            return []
        gifts = _marks((self.path / GIFTS).rglob("*"))
        if gifts == self._gifts:
            return []
        self._gifts = gifts
        return [path for path in self._refused if path not in changed]

    async def _take(self, path: Path, starting: bool) -> Published | Refused | Held | None:
        result = await asyncio.to_thread(read_script, path, self._magnet_kinds, self._channels, self._clock().date())
        script = result.script
        if script is None:
            self._names[path] = await asyncio.to_thread(declared_name, path)
            return Refused(path.name, result.problems)
        name, version, text = script.name, script.version, script.source
        self._names[path] = name
        await self._load_codes(script, path)
        if starting and await self._database.read(lambda tx: stored.text_of(tx, name, version)) is not None:
            live = await self._database.read(lambda tx: stored.live_version(tx, name))
            return None if live == version else Held(name, version, path.name, live)
        publish = partial(stored.publish, name=name, version=version, text=text, path=path.name, at=self._clock())
        if not await self._database.write(lambda tx: publish(tx, note="saved in the folder")):
            return None
        self._scripts.keep(script)
        return Published(name, version, path.name)

    async def _load_codes(self, script: Script, path: Path) -> None:
        if not (pools := pools_of(script, path)):
            self._pools.pop(path, None)
            return
        self._pools[path] = (script, await asyncio.to_thread(_marks, pools.values()))
        try:
            if new := await load_codes(self._database, script, path):
                log.info("%s has %d new codes to give", path.name, new)
        except (OSError, UnicodeDecodeError) as error:
            log.warning("the codes of %s cannot be read: %s", path.name, error)

    async def _refill(self) -> None:
        """Bring in codes that were added since, without their script being saved again."""
        for path, (script, marks) in tuple(self._pools.items()):
            if await asyncio.to_thread(_marks, pools_of(script, path).values()) != marks:
                await self._load_codes(script, path)

    def _gone(self, *, starting: bool) -> list[Outcome]:
        """Live scripts whose files are missing, each told once; while running only those missed twice in a row,
        as some editors save a file by replacing it."""
        missing = {one.name: one.path for one in without_file(self._scripts.listed(), self._names)}
        certain = {name for name in missing if starting or name in self._missed}
        before, self._told, self._missed = self._told, certain, set(missing)
        return [Gone(name, path) for name, path in missing.items() if name in certain - before]


def without_file(live: Iterable[LiveScript], names: Mapping[Path, str | None]) -> list[LiveScript]:
    """The live scripts that came from the folder and that none of its files holds any more.

    ``names`` are the folder's files with the scripts they hold, None where that cannot be read. What was published
    from elsewhere is remembered by more than a file's name, and needs no file.
    """
    held = set(names.values())
    unreadable = {path.name for path, name in names.items() if name is None}
    return [
        one
        for one in live
        if one.path and Path(one.path).name == one.path and one.name not in held and one.path not in unreadable
    ]


def read_script(
    path: Path,
    magnet_kinds: Mapping[str, type[BaseModel]],
    channels: Mapping[str, Limits] = WEB_ONLY,
    today: date | None = None,
) -> LoadResult:
    """Read, load and check one file and what stands beside it; never raises."""
    try:
        return load_with_files(path, path.name, magnet_kinds, channels, today)
    except OSError as error:
        return LoadResult(None, (Problem(path.name, 1, 1, f"the file cannot be read: {error.strerror}"),))


async def load_codes(database: Database, script: Script, path: Path) -> int:
    """Bring the codes of the pools that a script names into the database; how many are new.

    A code that is there already stays as it is, given or not. ``path`` is the script's file. Raises ``OSError`` and
    ``UnicodeDecodeError`` for codes that cannot be read.
    """
    new = 0
    for pool, file in pools_of(script, path).items():
        codes = await asyncio.to_thread(read_codes, file)
        new += await database.write(partial(magnets.load_codes, pool=pool, codes=codes))
    return new


def _marks(paths: Iterable[Path]) -> dict[Path, _Mark]:
    """Files and their marks, without those that vanish meanwhile."""
    marks = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        marks[path] = (status.st_mtime_ns, status.st_size)
    return marks
