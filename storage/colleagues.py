"""People of ours, as handoff targets know them: those whom no team file names, and whether each takes leads.

1. Somebody may be known to several targets, with one key. What they said last of whether they take leads holds,
   wherever they said it.
2. Who never said anything takes leads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from dialogs.desk.people import Availability, Rep
from storage.columns import micros, plain
from storage.statements import Statement
from storage.tables import COLLEAGUES
from storage.transaction import Transaction

_WHO = ["target", "person_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredColleague:
    """Somebody of ours on one target."""

    target: str
    person_id: str
    """The target's own name for them."""
    rep: Rep
    availability: Availability
    at: datetime | None
    """When they said so there; None where they never did."""


def _who_now(put: Any) -> dict[str, Any]:
    """What is known of somebody after they were seen once more; a picture stays until there is another."""
    new = put.excluded
    return {"key": new.key, "name": new.name, "picture": func.coalesce(new.picture, COLLEAGUES.c.picture)}


_REMEMBER = Statement(
    lambda insert: (put := insert(COLLEAGUES)).on_conflict_do_update(
        index_elements=_WHO,
        set_=_who_now(put),
        # Most of the time nothing is new: then nothing is written.
        where=or_(*(COLLEAGUES.c[name].is_distinct_from(value) for name, value in _who_now(put).items())),
    ),
    *_WHO, "key", "name", "picture",
)  # fmt: skip
_SAY = Statement(
    lambda insert: (put := insert(COLLEAGUES)).on_conflict_do_update(
        index_elements=_WHO,
        set_=_who_now(put) | {"availability": put.excluded.availability, "at": put.excluded.at},
    ),
    *_WHO, "key", "name", "picture", "availability", "at",
)  # fmt: skip


def remember(tx: Transaction, target: str, person_id: str, rep: Rep) -> None:
    """Note who somebody is on a target."""
    tx.run(_REMEMBER, _columns(target, person_id, rep))


def set_availability(
    tx: Transaction, target: str, person_id: str, rep: Rep, availability: Availability, at: datetime
) -> None:
    """Note that somebody said whether they take leads."""
    tx.run(_SAY, _columns(target, person_id, rep) | {"availability": availability.value, "at": micros(at)})


def availability(tx: Transaction, key: str) -> Availability:
    """Whether the person with this key takes leads."""
    return availabilities(tx, [key]).get(plain(key), Availability.TAKING)


def availabilities(tx: Transaction, keys: Sequence[str]) -> dict[str, Availability]:
    """What people said last of whether they take leads, by key; who never said anything is left out."""
    query = select(COLLEAGUES.c.key, COLLEAGUES.c.availability).where(
        COLLEAGUES.c.key.in_([plain(key) for key in keys]), COLLEAGUES.c.availability.is_not(None)
    )
    rows = tx.connection.execute(query.order_by(COLLEAGUES.c.at, COLLEAGUES.c.target, COLLEAGUES.c.person_id))
    return {key: Availability(said) for key, said in rows}


def find(tx: Transaction, target: str, person_id: str) -> StoredColleague | None:
    """Somebody by a target's name for them."""
    query = select(COLLEAGUES).where(COLLEAGUES.c.target == target, COLLEAGUES.c.person_id == plain(person_id))
    row = tx.connection.execute(query).mappings().first()
    return None if row is None else _colleague(row)


def everybody(tx: Transaction) -> list[StoredColleague]:
    """Everybody who was ever seen, by name."""
    query = select(COLLEAGUES).order_by(COLLEAGUES.c.name, COLLEAGUES.c.key, COLLEAGUES.c.target)
    return [_colleague(row) for row in tx.connection.execute(query).mappings()]


def _columns(target: str, person_id: str, rep: Rep) -> dict[str, Any]:
    who = {"key": plain(rep.key), "name": plain(rep.name), "picture": rep.picture and plain(rep.picture)}
    return {"target": target, "person_id": plain(person_id), **who}


def _colleague(row: Any) -> StoredColleague:
    return StoredColleague(
        target=row["target"],
        person_id=row["person_id"],
        rep=Rep(key=row["key"], name=row["name"], picture=row["picture"]),
        availability=Availability(row["availability"] or Availability.TAKING),
        at=row["at"],
    )
