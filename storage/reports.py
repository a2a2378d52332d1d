"""What the facts say: where visitors stop, what each source, variant and version brings, how fast people answer.

Everything is counted from rows of what happened, stamped when it happened; nothing is kept as a rate.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, null, select
from sqlalchemy.dialects.postgresql import JSONB

from dialogs.facts import FactKind
from dialogs.stages import Stage
from storage.speed_to_lead import SpeedBy, SpeedToLead, Wait, speed_to_lead
from storage.tables import FACTS
from storage.transaction import Transaction

__all__ = ["MILESTONES", "By", "Funnel", "FunnelStep", "SpeedBy", "SpeedToLead", "Wait", "funnel", "speed_to_lead"]

By = Literal[
    "source", "medium", "campaign", "last_source", "campaign_code", "channel", "language", "version", "variant"
]
"""What a report can be split by. ``source``, ``medium`` and ``campaign`` are the first touch."""

_COLUMNS = {
    "source": FACTS.c.first_source,
    "medium": FACTS.c.first_medium,
    "campaign": FACTS.c.first_campaign,
    "last_source": FACTS.c.last_source,
    "campaign_code": FACTS.c.campaign_code,
    "channel": FACTS.c.channel,
    "language": FACTS.c.language,
    "version": FACTS.c.version,
}
_NAME = re.compile(r"[\w-]{1,100}")
MILESTONES = (
    FactKind.STARTED.value, FactKind.ANSWERED.value, FactKind.CONSENT.value, FactKind.OFFERED.value,
    Stage.WARM.value, Stage.MQL.value, FactKind.HANDED_OFF.value, Stage.SALES_ACCEPTED.value,
    Stage.SALES_QUALIFIED.value, Stage.CUSTOMER.value, FactKind.DISQUALIFIED.value, FactKind.STOPPED.value,
    FactKind.ENDED.value,
)  # fmt: skip
"""What a funnel counts beside its steps, in the order of the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """What became of one question. All but ``invalid`` count conversations."""

    step: str
    reached: int
    answered: int
    skipped: int
    left: int
    """Asked, and neither answered nor skipped for long enough."""
    open: int
    """Asked a moment ago."""
    invalid: int
    """Answers that were not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The way of some visitors through one script."""

    group: str | None
    """The source, variant … whose visitors these are; None for all, or for those without one."""
    milestones: dict[str, int]
    """Conversations by milestone; all of ``MILESTONES``, in their order."""
    steps: tuple[FunnelStep, ...]
    """In the order in which they were first reached."""


def funnel(
    tx: Transaction,
    script: str,
    since: datetime,
    by: By | None = None,
    *,
    until: datetime | None = None,
    experiment: str | None = None,
    left_before: datetime | None = None,
) -> list[Funnel]:
    """How visitors came through a script, per group where ``by`` asks for groups, the largest group first.

    ``variant`` needs the name of the experiment. Questions that were asked after ``left_before`` and not answered
    yet count as open; without it all count as left. Raises ``ValueError`` for an unknown ``by`` or a bad name.
    """
    when = [FACTS.c.script == script, FACTS.c.at >= since]
    if until is not None:
        when.append(FACTS.c.at < until)
    source, group = _grouped(tx, by, experiment, and_(*when))
    steps = _steps(tx, source, group, and_(*when), left_before)
    milestones = _milestones(tx, source, group, and_(*when))
    found = [Funnel(group=name, milestones=milestones[name], steps=tuple(steps.get(name, ()))) for name in milestones]
    started = FactKind.STARTED.value
    return sorted(found, key=lambda one: (-one.milestones[started], one.group is None, one.group or ""))


def _grouped(tx: Transaction, by: By | None, experiment: str | None, when: ColumnElement[bool]) -> tuple[Any, Any]:
    """The facts to count, and the column that groups them."""
    if by is None:
        return FACTS, cast(null(), String)
    if by != "variant":
        if by not in _COLUMNS:
            raise ValueError(f"a report is split by one of {', '.join(get_args(By))}; not by {by!r}")
        return FACTS, _COLUMNS[by]
    if experiment is None or not _NAME.fullmatch(experiment):
        raise ValueError("a report by variant needs the name of an experiment")
    # The arm is drawn on the way; what happened before belongs to it, too.
    arms = (
        select(FACTS.c.conversation_id.label("conversation_id"), func.max(_arm(tx, experiment)).label("arm"))
        .where(when)
        .group_by(FACTS.c.conversation_id)
        .subquery()
    )
    return FACTS.join(arms, arms.c.conversation_id == FACTS.c.conversation_id), arms.c.arm


def _arm(tx: Transaction, experiment: str) -> ColumnElement[Any]:
    if tx.dialect == "postgresql":
        arm: ColumnElement[Any] = cast(FACTS.c.variants, JSONB)[experiment].astext
        return arm
    return cast(func.json_extract(FACTS.c.variants, f'$."{experiment}"'), String)


def _steps(
    tx: Transaction, source: Any, group: Any, when: ColumnElement[bool], left_before: datetime | None
) -> dict[str | None, list[FunnelStep]]:
    def had(*kinds: FactKind) -> ColumnElement[int]:
        return func.max(case((FACTS.c.kind.in_([kind.value for kind in kinds]), 1), else_=0))

    one = (
        select(
            group.label("grp"),
            FACTS.c.step.label("step"),
            had(FactKind.REACHED).label("reached"),
            had(FactKind.ANSWERED, FactKind.CORRECTED).label("answered"),
            had(FactKind.SKIPPED).label("skipped"),
            func.sum(case((FACTS.c.kind == FactKind.INVALID.value, 1), else_=0)).label("invalid"),
            func.max(case((FACTS.c.kind == FactKind.REACHED.value, FACTS.c.at))).label("asked"),
            func.min(FACTS.c.id).label("first"),
        )
        .select_from(source)
        .where(when, FACTS.c.step != "")
        .group_by(group, FACTS.c.step, FACTS.c.conversation_id)
        .subquery()
    )
    silent = and_(one.c.reached == 1, one.c.answered == 0, one.c.skipped == 0)
    recent = literal(False) if left_before is None else one.c.asked >= left_before
    query = (
        select(
            one.c.grp,
            one.c.step,
            func.sum(one.c.reached),
            func.sum(one.c.answered),
            func.sum(case((and_(one.c.skipped == 1, one.c.answered == 0), 1), else_=0)),
            func.sum(case((and_(silent, recent.is_not(True)), 1), else_=0)),
            func.sum(case((and_(silent, recent), 1), else_=0)),
            func.sum(one.c.invalid),
        )
        .group_by(one.c.grp, one.c.step)
        .having(func.sum(one.c.reached) > 0)
        .order_by(func.min(one.c.first))
    )
    found: defaultdict[str | None, list[FunnelStep]] = defaultdict(list)
    for name, step, reached, answered, skipped, left, still_open, invalid in tx.connection.execute(query):
        found[name].append(
            FunnelStep(
                step=step,
                reached=int(reached),
                answered=int(answered),
                skipped=int(skipped),
                left=int(left),
                open=int(still_open),
                invalid=int(invalid),
            )
        )
    return found


def _milestones(
    tx: Transaction, source: Any, group: Any, when: ColumnElement[bool]
) -> dict[str | None, dict[str, int]]:
    milestone = case((FACTS.c.kind == FactKind.STAGE.value, FACTS.c.detail), else_=FACTS.c.kind)
    query = (
        select(group, milestone, func.count(FACTS.c.conversation_id.distinct()))
        .select_from(source)
        .where(when)
        .group_by(group, milestone)
    )
    found: defaultdict[str | None, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MILESTONES, 0))
    for name, what, conversations in tx.connection.execute(query):
        if what in found[name]:
            found[name][what] += conversations
    return dict(found)
