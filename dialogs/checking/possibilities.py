"""Conditions that can never hold, and stages that no points can reach."""

from collections.abc import Iterable

from dialogs.checking.contents import conditions_of, setters_of
from dialogs.conditions import Bounds, Expression, why_never
from dialogs.expressions.never import why_tree_never
from dialogs.expressions.tree import Constant, Every, Field, OneOf
from dialogs.loading.problems import Report
from dialogs.script import Axis, Place, Script
from dialogs.stages import Stage

_BY_POINTS = (Stage.MQL, Stage.WARM)


def check_conditions(script: Script, report: Report) -> None:
    """Report every condition that can never hold."""
    bounds = _field_bounds(script) | _point_bounds(script)
    lost = []
    for stage, condition in script.stages:
        reason = why_never(condition, bounds)
        if reason is not None:
            lost.append(stage)
            report.error(_stage_place(script, stage), _never_reached(stage, reason, condition))
    declared = [stage for stage, _ in script.stages]
    missing = [stage for stage in _BY_POINTS if stage not in declared or stage in lost]
    for place, condition in conditions_of(script):
        reason = why_never(condition, bounds)
        if reason is not None:
            report.error(place, f'"{condition.source.strip()}" can never hold: {reason}; change it, or remove it')
        elif (needed := _needs_stage(condition, missing, bounds)) is not None:
            says_nothing = f'"stages:" does not say when a lead is "{needed}"'
            why = f'no lead can become "{needed}"' if needed in lost else says_nothing
            report.error(place, f'"{condition.source.strip()}" can never hold: {why}')


def _never_reached(stage: Stage, reason: str, condition: Expression) -> str:
    points = {"fit", "engagement", "score"} & condition.names
    cure = "; give more points, raise a cap, or lower what the stage asks for" if points else ""
    return f'no lead can become "{stage}": {reason}{cure}'


def _stage_place(script: Script, stage: Stage) -> Place:
    """Where a stage's condition stands: the model does not keep it."""
    lines = script.source.split("\n")
    section = next((number for number, line in enumerate(lines) if line.startswith("stages:")), 0)
    for number, line in enumerate(lines[section + 1 :], section + 2):
        stripped = line.lstrip()
        if stripped and stripped == line:
            break
        if stripped.startswith(f"{stage}:"):
            return Place(number, len(line) - len(stripped) + 1)
    return Place(section + 1, 1)


def _needs_stage(condition: Expression, missing: Iterable[Stage], bounds: Bounds) -> Stage | None:
    """The one of the ``missing`` stages without which the condition cannot hold."""
    if "stage" not in condition.names:
        return None
    for stage in missing:
        others = tuple(Constant(one.value, "text", f'"{one}"') for one in Stage if one is not stage)
        elsewhere = OneOf(Field("stage", "text"), others, "text", negated=False)
        if why_tree_never(Every((condition.tree, elsewhere)), bounds) is not None:
            return stage
    return None


def _field_bounds(script: Script) -> dict[str, tuple[float | None, float | None]]:
    """What fields keep to: their options' limits, unless a formula may set them to anything."""
    free = {
        name for setter in setters_of(script) for name, value in setter.values.items() if isinstance(value, Expression)
    }
    bounds = {}
    for name, field in script.fields.items():
        if field.type.comparable == "number" and name not in free:
            limits = (_limit(field.options, "min"), _limit(field.options, "max"))
            if limits != (None, None):
                bounds[name] = limits
    return bounds


def _limit(options: object, name: str) -> float | None:
    limit = getattr(options, name, None)
    return float(limit) if isinstance(limit, int | float) and not isinstance(limit, bool) else None


def _point_bounds(script: Script) -> dict[str, tuple[float | None, float | None]]:
    """The least and the most points a lead can have."""
    axes = {axis.name: axis for axis in script.axes}
    least = {name: _least(axes[name]) if name in axes else 0.0 for name in ("fit", "engagement")}
    most = {name: _most(axes[name]) if name in axes else 0.0 for name in ("fit", "engagement")}
    bounds: dict[str, tuple[float | None, float | None]] = {name: (least[name], most[name]) for name in least}
    return bounds | {"score": (sum(least.values()), sum(most.values()))}


def _most(axis: Axis) -> float:
    total = 0.0
    for group in axis.groups:
        points = sum(rule.points * rule.most for rule in group.rules if rule.points > 0)
        total += points if group.cap is None else min(points, group.cap)
    return total if axis.cap is None else min(total, axis.cap)


def _least(axis: Axis) -> float:
    return float(sum(rule.points * rule.most for group in axis.groups for rule in group.rules if rule.points < 0))
