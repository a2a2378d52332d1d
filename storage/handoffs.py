"""Leads that were passed to people: what told them, who took it, when the first human word was said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update

from dialogs.facts import Fact, FactKind
from dialogs.stages import Stage
from dialogs.state import load_state
from storage.columns import plain
from storage.leavings import save_facts
from storage.letterheads import letterhead_of
from storage.tables import CONVERSATIONS, HANDOFFS, LEADS
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHandoff:
    """A lead that was passed to people."""

    id: int
    lead_id: int
    conversation_id: int
    target: str
    reason: str
    at: datetime
    reference: str | None
    """The target's own name for the message that told people."""
    sent_at: datetime | None
    claimed_by: str | None
    claimed_at: datetime | None
    spoken_at: datetime | None
    """When a person first wrote to the visitor."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of somebody's wish to take a lead."""

    won: bool
    by: str
    """Who has it now."""


_COLUMNS = (
    "id", "lead_id", "conversation_id", "target", "reason", "at", "reference", "sent_at", "claimed_by", "claimed_at",
    "spoken_at",
)  # fmt: skip


def find(tx: Transaction, handoff_id: int) -> StoredHandoff | None:
    """The handoff with this number; None when the lead was erased."""
    return next(iter(_load(tx, _all().where(HANDOFFS.c.id == handoff_id))), None)


def find_by_reference(tx: Transaction, target: str, reference: str) -> StoredHandoff | None:
    """The handoff that a target knows by this name."""
    query = _all().where(HANDOFFS.c.reference == plain(reference), HANDOFFS.c.target == target)
    return next(iter(_load(tx, query)), None)


def of_conversation(tx: Transaction, conversation_id: int) -> list[StoredHandoff]:
    """Every handoff of a conversation, the oldest first."""
    return _load(tx, _all().where(HANDOFFS.c.conversation_id == conversation_id))


def of_lead(tx: Transaction, lead_id: int) -> list[StoredHandoff]:
    """Every handoff of a lead, the oldest first."""
    return _load(tx, _all().where(HANDOFFS.c.lead_id == lead_id))


def unclaimed(tx: Transaction, sent_before: datetime) -> list[StoredHandoff]:
    """Handoffs that people were told of before a moment and nobody has taken yet."""
    return _load(tx, _all().where(HANDOFFS.c.claimed_by.is_(None), HANDOFFS.c.sent_at < sent_before))


def sent(tx: Transaction, handoff_id: int, reference: str, at: datetime) -> bool:
    """Note that people were told, and the target's name for it. False when the lead was erased meanwhile."""
    changed = update(HANDOFFS).where(HANDOFFS.c.id == handoff_id).values(reference=plain(reference), sent_at=at)
    return tx.connection.execute(changed).rowcount == 1


def claim(tx: Transaction, handoff_id: int, by: str, at: datetime) -> Claim | None:
    """Let a person take a lead: exactly one does, and is its owner. None when the lead was erased."""
    by = plain(by)
    taking = (
        update(HANDOFFS)
        .where(HANDOFFS.c.id == handoff_id, HANDOFFS.c.claimed_by.is_(None))
        .values(claimed_by=by, claimed_at=at)
        .returning(HANDOFFS.c.lead_id)
    )
    lead_id = tx.connection.execute(taking).scalar()
    if lead_id is not None:
        tx.connection.execute(update(LEADS).where(LEADS.c.id == lead_id).values(owner=by, owned_at=at))
        return Claim(True, by)
    handoff = find(tx, handoff_id)
    if handoff is None or handoff.claimed_by is None:
        return None
    return Claim(handoff.claimed_by == by, handoff.claimed_by)


def spoke(tx: Transaction, conversation_id: int, at: datetime) -> None:
    """Note that a person wrote to the visitor; only the first time counts."""
    tx.connection.execute(
        update(HANDOFFS)
        .where(HANDOFFS.c.conversation_id == conversation_id, HANDOFFS.c.spoken_at.is_(None))
        .values(spoken_at=at)
    )


def say_stage(tx: Transaction, lead_id: int, stage: Stage, at: datetime) -> bool:
    """Write down the stage that a person gave a lead, and count it. False when the lead was erased.

    From then on no conversation changes it, if it is one that only people give.
    """
    changed = tx.connection.execute(
        update(LEADS).where(LEADS.c.id == lead_id).values(stage=stage.value, updated=at)
    ).rowcount
    if changed:
        _count_stage(tx, lead_id, stage, at)
    return changed == 1


def _count_stage(tx: Transaction, lead_id: int, stage: Stage, at: datetime) -> None:
    """A fact like those that turns leave, stamped with where the lead's last conversation stands."""
    query = select(CONVERSATIONS.c.id, CONVERSATIONS.c.state).where(CONVERSATIONS.c.lead_id == lead_id)
    last = tx.connection.execute(query.order_by(CONVERSATIONS.c.updated.desc(), CONVERSATIONS.c.id.desc())).first()
    if last is not None:
        stamp = letterhead_of(load_state(last.state)).stamp
        save_facts(tx, last.id, stamp, (Fact(FactKind.STAGE, "", stage.value),), at)


def _all() -> Select[*tuple[object, ...]]:
    return select(*(HANDOFFS.c[name] for name in _COLUMNS)).order_by(HANDOFFS.c.id)


def _load(tx: Transaction, query: Select[*tuple[object, ...]]) -> list[StoredHandoff]:
    return [StoredHandoff(**row) for row in tx.connection.execute(query).mappings()]
