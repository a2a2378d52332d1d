"""What channels remember for themselves, and which process asks one for news."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select

from storage.columns import micros, plain
from storage.statements import Statement
from storage.tables import CHANNEL_NOTES, POLLERS
from storage.transaction import Transaction

_GET = Statement(
    select(CHANNEL_NOTES.c.value).where(
        CHANNEL_NOTES.c.channel == bindparam("channel"), CHANNEL_NOTES.c.key == bindparam("key")
    )
)
_PUT = Statement(
    lambda insert: (put := insert(CHANNEL_NOTES)).on_conflict_do_update(
        index_elements=["channel", "key"], set_={"value": put.excluded.value, "updated": put.excluded.updated}
    ),
    "channel", "key", "value", "updated",
)  # fmt: skip
_POLL = Statement(
    lambda insert: (put := insert(POLLERS)).on_conflict_do_update(
        index_elements=["channel"],
        set_={"holder": put.excluded.holder, "until": put.excluded.until},
        where=or_(POLLERS.c.holder == put.excluded.holder, POLLERS.c.until < bindparam("now")),
    ),
    "channel", "holder", "until",
)  # fmt: skip


def recall(tx: Transaction, channel: str, key: str) -> str | None:
    """What a channel remembers under a key."""
    row = tx.row(_GET, {"channel": channel, "key": plain(key)})
    return None if row is None else str(row[0])


def remember(tx: Transaction, channel: str, key: str, value: str, at: datetime) -> None:
    """Remember something for a channel, instead of what it remembered before."""
    tx.run(_PUT, {"channel": channel, "key": plain(key), "value": plain(value), "updated": micros(at)})


def may_poll(tx: Transaction, channel: str, holder: str, seconds: float, now: datetime) -> bool:
    """Whether this process is the one that asks a channel for news, for so many seconds from now: nobody else is."""
    until = micros(now + timedelta(seconds=seconds))
    return tx.run(_POLL, {"channel": channel, "holder": holder, "until": until, "now": micros(now)}) == 1
