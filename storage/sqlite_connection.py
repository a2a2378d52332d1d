"""A connection to a SQLite file, and a transaction on it. Nothing committed is lost, nothing erased stays readable."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from storage.sqlite_trouble import conflict_of
from storage.statements import Parameters, Statement
from storage.transaction import Transaction

BUSY_SECONDS = 5.0
"""How long another process's write lock is waited for."""
_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-32000")


class SQLiteTransaction(Transaction):
    """A transaction on one raw connection."""

    __slots__ = ("_cursor", "_sqlalchemy", "raw")

    dialect = "sqlite"

    def __init__(self, raw: sqlite3.Connection) -> None:
        super().__init__()
        self.raw = raw
        self._cursor = raw.cursor()
        self._sqlalchemy = over(raw)

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection over the same raw one."""
        if not self._sqlalchemy.in_transaction():
            self._sqlalchemy.begin()
        return self._sqlalchemy

    def rows(self, statement: Statement, parameters: Parameters) -> Sequence[Sequence[Any]]:
        """Run a statement that returns rows."""
        try:
            return self._cursor.execute(*statement.for_sqlite(parameters)).fetchall()
        except sqlite3.IntegrityError as error:
            raise conflict_of(error) from None

    def run(self, statement: Statement, parameters: Parameters) -> int:
        """Run a statement that changes rows; how many it changed."""
        try:
            return self._cursor.execute(*statement.for_sqlite(parameters)).rowcount
        except sqlite3.IntegrityError as error:
            raise conflict_of(error) from None

    def run_many(self, statement: Statement, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each of many sets of values."""
        execute = self._cursor.execute
        try:
            for one in parameters:  # Quicker than "executemany" for the few that there are.
                execute(*statement.for_sqlite(one))
        except sqlite3.IntegrityError as error:
            raise conflict_of(error) from None

    def settle(self, word: str) -> None:
        """COMMIT or ROLLBACK."""
        try:
            if self.raw.in_transaction:
                self.raw.execute(word)
        finally:
            if begun := self._sqlalchemy.get_transaction():
                begun.rollback()  # Only SQLAlchemy's own notion of it: the raw one is over.

    def close(self) -> None:
        """Close the connection."""
        self._sqlalchemy.close()
        self.raw.close()


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """A raw connection that begins and ends transactions only when told to."""
    raw = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        # FULL: what was committed survives a power cut, too. Shared commits make it nearly free.
        # Secure delete: who is erased is gone from the file, not only from its index.
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        if not readonly:
            raw.execute("PRAGMA journal_mode=WAL")  # Stays with the file; a backup may have lost it.
    except BaseException:
        raw.close()
        raise
    return raw


def over(raw: sqlite3.Connection) -> Connection:
    """SQLAlchemy's connection over a raw one, which stays open when this is closed.

    To be made before a transaction is begun: SQLAlchemy rolls back whatever is open when it first connects.
    """
    return create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool).connect()
