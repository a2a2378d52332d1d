"""Readiness: balancers that ask all the time are no load, and a database that takes nothing is noticed."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import make_mocked_request

from bot.channels.web_windows import WebChannel
from bot.web.health import READY_SECONDS, Health
from storage import settings, sqlite_connection
from storage.database import Database, open_database
from tests.bot.test_faults import Lock


class Probes:
    """A balancer at a server whose time is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.now = 100.0
        self._database = database
        self._health = Health(database, WebChannel(), dict, lambda: self.now)

    async def ask(self) -> tuple[int, str]:
        response = await self._health.ready(make_mocked_request("GET", "/readyz"))
        assert isinstance(response.text, str)
        return response.status, json.loads(response.text)["status"]

    async def written(self) -> str | None:
        """What was written last: when that was, to the microsecond."""
        return await self._database.read(lambda tx: settings.get(tx, "ready"))


@pytest_asyncio.fixture
async def probes(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Probes]:
    monkeypatch.setattr(sqlite_connection, "BUSY_SECONDS", 0.2)
    database = await open_database(sqlite_url)
    yield Probes(database)
    await database.close()


@pytest_asyncio.fixture
async def lock(sqlite_url: str) -> AsyncIterator[Lock]:
    lock = Lock(sqlite_url.removeprefix("sqlite:///"))
    yield lock
    await lock.release()


READY, NOT_READY = (200, "ready"), (503, "not ready")


async def test_many_who_ask_in_a_few_seconds_are_one_write(probes: Probes) -> None:
    assert set(await asyncio.gather(*(probes.ask() for _ in range(20)))) == {READY}
    first = await probes.written()
    for _ in range(4):
        probes.now += (READY_SECONDS - 0.1) / 4
        assert await probes.ask() == READY
    assert first is not None and await probes.written() == first
    probes.now += 0.2
    assert await probes.ask() == READY
    assert await probes.written() != first


async def test_a_database_that_takes_nothing_is_noticed_in_time_and_its_return_at_once(
    probes: Probes, lock: Lock
) -> None:
    assert await probes.ask() == READY
    await lock.take()
    probes.now += READY_SECONDS + 0.1
    assert await probes.ask() == NOT_READY
    probes.now += 0.1
    async with asyncio.timeout(5):  # All of them wait for one try.
        assert set(await asyncio.gather(*(probes.ask() for _ in range(100)))) == {NOT_READY}
    await lock.release()
    probes.now += 0.1
    assert await probes.ask() == READY
