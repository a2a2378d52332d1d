"""Going over from one channel to another: what happens when a ticket (``bot.tickets``) is used.

Whoever opens it on the other channel goes on there; the place they left is closed in the same transaction.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.tickets import TICKET_LASTS, new_code
from dialogs.crossing import COME_BACK
from dialogs.events import (
    Event,
    HandoffRouted,
    RepDid,
    VisitorCameOver,
    VisitorDid,
    VisitorSaid,
    VisitorWentOver,
)
from dialogs.state import dump_state
from storage import conversations, crossings
from storage.conversations import NewTurn, SavedTurn, StoredConversation
from storage.errors import Conflict
from storage.transaction import Transaction

if TYPE_CHECKING:
    from bot.manager import Handled, Manager

_GOES_ALONG = HandoffRouted | RepDid | VisitorDid
"""Events that reach the place that was left and belong to where the conversation goes on."""
TRIES = 10
"""How often a crossing is tried anew that something else came between."""


async def come_over(
    manager: "Manager",
    code: str,
    *,
    channel: str,
    person: str,
    address_of: Callable[[str], str],
    at: datetime,
    external_id: str | None = None,
    said: VisitorSaid | None = None,
) -> "Handled | None":
    """Use a ticket: the conversation goes on here, at ``address_of`` its script. None for one that is not valid.

    ``said`` is what the visitor said to use it, where they said anything.
    """
    for _ in range(TRIES):
        source = await manager.database.read(lambda tx: _offered(tx, code, at))
        if source is None or source.state.went_over:
            return None
        try:
            return await _carry_over(manager, code, source, channel, person, address_of, at, external_id, said)
        except Conflict:
            continue
    raise Conflict("a conversation that is to go on elsewhere is being changed all the time")


class Elsewhere(Exception):
    """What happened belongs to where the conversation goes on: ``stored`` is the place that was left."""

    def __init__(self, stored: StoredConversation) -> None:
        super().__init__(f"conversation {stored.id} goes on elsewhere")
        self.stored = stored


def goes_along(event: Event) -> bool:
    """Whether an event that reaches a place that was left belongs to where the conversation goes on."""
    if isinstance(event, VisitorSaid):
        return event.choice == COME_BACK
    return isinstance(event, _GOES_ALONG)


async def deal_elsewhere(
    manager: "Manager", left: StoredConversation, event: Event, external_id: str | None
) -> "Handled | None":
    """Deal with what ``goes_along`` and reached a place that was left; None where it is not known where to."""
    there = await manager.database.read(lambda tx: crossings.now_in(tx, left.id))
    if there is None or there.id == left.id:
        return None
    if not isinstance(event, VisitorSaid):
        return await manager.handle(there.id, event, external_id)
    state, code = left.state, new_code()
    await manager.database.write(lambda tx: crossings.offer(tx, code, there.id, event.at + TICKET_LASTS))
    return await come_over(
        manager,
        code,
        channel=left.channel,
        person=state.person,
        address_of=lambda _: left.address,
        at=event.at,
        external_id=external_id,
        said=event,
    )


def _offered(tx: Transaction, code: str, at: datetime) -> StoredConversation | None:
    number = crossings.offered(tx, code, at)
    return None if number is None else conversations.find_by_id(tx, number)


async def _carry_over(
    manager: "Manager",
    code: str,
    source: StoredConversation,
    channel: str,
    person: str,
    address_of: Callable[[str], str],
    at: datetime,
    external_id: str | None,
    said: VisitorSaid | None,
) -> "Handled":
    state = source.state
    address = address_of(state.script)
    script = await manager.script_of(state)
    target = await manager.database.read(lambda tx: conversations.find(tx, channel, address))
    if target is not None and target.id == source.id:
        again = VisitorSaid(at=at, text="", choice="wish.repeat")
        return await manager.handle(source.id, again, external_id)
    public_id = manager.new_public_id()
    went = manager.deciding.decide_quietly(script, state, VisitorWentOver(at=at, channel=channel))
    came = VisitorCameOver(at=at, person=person, channel=channel, came_from=source.channel, state=dump_state(state))

    def save(tx: Transaction, new: NewTurn) -> SavedTurn:
        conversations.save_turn(tx, source, went)
        if target is None:
            saved = conversations.begin(
                tx, channel=channel, address=address, public_id=public_id, new=new, came_from=source
            )
        else:
            saved = conversations.save_turn(tx, _as_if_there(target, source, new), new)
        crossings.carry(tx, source, saved.conversation.id, saved.first_seq - 1, person, at)
        if not crossings.use(tx, code, source.id, saved.conversation.id, at):
            raise Conflict("somebody else used the ticket")
        return saved

    saved, turn = await manager.deciding.decide_and_save(script, state, came, save, external_id, said=said)
    manager.forget(source.id)
    manager.forget(saved.conversation.id)
    return manager.handled(saved, turn)


def _as_if_there(target: StoredConversation, source: StoredConversation, new: NewTurn) -> StoredConversation:
    """The conversation that was there, as if it had stood where the other one stood: what goes along is no news."""
    lead_id = source.lead_id if source.lead_id is not None else target.lead_id
    return replace(target, lead_id=lead_id, state=new.turn.state, letterhead=None, lead_row=None)
