"""The ways through a script as the gate sees them: which step can follow which, and under what conditions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from typing import NamedTuple, assert_never

from dialogs.conditions import Expression
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

END = "\0"
"""Where a conversation ends; no step is called so."""

Guard = tuple[Expression, bool]
"""A condition, and whether it holds or does not."""


class Way(NamedTuple):
    """From one step to another."""

    to: str
    """A step, END, or the return from a sub-dialog (see ``return_of``)."""
    guards: tuple[Guard, ...] = ()
    """What holds for whoever goes this way, as far as it is known."""
    waits: bool = False
    """Whether the visitor's word or a timer comes first."""


def return_of(dialog: str | None) -> str:
    """What stands for the end of a list of steps: END for the main list."""
    return END if dialog is None else END + dialog


class Ways:
    """Every way out of every step."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.home: dict[str, str | None] = dict.fromkeys(script.steps)
        for dialog, ids in script.dialogs.items():
            self.home |= dict.fromkeys(ids, dialog)
        self._callers: dict[str, list[CallStep]] = {}
        for step in script.steps.values():
            if isinstance(step, CallStep):
                self._callers.setdefault(step.dialog, []).append(step)
        self._settle({step.id: tuple(self._ways_out(step)) for step in script.steps.values()})

    def _settle(self, out: dict[str, tuple[Way, ...]]) -> None:
        self._out = out
        self.returning = self._find_returning()
        """Sub-dialogs that may come back to who called them."""
        self.reached = self.from_steps(self.entrances())
        """Every step that a conversation can come to."""

    def restricted(self, passes: Callable[[str, Way], bool]) -> "Ways":
        """The script with only the ways that ``passes`` lets through."""
        ways = copy(self)
        ways._settle({one: tuple(way for way in out if passes(one, way)) for one, out in self._out.items()})
        return ways

    def out_of(self, step_id: str) -> tuple[Way, ...]:
        """The ways out of a step; a call leads into the sub-dialog, and past it if that may return."""
        ways = self._out.get(step_id, ())
        step = self.script.steps.get(step_id)
        if isinstance(step, CallStep) and step.dialog in self.returning and any(way.to == step.first for way in ways):
            return (*ways, Way(self._after_call(step)))
        return ways

    def _after_call(self, step: CallStep) -> str:
        return step.next or return_of(self.home[step.id])

    def after(self, step_id: str) -> Iterator[str]:
        """What can follow a step, or the end of a sub-dialog."""
        yield from (way.to for way in self.out_of(step_id))
        if step_id.startswith(END) and step_id != END:
            yield from self.after_return(step_id.removeprefix(END))

    def after_return(self, dialog: str) -> Iterator[str]:
        """Where those who called ``dialog`` go on."""
        yield from (self._after_call(step) for step in self._callers.get(dialog, ()) if step.id in self.reached)

    def entrances(self) -> tuple[str, ...]:
        """Where a conversation may come in: its begin, its doors, and wherever it is sent from anywhere."""
        script = self.script
        sent = [entry.go for entry in script.faq]
        sent += [pattern.go for pattern in script.patterns.values() if not pattern.off]
        sent += [disqualifier.go for disqualifier in script.disqualifiers]
        return (script.first, *script.doors, *(target for target in sent if target))

    def from_steps(self, starts: Iterable[str]) -> frozenset[str]:
        """Everything that can be reached from ``starts``, these included."""
        found: set[str] = set()
        ahead = [start for start in starts if start]
        while ahead:
            step_id = ahead.pop()
            if step_id not in found:
                found.add(step_id)
                ahead += [way.to for way in self.out_of(step_id)]
        return frozenset(found)

    def can_end(self) -> frozenset[str]:
        """Every reached step from which the end can be reached."""
        before: dict[str, list[str]] = {}
        for step_id in self.reached:
            for to in self.after(step_id):
                before.setdefault(to, []).append(step_id)
        found, ahead = {END}, [END]
        while ahead:
            for step_id in before.get(ahead.pop(), ()):
                if step_id not in found:
                    found.add(step_id)
                    ahead.append(step_id)
        return frozenset(found)

    def _find_returning(self) -> frozenset[str]:
        """Sub-dialogs whose end can be reached: walked backwards from every end, and past a call once it returns."""
        home = self.home | {return_of(dialog): dialog for dialog in self.script.dialogs}
        firsts = {ids[0]: dialog for dialog, ids in self.script.dialogs.items() if ids}
        before: dict[str, list[str]] = {}
        for step_id, ways in self._out.items():
            for way in ways:
                if home.get(way.to, END) == home[step_id]:
                    before.setdefault(way.to, []).append(step_id)
        calls_before: dict[str, list[CallStep]] = {}
        for callers in self._callers.values():
            for call in callers:
                calls_before.setdefault(self._after_call(call), []).append(call)
        returning, found = set[str](), set[str]()
        ahead = [return_of(dialog) for dialog in self.script.dialogs]
        while ahead:
            step_id = ahead.pop()
            if step_id in found:
                continue
            found.add(step_id)
            ahead += before.get(step_id, ())
            ahead += [call.id for call in calls_before.get(step_id, ()) if call.dialog in returning]
            if step_id in firsts:
                dialog = firsts[step_id]
                returning.add(dialog)
                ahead += [call.id for call in self._callers.get(dialog, ()) if self._after_call(call) in found]
        return frozenset(returning)

    def _ways_out(self, step: AnyStep) -> Iterator[Way]:
        after = step.next or return_of(self.home[step.id])
        taken: tuple[Guard, ...] = ()
        if step.when is not None:
            yield Way(after if step.otherwise is None else step.otherwise, ((step.when, False),))
            taken = ((step.when, True),)
        match step:
            case GoStep():
                yield Way(step.target, taken)
            case BranchStep():
                yield from _cases(step, after, taken)
            case CallStep():
                yield Way(step.first, taken)
            case ReturnStep():
                yield Way(return_of(self.home[step.id]), taken)
            case EndStep():
                yield Way(END, taken)
            case SayStep() if step.choices:
                yield from _choices(step, after, taken)
            case AskStep():
                yield Way(after, taken, waits=True)
                if step.way_out is not None:
                    yield Way(step.way_out, taken, waits=True)
            case VariantStep():
                arms = self.script.experiments[step.experiment].arms
                yield from (Way(target, taken) for target in step.ways.values())
                if any(arm not in step.ways for arm in arms):
                    yield Way(after, taken)
            case ConsentStep() | WaitStep():
                yield Way(after, taken, waits=True)
            case SayStep() | OfferStep() | SetStep() | TagStep() | HandoffStep() | DisqualifyStep():
                yield Way(after, taken)
            case _:
                assert_never(step)


def _cases(step: BranchStep, after: str, taken: tuple[Guard, ...]) -> Iterator[Way]:
    passed = taken
    for case in step.cases:
        if case.when is None:
            yield Way(case.go, passed)
            return
        yield Way(case.go, (*passed, (case.when, True)))
        passed = (*passed, (case.when, False))
    yield Way(after, passed)


def _choices(step: SayStep, after: str, taken: tuple[Guard, ...]) -> Iterator[Way]:
    for choice in step.choices:
        guards = taken if choice.when is None else (*taken, (choice.when, True))
        yield Way(after if choice.go is None else choice.go, guards, waits=True)
    if step.free is not None:
        yield Way(step.free, taken, waits=True)


def circles(nodes: Iterable[str], out_of: Mapping[str, Iterable[str]]) -> list[frozenset[str]]:
    """The largest sets of nodes that can all be reached from each other; also single nodes that lead to themselves.

    By Kosaraju's two walks, without recursion.
    """
    all_nodes = list(nodes)
    order: list[str] = []
    seen: set[str] = set()
    for node in all_nodes:
        ahead = [(node, False)]
        while ahead:
            one, done = ahead.pop()
            if done:
                order.append(one)
            elif one not in seen:
                seen.add(one)
                ahead.append((one, True))
                ahead += [(to, False) for to in out_of.get(one, ()) if to not in seen]
    into: dict[str, list[str]] = {}
    for node in all_nodes:
        for to in out_of.get(node, ()):
            into.setdefault(to, []).append(node)
    found, placed = [], set[str]()
    for root in reversed(order):
        together: set[str] = set()
        back = [root]
        while back:
            one = back.pop()
            if one not in placed:
                placed.add(one)
                together.add(one)
                back += into.get(one, ())
        if len(together) > 1 or any(one in out_of.get(one, ()) for one in together):
            found.append(frozenset(together))
    return found
