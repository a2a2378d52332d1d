"""Stopping: whatever runs beside ends, even when it is woken at the very moment it is told to."""

import asyncio
from datetime import UTC, datetime

from bot.outbox import Outbox
from storage.database import Database


async def test_an_outbox_that_is_woken_and_stopped_at_once_stops(database: Database) -> None:
    for _ in range(20):
        outbox = Outbox(database, lambda: datetime.now(UTC), {})
        running = asyncio.create_task(outbox.run())
        while outbox.looked == 0:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        outbox.hint()
        running.cancel()
        async with asyncio.timeout(5):
            await asyncio.wait([running])
        assert running.cancelled()
