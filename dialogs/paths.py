"""The ways through a script, regardless of conditions: which steps can follow which."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import assert_never

from dialogs.script import (
    AnyStep,
    AskStep,
    BranchStep,
    CallStep,
    ConsentStep,
    DisqualifyStep,
    EndStep,
    GoStep,
    HandoffStep,
    OfferStep,
    ReturnStep,
    SayStep,
    Script,
    SetStep,
    TagStep,
    VariantStep,
    WaitStep,
)


def ways_out(step: AnyStep) -> Iterator[str]:
    """Ids of the steps that may come directly after ``step``; "" for the end of its list. May repeat."""
    if step.when is not None:
        yield step.next if step.otherwise is None else step.otherwise
    match step:
        case GoStep():
            yield step.target
        case BranchStep():
            yield from (case.go for case in step.cases)
            if all(case.when is not None for case in step.cases):
                yield step.next
        case CallStep():
            yield step.first
            yield step.next
        case ReturnStep():
            yield ""
        case EndStep():
            pass
        case SayStep() if step.choices:
            yield from (choice.go if choice.go is not None else step.next for choice in step.choices)
            if step.free is not None:
                yield step.free
        case AskStep():
            yield step.next
            if step.way_out is not None:
                yield step.way_out
        case VariantStep():
            yield from step.ways.values()
            yield step.next
        case (
            SayStep()
            | ConsentStep()
            | OfferStep()
            | SetStep()
            | WaitStep()
            | TagStep()
            | HandoffStep()
            | DisqualifyStep()
        ):
            yield step.next
        case _:
            assert_never(step)


def reachable(script: Script, starts: Iterable[str]) -> frozenset[str]:
    """Every step that can be reached from ``starts``, these included."""
    return frozenset().union(*(_reachable(script, start) for start in starts if start))


@lru_cache(maxsize=4096)
def _reachable(script: Script, start: str) -> frozenset[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        step_id = ahead.pop()
        if step_id in found or step_id not in script.steps:
            continue
        found.add(step_id)
        ahead += ways_out(script.steps[step_id])
    return frozenset(found)
