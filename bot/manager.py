"""One turn of one conversation: find the state, decide, save all of it at once, hand back what was said.

Decided on a state that another process has meanwhile changed, a turn is decided again: the engine is pure, so
that costs nothing but time. An event that was saved before is answered from its record.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVarTuple

from bot import crossing
from bot.deciding import Deciding
from bot.granting import MagnetGiver
from bot.live_conversations import LiveConversation, LiveConversations
from bot.messages import file_of, visitor_message
from bot.ports import Clock, Message
from bot.scripts import Scripts, UnknownScript
from dialogs.effects import ShowDesk, Whisper
from dialogs.engine import take_turn
from dialogs.events import Event, Profile, VisitorArrived, VisitorSaid
from dialogs.files import wanted_file
from dialogs.questions.file import FileOptions
from dialogs.script import Script
from dialogs.state import ConversationState
from dialogs.told import SIGNED
from dialogs.turn import Turn
from storage import conversations, crossings, leads
from storage.conversations import AlreadySaved, NewTurn, RecordedTurn, SavedTurn, StoredConversation
from storage.database import Database
from storage.errors import Conflict
from storage.transaction import Transaction

log = logging.getLogger(__name__)

TRIES = 10
"""How often a turn is decided anew before its event is given back unsaved."""
AT_ONCE = 200
"""Messages that are read in one go."""
_Given = TypeVarTuple("_Given")


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
    notes: tuple[Whisper, ...] = ()
    """What the page told when it began, and was not taken."""


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
    notes: tuple[Whisper, ...] = ()
    """The same for programs: what the page told and was not taken."""
    conversation_id: int = 0
    """Where it was dealt with: another conversation than the one asked, where the visitor had gone over."""


class Manager:
    """Deals with events, one conversation's one after the other, different conversations' side by side."""

    def __init__(self, database: Database, scripts: Scripts, giver: MagnetGiver, clock: Clock, pictures: str) -> None:
        self.scripts = scripts
        self.pictures = pictures
        """Address below which pictures are."""
        self.database = database
        self.deciding = Deciding(database, giver, pictures)
        self._clock = clock
        self._live = LiveConversations(database)

    # Finding.

    async def find(self, channel: str, address: str) -> Standing | None:
        """The conversation at an address."""
        return await self._standing(lambda tx: conversations.find(tx, channel, address))

    async def standing(self, conversation_id: int) -> Standing | None:
        """The conversation with this number."""
        return await self._standing(lambda tx: conversations.find_by_id(tx, conversation_id))

    async def find_public(self, public_id: str) -> Standing | None:
        """The conversation that the outside knows by this name."""
        if (stored := self._live.known_as(public_id)) is not None:
            return _standing(stored)
        return await self._standing(lambda tx: conversations.find_by_public_id(tx, public_id))

    async def knows(self, person: str) -> bool:
        """Whether this person has ever talked to us."""
        return await self.profile_of(person) is not None

    async def profile_of(self, person: str, proven: tuple[tuple[str, str], ...] = ()) -> Profile | None:
        """What is known of this person, by their own key or by what they have proven; None for a stranger."""
        return await self.database.read(lambda tx: leads.profile_of(tx, person, proven))

    async def messages_after(self, conversation_id: int, after: int) -> list[dict[str, Any]]:
        """Everything said after a message number."""
        messages: list[dict[str, Any]] = []
        while True:
            more = await self.some_after(conversation_id, messages[-1]["seq"] if messages else after)
            messages += more
            if len(more) < AT_ONCE:
                return messages

    async def some_after(self, conversation_id: int, after: int) -> list[dict[str, Any]]:
        """What was said next after a message number: ``AT_ONCE`` messages, or fewer where these are all."""
        unit = partial(conversations.messages_after, conversation_id=conversation_id, after=after, limit=AT_ONCE)
        return await self.database.read(unit)

    async def status(self, conversation_id: int) -> str:
        """What the conversation is doing."""
        return (await self.state_of(conversation_id)).status.value

    async def state_of(self, conversation_id: int) -> ConversationState:
        """How the conversation stands."""
        return (await self._live.stored(conversation_id)).state

    async def is_with_people(self, conversation_id: int) -> bool:
        """Whether people of ours have something to do with the conversation at present."""
        stored = await self.database.read(lambda tx: conversations.find_by_id(tx, conversation_id))
        return stored is not None and stored.state.desk is not None and stored.state.desk.is_live

    # Beginning and going on.

    async def begin(
        self,
        channel: str,
        address: str,
        script_name: str,
        arrived: VisitorArrived,
        external_id: str | None = None,
        proven: tuple[tuple[str, str], ...] = (),
    ) -> Standing:
        """Begin a conversation at an address; where one has begun meanwhile, that one."""
        identity = arrived.told.identity if arrived.told is not None else None
        signed = ((SIGNED, identity.subject),) if identity is not None else ()
        profile = await self.profile_of(arrived.person, signed)
        if profile is not None:
            arrived = replace(arrived, profile=replace(profile, visits=profile.visits + 1))
        script = await self.scripts.current(script_name)
        public_id = self.new_public_id()

        def save(tx: Transaction, new: NewTurn) -> SavedTurn:
            return conversations.begin(tx, channel=channel, address=address, public_id=public_id, new=new)

        try:
            saved, turn = await self.deciding.decide_and_save(script, None, arrived, save, external_id, proven)
        except Conflict:
            standing = await self.find(channel, address)
            if standing is None:
                raise
            return standing
        self._live.remember(saved.conversation)
        return replace(_standing(saved.conversation), notes=self.handled(saved, turn).notes)

    async def handle(
        self,
        conversation_id: int,
        event: Event,
        external_id: str | None,
        proven: tuple[tuple[str, str], ...] = (),
    ) -> Handled:
        """Deal with an event; returns when everything it caused is on disk.

        ``proven`` are identities that the visitor has proven by it. Raises ``UnknownConversation``, and
        ``StorageError`` when it could not be saved: the event is then not acknowledged, and may be brought again.
        """
        live = self._live.known(conversation_id) or await self._live.at_hand(conversation_id)
        try:
            return await self._in_order(live, conversation_id, self._go_on, event, external_id, proven, True)
        except crossing.Elsewhere as elsewhere:
            if external_id is not None and (known := await self.recorded(conversation_id, external_id)) is not None:
                return known  # It was dealt with before the conversation went over, or there.
            handled = await crossing.deal_elsewhere(self, elsewhere.stored, event, external_id)
        if handled is not None:
            return handled
        return await self._in_order(live, conversation_id, self._go_on, event, external_id, proven, False)

    async def recorded(self, conversation_id: int, external_id: str) -> Handled | None:
        """What became of an event that was saved before, here or where the conversation went on; None for a new one.

        One that is being saved just now is waited for. Raises ``UnknownConversation``.
        """
        live = await self._live.at_hand(conversation_id)
        async with live.lock:
            stored = live.stored or await self._live.load(live, conversation_id)
            return await self.database.read(lambda tx: _look_up(tx, stored, external_id))

    async def keep(
        self, conversation_id: int, text: str, external_id: str | None, sent: VisitorSaid | None = None
    ) -> Handled:
        """Put something that the visitor sent into the transcript, without an answer of the bot's.

        ``sent`` is what they sent with a file.
        """
        live = self._live.known(conversation_id) or await self._live.at_hand(conversation_id)
        return await self._in_order(live, conversation_id, self._keep, text, external_id, sent)

    async def wanted_file(self, conversation_id: int) -> FileOptions | None:
        """What may be sent as the answer to the open question; None where that asks for no file."""
        state = (await self._live.stored(conversation_id)).state
        return wanted_file(await self.script_of(state), state)

    async def foresee(self, conversation_id: int, event: Event) -> Turn:
        """What an event would cause now; nothing is saved."""
        state = await self.state_of(conversation_id)
        return take_turn(await self.script_of(state), state, event)

    async def _in_order(
        self,
        live: LiveConversation,
        conversation_id: int,
        go_on: Callable[[StoredConversation, *_Given], Awaitable[tuple[SavedTurn, Turn]]],
        *given: *_Given,
    ) -> Handled:
        async with live.lock:
            for _ in range(TRIES):
                stored = live.stored or await self._live.load(live, conversation_id)
                try:
                    saved, turn = await go_on(stored, *given)
                except AlreadySaved as repeat:
                    return _from_record(repeat.record, stored)
                except Conflict:
                    live.stored = None
                    continue
                except crossing.Elsewhere:
                    raise
                except Exception:
                    live.stored = None  # Whether it was saved is not known here; the database knows.
                    await self._live.load(live, conversation_id)  # Raises when the person was erased meanwhile.
                    raise
                except BaseException:
                    live.stored = None
                    raise
                live.stored = saved.conversation
                return self.handled(saved, turn)
            raise Conflict(f"conversation {conversation_id} is being changed elsewhere all the time")

    async def restart(self, conversation_id: int) -> Handled:
        """Begin the conversation's script anew, by the visitor's wish."""
        return await self.handle(conversation_id, VisitorSaid(at=self._clock(), text="", choice="restart"), None)

    def forget(self, conversation_id: int) -> None:
        """Look into the database next time: somebody else may have changed the conversation."""
        self._live.forget(conversation_id)

    async def _go_on(
        self,
        stored: StoredConversation,
        event: Event,
        external_id: str | None,
        proven: tuple[tuple[str, str], ...],
        may_leave: bool,
    ) -> tuple[SavedTurn, Turn]:
        if may_leave and stored.state.went_over and crossing.goes_along(event):
            raise crossing.Elsewhere(stored)
        state = stored.state
        script = self.scripts.at_hand(state.script, state.version) or await self.script_of(state)
        return await self.deciding.decide_and_save(
            script, state, event, lambda tx, new: conversations.save_turn(tx, stored, new), external_id, proven
        )

    async def _keep(
        self, stored: StoredConversation, text: str, external_id: str | None, sent: VisitorSaid | None
    ) -> tuple[SavedTurn, Turn]:
        at, desk = self._clock(), stored.state.desk
        shown = (ShowDesk(handoff=desk.handoff),) if desk is not None and desk.is_live else ()
        turn = Turn(state=stored.state, effects=shown)
        if sent is None:
            message: Message = {"from": "visitor", "at": at.isoformat(), "text": text}
        else:
            message = visitor_message(sent, None, at.isoformat())
        file = None if sent is None else file_of(sent)
        new = NewTurn(event=None, at=at, turn=turn, external_id=external_id, messages=(message,), file=file)
        return await self.database.write(lambda tx: conversations.save_turn(tx, stored, new)), turn

    @staticmethod
    def handled(saved: SavedTurn, turn: Turn) -> Handled:
        """What became of an event whose turn was saved."""
        notes = tuple(effect for effect in turn.effects if type(effect) is Whisper)
        whispers = tuple(note.text for note in notes)
        status = saved.conversation.state.status.value
        number = saved.conversation.id
        return Handled(saved.first_seq, saved.messages, status, whispers=whispers, notes=notes, conversation_id=number)

    @staticmethod
    def new_public_id() -> str:
        """A name for a conversation that nobody can guess."""
        return secrets.token_urlsafe(12)

    async def _standing(self, find: Callable[[Transaction], StoredConversation | None]) -> Standing | None:
        stored = await self.database.read(find)
        if stored is None:
            return None
        self._live.remember(stored)
        return _standing(stored)

    async def script_of(self, state: ConversationState) -> Script:
        """The version the conversation is pinned to; the live one if that cannot be read any more."""
        try:
            return await self.scripts.version(state.script, state.version)
        except UnknownScript:
            return await self.scripts.current(state.script)


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


def _look_up(tx: Transaction, stored: StoredConversation, external_id: str) -> Handled | None:
    record = conversations.recorded_turn(tx, stored.id, external_id)
    if record is None and stored.state.went_over and (there := crossings.now_in(tx, stored.id)) is not None:
        stored, record = there, conversations.recorded_turn(tx, there.id, external_id)
    return None if record is None else _from_record(record, stored)


def _from_record(record: RecordedTurn, stored: StoredConversation) -> Handled:
    status = stored.state.status.value
    return Handled(record.first_seq, record.messages, status, repeated=True, conversation_id=stored.id)


def utc_now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)
