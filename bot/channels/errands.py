"""Something to be done once when a messenger starts, and tried as often as it takes: the platform may be away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

log = logging.getLogger(__name__)

PAUSES: Sequence[float] = (1.0, 5.0, 30.0, 120.0)
"""Seconds between tries; the last one again and again. A platform that asks for a longer rest gets it."""


class Errand:
    """``begin`` returns at once, ``end`` gives up. ``work`` raises whatever keeps it from being done."""

    def __init__(self, platform: str, work: Callable[[], Awaitable[None]]) -> None:
        self._platform = platform
        self._work = work
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to try."""
        self._task = asyncio.get_running_loop().create_task(self._insist())

    async def done(self) -> None:
        """Return when it is done."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def end(self) -> None:
        """Try no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _insist(self) -> None:
        tries = 0
        while True:
            try:
                await self._work()
            except Exception as error:  # The platform or the database is away.
                log.error("%s: %s", self._platform, error)
                rest = getattr(error, "seconds", None) or 0.0
                await asyncio.sleep(max(PAUSES[min(tries, len(PAUSES) - 1)], rest))
                tries += 1
            else:
                return
