"""Where an event of a messenger belongs: to the conversation that goes on in the chat, or to one that it begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import crossing
from bot.campaigns import Campaigns, chat_touch
from bot.channels.contract import Began, Incoming, Said, read_button_key
from bot.manager import Manager, Standing
from bot.messengers.hearing import script_and_campaign, touch_of
from bot.ports import Clock
from bot.scripts import UnknownScript
from dialogs.events import PageTold, VisitorArrived, VisitorReturned, VisitorSaid
from dialogs.source import Touch
from dialogs.told import Told
from storage import conversations, crossings
from storage.chats import Chat
from storage.conversations import StoredConversation
from storage.database import Database
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Stand:
    """The conversation to which an event belongs."""

    conversation_id: int
    is_settled: bool = False
    """Whether the event is dealt with already: it was nothing but an arrival."""
    is_new: bool = False
    """Whether the conversation began with it."""


@dataclass(frozen=True, slots=True)
class _Came:
    """What the link says by which somebody opened the chat."""

    script: str | None = None
    step: str | None = None
    touch: Touch | None = None
    stale_link: bool = False
    """Whether it was to go on with a conversation, and was used or is too old."""


class Arriving:
    """Finds conversations, and begins them."""

    def __init__(
        self, database: Database, manager: Manager, clock: Clock, first_scripts: Mapping[str, str | None]
    ) -> None:
        self._database = database
        self._manager = manager
        self._clock = clock
        self._first_scripts = first_scripts
        self._campaigns = Campaigns(database, clock)

    async def stand(self, incoming: Incoming, chat: Chat) -> Stand:
        """The conversation of an event, begun where there was none. Raises ``UnknownScript`` where none can be."""
        found = await self._stand(incoming, chat)
        if incoming.advert is not None and not found.is_new and not found.is_settled:
            await self._note_return(incoming, found.conversation_id, _Came())
        return found

    async def _stand(self, incoming: Incoming, chat: Chat) -> Stand:
        heard = incoming.heard
        if isinstance(heard, Said) and heard.button:
            pressed = await self._of_button(incoming, heard.button)
            if pressed is not None:
                return Stand(pressed)
        code = heard.code if isinstance(heard, Began) else ""
        stale_link = False
        if code and await self._is_ticket(code):
            if crossed := await self._cross(incoming, code):
                return crossed
            code, stale_link = "", True
        came = await self._came_by(incoming, code, stale_link=stale_link)
        script = came.script
        current = await self._current(chat)
        if current is not None and script in (None, current.state.script):
            if await self._began_with(incoming, current.id):
                return Stand(current.id, is_settled=isinstance(heard, Began), is_new=True)
            if isinstance(heard, Began):
                await self._return(incoming, current.id, came)
                return Stand(current.id, is_settled=True)
            return Stand(current.id)
        name = script or self._first_script(incoming.channel)
        known = await self._manager.find(incoming.channel, f"{incoming.sender.address}/{name}")
        if known is not None:
            if await self._began_with(incoming, known.conversation_id):
                return Stand(known.conversation_id, is_settled=isinstance(heard, Began), is_new=True)
            if isinstance(heard, Began):
                await self._return(incoming, known.conversation_id, came)
                return Stand(known.conversation_id, is_settled=True)
            return Stand(known.conversation_id)
        standing = await self._begin(incoming, name, came)
        return Stand(standing.conversation_id, is_settled=isinstance(heard, Began), is_new=True)

    async def _began_with(self, incoming: Incoming, conversation_id: int) -> bool:
        """Whether the conversation began with this very event, that is brought once more after a crash."""
        name = f"{incoming.event_id}:began"
        return await self._database.read(lambda tx: conversations.recorded_turn(tx, conversation_id, name) is not None)

    def _first_script(self, channel: str) -> str:
        scripts = self._manager.scripts
        wanted = self._first_scripts.get(channel)
        name = wanted if wanted in scripts.names() else scripts.first()
        if name is None:
            raise UnknownScript(wanted or "(none is published)")
        return name

    async def _came_by(self, incoming: Incoming, code: str, *, stale_link: bool) -> _Came:
        """What a link's code says of somebody who came by it."""
        channel = incoming.channel
        if not code:
            return _Came(stale_link=stale_link)
        now, scripts = self._clock(), self._manager.scripts.names()
        link = await self._campaigns.find(code)
        if link is None:
            script, campaign = script_and_campaign(code, scripts)
            return _Came(script, touch=touch_of(channel, campaign, now, incoming.advert))
        script = link.script if link.script in scripts else None
        if not link.is_valid(now):
            return _Came(script)
        return _Came(script, link.step if script is not None else None, chat_touch(link, channel, now))

    async def _begin(self, incoming: Incoming, script: str, came: _Came) -> Standing:
        sender, now = incoming.sender, self._clock()
        arrived = VisitorArrived(
            at=now,
            person=sender.person,
            channel=incoming.channel,
            language=sender.language,
            touch=came.touch or touch_of(incoming.channel, None, now, incoming.advert),
            stale_link=came.stale_link,
            told=None if came.step is None else Told(start=came.step),
        )
        return await self._manager.begin(
            incoming.channel, f"{sender.address}/{script}", script, arrived, f"{incoming.event_id}:began"
        )

    async def _return(self, incoming: Incoming, conversation_id: int, came: _Came) -> None:
        """They opened the chat once more: they go where their link leads, or the open question is put again."""
        now, event_id = self._clock(), incoming.event_id
        if came.touch is not None or came.stale_link or incoming.advert is not None:
            await self._note_return(incoming, conversation_id, came)
        if came.step is not None:
            entered = PageTold(at=now, told=Told(start=came.step))
            if (await self._manager.handle(conversation_id, entered, f"{event_id}:entered")).messages:
                return
        again = VisitorSaid(at=now, text="", choice="wish.repeat")
        await self._manager.handle(conversation_id, again, event_id)

    async def _note_return(self, incoming: Incoming, conversation_id: int, came: _Came) -> None:
        """They came back by a link or an ad."""
        now, touch = self._clock(), came.touch
        if touch is None and incoming.advert is not None:
            touch = touch_of(incoming.channel, None, now, incoming.advert)
        language = incoming.sender.language
        returned = VisitorReturned(at=now, touch=touch, language=language, stale_link=came.stale_link)
        await self._manager.handle(conversation_id, returned, f"{incoming.event_id}:returned")

    async def _cross(self, incoming: Incoming, code: str) -> Stand | None:
        """Go on with the conversation of another channel, where the code is a ticket for it."""
        sender, now = incoming.sender, self._clock()
        handled = await crossing.come_over(
            self._manager,
            code,
            channel=incoming.channel,
            person=sender.person,
            address_of=lambda script: f"{sender.address}/{script}",
            at=now,
            external_id=incoming.event_id,
        )
        if handled is None:
            return await self._crossed_before(incoming, code)
        return Stand(handled.conversation_id, is_settled=True)

    async def _is_ticket(self, code: str) -> bool:
        return await self._database.read(lambda tx: crossings.is_code(tx, code))

    async def _crossed_before(self, incoming: Incoming, code: str) -> Stand | None:
        """A ticket that was used: by this very event, or on a link that was opened twice."""

        def find(tx: Transaction) -> StoredConversation | None:
            number = crossings.used_for(tx, code)
            return None if number is None else conversations.find_by_id(tx, number)

        there = await self._database.read(find)
        if there is None or not _is_theirs(there, incoming):
            return None
        again = VisitorSaid(at=self._clock(), text="", choice="wish.repeat")
        await self._manager.handle(there.id, again, incoming.event_id)
        return Stand(there.id, is_settled=True)

    async def _of_button(self, incoming: Incoming, key: str) -> int | None:
        """The conversation whose button was pressed, where it is this person's."""
        read = read_button_key(key)
        if read is None:
            return None
        stored = await self._database.read(lambda tx: conversations.find_by_id(tx, read[0]))
        return stored.id if stored is not None and _is_theirs(stored, incoming) else None

    async def _current(self, chat: Chat) -> StoredConversation | None:
        number = chat.conversation_id
        if number is None:
            return None
        return await self._database.read(lambda tx: conversations.find_by_id(tx, number))


def _is_theirs(stored: StoredConversation, incoming: Incoming) -> bool:
    return stored.channel == incoming.channel and stored.address.rpartition("/")[0] == incoming.sender.address
