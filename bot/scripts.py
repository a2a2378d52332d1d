"""The published scripts, compiled and at hand: the live one of each name, and every version a conversation is on.

What is live is decided in the database, also by other processes: it is looked up when a hint says that something
changed, and every few seconds because a hint may get lost.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from dialogs.loading import load_script
from dialogs.script import Script
from storage import scripts as stored
from storage.database import Database
from storage.errors import StorageError
from storage.scripts import LiveScript

log = logging.getLogger(__name__)

COMPILED_MOST = 200
"""Script versions kept compiled, those least recently used forgotten first."""
FRESH_SECONDS = 5.0
"""How long a change may go unnoticed of which no hint came."""
_REST_SECONDS = 0.2
"""Between two looks at the database, however many hints come."""


@dataclass(frozen=True, slots=True)
class UnknownScript(LookupError):
    """There is no script, or no version, of this name."""

    name: str
    version: str | None = None


class Scripts:
    """Scripts as the database has them. ``refresh`` after a publication, ``hint`` when there may have been one."""

    def __init__(self, database: Database, magnet_kinds: Mapping[str, type[BaseModel]]) -> None:
        self._database = database
        self._magnet_kinds = magnet_kinds
        self._live: dict[str, LiveScript] = {}
        self._hinted = asyncio.Event()
        self._compiled: OrderedDict[tuple[str, str], Script] = OrderedDict()

    async def refresh(self) -> None:
        """Learn what is live now."""
        self._live = {one.name: one for one in await self._database.read(stored.live)}

    def hint(self) -> None:
        """Something may have been published: look soon."""
        self._hinted.set()

    async def keep_fresh(self) -> None:
        """Learn of what others publish, for as long as the task lives."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(FRESH_SECONDS):
                    await self._hinted.wait()
            self._hinted.clear()
            try:
                await self.refresh()
            except StorageError as error:
                log.warning("which scripts are live cannot be looked up: %s", error)
            await asyncio.sleep(_REST_SECONDS)

    def listed(self) -> list[LiveScript]:
        """What is live, in the order of first publication."""
        return list(self._live.values())

    def names(self) -> list[str]:
        """Names of the live scripts, in the order they were first published."""
        return list(self._live)

    def first(self) -> str | None:
        """The script that a visitor gets who names none."""
        return next(iter(self._live), None)

    def live_version(self, name: str) -> str | None:
        """Version of the live script of this name."""
        live = self._live.get(name)
        return live.version if live is not None else None

    async def live(self) -> list[Script]:
        """Every live script that can be read, compiled."""
        scripts = []
        for one in self.listed():
            with contextlib.suppress(UnknownScript):
                scripts.append(await self.version(one.name, one.version))
        return scripts

    async def current(self, name: str) -> Script:
        """The live script of this name. Raises ``UnknownScript``."""
        version = self.live_version(name)
        if version is None:
            raise UnknownScript(name)
        return await self.version(name, version)

    def at_hand(self, name: str, version: str) -> Script | None:
        """A version that is compiled already."""
        return self._compiled.get((name, version))

    async def version(self, name: str, version: str) -> Script:
        """One version, compiled. Raises ``UnknownScript``."""
        script = self._compiled.get((name, version))
        if script is not None:
            return script
        text = await self._database.read(lambda tx: stored.text_of(tx, name, version))
        if text is None:
            raise UnknownScript(name, version)
        script = await asyncio.to_thread(self._compile, name, version, text)
        self.keep(script)
        return script

    def keep(self, script: Script) -> None:
        """Keep a compiled script at hand."""
        self._compiled[script.name, script.version] = script
        if len(self._compiled) > COMPILED_MOST:
            live = {(one.name, one.version) for one in self._live.values()}
            oldest = next((key for key in self._compiled if key not in live), None)
            if oldest is not None:
                del self._compiled[oldest]

    def _compile(self, name: str, version: str, text: str) -> Script:
        result = load_script(text, f"{name}@{version}", self._magnet_kinds)
        if result.script is None:
            # It was checked when it was published; a newer Handraiser may read it more strictly.
            log.error("published script %s@%s cannot be read any more: %s", name, version, result.problems[0])
            raise UnknownScript(name, version)
        return result.script
