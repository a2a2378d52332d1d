"""What is counted by the day and belongs to no conversation: teasers shown and closed, links opened.

One row a day and thing, whatever is sent: it stays small, and says nothing about anybody.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, func, select

from storage.columns import plain
from storage.statements import Statement
from storage.tables import TALLIES
from storage.transaction import Transaction

LINK_OPENED = "link.opened"
"""The subject is the link's code."""
TEASER_SHOWN, TEASER_CLOSED, TEASER_ENGAGED = TEASER = ("attract.shown", "attract.closed", "attract.engaged")
"""The subject is script and teaser, with a slash between."""

_ADD = Statement(
    lambda insert: (put := insert(TALLIES)).on_conflict_do_update(
        index_elements=["kind", "subject", "day"], set_={"count": TALLIES.c.count + put.excluded["count"]}
    ),
    "kind", "subject", "day", "count",
)  # fmt: skip
_SUM = Statement(
    select(func.sum(TALLIES.c.count)).where(
        TALLIES.c.kind == bindparam("kind"), TALLIES.c.subject == bindparam("subject")
    )
)


def add(tx: Transaction, kind: str, subject: str, at: datetime, count: int = 1) -> None:
    """Count something."""
    row = {"kind": kind, "subject": plain(subject), "day": _day(at), "count": count}
    tx.run(_ADD, row)


def total(tx: Transaction, kind: str, subject: str) -> int:
    """How often something happened."""
    row = tx.row(_SUM, {"kind": kind, "subject": plain(subject)})
    return int(row[0] or 0) if row is not None else 0


def forget(tx: Transaction, kind: str, subject: str) -> None:
    """Forget what was counted."""
    mine = (TALLIES.c.kind == kind, TALLIES.c.subject == plain(subject))
    tx.connection.execute(delete(TALLIES).where(*mine))


def teasers(tx: Transaction, script: str, since: datetime) -> Mapping[str, Mapping[str, int]]:
    """By teaser of a script: how often each of ``TEASER`` happened, from the day of ``since`` on."""
    query = (
        select(TALLIES.c.subject, TALLIES.c.kind, func.sum(TALLIES.c.count))
        .where(TALLIES.c.kind.in_(TEASER), TALLIES.c.subject.like(f"{script}/%"), TALLIES.c.day >= _day(since))
        .group_by(TALLIES.c.subject, TALLIES.c.kind)
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(TEASER, 0))
    for subject, kind, count in tx.connection.execute(query):
        found[str(subject).partition("/")[2]][kind] = int(count)
    return dict(sorted(found.items()))


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
