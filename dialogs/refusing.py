"""A message that does not answer the open question: met as what it is, asked again, given up on kindly."""

from collections.abc import Sequence

from dialogs import phrases
from dialogs.asking import OpenStep, input_of, pose_again
from dialogs.draft import Draft
from dialogs.events import ConsentRecord
from dialogs.facts import FactKind
from dialogs.going_on import announce_text, go_on
from dialogs.hesitating import Hesitation, read_hesitation
from dialogs.outcomes import default_target, hand_off
from dialogs.questions.base import Option, Rejected
from dialogs.script import AskStep, ConsentStep, SayStep
from dialogs.side_questions import looks_like_a_question
from dialogs.small_talk import SmallTalk, read_small_talk
from dialogs.state import Doubt
from dialogs.values import ANSWER_MAX_CHARACTERS
from dialogs.volunteering import take_volunteered_number
from dialogs.walking import leave_for

DOUBT_TAKE = "doubt.take."
"""Key of the buttons that take a suggestion, followed by its number."""
ASIDES_MOST = 3
"""Questions without an answer, at one open question, before a person is told."""
_ATTEMPTS_OF_A_MENU = 4
_ATTEMPTS_OF_A_CONSENT = 2


def reject(draft: Draft, step: OpenStep, outcome: Rejected, text: str) -> None:
    """Meet a message that does not answer: as the small talk, hesitation or question it is, else ask again.

    After too many attempts the way out is taken. Small talk costs none, and questions of the visitor's own have
    a count of their own.
    """
    if len(text) <= ANSWER_MAX_CHARACTERS and _meet(draft, step, text):
        return
    field = draft.script.fields[step.field] if isinstance(step, AskStep) else None
    noted = take_volunteered_number(draft, field, text)
    if noted:
        thank_for(draft, noted)
        pose_again(draft, step)
        return
    draft.attempts += 1
    draft.note(FactKind.INVALID, f"{field.name if field else ''}:{outcome.code}")
    if draft.attempts >= _attempts(step):
        _give_up(draft, step)
        return
    reason = outcome.reason
    if isinstance(step, AskStep) and step.retry is not None:
        reason = draft.words(step.retry)
    draft.doubt = None
    suggestions = [Option(f"{DOUBT_TAKE}{n}", one.label) for n, one in enumerate(outcome.suggestions)]
    if suggestions and field is not None and not input_of(field, False, draft.language).options:
        draft.doubt = Doubt(None, tuple(one.value for one in outcome.suggestions))
        pose_again(draft, step, reason, suggestions)
    elif draft.attempts > 1:
        announce_text(draft, reason)
        pose_again(draft, step)
    else:
        pose_again(draft, step, reason)


def _meet(draft: Draft, step: OpenStep, text: str) -> bool:
    """Meet small talk, hesitation and questions of the visitor's own; whether it was any of these."""
    language = draft.language
    if talk := read_small_talk(text):
        meet_small_talk(draft, talk)
        pose_again(draft, step)
        return True
    if hesitation := read_hesitation(text):
        if isinstance(step, ConsentStep) and hesitation is Hesitation.UNSURE:
            return False
        if skip(draft, step):
            return True
        draft.attempts += 1
        if draft.attempts >= _attempts(step):
            _give_up(draft, step)
            return True
        words = phrases.say(hesitation.value, language)
        if hesitation is Hesitation.DECLINES and (why := why_of(draft, step)):
            words = f"{words} {why}"
        announce_text(draft, words)
        pose_again(draft, step)
        return True
    if looks_like_a_question(text):
        _meet_question(draft, step)
        return True
    return False


def _meet_question(draft: Draft, step: OpenStep) -> None:
    """A question that the script has no answer to: owned up to; after the third a person is told."""
    draft.note(FactKind.SIDE_QUESTION, "unanswered")
    draft.asides += 1
    if draft.asides >= ASIDES_MOST:
        draft.asides = 0
        hand_off(draft, "unanswered", default_target(draft), "Asks what the script has no answer to", None)
        announce_text(draft, phrases.say("person_for_question", draft.language))
        _give_up(draft, step)
        return
    pattern = draft.script.patterns.get("unanswered")
    reply = draft.words(pattern.say) if pattern and pattern.say else None
    announce_text(draft, reply or phrases.say("unanswered", draft.language))
    pose_again(draft, step)


def meet_small_talk(draft: Draft, talk: SmallTalk) -> None:
    """Answer a greeting, thanks, a goodbye, or a question about the bot itself."""
    if talk is SmallTalk.DATA:
        hand_off(draft, "data", default_target(draft), "Asks about their data, or to have it deleted", None)
    announce_text(draft, phrases.say(f"small_{talk.value}", draft.language, name=draft.script.persona.name))


def why_of(draft: Draft, step: OpenStep) -> str | None:
    """Why the open question is asked, where the script or the kind of question says so."""
    match step:
        case AskStep():
            why = draft.script.fields[step.field].why
            return draft.words(why) if why is not None else None
        case ConsentStep():
            own = getattr(step, "why", None)
            return draft.words(own) if own is not None else phrases.say("why_consent", draft.language)
        case SayStep():
            return None


def thank_for(draft: Draft, noted: Sequence[str]) -> None:
    """Say that contact details, told before they were asked for, are kept."""
    announce_text(draft, phrases.say("noted", draft.language, value=", ".join(noted)))


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
            if "lost" not in draft.handoffs:
                hand_off(draft, "lost", default_target(draft), "Could not be understood at a menu", None)
                announce_text(draft, phrases.say("menu_lost", draft.language))
            draft.attempts = 0
            pose_again(draft, step)
