"""How fast we may write: about a message a second to a chat and thirty in all, and not at all while asked to rest.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: "avoid sending more than one message
per second" to a chat, "short bursts that go over this limit" are allowed; 20 a minute to a group; about 30 a second in
all. What is over the limits gets a 429 that names the seconds to wait.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic

from bot.desk.contract import TryLater

_CHATS_MOST = 10_000
_ALL = ""


class Pacer:
    """Turns for each chat: ``burst`` at once, then ``seconds`` apart, ``group_seconds`` in a group.

    ``a_second``: messages in all. ``patience``: seconds that a message waits at most.
    """

    def __init__(
        self,
        *,
        seconds: float = 1.0,
        group_seconds: float = 3.0,
        burst: int = 3,
        a_second: int = 30,
        patience: float = 20.0,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._seconds = seconds
        self._group_seconds = group_seconds
        self._burst = burst
        self._a_second = a_second
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._due: OrderedDict[str, float] = OrderedDict()
        self._rest_until = 0.0

    async def turn(self, chat: str) -> None:
        """Wait until a message may be sent to ``chat``: first come, first served.

        Raises ``TryLater`` when that would take longer than ``patience``, or Telegram has asked for a rest.
        """
        self.check()
        now = self._clock()
        apart = self._group_seconds if chat.startswith("-") else self._seconds
        wait = max(self._wait(chat, apart, self._burst, now), self._wait(_ALL, 1 / self._a_second, self._a_second, now))
        if wait > self._patience:
            raise TryLater("Telegram takes about a message a second, and many are waiting for this one", seconds=wait)
        self._take(chat, apart, now)
        self._take(_ALL, 1 / self._a_second, now)
        if wait > 0:
            await self._sleep(wait)
            self.check()

    def rest(self, seconds: float) -> None:
        """Write to nobody for so long."""
        self._rest_until = max(self._rest_until, self._clock() + seconds)

    def check(self) -> None:
        """Raises ``TryLater`` with the seconds left while Telegram has asked for a rest."""
        left = self._rest_until - self._clock()
        if left > 0:
            raise TryLater(f"Telegram has asked for a rest of {left:.0f} seconds", seconds=left)

    def _wait(self, key: str, apart: float, burst: int, now: float) -> float:
        return max(self._due.get(key, now), now) - apart * (burst - 1) - now

    def _take(self, key: str, apart: float, now: float) -> None:
        self._due[key] = max(self._due.get(key, now), now) + apart
        self._due.move_to_end(key)
        while self._due and (len(self._due) > _CHATS_MOST or next(iter(self._due.values())) <= now):
            self._due.popitem(last=False)
