"""By what a person is recognised, and what follows from it.

1. A key that a browser or an account keeps secret for the visitor (``visitor``), or an id that the site signed
   (``external``), is *proven*: conversations that bring it share one lead.
2. An e-mail address or a phone number that somebody typed is *claimed*. It never merges anything: the newer lead
   is linked to the oldest lead with the same one (``person_lead_id``), so that people see one person. Nothing of
   the other lead flows into the visitor's conversation or profile, and nothing else stored is changed.
3. A link is one step deep: everybody in a group points at its oldest lead. A lead that is linked already is not
   linked elsewhere, so that a visitor cannot tie two strangers together by typing both their addresses.
4. A link can be undone (``part_leads``); those two leads are not linked again.
"""

from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, or_, select, update

from storage.columns import micros, plain
from storage.statements import Statement, insert_new
from storage.tables import IDENTITIES, LEADS, PARTINGS
from storage.transaction import Transaction

VISITOR = "visitor"
EXTERNAL = "external"
PROVEN = "proven"
CLAIMED = "claimed"

_ADD = insert_new(IDENTITIES, "lead_id", "kind", "value", "strength", "at")
_PROVEN = Statement(
    select(IDENTITIES.c.lead_id).where(
        IDENTITIES.c.kind == bindparam("kind"),
        IDENTITIES.c.value == bindparam("value"),
        # Written out: with a bind, SQLite would plan anew each time whether the index of proven ones may be used.
        IDENTITIES.c.strength == literal_column(f"'{PROVEN}'"),
    )
)
_SIGNED = Statement(
    select(IDENTITIES.c.value).where(IDENTITIES.c.lead_id == bindparam("lead"), IDENTITIES.c.kind == bindparam("kind"))
)
_STRENGTHEN = Statement(
    update(IDENTITIES).where(
        IDENTITIES.c.lead_id == bindparam("lead"),
        IDENTITIES.c.kind == bindparam("of_kind"),
        IDENTITIES.c.value == bindparam("of_value"),
    ),
    "strength",
)
_SHARING = Statement(
    select(LEADS.c.id, LEADS.c.person_lead_id)
    .join(IDENTITIES, IDENTITIES.c.lead_id == LEADS.c.id)
    .where(IDENTITIES.c.kind == bindparam("kind"), IDENTITIES.c.value == bindparam("value"))
    .order_by(LEADS.c.id)
)
_PARTED = Statement(
    select(PARTINGS.c.lead_id).where(PARTINGS.c.lead_id == bindparam("one"), PARTINGS.c.other_id == bindparam("other"))
)
_PART = insert_new(PARTINGS, "lead_id", "other_id")
_JOIN = Statement(
    update(LEADS).where(or_(LEADS.c.id == bindparam("lead"), LEADS.c.person_lead_id == bindparam("lead"))),
    "person_lead_id",
)
_GROUP = Statement(
    select(LEADS.c.id)
    .where(or_(LEADS.c.id == bindparam("root"), LEADS.c.person_lead_id == bindparam("root")))
    .order_by(LEADS.c.id)
)
_ROOT = Statement(select(func.coalesce(LEADS.c.person_lead_id, LEADS.c.id)).where(LEADS.c.id == bindparam("lead")))
_POINT = Statement(update(LEADS).where(LEADS.c.id == bindparam("lead")), "person_lead_id")
_LOCK = Statement(select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("value"), 7))))


def recognised(tx: Transaction, person: str, proven: tuple[tuple[str, str], ...] = ()) -> int | None:
    """The lead of a visitor who proves to be the same one; a signed id counts more than a browser."""
    for kind, value in (*proven, (VISITOR, person)):
        if value and (row := tx.row(_PROVEN, {"kind": kind, "value": plain(value)})):
            return int(row[0])
    return None


def signed_as(tx: Transaction, person: str) -> frozenset[str]:
    """The names under which a site has signed who this visitor is."""
    lead_id = recognised(tx, person)
    rows = [] if lead_id is None else tx.rows(_SIGNED, {"lead": lead_id, "kind": EXTERNAL})
    return frozenset(str(row[0]) for row in rows)


def prove(tx: Transaction, lead_id: int, kind: str, value: str, at: datetime) -> int:
    """Note a proven identity; the lead it belongs to, which may be another one that was faster.

    A lead and another one that both prove to be the same person are linked.
    """
    value = plain(value)
    identity = {"lead_id": lead_id, "kind": kind, "value": value, "strength": PROVEN, "at": micros(at)}
    if tx.run(_ADD, identity):
        return lead_id
    if row := tx.row(_PROVEN, identity):
        holder = int(row[0])
        if holder != lead_id:
            _link(tx, lead_id, kind, value)
        return holder
    tx.run(_STRENGTHEN, {"lead": lead_id, "of_kind": kind, "of_value": value, "strength": PROVEN})
    return lead_id


def claim(tx: Transaction, lead_id: int, kind: str, value: str, at: datetime) -> None:
    """Note an identity that somebody typed, and link the leads that share it."""
    value = plain(value)
    if tx.dialect == "postgresql":
        tx.rows(_LOCK, {"value": value})  # Two leads that claim it at the same moment must see each other.
    identity = {"lead_id": lead_id, "kind": kind, "value": value, "strength": CLAIMED, "at": micros(at)}
    if tx.run(_ADD, identity):
        _link(tx, lead_id, kind, value)


def part_leads(tx: Transaction, lead_id: int) -> tuple[int, ...]:
    """Take a lead out of its group, for good; the numbers of the leads it was linked with."""
    row = tx.row(_ROOT, {"lead": lead_id})
    if row is None:
        return ()
    group = [int(one[0]) for one in tx.rows(_GROUP, {"root": row[0]})]
    others = tuple(one for one in group if one != lead_id)
    for other in others:
        tx.run(_PART, {"lead_id": min(lead_id, other), "other_id": max(lead_id, other)})
    tx.run(_POINT, {"lead": lead_id, "person_lead_id": None})
    if others and row[0] == lead_id:  # The others stay together, around the oldest of them.
        for other in others:
            tx.run(_POINT, {"lead": other, "person_lead_id": None if other == others[0] else others[0]})
    return others


def _link(tx: Transaction, lead_id: int, kind: str, value: str) -> None:
    sharing = {int(row[0]): row[1] for row in tx.rows(_SHARING, {"kind": kind, "value": value})}
    own = sharing.pop(lead_id, None)
    if own is not None:
        return
    for other, root in sharing.items():
        if other < lead_id:
            if _join(tx, lead_id, other, other if root is None else int(root)):
                return
        elif root is None:
            _join(tx, other, lead_id, lead_id)


def _join(tx: Transaction, lead_id: int, match: int, root: int) -> bool:
    if any(_parted(tx, lead_id, other) for other in {match, root}):
        return False
    tx.run(_JOIN, {"lead": lead_id, "person_lead_id": root})
    return True


def _parted(tx: Transaction, one: int, other: int) -> bool:
    return tx.row(_PARTED, {"one": min(one, other), "other": max(one, other)}) is not None
