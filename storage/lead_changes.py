"""What a turn does to a lead: its own row, and the rows that say where everything came from.

1. A lead comes into being with the first answer, identity, consent or handoff; what the visitor had done before
   that is taken over from the conversation.
2. An answer, a consent, a receipt is never overwritten: a later one is added, a withdrawn one marked.
3. A stage that people gave is not changed by a conversation.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from dialogs.effects import HandOff
from dialogs.source import Source, dump_touch
from dialogs.stages import Stage
from dialogs.state import ConversationState, Receipt
from dialogs.turn import LeadChange, Turn
from storage import identities
from storage.columns import json_text, micros, plain
from storage.statements import Statement, insert_into
from storage.tables import ACTS, ANSWERS, CONSENTS, LEADS, RECEIPTS
from storage.transaction import Transaction

_NOTHING = LeadChange()
_CHANGING = (
    "fields", "labels", "tags", "stage", "fit", "engagement", "disqualified", "source", "search", "updated",
)  # fmt: skip
_LOAD = Statement(
    select(*(LEADS.c[name] for name in ("fields", "labels", "tags", "stage", "source", "search")))
    .where(LEADS.c.id == bindparam("lead"))
    .with_for_update()
)
_EMPTY = ("{}", "{}", "[]", Stage.COLD.value, "null", "")
_CHANGE = Statement(update(LEADS).where(LEADS.c.id == bindparam("lead")), *_CHANGING)
_ADD = Statement(
    LEADS.insert().returning(LEADS.c.id),
    *_CHANGING, "hot", "public_id", "script", "version", "channel", "language", "created", "owner",
)  # fmt: skip
_HEAT = Statement(update(LEADS).where(LEADS.c.id == bindparam("lead")), "hot", "hot_at")
_REMOVE = Statement(delete(LEADS).where(LEADS.c.id == bindparam("lead")))
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
    before: ConversationState | None,
    turn: Turn,
    at: datetime,
    proven: tuple[tuple[str, str], ...],
) -> int | None:
    """Apply what a turn changed about the lead; the lead's number, None while there is none."""
    change, state = turn.lead or _NOTHING, turn.state
    handed_off = any(isinstance(effect, HandOff) for effect in turn.effects)
    if lead_id is None:
        if not (handed_off or change.answers or change.identities or change.consents):
            return None
        # What was done before there was a lead comes along.
        change = replace(change, receipts_added=state.receipts, acts=state.acts, tags_added=state.tags)
        lead_id = _find_or_create(tx, change, state, at, proven)
    elif turn.lead is not None or before is None or _differs(before, state):
        _update(tx, lead_id, change, before, state, at)
    if handed_off:
        tx.run(_HEAT, {"lead": lead_id, "hot": True, "hot_at": micros(at)})
    for kind, value in proven:
        identities.prove(tx, lead_id, kind, value, at)
    if change is not _NOTHING:
        _add_rows(tx, lead_id, conversation_id, change, state.version, at)
    return lead_id


def _differs(before: ConversationState, state: ConversationState) -> bool:
    return (
        before.stage is not state.stage
        or before.fit != state.fit
        or before.engagement != state.engagement
        or before.disqualified != state.disqualified
        or before.source != state.source
    )


def _find_or_create(
    tx: Transaction, change: LeadChange, state: ConversationState, at: datetime, proven: tuple[tuple[str, str], ...]
) -> int:
    lead_id = identities.recognised(tx, state.person, proven)
    if lead_id is None:
        lead_id = _create(tx, change, state, at)
        holder = identities.prove(tx, lead_id, identities.VISITOR, state.person, at) if state.person else lead_id
        if holder == lead_id:
            return lead_id
        # Another conversation of the same visitor has just made their lead: use that one.
        tx.run(_REMOVE, {"lead": lead_id})
        lead_id = holder
    _update(tx, lead_id, change, None, state, at)
    return lead_id


def _create(tx: Transaction, change: LeadChange, state: ConversationState, at: datetime) -> int:
    row = tx.row(
        _ADD,
        _merged(_EMPTY, change, None, state, at)
        | {
            "hot": False,
            "public_id": secrets.token_hex(8),
            "script": state.script,
            "version": state.version,
            "channel": state.channel,
            "language": state.language,
            "created": micros(at),
            "owner": None,
        },
    )
    assert row is not None
    return int(row[0])


def _update(
    tx: Transaction,
    lead_id: int,
    change: LeadChange,
    before: ConversationState | None,
    state: ConversationState,
    at: datetime,
) -> None:
    if row := tx.row(_LOAD, {"lead": lead_id}):
        tx.run(_CHANGE, _merged(row, change, before, state, at) | {"lead": lead_id})


def _merged(
    row: Iterable[Any],
    change: LeadChange,
    before: ConversationState | None,
    state: ConversationState,
    at: datetime,
) -> dict[str, Any]:
    """What stands in the lead's row after the change."""
    fields, labels, tags, stage, source, search = row
    if change.answers or change.forgotten:
        answers = json.loads(fields) | change.answers
        shown = json.loads(labels) | change.labels
        for name in change.forgotten:
            answers.pop(name, None)
            shown.pop(name, None)
        fields, labels, search = json_text(answers), json_text(shown), _search_text(shown)
    if change.tags_added or change.tags_removed:
        kept = [tag for tag in json.loads(tags) if tag not in change.tags_removed]
        tags = json_text(kept + [tag for tag in change.tags_added if tag not in kept])
    if state.source and not (before and before.source == state.source):
        source = _source(source, state.source)
    return {
        "fields": fields,
        "labels": labels,
        "tags": tags,
        "stage": stage if Stage(stage).is_said_by_people else state.stage.value,
        "fit": state.fit,
        "engagement": state.engagement,
        "disqualified": state.disqualified and plain(state.disqualified),
        "source": source,
        "search": search,
        "updated": micros(at),
    }


def _source(stored: str, source: Source) -> str:
    """The first touch that was ever seen of this lead, and the last one."""
    known = json.loads(stored)
    return json_text({"first": known["first"] if known else dump_touch(source.first), "last": dump_touch(source.last)})


def _search_text(labels: Mapping[str, Iterable[str]]) -> str:
    return plain("\n".join(shown for _, shown in labels.values()).casefold())


def _add_rows(
    tx: Transaction, lead_id: int, conversation_id: int, change: LeadChange, version: str, at: datetime
) -> None:
    now = micros(at)
    whose = {"lead_id": lead_id, "conversation_id": conversation_id}
    for field, value in change.answers.items():
        label, shown = change.labels.get(field, (field, str(value)))
        said = {"field": field, "value": json_text(value), "label": plain(label), "shown": plain(shown)}
        tx.run(_ADD_ANSWER, whose | said | {"forgotten": False, "version": version, "at": now})
    for field in change.forgotten:
        said = {"field": field, "value": "null", "label": field, "shown": ""}
        tx.run(_ADD_ANSWER, whose | said | {"forgotten": True, "version": version, "at": now})
    for kind, value in change.identities:
        identities.claim(tx, lead_id, kind, value, at)
    for purpose, record in change.consents.items():
        wording = {"purpose": purpose, "wording": plain(change.consent_texts.get(purpose, ""))}
        word = {"given": record.given, "version": record.version, "at": micros(record.at)}
        tx.run(_ADD_CONSENT, whose | wording | word)
    for act in change.acts:
        tx.run(_ADD_ACT, whose | {"name": act.name, "at": micros(act.at)})
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
