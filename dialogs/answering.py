"""What becomes of an answer: taken, doubted, asked again with a reason, or given up on kindly."""

from collections.abc import Sequence

from dialogs import phrases
from dialogs.answers_read import read_answer, reading_of
from dialogs.asking import OpenStep, menu_options, open_choices, pose_again, question
from dialogs.draft import Draft
from dialogs.events import ConsentRecord, VisitorSaid
from dialogs.facts import FactKind
from dialogs.going_on import go_on
from dialogs.hesitating import says_nothing
from dialogs.language.folding import fold_words
from dialogs.questions.base import Accepted, Option, Rejected
from dialogs.questions.choice import ChoiceQuestion
from dialogs.questions.consent import ConsentOptions, ConsentQuestion
from dialogs.refusing import DOUBT_TAKE, reject, skip, thank_for
from dialogs.scoring import watched_acts
from dialogs.script import AskStep, ConsentStep, Field, SayStep, StepChoice
from dialogs.setting import apply_choice
from dialogs.small_talk import read_small_talk
from dialogs.state import Doubt, Status
from dialogs.values import ANSWER_MAX_CHARACTERS, Value
from dialogs.volunteering import take_volunteered
from dialogs.walking import FREE, leave_for

DOUBT_KEEP = "doubt.keep"
"""Key of the button that insists on a doubted answer."""

_OPEN = (AskStep, ConsentStep, SayStep)
_CHOICE = ChoiceQuestion()
_CONSENT = ConsentQuestion()
_CONSENT_OPTIONS = ConsentOptions()


def answer_question(draft: Draft, step: AskStep, event: VisitorSaid) -> None:
    """Deal with a message or a button while ``step``'s question is open."""
    field = draft.script.fields[step.field]
    if draft.doubt is not None and _resolve_doubt(draft, step, field, event):
        return
    text, noted = event.text, list[str]()
    if event.choice is None:
        if step.optional and field.type.name == "text" and says_nothing(text):
            skip(draft, step)
            return
        text, noted = take_volunteered(draft, field, text)
        if noted and not any(character.isalnum() for character in text):
            thank_for(draft, noted)
            pose_again(draft, step)
            return
    outcome = read_answer(draft, field, text, event.choice)
    if isinstance(outcome, Rejected):
        if noted:
            thank_for(draft, noted)
            pose_again(draft, step)
        else:
            reject(draft, step, outcome, text)
    elif outcome.doubt is not None:
        _ask_back(draft, step, outcome)
    else:
        accept(draft, step, outcome.value, outcome.remarks)


def accept(draft: Draft, step: AskStep, value: Value, remarks: tuple[str, ...] = ()) -> None:
    """Take the answer to ``step`` and go on."""
    draft.doubt, draft.fragments, draft.attempts, draft.asides = None, (), 0, 0
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


def answer_menu(draft: Draft, step: SayStep, event: VisitorSaid) -> None:
    """Deal with a message or a button while a menu is open."""
    choices = open_choices(draft, step)
    chosen = next((one for one in choices if one.key == event.choice), None)
    text, noted = event.text, list[str]()
    if chosen is None:
        text, noted = take_volunteered(draft, None, text)
        if read_small_talk(text) is None or _is_label(draft, step, text):  # A greeting chooses nothing.
            chosen = read_menu(draft, step, choices, text)
    if chosen is not None:
        pick(draft, step, chosen)
    elif noted:
        thank_for(draft, noted)
        pose_again(draft, step)
    elif step.free is not None:
        draft.note(FactKind.ANSWERED, "", step.id)
        draft.picks = {**draft.picks, step.id: FREE}
        go_on(draft, leave_for(draft, step.free))
    else:
        reject(draft, step, Rejected(phrases.say("pick_one", draft.language), "no_such_choice"), text)


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
    said = event.choice or _pressed_in_words(draft, step, event.text) or event.text[:ANSWER_MAX_CHARACTERS]
    outcome = _CONSENT.read(said, _CONSENT_OPTIONS, reading_of(draft))
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


def _is_label(draft: Draft, step: SayStep, text: str) -> bool:
    """Whether a button's label was typed."""
    said = fold_words(text)
    return any(fold_words(one.label) == said for one in question(draft, step).choices)


def _pressed_in_words(draft: Draft, step: ConsentStep, text: str) -> str | None:
    """The button whose label was typed."""
    said = fold_words(text)
    return next((one.key for one in question(draft, step).choices if fold_words(one.label) == said), None)


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
