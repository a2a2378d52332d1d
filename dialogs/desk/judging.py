"""What people say about a lead: what it is, what they note, what they answer for the visitor."""

import re
from decimal import Decimal, InvalidOperation

from dialogs.answering import open_step
from dialogs.answers_read import read_answer
from dialogs.desk.acts import Fill, Judge, Note, Verdict
from dialogs.desk.keeping import NOTHING_WRITTEN, change, desk_of, enter, is_theirs, take, whisper
from dialogs.desk.people import Rep
from dialogs.desk.standing import Phase
from dialogs.desk.talking import FILLED, end_talk, leave_chat
from dialogs.draft import Draft, label_of
from dialogs.facts import FactKind
from dialogs.outcomes import BY_PEOPLE
from dialogs.questions.base import Rejected
from dialogs.scoring import rescore
from dialogs.script import AskStep, Field
from dialogs.spelling import did_you_mean
from dialogs.stages import Stage
from dialogs.state import Status
from dialogs.values import Value

_CURRENCY = re.compile(r"[A-Z]{3}")
_LONGEST_AMOUNT = 20
_STAGES = {
    Verdict.ACCEPTED: Stage.SALES_ACCEPTED,
    Verdict.SALES_QUALIFIED: Stage.SALES_QUALIFIED,
    Verdict.NOT_A_FIT: Stage.DISQUALIFIED,
    Verdict.WON: Stage.CUSTOMER,
}


def judge(draft: Draft, rep: Rep, act: Judge) -> None:
    """Say what the lead is. Whoever wants to work one that nobody has takes it with that."""
    verdict, desk = act.verdict, desk_of(draft)
    amount, currency = _trimmed(act.amount), (_trimmed(act.currency) or "").upper() or None
    if amount is not None and not _is_amount(amount):
        whisper(draft, f"“{amount[:40]}” is no amount; write it as a plain number, such as 1200.50.")
        return
    if currency is not None and not _CURRENCY.fullmatch(currency):
        whisper(draft, f"“{currency[:40]}” is no currency; write it as three letters, such as EUR.")
        return
    if desk.rep is None and not verdict.closes:
        take(draft, rep)
        enter(draft, "claimed", rep.name)
    change(draft, verdict=verdict, verdict_reason=act.reason, amount=amount, currency=currency)
    worth = " ".join(filter(None, (amount, currency)))
    enter(draft, "verdict", rep.name, ", ".join(filter(None, (verdict.value, worth, act.reason))))
    draft.note(FactKind.VERDICT, verdict.value)
    _restage(draft, act)
    if verdict.closes:
        _close(draft, rep)
    elif desk_of(draft).phase is Phase.CLAIMED and is_theirs(desk_of(draft), rep):
        change(draft, until=None)  # They work on it, be it outside of the chat.


def _restage(draft: Draft, act: Judge) -> None:
    """What people say stands over points. A customer stays one, whatever else is said but that they are no fit."""
    stage = _STAGES.get(act.verdict)
    if stage is None or (draft.stage is Stage.CUSTOMER and stage is not Stage.DISQUALIFIED):
        return
    if stage is Stage.DISQUALIFIED:
        draft.disqualified, draft.disqualified_by = act.reason or act.verdict.value, BY_PEOPLE
        draft.note(FactKind.DISQUALIFIED, act.verdict.value)  # Facts outlive the person: none of their own words.
    if draft.stage is not stage:
        draft.stage = stage
        draft.note(FactKind.STAGE, stage.value)


def _close(draft: Draft, rep: Rep) -> None:
    """The handoff is over; a talk is ended first, silently where the script has nothing more to say."""
    desk = desk_of(draft)
    if desk.phase is Phase.TALKING:
        if desk.paused == Status.ENDED:
            end_talk(draft, None)
        else:
            leave_chat(draft, desk.rep or rep)
    change(draft, phase=Phase.CLOSED, offered_to=None, snoozed_until=None, until=None)
    enter(draft, "closed", rep.name)


def write_note(draft: Draft, rep: Rep, act: Note) -> None:
    """Write something down; also about a lead that is closed."""
    if act.text.strip():
        enter(draft, "note", rep.name, act.text)
    else:
        whisper(draft, NOTHING_WRITTEN)


def fill(draft: Draft, rep: Rep, act: Fill) -> None:
    """Answer a question for the visitor. The bot says nothing to it: the visitor did not speak."""
    field = draft.script.fields.get(act.field)
    if field is None:
        cure = did_you_mean(act.field, tuple(draft.script.fields))
        whisper(draft, f"There is no field “{act.field[:60]}” in the script{cure or '.'}")
        return
    label = label_of(field, draft.script.language)
    if not act.text.strip():
        _forget(draft, rep, field, label)
        return
    outcome = read_answer(draft, field, act.text)
    if isinstance(outcome, Rejected):
        whisper(draft, f"{label}: {outcome.reason}")
        return
    if outcome.doubt is not None:
        whisper(draft, f"{label}: {outcome.doubt}")
    if draft.answers.get(field.name) == outcome.value:
        whisper(draft, f"{label}: that is known already.")
    else:
        draft.corrected = draft.corrected or draft.answers.get(field.name) is not None
        draft.answer(field.name, outcome.value, outcome.remarks)
        draft.note(FactKind.FILLED, field.name)
        enter(draft, "filled", rep.name, f"{label}: {_shown(draft, field, outcome.value)}")
        rescore(draft)
    _note_filled(draft, field, FILLED)


def _forget(draft: Draft, rep: Rep, field: Field, label: str) -> None:
    if draft.answers.get(field.name) is None:
        whisper(draft, f"{label}: there is no answer to forget.")
        return
    draft.corrected = True
    draft.forget((field.name,))
    draft.note(FactKind.FILLED, field.name)
    enter(draft, "filled", rep.name, f"{label}: –")
    rescore(draft)
    _note_filled(draft, field, Status.ASKING.value)


def _note_filled(draft: Draft, field: Field, paused: str) -> None:
    """Remember whether the question that the bot will go on with is answered by now."""
    desk, step = desk_of(draft), open_step(draft)
    if isinstance(step, AskStep) and step.field == field.name and desk.paused in (Status.ASKING, FILLED):
        change(draft, paused=paused)


def _shown(draft: Draft, field: Field, value: Value) -> str:
    return field.type.show(value, field.options, draft.script.language)


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip() or None


def _is_amount(text: str) -> bool:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return False
    return len(text) <= _LONGEST_AMOUNT and amount.is_finite() and 0 <= amount < 10**15
