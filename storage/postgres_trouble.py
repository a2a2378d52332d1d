"""What PostgreSQL's own trouble means, and whether it may pass."""

import asyncpg
from sqlalchemy import exc

from storage.errors import StorageBusy, StorageCorrupt, StorageError, StorageFull, StorageUnavailable

_SHUT = ("57P01", "57P02", "57P03", "25P03")
"""Stopped by an administrator, crashed, starting up, idle in a transaction for too long."""


def sqlstate(error: BaseException) -> str:
    """The database's own code of an error; "" where it has none."""
    if isinstance(error, exc.DBAPIError) and error.orig is not None:
        error = error.orig
    return str(getattr(error, "sqlstate", None) or "")


def trouble_of(error: BaseException) -> StorageError | None:
    """What the database's own trouble means; None for a mistake of the unit."""
    if isinstance(error, StorageError):
        return error
    state = sqlstate(error)
    if state in ("55P03", "57014"):
        return StorageBusy("somebody else has held what was needed for too long; try again")
    if state in ("53100", "53200"):
        return StorageFull(f"PostgreSQL has run out of room: {error}")
    if state in ("XX001", "XX002"):
        return StorageCorrupt(f"PostgreSQL reports damaged data: {error}")
    if is_cut(error) or state in ("25006", "53300", "3D000") or state[:2] == "28":
        return StorageUnavailable(f"PostgreSQL cannot be used: {error}")
    return None


def may_pass(error: BaseException) -> bool:
    """Whether waiting a moment may help: the server is being restarted, or has too many guests."""
    return is_cut(error) or sqlstate(error) in ("25006", "53300")


def is_cut(error: BaseException) -> bool:
    """Whether there is no connection, or none any more."""
    state = sqlstate(error)
    if state[:2] == "08" or state in _SHUT:
        return True
    if isinstance(error, exc.DBAPIError):
        return error.connection_invalidated
    if isinstance(error, asyncpg.InterfaceError):
        return "connection" in str(error)
    # asyncpg fails internally when the server's farewell comes before a statement was sent.
    return isinstance(error, (OSError, TimeoutError, asyncpg.InternalClientError))
