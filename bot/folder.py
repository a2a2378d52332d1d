"""The folder of script files: each valid save is published, an invalid one is refused with its errors.

A text that was published before is not published again when the server starts: somebody may have rolled it back.
Saving the file again is a wish to publish it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from bot.ports import Clock
from bot.scripts import Scripts
from dialogs.checking import load_and_check
from dialogs.loading import LoadResult, Problem, Severity
from storage import magnets
from storage import scripts as stored
from storage.database import Database

log = logging.getLogger(__name__)

ENDINGS = (".yaml", ".yml")
"""Endings of script files."""


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


class ScriptFolder:
    """Publishes what is saved in a folder."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        scripts: Scripts,
        magnet_kinds: Mapping[str, type[BaseModel]],
        clock: Clock,
    ) -> None:
        self.path = folder
        self._database = database
        self._scripts = scripts
        self._magnet_kinds = magnet_kinds
        self._clock = clock
        self._seen: dict[Path, tuple[int, int]] = {}

    async def scan(self, *, starting: bool = False) -> list[Published | Refused]:
        """Publish what has changed since the last scan; what became of each changed file, in order of name."""
        outcomes: list[Published | Refused] = []
        for path in await asyncio.to_thread(self._changed):
            outcome = await self._take(path, starting)
            if outcome is not None:
                outcomes.append(outcome)
        if any(isinstance(outcome, Published) for outcome in outcomes) or starting:
            await self._scripts.refresh()
        return outcomes

    async def watch(self, seconds: float, tell: Callable[[Published | Refused], Awaitable[None] | None]) -> None:
        """Scan every so many seconds, for as long as the task lives."""
        while True:
            await asyncio.sleep(seconds)
            try:
                for outcome in await self.scan():
                    result = tell(outcome)
                    if result is not None:
                        await result
            except Exception:
                log.exception("the scripts' folder could not be looked at")

    def _changed(self) -> list[Path]:
        """Files that are new or changed; a file that is gone is forgotten (its script stays live)."""
        try:
            paths = sorted(path for path in self.path.iterdir() if path.suffix in ENDINGS and path.is_file())
        except OSError as error:
            log.error("the scripts' folder %s cannot be read: %s", self.path, error.strerror)
            return []
        changed = []
        for path in paths:
            try:
                status = path.stat()
            except OSError:
                continue
            mark = (status.st_mtime_ns, status.st_size)
            if self._seen.get(path) != mark:
                self._seen[path] = mark
                changed.append(path)
        self._seen = {path: mark for path, mark in self._seen.items() if path in paths}
        return changed

    async def _take(self, path: Path, starting: bool) -> Published | Refused | None:
        result = await asyncio.to_thread(read_script, path, self._magnet_kinds)
        script = result.script
        if script is None or any(problem.severity is Severity.ERROR for problem in result.problems):
            return Refused(path.name, result.problems)
        name, version, text = script.name, script.version, script.source
        if starting and await self._database.read(lambda tx: stored.text_of(tx, name, version)) is not None:
            await self._load_codes(path, result)
            return None
        if self._scripts.live_version(name) == version:
            return None
        await self._load_codes(path, result)
        publish = partial(stored.publish, name=name, version=version, text=text, path=path.name, at=self._clock())
        await self._database.write(lambda tx: publish(tx, note="saved in the folder"))
        self._scripts.keep(script)
        return Published(name, version, path.name)

    async def _load_codes(self, path: Path, result: LoadResult) -> None:
        """Bring the codes of the script's pools into the database; a code that is there already stays as it is."""
        assert result.script is not None
        for magnet in result.script.magnets.values():
            pool = magnet.options.get("codes")
            if not isinstance(pool, str):
                continue
            file = path.parent / "files" / pool
            try:
                codes = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
            except (OSError, UnicodeDecodeError) as error:
                log.warning("%s: the codes of %s cannot be read from %s: %s", path.name, magnet.key, file, error)
                continue
            await self._database.write(partial(magnets.load_codes, pool=pool, codes=codes))


def read_script(path: Path, magnet_kinds: Mapping[str, type[BaseModel]]) -> LoadResult:
    """Read, load and check one file; never raises."""
    try:
        body = path.read_bytes()
    except OSError as error:
        return LoadResult(None, (Problem(path.name, 1, 1, f"the file cannot be read: {error.strerror}"),))
    return load_and_check(body, path.name, magnet_kinds)
