"""Hints that something is new: cheap, quick, and allowed to get lost, because the database is the truth.

1. What this process commits is hinted at once, on every database.
2. On SQLite another process's commit is noticed within a twentieth of a second, without saying what it was.
3. On PostgreSQL it comes by LISTEN/NOTIFY, on a connection of its own that is opened again when it breaks. Whatever
   was missed meanwhile is covered by one hint to look at everything.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from storage.database import Database
from storage.transaction import Hint

__all__ = ["Hint", "Hints", "open_hints"]

EVERYTHING = Hint(None, 0, True)
RECONNECT_SECONDS = 0.5
ALIVE_SECONDS = 30.0
"""How often a quiet connection is asked whether it is still there."""

_log = logging.getLogger(__name__)


class Hints:
    """Hints of one database, for callbacks in the event loop. Open it with ``async with open_hints(database)``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._callbacks: list[Callable[[Hint], None]] = []
        self._listening: asyncio.Task[None] | None = None

    def listen(self, callback: Callable[[Hint], None]) -> Callable[[], None]:
        """Call back for each hint from now on; returns how to stop it."""
        self._callbacks.append(callback)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._callbacks.remove(callback)

        return stop

    async def close(self) -> None:
        """Stop listening. May be called twice."""
        with contextlib.suppress(ValueError):
            self._database.listeners.remove(self._tell)
        task, self._listening = self._listening, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def __aenter__(self) -> Self:
        self._database.listeners.append(self._tell)
        if self._database.dialect == "postgresql":
            established = asyncio.Event()
            self._listening = asyncio.create_task(self._listen_forever(established))
            await established.wait()
        else:
            await self._database.write(lambda tx: None)  # Wakes the writing thread, which watches from now on.
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _tell(self, hint: Hint) -> None:
        for callback in tuple(self._callbacks):
            try:
                callback(hint)
            except Exception:
                _log.exception("somebody who listens for hints failed")

    async def _listen_forever(self, established: asyncio.Event) -> None:
        from storage.postgres import PostgresDatabase
        from storage.postgres_trouble import trouble_of

        database = self._database
        assert isinstance(database, PostgresDatabase)
        while True:
            try:
                async with database.listening(self._tell) as raw:
                    if established.is_set():
                        self._tell(EVERYTHING)  # For whatever was missed.
                    established.set()
                    await _until_gone(raw)
                _log.warning("the connection that listens for hints broke; opening it again")
            except Exception as error:
                if trouble_of(error) is None:
                    raise
                _log.warning("cannot listen for hints: %s", error)
            finally:
                established.set()
            await asyncio.sleep(RECONNECT_SECONDS)


async def _until_gone(raw: Any) -> None:
    """Return when a connection is closed, or does not answer any more."""
    gone = asyncio.Event()
    raw.add_termination_listener(lambda _: gone.set())
    while not raw.is_closed():
        try:
            async with asyncio.timeout(ALIVE_SECONDS):
                await gone.wait()
        except TimeoutError:
            await raw.execute("SELECT 1")


def open_hints(database: Database) -> Hints:
    """The hints of a database, to be entered with ``async with``."""
    return Hints(database)
