"""Performs ``hand_off``: decides by the team's rules where a lead goes, and tells the conversation."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from bot.desk.roster import Roster
from bot.manager import Handled, Manager, UnknownConversation
from bot.ports import Clock
from bot.scripts import Scripts
from dialogs.desk.routing import Request, route
from dialogs.draft import Draft
from dialogs.events import HandoffRouted
from storage import conversations, handoffs
from storage.conversations import StoredConversation
from storage.database import Database
from storage.outbox import DueEffect
from storage.transaction import Transaction

ROTATION = timedelta(days=30)
"""How far back fair rotation counts who was given how many leads."""

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
        keys = tuple(team.reps) if team is not None else ()

        def read(tx: Transaction) -> tuple[StoredConversation | None, str | None]:
            stored = conversations.find_by_id(tx, conversation_id)
            owner = None if stored is None or stored.lead_id is None else handoffs.owner_of(tx, stored.lead_id)
            return stored, owner

        stored, owner = await self._database.read(read)
        if stored is None:
            return
        loads = await self._database.read(partial(handoffs.loads, keys=keys, since=now - ROTATION))
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
