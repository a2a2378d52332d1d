"""What was delivered on pushed channels, and how far each conversation is.

1. A part of a message is recorded as soon as it is out, before the next one is sent: after a crash at most the last one
   goes out twice.
2. The visitor's own messages are recorded, too, so that it is known what they change later.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.columns import micros, plain
from storage.statements import Statement
from storage.tables import CONVERSATIONS, DELIVERIES, WATERMARKS
from storage.transaction import Transaction


class Place(NamedTuple):
    """A message of a conversation."""

    conversation_id: int
    seq: int


_RECORD = Statement(
    lambda insert: (put := insert(DELIVERIES)).on_conflict_do_update(
        index_elements=["conversation_id", "seq", "part"], set_={"reference": put.excluded.reference}
    ),
    "conversation_id", "seq", "part", "reference", "at",
)  # fmt: skip
_PARTS = Statement(
    select(DELIVERIES.c.part, DELIVERIES.c.reference)
    .where(DELIVERIES.c.conversation_id == bindparam("conversation"), DELIVERIES.c.seq == bindparam("of_seq"))
    .order_by(DELIVERIES.c.part)
)
_NAMED = Statement(
    select(DELIVERIES.c.conversation_id, DELIVERIES.c.seq)
    .join(CONVERSATIONS, CONVERSATIONS.c.id == DELIVERIES.c.conversation_id)
    .where(
        DELIVERIES.c.reference == bindparam("named"),
        CONVERSATIONS.c.channel == bindparam("of_channel"),
        CONVERSATIONS.c.person == bindparam("of_person"),
    )
    .order_by(DELIVERIES.c.conversation_id.desc(), DELIVERIES.c.seq.desc())
    .limit(1)
)
_MARK = Statement(select(WATERMARKS.c.seq).where(WATERMARKS.c.conversation_id == bindparam("conversation")))
_ADVANCE = Statement(
    lambda insert: (put := insert(WATERMARKS)).on_conflict_do_update(
        index_elements=["conversation_id"],
        set_={"seq": put.excluded.seq},
        where=WATERMARKS.c.seq < put.excluded.seq,
    ),
    "conversation_id", "seq",
)  # fmt: skip
_HOLD = Statement(
    select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == bindparam("conversation")).with_for_update(key_share=True)
)


def record(tx: Transaction, conversation_id: int, seq: int, part: int, reference: str, at: datetime) -> bool:
    """Record that a part of a message is out. False when the conversation was erased meanwhile."""
    if tx.row(_HOLD, {"conversation": conversation_id}) is None:
        return False
    row = {"conversation_id": conversation_id, "seq": seq, "part": part}
    tx.run(_RECORD, row | {"reference": plain(reference), "at": micros(at)})
    return True


def references(tx: Transaction, conversation_id: int, seq: int) -> dict[int, str]:
    """The channel's names for the parts of a message that are out."""
    return {int(part): str(name) for part, name in tx.rows(_PARTS, {"conversation": conversation_id, "of_seq": seq})}


def find_reference(tx: Transaction, channel: str, person: str, reference: str) -> Place | None:
    """The message, in this person's conversations, that a channel calls so; the newest, should there be several."""
    if not reference:
        return None
    named = {"named": plain(reference), "of_channel": channel, "of_person": plain(person)}
    row = tx.row(_NAMED, named)
    return None if row is None else Place(int(row[0]), int(row[1]))


def watermark(tx: Transaction, conversation_id: int) -> int:
    """Number of the last message that was delivered whole; 0 before the first."""
    row = tx.row(_MARK, {"conversation": conversation_id})
    return 0 if row is None else int(row[0])


def advance(tx: Transaction, conversation_id: int, seq: int) -> bool:
    """Note that everything up to a message is delivered. False when the conversation was erased meanwhile."""
    if tx.row(_HOLD, {"conversation": conversation_id}) is None:
        return False
    tx.run(_ADVANCE, {"conversation_id": conversation_id, "seq": seq})
    return True
