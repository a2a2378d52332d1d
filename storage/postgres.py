"""PostgreSQL: several processes over one database, each with a few connections.

1. A unit is run again when the database asks for it (serialization failure, deadlock), or when its connection broke
   before the commit was sent. When the connection breaks during the commit nobody knows: ``StorageUnavailable``.
2. Connections that a restart of the server has cut are noticed before they are used; for ``PATIENCE_SECONDS`` a
   server that does not answer is waited for.
3. The message path talks to asyncpg directly; SQLAlchemy's connection stands over the same one.
"""

import asyncio
import contextlib
import random
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only, greenlet_spawn

from storage import migrating
from storage.database import Database
from storage.errors import Conflict, ForeignDatabase, StorageBusy, StorageUnavailable
from storage.postgres_trouble import is_cut, may_pass, sqlstate, trouble_of
from storage.statements import Parameters, Statement
from storage.tables import TABLES
from storage.transaction import Hint, Transaction, Unit

CONNECTIONS = 10
CONNECT_SECONDS = 5.0
STATEMENT_SECONDS = 30.0
LOCK_SECONDS = 5.0
PATIENCE_SECONDS = 5.0
ATTEMPTS = 6
CHANNEL = "handraiser"
"""Of NOTIFY; the payload is ``process:conversation:last seq:work``."""

_ADVISORY_LOCK = 0x48414E44
_ERASED = "what this belongs to has been erased meanwhile"
_AGAIN = ("40001", "40P01")
"""Serialization failure, deadlock."""
_OURS = re.compile(r"([0-9a-f]+):([0-9]+):([0-9]+):([01])")
_Result = TypeVar("_Result")


class _Line:
    """One connection, as asyncpg and as SQLAlchemy see it. Transactions are begun and ended by hand."""

    __slots__ = ("connection", "raw")

    def __init__(self, connection: AsyncConnection, raw: Any) -> None:
        self.connection = connection
        self.raw = raw

    async def hang_up(self) -> None:
        """Close it in good order, if the other side still listens."""
        with contextlib.suppress(Exception):
            await self.raw.close(timeout=CONNECT_SECONDS)
        await self.drop()

    async def drop(self) -> None:
        """Close it, whatever state it is in."""
        self.raw.terminate()
        with contextlib.suppress(Exception):  # SQLAlchemy only has to forget it.
            await self.connection.invalidate()
            await self.connection.close()


class PostgresTransaction(Transaction):
    """A transaction on one connection, for a unit that runs in a greenlet."""

    __slots__ = ("_line", "_sqlalchemy")

    dialect = "postgresql"

    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line
        self._sqlalchemy: Connection | None = None

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection over the same one."""
        if self._sqlalchemy is None:
            self._sqlalchemy = self._line.connection.sync_connection
            assert self._sqlalchemy is not None
            self._sqlalchemy.begin()
        return self._sqlalchemy

    def rows(self, statement: Statement, parameters: Parameters) -> Sequence[Sequence[Any]]:
        """Run a statement that returns rows."""
        sql, values = statement.for_postgres(parameters)
        try:
            found: Sequence[Sequence[Any]] = await_only(self._line.raw.fetch(sql, *values))
        except asyncpg.ForeignKeyViolationError:
            raise Conflict(_ERASED) from None
        return found

    def run(self, statement: Statement, parameters: Parameters) -> int:
        """Run a statement that changes rows; how many it changed."""
        sql, values = statement.for_postgres(parameters)
        try:
            status: str = await_only(self._line.raw.execute(sql, *values))
        except asyncpg.ForeignKeyViolationError:
            raise Conflict(_ERASED) from None
        return int(status.rpartition(" ")[2])

    def run_many(self, statement: Statement, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each of many sets of values, in one round trip."""
        many = [statement.for_postgres(one) for one in parameters]
        if many:
            await_only(self._line.raw.executemany(many[0][0], [values for _, values in many]))

    def let_go(self) -> None:
        """Forget SQLAlchemy's notion of the transaction, which is over."""
        if self._sqlalchemy is not None and (begun := self._sqlalchemy.get_transaction()):
            begun.rollback()


class PostgresDatabase(Database):
    """A server, and a few connections to it."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self._engine = _engine(url)
        self._idle: list[_Line] = []
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._closed = False
        self._name = secrets.token_hex(8)

    async def write(self, unit: Unit[_Result]) -> _Result:
        """Run a unit that changes something; returns after its commit."""
        return await self._persist(unit, "BEGIN")

    async def read(self, unit: Unit[_Result]) -> _Result:
        """Run a unit that only reads."""
        return await self._persist(unit, "BEGIN READ ONLY")

    async def scrub(self) -> None:
        """Clear what was deleted out of the tables."""
        async with self._line() as line:
            await line.raw.execute(f"VACUUM {', '.join(TABLES)}")

    async def close(self) -> None:
        """Finish what was begun and close the connections. May be called twice."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STATEMENT_SECONDS):
                for _ in range(CONNECTIONS):  # Until nobody uses one any more.
                    await self._room.acquire()
        while self._idle:
            await self._idle.pop().hang_up()
        await self._engine.dispose()
        for _ in range(CONNECTIONS):  # Who still waits for one is told that it is too late.
            self._room.release()

    @asynccontextmanager
    async def listening(self, tell: Callable[[Hint], None]) -> AsyncIterator[Any]:
        """A connection of its own on which the hints of other processes come in; raises what asyncpg raises."""

        def told(connection: Any, sender: int, channel: str, payload: str) -> None:
            hint = _OURS.fullmatch(payload)
            if hint is not None and hint[1] != self._name:  # Our own were told when they were committed.
                tell(Hint(int(hint[2]), int(hint[3]), hint[4] == "1"))

        line = await self._open()
        try:
            await line.raw.add_listener(CHANNEL, told)
            yield line.raw
        finally:
            await line.hang_up()

    async def _persist(self, unit: Unit[_Result], begin: str) -> _Result:
        """Run a unit, again where that is safe and may help."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        attempt = 0
        while True:
            try:
                return await self._attempt(unit, begin)
            except _Uncertain as uncertain:
                raise StorageUnavailable(
                    "the connection to PostgreSQL broke while a unit was being committed: "
                    "it may or may not have been saved"
                ) from uncertain.__cause__
            except Exception as error:
                attempt += 1
                trouble = trouble_of(error)
                if sqlstate(error) in _AGAIN:
                    if attempt >= ATTEMPTS:
                        raise StorageBusy("transactions keep getting into each other's way; try again") from error
                elif trouble is None:
                    raise
                elif not may_pass(error) or time.monotonic() >= give_up:
                    raise trouble from error
            await asyncio.sleep(random.uniform(0.2, 1.0) * min(0.5, 0.01 * 2**attempt))

    async def _attempt(self, unit: Unit[_Result], begin: str) -> _Result:
        async with self._line() as line:
            raw = line.raw
            await raw.execute(begin)
            tx = PostgresTransaction(line)
            try:
                result: _Result = await greenlet_spawn(unit, tx)
            except BaseException:
                with contextlib.suppress(Exception):  # It is closed then, and the transaction over as well.
                    await raw.execute("ROLLBACK")
                raise
            finally:
                tx.let_go()
            await _commit(raw, self._name, tx.hints)
            for hint in tx.hints:
                for listener in tuple(self.listeners):
                    listener(hint)
            return result

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[_Line]:
        """A connection of one's own; closed when it broke or was left in the middle of something."""
        async with self._room:
            if self._closed:
                raise _closed()
            line = await self._next_idle() or await self._open()
            try:
                yield line
            finally:
                if line.raw.is_closed() or line.raw.is_in_transaction():
                    await line.drop()
                else:
                    self._idle.append(line)

    async def _next_idle(self) -> _Line | None:
        while self._idle:
            line = self._idle.pop()
            if not line.raw.is_closed():
                return line
            await line.drop()
        return None

    async def _open(self) -> _Line:
        connection = await self._engine.connect()
        fairy = await connection.get_raw_connection()
        return _Line(connection, fairy.driver_connection)


def _closed() -> StorageUnavailable:
    return StorageUnavailable("the database is closed")


class _Uncertain(Exception):
    """The connection broke after the commit had been sent."""


async def _commit(raw: Any, process: str, hints: list[Hint]) -> None:
    """Commit, and send the hints in the same round trip."""
    notify = "".join(
        f"NOTIFY {CHANNEL}, '{process}:{hint.conversation_id:d}:{hint.last_seq:d}:{hint.work:d}';"
        for hint in hints
        if hint.conversation_id is not None
    )
    try:
        await raw.execute(f"{notify}COMMIT")
    except asyncpg.PostgresError as error:
        if is_cut(error):
            raise _Uncertain from error
        raise  # The server says that it did not commit.
    except (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        raise _Uncertain from error


def _engine(url: str) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": STATEMENT_SECONDS,
            "statement_cache_size": 512,
            "server_settings": {
                "application_name": "handraiser",
                "lock_timeout": str(int(LOCK_SECONDS * 1000)),
                "idle_in_transaction_session_timeout": str(int(STATEMENT_SECONDS * 1000)),
            },
        },
    )


async def open_postgres(url: str) -> PostgresDatabase:
    """Connect, and bring the schema up to date where needed."""
    database = PostgresDatabase(url)
    try:
        if await database.read(_missing):
            database.migrated = await asyncio.to_thread(_migrate_alone, url)
    except BaseException:
        await database.close()
        raise
    return database


def _missing(tx: Transaction) -> tuple[str, ...]:
    return _missing_on(tx.connection)


def _missing_on(connection: Connection) -> tuple[str, ...]:
    """What the schema still needs. Raises when the database is not ours."""
    name = f"the database {connection.engine.url.database}"
    has = connection.dialect.has_table
    if has(connection, migrating.TABLE):
        return migrating.missing(
            connection.exec_driver_sql(f"SELECT version_num FROM {migrating.TABLE}").scalar(), name
        )
    if taken := [table for table in TABLES if has(connection, table)]:
        raise ForeignDatabase(
            f"{name} belongs to another program (it has a table {taken[0]!r} and no {migrating.TABLE!r}): "
            "name an empty one in [storage] url"
        )
    return migrating.missing(None, name)


def _migrate_alone(url: str) -> tuple[str, ...]:
    """Migrate in a thread and an event loop of its own: Alembic cannot do two things at a time."""
    with migrating.ALONE:
        return asyncio.run(_migrate(url))


async def _migrate(url: str) -> tuple[str, ...]:
    """Bring the schema up to date in one transaction; one process does, the others wait."""

    def upgrade(connection: Connection) -> tuple[str, ...]:
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        done = _missing_on(connection)
        if done:
            migrating.upgrade(connection)
        return done

    engine = _engine(url)
    try:
        async with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
            return await connection.run_sync(upgrade)
    finally:
        await engine.dispose()
