"""What somebody did on a messenger, as events of their conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, assert_never

from bot.channels.contract import (
    Began,
    CameBack,
    Capabilities,
    Edited,
    Incoming,
    Left,
    Said,
    SentFile,
    SharedContact,
    SharedLocation,
    Wished,
    read_button_key,
)
from bot.channels.rendering import takes_place
from bot.live_conversations import UnknownConversation
from bot.manager import Handled, Manager
from bot.messages import CHANGED
from bot.messengers.files import SentFiles
from bot.messengers.hearing import (
    TEXT_MOST,
    last_question,
    line_of_location,
    phone_of,
    place_of,
    said_by_button,
    said_by_command,
    said_by_text,
    step_answered,
)
from bot.ports import Clock
from dialogs.commands import FORGET_YES
from dialogs.events import VisitorCorrected, VisitorSaid
from dialogs.facts import FactKind
from dialogs.small_talk import SmallTalk, read_small_talk
from dialogs.state import Status
from storage import conversations, deliveries
from storage.chats import Chat
from storage.conversations import StoredConversation
from storage.database import Database

LATEST = 20
"""Messages in which the open question is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """What became of an event."""

    conversation_id: int
    seq: int | None = None
    """Number of the visitor's own message, where the event was one."""
    stopped_at: datetime | None = None
    """When they said that nothing more is to be sent."""
    erases: bool = False
    """Whether they are sure that everything about them is to be erased."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Here:
    """An event where it belongs."""

    incoming: Incoming
    stored: StoredConversation
    is_late: bool
    """Whether it is older than what was dealt with last."""
    is_first: bool
    """Whether the conversation began with it."""
    at: datetime

    @property
    def number(self) -> int:
        return self.stored.id


class Answering:
    """Brings events to conversations. ``capabilities`` are those of every messenger, by name."""

    def __init__(
        self,
        database: Database,
        manager: Manager,
        clock: Clock,
        capabilities: Mapping[str, Capabilities],
        files: SentFiles,
    ) -> None:
        self._database = database
        self._manager = manager
        self._clock = clock
        self._capabilities = capabilities
        self._files = files

    async def answer(self, incoming: Incoming, conversation_id: int, chat: Chat, *, is_first: bool) -> Dealt:
        """Deal with an event of a conversation."""
        stored = await self._database.read(lambda tx: conversations.find_by_id(tx, conversation_id))
        if stored is None:
            raise UnknownConversation(conversation_id)
        is_late = 0 < incoming.order <= chat.last_order
        here = _Here(incoming, stored, is_late, is_first, self._clock())
        heard = incoming.heard
        match heard:
            case Said() if heard.button:
                return await self._pressed(here, heard)
            case Said():
                return await self._typed(here, heard.text)
            case SharedContact():
                return await self._shared_contact(here, heard)
            case SharedLocation():
                return await self._shared_place(here, heard)
            case SentFile():
                return await self._sent_file(here, heard)
            case Edited():
                return await self._edited(here, heard)
            case Wished():
                return await self._wished(here, heard)
            case Began():
                return await self._say(here, VisitorSaid(at=here.at, text="", choice="wish.repeat"))
            case Left() | CameBack():
                return Dealt(conversation_id=here.number)
            case _:
                assert_never(heard)

    async def _pressed(self, here: _Here, heard: Said) -> Dealt:
        read = read_button_key(heard.button)
        said = None
        if read is not None and read[0] == here.number:
            _, seq, number = read
            messages = await self._manager.messages_after(here.number, seq - 1)
            if messages and messages[0]["seq"] == seq:
                said = said_by_button(messages[0], number, here.stored.state.language, here.at)
        if said is not None:
            return await self._say(here, said)
        text = heard.text.strip()[:TEXT_MOST]  # A button of somebody else's, or of another time.
        return await self._say(here, VisitorSaid(at=here.at, text=text, choice=None if text else "wish.repeat"))

    async def _typed(self, here: _Here, text: str) -> Dealt:
        if not text.strip():
            return Dealt(conversation_id=here.number)
        if here.is_late:
            return await self._keep(here, text)
        latest = await self._latest(here)
        can, language = self._capabilities[here.incoming.channel], here.stored.state.language
        said = said_by_text(text, latest, can, language, here.at)
        if here.is_first and not await self._is_understood(here, said):
            return await self._keep(here, text)
        return await self._say(here, said)

    async def _is_understood(self, here: _Here, said: VisitorSaid) -> bool:
        """Whether the words with which somebody began the chat are more than a greeting."""
        if read_small_talk(said.text) is SmallTalk.GREETING:
            return False
        turn = await self._manager.foresee(here.number, said)
        return not any(
            fact.kind is FactKind.INVALID or (fact.kind is FactKind.SIDE_QUESTION and fact.detail == "unanswered")
            for fact in turn.facts
        )

    async def _shared_contact(self, here: _Here, heard: SharedContact) -> Dealt:
        phone, proven = phone_of(heard.phone, own=heard.own)
        if here.is_late or not phone:
            return await self._keep(here, phone)
        return await self._say(here, VisitorSaid(at=here.at, text=phone), proven)

    async def _shared_place(self, here: _Here, heard: SharedLocation) -> Dealt:
        """Where they are, as the answer where a place is asked for."""
        if not here.is_late and here.stored.state.status is Status.ASKING:
            asked = last_question(await self._latest(here))
            if asked is not None and takes_place(asked.get("input") or {}):
                return await self._say(here, VisitorSaid(at=here.at, text=place_of(heard)))
        return await self._sent(here, line_of_location(heard))

    async def _sent(self, here: _Here, line: str) -> Dealt:
        """Something that is no answer stands in the transcript, and the open question is put again."""
        kept = await self._keep(here, line)
        if here.is_late or here.is_first or here.stored.state.status is Status.TALKING:
            return kept
        said = VisitorSaid(at=here.at, text="", choice="wish.repeat")
        await self._manager.handle(here.number, said, f"{here.incoming.event_id}:repeat")
        return kept

    async def _sent_file(self, here: _Here, sent: SentFile) -> Dealt:
        """A file, which may be an answer; it is kept before anything is said about it."""
        incoming = here.incoming
        wanted = await self._manager.wanted_file(here.number)
        kinds = () if wanted is None else wanted.types
        sent = replace(sent, caption=sent.caption[:TEXT_MOST])
        said = await self._files.said(incoming.channel, here.number, incoming.event_id, sent, kinds, here.at)
        if here.is_late or here.is_first:
            handled = await self._manager.keep(here.number, "", incoming.event_id, said)
            return Dealt(conversation_id=here.number, seq=_own(handled))
        return await self._say(here, said)

    async def _edited(self, here: _Here, heard: Edited) -> Dealt:
        channel, person = here.incoming.channel, here.stored.state.person
        place = await self._database.read(lambda tx: deliveries.find_reference(tx, channel, person, heard.reference))
        text = heard.text[:TEXT_MOST]
        if place is None or place.conversation_id != here.number:
            return await self._keep(here, f"{CHANGED}{text}") if text.strip() else Dealt(conversation_id=here.number)
        before = await self._manager.messages_after(here.number, max(0, place.seq - LATEST))
        if any(one["seq"] == place.seq and one["text"] == text for one in before):
            return Dealt(conversation_id=here.number)  # Something about it changed that is no word.
        step = step_answered(before, place.seq)
        event = VisitorCorrected(at=here.at, text=text, step=step)
        await self._manager.handle(here.number, event, here.incoming.event_id)
        return Dealt(conversation_id=here.number)

    async def _wished(self, here: _Here, heard: Wished) -> Dealt:
        dealt = await self._say(here, said_by_command(heard, here.at))
        return Dealt(
            conversation_id=here.number,
            seq=dealt.seq,
            stopped_at=here.at if heard.command == "stop" else None,
        )

    # Turns.

    async def _say(self, here: _Here, said: VisitorSaid, proven: tuple[tuple[str, str], ...] = ()) -> Dealt:
        if said.choice == FORGET_YES and not said.step:
            return Dealt(conversation_id=here.number, erases=True, language=here.stored.state.language)
        vouched = here.incoming.sender.phone
        proven = proven or ((("phone", vouched),) if vouched else ())
        handled = await self._manager.handle(here.number, said, here.incoming.event_id, proven)
        return Dealt(conversation_id=handled.conversation_id, seq=_own(handled))

    async def _keep(self, here: _Here, text: str) -> Dealt:
        handled = await self._manager.keep(here.number, text[:TEXT_MOST], here.incoming.event_id)
        return Dealt(conversation_id=here.number, seq=_own(handled))

    async def _latest(self, here: _Here) -> list[dict[str, Any]]:
        return await self._manager.messages_after(here.number, max(0, here.stored.last_seq - LATEST))


def _own(handled: Handled) -> int | None:
    """Number of the visitor's own message in a turn."""
    first = handled.messages[0] if handled.messages else None
    return int(first["seq"]) if first is not None and first["from"] == "visitor" else None
