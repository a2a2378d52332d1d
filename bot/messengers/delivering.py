"""Performs ``deliver``: what was said in a conversation reaches the visitor on their messenger.

1. Told by level: everything behind the watermark goes out, in order, however often it is called.
2. Each part is recorded with its reference before the next one goes out: a crash repeats one part at most.
3. Nothing goes to somebody who blocked us, left or said stop, until they write.
4. What cannot be delivered at all is a dead letter that people see; what comes behind it goes out.
"""

import asyncio
import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.channels.contract import Messenger, Outgoing, OutsideWindow, Shown, Unreachable
from bot.channels.rendering import correction, render
from bot.desk.contract import Undeliverable
from bot.live_conversations import UnknownConversation
from bot.manager import Manager
from bot.messengers.gifts import Gifts
from bot.ports import Clock, Message
from dialogs.events import VisitorLeft
from storage import chats, conversations, deliveries, outbox
from storage.chats import Chat
from storage.conversations import StoredConversation
from storage.database import Database
from storage.outbox import DELIVER, DueEffect
from storage.transaction import Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Talk:
    """A conversation on a messenger, as it stands when something is delivered."""

    stored: StoredConversation
    messenger: Messenger
    address: str
    chat: Chat | None
    watermark: int
    attempts: int

    @property
    def language(self) -> str:
        return self.stored.state.language


@dataclass(frozen=True, slots=True)
class _Step:
    """One call of the messenger, and under which message and part its reference is kept."""

    seq: int
    part: int
    shown: Shown
    revises: str = ""
    removes: str = ""


class Delivering:
    """Delivers on every messenger that is open; ``messengers`` may be filled later."""

    def __init__(
        self,
        database: Database,
        manager: Manager,
        gifts: Gifts,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        base_url: str,
    ) -> None:
        self._database = database
        self._manager = manager
        self._gifts = gifts
        self._messengers = messengers
        self._clock = clock
        self._base_url = base_url

    async def deliver(self, effect: DueEffect) -> None:
        """Deliver what a conversation has to say. Raises ``TryLater`` and whatever else may work later."""
        if effect.conversation_id is None or (talk := await self._talk(effect)) is None:
            return
        if talk.chat is not None and talk.chat.unreachable is not None:
            return
        try:
            if "seq" in effect.payload:
                await self._deliver_again(talk, int(effect.payload["seq"]))
            else:
                await self._deliver_news(talk)
        except Unreachable as error:
            await self._lose(talk, error)
        except OutsideWindow:
            await self._wait_for_them(talk)

    async def deliver_words(self, effect: DueEffect) -> None:
        """Deliver words that belong to no conversation."""
        words = effect.payload
        messenger = self._messenger(str(words["channel"]))
        shown = Shown(text=str(words["text"]))
        outgoing = Outgoing(
            address=str(words["address"]),
            id=f"words:{effect.id}",
            shown=shown,
            language=str(words["language"]),
            attempts=effect.attempts - 1,
        )
        try:
            await messenger.deliver(outgoing)
        except (Unreachable, OutsideWindow, Undeliverable) as error:
            log.info("%s: words could not be delivered: %s", messenger.name, error)

    async def show_typing(self, conversation_id: int) -> None:
        """Let the visitor of a conversation see that somebody writes, where their channel can show it."""
        stored = await self._database.read(lambda tx: conversations.find_by_id(tx, conversation_id))
        if stored is not None and stored.channel in self._messengers:
            await self._type(self._messengers[stored.channel], stored.address.rpartition("/")[0])

    # What there is to say.

    async def _talk(self, effect: DueEffect) -> _Talk | None:
        number = effect.conversation_id
        assert number is not None

        def read(tx: Transaction) -> tuple[StoredConversation, str, Chat | None, int] | None:
            stored = conversations.find_by_id(tx, number)
            if stored is None:
                return None
            address = stored.address.rpartition("/")[0]
            return stored, address, chats.find(tx, stored.channel, address), deliveries.watermark(tx, number)

        found = await self._database.read(read)
        if found is None:
            return None
        stored, address, chat, watermark = found
        return _Talk(stored, self._messenger(stored.channel), address, chat, watermark, effect.attempts - 1)

    def _messenger(self, name: str) -> Messenger:
        messenger = self._messengers.get(name)
        if messenger is None:
            raise LookupError(f"no messenger called {name!r} is configured")
        return messenger

    async def _deliver_news(self, talk: _Talk) -> None:
        number, delivered = talk.stored.id, talk.watermark
        typed = False
        for message in await self._manager.messages_after(number, talk.watermark):
            if self._is_withheld(talk, message):
                break
            steps = await self._steps(talk, message)
            if steps and not typed:
                typed = True
                await self._type(talk.messenger, talk.address)
            if not await self._deliver_message(talk, message, steps):
                return
            delivered = int(message["seq"])
        if delivered > talk.watermark:
            await self._database.write(lambda tx: deliveries.advance(tx, number, delivered))

    async def _deliver_again(self, talk: _Talk, seq: int) -> None:
        """Deliver one message that could not be delivered before."""
        messages = await self._manager.messages_after(talk.stored.id, seq - 1)
        if messages and messages[0]["seq"] == seq:
            await self._deliver_message(talk, messages[0], await self._steps(talk, messages[0]))

    async def _deliver_message(self, talk: _Talk, message: Message, steps: Sequence[_Step]) -> bool:
        """Deliver the parts of a message that are not out. False when the person was erased meanwhile."""
        if not steps:
            return True
        seq = int(message["seq"])
        try:
            for step in steps:
                outgoing = Outgoing(
                    address=talk.address,
                    id=f"{talk.stored.public_id}:{seq}:{step.part}",
                    shown=step.shown,
                    language=talk.language,
                    revises=step.revises,
                    removes=step.removes,
                    attempts=talk.attempts,
                )
                reference = await talk.messenger.deliver(outgoing)
                # Whatever stops us now must not make us forget that it is out.
                if not await asyncio.shield(self._record(talk, step, reference or step.revises)):
                    return False
        except Undeliverable as error:
            log.error("%s: message %s cannot be delivered: %s", talk.messenger.name, seq, error)
            payload, reason = {"seq": seq}, f"{type(error).__name__}: {error}"
            bury = partial(outbox.bury, conversation_id=talk.stored.id, kind=DELIVER, payload=payload, error=reason)
            await self._database.write(lambda tx: bury(tx, at=self._clock()))
        return await self._database.write(lambda tx: deliveries.advance(tx, talk.stored.id, seq))

    async def _record(self, talk: _Talk, step: _Step, reference: str) -> bool:
        record = partial(
            deliveries.record, conversation_id=talk.stored.id, seq=step.seq, part=step.part, reference=reference
        )
        return await self._database.write(lambda tx: record(tx, at=self._clock()))

    def _is_withheld(self, talk: _Talk, message: Message) -> bool:
        """Whether the visitor said stop before this was said."""
        chat = talk.chat
        if chat is None or chat.stopped is None or message["from"] == "visitor":
            return False
        return datetime.fromisoformat(message["at"]) > chat.stopped

    # In which parts.

    async def _steps(self, talk: _Talk, message: Message) -> list[_Step]:
        """What is to be done to show a message, without what is done already."""
        if message["from"] == "visitor":
            return []
        if message.get("revises"):
            original = await self._original(talk, message)
            return await self._revising(talk, message, original)
        seq = int(message["seq"])
        done = await self._database.read(lambda tx: deliveries.references(tx, talk.stored.id, seq))
        parts = await self._render(talk, message)
        return [_Step(seq, number, part) for number, part in enumerate(parts) if number not in done]

    async def _revising(self, talk: _Talk, message: Message, original: int | None) -> list[_Step]:
        """What is to be done to change, or take back, words that were said."""
        out: Mapping[int, str] = {}
        if original is not None and talk.messenger.capabilities.edits:
            out = await self._database.read(lambda tx: deliveries.references(tx, talk.stored.id, original))
        out = {part: reference for part, reference in out.items() if reference}
        if original is None or not out:
            if not message["text"]:
                return []  # It cannot be taken back there.
            seq = int(message["seq"])
            done = await self._database.read(lambda tx: deliveries.references(tx, talk.stored.id, seq))
            parts = await self._render(talk, correction(message, talk.language))
            return [_Step(seq, number, part) for number, part in enumerate(parts) if number not in done]
        parts = await self._render(talk, message) if message["text"] else ()
        steps = [_Step(original, number, part, revises=out.get(number, "")) for number, part in enumerate(parts)]
        return steps + [
            _Step(original, part, Shown(), removes=reference) for part, reference in out.items() if part >= len(parts)
        ]

    async def _original(self, talk: _Talk, message: Message) -> int | None:
        """Number of the message whose words are changed."""
        for one in await self._manager.messages_after(talk.stored.id, 0):
            if one.get("id") == message.get("id") and not one.get("revises") and one["from"] == message["from"]:
                return int(one["seq"])
        return None

    async def _render(self, talk: _Talk, message: Message) -> Sequence[Shown]:
        can = talk.messenger.capabilities
        file = await self._gifts.find(message, can.file_bytes) if can.files else None
        return render(
            message,
            can,
            conversation=talk.stored.id,
            language=talk.language,
            base_url=self._base_url,
            file=file,
        )

    # What may go wrong.

    async def _lose(self, talk: _Talk, error: Unreachable) -> None:
        """They cannot be written to any more: nothing is sent there until they write."""
        stored, now = talk.stored, self._clock()
        log.info("%s: conversation %s cannot be reached any more: %s", stored.channel, stored.id, error)
        await self._database.write(lambda tx: chats.lose(tx, stored.channel, talk.address, stored.state.person, now))
        await self._tell_people_that_they_left(stored.id)

    async def _wait_for_them(self, talk: _Talk) -> None:
        """The platform lets us say nothing until they write: people who wait for them learn it."""
        log.info("%s: conversation %s waits until the visitor writes", talk.stored.channel, talk.stored.id)
        await self._tell_people_that_they_left(talk.stored.id)

    async def _tell_people_that_they_left(self, conversation_id: int) -> None:
        with contextlib.suppress(UnknownConversation):
            if await self._manager.is_with_people(conversation_id):
                await self._manager.handle(conversation_id, VisitorLeft(at=self._clock()), None)

    async def _type(self, messenger: Messenger, address: str) -> None:
        """Best effort, and never for long."""
        if messenger.capabilities.typing:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(3):
                    await messenger.show_typing(address)
