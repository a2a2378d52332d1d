"""Conversations: where each one stands, and everything a turn leaves behind, in one transaction.

1. A turn is saved whole: conversation, transcript, lead, facts, grants, what is to be performed; or not at all.
2. An event that was saved before is not saved again: ``AlreadySaved`` brings the record.
3. Who decided on an older state than the stored one has lost: ``Conflict``; load again, decide again.
4. Messages of a conversation are numbered 1, 2, 3 … without holes.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from dialogs.events import Event, HandoffRouted, RepDid, TimerElapsed, VisitorLeft, dump_event, load_event
from dialogs.state import ConversationState, dump_standing, load_state
from storage import identities, lead_changes, uploads
from storage.columns import json_text, micros, moment, plain
from storage.desks import save_desk
from storage.errors import Conflict
from storage.lead_rows import LeadRow
from storage.leavings import NewEffect, NewGrant, save_effects, save_facts, save_grants
from storage.letterheads import Letterhead, letterhead_of
from storage.statements import Statement, insert_new
from storage.tables import CONVERSATIONS, TURNS
from storage.transaction import Transaction
from storage.turns import AlreadySaved, NewTurn, RecordedTurn, SavedTurn, StoredConversation

__all__ = [
    "MESSAGES_AT_ONCE", "AlreadySaved", "NewEffect", "NewGrant", "NewTurn", "RecordedTurn", "SavedTurn",
    "StoredConversation", "begin", "events_of", "find", "find_by_id", "find_by_public_id", "history", "knows",
    "messages_after", "recorded_turn", "save_turn",
]  # fmt: skip

MESSAGES_AT_ONCE = 200
"""Messages that ``messages_after`` brings at once."""


_BY_OTHERS = (type(None), TimerElapsed, HandoffRouted, RepDid, VisitorLeft)
"""Events in which the visitor does nothing."""

_COLUMNS = (
    "id", "public_id", "channel", "address", "lead_id", "state", "row_version", "last_seq", "turns", "rep", "created",
    "updated", "visited",
)  # fmt: skip
_STORED = select(*(CONVERSATIONS.c[name] for name in _COLUMNS))
_FIND = Statement(
    _STORED.where(CONVERSATIONS.c.channel == bindparam("channel"), CONVERSATIONS.c.address == bindparam("address"))
)
_FIND_BY_PUBLIC_ID = Statement(_STORED.where(CONVERSATIONS.c.public_id == bindparam("public_id")))
_FIND_BY_ID = Statement(_STORED.where(CONVERSATIONS.c.id == bindparam("conversation")))
_KNOWS = Statement(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.person == bindparam("person")).limit(1))
_CHANGING = (
    "script", "version", "state", "row_version", "last_seq", "turns", "status", "updated", "visited",
)  # fmt: skip
_ADD = Statement(
    lambda insert: insert(CONVERSATIONS).on_conflict_do_nothing().returning(CONVERSATIONS.c.id),
    *_CHANGING, "lead_id", "public_id", "channel", "address", "person", "rep", "created",
)  # fmt: skip
_CHANGE = Statement(
    update(CONVERSATIONS).where(
        CONVERSATIONS.c.id == bindparam("conversation"), CONVERSATIONS.c.row_version == bindparam("read_version")
    ),
    *_CHANGING,
)
_Lead = tuple[int | None, LeadRow | None]
"""A lead's number, and what its row says."""
_ATTACH = Statement(update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("conversation")), "lead_id")
_ADD_TURN = insert_new(
    TURNS, "conversation_id", "number", "external_id", "event", "messages", "first_seq", "last_seq", "at"
)
_TURN = select(
    *(TURNS.c[name] for name in ("number", "external_id", "event", "messages", "first_seq", "last_seq", "at"))
).where(TURNS.c.conversation_id == bindparam("conversation"))
_RECORDED = Statement(_TURN.where(TURNS.c.external_id == bindparam("external_id")))
_LAST_OF_LEAD = Statement(
    _STORED.where(CONVERSATIONS.c.lead_id == bindparam("lead")).order_by(CONVERSATIONS.c.id.desc()).limit(1)
)
_SEQ_AT = Statement(
    select(func.max(TURNS.c.last_seq)).where(
        TURNS.c.conversation_id == bindparam("conversation"), TURNS.c.at <= bindparam("moment")
    )
)
_HISTORY = Statement(_TURN.order_by(TURNS.c.last_seq, TURNS.c.number))
_AFTER = Statement(
    select(TURNS.c.messages)
    .where(TURNS.c.conversation_id == bindparam("conversation"), TURNS.c.last_seq > bindparam("after"))
    .order_by(TURNS.c.last_seq, TURNS.c.number)
    .limit(bindparam("most"))
)


def find(tx: Transaction, channel: str, address: str) -> StoredConversation | None:
    """The conversation at this address of a channel."""
    return _stored(tx.row(_FIND, {"channel": channel, "address": plain(address)}))


def find_by_public_id(tx: Transaction, public_id: str) -> StoredConversation | None:
    """The conversation that the outside knows by this name."""
    return _stored(tx.row(_FIND_BY_PUBLIC_ID, {"public_id": plain(public_id)}))


def find_by_id(tx: Transaction, conversation_id: int) -> StoredConversation | None:
    """The conversation with this number."""
    return _stored(tx.row(_FIND_BY_ID, {"conversation": conversation_id}))


def knows(tx: Transaction, person: str) -> bool:
    """Whether this person has ever talked with us."""
    return tx.row(_KNOWS, {"person": plain(person)}) is not None


def begin(
    tx: Transaction,
    *,
    channel: str,
    address: str,
    public_id: str,
    new: NewTurn,
    came_from: StoredConversation | None = None,
) -> SavedTurn:
    """Save the first turn of a new conversation. Raises ``Conflict`` when there is one at that address already.

    A visitor who is recognised (see ``storage.identities``) brings their lead along, as does one who goes on here with
    a conversation of another channel (``came_from``).
    """
    state = new.turn.state
    letterhead = letterhead_of(state)
    lead_id = came_from.lead_id if came_from is not None else None
    if lead_id is None:
        lead_id = identities.recognised(tx, state.person, new.proven)
    row = tx.row(
        _ADD,
        {
            "script": state.script,
            "version": state.version,
            "state": _state_text(state, letterhead),
            "row_version": 1,
            "last_seq": len(new.messages),
            "turns": 1,
            "status": state.status.value,
            "updated": micros(new.at),
            "visited": micros(new.at),
            "lead_id": lead_id,
            "public_id": public_id,
            "channel": channel,
            "address": plain(address),
            "person": plain(state.person),
            "rep": None,
            "created": micros(new.at),
        },
    )
    if row is None:
        raise Conflict(f"another process has begun the conversation of {channel} with this address")
    unsaved = StoredConversation(
        id=int(row[0]),
        public_id=public_id,
        channel=channel,
        address=address,
        lead_id=lead_id,
        state=state,
        row_version=0,
        last_seq=0,
        turns=0,
        rep=None,
        created=new.at,
        updated=new.at,
        visited=new.at,
    )
    messages = _add_turn(tx, unsaved, new)
    lead = _save_lead(tx, unsaved, None if came_from is None else state, new)
    return _finish(tx, unsaved, new, lead, letterhead, messages)


def save_turn(tx: Transaction, stored: StoredConversation, new: NewTurn) -> SavedTurn:
    """Save everything a turn leaves behind.

    Raises ``AlreadySaved`` when its event was saved before and ``Conflict`` when ``stored`` is not how the
    conversation stands any more; nothing is changed then.
    """
    state = new.turn.state
    letterhead = letterhead_of(state, stored.letterhead)
    messages = _add_turn(tx, stored, new)
    lead = _save_lead(tx, stored, stored.state, new)
    changed = tx.run(
        _CHANGE,
        {
            "conversation": stored.id,
            "read_version": stored.row_version,
            "script": state.script,
            "version": state.version,
            "state": _state_text(state, letterhead),
            "row_version": stored.row_version + 1,
            "last_seq": stored.last_seq + len(messages),
            "turns": stored.turns + 1,
            "status": state.status.value,
            "updated": micros(new.at),
            "visited": micros(_visited(stored, new)),
        },
    )
    if not changed:
        raise Conflict(f"conversation {stored.id} has gone on since its version {stored.row_version}")
    return _finish(tx, stored, new, lead, letterhead, messages)


def messages_after(
    tx: Transaction, conversation_id: int, after: int, limit: int = MESSAGES_AT_ONCE
) -> list[dict[str, Any]]:
    """At most ``limit`` messages whose number is larger than ``after``, in order."""
    rows = tx.rows(_AFTER, {"conversation": conversation_id, "after": after, "most": limit})
    messages = [message for row in rows for message in json.loads(row[0]) if message["seq"] > after]
    return messages[:limit]


def last_of_lead(tx: Transaction, lead_id: int) -> StoredConversation | None:
    """The conversation of a lead that was begun last."""
    return _stored(tx.row(_LAST_OF_LEAD, {"lead": lead_id}))


def seq_at(tx: Transaction, conversation_id: int, at: datetime) -> int:
    """Number of the last message that had been said at a moment; 0 before the first."""
    return int(tx.rows(_SEQ_AT, {"conversation": conversation_id, "moment": micros(at)})[0][0] or 0)


def recorded_turn(tx: Transaction, conversation_id: int, external_id: str) -> RecordedTurn | None:
    """The turn that an event of the channel caused, when it was saved."""
    row = tx.row(_RECORDED, {"conversation": conversation_id, "external_id": plain(external_id)})
    return None if row is None else _recorded(row)


def history(tx: Transaction, conversation_id: int) -> list[RecordedTurn]:
    """Every turn of a conversation, in order."""
    return [_recorded(row) for row in tx.rows(_HISTORY, {"conversation": conversation_id})]


def events_of(tx: Transaction, conversation_id: int) -> list[Event]:
    """What happened in a conversation, in order: with its scripts, all that is needed to replay it."""
    return [turn.event for turn in history(tx, conversation_id) if turn.event is not None]


def _add_turn(tx: Transaction, stored: StoredConversation, new: NewTurn) -> tuple[dict[str, Any], ...]:
    last = stored.last_seq
    messages = tuple({"seq": seq, **message} for seq, message in enumerate(new.messages, last + 1))
    external_id = None if new.external_id is None else plain(new.external_id)
    added = tx.run(
        _ADD_TURN,
        {
            "conversation_id": stored.id,
            "number": stored.turns + 1,
            "external_id": external_id,
            "event": None if new.event is None else json_text(dump_event(new.event)),
            "messages": json_text(messages),
            "first_seq": last + 1,
            "last_seq": last + len(messages),
            "at": micros(new.at),
        },
    )
    if not added:
        record = None if external_id is None else recorded_turn(tx, stored.id, external_id)
        if record is None:
            raise Conflict(f"turn {stored.turns + 1} of conversation {stored.id} was saved by somebody else")
        raise AlreadySaved(record)
    return messages


def _save_lead(tx: Transaction, stored: StoredConversation, before: ConversationState | None, new: NewTurn) -> _Lead:
    return lead_changes.save(
        tx,
        conversation_id=stored.id,
        lead_id=stored.lead_id,
        known=stored.lead_row,
        before=before,
        turn=new.turn,
        at=new.at,
        proven=new.proven,
    )


def _finish(
    tx: Transaction,
    stored: StoredConversation,
    new: NewTurn,
    lead: _Lead,
    letterhead: Letterhead,
    messages: tuple[dict[str, Any], ...],
) -> SavedTurn:
    turn, (lead_id, lead_row) = new.turn, lead
    if new.file is not None:
        uploads.mark_said(tx, new.file, new.at)
    save_facts(tx, stored.id, letterhead.stamp, turn.facts, new.at)
    save_grants(tx, stored.id, new.grants, turn.state, new.at)
    handoffs, work = save_effects(tx, stored.id, lead_id, turn.effects, new.effects, new.at)
    last_seq = stored.last_seq + len(messages)
    rep = stored.rep
    if turn.state.desk is not None:
        rep = save_desk(tx, stored.id, lead_id, rep, stored.state.desk, turn.state, new.event, new.at)
    if lead_id != stored.lead_id:
        tx.run(_ATTACH, {"conversation": stored.id, "lead_id": lead_id})
    if messages or work:
        tx.hint(stored.id, last_seq, work=work)
    conversation = StoredConversation(
        id=stored.id,
        public_id=stored.public_id,
        channel=stored.channel,
        address=stored.address,
        lead_id=lead_id,
        state=turn.state,
        row_version=stored.row_version + 1,
        last_seq=last_seq,
        turns=stored.turns + 1,
        rep=rep,
        created=stored.created,
        updated=new.at,
        visited=_visited(stored, new),
        letterhead=letterhead,
        lead_row=lead_row,
    )
    return SavedTurn(
        conversation=conversation,
        number=conversation.turns,
        first_seq=stored.last_seq + 1,
        last_seq=last_seq,
        messages=messages,
        lead_created=stored.lead_id is None and lead_id is not None,
        handoffs=handoffs,
    )


def _state_text(state: ConversationState, letterhead: Letterhead) -> str:
    return letterhead.state + json_text(dump_standing(state))[1:]


def _visited(stored: StoredConversation, new: NewTurn) -> datetime:
    return stored.visited if type(new.event) in _BY_OTHERS else new.at


def _stored(row: Sequence[Any] | None) -> StoredConversation | None:
    if row is None:
        return None
    number, public_id, channel, address, lead_id, state, row_version, last_seq, turns, rep, *times = row
    created, updated, visited = (moment(time) for time in times)
    return StoredConversation(
        id=number,
        public_id=public_id,
        channel=channel,
        address=address,
        lead_id=lead_id,
        state=load_state(json.loads(state)),
        row_version=row_version,
        last_seq=last_seq,
        turns=turns,
        rep=rep,
        created=created,
        updated=updated,
        visited=visited,
    )


def _recorded(row: Sequence[Any]) -> RecordedTurn:
    number, external_id, event, messages, first_seq, last_seq, at = row
    return RecordedTurn(
        number=number,
        external_id=external_id,
        event=None if event is None else load_event(json.loads(event)),
        messages=tuple(json.loads(messages)),
        first_seq=first_seq,
        last_seq=last_seq,
        at=moment(at),
    )
