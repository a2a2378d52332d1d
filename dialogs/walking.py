"""Walking a script: from one step to the next, until one waits for the visitor or the script ends.

Each step is either taken (it says and does what it is there for) or, when the script is gone over again and the
visitor has been there before, passed silently.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import assert_never

from dialogs.asking import pose, question
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, Say, SetTimer
from dialogs.facts import FactKind
from dialogs.offering import offer
from dialogs.outcomes import disqualify, end, hand_off, lose_thread
from dialogs.scoring import holds
from dialogs.script import (
    AUTOMATIC_STEPS_PER_TURN,
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
    SetStep,
    TagStep,
    VariantStep,
    WaitStep,
)
from dialogs.setting import apply_choice, set_values
from dialogs.state import Status
from dialogs.texts import Text
from dialogs.variants import draw

WAITS = "\0"
"""Where a step leads that waits: no step has this id."""

WAIT_TIMER = "wait"
"""Name of the timer of a ``wait`` step."""

FREE = ""
"""What is remembered as picked at a menu where the visitor typed something of their own."""


def walk(draft: Draft, step_id: str, seen: Collection[str] = ()) -> None:
    """Walk from ``step_id`` until something waits. Steps in ``seen`` are passed silently (see ``walk_again``)."""
    script = draft.script
    again: set[str] = set()
    while step_id != WAITS:
        if step_id == "":
            if not draft.calls:
                end(draft)
                return
            step_id, draft.calls = draft.calls[-1], draft.calls[:-1]
            continue
        draft.walked += 1
        if draft.walked > AUTOMATIC_STEPS_PER_TURN * (10 if seen else 1):
            lose_thread(draft, step_id)
            return
        step = script.steps[step_id]
        if step.when is not None and not holds(draft, step.when):
            step_id = step.next if step.otherwise is None else step.otherwise
            continue
        silent = step_id in seen and step_id not in again
        again.add(step_id)
        draft.step_onto(step_id)
        draft.step = step_id
        step_id = pass_silently(draft, step) if silent else _take(draft, step)


def _take(draft: Draft, step: AnyStep) -> str:
    """Do what a step asks for; the id of the step to go on with."""
    match step:
        case SayStep():
            if step.choices:
                pose(draft, step)
                return WAITS
            draft.say(question(draft, step))
        case AskStep():
            if _is_settled(draft, step):
                return step.next
            pose(draft, step)
            return WAITS
        case ConsentStep():
            known = draft.consents.get(step.purpose)
            if known is None or known.version != step.version:
                pose(draft, step)
                return WAITS
        case OfferStep():
            offer(draft, step)
        case HandoffStep():
            hand_off(draft, step.id, step.to, step.because, step.text)
        case DisqualifyStep():
            disqualify(draft, step.id, step.because)
            if step.text is not None:
                _say_text(draft, step, step.text)
        case WaitStep():
            draft.status = Status.WAITING
            draft.effects.append(SetTimer(name=WAIT_TIMER, due=draft.at + timedelta(seconds=step.seconds)))
            return WAITS
        case VariantStep():
            arm = draft.variants.get(step.experiment)
            if arm is None or arm not in draft.script.experiments[step.experiment].arms:
                arm = draw(draft.script.experiments[step.experiment], draft.before.person)
                draft.variants = {**draft.variants, step.experiment: arm}
                draft.note(FactKind.VARIANT, f"{step.experiment}={arm}")
            return step.ways.get(arm, step.next)
        case EndStep():
            if step.text is not None:
                _say_text(draft, step, step.text)
            end(draft)
            return WAITS
        case GoStep() | BranchStep() | CallStep() | ReturnStep() | SetStep() | TagStep():
            return _route(draft, step)
        case _:
            assert_never(step)
    return step.next


def pass_silently(draft: Draft, step: AnyStep) -> str:
    """Go through a step where the visitor has been before: silently, as they did then."""
    match step:
        case SayStep():
            if not step.choices:
                if draft.corrected and not step.text.names.isdisjoint(draft.changed()):
                    draft.say(question(draft, step))  # What it said no longer holds.
                return step.next
            picked = draft.picks.get(step.id)
            if picked == FREE and step.free is not None:
                return leave_for(draft, step.free)
            chosen = next((one for one in step.choices if one.key == picked), None)
            if chosen is None:
                pose(draft, step)
                return WAITS
            apply_choice(draft, chosen)
            return step.next if chosen.go is None else chosen.go
        case AskStep():
            if draft.answers.get(step.field) is not None or step.field in draft.skipped:
                return step.next
            pose(draft, step)
            return WAITS
        case ConsentStep():
            return _take(draft, step)
        case EndStep():
            end(draft)
            return WAITS
        case VariantStep():
            return step.ways.get(draft.variants.get(step.experiment, ""), step.next)
        case OfferStep() | HandoffStep() | WaitStep():
            return step.next
        case DisqualifyStep():
            disqualify(draft, step.id, step.because)
            return step.next
        case GoStep() | BranchStep() | CallStep() | ReturnStep() | SetStep() | TagStep():
            return _route(draft, step)
        case _:
            assert_never(step)


def _route(draft: Draft, step: GoStep | BranchStep | CallStep | ReturnStep | SetStep | TagStep) -> str:
    """Steps that say nothing: they set, tag, and choose the way."""
    match step:
        case GoStep():
            return leave_for(draft, step.target)
        case BranchStep():
            for case in step.cases:
                if case.when is None or holds(draft, case.when):
                    return leave_for(draft, case.go)
            return step.next
        case CallStep():
            draft.calls = (*draft.calls, step.next)
            return step.first
        case ReturnStep():
            return ""
        case SetStep():
            set_values(draft, step.values)
            return step.next
        case TagStep():
            draft.tag(step.add, step.remove)
            return step.next
        case _:
            assert_never(step)


def leave_for(draft: Draft, target: str) -> str:
    """``target``, having left the sub-dialogs it does not stand in."""
    if draft.calls and target and not any(target in ids for ids in draft.script.dialogs.values()):
        draft.calls = ()
    return target


def _is_settled(draft: Draft, step: AskStep) -> bool:
    """Whether the question need not be asked: its answer is known, or the visitor skipped it."""
    if step.again:
        return False
    return draft.answers.get(step.field) is not None or step.field in draft.skipped


def _say_text(draft: Draft, step: AnyStep, text: Text) -> None:
    draft.say(Say(text=draft.words(text), step=step.id, persona=step.persona))


def stop_waiting(draft: Draft) -> None:
    """End a running ``wait``."""
    draft.effects.append(CancelTimer(name=WAIT_TIMER))
