"""``getUpdates``: long polling, by one at a time.

https://core.telegram.org/bots/api#getupdates
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.telegram.chats import Json
from tests.telegram.core import Core
from tests.telegram.refusals import Refusal

LONGEST_POLL = 50
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Poll:
    """The poll that waits just now."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[str] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody polls."""
        return self._waiting is not None and not self._waiting.done()

    def end(self, why: str) -> None:
        """Refuse the one that waits: another came, or a webhook."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(why)

    async def get_updates(self, core: Core, given: Json) -> list[Json]:
        """Confirm what came before ``offset``, then what waits, or what comes within ``timeout`` seconds."""
        if core.webhook.url:
            raise Refusal(409, WEBHOOK_ACTIVE)
        if isinstance(given.get("allowed_updates"), list):
            core.updates.allow(given["allowed_updates"])
        limit = min(max(given.get("limit", 100), 1), 100)
        ends = asyncio.get_running_loop().time() + min(max(given.get("timeout", 0), 0), LONGEST_POLL)
        self.end(OTHER_POLL)
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = mine
        core.updates.forget_old(core.now())
        core.updates.confirm(given.get("offset", 0))
        core.news()
        released = core.released
        try:
            while not core.updates.waiting and not released.is_set():
                left = ends - asyncio.get_running_loop().time()
                if left <= 0 or mine.done():
                    break
                await _first(mine, core.next_news(), seconds=left)
            if mine.done():
                raise Refusal(409, mine.result())
            return [one.body for one in core.updates.first(limit)]
        finally:
            mine.cancel()


async def _first(mine: "asyncio.Future[str]", other: Coroutine[Any, Any, Any], *, seconds: float) -> None:
    news = asyncio.ensure_future(other)
    try:
        await asyncio.wait({mine, news}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        news.cancel()
