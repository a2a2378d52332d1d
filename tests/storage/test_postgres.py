import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from storage import settings
from storage.database import open_database
from storage.errors import StorageBusy, StorageUnavailable
from storage.postgres import PostgresDatabase
from storage.transaction import Transaction
from tests.databases import execute_on, with_name
from tests.storage.samples import NOON

pytestmark = pytest.mark.postgres

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = '{name}'"


def put(key: str) -> Any:
    return lambda tx: settings.put(tx, key, "1", NOON)


def failing_with(code: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '{code}'; END $$"


@pytest.mark.parametrize("code", ["40001", "40P01"])
async def test_a_unit_is_run_again_when_the_server_asks_for_it(postgres_url: str, code: str) -> None:
    runs = 0

    def unit(tx: Transaction) -> None:
        nonlocal runs
        runs += 1
        settings.put(tx, f"run {runs}", "1", NOON)
        if runs < 3:
            tx.connection.execute(text(failing_with(code)))

    async with await open_database(postgres_url) as database:
        await database.write(unit)
        keys = await database.read(
            lambda tx: [row[0] for row in tx.connection.execute(text("SELECT key FROM settings"))]
        )
    assert (runs, keys) == (3, ["run 3"])


async def test_a_unit_that_never_gets_through_ends_as_busy(postgres_url: str) -> None:
    async with await open_database(postgres_url) as database:
        with pytest.raises(StorageBusy):
            await database.write(lambda tx: tx.connection.execute(text(failing_with("40001"))))
        await database.write(put("a"))


async def test_connections_that_were_cut_are_noticed(postgres_url: str, postgres_server: str) -> None:
    async with await open_database(postgres_url) as database:
        await asyncio.gather(*(database.write(put(f"{number}")) for number in range(5)))
        await execute_on(postgres_server, OTHERS.format(name=make_url(postgres_url).database))
        await asyncio.gather(*(database.write(put(f"again {number}")) for number in range(5)))
        assert await database.read(lambda tx: settings.get(tx, "again 4")) == "1"


async def test_a_connection_that_breaks_in_the_middle_costs_one_more_try(postgres_url: str) -> None:
    runs = 0

    def unit(tx: Transaction) -> None:
        nonlocal runs
        runs += 1
        settings.put(tx, f"run {runs}", "1", NOON)
        if runs == 1:
            tx.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    async with await open_database(postgres_url) as database:
        await database.write(unit)
        assert await database.read(lambda tx: settings.get(tx, "run 1")) is None
        assert await database.read(lambda tx: settings.get(tx, "run 2")) == "1"


async def test_when_the_connection_breaks_in_the_commit_nobody_is_told_that_it_was_saved(postgres_url: str) -> None:
    await execute_on(
        postgres_url,
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$",
    )
    await execute_on(
        postgres_url,
        "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON settings DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION die()",
    )
    async with await open_database(postgres_url) as database:
        with pytest.raises(StorageUnavailable, match="may or may not"):
            await database.write(put("a"))
        await execute_on(postgres_url, "DROP TRIGGER at_commit ON settings")
        await database.write(put("b"))


async def test_a_server_that_restarts_is_waited_for(postgres_url: str, restart_postgres: Any) -> None:
    async with await open_database(postgres_url) as database:
        await database.write(put("before"))
        writing = [asyncio.create_task(database.write(put(f"{number}"))) for number in range(20)]
        await restart_postgres()
        outcomes = await asyncio.gather(*writing, return_exceptions=True)
        await database.write(put("after"))
        for number, outcome in enumerate(outcomes):
            stored = await database.read(lambda tx, n=number: settings.get(tx, f"{n}"))  # type: ignore[misc]
            # What was acknowledged is there; what was not may be.
            assert isinstance(outcome, StorageUnavailable) or stored == "1"
        assert await database.read(lambda tx: settings.get(tx, "before")) == "1"


async def test_a_database_that_is_not_there_is_reported_in_words(postgres_server: str) -> None:
    with pytest.raises(StorageUnavailable, match="nowhere"):
        await open_database(with_name(postgres_server, "nowhere"))


async def test_a_server_that_is_not_there_is_reported_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.PATIENCE_SECONDS", 0.0)
    with pytest.raises(StorageUnavailable, match="PostgreSQL cannot be used"):
        await open_database("postgresql://somebody:secret-word@127.0.0.1:1/x")


async def test_a_password_never_stands_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.PATIENCE_SECONDS", 0.0)
    with pytest.raises(StorageUnavailable) as caught:
        await open_database("postgresql://somebody:secret-word@127.0.0.1:1/x")
    assert "secret-word" not in str(caught.value)


async def test_a_read_only_server_is_reported(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.PATIENCE_SECONDS", 0.0)
    async with await open_database(postgres_url) as database:

        def standby(tx: Transaction) -> None:
            tx.connection.execute(text("SET TRANSACTION READ ONLY"))
            settings.put(tx, "a", "1", NOON)

        with pytest.raises(StorageUnavailable, match="read-only"):
            await database.write(standby)


async def test_a_row_that_is_locked_too_long_is_reported(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.LOCK_SECONDS", 0.05)
    async with await open_database(postgres_url) as database, await open_database(postgres_url) as other:
        assert isinstance(other, PostgresDatabase)
        await other.write(put("a"))
        async with other._line() as line:
            await line.raw.execute("BEGIN; UPDATE settings SET value = '2'")
            with pytest.raises(StorageBusy, match="held"):
                await database.write(put("a"))
            await line.raw.execute("ROLLBACK")
        await database.write(put("a"))
