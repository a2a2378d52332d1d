"""Updates on their way from Telegram to the house: on disk, then acknowledged, then dealt with.

1. An update is acknowledged when it is on disk, never before; a repeat is acknowledged and not dealt with twice.
2. Updates of one chat are dealt with one after the other, as they came in; no chat waits for another.
3. What cannot be read, or dealt with, is put aside with the reason; it never blocks its chat.
"""

import asyncio
import json
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.contract import House, Incoming, Unreachable
from bot.channels.intake import Leavings
from bot.channels.telegram.addresses import read_address
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.commands import NOT_YOURS, in_language
from bot.channels.telegram.moves import Moves
from bot.channels.telegram.reading import NAME, Bot, Pressed, chat_of, event_id_of, moved, pressed, read
from bot.channels.telegram.refusals import TooLate
from bot.desk.contract import TryLater, Undeliverable

log = logging.getLogger(__name__)

PAUSES = (0.2, 0.5)
"""Seconds between tries of one update, before it is put aside."""
LONGEST_PAUSE = 30.0
"""Between tries where not even putting aside works: the database is away."""
STOP_SECONDS = 5.0
_DEEPEST = "it is nested more deeply than anything of Telegram's"


@dataclass(frozen=True, slots=True)
class _Update:
    event_id: str
    content: object
    chat: str


class Intake:
    """Takes updates in. ``start`` deals with what was left over, ``stop`` leaves the rest on disk.

    ``groups``: whether the bot talks in groups. ``pauses``: seconds between tries of one update.
    """

    def __init__(
        self,
        house: House,
        client: TelegramClient,
        moves: Moves,
        *,
        groups: bool = False,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.bot = Bot(id=client.settings.bot_id)
        """Who we are, as far as Telegram has said."""
        self._house = house
        self._client = client
        self._moves = moves
        self._groups = groups
        self._pauses = pauses
        self._tasks: set[asyncio.Task[Any]] = set()
        self._last: dict[str, asyncio.Task[None]] = {}
        self._in_hand: set[str] = set()
        """What is being dealt with here."""
        self._leavings = Leavings(NAME, self.take_over)

    async def start(self) -> None:
        """Begin with what came in before and was not dealt with."""
        await self._leavings.begin()

    async def take_over(self, seconds: float) -> None:
        """Deal with what came in at least so many seconds ago and is not in our hands, in Telegram's order."""
        left_over = await self._house.left_over(NAME, seconds)
        for event_id, raw in sorted(left_over, key=lambda one: _number(one[0])):
            if event_id not in self._in_hand:
                content = _parsed(raw)
                self._begin(_Update(event_id, content, _chat(content)))

    async def stop(self) -> None:
        """Let what is under way finish, for a few seconds; what remains is dealt with at the next start."""
        await self._leavings.end()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def take(self, updates: Sequence[object]) -> None:
        """Take updates in; they may be acknowledged when this returns.

        Raises whatever keeps one from being put on disk: then none must be acknowledged.
        """
        # A task of its own: whoever waits for us may go away at any moment, what is on disk is dealt with.
        await asyncio.shield(self._spawn(self._take(updates)))

    async def take_unreadable(self, raw: str, reason: str) -> None:
        """Take in what is no update at all, and put it aside. Raises as ``take`` does."""
        event_id = event_id_of(raw, self.bot)
        if await self._house.take_in(NAME, event_id, raw.replace("\x00", "\ufffd") or "(nothing)"):
            await self._put_aside(event_id, reason)

    async def settled(self) -> None:
        """Return when everything that was taken in is dealt with."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _take(self, updates: Sequence[object]) -> None:
        known = [_Update(_event_id(one, self.bot), one, _chat(one)) for one in updates]
        taken = await asyncio.gather(*map(self._take_in, known), return_exceptions=True)
        for update, is_new in zip(known, taken, strict=True):
            if is_new is True:
                self._begin(update)
        for failed in taken:
            if isinstance(failed, BaseException):
                raise failed

    async def _take_in(self, update: _Update) -> bool:
        try:
            raw = json.dumps(update.content)
        except RecursionError:
            raw = f"({_DEEPEST})"
        return await self._house.take_in(NAME, update.event_id, raw)

    def _begin(self, update: _Update) -> None:
        """Deal with an update behind those of its chat that came before."""
        before = self._last.get(update.chat) if update.chat else None
        self._in_hand.add(update.event_id)
        task = self._spawn(self._deal(update, before))
        task.add_done_callback(lambda _: self._in_hand.discard(update.event_id))
        if update.chat:
            self._last[update.chat] = task
            task.add_done_callback(lambda done: self._forget(update.chat, done))
        button = pressed(update.content)
        if button is not None:
            self._spawn(self._let_rest(button))

    async def _deal(self, update: _Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        tries = 0
        while True:
            reason = await self._try(update)
            if reason is None:
                return
            if tries >= len(self._pauses) and await self._put_aside(update.event_id, reason):
                return
            await asyncio.sleep(self._pause(tries))
            tries += 1

    async def _try(self, update: _Update) -> str | None:
        """Deal with it once; why it did not work, or None."""
        try:
            if (move := moved(update.content)) is not None:
                await self._moves.remember(*move)
            incoming = read(update.content, self.bot)
            if incoming is None:
                await self._house.set_aside(NAME, update.event_id, "")
            else:
                await self._house.receive(replace(await self._addressed(incoming), event_id=update.event_id))
        except Exception as error:
            log.warning("Telegram: update %s could not be dealt with: %s", update.event_id, type(error).__name__)
            return f"{type(error).__name__}: {error}"
        return None

    async def _addressed(self, incoming: Incoming) -> Incoming:
        """With the address under which the conversation is known."""
        sender = incoming.sender
        if not sender.is_group:
            return incoming
        address = read_address(sender.address)
        if not self._groups:
            # One word to the whole group, not one to each person there.
            return replace(incoming, sender=replace(sender, address=str(replace(address, person=None))))
        original = await self._moves.original(address)
        return replace(incoming, sender=replace(sender, address=str(original), is_group=False))

    async def _put_aside(self, event_id: str, reason: str) -> bool:
        log.warning("Telegram: update %s was put aside", event_id)
        try:
            await self._house.set_aside(NAME, event_id, reason[:500])
        except Exception as error:
            log.error("Telegram: update %s could not be put aside: %s", event_id, type(error).__name__)
            return False
        return True

    async def _let_rest(self, button: Pressed) -> None:
        """Tell Telegram that a pressed button was heard, so that it stops glowing."""
        note = in_language(NOT_YOURS, button.language) if button.for_somebody_else else ""
        with suppress(TooLate, TryLater, Undeliverable, Unreachable):
            await self._client.answer_button(button.query, note)

    def _pause(self, tries: int) -> float:
        if tries < len(self._pauses):
            return self._pauses[tries]
        return min(LONGEST_PAUSE, 2.0 ** (tries - len(self._pauses)))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _forget(self, chat: str, done: asyncio.Task[None]) -> None:
        if self._last.get(chat) is done:
            del self._last[chat]


def _event_id(update: object, bot: Bot) -> str:
    try:
        return event_id_of(update, bot)
    except RecursionError:
        return f"{bot.id}:?too-deep"


def _chat(update: object) -> str:
    return chat_of(update)


def _parsed(raw: str) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _number(event_id: str) -> int:
    number = event_id.rpartition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else 0
