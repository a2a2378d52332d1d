import hashlib
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from storage import files, migrating, outbox, settings
from storage.database import open_database
from storage.errors import ForeignDatabase, NewerSchema, StorageBusy, StorageCorrupt, StorageError, StorageUnavailable
from storage.files import prepare
from tests.databases import raw_sqlite
from tests.storage.samples import NOON


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        for number in range(200):
            raw.execute("INSERT INTO settings VALUES (?, ?, 0)", (f"{number}", "x" * 400))


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE leads (id INTEGER)")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE schema_revision SET version_num = '9999'")


def lose_main(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"x" * 5000)
    path.unlink()


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, tuple[Callable[[Path], object], type[StorageError]]] = {
    "no beginning": (lambda path: overwrite(path, 0, b"\0" * 4096), StorageCorrupt),
    "a text file": (lambda path: path.write_text("Dear diary, " * 1000), StorageCorrupt),
    "a few bytes": (lambda path: path.write_bytes(b"SQLite format 3\0"), StorageCorrupt),
    "nothing": (lambda path: path.write_bytes(b""), StorageCorrupt),
    "no end": (lambda path: path.write_bytes(path.read_bytes()[:-4096]), StorageCorrupt),
    "a page of noise": (lambda path: overwrite(path, path.stat().st_size - 12288, b"\xa5" * 8192), StorageCorrupt),
    "somebody else's": (make_foreign, ForeignDatabase),
    "from the future": (make_newer, NewerSchema),
    "only the log": (lose_main, StorageCorrupt),
    "a folder": (make_folder, StorageUnavailable),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_file_that_cannot_be_used_is_refused_and_left_alone(path: Path, sqlite_url: str, damage: str) -> None:
    fill(path)
    harm, expected = DAMAGES[damage]
    harm(path)
    before = {one.name: hashlib.sha256(one.read_bytes()).digest() for one in path.parent.iterdir() if one.is_file()}
    with pytest.raises(expected) as caught:
        await open_database(sqlite_url)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)
    after = {one.name: hashlib.sha256(one.read_bytes()).digest() for one in path.parent.iterdir() if one.is_file()}
    assert {name: after.get(name) for name in before} == before
    assert not set(after) - set(before) - {f"{path.name}-wal", f"{path.name}-shm"}


async def test_a_page_that_breaks_while_running_is_reported(path: Path, sqlite_url: str) -> None:
    fill(path)
    async with await open_database(sqlite_url) as database:
        overwrite(path, 4096, b"\xa5" * (path.stat().st_size - 4096))
        with pytest.raises(StorageCorrupt, match="backup"):
            await database.read(lambda tx: settings.get(tx, "100"))
    assert files.damage(path)


def test_many_may_start_at_once_where_there_is_no_file_yet(tmp_path: Path) -> None:
    path = tmp_path / "data" / "new.db"
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: prepare(path), range(4)))
    assert all(outcome in ((), tuple(migrating.REVISIONS.values())) for outcome in done)
    assert prepare(path) == ()
    assert list(path.parent.glob("*.new")) == []


def test_a_database_that_is_not_finished_does_not_bear_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrating, "upgrade", broken)
    with pytest.raises(StorageUnavailable, match="No space left"):
        prepare(tmp_path / "new.db")
    assert list(tmp_path.iterdir()) == []


def add_a_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE settings ADD COLUMN extra TEXT")
    connection.exec_driver_sql("UPDATE schema_revision SET version_num = 'next'")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this program knew one more revision."""
    monkeypatch.setattr(migrating, "REVISIONS", {**migrating.REVISIONS, "next": "an extra column"})
    monkeypatch.setattr(migrating, "upgrade", add_a_column)


@pytest.mark.usefixtures("next_version")
async def test_a_backup_is_made_before_the_schema_is_changed(path: Path, sqlite_url: str) -> None:
    fill(path)
    async with await open_database(sqlite_url) as database:
        assert database.migrated == ("an extra column",)
    (copy,) = path.parent.glob("*.backup")
    with closing(sqlite3.connect(copy)) as raw:
        columns = [row[1] for row in raw.execute("PRAGMA table_info(settings)")]
        assert columns == ["key", "value", "updated"]
        assert raw.execute("SELECT count(*) FROM settings").fetchone() == (201,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    async with await open_database(sqlite_url) as database:
        assert database.migrated == ()


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of Unix")
def test_what_visitors_told_is_for_the_eyes_of_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "new.db"
    files.prepare(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO settings VALUES ('a', 'b', 0)")
        files.backup(path, path.with_name("copy.db"), NOON)
        beside = sorted(one.name for one in path.parent.iterdir() if one.is_file())
        assert len(beside) == 4  # With -wal and -shm.
        assert {one: (path.parent / one).stat().st_mode & 0o077 for one in beside} == dict.fromkeys(beside, 0)
    path.chmod(0o640)
    files.backup(path, path.with_name("other.db"), NOON)
    assert path.with_name("other.db").stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("next_version")
async def test_what_is_started_on_a_backup_performs_nothing_by_itself(path: Path, sqlite_url: str) -> None:
    await (await open_database(sqlite_url)).close()
    (copy,) = path.parent.glob("*.backup")
    async with await open_database(f"sqlite:///{copy}") as database:
        reason = await database.read(outbox.paused)
        assert reason is not None
        assert reason.startswith("this is a backup made 20")


@pytest.mark.usefixtures("next_version")
async def test_a_migration_that_fails_halfway_changes_nothing(
    path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: Connection) -> None:
        add_a_column(connection)
        raise LookupError("halfway")

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "upgrade", broken)
        with pytest.raises(LookupError, match="halfway"):
            await open_database(sqlite_url)
    with closing(raw_sqlite(sqlite_url)) as raw:
        assert len(list(raw.execute("PRAGMA table_info(settings)"))) == 3
    async with await open_database(sqlite_url) as database:
        assert database.migrated == ("an extra column",)
        await database.write(lambda tx: settings.put(tx, "a", "1", NOON))


@pytest.mark.usefixtures("next_version")
async def test_nobody_migrates_what_another_process_is_writing(
    path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MIGRATION_WAIT_SECONDS", 0)
    with closing(raw_sqlite(sqlite_url)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusy, match="stop that one first"):
            await open_database(sqlite_url)
        other.execute("ROLLBACK")
    await (await open_database(sqlite_url)).close()


def test_a_backup_of_a_database_in_use_is_whole(path: Path, tmp_path: Path) -> None:
    fill(path)
    with closing(raw_sqlite(f"sqlite:///{path}")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM settings")
        files.backup(path, tmp_path / "copy.db", NOON)
        writer.execute("ROLLBACK")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as raw:
        assert raw.execute("SELECT count(*) FROM settings").fetchone() == (201,)


async def test_odd_names_are_fine(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c?d%20e"
    async with await open_database(f"sqlite:///{folder}/x y.db".replace("%", "%25")) as database:
        await database.write(lambda tx: settings.put(tx, "a", "1", NOON))
    assert (folder / "x y.db").exists()


async def test_a_sound_file_has_no_damage(path: Path) -> None:
    fill(path)
    assert files.damage(path) is None
    assert issubclass(StorageCorrupt, StorageError)
