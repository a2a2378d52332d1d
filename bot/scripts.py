"""The published scripts, compiled and at hand: the live one of each name, and every version a conversation is on."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from dialogs.loading import load_script
from dialogs.script import Script
from storage import scripts as stored
from storage.database import Database

log = logging.getLogger(__name__)

COMPILED_MOST = 200
"""Script versions kept compiled, those least recently used forgotten first."""


@dataclass(frozen=True, slots=True)
class UnknownScript(LookupError):
    """There is no script, or no version, of this name."""

    name: str
    version: str | None = None


class Scripts:
    """Scripts as the database has them. ``refresh`` after a publication; versions never change."""

    def __init__(self, database: Database, magnet_kinds: Mapping[str, type[BaseModel]]) -> None:
        self._database = database
        self._magnet_kinds = magnet_kinds
        self._live: dict[str, str] = {}
        self._compiled: OrderedDict[tuple[str, str], Script] = OrderedDict()

    async def refresh(self) -> None:
        """Learn what is live now."""
        live = await self._database.read(stored.live)
        self._live = {one.name: one.version for one in live}

    def names(self) -> list[str]:
        """Names of the live scripts, in the order they were first published."""
        return list(self._live)

    def first(self) -> str | None:
        """The script that a visitor gets who names none."""
        return next(iter(self._live), None)

    def live_version(self, name: str) -> str | None:
        """Version of the live script of this name."""
        return self._live.get(name)

    async def live(self) -> list[Script]:
        """Every live script, compiled."""
        return [await self.version(name, version) for name, version in self._live.items()]

    async def current(self, name: str) -> Script:
        """The live script of this name. Raises ``UnknownScript``."""
        version = self._live.get(name)
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
            live = set(self._live.items())
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
