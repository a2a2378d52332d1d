"""Raw events that stand on disk before they are dealt with, and those that nobody could read.

1. What is taken in may be acknowledged: it is on disk. The same event again is taken in once, also (where
   ``take_in_once`` is used) when it was dealt with long ago.
2. What cannot be read is put into quarantine, with the reason, and never blocks what comes after it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, delete, select, update

from storage.columns import micros, plain
from storage.statements import Statement, insert_new
from storage.tables import HEARD_EVENTS, INBOX
from storage.transaction import Transaction

REASON_MAX_CHARACTERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """An event as it came in."""

    id: int
    channel: str
    external_id: str
    address: str | None
    """Of the conversation it belongs to, where that could be read."""
    raw: str
    received: datetime
    attempts: int
    reason: str | None
    """Why it stands in quarantine; None while it waits."""


_COLUMNS = ("id", "channel", "external_id", "address", "raw", "received", "attempts", "reason")
_ADD = Statement(
    lambda insert: insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.id),
    "channel", "external_id", "address", "raw", "received", "attempts", "reason",
)  # fmt: skip
_REMOVE = Statement(delete(INBOX).where(INBOX.c.id == bindparam("event")))
_QUARANTINE = Statement(update(INBOX).where(INBOX.c.id == bindparam("event")), "reason")
_NAMED = and_(INBOX.c.channel == bindparam("of_channel"), INBOX.c.external_id == bindparam("named"))
_REMOVE_NAMED = Statement(delete(INBOX).where(_NAMED))
_QUARANTINE_NAMED = Statement(update(INBOX).where(_NAMED), "reason")
_HEARD = Statement(
    select(HEARD_EVENTS.c.at).where(
        HEARD_EVENTS.c.channel == bindparam("channel"), HEARD_EVENTS.c.external_id == bindparam("external_id")
    )
)
_HEAR = insert_new(HEARD_EVENTS, "channel", "external_id", "at")
_FORGET_HEARD = Statement(delete(HEARD_EVENTS).where(HEARD_EVENTS.c.at < bindparam("before")))
_ATTEMPT = Statement(update(INBOX).where(INBOX.c.id == bindparam("event")).values(attempts=INBOX.c.attempts + 1))


def take_in(
    tx: Transaction,
    *,
    channel: str,
    external_id: str,
    raw: str,
    at: datetime,
    address: str | None = None,
    reason: str | None = None,
) -> int | None:
    """Put a raw event on disk; its number, or None when it stands there already.

    With a ``reason`` it goes into quarantine at once.
    """
    row = tx.row(
        _ADD,
        {
            "channel": channel,
            "external_id": plain(external_id),
            "address": address and plain(address),
            "raw": plain(raw),
            "received": micros(at),
            "attempts": 0,
            "reason": reason and plain(reason[:REASON_MAX_CHARACTERS]),
        },
    )
    return None if row is None else int(row[0])


def take_in_once(tx: Transaction, *, channel: str, external_id: str, raw: str, at: datetime) -> bool:
    """Put a raw event on disk; False when it stands there already, or was struck off (``strike_off``) before."""
    if tx.row(_HEARD, {"channel": channel, "external_id": plain(external_id)}) is not None:
        return False
    return take_in(tx, channel=channel, external_id=external_id, raw=raw, at=at) is not None


def strike_off(tx: Transaction, channel: str, external_id: str, at: datetime) -> None:
    """Strike off an event that was dealt with, and remember it, so that it is not taken in again."""
    dealt_with_named(tx, channel, external_id)
    tx.run(_HEAR, {"channel": channel, "external_id": plain(external_id), "at": micros(at)})


def forget_heard(tx: Transaction, before: datetime) -> int:
    """Forget events that were struck off before a moment; how many."""
    return tx.run(_FORGET_HEARD, {"before": micros(before)})


def dealt_with(tx: Transaction, event_id: int) -> bool:
    """Strike off an event, in the transaction that saves what it caused. False when somebody else was faster."""
    return tx.run(_REMOVE, {"event": event_id}) == 1


def dealt_with_named(tx: Transaction, channel: str, external_id: str) -> bool:
    """Strike off an event by its channel's name for it. False when it does not stand there."""
    return tx.run(_REMOVE_NAMED, {"of_channel": channel, "named": plain(external_id)}) == 1


def quarantine_named(tx: Transaction, channel: str, external_id: str, reason: str) -> bool:
    """Put an event aside, by its channel's name for it. False when it does not stand there."""
    values = {"of_channel": channel, "named": plain(external_id), "reason": plain(reason[:REASON_MAX_CHARACTERS])}
    return tx.run(_QUARANTINE_NAMED, values) == 1


def attempted(tx: Transaction, event_id: int) -> None:
    """Count one more try that did not work."""
    tx.run(_ATTEMPT, {"event": event_id})


def quarantine(tx: Transaction, event_id: int, reason: str) -> None:
    """Put an event aside for people to look at."""
    tx.run(_QUARANTINE, {"event": event_id, "reason": plain(reason[:REASON_MAX_CHARACTERS])})


def release(tx: Transaction, event_id: int) -> None:
    """Let an event out of quarantine, to be tried once more."""
    tx.run(_QUARANTINE, {"event": event_id, "reason": None})


def waiting(tx: Transaction, channel: str, limit: int = 100) -> list[RawEvent]:
    """Events of a channel that are still to be dealt with, in the order in which they came."""
    return _load(tx, _all().where(INBOX.c.channel == channel, INBOX.c.reason.is_(None)).limit(limit))


def quarantined(tx: Transaction, limit: int = 200) -> list[RawEvent]:
    """What nobody could read, the oldest first."""
    return _load(tx, _all().where(INBOX.c.reason.is_not(None)).limit(limit))


def _all() -> Select[*tuple[object, ...]]:
    return select(*(INBOX.c[name] for name in _COLUMNS)).order_by(INBOX.c.id)


def _load(tx: Transaction, query: Select[*tuple[object, ...]]) -> list[RawEvent]:
    return [RawEvent(**row) for row in tx.connection.execute(query).mappings()]
