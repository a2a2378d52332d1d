"""The process dies at any write of a talk, before or after it is on disk: nothing lost, nothing answered twice."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.contract import Began, Incoming, Said
from storage.database import Database
from storage.errors import StorageError
from tests.application import HeardTarget, config_for, running
from tests.bot.messengers.looking import transcript
from tests.bot.messengers.test_delivering import delivered
from tests.clock import StoppedClock
from tests.messenger import NAME, Carrier

WRITES = 24
"""More than the talk below makes, so that the last tries die only when all is done."""
LINES = ("Ada", "ada@example.com")


class Dying:
    """Lets so many writes through, and then nothing ever again: neither of this process nor for anybody who asks."""

    def __init__(self, database: Database, writes: int, *, is_saved: bool) -> None:
        self._write = database.write
        self._left = writes
        self._is_saved = is_saved
        self.is_dead = False

    async def write(self, unit: Callable[[Any], Any]) -> Any:
        if self.is_dead:
            raise StorageError("dead")
        self._left -= 1
        if self._left > 0:
            return await self._write(unit)
        self.is_dead = True
        if self._is_saved:
            await self._write(unit)
        raise StorageError("dead")


async def bring(carrier: Carrier, events: list[Incoming]) -> bool:
    """Bring events as the platform does: one after the other, each until it was taken. Whether all were."""
    while events:
        try:
            await carrier.messengers[-1].hear(events[0])
        except StorageError:
            return False
        events.pop(0)
    return True


@pytest.mark.parametrize("is_saved", [False, True], ids=["before", "after"])
async def test_whenever_it_dies_nothing_is_lost_and_nothing_is_answered_twice(
    sqlite_template: Path, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, is_saved: bool
) -> None:
    expected: list[tuple[str, str]] | None = None
    for writes in reversed(range(1, WRITES)):
        path = tmp_path / f"{writes}.db"
        shutil.copyfile(sqlite_template, path)
        carrier, clock = Carrier(), StoppedClock()
        config = replace(config_for(f"sqlite:///{path}", folder), sections={NAME: {"on": True}})
        more = {"targets": {"terminal": HeardTarget()}, "messengers": {NAME: lambda: carrier.kind}, "clock": clock}  # noqa: B023
        ada = carrier.person(1)
        events = [ada.event(Began()), *(ada.event(Said(text=line)) for line in LINES)]
        async with running(config, **more) as application:
            dying = Dying(application.database, writes, is_saved=is_saved)
            monkeypatch.setattr(application.database, "write", dying.write)
            await bring(carrier, events)
        clock.pass_(minutes=10)  # What the dead process had taken is free again.
        async with running(config, **more) as application:
            assert await bring(carrier, events)
            await ada.sees("How many people?")
            await delivered(application, 1)
            said = await transcript(application, 1)
            expected = expected or said
            assert said == expected, f"died at write {writes}"
            ids = [one.id for one in ada.screen]
            assert len(ids) - len(set(ids)) <= 1, f"died at write {writes}"
            assert ids == sorted(ids, key=lambda one: int(one.split(":")[1]))
            assert len(set(ids)) == len([who for who, _ in said if who == "bot"])
