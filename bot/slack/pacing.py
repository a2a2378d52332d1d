"""How fast we may talk to Slack: about a message a second in a channel, and not at all where it asked for a rest.

https://docs.slack.dev/apis/web-api/rate-limits: "one per second per channel, short bursts allowed"; a 429 names the
seconds to wait.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic

from bot.desk.contract import TryLater

_KEYS_MOST = 10_000


class Pacer:
    """Turns for each key: ``burst`` at once, then one every ``seconds``; and rests, for as long as was asked for."""

    def __init__(
        self,
        *,
        seconds: float = 1.0,
        burst: int = 3,
        patience: float = 20.0,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._seconds = seconds
        self._slack = seconds * (burst - 1)
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._due: OrderedDict[str, float] = OrderedDict()
        self._resting: OrderedDict[str, float] = OrderedDict()

    async def turn(self, key: str) -> None:
        """Wait until it is ``key``'s turn: first come, first served.

        Raises ``TryLater``, with the seconds until it is worth another try, when that would take longer than
        ``patience`` seconds, or ``key`` rests.
        """
        self.check(key)
        now = self._clock()
        due = max(self._due.get(key, now), now)
        wait = due - self._slack - now
        if wait > self._patience:
            told = "Slack takes about a message a second in a channel, and many are waiting for this one"
            raise TryLater(told, seconds=wait - self._patience)
        self._due[key] = due + self._seconds
        self._due.move_to_end(key)
        _forget(self._due, now)
        if wait > 0:
            await self._sleep(wait)
            self.check(key)

    def rest(self, key: str, seconds: float) -> None:
        """Let ``key`` alone for so long."""
        now = self._clock()
        self._resting[key] = max(self._resting.get(key, now), now + seconds)
        self._resting.move_to_end(key)
        _forget(self._resting, now)

    def check(self, key: str) -> None:
        """Raises ``TryLater`` with the seconds left while ``key`` rests."""
        left = self._resting.get(key, 0.0) - self._clock()
        if left > 0:
            raise TryLater(f"Slack has asked for a rest of {left:.0f} seconds", seconds=left)


def _forget(moments: OrderedDict[str, float], now: float) -> None:
    """Let go of what has passed, and of the oldest when there is too much."""
    while moments:
        key, moment = next(iter(moments.items()))
        if moment > now and len(moments) <= _KEYS_MOST:
            return
        del moments[key]
