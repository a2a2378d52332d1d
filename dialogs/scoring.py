"""Points with receipts: who they are (fit) and what they do (engagement), and the stage that follows.

Counting is a pure function of the script's rules, the answers, the acts and the time, so that a corrected answer
simply counts anew. A receipt that still holds keeps its own time and version. Stages go up by themselves and down
only by a correction; what people have said about a lead the bot never changes.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import chain

from dialogs.conditions import Expression
from dialogs.draft import Draft
from dialogs.facts import FactKind
from dialogs.script import Axis, BranchStep, Disqualifier, Rule, SayStep, Script, SetStep
from dialogs.stages import Stage
from dialogs.state import Receipt


def rescore(draft: Draft) -> None:
    """Count points and stage of the draft anew, if anything they depend on has changed."""
    if not draft.stale_score:
        return
    draft.stale_score = False
    script = draft.script
    if not script.axes and not script.stages:
        return
    held = {receipt.rule: receipt for receipt in draft.receipts}
    receipts: list[Receipt] = []
    for axis in script.axes:
        total = 0.0
        for group in axis.groups:
            earned = [receipt for rule in group.rules for receipt in _receipts(draft, axis, rule, held)]
            receipts += earned
            total += _capped(sum(points_now(receipt, draft.at) for receipt in earned), group.cap)
        points = round(_capped(total, axis.cap))
        if axis.name == "fit":
            draft.fit = points
        else:
            draft.engagement = points
    if receipts != list(draft.receipts):
        draft.receipts = tuple(receipts)
    _restage(draft)


def holds(draft: Draft, condition: Expression) -> bool:
    """Whether a condition holds now; it may ask for points and stage, so these are counted first."""
    rescore(draft)
    return condition.holds(draft.knowledge)


def points_now(receipt: Receipt, now: datetime) -> float:
    """What a receipt is worth at ``now``: its points, halved every half-life since it was earned."""
    if receipt.half_life is None:
        return receipt.points
    age = max(0.0, (now - receipt.at).total_seconds())
    return float(receipt.points * 0.5 ** (age / receipt.half_life))


def total_now(receipts: Iterable[Receipt], axes: Iterable[Axis], now: datetime) -> dict[str, int]:
    """Each axis' points at ``now``, by the caps of ``axes``: for showing a lead long after its last turn."""
    by_rule: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_rule.setdefault(receipt.rule.partition("#")[0], []).append(receipt)
    totals = {}
    for axis in axes:
        total = 0.0
        for group in axis.groups:
            points = sum(points_now(one, now) for rule in group.rules for one in by_rule.get(rule.id, ()))
            total += _capped(points, group.cap)
        totals[axis.name] = round(_capped(total, axis.cap))
    return totals


def disqualifier_that_holds(draft: Draft) -> Disqualifier | None:
    """The first disqualifier whose condition holds."""
    for one in draft.script.disqualifiers:
        if one.when.holds(draft.knowledge):
            return one
    return None


@lru_cache(maxsize=256)
def watched_acts(script: Script) -> frozenset[str]:
    """Acts that this script scores or asks about: only these need remembering."""
    scored = {rule.on for axis in script.axes for group in axis.groups for rule in group.rules if rule.on}
    asked = {
        argument for one in _conditions(script) for function, argument in one.calls if function in ("did", "count")
    }
    return frozenset(scored | asked)


def _conditions(script: Script) -> Iterator[Expression]:
    """Every condition and formula of a script."""
    rules = (rule.when for axis in script.axes for group in axis.groups for rule in group.rules)
    steps = script.steps.values()
    cases = (case.when for step in steps if isinstance(step, BranchStep) for case in step.cases)
    choices = (choice for step in steps if isinstance(step, SayStep) for choice in step.choices)
    formulas = (value for step in steps if isinstance(step, SetStep) for value in step.values.values())
    found: Iterable[object] = chain(
        rules,
        cases,
        formulas,
        (choice.when for choice in choices),
        (step.when for step in steps),
        (when for _, when in script.stages),
        (one.when for one in script.disqualifiers),
        (one.when for one in script.handoffs),
        (magnet.when for magnet in script.magnets.values()),
    )
    return (one for one in found if isinstance(one, Expression))


def _receipts(draft: Draft, axis: Axis, rule: Rule, held: dict[str, Receipt]) -> list[Receipt]:
    if rule.when is not None and not rule.when.holds(draft.knowledge):
        return []
    if rule.on is None:
        return [_receipt(draft, axis, rule, rule.id, draft.at, held)]
    times = [act.at for act in draft.acts if act.name == rule.on][-rule.most :]
    if rule.most == 1:
        return [_receipt(draft, axis, rule, rule.id, at, held, exact=True) for at in times]
    return [_receipt(draft, axis, rule, f"{rule.id}#{n}", at, held, exact=True) for n, at in enumerate(times, 1)]


def _receipt(
    draft: Draft, axis: Axis, rule: Rule, name: str, at: datetime, held: dict[str, Receipt], *, exact: bool = False
) -> Receipt:
    """A receipt for ``rule``; the one already held if it is for the same points, evidence and (if exact) time."""
    evidence = rule.on or _evidence(draft, rule)
    old = held.get(name)
    if old and old.points == rule.points and old.evidence == evidence and (old.at == at or not exact):
        return old
    return Receipt(
        rule=name,
        axis=axis.name,
        points=rule.points,
        because=rule.because,
        evidence=evidence,
        at=at,
        version=draft.script.version,
        half_life=axis.half_life,
    )


def _evidence(draft: Draft, rule: Rule) -> str:
    """The answers the rule's condition looks at, as people read them: "team_size = 80"."""
    if rule.when is None:
        return "always"
    parts = [f"{name} = {shown}" for name in sorted(rule.when.names) if (shown := draft.shown.get(name)) is not None]
    parts += [f"{function}({argument})" for function, argument in sorted(rule.when.calls)]
    return ", ".join(parts)[:500] or rule.when.source


def _capped(points: float, cap: int | None) -> float:
    return points if cap is None else min(points, cap)


def _restage(draft: Draft) -> None:
    """The stage the points and answers reach; never down by itself, never over people's heads."""
    if draft.stage.is_said_by_people:
        return
    if draft.stage is Stage.DISQUALIFIED and draft.disqualified is None and draft.before.disqualified is None:
        return  # Elsewhere: by another script, or by people. A new chat is no reason to court them again.
    if draft.disqualified is not None:
        reached = Stage.DISQUALIFIED
    else:
        reached = next((stage for stage, when in draft.script.stages if when.holds(draft.knowledge)), Stage.COLD)
        if reached.rank < draft.stage.rank and not draft.corrected:
            return
    if reached is not draft.stage:
        draft.stage = reached
        draft.note(FactKind.STAGE, reached.value)
