"""SQLite: one thread writes, gathering whatever waits into one commit; two more read.

1. A unit waits for its commit to be on disk (``synchronous=FULL``); units that wait together share one. The event
   loop gathers what one round of it brings and hands it over at once, so that the two threads seldom compete.
2. A unit that fails is undone alone: when it had changed something, its companions are run again without it.
3. At most ``MOST_WAITING`` units wait; further callers wait for room.
4. The write lock is taken before the first statement (``BEGIN IMMEDIATE``), and waited for as long as a
   connection waits (``storage.sqlite_connection``).
"""

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from storage.database import Database
from storage.errors import StorageUnavailable
from storage.files import prepare
from storage.sqlite_connection import SQLiteTransaction, connect
from storage.sqlite_trouble import trouble_of
from storage.transaction import Hint, Unit

MOST_WAITING = 10_000
MOST_IN_COMMIT = 256
"""Units that are handed over in one piece; about so many share a commit."""
SLOW_SECONDS = 0.1
WATCH_SECONDS = 0.05
"""How often another process's commits are looked for while somebody listens for hints."""
READERS = 2

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class _Job(NamedTuple):
    unit: Unit[Any]
    future: "asyncio.Future[Any]"


class _Outcome(NamedTuple):
    future: "asyncio.Future[Any]"
    result: Any
    error: BaseException | None


class _Undo(Exception):
    """A unit of a batch failed after it had changed something."""


class SQLiteDatabase(Database):
    """One file, one writing thread, two reading ones."""

    dialect = "sqlite"

    def __init__(self, path: Path, migrated: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.path = path
        self.migrated = migrated
        self.commits = 0
        """Commits so far."""
        self.units = 0
        """Units committed so far."""
        self._loop = asyncio.get_running_loop()
        self._gathered: list[_Job] = []
        self._queue: queue.SimpleQueue[list[_Job] | None] = queue.SimpleQueue()
        self._waiting = 0
        self._outside: deque[asyncio.Future[None]] = deque()
        self._closed = False
        self._writing = SQLiteTransaction(connect(path))
        self._changed_elsewhere = self._data_version()
        self._idle = [self._open_reader() for _ in range(READERS)]
        self._readers = ThreadPoolExecutor(READERS, "sqlite-read")
        self._thread = threading.Thread(target=self._write_forever, name="sqlite-write", daemon=True)
        self._thread.start()

    async def write(self, unit: Unit[_Result]) -> _Result:
        """Run a unit that changes something; returns after its commit."""
        if self._closed:
            raise StorageUnavailable("the database is closed")
        while self._waiting >= MOST_WAITING:
            await self._wait_for_room()
        future: asyncio.Future[_Result] = self._loop.create_future()
        if not self._gathered:
            self._loop.call_soon(self._hand_over)
        self._gathered.append(_Job(unit, future))
        self._waiting += 1
        try:
            return await future
        finally:
            self._waiting -= 1
            if self._outside:
                self._let_in()

    async def read(self, unit: Unit[_Result]) -> _Result:
        """Run a unit that only reads."""
        if self._closed:
            raise StorageUnavailable("the database is closed")
        return await self._loop.run_in_executor(self._readers, self._read, unit)

    async def scrub(self) -> None:
        """Bring everything from the log into the file, and empty the log."""
        await self._loop.run_in_executor(None, self._empty_log)

    def _empty_log(self) -> None:
        with closing(connect(self.path)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Finish what was begun and close the file. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._hand_over()
        self._queue.put(None)
        await self._loop.run_in_executor(self._readers, self._thread.join)
        self._readers.shutdown()
        for reader in self._idle:
            reader.close()
        self._writing.close()

    async def _wait_for_room(self) -> None:
        place: asyncio.Future[None] = self._loop.create_future()
        self._outside.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._let_in()  # Somebody else may have the room.
            raise

    def _let_in(self) -> None:
        """Let the next one in who waits for room."""
        while self._outside:
            place = self._outside.popleft()
            if not place.done():
                place.set_result(None)
                return

    def _hand_over(self) -> None:
        """Let the writing thread have what was gathered."""
        gathered, self._gathered = self._gathered, []
        for start in range(0, len(gathered), MOST_IN_COMMIT):
            self._queue.put(gathered[start : start + MOST_IN_COMMIT])

    # In a reading thread.

    def _open_reader(self) -> SQLiteTransaction:
        reader = SQLiteTransaction(connect(self.path))
        reader.raw.execute("PRAGMA query_only=ON")
        return reader

    def _read(self, unit: Unit[_Result]) -> _Result:
        reader = self._idle.pop()  # There are as many as threads.
        try:
            reader.raw.execute("BEGIN")
            try:
                return unit(reader)
            finally:
                reader.settle("ROLLBACK")
                reader.hints.clear()
        except Exception as error:
            if trouble := trouble_of(error, self.path):
                raise trouble from error
            raise
        finally:
            self._idle.append(reader)

    # In the writing thread.

    def _write_forever(self) -> None:
        while True:
            batch, last = self._gather()
            if batch:
                outcomes = self._commit(batch)
                self._post(outcomes, tuple(self._writing.hints))
                self._writing.hints.clear()
            if last:
                return

    def _gather(self) -> tuple[list[_Job], bool]:
        """The next units to commit together, and whether they are the last."""
        batch: list[_Job] = []
        jobs = self._wait()
        while jobs is not None:
            batch += [job for job in jobs if not job.future.cancelled()]
            if len(batch) >= MOST_IN_COMMIT:
                return batch, False
            try:
                jobs = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _wait(self) -> list[_Job] | None:
        while self.listeners:
            try:
                return self._queue.get(timeout=WATCH_SECONDS)
            except queue.Empty:
                self._look_elsewhere()
        return self._queue.get()

    def _look_elsewhere(self) -> None:
        """Hint at everything when another process has committed something."""
        seen = self._data_version()
        if seen != self._changed_elsewhere:
            self._changed_elsewhere = seen
            self._post([], (Hint(None, 0, True),))

    def _data_version(self) -> int:
        version: int = self._writing.raw.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _commit(self, batch: list[_Job]) -> list[_Outcome]:
        """Run the units and commit them together; what became of each."""
        try:
            try:
                outcomes = self._attempt(batch, guarded=False)
            except _Undo:
                self._roll_back()
                outcomes = self._attempt(batch, guarded=True)
        except BaseException as error:
            self._roll_back()
            trouble = trouble_of(error, self.path) or error
            if trouble is not error:
                trouble.__cause__ = error
            return [_Outcome(job.future, None, trouble) for job in batch]
        return outcomes

    def _attempt(self, batch: list[_Job], *, guarded: bool) -> list[_Outcome]:
        tx, raw = self._writing, self._writing.raw
        outcomes: list[_Outcome] = []
        raw.execute("BEGIN IMMEDIATE")
        for unit, future in batch:
            if guarded:
                raw.execute("SAVEPOINT unit")
            changes, hints, began = raw.total_changes, len(tx.hints), time.perf_counter()
            try:
                result = unit(tx)
            except Exception as error:
                if trouble_of(error, self.path) or not raw.in_transaction:
                    raise
                if guarded:
                    raw.execute("ROLLBACK TO unit")
                elif raw.total_changes != changes:
                    if len(batch) > 1:
                        raise _Undo from error
                    self._roll_back()
                del tx.hints[hints:]
                outcomes.append(_Outcome(future, None, error))
            else:
                outcomes.append(_Outcome(future, result, None))
            if guarded:
                raw.execute("RELEASE unit")
            if (took := time.perf_counter() - began) > SLOW_SECONDS:
                _log.warning("a unit of work kept every writer waiting for %d ms: %s", took * 1000, _name(unit))
        if raw.in_transaction:
            tx.settle("COMMIT")
            self.commits += 1
            self.units += len(batch)
        return outcomes

    def _roll_back(self) -> None:
        self._writing.hints.clear()
        try:
            self._writing.settle("ROLLBACK")
        except sqlite3.Error:
            _log.exception("could not roll back")

    def _post(self, outcomes: list[_Outcome], hints: tuple[Hint, ...]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._deliver, outcomes, hints)
        except RuntimeError:
            _log.warning("the event loop is gone; nobody hears what was committed")

    # In the event loop.

    def _deliver(self, outcomes: list[_Outcome], hints: tuple[Hint, ...]) -> None:
        for future, result, error in outcomes:
            if not future.done():
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)
        for hint in hints:
            for listener in tuple(self.listeners):
                listener(hint)


def _name(unit: Any) -> str:
    """What a unit is called. Never its ``repr``: that would put into the log what a visitor said."""
    while isinstance(unit, partial):
        unit = unit.func
    return str(getattr(unit, "__qualname__", type(unit).__qualname__))


async def open_sqlite(path: Path) -> SQLiteDatabase:
    """Open the file, making it or bringing its schema up to date where needed."""
    migrated = await asyncio.get_running_loop().run_in_executor(None, prepare, path)
    try:
        return SQLiteDatabase(path, migrated)
    except sqlite3.Error as error:
        raise trouble_of(error, path) or error from error
