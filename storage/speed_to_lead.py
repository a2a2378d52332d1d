"""How fast people are: from the moment a lead became hot to the first word a person wrote.

1. Counted from facts alone, which survive the erasure of a person.
2. One handoff lasts from the moment people were brought in until somebody closes it; what makes the lead hot once
   more meanwhile begins nothing new.
3. Every wait is counted from that moment, also one that began outside of business hours.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Literal, get_args

from sqlalchemy import select

from dialogs.desk.acts import Verdict
from dialogs.facts import FactKind
from storage.tables import FACTS
from storage.transaction import Transaction

SpeedBy = Literal["rep", "hour", "source", "script"]
"""What the report can be split by: who took it first, the hour in which it became hot, the first touch, the script."""

_HOT = FactKind.HANDED_OFF.value
_MARKS = tuple(kind.value for kind in (FactKind.ALERTED, FactKind.SEEN, FactKind.CLAIMED, FactKind.SPOKEN))
_VERDICT = FactKind.VERDICT.value
_CLOSING = frozenset(verdict.value for verdict in Verdict if verdict.closes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long something took, in seconds from the moment the lead became hot; None where it never came to it."""

    count: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedToLead:
    """How fast people were with some handoffs."""

    group: str | None
    """Key of the person, hour ("09"), source, or script; None for all, or for those without one."""
    handoffs: int
    alerted: Wait
    """Until the first card was out."""
    seen: Wait
    """Until a person looked closer."""
    claimed: Wait
    """Until the first one took it."""
    spoken: Wait
    """Until the visitor had the first word of a person."""


@dataclass(slots=True)
class _Chain:
    """One handoff as facts tell of it."""

    at: datetime
    source: str | None
    script: str
    marks: dict[str, datetime] = field(default_factory=dict)
    rep: str | None = None
    closed: bool = False


def speed_to_lead(
    tx: Transaction,
    since: datetime,
    by: SpeedBy | None = None,
    *,
    until: datetime | None = None,
    zone: tzinfo = UTC,
    script: str | None = None,
) -> list[SpeedToLead]:
    """How fast people were with leads that became hot in a time, per group where ``by`` asks for groups.

    Hours are those of ``zone``, in their order; of other groups the largest comes first. Raises ``ValueError`` for
    an unknown ``by``.
    """
    if by is not None and by not in get_args(SpeedBy):
        raise ValueError(f"this report is split by one of {', '.join(get_args(SpeedBy))}; not by {by!r}")
    groups: defaultdict[str | None, list[_Chain]] = defaultdict(list)
    for chain in _chains(tx, since, until, script):
        groups[_group(chain, by, zone)].append(chain)
    if by is None:
        groups[None]
    found = [_speed(name, chains) for name, chains in groups.items()]
    if by == "hour":
        return sorted(found, key=lambda one: one.group or "")
    return sorted(found, key=lambda one: (-one.handoffs, one.group is None, one.group or ""))


def _chains(tx: Transaction, since: datetime, until: datetime | None, script: str | None) -> Iterable[_Chain]:
    """The handoffs that began in a time, with all that came of them since."""
    began = [FACTS.c.kind == _HOT, FACTS.c.at >= since]
    if until is not None:
        began.append(FACTS.c.at < until)
    if script is not None:
        began.append(FACTS.c.script == script)
    columns = ("conversation_id", "kind", "at", "detail", "first_source", "script")
    # What was before that time, too: a lead that people have already does not become hot anew.
    query = (
        select(*(FACTS.c[name] for name in columns))
        .where(
            FACTS.c.conversation_id.in_(select(FACTS.c.conversation_id).where(*began)),
            FACTS.c.kind.in_([_HOT, *_MARKS, _VERDICT]),
        )
        .order_by(FACTS.c.conversation_id, FACTS.c.id)
    )
    open_in: dict[int, _Chain] = {}
    for conversation_id, kind, at, detail, source, of_script in tx.connection.execute(query):
        chain = open_in.get(conversation_id)
        if kind == _HOT and (chain is None or chain.closed):
            if chain is not None:
                yield from _within(chain, since, until)
            open_in[conversation_id] = _Chain(at, source, of_script)
        elif chain is not None and kind == _VERDICT:
            chain.closed = chain.closed or detail in _CLOSING
        elif chain is not None and kind in _MARKS:
            chain.marks.setdefault(kind, at)
            if kind == FactKind.CLAIMED:
                chain.rep = chain.rep or detail
    for chain in open_in.values():
        yield from _within(chain, since, until)


def _within(chain: _Chain, since: datetime, until: datetime | None) -> Iterable[_Chain]:
    if chain.at >= since and (until is None or chain.at < until):
        yield chain


def _group(chain: _Chain, by: SpeedBy | None, zone: tzinfo) -> str | None:
    match by:
        case "rep":
            return chain.rep
        case "hour":
            return f"{chain.at.astimezone(zone):%H}"
        case "source":
            return chain.source
        case "script":
            return chain.script
        case None:
            return None


def _speed(group: str | None, chains: list[_Chain]) -> SpeedToLead:
    waits = {mark: _wait(chains, mark) for mark in _MARKS}
    return SpeedToLead(group=group, handoffs=len(chains), **waits)


def _wait(chains: list[_Chain], mark: str) -> Wait:
    # Not below zero: the clocks of two machines may differ by a little.
    took = sorted(max(0.0, (chain.marks[mark] - chain.at).total_seconds()) for chain in chains if mark in chain.marks)
    return Wait(count=len(took), median=quantile(took, 0.5), ninetieth=quantile(took, 0.9))


def quantile(ordered: list[float], part: float) -> float | None:
    """The value that this part of all does not exceed."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else None
