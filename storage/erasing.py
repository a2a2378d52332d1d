"""Erasing a person: everything of them goes, in one transaction, and what was still to be done for them with it.

1. Facts stay: they tell how many, never who. Nothing that is left bears the number of the conversation.
2. Codes that were taken stay taken.
3. A hash of each address is kept, made with a secret of this installation, so that an import of old data can tell
   that this person asked to be forgotten.
4. What was put out about the person in the outside world is taken down, and lists that name them are shown anew: that
   is queued in the same transaction, under names that say nothing about them.
5. Files that they sent are removed from the disk: queued in the same transaction.
6. SQLite overwrites what is deleted; what still stands in its log is gone after ``Database.scrub``. Copies made
   before (backups) are not reached from here.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, false, or_, select, update

from storage import identities, posts, settings, uploads
from storage.columns import micros, plain
from storage.statements import insert_new
from storage.tables import (
    ACTS,
    ANSWERS,
    CHANNEL_NOTES,
    CHATS,
    CODES,
    CONSENTS,
    CONVERSATIONS,
    CROSSINGS,
    DELIVERIES,
    DESK_ENTRIES,
    EFFECTS,
    GRANTS,
    HANDOFFS,
    IDENTITIES,
    INBOX,
    LEADS,
    PARTINGS,
    POSTS,
    RECEIPTS,
    RELAYS,
    TOMBSTONES,
    TURNS,
    WATERMARKS,
)
from storage.transaction import Transaction

_BURY = insert_new(TOMBSTONES, "hash", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was erased."""

    leads: int
    conversations: tuple[int, ...]
    """Numbers of the conversations that are gone, so that whoever still shows them can stop."""
    references: tuple[tuple[str, str, str], ...]
    """What still speaks of the person in the outside world, as (target, what it is, the target's name for it). To take
    it down, or to show it anew without them, is queued."""
    files: tuple[str, ...] = ()
    """Ids of the files they sent. To remove their bytes is queued, too; whoever can may do it at once."""


def erase_lead(tx: Transaction, public_id: str, at: datetime, *, linked: bool = False) -> Erasure | None:
    """Erase a lead and its conversations; with ``linked`` also those that seem to be the same person.

    None when there is no such lead.
    """
    row = tx.connection.execute(
        select(LEADS.c.id, LEADS.c.person_lead_id).where(LEADS.c.public_id == plain(public_id))
    ).first()
    if row is None:
        return None
    lead_id, person = row
    group = or_(LEADS.c.id == (person or lead_id), LEADS.c.person_lead_id == (person or lead_id))
    leads = [lead_id]
    if linked:
        leads = list(tx.connection.execute(select(LEADS.c.id).where(group).order_by(LEADS.c.id)).scalars())
    talks, references = [], []
    files: list[str] = []
    for one in leads:
        gone, told, sent = _erase(tx, one, at)
        talks += gone
        references += told
        files += sent
    posts.queue_takedown(tx, references, at)
    return Erasure(leads=len(leads), conversations=tuple(talks), references=tuple(references), files=tuple(files))


def erase_talk(tx: Transaction, conversation_id: int, at: datetime) -> Erasure | None:
    """Erase what we know of whoever talks in a conversation: their lead, or what they said before there was one.

    None when there is no such conversation.
    """
    talk = select(CONVERSATIONS.c.lead_id, CONVERSATIONS.c.person, LEADS.c.public_id)
    talk = talk.outerjoin(LEADS, LEADS.c.id == CONVERSATIONS.c.lead_id).where(CONVERSATIONS.c.id == conversation_id)
    row = tx.connection.execute(talk).first()
    if row is None:
        return None
    if row.public_id is not None:
        return erase_lead(tx, row.public_id, at)
    theirs = CONVERSATIONS.c.lead_id.is_(None) & (CONVERSATIONS.c.person == row.person)
    numbers, references, files = _erase_talks(tx, theirs, false(), at)
    posts.queue_takedown(tx, references, at)
    return Erasure(leads=0, conversations=tuple(numbers), references=tuple(references), files=files)


def was_erased(tx: Transaction, kind: str, value: str) -> bool:
    """Whether somebody with this address asked to be forgotten."""
    key = settings.get(tx, _SECRET)
    if key is None:
        return False
    query = select(TOMBSTONES.c.hash).where(TOMBSTONES.c.hash == _hash(key, kind, plain(value)))
    return tx.connection.execute(query).first() is not None


_SECRET = "secret:erasure"


_Reference = tuple[str, str, str]
SHORTEST_REFERENCE = 8
"""Characters of a target's name for a post that are enough to recognise it in what came in."""
SHORTEST_ADDRESS = 6
"""Characters of a chat's address that are."""


def _erase(tx: Transaction, lead_id: int, at: datetime) -> tuple[list[int], list[_Reference], tuple[str, ...]]:
    connection = tx.connection
    _bury(tx, lead_id, at)
    identities.part_leads(tx, lead_id)
    people = select(IDENTITIES.c.value).where(IDENTITIES.c.lead_id == lead_id, IDENTITIES.c.kind == identities.VISITOR)
    # Also what the same visitor said elsewhere before there was a lead.
    theirs = or_(
        CONVERSATIONS.c.lead_id == lead_id, CONVERSATIONS.c.lead_id.is_(None) & CONVERSATIONS.c.person.in_(people)
    )
    numbers, references, files = _erase_talks(tx, theirs, HANDOFFS.c.lead_id == lead_id, at)
    for table in (RECEIPTS, CONSENTS, ACTS, ANSWERS, IDENTITIES, PARTINGS):
        connection.execute(delete(table).where(table.c.lead_id == lead_id))
    connection.execute(delete(PARTINGS).where(PARTINGS.c.other_id == lead_id))
    connection.execute(delete(LEADS).where(LEADS.c.id == lead_id))
    return numbers, references, files


def _erase_talks(
    tx: Transaction, theirs: ColumnElement[bool], handoffs: ColumnElement[bool], at: datetime
) -> tuple[list[int], list[_Reference], tuple[str, ...]]:
    """Erase conversations, with all that was done about them."""
    connection = tx.connection
    query = select(CONVERSATIONS.c.id, CONVERSATIONS.c.channel, CONVERSATIONS.c.address).where(theirs)
    talks = connection.execute(query).all()
    numbers = [talk.id for talk in talks]
    references = _erase_desk(tx, or_(handoffs, HANDOFFS.c.conversation_id.in_(numbers)))
    tokens = select(GRANTS.c.token).where(GRANTS.c.conversation_id.in_(numbers))
    connection.execute(update(CODES).where(CODES.c.token.in_(tokens)).values(token=None))
    for table in (EFFECTS, GRANTS, TURNS, RECEIPTS, CONSENTS, ACTS, ANSWERS, DELIVERIES, WATERMARKS, CROSSINGS):
        connection.execute(delete(table).where(table.c.conversation_id.in_(numbers)))
    connection.execute(delete(CROSSINGS).where(CROSSINGS.c.into_id.in_(numbers)))
    connection.execute(delete(CHATS).where(CHATS.c.conversation_id.in_(numbers)))
    for talk in talks:
        connection.execute(delete(INBOX).where(INBOX.c.channel == talk.channel, INBOX.c.address == talk.address))
        chat = talk.address.rpartition("/")[0]
        key = CHANNEL_NOTES.c.key
        noted = or_(key == f"chat:{chat}", key.startswith(f"chat:{chat}:", autoescape=True))
        connection.execute(delete(CHANNEL_NOTES).where(CHANNEL_NOTES.c.channel == talk.channel, noted))
        if len(chat) >= SHORTEST_ADDRESS:  # What is not dealt with yet, or could not be read, names them.
            naming = INBOX.c.raw.contains(chat, autoescape=True)
            connection.execute(delete(INBOX).where(INBOX.c.channel == talk.channel, naming))
    files = uploads.forget_of(tx, numbers, at)
    connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id.in_(numbers)))
    return numbers, references, files


def _erase_desk(tx: Transaction, theirs: ColumnElement[bool]) -> list[_Reference]:
    """Erase handoffs with all that was done about them; what was put out about them."""
    connection = tx.connection
    # Held first: a target that keeps a post at this moment is waited for, or finds the handoff gone.
    held = select(HANDOFFS.c.id).where(theirs).order_by(HANDOFFS.c.id).with_for_update()
    numbers = list(connection.execute(held).scalars())
    out = select(POSTS.c.target, POSTS.c.key, POSTS.c.reference).where(POSTS.c.handoff_id.in_(numbers))
    found = connection.execute(out.order_by(POSTS.c.id)).all()
    references = list(dict.fromkeys((target, key, reference) for target, key, reference in found))
    for target, key, reference in references:
        # What people did there and is not dealt with yet, or could not be read, quotes the post.
        name = reference.rpartition(":")[2]
        if len(name) >= SHORTEST_REFERENCE:
            quoting = INBOX.c.raw.contains(name, autoescape=True)
            if key.startswith(posts.LIST):  # What is dealt with at any moment may be about others on it.
                quoting &= INBOX.c.reason.is_not(None)
            connection.execute(delete(INBOX).where(INBOX.c.channel == target, quoting))
    for table in (POSTS, RELAYS, DESK_ENTRIES):
        connection.execute(delete(table).where(table.c.handoff_id.in_(numbers)))
    connection.execute(delete(HANDOFFS).where(HANDOFFS.c.id.in_(numbers)))
    return references


def _bury(tx: Transaction, lead_id: int, at: datetime) -> None:
    key = settings.secret(tx, _SECRET.removeprefix("secret:"), secrets.token_hex(32), at)
    query = select(IDENTITIES.c.kind, IDENTITIES.c.value).where(
        IDENTITIES.c.lead_id == lead_id, IDENTITIES.c.kind != identities.VISITOR
    )
    for kind, value in tx.connection.execute(query).all():
        tx.run(_BURY, {"hash": _hash(key, kind, value), "at": micros(at)})


def _hash(key: str, kind: str, value: str) -> str:
    return hmac.new(bytes.fromhex(key), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
