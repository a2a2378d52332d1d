"""Notices that visitors have gone: none of their windows is open any more, and none was opened within a while.

A page change or a reload closes the socket and opens another one, a phone in a pocket lets it sleep: neither is
leaving. One task watches over all of them.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from bot.channels.web_windows import WebChannel

log = logging.getLogger(__name__)

LEFT_SECONDS = 20.0
"""How long no window may be open before the visitor counts as gone."""
WATCHED_MOST = 100_000
"""Conversations that are watched at once; those beyond are not noticed to leave."""

Left = Callable[[int], Awaitable[None]]
"""Told the number of a conversation whose visitor has gone."""


class Presence:
    """Watches who closes their last window. ``run`` it beside the server."""

    def __init__(self, channel: WebChannel, left: Left, seconds: float = LEFT_SECONDS) -> None:
        self._channel = channel
        self._left = left
        self._seconds = seconds
        self._gone: dict[int, float] = {}
        """Conversation to the time, by the loop's clock, at which its visitor counts as gone; the earliest first."""
        self._news = asyncio.Event()
        channel.on_empty = self._closed

    async def run(self) -> None:
        """Tell of those who have gone, for as long as the task lives."""
        loop = asyncio.get_running_loop()
        while True:
            self._news.clear()
            now = loop.time()
            while self._gone and (due := next(iter(self._gone.items())))[1] <= now:
                del self._gone[due[0]]
                if not self._channel.is_here(due[0]):
                    await self._tell(due[0])
            pause = next(iter(self._gone.values())) - now if self._gone else None
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._news.wait()

    def _closed(self, conversation_id: int) -> None:
        if len(self._gone) >= WATCHED_MOST:
            return
        self._gone.pop(conversation_id, None)  # To the end: who closes a window last, leaves last.
        if not self._gone:
            self._news.set()
        self._gone[conversation_id] = asyncio.get_running_loop().time() + self._seconds

    async def _tell(self, conversation_id: int) -> None:
        try:
            await self._left(conversation_id)
        except Exception as error:
            log.warning("that a visitor left could not be noted: %s", error)
