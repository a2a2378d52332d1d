"""The sales desk at work: what people of ours do on a target becomes an event of the conversation."""

from collections.abc import Awaitable, Callable, Collection, Sequence
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
from bot.desk.facts import LOOKED_AT, DeskViews, company_in, name_in
from bot.desk.roster import Roster
from bot.live_conversations import UnknownConversation
from bot.manager import Manager
from bot.ports import Clock, LeadFacts
from bot.scripts import Scripts, UnknownScript
from dialogs.desk.acts import RepAct
from dialogs.desk.people import Availability
from dialogs.desk.standing import Phase
from dialogs.draft import Draft, label_of
from dialogs.events import RepDid
from dialogs.script import Script
from storage import boards, colleagues, conversations, handoffs, inbox, leads, posts
from storage.boards import StoredBoardLine
from storage.briefs import Brief, brief_of
from storage.conversations import StoredConversation
from storage.database import Database
from storage.leads import LeadFilter
from storage.transaction import Transaction

LEFT_OVER_MOST = 1000
"""Events that are dealt with at a start, as many as were left over; the rest at the next look."""

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
        event = RepDid(at=self._clock(), handoff=handoff, rep=self._roster.rep_for(who), act=act)
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
        return await self._database.read(lambda tx: handoffs.find_post(tx, target, reference))

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

    async def canned_replies(self, handoff: int, who: Person) -> Sequence[CannedReply]:
        """Words ready to be sent to this visitor by somebody, with what is known filled in."""
        found = await self._standing(handoff)
        if found is None:
            return ()
        stored, script = found
        draft = Draft(script, stored.state, self._clock(), ())
        return self._roster.canned_replies(
            script.name, stored.state.language, draft.shown, draft.knowledge, self._roster.rep_for(who)
        )

    async def typing(self, handoff: int, who: Person) -> None:
        """Let the visitor see that somebody is writing."""
        conversation_id = await self._conversation(handoff)
        if conversation_id is not None:
            await self._typing(conversation_id, self._roster.rep_for(who).name)

    # People.

    async def colleagues(self) -> Sequence[Colleague]:
        """Everybody of the team."""
        keys = [one.rep.key for one in self._roster.colleagues({})]
        return self._roster.colleagues(await self._database.read(lambda tx: colleagues.availabilities(tx, keys)))

    async def availability(self, who: Person) -> Availability:
        """Whether somebody takes leads."""
        key = self._roster.rep_for(who).key
        return await self._database.read(lambda tx: colleagues.availability(tx, key))

    async def set_availability(self, who: Person, availability: Availability) -> None:
        """Remember whether somebody takes leads."""
        rep, now = self._roster.rep_for(who), self._clock()
        await self._database.write(
            lambda tx: colleagues.set_availability(tx, who.target, who.id, rep, availability, now)
        )

    async def board(self, who: Person) -> Board:
        """What there is to do for somebody."""
        rep, now = self._roster.rep_for(who), self._clock()
        end = _end_of_day(now, self._roster.zone_of(rep.key))
        found = await self._database.read(lambda tx: boards.board(tx, rep.key, now, end))
        return Board(
            mine=[self._line(one) for one in found.mine],
            unclaimed=[self._line(one) for one in found.unclaimed],
            cooling=[self._line(one) for one in found.cooling],
            today=[self._line(one) for one in found.today],
        )

    def _line(self, one: StoredBoardLine) -> BoardLine:
        lead, handoff = one.lead, one.handoff
        script = self._scripts.at_hand(lead.script, lead.version)
        return BoardLine(
            handoff=handoff.id,
            lead=lead.public_id,
            name=name_in(lead, script),
            company=company_in(lead, script),
            reason=handoff.reason,
            stage=lead.stage.value,
            score=lead.fit + lead.engagement,
            phase=(handoff.phase or Phase.OPEN).value,
            rep=handoff.rep,
            at=handoff.at,
            moved_at=handoff.moved_at,
            snoozed_until=handoff.snoozed_until,
        )

    async def keep_list(self, target: str, key: str, reference: str, handoffs: Collection[int]) -> None:
        """Remember which handoffs a list names that a target has put out."""
        now = self._clock()
        await self._database.write(lambda tx: posts.keep_list(tx, target, key, reference, handoffs, now))

    # Looking up.

    async def look_up(self, text: str, most: int = 10) -> Sequence[LeadFacts]:
        """Leads in which a text occurs, the newest first."""

        def read(tx: Transaction) -> list[tuple[Brief, StoredConversation]]:
            found = []
            for line in leads.list_leads(tx, LeadFilter(search=text), limit=most).leads:
                stored = conversations.last_of_lead(tx, line.id)
                brief = brief_of(tx, line.id, stored, LOOKED_AT) if stored is not None else None
                if stored is not None and brief is not None:
                    found.append((brief, stored))
            return found

        return [
            self._views.facts(brief, stored, self._scripts.at_hand(brief.lead.script, brief.lead.version))
            for brief, stored in await self._database.read(read)
        ]

    # What came in.

    async def take_in(self, target: str, event_id: str, raw: str) -> bool:
        """Put what came in on disk before it is acknowledged."""
        now = self._clock()
        unit = partial(inbox.take_in, channel=target, external_id=event_id, raw=raw, at=now)
        return await self._database.write(unit) is not None

    async def dealt_with(self, target: str, event_id: str) -> None:
        """Strike off what came in."""
        await self._database.write(lambda tx: inbox.dealt_with_named(tx, target, event_id))

    async def quarantine(self, target: str, event_id: str, reason: str) -> None:
        """Put aside what could not be read."""
        await self._database.write(lambda tx: inbox.quarantine_named(tx, target, event_id, reason))

    async def left_over(self, target: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        """(event id, raw) of what came in at least so many seconds ago and was not dealt with, in order."""
        by = self._clock() - timedelta(seconds=seconds)
        waiting = await self._database.read(lambda tx: inbox.waiting(tx, target, LEFT_OVER_MOST, by=by))
        return [(one.external_id, one.raw) for one in waiting]

    async def _conversation(self, handoff: int) -> int | None:
        return await self._database.read(lambda tx: handoffs.conversation_of(tx, handoff))

    async def _standing(self, handoff: int) -> tuple[StoredConversation, Script] | None:
        def read(tx: Transaction) -> StoredConversation | None:
            number = handoffs.conversation_of(tx, handoff)
            return None if number is None else conversations.find_by_id(tx, number)

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
