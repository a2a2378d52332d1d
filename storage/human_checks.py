"""Who passed the human check, and which proofs were used: the same for every node, no longer than it matters."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.columns import micros, moment, plain
from storage.statements import Statement, insert_new
from storage.tables import CLEARED_VISITORS, SPENT_PROOFS
from storage.transaction import Transaction

_SPEND = insert_new(SPENT_PROOFS, "name", "until")
_CLEAR = Statement(
    lambda insert: (put := insert(CLEARED_VISITORS)).on_conflict_do_update(
        index_elements=["person"], set_={"until": put.excluded.until}
    ),
    "person",
    "until",
)
_CLEARED = Statement(select(CLEARED_VISITORS.c.until).where(CLEARED_VISITORS.c.person == bindparam("visitor")))


def spend(tx: Transaction, name: str, until: datetime) -> bool:
    """Note that a proof was used; False where it was before. ``until``: when it is too old to be taken anyway."""
    return tx.run(_SPEND, {"name": plain(name), "until": micros(until)}) > 0


def clear(tx: Transaction, person: str, until: datetime) -> None:
    """Note that somebody passed, and how long that holds."""
    tx.run(_CLEAR, {"person": plain(person), "until": micros(until)})


def cleared_until(tx: Transaction, person: str) -> datetime | None:
    """How long it holds that somebody passed; a moment of the past is none. None where they never did."""
    row = tx.row(_CLEARED, {"visitor": plain(person)})
    return None if row is None else moment(row[0])


def tidy(tx: Transaction, now: datetime) -> None:
    """Forget what does not matter any more."""
    for table in (SPENT_PROOFS, CLEARED_VISITORS):
        tx.connection.execute(delete(table).where(table.c.until < now))
