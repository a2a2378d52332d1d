"""The real server in a process of its own: started, killed and started again at will."""

import asyncio
import os
import re
import signal
from pathlib import Path

from tests.forking import HOLD, Forked, fork
from tests.ports import kept_port


class Server:
    """``handraiser run`` with a database and a scripts' folder of its own."""

    def __init__(self, url: str, folder: Path, **environment: str) -> None:
        self._environment = {
            **os.environ,
            "HANDRAISER_STORAGE__URL": url,
            "HANDRAISER_DIALOGS__FOLDER": str(folder),
            "HANDRAISER_DIALOGS__CHECK_SECONDS": "0.1",
            "HANDRAISER_UPLOADS__FOLDER": str(folder.parent / "uploads"),
            "HANDRAISER_WEB__PORT": str(kept_port()),
            "HANDRAISER_WEB__MESSAGES_A_MINUTE": "1000000",
            "HANDRAISER_WEB__CONVERSATIONS_AN_HOUR": "1000000",
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self._process: Forked | None = None
        self.base_url = ""
        self.lines: list[str] = []
        """What it has written so far."""

    async def start(self, hold: str = "") -> "Server":
        """Start it, and return when it says that it is ready. It always listens on the same port.

        ``hold``: where it is to stand still, to be killed there (``tests/holding.py``).
        """
        await self._run(hold)
        line = await self.line(r"ready: (http://\S+)/")
        self.base_url = line.group(1)
        return self

    async def refuses(self) -> int:
        """Start it where it cannot serve; its exit status. What it says about that is in ``lines``."""
        await self._run()
        return await self._ended()

    async def _run(self, hold: str = "") -> None:
        self._process = await fork(self._environment | ({HOLD: hold} if hold else {}))

    async def line(self, pattern: str) -> re.Match[str]:
        """The next line it writes that matches; fails when it ends before."""
        assert self._process is not None
        async with asyncio.timeout(60):
            while raw := await self._process.stdout.readline():
                text = raw.decode(errors="replace").rstrip()
                self.lines.append(text)
                if match := re.search(pattern, text):
                    return match
        raise AssertionError("the server ended:\n" + "\n".join(self.lines))

    def memory(self) -> int:
        """The most memory it has had at any time, in bytes; Linux only."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024  # type: ignore[union-attr]

    def open_files(self) -> int:
        """How many files it may have open; Linux only."""
        assert self._process is not None
        limits = Path(f"/proc/{self._process.pid}/limits").read_text()
        return int(re.search(r"Max open files\s+(\d+)", limits).group(1))  # type: ignore[union-attr]

    async def kill(self) -> None:
        """``kill -9``."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop; its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await self._ended()

    async def _ended(self) -> int:
        process, self._process = self._process, None
        assert process is not None
        async with asyncio.timeout(60):
            out, _ = await process.communicate()
        self.lines += out.decode(errors="replace").splitlines()
        return await process.wait()
