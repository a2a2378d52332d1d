"""What a visitor can always ask for, granted: back, skip, repeat, why, stop, start over, a person, corrections."""

import re
from typing import assert_never

from dialogs import phrases
from dialogs.answering import open_step, pick, read_menu
from dialogs.answers_read import read_answer
from dialogs.asking import OpenStep, open_choices, pose, pose_again
from dialogs.desk.telling import booking_links, contact_of, standing_of
from dialogs.draft import Draft
from dialogs.effects import CancelTimer, Say
from dialogs.events import VisitorSaid
from dialogs.facts import FactKind
from dialogs.going_on import announce_text, check_handoffs, go_on
from dialogs.going_over import find_again
from dialogs.language.folding import fold
from dialogs.language.language_tags import nearest_language
from dialogs.outcomes import BY_PEOPLE, announce, default_target, hand_off
from dialogs.questions.base import Accepted, Option
from dialogs.refusing import meet_small_talk, skip, thank_for, why_of
from dialogs.scoring import rescore
from dialogs.script import AskStep, ConsentStep, Faq, Field, SayStep
from dialogs.small_talk import SmallTalk, read_small_talk
from dialogs.state import Status
from dialogs.volunteering import take_volunteered, take_volunteered_number
from dialogs.walking import WAIT_TIMER, leave_for, walk
from dialogs.wishes import Correction, Wish

GATHER_TIMER = "gather"
"""Name of the timer after which quick messages are read as one answer."""
RESTART = "restart"
"""Key of the button that begins the script anew."""


_WORD = re.compile(r"\w[\w-]*")
_KIND_NAMES = {
    "email": frozenset(("email", "e-mail", "mail", "correo", "courriel", "mailadresse", "e-mail-adresse")),
    "phone": frozenset(("phone", "telefon", "telefonnummer", "handynummer", "telefono", "telephone", "mobile")),
    "name": frozenset(("name", "vorname", "nombre", "prenom")),
    "company": frozenset(("company", "firma", "unternehmen", "empresa", "entreprise", "societe")),
}
"""Words for kinds of fields, folded, in the languages that are read."""
_FREE_TEXT = ("text", "name", "company")
"""Question types that take nearly anything."""


def grant(draft: Draft, wish: Wish) -> None:
    """Do what the visitor wishes."""
    step = open_step(draft)
    match wish:
        case Wish.BACK:
            _back(draft, step)
        case Wish.SKIP:
            if step is None or not skip(draft, step):
                _say_own(draft, wish, "cannot_skip")
                _ask_on(draft, step)
        case Wish.REPEAT:
            _ask_on(draft, step)
        case Wish.WHY:
            _why(draft, step)
        case Wish.STOP:
            _stop(draft)
        case Wish.RESTART:
            restart(draft)
        case Wish.PERSON:
            _person(draft, step)
        case Wish.HELP:
            _say_own(draft, wish, "help")
            _ask_on(draft, step)
        case Wish.BOT:
            _say_own(draft, wish, "bot_here")
            _ask_on(draft, step)
        case _:
            assert_never(wish)


def correct(draft: Draft, correction: Correction, *, only_if_current_refuses: bool = False) -> bool:
    """Change the earlier answer that the correction is about; False when it is about none."""
    script = draft.script
    current = open_step(draft)
    if only_if_current_refuses and isinstance(current, AskStep):
        outcome = read_answer(draft, script.fields[current.field], correction.rest)
        if isinstance(outcome, Accepted):
            return False
    for field in _candidates(draft, correction.said):
        outcome = read_answer(draft, field, correction.rest)
        if isinstance(outcome, Accepted):
            _change(draft, field, outcome)
            return True
    return _change_pick(draft, correction.rest)


def change_by_button(draft: Draft, step: AskStep, event: VisitorSaid) -> None:
    """A button of an earlier question was pressed: the same answer is no news, another one is a correction."""
    field = draft.script.fields[step.field]
    outcome = read_answer(draft, field, event.text, event.choice)
    if not isinstance(outcome, Accepted) or draft.answers.get(step.field) == outcome.value:
        return
    _change(draft, field, outcome)


def answer_side_question(draft: Draft, entry: Faq) -> None:
    """Answer from the script's FAQ, then ask the open question again or go where the entry says."""
    draft.note(FactKind.SIDE_QUESTION, entry.key)
    announce_text(draft, draft.words(entry.answer))
    if entry.go is not None:
        cancel_timers(draft)
        go_on(draft, leave_for(draft, entry.go))
    else:
        _ask_on(draft, open_step(draft))


def restart(draft: Draft) -> None:
    """Begin the script anew; what was answered is asked again, and kept until it is answered otherwise.

    Points are counted anew; the stage stays where it is, since nobody has taken anything back yet.
    """
    cancel_timers(draft)
    draft.note(FactKind.RESTARTED)
    _say_own(draft, Wish.RESTART, "restarted")
    draft.answers, draft.remarks, draft.skipped, draft.picks = {}, {}, (), {}
    draft.trail, draft.calls, draft.attempts, draft.doubt = (), (), 0, None
    draft.fragments, draft.insisted, draft.entry = (), False, ""
    if draft.disqualified_by != BY_PEOPLE:
        draft.disqualified = draft.disqualified_by = None
    draft.stale_score = True
    draft.status = Status.ASKING
    go_on(draft, draft.script.first)


def speak_instead(draft: Draft, language: str) -> None:
    """Go on in the language that the visitor asks for, if the script speaks it."""
    step = open_step(draft)
    if spoken := nearest_language(language, draft.script.languages):
        draft.language = spoken
        text = phrases.say("language_here", spoken)
        draft.say(Say(text=text, step=draft.step, language=spoken))
    else:
        announce_text(draft, phrases.say("language_missing", draft.language))
    _ask_on(draft, step)


def resume(draft: Draft) -> None:
    """Speak again after the visitor had said stop."""
    draft.status = Status.ASKING
    announce_text(draft, phrases.say("welcome_back", draft.language))
    step = open_step(draft)
    if step is None:
        walk(draft, draft.step if draft.step in draft.script.steps else draft.script.first)
    else:
        pose_again(draft, step)


def say_ended(draft: Draft, text: str) -> None:
    """What is said to somebody who writes after the end."""
    if (talk := read_small_talk(text)) and talk is not SmallTalk.GREETING:
        meet_small_talk(draft, talk)
        return
    text, noted = take_volunteered(draft, None, text)
    noted += take_volunteered_number(draft, None, text)
    if noted:
        thank_for(draft, noted)
        return
    pattern = draft.script.patterns.get("ended")
    words = draft.words(pattern.say) if pattern and pattern.say else None
    restart_off = (off := draft.script.patterns.get("restart")) is not None and off.off
    choices = () if restart_off else (Option(RESTART, phrases.say("restart", draft.language)),)
    draft.say(Say(text=words or phrases.say("ended", draft.language), choices=choices))


def _candidates(draft: Draft, said: str) -> list[Field]:
    """Fields that a correction may be about, likeliest first.

    Those it names; then the latest of those whose type would notice a wrong value; then free texts, which would
    take anything.
    """
    script = draft.script
    answered = [
        script.fields[step.field]
        for one in reversed(draft.trail)
        if isinstance(step := script.steps.get(one), AskStep) and draft.answers.get(step.field) is not None
    ]
    words = set(_WORD.findall(fold(said)))
    named = sorted(answered, key=lambda field: -len(words & _names_of(field, draft.language)))
    named = [field for field in named if words & _names_of(field, draft.language)]
    telling = [field for field in answered if field.type.name not in _FREE_TEXT]
    return list(dict.fromkeys((*named, *telling, *answered)))


def _names_of(field: Field, language: str) -> frozenset[str]:
    """Words by which people name a field: those of its label and its name, and of its kind in their language."""
    label = fold(field.label.render(language, {}))
    words = {word for word in _WORD.findall(f"{label} {field.name.replace('_', ' ')}") if len(word) > 3}
    return frozenset(words | _KIND_NAMES.get(field.type.name, frozenset()))


def _change(draft: Draft, field: Field, outcome: Accepted) -> None:
    cancel_timers(draft)
    if draft.answers.get(field.name) != outcome.value:
        draft.corrected = True
        draft.note(FactKind.CORRECTED, field.name)
        draft.answer(field.name, outcome.value, outcome.remarks)
    language = draft.language
    shown = field.type.show(outcome.value, field.options, language)
    announce_text(draft, phrases.say("corrected", language, value=shown))
    before = len(draft.effects)
    draft.insisted = False
    go_on(draft, None)
    if draft.status is Status.ENDED and len(draft.effects) == before:
        return
    if draft.posed_at is None and (step := open_step(draft)):
        pose_again(draft, step)


def _change_pick(draft: Draft, rest: str) -> bool:
    """ "Sorry, I meant the demo": another choice of the last menu."""
    for one in reversed(draft.trail):
        step = draft.script.steps.get(one)
        if isinstance(step, SayStep) and step.choices and step.id in draft.picks and step.id != draft.step:
            chosen = read_menu(draft, step, open_choices(draft, step), rest)
            if chosen is None:
                return False
            draft.corrected = True
            draft.note(FactKind.CORRECTED, chosen.key, step.id)
            pick(draft, step, chosen)
            return True
    return False


def _back(draft: Draft, step: OpenStep | None) -> None:
    """Ask the question before the open one again."""
    script = draft.script
    trail = list(draft.trail)
    if step is not None and step.id in trail:
        trail = trail[: len(trail) - 1 - trail[::-1].index(step.id)]
    previous = next((one for one in reversed(trail) if _was_asked(draft, one)), None)
    if previous is None:
        _say_own(draft, Wish.BACK, "nothing_before")
        _ask_on(draft, step)
        return
    cancel_timers(draft)
    draft.note(FactKind.WENT_BACK)
    _say_own(draft, Wish.BACK, "back")
    find_again(draft, previous)
    target = script.steps[previous]
    assert isinstance(target, AskStep | SayStep | ConsentStep)
    pose(draft, target)
    draft.insisted = True


def _was_asked(draft: Draft, step_id: str) -> bool:
    """Whether the visitor was really asked there: a question that was skipped as known was not."""
    step = draft.script.steps.get(step_id)
    match step:
        case AskStep():
            return draft.answers.get(step.field) is not None or step.field in draft.skipped
        case SayStep():
            return step.id in draft.picks
        case ConsentStep():
            return step.purpose in draft.consents
        case _:
            return False


def _why(draft: Draft, step: OpenStep | None) -> None:
    why = why_of(draft, step) if step is not None else None
    if why is not None:
        announce_text(draft, why)
    else:
        _say_own(draft, Wish.WHY, "why")
    _ask_on(draft, step)


def _stop(draft: Draft) -> None:
    cancel_timers(draft)
    draft.note(FactKind.STOPPED)
    _say_own(draft, Wish.STOP, "stop")
    pattern = draft.script.patterns.get(Wish.STOP)
    if pattern and pattern.go:
        go_on(draft, leave_for(draft, pattern.go))
    elif draft.status is not Status.ENDED:
        draft.status = Status.STOPPED


def _person(draft: Draft, step: OpenStep | None) -> None:
    """Bring in people because the visitor asked for them, and say honestly what happens next."""
    draft.note(FactKind.ASKED_FOR_PERSON)
    draft.act("asked_for_person")
    rescore(draft)
    again = not _ask_for_person(draft)
    check_handoffs(draft)
    pattern = draft.script.patterns.get(Wish.PERSON)
    if pattern and pattern.say and not (again and draft.desk is not None):
        announce_text(draft, draft.words(pattern.say))
    else:
        _tell_how_it_stands(draft, step, again=again)
    if pattern and pattern.go:
        cancel_timers(draft)
        go_on(draft, leave_for(draft, pattern.go))
    else:
        _ask_on(draft, step)


def _ask_for_person(draft: Draft) -> bool:
    """Bring in people; False when they have been asked for already. After a closed handoff they are asked anew."""
    desk = draft.desk
    key = "asked"
    if desk is not None:
        if desk.is_live and "asked" in desk.reasons:
            return False
        key = f"asked {'during' if desk.is_live else 'after'} {desk.handoff}"
    if key in draft.handoffs:
        return False
    hand_off(draft, key, default_target(draft), "asked", None)
    return True


def _tell_how_it_stands(draft: Draft, step: OpenStep | None, *, again: bool) -> None:
    """How the search for a person stands, and how we reach the visitor."""
    language, fields, desk = draft.language, draft.script.fields, draft.desk
    stands = standing_of(draft, desk, again=again) if desk is not None and desk.is_live else None
    text = stands or phrases.say("person", language)
    asks_contact = isinstance(step, AskStep) and fields[step.field].type.name in ("phone", "email")
    if contact := contact_of(draft):
        text = f"{text} {phrases.say('person_reach', language, contact=contact)}"
    elif not asks_contact:
        text = f"{text} {phrases.say('person_no_contact', language)}"
    links = booking_links(draft, desk.plan) if desk is not None and desk.is_live and desk.fell_back else ()
    announce(draft, Say(text=text, step=draft.step, links=links))


def _say_own(draft: Draft, wish: Wish, key: str) -> None:
    """The script's words for the wish, or the bot's own."""
    pattern = draft.script.patterns.get(wish)
    text = draft.words(pattern.say) if pattern and pattern.say else None
    announce_text(draft, text or phrases.say(key, draft.language))


def _ask_on(draft: Draft, step: OpenStep | None) -> None:
    """Ask the open question again, if there is one and the visitor has not stopped."""
    if step is not None and draft.status is not Status.WAITING:
        if draft.status is Status.STOPPED:
            draft.status = Status.ASKING
        pose_again(draft, step)


def cancel_timers(draft: Draft) -> None:
    """End a wait of the script's, and let go of what was gathered."""
    if draft.status is Status.WAITING:
        draft.effects.append(CancelTimer(name=WAIT_TIMER))
        draft.status = Status.ASKING
    if draft.fragments:
        draft.effects.append(CancelTimer(name=GATHER_TIMER))
        draft.fragments = ()
