"""Taking what the page tells: known answers, data of its own, a signed identity, a door to begin at.

1. What the visitor said stays. The page answers only what nobody answered, or what it answered itself.
2. An answer is read as if it were typed; one that is refused, or doubtful, is left for the visitor.
3. Consent, and files, are the visitor's own to give.
4. While a person of ours talks, the page may tell, but leads nowhere.
"""

from collections.abc import Mapping

from dialogs.answering import open_step
from dialogs.answers_read import read_answer, reading_of
from dialogs.draft import Draft
from dialogs.effects import Whisper
from dialogs.events import Profile
from dialogs.facts import FactKind
from dialogs.going_on import check_handoffs, go_on
from dialogs.granting import cancel_timers
from dialogs.questions import QUESTION_TYPES
from dialogs.questions.base import Accepted, Outcome, Rejected
from dialogs.scoring import rescore
from dialogs.script import AskStep, Field
from dialogs.spelling import did_you_mean
from dialogs.state import Status
from dialogs.told import BROWSER, SIGNED, Identity, Told
from dialogs.values import Value

PREFILLED = "prefilled"
"""What is remarked about an answer that the page gave."""
_VISITORS_OWN = ("consent", "file")
_PICKED = ("choice", "choices", "rating", "yes_no")
"""Types whose answers a program names by their keys."""
_SHOWN_MOST = 60


def begin_as_told(draft: Draft, told: Told | None) -> str:
    """Take what the page tells at the very begin; the step to begin at."""
    if told is None:
        return draft.script.first
    _take(draft, told)
    if told.start is not None and _is_door(draft, told.start):
        draft.entry = told.start
        return told.start
    return draft.script.first


def hear_page(draft: Draft, told: Told, known: Mapping[str, Value], profile: Profile) -> None:
    """Take what the page tells during the talk, and go on where that answers the open question.

    ``known`` is what somebody who is recognised by it answered earlier, as far as this script still takes it.
    """
    if not _take(draft, told):
        return
    if told.identity is not None:
        _recognise(draft, known, profile)
    if draft.status is Status.TALKING:
        rescore(draft)
        return
    if told.start is not None and _is_door(draft, told.start):
        enter(draft, told.start)
        return
    step = open_step(draft)
    if (
        isinstance(step, AskStep)
        and draft.status is Status.ASKING
        and not draft.insisted
        and not step.again
        and draft.before.answers.get(step.field) is None
        and draft.answers.get(step.field) is not None
    ):
        cancel_timers(draft)
        draft.doubt, draft.attempts, draft.asides = None, 0, 0
        go_on(draft, step.next)
    else:
        rescore(draft)
        check_handoffs(draft)


def enter(draft: Draft, door: str) -> None:
    """Begin at a door. What was answered stays; the way that led here is left behind."""
    cancel_timers(draft)
    draft.note(FactKind.ENTERED, door, door)
    draft.entry = door
    draft.return_to_start()
    draft.doubt, draft.attempts, draft.asides, draft.insisted = None, 0, 0, False
    draft.status = Status.ASKING
    go_on(draft, door)


def _take(draft: Draft, told: Told) -> bool:
    """Take answers, data and identity; False when it is somebody else who sits there now."""
    if told.identity is not None and not _identify(draft, told.identity):
        return False
    for name, value in told.fields.items():
        _prefill(draft, name, value)
    page = dict(draft.page)
    for name, value in told.data.items():
        _take_datum(draft, page, name, value)
    if page != draft.page:
        draft.page = page
        draft.stale_score = True
    return True


def _prefill(draft: Draft, name: str, value: Value) -> None:
    field = draft.script.fields.get(name)
    if field is None:
        _refuse(draft, name, "undeclared", f"there is no such field{did_you_mean(name, draft.script.fields)}")
    elif field.type.name in _VISITORS_OWN:
        _refuse(draft, name, "visitors_own", f"{field.type.name} is the visitor's own to give")
    elif value is None or value == "":
        _refuse(draft, name, "empty", "nothing was given")
    else:
        outcome = _read(draft, field, value)
        if isinstance(outcome, Rejected):
            _refuse(draft, name, outcome.code, outcome.reason)
        elif outcome.doubt is not None:
            _refuse(draft, name, "doubtful", outcome.doubt)
        else:
            _fill(draft, field, outcome)


def _fill(draft: Draft, field: Field, outcome: Accepted) -> None:
    """Take an answer of the page's, unless the visitor has said something about it."""
    name = field.name
    if draft.answers.get(name) is not None and PREFILLED not in draft.remarks.get(name, ()):
        return
    if name in draft.skipped or draft.answers.get(name) == outcome.value:
        return
    draft.answer(name, outcome.value, (*outcome.remarks, PREFILLED))
    draft.note(FactKind.PREFILLED, name)


def _take_datum(draft: Draft, page: dict[str, Value], name: str, value: Value) -> None:
    declared = draft.script.page.get(name)
    if declared is None:
        cure = did_you_mean(name, draft.script.page) or '; declare it under "page:" in the script'
        _refuse(draft, name, "undeclared", f"the page's data has no such name{cure}")
    elif value is None:
        page.pop(name, None)
    else:
        outcome = _read(draft, declared, value)
        if isinstance(outcome, Rejected):
            _refuse(draft, name, outcome.code, outcome.reason)
        else:
            page[name] = outcome.value


def _read(draft: Draft, field: Field, value: Value) -> Outcome:
    """A text as if it were typed, or the button of this key pressed; anything else as it is."""
    if isinstance(value, str):
        return read_answer(draft, field, value, value if field.type.name in _PICKED else None)
    return field.type.check(value, field.options, draft.language)


def _identify(draft: Draft, identity: Identity) -> bool:
    """Take a signed identity; False when the conversation is somebody else's."""
    if draft.identity not in ("", identity.subject):
        _refuse(draft, "identity", "other_person", "this conversation is somebody else's; reset the chat first")
        return False
    proven = [(SIGNED, identity.subject), (BROWSER, draft.before.person)]
    claims = [(SIGNED, identity.subject)]
    for kind, text, verified in (
        ("email", identity.email, identity.email_verified),
        ("phone", identity.phone, False),
        ("name", identity.name, False),
    ):
        if text:
            value = _detail(draft, kind, text)
            if value is not None and kind != "name":
                claims.append((kind, value))
                proven += [(kind, value)] if verified else []
    if not draft.identity:
        draft.identity = identity.subject
        draft.claims = tuple(claims)
        draft.note(FactKind.SIGNED_IN)
    draft.proven = tuple(proven)
    return True


def _detail(draft: Draft, kind: str, text: str) -> str | None:
    """What the token says of a person goes into the field of that kind, where the script has one."""
    field = next((one for one in draft.script.fields.values() if one.type.name == kind), None)
    if field is None:
        question = QUESTION_TYPES[kind]
        outcome = question.read(text, question.options(), reading_of(draft))
    else:
        outcome = read_answer(draft, field, text)
    if isinstance(outcome, Rejected):
        _refuse(draft, kind, outcome.code, outcome.reason)
        return None
    if field is not None:
        _fill(draft, field, outcome)
    return str(outcome.value)


def _recognise(draft: Draft, known: Mapping[str, Value], profile: Profile) -> None:
    """What is known of the person from elsewhere counts here, too; what was said here goes before it."""
    draft.answers = {**known, **draft.answers}
    draft.magnets = tuple(dict.fromkeys((*profile.magnets, *draft.magnets)))
    draft.stale_score = True


def _is_door(draft: Draft, name: str) -> bool:
    if name in draft.script.doors and name in draft.script.steps:
        return True
    cure = did_you_mean(name, draft.script.doors) or '; name it under "doors:" in the script'
    _refuse(draft, name, "no_door", f"the script cannot begin there{cure}")
    return False


def _refuse(draft: Draft, name: str, code: str, why: str) -> None:
    """Let the page know what was not taken."""
    shown = name if len(name) <= _SHOWN_MOST else f"{name[:_SHOWN_MOST]}…"
    draft.effects.append(Whisper(text=f'"{shown}" was not taken: {why}', code=code, about=shown))
