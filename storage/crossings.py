"""From one channel to another: links that work once, and all that goes along with a conversation.

1. A link's code is kept as a hash; it brings one conversation over, once, for a short time. One that was used, or whose
   conversation went over by another link, is dead.
2. What belongs to the conversation, not to the place, goes along: the lead, the handoffs that people work on, the
   magnets that were given, the points.
3. A crossing joins two keys of one person because that person did it. It can be undone: ``part_key``.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update

from storage import identities, uploads
from storage.columns import micros, plain
from storage.conversations import StoredConversation, find_by_id
from storage.leavings import HAND_OFF, SHOW_DESK
from storage.statements import Statement, insert_into
from storage.tables import CONVERSATIONS, CROSSINGS, EFFECTS, GRANTS, HANDOFFS, IDENTITIES, RECEIPTS, RELAYS
from storage.transaction import Transaction

REMEMBERED = timedelta(days=30)
"""How long a code is known for one, that nobody used in time."""
CHAIN_MOST = 100
"""How often a conversation that was followed may have gone over."""

_OFFER = insert_into(CROSSINGS, "hash", "conversation_id", "expires")
_OPEN = Statement(
    select(CROSSINGS.c.conversation_id).where(
        CROSSINGS.c.hash == bindparam("code_hash"), CROSSINGS.c.used.is_(None), CROSSINGS.c.expires > bindparam("now")
    )
)
_USE = Statement(
    update(CROSSINGS).where(CROSSINGS.c.hash == bindparam("code_hash"), CROSSINGS.c.used.is_(None)), "used", "into_id"
)
_USED_FOR = Statement(select(CROSSINGS.c.into_id).where(CROSSINGS.c.hash == bindparam("code_hash")))
_VOID = Statement(
    update(CROSSINGS).where(CROSSINGS.c.conversation_id == bindparam("conversation"), CROSSINGS.c.used.is_(None)),
    "used",
)
_KNOWN = Statement(select(CROSSINGS.c.hash).where(CROSSINGS.c.hash == bindparam("code_hash")))
_TIDY = Statement(delete(CROSSINGS).where(CROSSINGS.c.into_id.is_(None), CROSSINGS.c.expires < bindparam("before")))
_INTO = Statement(
    select(CROSSINGS.c.into_id)
    .where(CROSSINGS.c.conversation_id == bindparam("conversation"), CROSSINGS.c.into_id.is_not(None))
    .order_by(CROSSINGS.c.used.desc())
    .limit(1)
)


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"crossing {code}".encode(errors="replace")).hexdigest()


def offer(tx: Transaction, code: str, conversation_id: int, expires: datetime) -> None:
    """Have a code bring a conversation over."""
    tx.run(_TIDY, {"before": micros(expires - REMEMBERED)})
    row = {"hash": hash_of(code), "conversation_id": conversation_id, "expires": micros(expires)}
    tx.run(_OFFER, row)


def offered(tx: Transaction, code: str, now: datetime) -> int | None:
    """The conversation that a code brings over; None for a code that is unknown, used or too old."""
    row = tx.row(_OPEN, {"code_hash": hash_of(code), "now": micros(now)})
    return None if row is None else int(row[0])


def is_code(tx: Transaction, code: str) -> bool:
    """Whether this is, or was, the code of a crossing."""
    return tx.row(_KNOWN, {"code_hash": hash_of(code)}) is not None


def used_for(tx: Transaction, code: str) -> int | None:
    """The conversation into which a code has brought its own; None for one that was not used."""
    row = tx.row(_USED_FOR, {"code_hash": hash_of(code)})
    return None if row is None or row[0] is None else int(row[0])


def use(tx: Transaction, code: str, conversation_id: int, into_id: int, at: datetime) -> bool:
    """Note that a code has brought its conversation into another one. False when somebody else was faster."""
    if not tx.run(_USE, {"code_hash": hash_of(code), "used": micros(at), "into_id": into_id}):
        return False
    tx.run(_VOID, {"conversation": conversation_id, "used": micros(at)})
    return True


def now_in(tx: Transaction, conversation_id: int) -> StoredConversation | None:
    """The conversation in which one that went over goes on at present."""
    seen = {conversation_id}
    stored = find_by_id(tx, conversation_id)
    while stored is not None and stored.state.went_over and len(seen) < CHAIN_MOST:
        row = tx.row(_INTO, {"conversation": stored.id})
        if row is None or int(row[0]) in seen:
            return None
        seen.add(int(row[0]))
        stored = find_by_id(tx, int(row[0]))
    return None if stored is None or stored.state.went_over else stored


def carry(tx: Transaction, source: StoredConversation, into_id: int, after_seq: int, person: str, at: datetime) -> None:
    """Have everything that belongs to a conversation belong to the one in which it goes on.

    ``after_seq`` is the number of the last message there before. ``person`` is the key of whoever goes on there: from
    now on it proves to be the same one.
    """
    connection = tx.connection
    for table in (GRANTS, RECEIPTS):
        connection.execute(update(table).where(table.c.conversation_id == source.id).values(conversation_id=into_id))
    uploads.carry(tx, source.id, into_id)
    work = EFFECTS.c.kind.in_((HAND_OFF, SHOW_DESK))
    connection.execute(
        update(EFFECTS).where(EFFECTS.c.conversation_id == source.id, work).values(conversation_id=into_id)
    )
    handoffs = select(HANDOFFS.c.id).where(HANDOFFS.c.conversation_id == source.id)
    numbers = list(connection.execute(handoffs).scalars())
    connection.execute(update(HANDOFFS).where(HANDOFFS.c.id.in_(numbers)).values(conversation_id=into_id))
    # What was passed on of the old transcript says nothing about the new one, which has numbers of its own.
    connection.execute(update(RELAYS).where(RELAYS.c.handoff_id.in_(numbers)).values(seq=after_seq))
    if source.rep is not None:
        connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == source.id).values(rep=None))
    if source.lead_id is not None:
        connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == into_id).values(lead_id=source.lead_id))
        identities.prove(tx, source.lead_id, identities.VISITOR, person, at)


def part_key(tx: Transaction, lead_id: int, person: str) -> bool:
    """Undo that a crossing joined a person's key to a lead: whoever comes with it is a stranger. Whether it was so."""
    theirs = (IDENTITIES.c.lead_id == lead_id, IDENTITIES.c.kind == identities.VISITOR)
    found = tx.connection.execute(delete(IDENTITIES).where(*theirs, IDENTITIES.c.value == plain(person)))
    return found.rowcount > 0
