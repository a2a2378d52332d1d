"""What becomes of an answer: taken, doubted, asked again with a reason, or given up on kindly."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from dialogs import phrases
from dialogs.asking import OpenStep, input_of, menu_options, open_choices, pose_again
from dialogs.draft import Draft
from dialogs.effects import Say
from dialogs.events import ConsentRecord, VisitorSaid
from dialogs.facts import FactKind
from dialogs.going_over import walk_again
from dialogs.outcomes import default_target, disqualify, hand_off
from dialogs.questions.base import Accepted, Option, Outcome, Reading, Rejected
from dialogs.questions.choice import ChoiceQuestion
from dialogs.questions.consent import ConsentOptions, ConsentQuestion
from dialogs.scoring import disqualifier_that_holds, rescore, watched_acts
from dialogs.script import AskStep, ConsentStep, Field, SayStep, StepChoice
from dialogs.setting import apply_choice
from dialogs.side_questions import looks_like_a_question
from dialogs.state import Doubt, Status
from dialogs.values import ANSWER_MAX_CHARACTERS, Value
from dialogs.walking import FREE, leave_for, walk

DOUBT_KEEP = "doubt.keep"
"""Key of the button that insists on a doubted answer."""
DOUBT_TAKE = "doubt.take."
"""Key of the buttons that take a suggestion, followed by its number."""
SKIP = "skip"
"""Key of the skip button's choice."""

_OPEN = (AskStep, ConsentStep, SayStep)
_CHOICE = ChoiceQuestion()
_CONSENT = ConsentQuestion()
_CONSENT_OPTIONS = ConsentOptions()
_ATTEMPTS_OF_A_MENU = 4
_ATTEMPTS_OF_A_CONSENT = 2


def reading_of(draft: Draft) -> Reading:
    """The circumstances in which this visitor's answers are read."""
    now = draft.at
    if draft.time_zone:
        now = now.astimezone(ZoneInfo(draft.time_zone))
    return Reading(now=now, language=draft.language, region=draft.region)


def read_answer(draft: Draft, field: Field, text: str, choice: str | None = None) -> Outcome:
    """What ``field``'s question type makes of a typed text or a pressed button."""
    if choice is not None:
        value: Value = choice.split(",") if field.type.comparable == "list" else choice
        outcome = field.type.check(value, field.options, draft.language)
        if isinstance(outcome, Accepted):
            return outcome
        return field.type.read(choice, field.options, reading_of(draft))
    if len(text) > ANSWER_MAX_CHARACTERS:
        return Rejected(phrases.say("too_long", draft.language), "too_long")
    return field.type.read(text, field.options, reading_of(draft))


def answer_question(draft: Draft, step: AskStep, event: VisitorSaid) -> None:
    """Deal with a message or a button while ``step``'s question is open."""
    field = draft.script.fields[step.field]
    if draft.doubt is not None and _resolve_doubt(draft, step, field, event):
        return
    outcome = read_answer(draft, field, event.text, event.choice)
    if isinstance(outcome, Rejected):
        reject(draft, step, outcome, event.text)
    elif outcome.doubt is not None:
        _ask_back(draft, step, outcome)
    else:
        accept(draft, step, outcome.value, outcome.remarks)


def accept(draft: Draft, step: AskStep, value: Value, remarks: tuple[str, ...] = ()) -> None:
    """Take the answer to ``step`` and go on."""
    draft.doubt, draft.fragments, draft.attempts = None, (), 0
    changed = step.field in draft.answers and draft.answers[step.field] != value
    again = draft.insisted or changed
    draft.insisted = False
    draft.answer(step.field, value, remarks)
    if changed:
        draft.corrected = True
        draft.note(FactKind.CORRECTED, step.field)
    else:
        draft.note(FactKind.ANSWERED, step.field)
    if (act := f"answered.{step.field}") in watched_acts(draft.script):
        draft.act(act)
    go_on(draft, None if again else step.next)


def go_on(draft: Draft, target: str | None) -> None:
    """Go on after an answer: count points, check what must be checked before anything is offered, walk.

    Without ``target`` the script is gone over again from its start, as after a correction.
    """
    if target is None and draft.disqualified_by is not None:
        draft.disqualified = draft.disqualified_by = None
        draft.stale_score = True
    rescore(draft)
    if draft.disqualified is None and (rule := disqualifier_that_holds(draft)):
        disqualify(draft, rule.id, rule.because)
        rescore(draft)
        text = draft.words(rule.say) if rule.say else phrases.say("disqualified", draft.language)
        draft.say(Say(text=text, step=draft.step))
        draft.calls = ()
        walk(draft, rule.go or "")
    else:
        check_handoffs(draft)
        if target is None:
            walk_again(draft)
        else:
            walk(draft, target)
    rescore(draft)
    check_handoffs(draft)


def check_handoffs(draft: Draft) -> None:
    """Fire the handoff rules that hold now."""
    if draft.disqualified is not None:
        return
    for rule in draft.script.handoffs:
        if rule.id not in draft.handoffs and rule.when.holds(draft.knowledge):
            hand_off(draft, rule.id, rule.to, rule.because, rule.say)


def reject(draft: Draft, step: OpenStep, outcome: Rejected, text: str) -> None:
    """Ask again with the reason; after too many attempts take the way out."""
    subject = step.field if isinstance(step, AskStep) else ""
    draft.attempts += 1
    at_the_end = draft.attempts >= _attempts(step)
    if looks_like_a_question(text) and len(text) <= ANSWER_MAX_CHARACTERS:
        draft.note(FactKind.SIDE_QUESTION, "unanswered")
        if at_the_end:
            hand_off(draft, "unanswered", default_target(draft), "Asks what the script has no answer to", None)
            announce_text(draft, phrases.say("person_for_question", draft.language))
            _give_up(draft, step)
            return
        pattern = draft.script.patterns.get("unanswered")
        reply = draft.words(pattern.say) if pattern and pattern.say else None
        announce_text(draft, reply or phrases.say("unanswered", draft.language))
        pose_again(draft, step)
        return
    draft.note(FactKind.INVALID, f"{subject}:{outcome.code}")
    if at_the_end:
        _give_up(draft, step)
        return
    reason = outcome.reason
    if isinstance(step, AskStep) and step.retry is not None:
        reason = draft.words(step.retry)
    suggestions = [Option(f"{DOUBT_TAKE}{n}", one.label) for n, one in enumerate(outcome.suggestions)]
    if (
        suggestions
        and isinstance(step, AskStep)
        and not input_of(draft.script.fields[step.field], False, draft.language).options
    ):
        draft.doubt = Doubt(None, tuple(one.value for one in outcome.suggestions))
        pose_again(draft, step, reason, suggestions)
    else:
        draft.doubt = None
        pose_again(draft, step, reason)


def announce_text(draft: Draft, text: str) -> None:
    """Say something that asks nothing."""
    draft.say(Say(text=text, step=draft.step))


def answer_menu(draft: Draft, step: SayStep, event: VisitorSaid) -> None:
    """Deal with a message or a button while a menu is open."""
    choices = open_choices(draft, step)
    chosen = next((one for one in choices if one.key == event.choice), None) or read_menu(
        draft, step, choices, event.text
    )
    if chosen is not None:
        pick(draft, step, chosen)
    elif step.free is not None:
        draft.note(FactKind.ANSWERED, "", step.id)
        draft.picks = {**draft.picks, step.id: FREE}
        go_on(draft, leave_for(draft, step.free))
    else:
        reject(draft, step, Rejected(phrases.say("pick_one", draft.language), "no_such_choice"), event.text)


def read_menu(draft: Draft, step: SayStep, choices: Sequence[StepChoice], text: str) -> StepChoice | None:
    """The choice of a menu that a typed text means, or None."""
    options = menu_options(step, tuple(one.key for one in choices), draft.language)
    outcome = _CHOICE.read(text[:ANSWER_MAX_CHARACTERS], options, reading_of(draft))
    if isinstance(outcome, Rejected):
        return None
    return next((one for one in choices if one.key == outcome.value), None)


def pick(draft: Draft, step: SayStep, chosen: StepChoice) -> None:
    """Take a choice of a menu and go on."""
    draft.attempts = 0
    draft.insisted = False
    draft.picks = {**draft.picks, step.id: chosen.key}
    draft.note(FactKind.ANSWERED, chosen.key, step.id)
    apply_choice(draft, chosen)
    go_on(draft, step.next if chosen.go is None else leave_for(draft, chosen.go))


def answer_consent(draft: Draft, step: ConsentStep, event: VisitorSaid) -> None:
    """Deal with a message or a button while consent is asked for. Only a clear yes is a yes."""
    outcome = _CONSENT.read(event.choice or event.text[:ANSWER_MAX_CHARACTERS], _CONSENT_OPTIONS, reading_of(draft))
    if isinstance(outcome, Rejected):
        reject(draft, step, outcome, event.text)
        return
    draft.attempts = 0
    draft.insisted = False
    given = bool(outcome.value)
    draft.consents = {**draft.consents, step.purpose: ConsentRecord(given, step.version, draft.at)}
    draft.consent_texts[step.purpose] = draft.words(step.text)
    draft.note(FactKind.CONSENT, f"{step.purpose}={'yes' if given else 'no'}", step.id)
    draft.stale_score = True
    if given:
        draft.act(f"consented.{step.purpose}")
    go_on(draft, step.next)


def skip(draft: Draft, step: OpenStep) -> bool:
    """Leave the open question out, if it may be; whether it was."""
    if not isinstance(step, AskStep) or not step.optional:
        return False
    draft.note(FactKind.SKIPPED, step.field)
    announce_text(draft, phrases.say("skipped", draft.language))
    _leave_open(draft, step)
    go_on(draft, step.next)
    return True


def _leave_open(draft: Draft, step: AskStep) -> None:
    draft.doubt, draft.fragments, draft.attempts, draft.insisted = None, (), 0, False
    if step.field not in draft.skipped and draft.answers.get(step.field) is None:
        draft.skipped = (*draft.skipped, step.field)


def _attempts(step: OpenStep) -> int:
    match step:
        case AskStep():
            return step.attempts
        case SayStep():
            return _ATTEMPTS_OF_A_MENU
        case ConsentStep():
            return _ATTEMPTS_OF_A_CONSENT


def _give_up(draft: Draft, step: OpenStep) -> None:
    """The way out after too many attempts: where the script says, else leave it open and go on."""
    pattern = draft.script.patterns.get("way_out")
    said = draft.words(pattern.say) if pattern and pattern.say else None
    match step:
        case AskStep():
            draft.note(FactKind.SKIPPED, step.field)
            if step.way_out is None:
                announce_text(draft, said or phrases.say("way_out", draft.language))
            _leave_open(draft, step)
            go_on(draft, step.next if step.way_out is None else leave_for(draft, step.way_out))
        case ConsentStep():
            # No clear yes is no consent, and is remembered as what it is: not given.
            draft.consents = {**draft.consents, step.purpose: ConsentRecord(False, step.version, draft.at)}
            draft.consent_texts[step.purpose] = draft.words(step.text)
            draft.note(FactKind.CONSENT, f"{step.purpose}=unclear", step.id)
            announce_text(draft, said or phrases.say("way_out", draft.language))
            go_on(draft, step.next)
        case SayStep():
            hand_off(draft, "lost", default_target(draft), "Could not be understood at a menu", None)
            announce_text(draft, phrases.say("person", draft.language))
            draft.attempts = 0
            pose_again(draft, step)


def _ask_back(draft: Draft, step: AskStep, outcome: Accepted) -> None:
    """One gentle question about a doubtful answer."""
    draft.doubt = Doubt(outcome.value, tuple(one.value for one in outcome.suggestions), outcome.remarks)
    choices = [Option(f"{DOUBT_TAKE}{n}", one.label) for n, one in enumerate(outcome.suggestions)]
    choices.append(Option(DOUBT_KEEP, phrases.say("keep", draft.language)))
    pose_again(draft, step, outcome.doubt, choices)


def _resolve_doubt(draft: Draft, step: AskStep, field: Field, event: VisitorSaid) -> bool:
    """Whether the message settles the doubt; a message that does not is read as a new answer."""
    doubt = draft.doubt
    assert doubt is not None
    said_yes: Value = None
    if event.choice is not None and event.choice.startswith(DOUBT_TAKE):
        number = event.choice.removeprefix(DOUBT_TAKE)
        if not number.isdecimal() or int(number) >= len(doubt.suggestions):
            return False
        taken = field.type.check(doubt.suggestions[int(number)], field.options, draft.language)
        remarks = taken.remarks if isinstance(taken, Accepted) else ()
        accept(draft, step, doubt.suggestions[int(number)], remarks)
        return True
    if event.choice == DOUBT_KEEP and doubt.value is not None:
        accept(draft, step, doubt.value, doubt.remarks)
        return True
    if event.choice is not None or doubt.value is None:
        draft.doubt = None
        return False
    outcome = read_answer(draft, field, event.text)
    if isinstance(outcome, Accepted) and outcome.value == doubt.value:
        accept(draft, step, doubt.value, doubt.remarks)  # Said twice is meant.
        return True
    said = _CONSENT.read(event.text[:200], _CONSENT_OPTIONS, reading_of(draft))
    said_yes = said.value if isinstance(said, Accepted) else None
    if said_yes is None or not isinstance(outcome, Rejected):
        draft.doubt = None
        return False
    if said_yes and len(doubt.suggestions) == 1:
        accept(draft, step, doubt.suggestions[0])
    elif (said_yes and not doubt.suggestions) or (not said_yes and doubt.suggestions):
        accept(draft, step, doubt.value, doubt.remarks)
    else:
        draft.doubt = None
        pose_again(draft, step)
    return True


def open_step(draft: Draft) -> OpenStep | None:
    """The step whose question is open, or None when nothing is being asked."""
    step = draft.script.steps.get(draft.step)
    if draft.status is Status.ENDED or not isinstance(step, _OPEN):
        return None
    return step
