"""What a turn changes about the sales desk: the state has the last word, and rows tell of it what can be searched.

1. Only a turn that changes a conversation's desk writes here, in the commit that saves the turn: so the database
   decides who claims first, by the conversation's version.
2. A lead belongs to whoever has taken it. A stage that people give is written whatever stood there before.
3. History is only ever added to; the state keeps its newest lines, these rows keep all.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, update

from dialogs.desk.acts import Entry, Judge, Look, Verdict
from dialogs.desk.people import Rep
from dialogs.desk.standing import Desk, Phase
from dialogs.events import Event, RepDid, VisitorDid, VisitorReturned, VisitorSaid
from dialogs.state import ConversationState, Status
from storage.columns import json_text, micros, plain
from storage.lead_rows import own_row, restage_row
from storage.statements import Statement, insert_into
from storage.tables import CONVERSATIONS, DESK_ENTRIES, HANDOFFS
from storage.transaction import Transaction

_GIVING_A_STAGE = (Verdict.ACCEPTED, Verdict.SALES_QUALIFIED, Verdict.NOT_A_FIT, Verdict.WON)
_handoff = update(HANDOFFS).where(HANDOFFS.c.id == bindparam("handoff"))
_CHANGE = Statement(
    _handoff.values(
        closed_at=func.coalesce(HANDOFFS.c.closed_at, bindparam("closed", type_=BigInteger)),
        moved_at=func.coalesce(bindparam("moved", type_=BigInteger), HANDOFFS.c.moved_at),
    ),
    "phase", "offered_to", "until", "rep", "rep_name", "seen_at", "claimed_at", "spoken_at", "snoozed_until",
    "verdict", "verdict_reason", "amount", "currency", "route", "trace",
)  # fmt: skip
_MOVE = Statement(_handoff, "moved_at")
_ADD_ENTRY = insert_into(DESK_ENTRIES, "handoff_id", "at", "what", "by", "text")
_LET_TALK = Statement(update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("conversation")), "rep")


def save_desk(
    tx: Transaction,
    conversation_id: int,
    lead_id: int | None,
    rep: str | None,
    before: Desk | None,
    state: ConversationState,
    event: Event | None,
    at: datetime,
) -> str | None:
    """Write down how the desk of a conversation stands after a turn; the key of whoever talks there now.

    ``rep`` is who talked there before.
    """
    desk = state.desk
    changed = desk is not before
    if desk is not None and changed:
        _change(tx, before if before and before.handoff == desk.handoff else None, desk, lead_id, event, at)
        if lead_id is not None and _gives_a_stage(event):
            restage_row(tx, lead_id, state.stage)
    elif desk is not None and desk.is_live and _moves(desk, event):
        tx.run(_MOVE, {"handoff": desk.handoff, "moved_at": micros(at)})
    talks = plain(desk.rep.key) if desk and desk.rep and state.status is Status.TALKING else None
    if talks != rep:
        tx.run(_LET_TALK, {"conversation": conversation_id, "rep": talks})
    return talks


def _change(
    tx: Transaction, before: Desk | None, desk: Desk, lead_id: int | None, event: Event | None, at: datetime
) -> None:
    tx.run(
        _CHANGE,
        _columns(desk)
        | {
            "handoff": desk.handoff,
            "closed": micros(at) if desk.phase is Phase.CLOSED else None,
            "moved": micros(at) if _moves(desk, event) else None,
        },
    )
    for entry in _new_entries(before, desk):
        said = {"what": entry.what, "by": plain(entry.by), "text": plain(entry.text)}
        tx.run(_ADD_ENTRY, {"handoff_id": desk.handoff, "at": micros(entry.at), **said})
    owner = _key(desk.rep)
    if lead_id is not None and owner != _key(before.rep if before else None):
        own_row(tx, lead_id, owner, at)


def _columns(desk: Desk) -> dict[str, Any]:
    return {
        "phase": desk.phase.value,
        "offered_to": _key(desk.offered_to),
        "until": _micros(desk.until),
        "rep": _key(desk.rep),
        "rep_name": None if desk.rep is None else plain(desk.rep.name),
        "seen_at": _micros(desk.seen_at),
        "claimed_at": _micros(desk.claimed_at),
        "spoken_at": _micros(desk.spoken_at),
        "snoozed_until": _micros(desk.snoozed_until),
        "verdict": None if desk.verdict is None else desk.verdict.value,
        "verdict_reason": plain(desk.verdict_reason),
        "amount": desk.amount and plain(desk.amount),
        "currency": desk.currency and plain(desk.currency),
        "route": plain(desk.plan.route),
        "trace": json_text(desk.plan.trace),
    }


def _new_entries(before: Desk | None, desk: Desk) -> list[Entry]:
    """The lines behind the last one that was there before."""
    last = before.entries[-1] if before and before.entries else None
    new: list[Entry] = []
    for entry in reversed(desk.entries):
        if entry is last:
            break
        new.append(entry)
    return new[::-1]


def _moves(desk: Desk, event: Event | None) -> bool:
    """Whether the visitor, or a person of ours about this handoff, did something; looking is not doing."""
    if isinstance(event, RepDid):
        return event.handoff == desk.handoff and type(event.act) is not Look
    return type(event) in (VisitorSaid, VisitorDid, VisitorReturned)


def _gives_a_stage(event: Event | None) -> bool:
    return isinstance(event, RepDid) and isinstance(event.act, Judge) and event.act.verdict in _GIVING_A_STAGE


def _key(rep: Rep | None) -> str | None:
    return None if rep is None else plain(rep.key)


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else micros(moment)
