"""What a lead's points are made of: the conversation that scored last, and the receipts that count in it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from dialogs.state import Receipt
from storage.tables import CONVERSATIONS, RECEIPTS
from storage.transaction import Transaction

_RECEIPT = ("rule", "axis", "points", "because", "evidence", "at", "version", "half_life")


@dataclass(frozen=True, slots=True)
class Standing:
    """By which script a lead's points were counted, and of what."""

    script: str
    version: str
    receipts: tuple[Receipt, ...]


def scored_last(tx: Transaction, leads: Collection[int]) -> dict[int, tuple[int, str, str]]:
    """The conversation that scored last of each of these leads: its number, script and version."""
    earned = select(RECEIPTS.c.id).where(
        RECEIPTS.c.lead_id == CONVERSATIONS.c.lead_id, RECEIPTS.c.conversation_id == CONVERSATIONS.c.id
    )
    query = (
        select(*(CONVERSATIONS.c[name] for name in ("id", "lead_id", "script", "version")))
        .where(CONVERSATIONS.c.lead_id.in_(leads), earned.exists())
        .order_by(CONVERSATIONS.c.updated, CONVERSATIONS.c.id.desc())
    )
    return {lead: (talk, script, version) for talk, lead, script, version in tx.connection.execute(query)}


def counted_receipts(tx: Transaction, lead_id: int) -> tuple[Receipt, ...]:
    """The receipts that are part of a lead's score now."""
    talk = next((number for number, _, _ in scored_last(tx, [lead_id]).values()), None)
    query = (
        select(*(RECEIPTS.c[name] for name in _RECEIPT))
        .where(RECEIPTS.c.lead_id == lead_id, RECEIPTS.c.conversation_id == talk, RECEIPTS.c.withdrawn_at.is_(None))
        .order_by(RECEIPTS.c.id)
    )
    return tuple(Receipt(**row) for row in tx.connection.execute(query).mappings())


def fading(tx: Transaction, leads: Collection[int]) -> dict[int, Standing]:
    """Those of these leads whose points fade, by their number, with what their points are made of."""
    last = scored_last(tx, leads)
    found: dict[int, list[Receipt]] = {talk: [] for talk, _, _ in last.values()}
    query = (
        select(RECEIPTS.c.conversation_id, *(RECEIPTS.c[name] for name in _RECEIPT))
        .where(RECEIPTS.c.lead_id.in_(last), RECEIPTS.c.withdrawn_at.is_(None))
        .order_by(RECEIPTS.c.id)
    )
    for talk, *values in tx.connection.execute(query):
        if talk in found:
            found[talk].append(Receipt(**dict(zip(_RECEIPT, values, strict=True))))
    return {
        lead: Standing(script, version, tuple(found[talk]))
        for lead, (talk, script, version) in last.items()
        if any(receipt.half_life is not None for receipt in found[talk])
    }
