"""The sales desk at work: what people of ours do on a target becomes an event of the conversation."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.desk.contract import (
    Acted,
    Board,
    BoardLine,
    CannedReply,
    Colleague,
    DeskView,
    Person,
    Question,
)
from bot.desk.dispatching import Show
from bot.desk.facts import DeskViews, facts_of
from bot.desk.roster import Roster
from bot.manager import Manager, UnknownConversation
from bot.ports import Clock, LeadFacts
from bot.scripts import Scripts, UnknownScript
from dialogs.desk.acts import RepAct
from dialogs.desk.people import Availability, Rep
from dialogs.draft import Draft, label_of
from dialogs.events import RepDid
from dialogs.script import Script
from storage import colleagues, conversations, handoffs, inbox, leads
from storage.conversations import StoredConversation
from storage.database import Database
from storage.leads import LeadFilter
from storage.sheets import LeadSheet, sheet_of
from storage.transaction import Transaction

Typing = Callable[[int, str], Awaitable[None]]
"""Shows the visitor of a conversation that somebody of this name is writing."""


class DeskAtWork:
    """What targets may ask of the desk; see ``contract.SalesDesk``."""

    def __init__(
        self,
        database: Database,
        scripts: Scripts,
        manager: Manager,
        roster: Roster,
        views: DeskViews,
        clock: Clock,
        show: Show,
        typing: Typing,
    ) -> None:
        self._database = database
        self._scripts = scripts
        self._manager = manager
        self._roster = roster
        self._views = views
        self._clock = clock
        self._show = show
        self._typing = typing

    # One handoff.

    async def act(self, who: Person, handoff: int, act: RepAct, event_id: str) -> Acted:
        """Deal with what somebody did; returns after the commit."""
        conversation_id = await self._conversation(handoff)
        if conversation_id is None:
            return Acted(view=None)
        event = RepDid(at=self._clock(), handoff=handoff, rep=self.rep_of(who), act=act)
        try:
            handled = await self._manager.handle(conversation_id, event, f"{who.target}:{event_id}")
        except UnknownConversation:
            return Acted(view=None)
        await self._show(conversation_id, handled)
        view = await self._views.view(handoff)
        return Acted(view=view, whispers=handled.whispers, repeated=handled.repeated)

    async def view(self, handoff: int) -> DeskView | None:
        """How a handoff stands."""
        return await self._views.view(handoff)

    async def handoff_at(self, target: str, reference: str) -> int | None:
        """The handoff about which a target put out something of this name."""
        return await self._database.read(partial(handoffs.find_post, target=target, reference=reference))

    async def questions(self, handoff: int) -> Sequence[Question]:
        """What may be filled in for the visitor: every declared field."""
        found = await self._standing(handoff)
        if found is None:
            return ()
        stored, script = found
        shown = Draft(script, stored.state, self._clock(), ()).shown
        return [
            Question(
                field=name,
                label=label_of(field, script.language),
                type=field.type.name,
                shown=str(shown.get(name, "")),
                options=[(one.key, one.label) for one in field.type.input(field.options, script.language).options],
            )
            for name, field in script.fields.items()
        ]

    async def canned_replies(self, handoff: int) -> Sequence[CannedReply]:
        """Words ready to be sent to this visitor, with what is known filled in."""
        found = await self._standing(handoff)
        team = self._roster.team
        if found is None or team is None:
            return ()
        stored, script = found
        shown = Draft(script, stored.state, self._clock(), ()).shown
        return [
            CannedReply(title=one.title, text=one.fill(shown))
            for one in team.canned
            if not one.scripts or script.name in one.scripts
        ]

    async def typing(self, handoff: int, who: Person) -> None:
        """Let the visitor see that somebody is writing."""
        conversation_id = await self._conversation(handoff)
        if conversation_id is not None:
            await self._typing(conversation_id, self.rep_of(who).name)

    # People.

    def rep_of(self, who: Person) -> Rep:
        """The person as the team file knows them, else as the target does."""
        known = self._roster.rep_of(who.target, who.id)
        return known or Rep(key=f"{who.target}:{who.id}", name=who.name, picture=who.picture)

    async def colleagues(self) -> Sequence[Colleague]:
        """Everybody of the team."""
        team = self._roster.team
        if team is None:
            return ()
        states = await self._database.read(partial(colleagues.availabilities, keys=tuple(team.reps)))
        return [
            Colleague(rep=member.rep, availability=states.get(key, Availability.TAKING), ids=member.ids)
            for key, member in team.reps.items()
        ]

    async def availability(self, who: Person) -> Availability:
        """Whether somebody takes leads."""
        key = self.rep_of(who).key
        states = await self._database.read(partial(colleagues.availabilities, keys=(key,)))
        return states.get(key, Availability.TAKING)

    async def set_availability(self, who: Person, availability: Availability) -> None:
        """Remember whether somebody takes leads."""
        key, now = self.rep_of(who).key, self._clock()
        await self._database.write(
            partial(colleagues.set_availability, key=key, availability=availability, at=now)
        )

    async def board(self, who: Person) -> Board:
        """What there is to do for somebody."""
        rep, now = self.rep_of(who), self._clock()
        end = _end_of_day(now, self._roster.zone_of(rep.key))
        return await self._database.read(
            lambda tx: handoffs.board(tx, rep_key=rep.key, now=now, day_end=end)
        )

    # Looking up.

    async def look_up(self, text: str, most: int = 10) -> Sequence[LeadFacts]:
        """Leads in which a text occurs, the newest first."""

        def read(tx: Transaction) -> list[tuple[LeadSheet, StoredConversation]]:
            found = []
            for line in leads.list_leads(tx, LeadFilter(search=text), limit=most).leads:
                sheet = sheet_of(tx, line.id)
                talk = sheet.conversations[-1].public_id if sheet and sheet.conversations else None
                stored = conversations.find_by_public_id(tx, talk) if talk else None
                if sheet is not None and stored is not None:
                    found.append((sheet, stored))
            return found

        return [
            facts_of(sheet, stored, self._scripts.at_hand(sheet.lead.script, sheet.lead.version))
            for sheet, stored in await self._database.read(read)
        ]

    # What came in.

    async def take_in(self, target: str, event_id: str, raw: str) -> bool:
        """Put what came in on disk before it is acknowledged."""
        now = self._clock()
        unit = partial(inbox.take_in, channel=target, external_id=event_id, raw=raw, at=now)
        return await self._database.write(unit) is not None

    async def _conversation(self, handoff: int) -> int | None:
        row = await self._database.read(partial(handoffs.find, handoff_id=handoff))
        return None if row is None else row.conversation_id

    async def _standing(self, handoff: int) -> tuple[StoredConversation, Script] | None:
        def read(tx: Transaction) -> StoredConversation | None:
            row = handoffs.find(tx, handoff)
            return None if row is None else conversations.find_by_id(tx, row.conversation_id)

        stored = await self._database.read(read)
        if stored is None:
            return None
        try:
            return stored, await self._scripts.version(stored.state.script, stored.state.version)
        except UnknownScript:
            return None


def _end_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """When the day ends where somebody is."""
    local = now.astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
