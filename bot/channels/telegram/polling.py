"""Fetching updates ourselves: those that are on disk are confirmed by the next call, never before.

Of several processes one polls, and the others stand by; Telegram allows no two.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.channels.contract import House
from bot.channels.looking import mapping, whole
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.reading import NAME
from bot.channels.telegram.refusals import Conflict
from bot.desk.contract import TryLater, Undeliverable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How long things take, in seconds."""

    wait: float = 25.0
    """How long a call waits for an update; Telegram allows 50."""
    lead: float = 60.0
    """How long we lead with each call: more than it may take."""
    stand_by: float = 5.0
    """How long those who do not lead wait before they ask again."""
    pauses: Sequence[float] = (1.0, 2.0, 5.0, 10.0, 30.0)
    """Between tries while it does not work."""


class Polling:
    """``start`` begins, ``stop`` ends and lets another process lead."""

    def __init__(
        self,
        client: TelegramClient,
        house: House,
        intake: Intake,
        rhythm: Rhythm = Rhythm(),  # It is frozen.
    ) -> None:
        self._client = client
        self._house = house
        self._intake = intake
        self._rhythm = rhythm
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
                if not await self._house.lead(NAME, self._rhythm.lead):
                    self._tell(logging.INFO, "another process fetches updates; this one stands by")
                    await asyncio.sleep(self._rhythm.stand_by)
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
        updates = await self._client.updates(self._offset, self._rhythm.wait)
        await self._intake.take(updates)
        # An empty answer has confirmed everything before the offset, and Telegram may number anew after a quiet week.
        self._offset = _after(updates)
        if updates and self._offset is None:
            raise TryLater("Telegram sent updates without numbers")

    async def _trouble(self, error: Exception) -> None:
        pauses = self._rhythm.pauses
        pause = pauses[min(self._failures, len(pauses) - 1)]
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
