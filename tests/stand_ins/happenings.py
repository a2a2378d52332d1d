"""The clock of a stand-in, what it does beside, and waiting until something is so."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Seen = TypeVar("Seen")


class Happenings:
    """What happens in a stand-in, and when."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        """What no caller that reads the documentation would do. The fixture wants none at the end."""
        self.released = asyncio.Event()
        """Set when everything that hangs must let go."""
        self._shift = 0.0
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()

    def now(self) -> float:
        """Seconds of the clock by which things grow old here."""
        return time.monotonic() + self._shift

    def date(self) -> int:
        """The Unix time by that clock."""
        return int(time.time() + self._shift)

    def pass_(self, seconds: float) -> None:
        """Let everything grow older by so much."""
        self._shift += seconds
        self.news()

    def violation(self, what: str) -> None:
        """Note what no caller should do."""
        self.violations.append(what)
        self.news()

    def news(self) -> None:
        """Wake those that wait for something to be so."""
        self._news.set()
        self._news = asyncio.Event()

    def next_news(self) -> Coroutine[Any, Any, Any]:
        """Wait until something happens here, from this call on."""
        return self._news.wait()

    async def until(self, seen: Callable[[], Seen], seconds: float = 60.0) -> Seen:
        """Wait until ``seen()`` is truthy, looking whenever something happened here; what it was then."""
        try:
            async with asyncio.timeout(seconds):
                while not (result := seen()):
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"it did not come to be within {seconds} s; {self.summary()}") from None
        return result

    def summary(self) -> str:
        """What happened so far, for messages of failing tests."""
        return f"violations: {self.violations}"

    def beside(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Do something beside."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settled(self) -> None:
        """Wait until everything that happens beside is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ended(self) -> None:
        """End what happens beside."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def release(self) -> None:
        """Let go of what hangs."""
        self.released.set()
        self.released = asyncio.Event()
        self.news()
