"""Fetching updates ourselves: those that are on disk are confirmed by the next call, never before.

Of several processes one polls, and the others stand by; Telegram allows no two.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from bot.channels.contract import House
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.looking import mapping, whole
from bot.channels.telegram.reading import NAME
from bot.channels.telegram.refusals import Conflict
from bot.desk.contract import TryLater, Undeliverable

log = logging.getLogger(__name__)

WAIT_SECONDS = 25.0
"""How long a call waits for an update; Telegram allows 50."""
LEAD_SECONDS = 60.0
"""How long we lead with each call: more than it may take."""
STAND_BY_SECONDS = 5.0
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between tries while it does not work."""


class Polling:
    """``start`` begins, ``stop`` ends and lets another process lead.

    ``wait``, ``lead``, ``stand_by``: seconds that a call waits, that we lead with it, that those who stand by wait.
    """

    def __init__(
        self,
        client: TelegramClient,
        house: House,
        intake: Intake,
        *,
        wait: float = WAIT_SECONDS,
        lead: float = LEAD_SECONDS,
        stand_by: float = STAND_BY_SECONDS,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._client = client
        self._house = house
        self._intake = intake
        self._wait = wait
        self._lead = lead
        self._stand_by = stand_by
        self._pauses = pauses
        self._task: asyncio.Task[None] | None = None
        self._told = ""
        self._failures = 0
        self._offset: int | None = None
        self._webhook_is_gone = False

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End; what was fetched and is not on disk comes again."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait({self._task})
        with suppress(Exception):
            await self._house.lead(NAME, 0)

    async def _run(self) -> None:
        while True:
            try:
                if not await self._house.lead(NAME, self._lead):
                    self._tell(logging.INFO, "another process fetches updates; this one stands by")
                    await asyncio.sleep(self._stand_by)
                    continue
                await self._poll()
            except Exception as error:
                await self._trouble(error)
            else:
                if self._told:
                    log.info("Telegram: updates come in")
                self._told, self._failures = "", 0

    async def _poll(self) -> None:
        """One call, and everything it brings on disk."""
        if not self._webhook_is_gone:
            await self._client.delete_webhook()
            self._webhook_is_gone = True
        updates = await self._client.updates(self._offset, self._wait)
        await self._intake.take(updates)
        # An empty answer has confirmed everything before the offset, and Telegram may number anew after a quiet week.
        self._offset = _after(updates)
        if updates and self._offset is None:
            raise TryLater("Telegram sent updates without numbers")

    async def _trouble(self, error: Exception) -> None:
        pause = self._pauses[min(self._failures, len(self._pauses) - 1)]
        self._failures += 1
        if isinstance(error, Conflict):
            # Somebody set a webhook, or polls with the same token elsewhere.
            self._webhook_is_gone = "webhook" not in str(error).lower()
            if self._failures > 1:  # Once is a hand-over between processes of ours.
                self._tell(
                    logging.ERROR, f"another program uses this bot ({error}). Stop it, or give it a bot of its own"
                )
        elif isinstance(error, TryLater | Undeliverable):
            self._tell(logging.ERROR, f"no updates come in: {error}")
            pause = max(pause, getattr(error, "seconds", None) or 0.0)
        else:
            self._tell(logging.ERROR, f"updates cannot be saved, Telegram keeps them: {type(error).__name__}: {error}")
        await asyncio.sleep(pause)

    def _tell(self, level: int, what: str) -> None:
        """Say it once, however long it lasts."""
        if what != self._told:
            log.log(level, "Telegram: %s", what)
        self._told = what


def _after(updates: Sequence[object]) -> int | None:
    """The offset that confirms these."""
    numbers = [number for one in updates if (number := whole(mapping(one).get("update_id"))) is not None]
    return max(numbers) + 1 if numbers else None
