"""Files that visitors sent: what is known of each. Their bytes stand in a folder, which is not this room's.

1. A row is added when its bytes are safe on disk, and removed before they are: bytes without a row are nobody's.
2. The turn that refers to a file marks it in the same transaction (``said``), so that no answer can lack its file:
   one that was swept away meanwhile stops the turn (``UploadGone``).
3. Limits are looked at before a file comes, and settled in the transaction that adds its row, whichever node that is
   on. How much all files are together stands in one row, kept by everything here that adds or removes files; nobody
   counts all rows for that while others wait.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update

from storage.columns import maybe_moment, micros, moment, plain
from storage.leavings import FORGET_FILES, NewEffect, queue
from storage.statements import Statement, insert_new
from storage.tables import CONVERSATIONS, RUNNING_TOTALS, UPLOADS
from storage.transaction import Transaction

DAY = timedelta(days=1)
AT_ONCE = 500
"""Files that are dealt with at once where there may be any number."""


class UploadGone(LookupError):
    """A message refers to a file that is not here any more."""


class UploadLimit(Exception):
    """One more file would be too much; ``limit`` says of what: ``conversation``, ``day`` or ``everything``."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """How much is taken."""

    files_in_conversation: int
    bytes_a_day: int
    """Of one person, by all their conversations."""
    bytes_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpload:
    """What is known of a file."""

    id: str
    conversation_id: int
    client_id: str
    name: str
    type: str
    size: int
    sha256: str
    at: datetime
    said: datetime | None = None
    withheld: str | None = None
    sender: str | None = None
    """The person who sent it: theirs for good, wherever the conversation goes on. Set when it is added."""

    def value(self) -> dict[str, int | float | str | None]:
        """The file as an answer has it."""
        return {"id": self.id, "name": self.name, "type": self.type, "size": self.size}


_NAMES = ("id", "conversation_id", "client_id", "name", "type", "size", "sha256", "at", "said", "withheld", "sender")
_STORED = select(*(UPLOADS.c[name] for name in _NAMES))
_ADD = insert_new(UPLOADS, *_NAMES)
_FIND = Statement(_STORED.where(UPLOADS.c.id == bindparam("upload")))
_REPEAT = Statement(
    _STORED.where(UPLOADS.c.conversation_id == bindparam("conversation"), UPLOADS.c.client_id == bindparam("client"))
)
_SAID = Statement(update(UPLOADS).where(UPLOADS.c.id == bindparam("upload")), "said")
_WITHHOLD = Statement(update(UPLOADS).where(UPLOADS.c.id == bindparam("upload")), "withheld")
_KEY = "uploads"
_SUM = select(func.coalesce(func.sum(UPLOADS.c.size), 0))
_OURS = RUNNING_TOTALS.c.key == _KEY
_BEGIN = insert_new(RUNNING_TOTALS, "key", "value")
_TOTAL = Statement(select(RUNNING_TOTALS.c.value).where(_OURS))
_OF_CONVERSATION = Statement(
    _STORED.where(UPLOADS.c.conversation_id == bindparam("conversation"), UPLOADS.c.said.is_not(None)).order_by(
        UPLOADS.c.at, UPLOADS.c.id
    )
)


def add(tx: Transaction, new: StoredUpload, limits: UploadLimits) -> StoredUpload:
    """Remember a file whose bytes are on disk; the one of the same sender's name, where there is one already.

    Raises ``UploadLimit``, and ``UploadGone`` where the conversation was erased meanwhile.
    """
    known = find_repeat(tx, new.conversation_id, new.client_id)
    if known is not None:
        return known
    new = replace(new, sender=_check_theirs(tx, new.conversation_id, new.size, limits, new.at, hold=True))
    row = {name: getattr(new, name) for name in _NAMES}
    row |= {"client_id": plain(new.client_id), "name": plain(new.name), "at": micros(new.at), "said": None}
    if not tx.run(_ADD, row):
        known = find_repeat(tx, new.conversation_id, new.client_id)
        assert known is not None
        return known
    _take_room(tx, new.size, limits)
    return new


def _take_room(tx: Transaction, size: int, limits: UploadLimits) -> None:
    """Count a file among all; of two that come at once on two nodes, the second sees the first. Comes last in a
    transaction: others wait behind that row."""
    value = RUNNING_TOTALS.c.value
    room = update(RUNNING_TOTALS).where(_OURS, value + size <= limits.bytes_in_all).values(value=value + size)
    if tx.connection.execute(room).rowcount:
        return
    if tx.run(_BEGIN, {"key": _KEY, "value": 0}):
        has_room = recount(tx) <= limits.bytes_in_all
    else:  # It may have been begun at this very moment.
        has_room = tx.connection.execute(room).rowcount > 0
    if not has_room:
        raise UploadLimit("everything")


def _give_room_back(tx: Transaction, size: int) -> None:
    if size:
        value = RUNNING_TOTALS.c.value
        tx.connection.execute(update(RUNNING_TOTALS).where(_OURS).values(value=value - size))


def recount(tx: Transaction) -> int:
    """Bytes of all files, counted one by one; from now on that is their total."""
    tx.run(_BEGIN, {"key": _KEY, "value": 0})
    # Held first: what is added or removed meanwhile is either counted, or waits and is counted then.
    tx.connection.execute(select(RUNNING_TOTALS.c.value).where(_OURS).with_for_update()).scalar_one()
    total = int(tx.connection.execute(_SUM).scalar_one())
    tx.connection.execute(update(RUNNING_TOTALS).where(_OURS).values(value=total))
    return total


def check_room(
    tx: Transaction, conversation_id: int, size: int, limits: UploadLimits, at: datetime, coming: int = 0
) -> None:
    """Whether a file of this size may come. Raises ``UploadLimit``, and ``UploadGone`` where the conversation is gone.

    ``coming`` are bytes of files that are on their way here.
    """
    _check_theirs(tx, conversation_id, size, limits, at, hold=False)
    if total(tx) + coming + size > limits.bytes_in_all:
        raise UploadLimit("everything")


def _check_theirs(
    tx: Transaction, conversation_id: int, size: int, limits: UploadLimits, at: datetime, *, hold: bool
) -> str:
    """Look at what a conversation, and its person, has sent; who that is.

    With ``hold`` files that come at once, also to other conversations of the same person, count in turn.
    """
    connection = tx.connection
    asked = select(CONVERSATIONS.c.person, CONVERSATIONS.c.lead_id).where(CONVERSATIONS.c.id == conversation_id)
    row = connection.execute(asked).first()
    if row is None:
        raise UploadGone(f"conversation {conversation_id} is gone")
    theirs = CONVERSATIONS.c.person == row.person
    if row.lead_id is not None:
        theirs = or_(theirs, CONVERSATIONS.c.lead_id == row.lead_id)
    if hold:
        talks = select(CONVERSATIONS.c.id).where(theirs).order_by(CONVERSATIONS.c.id).with_for_update()
        if conversation_id not in set(connection.execute(talks).scalars()):
            raise UploadGone(f"conversation {conversation_id} is gone")
    here = select(func.count()).select_from(UPLOADS).where(UPLOADS.c.conversation_id == conversation_id)
    if connection.execute(here).scalar_one() >= limits.files_in_conversation:
        raise UploadLimit("conversation")
    lately = (
        select(func.coalesce(func.sum(UPLOADS.c.size), 0))
        .join(CONVERSATIONS, CONVERSATIONS.c.id == UPLOADS.c.conversation_id)
        .where(theirs, UPLOADS.c.at > at - DAY)
    )
    if connection.execute(lately).scalar_one() + size > limits.bytes_a_day:
        raise UploadLimit("day")
    return str(row.person)


def find(tx: Transaction, upload: str) -> StoredUpload | None:
    """The file of this id."""
    row = tx.row(_FIND, {"upload": plain(upload)})
    return None if row is None else _stored(row)


def find_repeat(tx: Transaction, conversation_id: int, client_id: str) -> StoredUpload | None:
    """The file that its sender calls so."""
    row = tx.row(_REPEAT, {"conversation": conversation_id, "client": plain(client_id)})
    return None if row is None else _stored(row)


def find_all(tx: Transaction, uploads: Collection[str]) -> dict[str, StoredUpload]:
    """Those of these files that are known, by id."""
    if not uploads:
        return {}
    rows = tx.connection.execute(_STORED.where(UPLOADS.c.id.in_(tuple(uploads))))
    # Through Core, moments are moments already.
    return {row.id: StoredUpload(**row._mapping) for row in rows}


def mark_said(tx: Transaction, upload: str, at: datetime) -> None:
    """Note that a message refers to a file. Raises ``UploadGone`` where it is not here any more."""
    if not tx.run(_SAID, {"upload": plain(upload), "said": micros(at)}):
        raise UploadGone(f"the file {upload} is gone")


def withhold(tx: Transaction, upload: str, reason: str) -> None:
    """Let nobody fetch a file any more."""
    tx.run(_WITHHOLD, {"upload": plain(upload), "withheld": plain(reason)})


def of_conversation(tx: Transaction, conversation_id: int) -> list[StoredUpload]:
    """The files that messages of a conversation refer to, in order."""
    return [_stored(row) for row in tx.rows(_OF_CONVERSATION, {"conversation": conversation_id})]


def of_lead(tx: Transaction, lead_id: int) -> list[StoredUpload]:
    """The files that a lead sent in any conversation, in order."""
    of_theirs = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.lead_id == lead_id)
    sent = _STORED.where(UPLOADS.c.conversation_id.in_(of_theirs), UPLOADS.c.said.is_not(None))
    rows = tx.connection.execute(sent.order_by(UPLOADS.c.at, UPLOADS.c.id))
    return [StoredUpload(**row._mapping) for row in rows]


def of_leads(tx: Transaction, leads: Collection[int]) -> dict[int, list[StoredUpload]]:
    """The files of several leads, by the lead's number, each in order."""
    lead = CONVERSATIONS.c.lead_id
    sent = _STORED.add_columns(lead.label("lead")).join(CONVERSATIONS, CONVERSATIONS.c.id == UPLOADS.c.conversation_id)
    found: dict[int, list[StoredUpload]] = {}
    ordered = sent.where(lead.in_(tuple(leads)), UPLOADS.c.said.is_not(None)).order_by(UPLOADS.c.at, UPLOADS.c.id)
    for row in tx.connection.execute(ordered):
        values = dict(row._mapping)
        found.setdefault(values.pop("lead"), []).append(StoredUpload(**values))
    return found


def total(tx: Transaction) -> int:
    """Bytes of all files, as they were counted when each came and went."""
    row = tx.row(_TOTAL, {})
    return 0 if row is None else int(row[0])


def sweep(tx: Transaction, before: datetime, too_old: datetime | None = None) -> list[str]:
    """Forget files that came before a moment and that no message refers to, and all that came before ``too_old``.

    Returns their ids, whose bytes may go: some of them, where they are many, and none when all are forgotten.
    """
    goes = (UPLOADS.c.said.is_(None)) & (UPLOADS.c.at < before)
    if too_old is not None:
        goes = goes | (UPLOADS.c.at < too_old)
    old = select(UPLOADS.c.id).where(goes)
    ids = list(tx.connection.execute(old.order_by(UPLOADS.c.id).limit(AT_ONCE).with_for_update()).scalars())
    if ids:
        # Said in the very moment before it was held, it stays.
        gone = tx.connection.execute(
            delete(UPLOADS).where(UPLOADS.c.id.in_(ids), goes).returning(UPLOADS.c.id, UPLOADS.c.size)
        ).all()
        ids = [one.id for one in gone]
        _give_room_back(tx, sum(one.size for one in gone))
    return ids


def forget_of(tx: Transaction, conversations: Sequence[int], at: datetime) -> tuple[str, ...]:
    """Forget every file of these conversations, and queue that their bytes are removed; their ids."""
    theirs = UPLOADS.c.conversation_id.in_(conversations)
    gone = tx.connection.execute(delete(UPLOADS).where(theirs).returning(UPLOADS.c.id, UPLOADS.c.size)).all()
    ids = tuple(sorted(one.id for one in gone))
    _give_room_back(tx, sum(one.size for one in gone))
    for start in range(0, len(ids), AT_ONCE):
        queue(tx, None, NewEffect(kind=FORGET_FILES, payload={"files": list(ids[start : start + AT_ONCE])}), at)
    return ids


def carry(tx: Transaction, source_id: int, into_id: int) -> None:
    """Have the files of a conversation belong to the one in which it goes on."""
    # A name that a sender gave counts in its own conversation; in another one it could be taken already.
    rows = tx.connection.execute(select(UPLOADS.c.id).where(UPLOADS.c.conversation_id == source_id)).scalars()
    for upload in list(rows):
        moved = {"conversation_id": into_id, "client_id": f"carried:{upload}"}
        tx.connection.execute(update(UPLOADS).where(UPLOADS.c.id == upload).values(**moved))


def _stored(row: Sequence[object]) -> StoredUpload:
    values = dict(zip(_NAMES, row, strict=True))
    return StoredUpload(
        **{
            **values,  # type: ignore[arg-type]  # As the columns say.
            "at": moment(values["at"]),  # type: ignore[arg-type]
            "said": maybe_moment(values["said"]),  # type: ignore[arg-type]
        }
    )
