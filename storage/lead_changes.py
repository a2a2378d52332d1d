"""What a turn does to a lead: its own row, and the rows that say where everything came from.

1. A lead comes into being with the first answer, identity, consent or handoff; what the visitor had done before
   that is taken over from the conversation.
2. An answer, a consent, a receipt is never overwritten: a later one is added, a withdrawn one marked.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from dialogs.effects import HandOff
from dialogs.state import ConversationState, Receipt
from dialogs.turn import LeadChange, Turn
from storage import identities
from storage.columns import json_text, micros, plain
from storage.lead_rows import LeadRow, add_row, change_row, heat_row, remove_row
from storage.statements import Statement, insert_into
from storage.tables import ACTS, ANSWERS, CONSENTS, RECEIPTS
from storage.transaction import Transaction

_NOTHING = LeadChange()
_ADD_ANSWER = insert_into(
    ANSWERS, "lead_id", "conversation_id", "field", "value", "label", "shown", "forgotten", "version", "at"
)
_ADD_CONSENT = insert_into(CONSENTS, "lead_id", "conversation_id", "purpose", "given", "version", "wording", "at")
_ADD_ACT = insert_into(ACTS, "lead_id", "conversation_id", "name", "at")
_ADD_RECEIPT = insert_into(
    RECEIPTS,
    "lead_id", "conversation_id", "rule", "axis", "points", "because", "evidence", "version", "half_life", "at",
)  # fmt: skip
_WITHDRAW = Statement(
    update(RECEIPTS).where(
        RECEIPTS.c.lead_id == bindparam("lead"),
        RECEIPTS.c.conversation_id == bindparam("conversation"),
        RECEIPTS.c.rule == bindparam("of_rule"),
        RECEIPTS.c.withdrawn_at.is_(None),
    ),
    "withdrawn_at",
)


def save(
    tx: Transaction,
    *,
    conversation_id: int,
    lead_id: int | None,
    known: LeadRow | None,
    before: ConversationState | None,
    turn: Turn,
    at: datetime,
    proven: tuple[tuple[str, str], ...],
) -> tuple[int | None, LeadRow | None]:
    """Apply what a turn changed about the lead; its number, None while there is none, and what its row says now.

    ``known`` is what this function said last of the row, where that is known.
    """
    change, state = turn.lead or _NOTHING, turn.state
    handed_off = any(type(effect) is HandOff for effect in turn.effects)
    if lead_id is None:
        if not (handed_off or change.answers or change.identities or change.consents):
            return None, None
        # What was done before there was a lead comes along.
        change = replace(change, receipts_added=state.receipts, acts=state.acts, tags_added=state.tags)
        lead_id, known = _find_or_create(tx, change, state, at, proven)
    else:
        came_again = _came_again(before, state)
        if came_again or turn.lead is not None or before is None or _counts_otherwise(before, state):
            scores = _scores(state) or (before is not None and _scores(before))
            known = change_row(tx, lead_id, known, change, state, at, came_again=came_again, scores=scores)
    if handed_off:
        heat_row(tx, lead_id, at)
    for kind, value in proven:
        identities.prove(tx, lead_id, kind, value, at)
    if change is not _NOTHING:
        _add_rows(tx, lead_id, conversation_id, change, state.version, at)
    return lead_id, known


def _came_again(before: ConversationState | None, state: ConversationState) -> bool:
    """Whether the source is news."""
    if before is not None and before.source is state.source:
        return False
    return state.source is not None and (before is None or before.source != state.source)


def _scores(state: ConversationState) -> bool:
    """Whether the conversation has points of its own."""
    return bool(state.receipts or state.fit or state.engagement)


def _counts_otherwise(before: ConversationState, state: ConversationState) -> bool:
    return (
        before.stage is not state.stage
        or before.fit != state.fit
        or before.engagement != state.engagement
        or before.disqualified != state.disqualified
    )


def _find_or_create(
    tx: Transaction, change: LeadChange, state: ConversationState, at: datetime, proven: tuple[tuple[str, str], ...]
) -> tuple[int, LeadRow | None]:
    lead_id = identities.recognised(tx, state.person, proven)
    if lead_id is None:
        row = add_row(tx, change, state, at)
        lead_id = row.lead_id
        holder = identities.prove(tx, lead_id, identities.VISITOR, state.person, at) if state.person else lead_id
        if holder == lead_id:
            return lead_id, row
        # Another conversation of the same visitor has just made their lead: use that one.
        remove_row(tx, lead_id)
        lead_id = holder
    came_again, scores = state.source is not None, _scores(state)
    return lead_id, change_row(tx, lead_id, None, change, state, at, came_again=came_again, scores=scores)


def _add_rows(
    tx: Transaction, lead_id: int, conversation_id: int, change: LeadChange, version: str, at: datetime
) -> None:
    now = micros(at)
    whose = {"lead_id": lead_id, "conversation_id": conversation_id}
    for field, value in change.answers.items():
        label, shown = change.labels.get(field, (field, str(value)))
        said = {"field": field, "value": json_text(value), "label": plain(label), "shown": plain(shown)}
        tx.run(_ADD_ANSWER, {**whose, **said, "forgotten": False, "version": version, "at": now})
    for field in change.forgotten:
        said = {"field": field, "value": "null", "label": field, "shown": ""}
        tx.run(_ADD_ANSWER, {**whose, **said, "forgotten": True, "version": version, "at": now})
    for kind, value in change.identities:
        identities.claim(tx, lead_id, kind, value, at)
    for purpose, record in change.consents.items():
        wording = {"purpose": purpose, "wording": plain(change.consent_texts.get(purpose, ""))}
        word = {"given": record.given, "version": record.version, "at": micros(record.at)}
        tx.run(_ADD_CONSENT, whose | wording | word)
    for act in change.acts:
        tx.run(_ADD_ACT, {**whose, "name": act.name, "at": micros(act.at)})
    for rule in change.receipts_withdrawn:
        tx.run(_WITHDRAW, {"lead": lead_id, "conversation": conversation_id, "of_rule": rule, "withdrawn_at": now})
    for receipt in change.receipts_added:
        tx.run(_ADD_RECEIPT, whose | _receipt_row(receipt))


def _receipt_row(receipt: Receipt) -> dict[str, Any]:
    return {
        "rule": receipt.rule,
        "axis": receipt.axis,
        "points": receipt.points,
        "because": plain(receipt.because),
        "evidence": plain(receipt.evidence),
        "version": receipt.version,
        "half_life": receipt.half_life,
        "at": micros(receipt.at),
    }
