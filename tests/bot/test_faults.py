"""A full disk, a locked or damaged database, a taken port: said honestly, survived, and nothing half done."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from bot.cli.serving import serve
from storage import sqlite_connection
from tests.application import WireVisitor, config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.server import Server

DISK = "4m"
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4")
    (folder / "files" / "codes.txt").write_text("ALPHA\n", "utf-8")
    return folder


async def status(session: aiohttp.ClientSession, address: str) -> int:
    async with session.get(address) as answer:
        return answer.status


# A full disk.


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of our own."""
    where = tmp_path / "disk"
    where.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", where], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield where
    subprocess.run(["umount", "-l", where], check=True)


def fill(disk: Path) -> Path:
    """Write a file until nothing more fits."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 1024):
            pass
    return filler


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts a disk")
async def test_a_full_disk_is_admitted_and_when_there_is_room_again_the_talk_goes_on(disk: Path, folder: Path) -> None:
    server = await Server(f"sqlite:///{disk}/handraiser.db", folder).start()
    try:
        async with aiohttp.ClientSession() as session:
            visitor = WireVisitor(session, server.base_url, "welcome")
            await visitor.connect()
            filler = fill(disk)
            refused = 0
            while await visitor.says("???", client_id=f"full {refused}") != "error: not_saved":
                refused += 1  # The log had room for a few more.
            before = dict(visitor.messages)
            assert await visitor.says("Ada", client_id="one") == "error: not_saved"
            assert await status(session, f"{server.base_url}/readyz") == 503
            assert await status(session, f"{server.base_url}/healthz") == 200
            assert visitor.messages == before

            filler.unlink()
            assert await visitor.says("Ada", client_id="one") == "Where shall it go, Ada?"
            assert await status(session, f"{server.base_url}/readyz") == 200
            assert list(visitor.messages) == list(range(1, len(visitor.messages) + 1))
            await visitor.close()
    finally:
        await server.stop()


# A locked database.


class Lock:
    """Another process that holds the database for itself."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._process: asyncio.subprocess.Process | None = None

    async def take(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", HOLD, self._path, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert await self._process.stdout.readline() == b"held\n"

    async def release(self) -> None:
        if self._process is not None:
            await self._process.communicate(b"")
            self._process = None


@pytest_asyncio.fixture
async def lock(sqlite_url: str) -> AsyncIterator[Lock]:
    lock = Lock(sqlite_url.removeprefix("sqlite:///"))
    yield lock
    await lock.release()


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def talking(app: Application, session: aiohttp.ClientSession) -> WireVisitor:
    visitor = WireVisitor(session, app.base_url, "welcome")
    await visitor.connect()
    return visitor


async def test_while_another_process_holds_the_database_a_turn_waits_and_everything_else_goes_on(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, lock: Lock
) -> None:
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        visitor = await talking(app, session)
        await lock.take()
        saying = asyncio.create_task(visitor.says("Ada"))
        for _ in range(20):
            assert await status(session, f"{app.base_url}/healthz") == 200
            assert await status(session, f"{app.base_url}/chat/welcome") == 200
        assert not saying.done()
        await lock.release()
        assert await saying == "Where shall it go, Ada?"
        await visitor.close()


async def test_when_the_database_is_held_for_too_long_nothing_is_acknowledged_and_the_same_message_is_taken_later(
    sqlite_url: str, folder: Path, session: aiohttp.ClientSession, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_connection, "BUSY_SECONDS", 0.2)
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        visitor = await talking(app, session)
        await lock.take()
        assert await visitor.says("Ada", client_id="one") == "error: not_saved"
        assert await status(session, f"{app.base_url}/readyz") == 503
        headers = {"Authorization": f"Bearer {visitor.token}"}
        address = f"{app.base_url}/api/v1/conversations/{visitor.welcome['conversation']}/messages"
        async with session.post(address, json={"id": "two", "text": "Ada"}, headers=headers) as answer:
            assert (answer.status, (await answer.json())["error"]["code"]) == (503, "not_saved")
            assert int(answer.headers["Retry-After"]) > 0
        async with session.post(f"{app.base_url}/api/v1/conversations", json={"script": "welcome"}) as answer:
            assert answer.status == 503
        await lock.release()
        assert await visitor.says("Ada", client_id="one") == "Where shall it go, Ada?"
        assert visitor.transcript == [
            ("bot", "What may I call you?"),
            ("visitor", "Ada"),
            ("bot", "Where shall it go, Ada?"),
        ]
        assert await status(session, f"{app.base_url}/readyz") == 200
        await visitor.close()


# What keeps the server from starting.


Refused = Callable[..., str]


@pytest.fixture
def refused(sqlite_url: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> Refused:
    """Starts a server that cannot serve; the one line it leaves."""

    def start(url: str = sqlite_url, **web: Any) -> str:
        capfd.readouterr()
        assert asyncio.run(serve(config_for(url, folder, **web))) == 1
        out, err = capfd.readouterr()
        assert out == ""
        assert err.startswith("Handraiser cannot start: ") and err.endswith("\n")
        return err.strip()

    return start


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE schema_revision SET version_num = '9999'")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "the first page": lambda path: overwrite(path, 20, b"\xa5" * 4000),
    "pages in the middle": lambda path: overwrite(path, path.stat().st_size // 2, b"\xa5" * 16384),
    "its end missing": lambda path: path.write_bytes(path.read_bytes()[:-8192]),
    "nothing in it": lambda path: path.write_bytes(b""),
    "a text": lambda path: path.write_text("Dear diary, " * 1000),
    "a newer version": make_newer,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_database_that_cannot_be_used_is_named_and_left_alone(refused: Refused, sqlite_url: str, damage: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    DAMAGES[damage](path)
    before = path.read_bytes()
    assert str(path) in refused()
    assert path.read_bytes() == before


def test_a_log_without_its_database_is_not_taken_for_a_beginning(refused: Refused, tmp_path: Path) -> None:
    log = tmp_path / "lost.db-wal"
    log.write_bytes(b"what was said last")
    line = refused(f"sqlite:///{tmp_path}/lost.db")
    assert str(log.with_name("lost.db")) in line and "\n" not in line
    assert not (tmp_path / "lost.db").exists()
    assert log.read_bytes() == b"what was said last"


@pytest.mark.parametrize("host", ["192.0.2.1", "::1%nowhere", "2001:db8::1"])
def test_an_address_that_is_not_here_is_named_in_one_line(refused: Refused, host: str) -> None:
    line = refused(host=host)
    assert host in line and "\n" not in line


async def test_a_second_server_on_the_same_port_leaves_the_first_alone(
    sqlite_url: str, tmp_path: Path, folder: Path, session: aiohttp.ClientSession
) -> None:
    async with running(config_for(sqlite_url, folder), targets={}) as app:
        port = app.base_url.rpartition(":")[2]
        second = Server(f"sqlite:///{tmp_path}/other.db", folder, HANDRAISER_WEB__PORT=port)
        assert await second.refuses() == 1
        (line,) = second.lines
        assert f"127.0.0.1:{port}" in line and "HANDRAISER_WEB__PORT" in line
        assert not (tmp_path / "other.db").exists()
        visitor = await talking(app, session)
        assert await visitor.says("Ada") == "Where shall it go, Ada?"
        await visitor.close()
