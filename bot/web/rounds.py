"""One task that goes round all open connections, instead of timers for each.

Every connection is looked after once in a while; never many of them in one go, so that thousands that came at the
same moment neither hold up a turn nor get their pings in one burst.
"""

import asyncio

from bot.web.connection import Connection

LOOK_SECONDS = 12.5
"""How often a connection is looked after: two looks of silence are a ping, the third is the end."""
_AT_ONCE = 50
_BREATH_SECONDS = 0.02


class Rounds:
    """``run`` it beside the server."""

    def __init__(self, seconds: float | None = None) -> None:
        """``seconds`` is how often everybody is looked after: ``LOOK_SECONDS``."""
        self._seconds = LOOK_SECONDS if seconds is None else seconds
        self._due: dict[Connection, float] = {}
        """Connection to the time, by the loop's clock, of its next look; the earliest first."""
        self._news = asyncio.Event()

    def take_in(self, connection: Connection) -> None:
        """Look after a connection from now on."""
        if not self._due:
            self._news.set()
        self._due[connection] = asyncio.get_running_loop().time() + self._seconds

    def let_out(self, connection: Connection) -> None:
        """Look after it no longer."""
        self._due.pop(connection, None)

    async def run(self) -> None:
        """Go round for as long as the task lives."""
        loop = asyncio.get_running_loop()
        while True:
            if not self._due:
                self._news.clear()
                await self._news.wait()
            await asyncio.sleep(max(_BREATH_SECONDS, next(iter(self._due.values())) - loop.time()))
            now = loop.time()
            for connection in self._next(now):
                del self._due[connection]
                self._due[connection] = now + self._seconds
                connection.look_after()

    def _next(self, now: float) -> list[Connection]:
        """Those that are due, but not too many."""
        due: list[Connection] = []
        for connection, at in self._due.items():
            if at > now or len(due) == _AT_ONCE:
                break
            due.append(connection)
        return due
