"""Servers in processes of their own: ours, as an operator starts it, and the bare one."""

import asyncio
import contextlib
import os
import re
import resource
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from benchmarks.lead_dialog import NAME, SCRIPT
from benchmarks.recording import record, save_recorded
from storage.database import open_database

_ROOT = Path(__file__).parent.parent
_TICKS = os.sysconf("SC_CLK_TCK")
_UNLIMITED = {"HANDRAISER_WEB__MESSAGES_A_MINUTE": "1000000", "HANDRAISER_WEB__CONVERSATIONS_AN_HOUR": "10000000"}


class Server:
    """A server that is listening."""

    def __init__(self, number: int, port: int) -> None:
        self._number = number
        self.port = port

    def cpu_seconds(self) -> float:
        """CPU that the process has used so far, all threads."""
        words = Path(f"/proc/{self._number}/stat").read_text("utf-8").rpartition(") ")[2].split()
        return (int(words[11]) + int(words[12])) / _TICKS

    def resident_kib(self) -> int:
        """Memory that the process holds now."""
        status = Path(f"/proc/{self._number}/status").read_text("utf-8")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found is not None
        return int(found[1])


def allow_many_sockets() -> None:
    """Raise the limit of open files as far as this process may; servers that it starts inherit it."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextlib.asynccontextmanager
async def our_server(folder: Path) -> AsyncIterator[Server]:
    """``handraiser run`` with the lead dialog and a database in ``folder``, its limits raised."""
    scripts = folder / "dialogs"
    scripts.mkdir(exist_ok=True)
    (scripts / f"{NAME}.yaml").write_text(SCRIPT, "utf-8")
    environment = _UNLIMITED | {
        "HANDRAISER_STORAGE__URL": our_url(folder),
        "HANDRAISER_DIALOGS__FOLDER": str(scripts),
        "HANDRAISER_WEB__PORT": "0",
    }
    async with _process(folder, environment, "-m", "bot.cli", "run") as server:
        yield server


@contextlib.asynccontextmanager
async def bare_server(folder: Path) -> AsyncIterator[Server]:
    """The bare program over a database prepared by ``prepare_bare``."""
    async with _process(
        folder, {}, "-m", "benchmarks.bare_server", str(folder / "bare.db"), str(folder / "rows.json")
    ) as server:
        yield server


async def prepare_bare(folder: Path) -> None:
    """Make the bare server's database, with our tables, and the rows it is to write."""
    await (await open_database(bare_url(folder))).close()
    save_recorded(await record("sqlite"), folder / "rows.json")


def our_url(folder: Path) -> str:
    """Address of our server's database."""
    return f"sqlite:///{folder}/ours.db"


def bare_url(folder: Path) -> str:
    """Address of the bare server's database."""
    return f"sqlite:///{folder}/bare.db"


@contextlib.asynccontextmanager
async def _process(folder: Path, environment: Mapping[str, str], *arguments: str) -> AsyncIterator[Server]:
    """A Python process, from the line in which it says where it listens until the block ends."""
    left_out = ("HANDRAISER_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    with open(folder / "errors.txt", "ab") as errors:  # noqa: ASYNC230  # Only its number is handed on.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder,
            env=inherited | {"PYTHONPATH": str(_ROOT)} | dict(environment),
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    try:
        yield Server(process.pid, await _port_of(process, folder))
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.communicate()


async def _port_of(process: asyncio.subprocess.Process, folder: Path) -> int:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := re.search(rb"is ready: http://[^/]+:(\d+)/", line):
            return int(found[1])
    raise RuntimeError(f"the server did not start:\n{(folder / 'errors.txt').read_text('utf-8')}")
