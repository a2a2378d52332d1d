"""Walking a script: from one step to the next, until one waits for the visitor or the script ends.

The same walk serves two purposes. Going on says and does what each step asks for. Going over again, after an
earlier answer was changed, is silent wherever the visitor has been before: only what is new on the path is said,
and answers that only the abandoned path asked for are forgotten.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import assert_never

from dialogs import phrases
from dialogs.asking import pose, question
from dialogs.conditions import Expression
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, GiveMagnet, HandOff, Say, SetTimer
from dialogs.facts import FactKind
from dialogs.paths import reachable
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
    Magnet,
    OfferStep,
    ReturnStep,
    SayStep,
    SetStep,
    StepChoice,
    TagStep,
    VariantStep,
    WaitStep,
)
from dialogs.scoring import rescore
from dialogs.state import Status
from dialogs.texts import Text
from dialogs.values import Value
from dialogs.variants import draw

_WAITS = "\0"
"""Where a step leads that waits: no step has this id."""

WAIT_TIMER = "wait"
"""Name of the timer of a ``wait`` step."""


def walk(draft: Draft, step_id: str, seen: Collection[str] = ()) -> None:
    """Walk from ``step_id`` until something waits. Steps in ``seen`` are passed silently (see ``walk_again``)."""
    script = draft.script
    again: set[str] = set()
    while step_id != _WAITS:
        if step_id == "":
            if not draft.calls:
                _end(draft, None, silent=False)
                return
            step_id, draft.calls = draft.calls[-1], draft.calls[:-1]
            continue
        draft.walked += 1
        if draft.walked > AUTOMATIC_STEPS_PER_TURN * (10 if seen else 1):
            _lose_thread(draft, step_id)
            return
        step = script.steps[step_id]
        if step.when is not None and not _holds(draft, step.when):
            step_id = step.next if step.otherwise is None else step.otherwise
            continue
        silent = step_id in seen and step_id not in again
        again.add(step_id)
        draft.step_onto(step_id)
        draft.step = step_id
        step_id = _pass(draft, step) if silent else _take(draft, step)


def walk_again(draft: Draft, until: str | None = None) -> None:
    """Go over the script again from its start with what is known now, silently where the visitor has been.

    Ends at the first question that is open now. Answers, tags and picks that only the abandoned path gave are
    forgotten, unless the path ahead asks for them again. With ``until``, stops at that step and asks it again.
    """
    script, old = draft.script, draft.trail
    draft.trail, draft.calls, draft.walked = (), (), 0
    seen = set(old)
    if until is not None:
        _walk_until(draft, until, seen)
        draft.trail = old
        return
    walk(draft, script.first, seen)
    ahead = reachable(script, (draft.step, *draft.calls)) if draft.status is not Status.ENDED else frozenset()
    dropped = [script.steps[one] for one in dict.fromkeys(old) if one in script.steps]
    dropped = [step for step in dropped if step.id not in draft.trail and step.id not in ahead]
    kept = {name for one in (*draft.trail, *ahead) for name in _fields_of(script.steps.get(one))}
    lost = {name for step in dropped for name in _fields_of(step)}
    draft.forget(tuple(name for name in draft.answers if name in lost and name not in kept))
    kept_tags = {tag for one in draft.trail for tag in _tags_of(script.steps[one])}
    draft.tags = tuple(
        tag for tag in draft.tags if tag in kept_tags or all(tag not in _tags_of(one) for one in dropped)
    )


def _walk_until(draft: Draft, until: str, seen: set[str]) -> None:
    """Find the way to ``until`` again, for the sub-dialogs it stands in, and stay there."""
    script = draft.script
    step_id, passed = script.first, 0
    while step_id not in (until, _WAITS) and passed < 2 * AUTOMATIC_STEPS_PER_TURN:
        passed += 1
        if step_id == "":
            if not draft.calls:
                break
            step_id, draft.calls = draft.calls[-1], draft.calls[:-1]
            continue
        step = script.steps[step_id]
        if step.when is not None and not _holds(draft, step.when):
            step_id = step.next if step.otherwise is None else step.otherwise
        elif step_id in seen:
            step_id = _pass(draft, step)
        else:
            break
    draft.step = until


def _take(draft: Draft, step: AnyStep) -> str:
    """Do what a step asks for; the id of the step to go on with."""
    match step:
        case SayStep():
            if step.choices:
                pose(draft, step)
                return _WAITS
            draft.say(question(draft, step))
        case AskStep():
            if _is_settled(draft, step):
                return step.next
            pose(draft, step)
            return _WAITS
        case ConsentStep():
            known = draft.consents.get(step.purpose)
            if known is None or known.version != step.version:
                pose(draft, step)
                return _WAITS
        case OfferStep():
            _offer(draft, step)
        case HandoffStep():
            hand_off(draft, step.id, step.to, step.because, step.text)
        case DisqualifyStep():
            disqualify(draft, step.id, step.because)
            if step.text is not None:
                _say_text(draft, step, step.text)
        case WaitStep():
            draft.status = Status.WAITING
            draft.effects.append(SetTimer(name=WAIT_TIMER, due=draft.at + timedelta(seconds=step.seconds)))
            return _WAITS
        case VariantStep():
            arm = draft.variants.get(step.experiment)
            if arm is None or arm not in draft.script.experiments[step.experiment].arms:
                arm = draw(draft.script.experiments[step.experiment], draft.before.person)
                draft.variants = {**draft.variants, step.experiment: arm}
                draft.note(FactKind.VARIANT, f"{step.experiment}={arm}")
            return step.ways.get(arm, step.next)
        case EndStep():
            _end(draft, step, silent=False)
            return _WAITS
        case GoStep() | BranchStep() | CallStep() | ReturnStep() | SetStep() | TagStep():
            return _route(draft, step)
        case _:
            assert_never(step)
    return step.next


def _pass(draft: Draft, step: AnyStep) -> str:
    """Go through a step where the visitor has been before: silently, as they did then."""
    match step:
        case SayStep():
            if not step.choices:
                return step.next
            chosen = next((one for one in step.choices if one.key == draft.picks.get(step.id)), None)
            if chosen is None:
                pose(draft, step)
                return _WAITS
            apply_choice(draft, chosen)
            return step.next if chosen.go is None else chosen.go
        case AskStep():
            if draft.answers.get(step.field) is not None or step.field in draft.skipped:
                return step.next
            pose(draft, step)
            return _WAITS
        case ConsentStep():
            return _take(draft, step)
        case EndStep():
            _end(draft, step, silent=True)
            return _WAITS
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
            return _leave_for(draft, step.target)
        case BranchStep():
            for case in step.cases:
                if case.when is None or _holds(draft, case.when):
                    return _leave_for(draft, case.go)
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
    return _leave_for(draft, target)


def _leave_for(draft: Draft, target: str) -> str:
    if draft.calls and target and not any(target in ids for ids in draft.script.dialogs.values()):
        draft.calls = ()
    return target


def _is_settled(draft: Draft, step: AskStep) -> bool:
    """Whether the question need not be asked: its answer is known, or the visitor skipped it."""
    if step.again:
        return False
    return draft.answers.get(step.field) is not None or step.field in draft.skipped


def apply_choice(draft: Draft, choice: StepChoice) -> None:
    """Tag and set what a picked choice tags and sets."""
    if choice.tags:
        draft.tag(choice.tags)
    if choice.values:
        set_values(draft, choice.values)


def set_values(draft: Draft, values: "dict[str, Value | Expression] | object") -> None:
    """Set fields to values, or to what their formulas give; a formula that gives nothing forgets the field."""
    assert isinstance(values, dict)
    for name, value in values.items():
        if isinstance(value, Expression):
            value = value.evaluate(draft.knowledge)  # noqa: PLW2901 - a formula stands for its result
        if value is None:
            draft.forget((name,))
        else:
            draft.answer(name, value)


def _holds(draft: Draft, condition: Expression) -> bool:
    rescore(draft)  # Conditions may ask for points and stage.
    return condition.holds(draft.knowledge)


def _say_text(draft: Draft, step: AnyStep, text: Text) -> None:
    draft.say(Say(text=text.render(draft.language, draft.shown), step=step.id, persona=step.persona))


def hand_off(draft: Draft, key: str, to: str, because: str, text: Text | None) -> None:
    """Bring in people, once for each reason; what is said comes before the open question."""
    if key in draft.handoffs:
        return
    draft.handoffs = (*draft.handoffs, key)
    draft.note(FactKind.HANDED_OFF, because)
    if text is not None:
        announce(draft, Say(text=text.render(draft.language, draft.shown), step=draft.step))
    draft.effects.append(HandOff(to=to, reason=because))


def announce(draft: Draft, say: Say) -> None:
    """Say something before the question that is already posed in this turn, or at the end."""
    if draft.posed_at is None:
        draft.say(say)
    else:
        draft.effects.insert(draft.posed_at, say)
        draft.posed_at += 1


def disqualify(draft: Draft, by: str, because: str) -> None:
    """Mark the lead as not a fit."""
    if draft.disqualified is None:
        draft.note(FactKind.DISQUALIFIED, because)
    draft.disqualified, draft.disqualified_by = because, by
    draft.stale_score = True


def _offer(draft: Draft, step: OfferStep) -> None:
    """Give the magnet, or the one given instead; say so when there is nothing to give."""
    magnets, language = draft.script.magnets, draft.language
    wanted = magnets[step.magnet]
    magnet: Magnet | None = wanted
    tried: set[str] = set()
    while magnet is not None and magnet.key not in tried:
        tried.add(magnet.key)
        used_up = magnet.key in draft.unavailable
        if not used_up and (magnet.when is None or _holds(draft, magnet.when)):
            break
        draft.note(FactKind.UNAVAILABLE, magnet.key, step.id)
        magnet = magnets[magnet.otherwise] if magnet.otherwise is not None else None
    else:
        magnet = None
    title = (magnet or wanted).title.render(language, draft.shown)
    if magnet is None:
        if wanted.key in draft.unavailable or wanted.empty is not None:
            text = (
                wanted.empty.render(language, draft.shown)
                if wanted.empty
                else phrases.say("empty", language, title=title)
            )
            draft.say(Say(text=text, step=step.id, persona=step.persona))
    elif magnet.key in draft.magnets and not magnet.again:
        text = (
            magnet.already.render(language, draft.shown)
            if magnet.already
            else phrases.say("already", language, title=title)
        )
        draft.say(Say(text=text, step=step.id, persona=step.persona))
    else:
        draft.effects.append(
            GiveMagnet(
                magnet=magnet.key,
                kind=magnet.kind,
                title=title,
                text=step.text.render(language, draft.shown) if step.text else "",
                step=step.id,
                persona=step.persona,
            )
        )
        if magnet.key not in draft.magnets:
            draft.magnets = (*draft.magnets, magnet.key)
        draft.note(FactKind.OFFERED, magnet.key, step.id)
        draft.act(f"{magnet.key}.given")


def _end(draft: Draft, step: EndStep | None, *, silent: bool) -> None:
    if step is not None and step.text is not None and not silent:
        _say_text(draft, step, step.text)
    if draft.before.status is not Status.ENDED:
        draft.note(FactKind.ENDED)
    draft.status, draft.step, draft.calls = Status.ENDED, "", ()
    draft.attempts, draft.doubt, draft.fragments, draft.insisted = 0, None, (), False


def _lose_thread(draft: Draft, step_id: str) -> None:
    """The loop guard: a script that runs in circles ends honestly and brings in people."""
    draft.note(FactKind.INVALID, "loop", step_id)
    draft.say(Say(text=phrases.say("lost", draft.language)))
    hand_off(draft, "loop", default_target(draft), f"The script runs in circles at step {step_id}", None)
    _end(draft, None, silent=True)


def default_target(draft: Draft) -> str:
    """Where people are asked for when no rule names a target: the first rule's, or "sales"."""
    return draft.script.handoffs[0].to if draft.script.handoffs else "sales"


def stop_waiting(draft: Draft) -> None:
    """End a running ``wait``."""
    draft.effects.append(CancelTimer(name=WAIT_TIMER))


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
