"""Performs ``hand_off``: decides by the team's rules where a lead goes, and tells the conversation."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk.roster import Roster
from bot.live_conversations import UnknownConversation
from bot.manager import Handled, Manager
from bot.ports import Clock
from bot.scripts import Scripts
from dialogs.desk.people import Load
from dialogs.desk.routing import DAYS_COUNTED, Request, route
from dialogs.draft import Draft
from dialogs.events import HandoffRouted
from storage import boards, conversations, handoffs
from storage.conversations import StoredConversation
from storage.database import Database
from storage.outbox import DueEffect
from storage.transaction import Transaction

Show = Callable[[int, Handled], Awaitable[None]]
"""Shows the visitor of a conversation what a turn said."""


class Dispatching:
    """Routes handoffs."""

    def __init__(
        self, database: Database, scripts: Scripts, manager: Manager, roster: Roster, clock: Clock, show: Show
    ) -> None:
        self._database = database
        self._scripts = scripts
        self._manager = manager
        self._roster = roster
        self._clock = clock
        self._show = show

    async def route(self, effect: DueEffect) -> None:
        """Route the handoff of an effect; nothing when its lead was erased meanwhile."""
        conversation_id = effect.conversation_id
        if conversation_id is None:
            return
        now, payload = self._clock(), effect.payload
        team = self._roster.team
        keys = tuple(team.members) if team is not None else ()

        def read(tx: Transaction) -> tuple[StoredConversation, str | None, dict[str, Load]] | None:
            stored = conversations.find_by_id(tx, conversation_id)
            if stored is None:
                return None
            return stored, _owner(tx, stored.lead_id), boards.loads(tx, keys, now - timedelta(days=DAYS_COUNTED))

        found = await self._database.read(read)
        if found is None:
            return
        stored, owner, loads = found
        state = stored.state
        script = await self._scripts.version(state.script, state.version)
        request = Request(
            to=payload["to"],
            script=state.script,
            facts=Draft(script, state, now, ()).knowledge,
            language=state.language,
            region=state.region,
            owner=owner,
        )
        routed = HandoffRouted(
            at=now,
            handoff=int(payload["handoff"]),
            to=payload["to"],
            reason=payload["reason"],
            plan=route(team, request, loads, now),
        )
        try:
            handled = await self._manager.handle(conversation_id, routed, f"routed:{payload['handoff']}")
        except UnknownConversation:
            return
        await self._show(conversation_id, handled)


def _owner(tx: Transaction, lead_id: int | None) -> str | None:
    """Key of the person who had the lead last."""
    if lead_id is None:
        return None
    had = [one.rep.key for one in handoffs.of_lead(tx, lead_id) if one.rep is not None]
    return had[-1] if had else None
