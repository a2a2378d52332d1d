import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from storage import settings, sqlite, sqlite_connection
from storage.errors import StorageBusy, StorageFull, StorageUnavailable
from storage.sqlite import SQLiteDatabase
from storage.sqlite_connection import connect
from storage.transaction import Transaction
from tests.databases import raw_sqlite
from tests.storage.samples import NOON


@pytest_asyncio.fixture(loop_scope="session")
async def database(sqlite_url: str) -> AsyncIterator[SQLiteDatabase]:
    async with SQLiteDatabase(Path(sqlite_url.removeprefix("sqlite:///"))) as opened:
        yield opened


class Gate:
    """A unit that keeps the writing thread busy until it is let go."""

    def __init__(self, database: SQLiteDatabase) -> None:
        self._open = threading.Event()
        self._entered = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(database.write(self._unit))

    def _unit(self, tx: Transaction) -> None:
        self._loop.call_soon_threadsafe(self._entered.set)
        assert self._open.wait(20)

    async def entered(self) -> None:
        await self._entered.wait()

    async def let_go(self) -> None:
        self._open.set()
        await self._task


class Put:
    """A unit that writes one setting, and counts how often it was run."""

    def __init__(self, key: str, *, then: BaseException | None = None) -> None:
        self.key = key
        self.then = then
        self.runs = 0

    def __call__(self, tx: Transaction) -> None:
        self.runs += 1
        settings.put(tx, self.key, "1", NOON)
        if self.then is not None:
            raise self.then


async def together(database: SQLiteDatabase, units: list[Put]) -> list[BaseException | None]:
    """Have units wait for the same commit; what became of each."""
    gate = Gate(database)
    await gate.entered()
    tasks = [asyncio.create_task(database.write(unit)) for unit in units]
    await asyncio.sleep(0)
    await gate.let_go()
    return await asyncio.gather(*tasks, return_exceptions=True)


def keys(path: Path) -> list[str]:
    raw = raw_sqlite(f"sqlite:///{path}")
    try:
        return [row[0] for row in raw.execute("SELECT key FROM settings ORDER BY key")]
    finally:
        raw.close()


async def test_units_that_wait_together_share_one_commit(database: SQLiteDatabase) -> None:
    units = [Put(f"{number:03}") for number in range(200)]
    before = database.commits
    assert set(await together(database, units)) == {None}
    assert database.commits - before == 2  # The gate's own, and the one for all.
    assert len(keys(database.path)) == 200


async def test_a_failing_unit_is_undone_alone(database: SQLiteDatabase) -> None:
    units = [Put("a"), Put("b", then=LookupError("b")), Put("c"), Put("d", then=LookupError("d")), Put("e")]
    outcomes = await together(database, units)
    assert [str(outcome) for outcome in outcomes if outcome] == ["b", "d"]
    assert keys(database.path) == ["a", "c", "e"]


async def test_a_unit_that_fails_before_it_changed_anything_costs_its_companions_nothing(
    database: SQLiteDatabase,
) -> None:
    def refuse(tx: Transaction) -> None:
        settings.get(tx, "x")
        raise LookupError

    unit = Put("a")
    gate = Gate(database)
    await gate.entered()
    tasks = [asyncio.create_task(database.write(one)) for one in (unit, refuse)]
    await asyncio.sleep(0)
    await gate.let_go()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), LookupError]
    assert unit.runs == 1


async def test_the_thread_survives_whatever_a_unit_raises(database: SQLiteDatabase) -> None:
    class Odd(BaseException):
        pass

    with pytest.raises(Odd):
        await database.write(Put("a", then=Odd()))
    await database.write(Put("b"))
    assert keys(database.path) == ["b"]


async def test_every_connection_waits_for_the_disk(database: SQLiteDatabase) -> None:
    connections = [database._writing.raw, *(reader.raw for reader in database._idle)]
    fresh = connect(database.path)
    try:
        for raw in (*connections, fresh):
            assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    finally:
        fresh.close()
    assert len(connections) == 3


async def test_a_lock_that_is_held_too_long_is_reported_and_got_over(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_connection, "BUSY_SECONDS", 0.05)
    async with SQLiteDatabase(Path(sqlite_url.removeprefix("sqlite:///"))) as database:
        other = raw_sqlite(sqlite_url)
        try:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageBusy, match="another process"):
                await database.write(Put("a"))
            assert await database.read(lambda tx: settings.get(tx, "a")) is None
            other.execute("ROLLBACK")
            await database.write(Put("b"))
        finally:
            other.close()
        assert keys(database.path) == ["b"]


async def test_a_full_disk_keeps_nothing_of_the_commit_and_is_got_over(database: SQLiteDatabase) -> None:
    def limit(tx: Transaction, pages: int) -> None:
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    pages = await database.read(lambda tx: int(tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()))
    await database.write(lambda tx: limit(tx, pages))
    with pytest.raises(StorageFull, match="no room"):
        await database.write(lambda tx: settings.put(tx, "large", "x" * 1_000_000, NOON))
    await database.write(lambda tx: limit(tx, 1_000_000))
    await database.write(Put("small"))
    assert keys(database.path) == ["small"]


async def test_a_slow_unit_is_named_in_the_log_without_what_it_saves(
    database: SQLiteDatabase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite, "SLOW_SECONDS", -1.0)

    def dawdling(words: str, tx: Transaction) -> None:
        pass

    with caplog.at_level(logging.WARNING, "storage.sqlite"):
        await database.write(partial(dawdling, "what a visitor said"))
    assert "dawdling" in caplog.text
    assert "visitor" not in caplog.text


async def test_a_caller_who_gave_up_in_time_changes_nothing(database: SQLiteDatabase) -> None:
    gate = Gate(database)
    await gate.entered()
    unit = Put("a")
    task = asyncio.create_task(database.write(unit))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    await gate.let_go()
    await database.write(Put("b"))
    assert (unit.runs, keys(database.path)) == (0, ["b"])


async def test_only_so_many_units_wait_and_the_others_wait_outside(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "MOST_WAITING", 3)
    async with SQLiteDatabase(Path(sqlite_url.removeprefix("sqlite:///"))) as database:
        gate = Gate(database)
        await gate.entered()
        tasks = [asyncio.create_task(database.write(Put(f"{number}"))) for number in range(8)]
        for _ in range(2):  # They are begun, and then handed over together.
            await asyncio.sleep(0)
        waiting = database._queue.get_nowait()
        assert waiting is not None
        assert len(waiting) == 2  # The gate is the third.
        database._queue.put(waiting)
        await gate.let_go()
        await asyncio.gather(*tasks)
        assert len(keys(database.path)) == 8


async def test_what_waits_when_the_database_is_closed_is_still_saved(sqlite_url: str) -> None:
    database = SQLiteDatabase(Path(sqlite_url.removeprefix("sqlite:///")))
    gate = Gate(database)
    await gate.entered()
    task = asyncio.create_task(database.write(Put("a")))
    await asyncio.sleep(0)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    with pytest.raises(StorageUnavailable):
        await database.write(Put("b"))
    await gate.let_go()
    await asyncio.gather(task, closing)
    assert keys(database.path) == ["a"]
    assert not database.path.with_name(database.path.name + "-wal").exists()
