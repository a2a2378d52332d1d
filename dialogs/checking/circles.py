"""Steps nobody reaches, circles nobody gets out of, and sub-dialogs that call themselves or are never called."""

from collections.abc import Iterable

from dialogs.checking.ways import Way, Ways, circles
from dialogs.expressions.never import why_tree_never
from dialogs.expressions.tree import Every, Node, Not
from dialogs.loading.problems import Report
from dialogs.script import AnyStep, BranchStep, CallStep, GoStep, HandoffStep, Place, ReturnStep, SayStep, Script

_CHANGE_NOTHING = (SayStep, GoStep, BranchStep, CallStep, ReturnStep, HandoffStep)
"""Steps after which every condition holds as it did before."""


def check_circles(script: Script, ways: Ways, report: Report) -> None:
    """Report what the shape of the script makes impossible."""
    _check_unreachable(script, ways, report)
    _check_calls(script, report)
    trapped = _check_endless(script, ways, report)
    _check_automatic(script, ways, trapped, report)


def _check_unreachable(script: Script, ways: Ways, report: Report) -> None:
    called = {step.dialog for step in script.steps.values() if isinstance(step, CallStep)}
    reached_dialogs = {
        step.dialog for step in script.steps.values() if isinstance(step, CallStep) and step.id in ways.reached
    }
    lists = [(None, tuple(one for one, home in ways.home.items() if home is None)), *script.dialogs.items()]
    for dialog, ids in lists:
        if dialog is not None and dialog not in called:
            cure = f'call it with "call: {dialog}", or remove it'
            report.error(script.steps[ids[0]].place, f'the sub-dialog "{dialog}" is never called; {cure}')
        elif dialog is None or dialog in reached_dialogs:
            for run in _runs(ids, ways.reached):
                report.error(script.steps[run[0]].place, _unreachable(script.steps[run[0]], len(run)))


def _runs(ids: Iterable[str], reached: frozenset[str]) -> list[list[str]]:
    """Unreached steps, those that follow each other together."""
    runs: list[list[str]] = []
    before = ""
    for step_id in ids:
        if step_id not in reached:
            if runs and runs[-1][-1] == before:
                runs[-1].append(step_id)
            else:
                runs.append([step_id])
        before = step_id
    return runs


def _unreachable(step: AnyStep, length: int) -> str:
    more = "" if length == 1 else f" and {length - 1} after it" if length > 2 else " and the one after it"
    named = f'"{step.id}"' if "." not in step.id else "this step"
    return (
        f"nobody can reach {named}{more}: what comes before always goes elsewhere; "
        'let some step "go" here, or remove it'
    )


def _check_calls(script: Script, report: Report) -> None:
    """A sub-dialog that calls itself, directly or through others."""
    calls: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for dialog, ids in script.dialogs.items():
        for step_id in ids:
            step = script.steps[step_id]
            if isinstance(step, CallStep):
                calls.setdefault(dialog, []).append(step.dialog)
                places.setdefault((dialog, step.dialog), step.place)
    for circle in circles(script.dialogs, calls):
        place = min(where for (caller, called), where in places.items() if caller in circle and called in circle)
        names = " and ".join(f'"{name}"' for name in sorted(circle))
        verb = "calls itself" if len(circle) == 1 else "call each other in a circle"
        report.error(place, f'the sub-dialog{"s" if len(circle) > 1 else ""} {names} {verb}; use "go" to repeat steps')


def _check_endless(script: Script, ways: Ways, report: Report) -> frozenset[str]:
    """Circles from which no end can be reached; the steps from which one comes into them."""
    trapped = ways.reached - ways.can_end()
    out = {one: [to for to in ways.after(one) if to in trapped] for one in trapped}
    for circle in circles(trapped, out):
        steps = sorted((script.steps[one] for one in circle if one in script.steps), key=lambda step: step.place)
        leaves = any(to not in circle for one in circle for to in out[one])
        if not steps or leaves:
            continue  # What comes after it is reported.
        asks = any(way.waits for one in circle for way in ways.out_of(one) if way.to in circle)
        if asks:
            message = "there is no way out of this circle"
            cure = 'add a choice or a condition that leads to an "end", or attempts that go there'
        else:
            message, cure = "this circle never asks anything and never ends", "let it ask, wait, or go elsewhere"
        report.error(steps[0].place, f"{message}: {_lines(steps)}; {cure}")
    return trapped


def _check_automatic(script: Script, ways: Ways, trapped: frozenset[str], report: Report) -> None:
    """Circles that change nothing and ask nothing: who goes round once goes round for ever."""
    silent = {one: [way for way in ways.out_of(one) if not way.waits] for one in ways.reached - trapped}
    for circle in circles(silent, {one: [way.to for way in found] for one, found in silent.items()}):
        steps = sorted((script.steps[one] for one in circle if one in script.steps), key=lambda step: step.place)
        inside = [way for one in circle for way in silent[one] if way.to in circle]
        changes = any(not isinstance(step, _CHANGE_NOTHING) and not _is_skipped(ways, step, circle) for step in steps)
        if steps and not changes and len(inside) == len(circle) and not _contradict(inside):
            message = f"whoever comes round this circle never gets out: {_lines(steps)}; let it ask something"
            report.warn(steps[0].place, message)


def _is_skipped(ways: Ways, step: AnyStep, circle: frozenset[str]) -> bool:
    """Whether the circle passes by the step because its condition does not hold."""
    return any(not holds for way in ways.out_of(step.id) if way.to in circle for _, holds in way.guards)


def _contradict(ways: list[Way]) -> bool:
    """Whether the conditions on all these ways cannot hold together."""
    parts: list[Node] = [
        condition.tree if holds else Not(condition.tree) for way in ways for condition, holds in way.guards
    ]
    return bool(parts) and why_tree_never(Every(tuple(parts)), {}) is not None


def _lines(steps: list[AnyStep]) -> str:
    """Where a circle runs, for people."""
    lines = list(dict.fromkeys(str(step.place.line) for step in steps))
    if len(lines) == 1:
        return f"line {lines[0]}"
    shown = lines if len(lines) <= 6 else [*lines[:5], "…"]
    return f"lines {', '.join(shown)}"
