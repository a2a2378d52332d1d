"""Going over a script again, after an earlier answer was changed or on the way back to an earlier question.

The walk is silent wherever the visitor has been before: only what is new on the path is said, and answers that
only the abandoned path asked for are forgotten.
"""

from dialogs.draft import Draft
from dialogs.paths import reachable
from dialogs.scoring import holds
from dialogs.script import AUTOMATIC_STEPS_PER_TURN, AnyStep, AskStep, SayStep, SetStep, TagStep
from dialogs.state import Status
from dialogs.walking import WAITS, pass_silently, walk


def walk_again(draft: Draft) -> None:
    """Go over the script again from where the visitor came in with what is known now, silently where
    they have been.

    Ends at the first question that is open now. Answers, tags and picks that only the abandoned path gave are
    forgotten, unless the path ahead asks for them again.
    """
    script, old = draft.script, draft.trail
    draft.return_to_start()
    seen = set(old)
    walk(draft, entrance(draft), seen)
    ahead: frozenset[str] = frozenset()
    if draft.status is not Status.ENDED:
        ahead = reachable(script, (draft.step, *draft.calls))
    dropped = [script.steps[one] for one in dict.fromkeys(old) if one in script.steps]
    dropped = [step for step in dropped if step.id not in draft.trail and step.id not in ahead]
    kept = {name for one in (*draft.trail, *ahead) for name in _fields_of(script.steps.get(one))}
    lost = {name for step in dropped for name in _fields_of(step)}
    draft.forget(tuple(name for name in draft.answers if name in lost and name not in kept))
    kept_tags = {tag for one in draft.trail for tag in _tags_of(script.steps[one])}
    draft.tags = tuple(
        tag for tag in draft.tags if tag in kept_tags or all(tag not in _tags_of(one) for one in dropped)
    )


def entrance(draft: Draft) -> str:
    """The step at which this visitor came in: a door, as long as the script has it, or the first one."""
    return draft.entry if draft.entry in draft.script.steps else draft.script.first


def find_again(draft: Draft, step_id: str) -> None:
    """Stand at ``step_id`` again, in the sub-dialogs that lead there; says nothing."""
    script, seen = draft.script, set(draft.trail)
    effects, facts, posed_at, trail = len(draft.effects), len(draft.facts), draft.posed_at, draft.trail
    draft.return_to_start()
    at: str = entrance(draft)
    passed = 0
    while at not in (step_id, WAITS) and passed < 4 * AUTOMATIC_STEPS_PER_TURN:
        passed += 1
        if at == "":
            if not draft.calls:
                break
            at, draft.calls = draft.calls[-1], draft.calls[:-1]
            continue
        step = script.steps[at]
        if step.when is not None and not holds(draft, step.when):
            at = step.next if step.otherwise is None else step.otherwise
        elif at in seen:
            at = pass_silently(draft, step)
        else:
            break
    if at != step_id:
        draft.calls = ()
    del draft.effects[effects:], draft.facts[facts:]
    draft.posed_at, draft.trail, draft.step = posed_at, trail, step_id


def _fields_of(step: AnyStep | None) -> tuple[str, ...]:
    match step:
        case AskStep():
            return (step.field,)
        case SetStep():
            return tuple(step.values)
        case SayStep():
            return tuple(name for choice in step.choices for name in choice.values)
        case _:
            return ()


def _tags_of(step: AnyStep) -> tuple[str, ...]:
    match step:
        case TagStep():
            return step.add
        case SayStep():
            return tuple(tag for choice in step.choices for tag in choice.tags)
        case _:
            return ()
