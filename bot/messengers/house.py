"""The house, as messengers know it: what they heard becomes turns of conversations, in order, once.

1. Events of one chat are dealt with one after the other, as they were brought; nobody waits for another chat.
2. An event that was dealt with is struck off and remembered; its turn bears its name, too: brought again after a crash
   in between, it is answered from the record.
3. What is older than what was dealt with last is kept in the transcript, and does not turn the talk back.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.channels.contract import (
    CameBack,
    Capabilities,
    Incoming,
    Left,
)
from bot.channels.words import word
from bot.live_conversations import UnknownConversation
from bot.manager import Manager
from bot.messengers.answering import Answering, Dealt
from bot.messengers.arriving import Arriving
from bot.messengers.files import SentFiles
from bot.ports import Clock
from bot.scripts import UnknownScript
from dialogs.events import VisitorLeft
from storage import channels, chats, conversations, deliveries, inbox, outbox
from storage.chats import Chat
from storage.conversations import StoredConversation
from storage.database import Database
from storage.erasing import erase_talk
from storage.errors import StorageError
from storage.outbox import DELIVER, DELIVER_WORDS, NewEffect
from storage.transaction import Transaction

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=30)
"""How long the name of an event is remembered that was dealt with: platforms bring one again for a week at most."""
LEFT_OVER_MOST = 1000
_NO_CONVERSATION = 0
"""No conversation has this number."""
_TIDY_EVERY = 1000
"""Events after which names that are too old are forgotten."""


class HouseAtWork:
    """See ``bot.channels.contract.House``.

    ``capabilities`` are those of every messenger, by name; ``first_scripts`` the script that each one begins with.
    """

    def __init__(
        self,
        database: Database,
        manager: Manager,
        clock: Clock,
        capabilities: Mapping[str, Capabilities],
        first_scripts: Mapping[str, str | None],
        files: SentFiles,
    ) -> None:
        self._database = database
        self._manager = manager
        self._clock = clock
        self._arriving = Arriving(database, manager, clock, first_scripts)
        self._answering = Answering(database, manager, clock, capabilities, files)
        self._holder = secrets.token_hex(8)
        self._queues: dict[tuple[str, str], _Queue] = {}
        self._dealt_with = 0

    # What came in.

    async def take_in(self, channel: str, event_id: str, raw: str) -> bool:
        """Put a raw event on disk. False when it stands there, or was dealt with, already."""
        now = self._clock()
        return await self._database.write(
            lambda tx: inbox.take_in_once(tx, channel=channel, external_id=event_id, raw=raw, at=now)
        )

    async def receive(self, incoming: Incoming) -> None:
        """Deal with an event; returns when everything it caused is on disk, and strikes it off.

        Raises ``StorageError`` when that could not be: it then stands on disk, and may be brought again.
        """
        async with self._in_order(incoming):
            try:
                erased = await self._deal(incoming)
            except StorageError:
                raise
            except UnknownScript as error:
                await self.set_aside(incoming.channel, incoming.event_id, f"there is no script {error.name!r}")
                return
            except Exception as error:  # A mistake of ours blocks nobody, and what they wrote is kept.
                log.exception("%s: an event could not be dealt with", incoming.channel)
                await self.set_aside(incoming.channel, incoming.event_id, f"{type(error).__name__}: {error}")
                return
            await self._strike_off(incoming, erased=erased)

    async def set_aside(self, channel: str, event_id: str, reason: str) -> None:
        """Put an event aside that cannot be read, or (without a reason) is of no concern to us."""
        now = self._clock()
        if reason:
            await self._database.write(lambda tx: inbox.quarantine_named(tx, channel, event_id, reason))
        else:
            await self._database.write(lambda tx: inbox.strike_off(tx, channel, event_id, now))

    async def left_over(self, channel: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        """(event id, raw) of what came in, so long ago at least, and was not dealt with, in order.

        With ``seconds`` one process is told of it, and no other for as long again. It is told of all chats, not of
        some rows each: what one person wrote stays in one order.
        """
        by = self._clock() - timedelta(seconds=seconds) if seconds else None
        waiting = await self._database.read(lambda tx: inbox.waiting(tx, channel, LEFT_OVER_MOST, by=by))
        if waiting and seconds and not await self.lead(f"{channel}:left over", seconds):
            return ()
        return [(one.external_id, one.raw) for one in waiting]

    # What channels want to know.

    async def lead(self, channel: str, seconds: float) -> bool:
        """Whether this process is the one that polls for a channel, for so many seconds from now."""
        now = self._clock()
        return await self._database.write(lambda tx: channels.may_poll(tx, channel, self._holder, seconds, now))

    async def recall(self, channel: str, key: str) -> str | None:
        """What a channel remembered."""
        return await self._database.read(lambda tx: channels.recall(tx, channel, key))

    async def remember(self, channel: str, key: str, value: str) -> None:
        """Remember something for a channel, durably."""
        now = self._clock()
        await self._database.write(lambda tx: channels.remember(tx, channel, key, value, now))

    # Dealing with it.

    async def _deal(self, incoming: Incoming) -> bool:
        """Do what an event asks for. Whether the person was erased."""
        sender = incoming.sender
        if sender.is_group:
            await self._tell_group(incoming)
            return False
        if isinstance(incoming.heard, Left):
            await self._lose(incoming)
            return False
        if isinstance(incoming.heard, CameBack):
            await self._reach(incoming)
            return False
        chat = await self._welcome(incoming)
        began = await self._arriving.stand(incoming, chat)
        if began.is_settled:
            dealt = Dealt(conversation_id=began.conversation_id)
        else:
            dealt = await self._answering.answer(incoming, began.conversation_id, chat, is_first=began.is_new)
        if dealt.erases:
            await self._erase(incoming, dealt)
            return True
        await self._stand_in(incoming, dealt)
        return False

    async def _welcome(self, incoming: Incoming) -> Chat:
        """Note that they wrote: they may be written to again. What they missed of the bot's is not told any more."""
        now, channel, sender = self._clock(), incoming.channel, incoming.sender

        def note(tx: Transaction) -> Chat:
            before = chats.find(tx, channel, sender.address)
            chats.heard_from(tx, channel, sender.address, sender.person, now)
            if before is not None and before.is_silenced and before.conversation_id is not None:
                _skip_what_was_missed(tx, before.conversation_id)
            chat = chats.find(tx, channel, sender.address)
            assert chat is not None
            return chat

        return await self._database.write(note)

    async def _stand_in(self, incoming: Incoming, dealt: Dealt) -> None:
        """Have the conversation be the chat's, and whatever waits there go out; remember what they wrote."""
        channel, address, number = incoming.channel, incoming.sender.address, dealt.conversation_id
        now = self._clock()

        def note(tx: Transaction) -> None:
            stored = conversations.find_by_id(tx, number)
            if stored is None:
                return
            chats.stand_in(tx, channel, address, number)
            if dealt.stopped_at is not None:
                chats.stop(tx, channel, address, dealt.stopped_at)
            if dealt.seq is not None and incoming.reference:
                deliveries.record(tx, number, dealt.seq, 0, incoming.reference, now)
            _deliver_what_waits(tx, stored, now)

        await self._database.write(note)

    async def _tell_group(self, incoming: Incoming) -> None:
        """Say once that we do not talk in groups."""
        sender, now = incoming.sender, self._clock()
        text = word("only_private", (sender.language or "en").partition("-")[0].lower())
        words = self._words(incoming, text)

        def tell(tx: Transaction) -> None:
            if chats.tell_once(tx, incoming.channel, sender.address, sender.person, now):
                _say_soon(tx, words, now)

        await self._database.write(tell)

    async def _lose(self, incoming: Incoming) -> None:
        """Nothing is sent there any more; people who count on them learn it."""
        now, sender = self._clock(), incoming.sender

        def lose(tx: Transaction) -> int | None:
            chats.lose(tx, incoming.channel, sender.address, sender.person, now)
            chat = chats.find(tx, incoming.channel, sender.address)
            return None if chat is None else chat.conversation_id

        number = await self._database.write(lose)
        if number is not None:
            with contextlib.suppress(UnknownConversation):
                if await self._manager.is_with_people(number):
                    await self._manager.handle(number, VisitorLeft(at=now), f"{incoming.event_id}:left")

    async def _reach(self, incoming: Incoming) -> None:
        """They may be written to again: what people of ours said meanwhile goes out."""
        now, channel, address = self._clock(), incoming.channel, incoming.sender.address

        def reach(tx: Transaction) -> None:
            chat = chats.find(tx, channel, address)
            if chat is None or chat.unreachable is None:
                return
            chats.reach(tx, channel, address)
            stored = None if chat.conversation_id is None else conversations.find_by_id(tx, chat.conversation_id)
            if stored is not None:
                _skip_what_was_missed(tx, stored.id)
                _deliver_what_waits(tx, stored, now)

        await self._database.write(reach)

    async def _erase(self, incoming: Incoming, dealt: Dealt) -> None:
        """Erase everything about them, and say so."""
        now = self._clock()
        words = self._words(incoming, word("erased", dealt.language))

        def erase(tx: Transaction) -> tuple[int, ...]:
            erasure = erase_talk(tx, dealt.conversation_id, now)
            _say_soon(tx, words, now)
            return () if erasure is None else erasure.conversations

        for number in await self._database.write(erase):
            self._manager.forget(number)
        await self._database.scrub()

    def _words(self, incoming: Incoming, text: str) -> NewEffect:
        sender = incoming.sender
        payload = {
            "channel": incoming.channel,
            "address": sender.address,
            "language": sender.language or "en",
            "text": text,
        }
        return NewEffect(kind=DELIVER_WORDS, payload=payload)

    async def _strike_off(self, incoming: Incoming, *, erased: bool) -> None:
        now, channel, order = self._clock(), incoming.channel, incoming.order

        def strike(tx: Transaction) -> None:
            inbox.strike_off(tx, channel, incoming.event_id, now)
            if order and not erased:
                chats.note_order(tx, channel, incoming.sender.address, order)

        await self._database.write(strike)
        self._dealt_with += 1
        if self._dealt_with % _TIDY_EVERY == 0:
            await self._database.write(lambda tx: inbox.forget_heard(tx, now - REMEMBERED))

    @contextlib.asynccontextmanager
    async def _in_order(self, incoming: Incoming) -> AsyncIterator[None]:
        """Wait for one's turn among the events of a chat."""
        key = (incoming.channel, incoming.sender.address)
        queue = self._queues.setdefault(key, _Queue())
        queue.waiting += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                self._queues.pop(key, None)


class _Queue:
    """The events of one chat that are being dealt with, or wait."""

    __slots__ = ("lock", "waiting")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


def _say_soon(tx: Transaction, words: NewEffect, at: datetime) -> None:
    outbox.queue(tx, None, words, at)
    tx.hint(_NO_CONVERSATION, 0, work=True)


def _deliver_what_waits(tx: Transaction, stored: StoredConversation, at: datetime) -> None:
    if deliveries.watermark(tx, stored.id) < stored.last_seq:
        outbox.queue(tx, stored.id, NewEffect(kind=DELIVER, payload={}, once=True), at)
        tx.hint(stored.id, stored.last_seq, work=True)


def _skip_what_was_missed(tx: Transaction, conversation_id: int) -> None:
    """Pass over what the bot said while nothing could be sent; words of people of ours, and what came after, go out."""
    delivered = deliveries.watermark(tx, conversation_id)
    missed: list[dict[str, Any]] = []
    while more := conversations.messages_after(tx, conversation_id, missed[-1]["seq"] if missed else delivered):
        missed += more
    by_people = (message["seq"] - 1 for message in missed if message["from"] == "rep")
    until = next(by_people, missed[-1]["seq"] if missed else delivered)
    if until > delivered:
        deliveries.advance(tx, conversation_id, until)
