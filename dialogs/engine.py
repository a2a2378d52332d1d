"""Everything that decides what the bot does next: ``take_turn(script, state, event) -> Turn``.

Pure: the same script, state and event give the same turn, so that a turn may be decided twice, and any stored
conversation can be replayed. A message is understood in this order:

1. a command, or a button, of the open question or (as a correction) of an earlier one;
2. something a visitor can always say ("back", "stop", "a person, please", "go on in Telegram");
3. a correction ("sorry, I meant 50");
4. a question from the script's FAQ, or for the reason of ours;
5. a wish for another language;
6. the answer to the open question.

A file that came with it is looked at first (see ``dialogs.files``).

While a person of ours talks, none of this happens: the message is theirs (see ``dialogs.desk.dealing``). Nor does it
where the visitor has gone over to another channel: there they are told so (see ``dialogs.crossing``).
"""

from datetime import timedelta
from typing import assert_never

from dialogs.answering import accept, answer_consent, answer_menu, answer_question, open_step
from dialogs.answers_read import read_answer
from dialogs.arriving import begin, come_back, usable_answers
from dialogs.asking import OpenStep, pose_again, question
from dialogs.attracting import PAGE_ACT, PAGE_ACTS_MOST
from dialogs.commands import obey
from dialogs.correcting import correct_earlier
from dialogs.crossing import come_over, go_over, offer_crossing, read_crossing_wish, tell_where
from dialogs.desk.dealing import (
    DESK_TIMER,
    deal_with,
    desk_wait_is_over,
    finish,
    heard_by_person,
    visitor_left,
)
from dialogs.desk.talking import wake_while_talking
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, SetTimer
from dialogs.events import (
    Event,
    HandoffRouted,
    PageTold,
    RepDid,
    TimerElapsed,
    VisitorArrived,
    VisitorCameOver,
    VisitorCorrected,
    VisitorDid,
    VisitorLeft,
    VisitorReturned,
    VisitorSaid,
    VisitorWentOver,
)
from dialogs.facts import FactKind
from dialogs.files import take_file
from dialogs.going_on import check_handoffs, go_on
from dialogs.going_over import walk_again
from dialogs.granting import (
    GATHER_TIMER,
    RESTART,
    answer_side_question,
    change_by_button,
    correct,
    grant,
    restart,
    resume,
    say_ended,
    speak_instead,
)
from dialogs.page_telling import hear_page
from dialogs.plain_answers import is_only_an_answer, sayings_in
from dialogs.questions.base import Accepted
from dialogs.refusing import skip
from dialogs.scoring import rescore
from dialogs.script import AskStep, ConsentStep, SayStep, Script, WaitStep
from dialogs.side_questions import find_answer
from dialogs.small_talk import read_language_wish
from dialogs.state import ConversationState, Status
from dialogs.turn import Turn
from dialogs.walking import WAIT_TIMER, stop_waiting
from dialogs.wishes import Wish, asks_why, read_correction, read_wish

FRAGMENTS_MOST = 20
"""Quick messages that are gathered into one answer before it is read without waiting longer."""
_STANDS_NOWHERE = (Status.ENDED, Status.TALKING)
"""While a person talks, it does not matter yet whether the step is still there: it does when the bot goes on."""


def take_turn(script: Script, state: ConversationState | None, event: Event) -> Turn:
    """What ``event`` causes in a conversation that stands at ``state`` (None before its first event).

    ``script`` is the version the conversation is pinned to; if it is another one, the conversation moves to it,
    at the same step where that exists, else at the first question that is still open. Raises ``ValueError`` when
    the first event of a conversation is not an arrival.
    """
    if isinstance(event, VisitorArrived):
        return begin(script, event)
    if isinstance(event, VisitorCameOver):
        draft = come_over(script, event)
        if draft.desk is not None:
            finish(draft, event)
        return draft.settle()
    if state is None:
        raise ValueError("a conversation begins with the visitor's arrival")
    draft = Draft(script, state, event.at, event.unavailable)
    lost = state.step not in script.steps and state.status not in _STANDS_NOWHERE
    match event:
        case VisitorWentOver():
            go_over(draft, event)
        case _ if draft.went_over:
            if isinstance(event, VisitorSaid):
                tell_where(draft)
        case VisitorSaid(choice=str(key)) if obey(draft, key):
            pass
        case VisitorSaid():
            if draft.desk is None or not heard_by_person(draft, event):
                _move(draft, event) if lost else _hear(draft, event)
        case HandoffRouted() | RepDid():
            deal_with(draft, event)
        case VisitorLeft():
            visitor_left(draft)
        case PageTold():
            hear_page(draft, event.told, usable_answers(script, event.profile), event.profile)
            if lost and draft.step not in script.steps and draft.status not in _STANDS_NOWHERE:
                walk_again(draft)
        case TimerElapsed(name=name) if name == DESK_TIMER:
            desk_wait_is_over(draft)
        case _ if lost:
            _move(draft, event)
        case TimerElapsed():
            _wake(draft, event)
        case VisitorDid(act=act) if act.startswith(PAGE_ACT) and not _counts(draft, act):
            pass
        case VisitorDid():
            draft.note(FactKind.DID, event.act, "")
            draft.act(event.act)
            rescore(draft)
            check_handoffs(draft)
        case VisitorReturned():
            come_back(draft, event)
        case VisitorCorrected():
            _correct(draft, event)
        case _:
            assert_never(event)
    if draft.desk is not None:
        finish(draft, event)
    return draft.settle()


def _move(draft: Draft, event: Event) -> None:
    """The step is gone: go on at the first question that is still open, with the message if it answers that one."""
    walk_again(draft)
    step = open_step(draft)
    if not isinstance(event, VisitorSaid) or not isinstance(step, AskStep):
        return
    field = draft.script.fields[step.field]
    if event.file is not None:
        outcome = field.type.check(dict(event.file), field.options, draft.language)
    else:
        outcome = read_answer(draft, field, event.text, event.choice)
    if isinstance(outcome, Accepted) and outcome.doubt is None:
        del draft.effects[draft.posed_at :]
        draft.posed_at = None
        accept(draft, step, outcome.value, outcome.remarks)


def _hear(draft: Draft, event: VisitorSaid) -> None:
    """Understand a message, in the order the module's docstring gives."""
    if event.file is not None and take_file(draft, open_step(draft), event):
        return
    if event.choice is not None and _press(draft, event):
        return
    step = open_step(draft) if draft.status is not Status.WAITING else None
    if event.choice is None and not is_only_an_answer(draft.script, event.text):
        said = sayings_in(event.text)
        if (wish := _wish(draft, event.text, said)) is not None:
            grant(draft, wish)
            return
        if channel := read_crossing_wish(said):
            offer_crossing(draft, channel)
            return
        if correction := read_correction(event.text):
            if correct(draft, correction, only_if_current_refuses=not correction.certain):
                return
            if correction.certain:
                event = VisitorSaid(at=event.at, text=correction.rest, unavailable=event.unavailable)
        if entry := find_answer(draft.script, event.text):
            answer_side_question(draft, entry)
            return
        if asks_why(draft.script, said):
            grant(draft, Wish.WHY)
            return
        if (language := read_language_wish(said)) and language != draft.language:
            speak_instead(draft, language)
            return
    if draft.status is Status.WAITING:
        stop_waiting(draft)
        waited = draft.script.steps[draft.step]
        go_on(draft, waited.next)
    elif draft.status is Status.STOPPED and not _answers(draft, step, event):
        resume(draft)
    else:
        _answer(draft, step, event)


def _correct(draft: Draft, event: VisitorCorrected) -> None:
    """An earlier message was changed. One that did not answer the open question may do so now."""
    step = open_step(draft)
    if step is not None and step.id == event.step and draft.status is Status.ASKING and not _is_known(draft, step):
        _hear(draft, VisitorSaid(at=event.at, text=event.text, unavailable=event.unavailable))
    else:
        correct_earlier(draft, event)


def _is_known(draft: Draft, step: OpenStep) -> bool:
    return isinstance(step, AskStep) and draft.answers.get(step.field) is not None


def _answers(draft: Draft, step: OpenStep | None, event: VisitorSaid) -> bool:
    """Whether a visitor who comes back after a stop answers the open question at once."""
    if event.choice is not None:
        return True
    if not isinstance(step, AskStep):
        return False
    field = draft.script.fields[step.field]
    if field.type.name in ("text", "name", "company"):
        return False  # They take nearly anything: "hello again" is no answer.
    return isinstance(read_answer(draft, field, event.text), Accepted)


def _wish(draft: Draft, text: str, said: str) -> Wish | None:
    """The wish in a message, unless it is the label of a button that is on offer ("Next", "Help")."""
    wish = read_wish(draft.script, said)
    if wish is None:
        return None
    step = open_step(draft)
    if step is None or draft.status is not Status.ASKING:
        return wish
    typed = text.strip().casefold()
    offered = question(draft, step).choices
    return None if any(option.label.casefold() == typed for option in offered) else wish


def _answer(draft: Draft, step: OpenStep | None, event: VisitorSaid) -> None:
    """Read the message as the answer to the open question."""
    match step:
        case AskStep():
            draft.status = Status.ASKING
            if step.gather_seconds and event.choice is None and len(draft.fragments) < FRAGMENTS_MOST:
                draft.fragments = (*draft.fragments, event.text)
                due = draft.at + timedelta(seconds=step.gather_seconds)
                draft.effects.append(SetTimer(name=GATHER_TIMER, due=due))
                return
            if draft.fragments:
                draft.effects.append(CancelTimer(name=GATHER_TIMER))
                draft.fragments = ()
            answer_question(draft, step, event)
        case SayStep() if step.choices:
            answer_menu(draft, step, event)
        case ConsentStep():
            answer_consent(draft, step, event)
        case SayStep() | None:
            if draft.status is Status.ENDED:
                say_ended(draft, event.text)
            else:
                walk_again(draft)


def _press(draft: Draft, event: VisitorSaid) -> bool:
    """Deal with a button that is not one of the open question; False when it is."""
    if event.choice == RESTART and not event.step:
        restart(draft)
        return True
    step = open_step(draft)
    if event.choice == "skip" and step is not None and event.step in (None, step.id) and skip(draft, step):
        return True
    if event.step is None or (step is not None and event.step == step.id):
        if draft.status is Status.STOPPED:
            draft.status = Status.ASKING
        return False
    old = draft.script.steps.get(event.step)
    if isinstance(old, AskStep) and draft.answers.get(old.field) is not None:
        change_by_button(draft, old, event)
    elif isinstance(old, SayStep) and draft.picks.get(old.id) == event.choice:
        pass  # Pressed twice: no news.
    elif step is not None and draft.status is not Status.WAITING:
        pose_again(draft, step)
    return True


def _wake(draft: Draft, event: TimerElapsed) -> None:
    """A timer of ours ran out. One that is no longer wanted does nothing."""
    if draft.status is Status.TALKING:
        wake_while_talking(draft, event.name)
        return
    step = draft.script.steps.get(draft.step)
    if event.name == WAIT_TIMER and draft.status is Status.WAITING and isinstance(step, WaitStep):
        draft.status = Status.ASKING
        go_on(draft, step.next)
    elif event.name == GATHER_TIMER and draft.fragments and isinstance(step, AskStep):
        text = "\n".join(draft.fragments)
        draft.fragments = ()
        answer_question(draft, step, VisitorSaid(at=event.at, text=text, unavailable=event.unavailable))


def _counts(draft: Draft, act: str) -> bool:
    """Whether an act that a page reports is one that the script knows, and did not happen too often to count."""
    is_known = act.removeprefix(PAGE_ACT) in draft.script.page_acts
    return is_known and sum(one.name == act for one in draft.acts) < PAGE_ACTS_MOST
