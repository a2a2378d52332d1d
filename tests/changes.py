"""Waiting until something is true that other tasks bring about."""

import asyncio
from collections.abc import Callable


class Changes:
    """``tell`` of each change; whoever waits looks again."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def tell(self) -> None:
        """Something has changed."""
        self._changed.set()

    async def until(self, true: Callable[[], bool]) -> None:
        """Return when it is true. Raises ``TimeoutError`` when that takes too long."""
        async with asyncio.timeout(30):
            while not true():
                self._changed.clear()
                await self._changed.wait()
