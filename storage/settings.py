"""What the installation remembers about itself: secrets made once, a hash of the admin's password."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.columns import micros
from storage.statements import Statement, insert_new
from storage.tables import SETTINGS
from storage.transaction import Transaction

_COLUMNS = ("key", "value", "updated")
_GET = Statement(select(SETTINGS.c.value).where(SETTINGS.c.key == bindparam("key")))
_ADD = insert_new(SETTINGS, *_COLUMNS)
_PUT = Statement(
    lambda insert: (put := insert(SETTINGS)).on_conflict_do_update(
        index_elements=["key"], set_={"value": put.excluded.value, "updated": put.excluded.updated}
    ),
    *_COLUMNS,
)
_REMOVE = Statement(delete(SETTINGS).where(SETTINGS.c.key == bindparam("key")))


def get(tx: Transaction, key: str) -> str | None:
    """What is remembered under a key."""
    row = tx.row(_GET, {"key": key})
    return None if row is None else str(row[0])


def put(tx: Transaction, key: str, value: str, at: datetime) -> None:
    """Remember something, instead of what was remembered before."""
    tx.run(_PUT, {"key": key, "value": value, "updated": micros(at)})


def remove(tx: Transaction, key: str) -> bool:
    """Forget something; whether it was known."""
    return tx.run(_REMOVE, {"key": key}) > 0


def secret(tx: Transaction, name: str, fresh: str, at: datetime) -> str:
    """A secret that is made once and the same on every node from then on.

    ``fresh`` is what it becomes if there is none yet: 32 random bytes in hexadecimal.
    """
    key = f"secret:{name}"
    tx.run(_ADD, {"key": key, "value": fresh, "updated": micros(at)})
    kept = get(tx, key)
    assert kept is not None
    return kept
