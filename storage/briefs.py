"""What people need to know of a lead when it is shown to them: read often, so nothing beyond that is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dialogs.state import Receipt
from storage import conversations, uploads
from storage.conversations import StoredConversation
from storage.lead_lines import LeadLine, lead_lines
from storage.standings import counted_receipts
from storage.tables import LEADS
from storage.transaction import Transaction
from storage.uploads import StoredUpload


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A lead in short. ``storage.sheets`` knows everything about it."""

    lead: LeadLine
    receipts: tuple[Receipt, ...]
    """Those that are part of the score now."""
    messages: Sequence[Mapping[str, Any]]
    """The end of one conversation of the lead."""
    files: Sequence[StoredUpload] = ()
    """What they sent in any of their conversations, oldest first."""


def brief_of(tx: Transaction, lead_id: int, talk: StoredConversation, most: int) -> Brief | None:
    """The lead with this number, with at most so many of the last messages of ``talk``; None when it was erased."""
    row = tx.connection.execute(select(LEADS).where(LEADS.c.id == lead_id)).mappings().first()
    if row is None:
        return None
    (line,) = lead_lines(tx, [row])
    end = conversations.messages_after(tx, talk.id, max(0, talk.last_seq - most), most)
    sent = uploads.of_lead(tx, lead_id)
    return Brief(lead=line, receipts=counted_receipts(tx, lead_id), messages=end, files=sent)
