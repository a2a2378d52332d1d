"""A SQLite file before it is used: made whole or not at all, recognised as ours, backed up before it is changed.

1. A new database is made under another name and then given its own: a file that bears the name is complete.
2. A file that is not ours, is damaged or comes from a newer version is refused and left exactly as it is.
3. Before the schema of a file is changed, a copy is put beside it.
"""

import os
import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage import migrating
from storage.columns import micros
from storage.errors import ForeignDatabase, StorageBusy, StorageCorrupt, StorageUnavailable
from storage.sqlite_connection import connect, over
from storage.sqlite_trouble import corrupt, trouble_of

APPLICATION_ID = 0x48414E44
"""Stands in the header of every file of ours: "HAND"."""
CHECK_BYTES = 32 * 1024 * 1024
"""A file up to this size is checked page by page whenever it is opened; larger ones by ``handraiser doctor``."""
MIGRATION_WAIT_SECONDS = 60

_MAGIC = b"SQLite format 3\x00"


def prepare(path: Path) -> tuple[str, ...]:
    """Make sure the file is there, sound, ours, and of this version's schema; what had to be changed, in words.

    Raises ``StorageError``; the file is then as it was.
    """
    try:
        if not path.exists():
            return _make(path)
        _recognise(path)
        stored = _examine(path)
        return _upgrade(path) if migrating.missing(stored, str(path)) else ()
    except sqlite3.Error as error:
        raise trouble_of(error, path) or error from error
    except OSError as error:
        raise StorageUnavailable(f"{path} cannot be used: {error.strerror or error}") from error


def backup(path: Path, copy: Path, at: datetime) -> None:
    """Copy a database that may be in use; the copy is whole and needs no other file.

    A process that is started on the copy performs no effects until somebody says so (``storage.outbox.resume``):
    what waited then has most likely been done since.
    """
    with closing(connect(path, readonly=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        with target:
            target.execute(
                "INSERT OR REPLACE INTO settings (key, value, updated) VALUES ('outbox.paused', ?, ?)",
                (f"this is a backup made {at.isoformat(timespec='seconds')}", micros(at)),
            )


def damage(path: Path) -> str | None:
    """What a check of every page finds; None for nothing. Takes seconds for a large file."""
    try:
        with closing(connect(path, readonly=True)) as raw:
            return _damage(raw)
    except sqlite3.DatabaseError as error:
        return str(error)


def _make(path: Path) -> tuple[str, ...]:
    if path.with_name(path.name + "-wal").exists():
        raise StorageCorrupt(
            f"{path} is missing, but {path.name}-wal beside it holds what was written last. Put the database back "
            f"next to it, or move {path.name}-wal away to begin with an empty one"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    young = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with closing(sqlite3.connect(young, isolation_level=None)) as raw:
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            raw.execute("PRAGMA synchronous=FULL")
            done = _migrate(raw, str(path))
            raw.execute("PRAGMA journal_mode=WAL")
        try:
            os.link(young, path)
        except FileExistsError:
            return prepare(path)  # Another process was making it at the same time.
        _sync_folder(path.parent)
    finally:
        young.unlink(missing_ok=True)
    return done


def _recognise(path: Path) -> None:
    """Refuse what is no database of ours, by the bytes of the file alone."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        raise StorageCorrupt(f"{path} is empty. Put a backup in its place, or delete it to begin with a new database")
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise corrupt(path, "it does not begin as a SQLite database does")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise ForeignDatabase(f"{path} belongs to another program; name another file in [storage] url")
    page = int.from_bytes(header[16:18])
    pages = int.from_bytes(header[28:32])
    if path.stat().st_size < (65536 if page == 1 else page) * pages and not _has_wal(path):
        raise corrupt(path, "its end is missing")


def _examine(path: Path) -> str | None:
    """The revision of the schema it has. Raises ``StorageCorrupt``."""
    with closing(connect(path, readonly=True)) as raw:
        if path.stat().st_size <= CHECK_BYTES and (found := _damage(raw)):
            raise corrupt(path, found)
        return _revision(raw)


def _damage(raw: sqlite3.Connection) -> str | None:
    findings = [" ".join(str(row[0]).split()) for row in raw.execute("PRAGMA quick_check(3)")]
    return None if findings == ["ok"] else "; ".join(findings)


def _revision(raw: sqlite3.Connection) -> str | None:
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (migrating.TABLE,)).fetchone():
        return None
    row = raw.execute(f"SELECT version_num FROM {migrating.TABLE}").fetchone()
    return None if row is None else str(row[0])


def _upgrade(path: Path) -> tuple[str, ...]:
    with closing(connect(path)) as raw:
        raw.execute(f"PRAGMA busy_timeout={MIGRATION_WAIT_SECONDS * 1000}")
        try:
            return _migrate(raw, str(path), keep=path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise StorageBusy(
                    f"{path} must be brought up to date, but another process has been using it for "
                    f"{MIGRATION_WAIT_SECONDS} seconds: stop that one first"
                ) from error
            raise


def _migrate(raw: sqlite3.Connection, name: str, *, keep: Path | None = None) -> tuple[str, ...]:
    """Bring the schema up to date in one transaction; somebody who was faster is left alone."""
    raw.execute("PRAGMA foreign_keys=OFF")  # Tables are rebuilt under other names.
    with migrating.ALONE, over(raw) as connection:
        raw.execute("BEGIN EXCLUSIVE")
        try:
            done = migrating.missing(_revision(raw), name)
            if done and keep is not None:
                now = datetime.now(UTC)
                backup(keep, _free_name(keep, now), now)
            if done:
                with connection.begin():  # Tells SQLAlchemy of the transaction, and commits it.
                    migrating.upgrade(connection)
        finally:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
    return done


def _free_name(path: Path, now: datetime) -> Path:
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.name}.{stamp}.backup")
    return copy if not copy.exists() else path.with_name(f"{path.name}.{stamp}.{secrets.token_hex(2)}.backup")


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _sync_folder(folder: Path) -> None:
    """Make the new name in the folder survive a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
