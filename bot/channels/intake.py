"""Events that platforms bring to a webhook: on disk, then acknowledged, then dealt with. For any messenger.

1. An event may be acknowledged when ``Intake.take`` has returned, never before; a repeat is not dealt with twice.
2. Events of one chat are dealt with one after the other, as they came in; no chat waits for another.
3. What cannot be read, or dealt with, is put aside with the reason; it never blocks its chat.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from aiohttp import web

from bot.channels.contract import House, Incoming

log = logging.getLogger(__name__)

Read = Callable[[str], Incoming | None]
"""Reads a raw event; None for what is of no concern. Raises ``ValueError`` that says why it cannot be read."""
Receive = Callable[[Incoming], Awaitable[None]]

PAUSES = (0.2, 0.5)
"""Seconds between tries of one event, before it is put aside."""
LONGEST_PAUSE = 30.0
"""Between tries where not even putting aside works: the database is away."""
STOP_SECONDS = 5.0
BODY_SECONDS = 10.0
LARGEST_BODY = 4 * 1024 * 1024


class Intake:
    """Takes events of a channel in. ``receive`` deals with one: ``House.receive``, and what goes with it."""

    def __init__(
        self, house: House, channel: str, read: Read, receive: Receive, *, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._house = house
        self._channel = channel
        self._read = read
        self._receive = receive
        self._pauses = pauses
        self._tasks: set[asyncio.Task[Any]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """By address; who asks first is first."""

    async def start(self) -> None:
        """Begin with what came in before and was not dealt with."""
        for event_id, raw in await self._house.left_over(self._channel):
            self._begin(event_id, raw)

    async def stop(self) -> None:
        """Let what is under way finish, for a few seconds; what remains is dealt with at the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def take(self, events: Sequence[tuple[str, str]]) -> None:
        """Take (event id, raw) pairs in, in order; they may be acknowledged when this returns.

        Raises whatever keeps one from being put on disk: then none must be acknowledged.
        """
        # A task of its own: whoever waits for us may go away at any moment, what is on disk is dealt with.
        await asyncio.shield(self._spawn(self._take(events)))

    async def settled(self) -> None:
        """Return when everything that was taken in is dealt with."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _take(self, events: Sequence[tuple[str, str]]) -> None:
        for event_id, raw in events:
            if await self._house.take_in(self._channel, event_id, raw):
                self._begin(event_id, raw)

    def _begin(self, event_id: str, raw: str) -> None:
        try:
            incoming = self._read(raw)
        except (ValueError, RecursionError) as error:
            self._spawn(self._insist(event_id, str(error)))
            return
        if incoming is None:
            self._spawn(self._insist(event_id, ""))
            return
        address = incoming.sender.address
        turns = self._turns.get(address) or self._turns.setdefault(address, asyncio.Lock())
        self._spawn(self._deal(replace(incoming, event_id=event_id), turns))

    async def _deal(self, incoming: Incoming, turns: asyncio.Lock) -> None:
        async with turns:
            reason = ""
            for pause in (*self._pauses, None):
                try:
                    await self._receive(incoming)
                except Exception as error:
                    log.warning("%s: an event could not be dealt with: %s", self._channel, type(error).__name__)
                    reason = f"{type(error).__name__}: {error}"[:500]
                else:
                    return
                if pause is not None:
                    await asyncio.sleep(pause)
            await self._insist(incoming.event_id, reason)

    async def _insist(self, event_id: str, reason: str) -> None:
        """Put an event aside, as often as it takes."""
        tries = 0
        while True:
            try:
                await self._house.set_aside(self._channel, event_id, reason)
            except Exception as error:
                log.error("%s: an event could not be put aside: %s", self._channel, type(error).__name__)
                await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2.0 ** min(tries, 10)))
                tries += 1
            else:
                if reason:
                    log.warning("%s: event %s was put aside", self._channel, event_id)
                return

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def read_body(request: web.Request) -> bytes:
    """The raw body of a webhook's request, whatever the server's limit for others. Raises ``HTTPException``."""
    body = bytearray()
    with suppress(TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.content.iter_any():
                body += part
                if len(body) > LARGEST_BODY:
                    raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, len(body))
            return bytes(body)
    raise web.HTTPRequestTimeout
