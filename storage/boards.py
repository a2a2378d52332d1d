"""What there is to do at the sales desk, and for whom: lists of handoffs, and how much each person has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select

from dialogs.desk.people import Availability, Load
from dialogs.desk.standing import Phase
from storage import colleagues
from storage.columns import plain
from storage.handoffs import StoredHandoff, read_handoffs
from storage.lead_lines import LeadLine, lead_lines
from storage.tables import HANDOFFS, LEADS
from storage.transaction import Transaction

LISTED_MOST = 50
"""Handoffs in one list, unless more are asked for."""
COOLING_AFTER = timedelta(hours=24)
"""Of nothing said and nothing done, a lead that somebody has is cooling."""

# Written as the index of live handoffs has it.
_live = HANDOFFS.c.phase != literal_column("'closed'")
_unclaimed = and_(_live, HANDOFFS.c.phase.in_([Phase.OFFERED.value, Phase.OPEN.value]))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBoardLine:
    """One handoff in a list, with its lead."""

    handoff: StoredHandoff
    lead: LeadLine


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBoard:
    """What there is to do, for one person."""

    mine: Sequence[StoredBoardLine]
    """What they have and have not closed; what moved last comes first."""
    unclaimed: Sequence[StoredBoardLine]
    """What nobody has, whoever it may be offered to; what waits longest comes first."""
    cooling: Sequence[StoredBoardLine]
    """Theirs, untouched for a day and not put off; the coldest first."""
    today: Sequence[StoredBoardLine]
    """Theirs, put off until a moment before the day ends, or until one that is past; the earliest first."""


def board(tx: Transaction, rep_key: str, now: datetime, day_end: datetime, *, most: int = LISTED_MOST) -> StoredBoard:
    """What there is to do for a person; ``day_end`` is when their day is over."""
    mine = and_(_live, HANDOFFS.c.rep == plain(rep_key))
    snoozed = HANDOFFS.c.phase == Phase.SNOOZED.value
    cooling = and_(mine, ~snoozed, HANDOFFS.c.moved_at < now - COOLING_AFTER)
    lists = {
        "mine": _listed(tx, mine, HANDOFFS.c.moved_at.desc(), most),
        "unclaimed": _listed(tx, _unclaimed, HANDOFFS.c.at, most),
        "cooling": _listed(tx, cooling, HANDOFFS.c.moved_at, most),
        "today": _listed(tx, and_(mine, snoozed, HANDOFFS.c.snoozed_until < day_end), HANDOFFS.c.snoozed_until, most),
    }
    leads = _leads(tx, {one.lead_id for found in lists.values() for one in found})
    return StoredBoard(
        **{
            name: [StoredBoardLine(handoff=one, lead=leads[one.lead_id]) for one in found]
            for name, found in lists.items()
        }
    )


def unclaimed_count(tx: Transaction) -> int:
    """How many handoffs nobody has."""
    return tx.connection.execute(select(func.count()).select_from(HANDOFFS).where(_unclaimed)).scalar_one()


def loads(tx: Transaction, keys: Iterable[str], since: datetime) -> dict[str, Load]:
    """How much each of these people has to do, by key; what they were given counts from ``since``.

    A lead that was taken back, or passed on, counts for whoever has it now.
    """
    wanted = [plain(key) for key in keys]
    query = (
        select(
            HANDOFFS.c.rep,
            func.count(case((_live, 1))),
            func.count(case((HANDOFFS.c.claimed_at >= since, 1))),
            func.max(HANDOFFS.c.claimed_at),
        )
        .where(HANDOFFS.c.rep.in_(wanted))
        .group_by(HANDOFFS.c.rep)
    )
    have = {key: counted for key, *counted in tx.connection.execute(query)}
    said = colleagues.availabilities(tx, wanted)
    found = {}
    for key in wanted:
        still_open, assigned, assigned_at = have.get(key, (0, 0, None))
        found[key] = Load(
            availability=said.get(key, Availability.TAKING),
            open=still_open,
            assigned=assigned,
            assigned_at=assigned_at,
        )
    return found


def _listed(
    tx: Transaction, which: ColumnElement[bool], order: ColumnElement[datetime], most: int
) -> list[StoredHandoff]:
    return read_handoffs(tx, select(HANDOFFS).where(which).order_by(order, HANDOFFS.c.id).limit(most))


def _leads(tx: Transaction, numbers: set[int]) -> dict[int, LeadLine]:
    rows = tx.connection.execute(select(LEADS).where(LEADS.c.id.in_(numbers))).mappings().all()
    return {line.id: line for line in lead_lines(tx, rows)}
