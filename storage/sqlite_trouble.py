"""What SQLite's own trouble means, and what would mend it."""

import sqlite3
from pathlib import Path

from sqlalchemy import exc

from storage.errors import Conflict, StorageBusy, StorageCorrupt, StorageError, StorageFull, StorageUnavailable


def conflict_of(error: sqlite3.IntegrityError) -> Exception:
    """``Conflict`` when what a row belongs to is gone; any other broken rule is a mistake of the unit."""
    if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return Conflict("what this belongs to has been erased meanwhile")
    return error


def trouble_of(error: BaseException, path: Path) -> StorageError | None:
    """What the database's own trouble means; None for a mistake of the unit."""
    if isinstance(error, exc.DBAPIError) and isinstance(error.orig, sqlite3.Error):
        error = error.orig
    if not isinstance(error, sqlite3.Error):
        return None
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StorageBusy(f"another process has held {path} for too long; try again")
        case sqlite3.SQLITE_FULL:
            return StorageFull(f"no room is left for {path}: make some on its disk; nothing needs a restart")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return corrupt(path, str(error))
        case (
            sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_NOMEM
            | sqlite3.SQLITE_PROTOCOL
        ):
            return StorageUnavailable(f"{path} cannot be read or written: {error}")
    return None


def corrupt(path: Path, why: str) -> StorageCorrupt:
    """The error for a damaged file."""
    return StorageCorrupt(
        f"{path} is damaged ({why}). It was left as it is. Put a backup in its place, "
        f"or save what can be read with: sqlite3 {path} .recover | sqlite3 rescued.db"
    )
