"""Leads that were passed to people: where each one stands, and what was done with it.

People change a handoff by turns of its conversation (see ``storage.desks``), never here. What targets have put out
about it has a room of its own (``storage.posts``), as have the lists of what there is to do (``storage.boards``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from dialogs.desk.acts import Entry, Verdict
from dialogs.desk.people import Rep
from dialogs.desk.standing import Phase
from storage.posts import StoredPost, find_post, keep_post, posts_of, relayed, relayed_to
from storage.tables import DESK_ENTRIES, HANDOFFS
from storage.transaction import Transaction

__all__ = [
    "StoredHandoff", "StoredPost", "conversation_of", "entries_of", "find", "find_post", "keep_post", "of_lead",
    "posts_of", "read_handoffs", "relayed", "relayed_to",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHandoff:
    """A lead that was passed to people. The conversation's state knows more, and has the last word."""

    id: int
    lead_id: int
    conversation_id: int
    target: str
    """The name the script used."""
    reason: str
    at: datetime
    sent_at: datetime | None
    """When people were first told."""
    phase: Phase | None
    """None until it is routed; for good where it only added a reason to an earlier one that people had already."""
    offered_to: str | None
    """Key of the person who is being asked."""
    until: datetime | None
    rep: Rep | None
    """Who has it; without a picture."""
    seen_at: datetime | None
    claimed_at: datetime | None
    spoken_at: datetime | None
    """When a person first wrote to the visitor."""
    moved_at: datetime
    """When the visitor or a person last did anything."""
    snoozed_until: datetime | None
    closed_at: datetime | None
    verdict: Verdict | None
    verdict_reason: str
    amount: str | None
    currency: str | None
    route: str
    trace: Sequence[str]


def find(tx: Transaction, handoff_id: int) -> StoredHandoff | None:
    """The handoff with this number; None when the lead was erased."""
    return next(iter(read_handoffs(tx, _all().where(HANDOFFS.c.id == handoff_id))), None)


def of_lead(tx: Transaction, lead_id: int) -> list[StoredHandoff]:
    """Every handoff of a lead, the oldest first."""
    return read_handoffs(tx, _all().where(HANDOFFS.c.lead_id == lead_id))


def conversation_of(tx: Transaction, handoff_id: int) -> int | None:
    """The number of a handoff's conversation; None when the lead was erased."""
    query = select(HANDOFFS.c.conversation_id).where(HANDOFFS.c.id == handoff_id)
    return tx.connection.execute(query).scalar()


def entries_of(tx: Transaction, handoff_id: int) -> list[Entry]:
    """The whole history of a handoff, the oldest line first."""
    columns = (DESK_ENTRIES.c[name] for name in ("at", "what", "by", "text"))
    query = select(*columns).where(DESK_ENTRIES.c.handoff_id == handoff_id).order_by(DESK_ENTRIES.c.id)
    return [Entry(**row) for row in tx.connection.execute(query).mappings()]


def read_handoffs(tx: Transaction, query: Select[Any]) -> list[StoredHandoff]:
    """The handoffs that a query over all of their columns finds."""
    return [_handoff(row) for row in tx.connection.execute(query).mappings()]


def _all() -> Select[Any]:
    return select(HANDOFFS).order_by(HANDOFFS.c.id)


def _handoff(row: Mapping[Any, Any]) -> StoredHandoff:
    values = dict(row)
    key, name = values.pop("rep"), values.pop("rep_name")
    values["rep"] = None if key is None else Rep(key=key, name=name)
    values["phase"] = row["phase"] and Phase(row["phase"])
    values["verdict"] = row["verdict"] and Verdict(row["verdict"])
    values["trace"] = tuple(row["trace"])
    return StoredHandoff(**values)
