"""One turn of one conversation: find the state, decide, save all of it at once, hand back what was said.

Decided on a state that another process has meanwhile changed, a turn is decided again: the engine is pure, so
that costs nothing but time. An event that was saved before is answered from its record.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.granting import Given, MagnetGiver
from bot.messages import bot_message, magnet_message, rep_message, visitor_message
from bot.ports import Clock, Message
from bot.scripts import Scripts, UnknownScript
from dialogs import phrases
from dialogs.effects import GiveMagnet, RepSay, Say, Whisper
from dialogs.engine import take_turn
from dialogs.events import Event, VisitorArrived, VisitorSaid
from dialogs.script import Script
from dialogs.state import ConversationState
from dialogs.turn import Turn
from storage import conversations, leads
from storage.conversations import AlreadySaved, NewTurn, RecordedTurn, SavedTurn, StoredConversation
from storage.database import Database
from storage.errors import Conflict
from storage.magnets import PoolEmpty
from storage.transaction import Transaction

log = logging.getLogger(__name__)

TRIES = 10
"""How often a turn is decided anew before its event is given back unsaved."""
REMEMBERED_MOST = 20_000
"""Conversations whose state is kept in memory."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands, for a channel."""

    conversation_id: int
    public_id: str
    person: str
    script: str
    version: str
    language: str
    status: str
    seq: int


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of an event."""

    first_seq: int
    """Number of the visitor's own message, where the event was one."""
    messages: Sequence[Message]
    status: str
    repeated: bool = False
    """Whether the event had been saved before."""
    whispers: tuple[str, ...] = ()
    """What the person of ours who did it is to be told."""


class UnknownConversation(LookupError):
    """There is no such conversation."""


class _Live:
    """A conversation in memory: how it stood last, and the lock that keeps its turns in order."""

    __slots__ = ("lock", "stored")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.stored: StoredConversation | None = None


class Manager:
    """Deals with events, one conversation's one after the other, different conversations' side by side."""

    def __init__(self, database: Database, scripts: Scripts, giver: MagnetGiver, clock: Clock, pictures: str) -> None:
        self.scripts = scripts
        self.pictures = pictures
        """Address below which pictures are."""
        self._database = database
        self._giver = giver
        self._clock = clock
        self._live: OrderedDict[int, _Live] = OrderedDict()
        self._by_public_id: OrderedDict[str, int] = OrderedDict()

    # Finding.

    async def find(self, channel: str, address: str) -> Standing | None:
        """The conversation at an address."""
        return await self._standing(lambda tx: conversations.find(tx, channel, address))

    async def find_public(self, public_id: str) -> Standing | None:
        """The conversation that the outside knows by this name."""
        number = self._by_public_id.get(public_id)
        live = self._live.get(number) if number is not None else None
        if live is not None and live.stored is not None:
            return _standing(live.stored)
        return await self._standing(lambda tx: conversations.find_by_public_id(tx, public_id))

    async def knows(self, person: str) -> bool:
        """Whether this person has ever talked to us."""
        return await self._database.read(lambda tx: leads.profile_of(tx, person)) is not None

    async def messages_after(self, conversation_id: int, after: int) -> list[dict[str, Any]]:
        """Everything said after a message number."""
        messages: list[dict[str, Any]] = []
        while True:
            last = messages[-1]["seq"] if messages else after
            unit = partial(conversations.messages_after, conversation_id=conversation_id, after=last, limit=_AT_ONCE)
            more = await self._database.read(unit)
            messages += more
            if len(more) < _AT_ONCE:
                return messages

    async def status(self, conversation_id: int) -> str:
        """What the conversation is doing."""
        live = await self._at_hand(conversation_id)
        assert live.stored is not None
        return live.stored.state.status.value

    async def is_with_people(self, conversation_id: int) -> bool:
        """Whether people of ours have something to do with the conversation at present."""
        stored = await self._database.read(lambda tx: conversations.find_by_id(tx, conversation_id))
        return stored is not None and stored.state.desk is not None and stored.state.desk.is_live

    # Beginning and going on.

    async def begin(self, channel: str, address: str, script_name: str, arrived: VisitorArrived) -> Standing:
        """Begin a conversation at an address; where one has begun meanwhile, that one."""
        profile = await self._database.read(lambda tx: leads.profile_of(tx, arrived.person))
        if profile is not None:
            arrived = replace(arrived, profile=replace(profile, visits=profile.visits + 1))
        script = await self.scripts.current(script_name)
        public_id = secrets.token_urlsafe(12)
        try:
            saved, _ = await self._decide_and_save(
                script,
                None,
                arrived,
                lambda tx, new: conversations.begin(tx, channel=channel, address=address, public_id=public_id, new=new),
                None,
            )
        except Conflict:
            standing = await self.find(channel, address)
            if standing is None:
                raise
            return standing
        self._remember(saved.conversation)
        return _standing(saved.conversation)

    async def handle(self, conversation_id: int, event: Event, external_id: str | None) -> Handled:
        """Deal with an event; returns when everything it caused is on disk.

        Raises ``UnknownConversation``, and ``StorageError`` when it could not be saved: the event is then not
        acknowledged, and may be brought again.
        """
        live = self._live.get(conversation_id) or await self._at_hand(conversation_id)
        async with live.lock:
            for _ in range(TRIES):
                stored = live.stored or await self._load(live, conversation_id)
                try:
                    saved, turn = await self._go_on(stored, event, external_id)
                except AlreadySaved as repeat:
                    return _from_record(repeat.record, stored)
                except Conflict:
                    live.stored = None
                    continue
                except Exception:
                    live.stored = None  # Whether it was saved is not known here; the database knows.
                    await self._load(live, conversation_id)  # Raises when the person was erased meanwhile.
                    raise
                except BaseException:
                    live.stored = None
                    raise
                live.stored = saved.conversation
                whispers = tuple(effect.text for effect in turn.effects if type(effect) is Whisper)
                status = saved.conversation.state.status.value
                return Handled(saved.first_seq, saved.messages, status, whispers=whispers)
            raise Conflict(f"conversation {conversation_id} is being changed elsewhere all the time")

    async def restart(self, conversation_id: int) -> Handled:
        """Begin the conversation's script anew, by the visitor's wish."""
        return await self.handle(conversation_id, VisitorSaid(at=self._clock(), text="", choice="restart"), None)

    def forget(self, conversation_id: int) -> None:
        """Look into the database next time: somebody else may have changed the conversation."""
        live = self._live.get(conversation_id)
        if live is not None and not live.lock.locked():
            live.stored = None

    async def _go_on(self, stored: StoredConversation, event: Event, external_id: str | None) -> tuple[SavedTurn, Turn]:
        state = stored.state
        script = self.scripts.at_hand(state.script, state.version) or await self._script_of(state)
        return await self._decide_and_save(
            script, state, event, lambda tx, new: conversations.save_turn(tx, stored, new), external_id
        )

    async def _decide_and_save(
        self,
        script: Script,
        state: ConversationState | None,
        event: Event,
        save: Any,
        external_id: str | None,
    ) -> tuple[SavedTurn, Turn]:
        """Decide, and save; once more for each lead magnet that turns out to be used up meanwhile."""
        while True:
            turn = self._decide(script, state, event)
            try:
                if any(type(effect) is GiveMagnet for effect in turn.effects):
                    unit = self._with_magnets(script, turn, event, external_id, save)
                else:
                    messages = self._messages(script, turn, event, external_id)
                    new = NewTurn(event=event, at=event.at, turn=turn, external_id=external_id, messages=messages)
                    unit = partial(_save, save, new)
                return await self._database.write(unit), turn
            except PoolEmpty as empty:
                if empty.magnet in event.unavailable:
                    raise
                event = replace(event, unavailable=(*event.unavailable, empty.magnet))

    def _decide(self, script: Script, state: ConversationState | None, event: Event) -> Turn:
        """What the engine decides; a mistake of ours costs the visitor an apology, not what they wrote."""
        try:
            return take_turn(script, state, event)
        except Exception:
            if state is None:
                raise
            mark = secrets.token_hex(4)
            log.exception("error %s while deciding a turn of script %s at step %s", mark, state.script, state.step)
            sorry = Say(text=phrases.say("broken", state.language), step=state.step)
            return Turn(state=state, effects=(sorry,) if isinstance(event, VisitorSaid) else ())

    def _with_magnets(self, script: Script, turn: Turn, event: Event, external_id: str | None, save: Any) -> Any:
        """A unit that takes codes, makes cards and saves the turn, all in one transaction."""
        given = {
            id(effect): self._giver.prepare(effect, script, turn.state, event.at)
            for effect in turn.effects
            if isinstance(effect, GiveMagnet)
        }

        def save_with_magnets(tx: Transaction) -> SavedTurn:
            cards = {number: self._giver.give(tx, one) for number, one in given.items()}
            messages = self._messages(script, turn, event, external_id, cards)
            grants = tuple(one.grant for one in cards.values())
            new = NewTurn(
                event=event, at=event.at, turn=turn, external_id=external_id, messages=messages, grants=grants
            )
            return save(tx, new)  # type: ignore[no-any-return]

        return save_with_magnets

    def _messages(
        self,
        script: Script,
        turn: Turn,
        event: Event,
        external_id: str | None,
        cards: dict[int, Given] | None = None,
    ) -> list[dict[str, Any]]:
        at = event.at.isoformat()
        messages = []
        rep = turn.state.desk.rep if turn.state.desk is not None else None
        if isinstance(event, VisitorSaid) and event.text.strip():
            messages.append(visitor_message(event, external_id, at))
        for effect in turn.effects:
            if isinstance(effect, Say):
                messages.append(bot_message(effect, script, self.pictures, at, rep))
            elif isinstance(effect, RepSay):
                messages.append(rep_message(effect, at))
            elif isinstance(effect, GiveMagnet) and cards is not None:
                card = cards[id(effect)].card
                messages.append(magnet_message(effect, card, script, self.pictures, event.at))
        return messages

    # What is in memory.

    async def _at_hand(self, conversation_id: int) -> _Live:
        live = self._live.get(conversation_id)
        if live is None:
            live = self._live[conversation_id] = _Live()
            self._trim()
        else:
            self._live.move_to_end(conversation_id)
        if live.stored is None:
            await self._load(live, conversation_id)
        return live

    async def _load(self, live: _Live, conversation_id: int) -> StoredConversation:
        stored = await self._database.read(lambda tx: conversations.find_by_id(tx, conversation_id))
        if stored is None:
            self._live.pop(conversation_id, None)
            raise UnknownConversation(conversation_id)
        live.stored = stored
        return stored

    async def _standing(self, find: Any) -> Standing | None:
        stored = await self._database.read(find)
        if stored is None:
            return None
        self._remember(stored)
        return _standing(stored)

    def _remember(self, stored: StoredConversation) -> None:
        live = self._live.get(stored.id)
        if live is None:
            live = self._live[stored.id] = _Live()
            self._trim()
        if live.stored is None or live.stored.row_version < stored.row_version:
            live.stored = stored
        self._by_public_id[stored.public_id] = stored.id

    def _trim(self) -> None:
        while len(self._live) > REMEMBERED_MOST:
            number, live = next(iter(self._live.items()))
            if live.lock.locked():
                self._live.move_to_end(number)
                return
            del self._live[number]
        while len(self._by_public_id) > REMEMBERED_MOST:
            self._by_public_id.popitem(last=False)

    async def _script_of(self, state: ConversationState) -> Script:
        """The version the conversation is pinned to; the live one if that cannot be read any more."""
        try:
            return await self.scripts.version(state.script, state.version)
        except UnknownScript:
            return await self.scripts.current(state.script)


def _save(save: Any, new: NewTurn, tx: Transaction) -> SavedTurn:
    """A unit of work that saves a turn."""
    saved: SavedTurn = save(tx, new)
    return saved


def _standing(stored: StoredConversation) -> Standing:
    state = stored.state
    return Standing(
        conversation_id=stored.id,
        public_id=stored.public_id,
        person=state.person,
        script=state.script,
        version=state.version,
        language=state.language,
        status=state.status.value,
        seq=stored.last_seq,
    )


def _from_record(record: RecordedTurn, stored: StoredConversation) -> Handled:
    return Handled(record.first_seq, record.messages, stored.state.status.value, repeated=True)


def utc_now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)
