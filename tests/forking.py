"""Servers of ours that begin at once: a process that has imported everything forks, and each child is a server.

``handraiser run`` begins in the child as from the command line, with an environment and a standard output of its own;
it can be killed, and nobody else has its memory. Importing everything anew takes seconds of processor time each. The
real command is tried in ``tests/bot/cli/test_running.py``.
"""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parent.parent
HOLD = "HANDRAISER_TESTS_HOLD"
"""Names a point at which the server stands still, to be killed there: see ``tests/holding.py``."""
_EVERYTHING = (
    "bot.app", "bot.cli.program", "bot.cli.running", "bot.channels.telegram.messenger", "bot.channels.telegram.library",
    "bot.channels.whatsapp", "bot.channels.slack.messenger", "bot.handoff.slack", "slack_bolt.async_app",
    "slack_sdk.socket_mode.aiohttp", "asyncpg", "aiosqlite", "sqlalchemy.dialects.postgresql.asyncpg",
)  # fmt: skip


class Forked:
    """A child, as far as it is like a process of ``asyncio.create_subprocess_exec``."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader, told: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._told = told
        self._ended = asyncio.ensure_future(self._wait())

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its exit status, once it has ended."""
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, None]:
        """The rest of what it writes, once it has ended."""
        out = await self.stdout.read()
        await self.wait()
        return out, None

    async def _wait(self) -> int:
        self.returncode = os.waitstatus_to_exitcode(int(await self._told.readline()))
        return self.returncode


async def fork(environment: dict[str, str]) -> Forked:
    """Begin a server."""
    asking_for = _way_to_the_forker()
    given, out, told = os.pipe(), os.pipe(), os.pipe()
    socket.send_fds(asking_for, [b"."], [given[0], out[1], told[1]])
    for descriptor in (given[0], out[1], told[1]):
        os.close(descriptor)
    with os.fdopen(given[1], "w") as asking:
        json.dump(environment, asking)
    stdout, about = await _reader(out[0]), await _reader(told[0])
    return Forked(int(await about.readline()), stdout, about)


@cache
def _way_to_the_forker() -> socket.socket:
    """To the process that forks; it ends when nobody can ask any more."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
    forker = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
    theirs.close()

    def end() -> None:
        ours.close()
        forker.wait()

    atexit.register(end)
    return ours


async def _reader(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(descriptor, "rb", buffering=0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


def _serve(asked: socket.socket) -> None:
    """Fork for everybody who asks, until nobody can ask any more."""
    for module in _EVERYTHING:
        with suppress(ImportError):
            __import__(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, descriptors, _, _ = socket.recv_fds(asked, 1, 3)
        if not message:
            return
        if os.fork() == 0:
            asked.close()
            _guard(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _guard(given: int, out: int, told: int) -> NoReturn:
    """Fork the server itself, and tell its number and then its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with os.fdopen(given) as asking:
        environment = json.load(asking)
    if (pid := os.fork()) == 0:
        os.close(told)
        _begin(environment, out)
    os.close(out)
    os.write(told, f"{pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    os.write(told, f"{status}\n".encode())
    os._exit(0)


def _begin(environment: dict[str, str], out: int) -> NoReturn:
    """Be the server."""
    status = 1
    try:
        os.chdir(ROOT)
        os.environ.clear()
        os.environ.update(environment)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in (1, 2):
            os.dup2(out, number)
        sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)
        if HOLD in environment:
            from tests import holding

            holding.hold_at(environment[HOLD])
        from bot.cli.program import main

        status = main(["run"])
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
