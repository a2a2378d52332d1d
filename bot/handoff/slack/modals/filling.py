"""Windows in which a colleague writes a note, or answers a question for the visitor."""

from collections.abc import Sequence
from datetime import date

from bot.desk.contract import DeskView, Question
from bot.handoff.slack.modals.base import Mistakes, Place, Window, text_of
from bot.slack.kit import Block, ask, context, modal, option, picker, select, typed
from bot.slack.listening import SlackView
from bot.slack.mrkdwn import short
from bot.slack.rich import labelled, paragraph, rich
from dialogs.desk.acts import Fill, Note

NOTE, FIELD, ANSWER = "note", "field", "answer"
_NOTE_MOST = 2000
_YES_NO = (("yes", "Yes"), ("no", "No"))
_PERSONAL = frozenset({"consent", "file"})
"""Types that nobody may answer for somebody else."""
_HINTS = {
    "money": "An amount and its currency, such as 12000 EUR.",
    "duration": "Such as: 3 months.",
    "datetime": "Day and time, such as 2027-03-04 15:00.",
    "phone": "With the country's code, such as +49 30 1234567.",
    "choices": "Choose all that hold.",
}


def note_modal(view: DeskView, place: Place) -> Block:
    """Write down something for ourselves."""
    words = typed("note", lines=True, most=_NOTE_MOST)
    blocks = [
        ask(NOTE, "Note", words),
        context("The visitor never sees it. It stands in the thread and in the lead's history."),
    ]
    return modal(Window.NOTE, "Note", blocks, private=place.dump(), submit="Write it down")


def read_note(window: SlackView) -> Note | Mistakes:
    """The note; blanks are none."""
    text = text_of(window, NOTE)
    return Note(text=text) if text else Mistakes({NOTE: "Write something."})


def fill_modal(view: DeskView, place: Place, questions: Sequence[Question], chosen: str | None = None) -> Block:
    """Choose a question, then answer it in a field that fits its type."""
    asked = [one for one in questions if one.type not in _PERSONAL and len(one.field) <= 150]
    if not asked:
        nothing = context("This script asks nothing that could be filled in.")
        return modal(Window.FILL, "Set a field", [nothing], private=place.dump(), close="Close")
    options = [option(one.label, one.field, _shown(one)) for one in asked]
    menu = select("field", options, placeholder="Choose a question", chosen=chosen)
    blocks = [ask(FIELD, "Question", menu, reports=True)]
    question = next((one for one in asked if one.field == chosen), None)
    if question is not None:
        if question.shown:
            blocks.append(rich([paragraph(labelled([("Answered so far", question.shown)], each=300))]))
        blocks.append(_answer(question))
        blocks.append(context("It is read like an answer of the visitor's; left empty, it forgets the answer."))
    return modal(Window.FILL, "Set a field", blocks, private=place.dump(), submit="Set it")


def answer_block(field: str) -> str:
    """The block of the answer to a question; another question has another, so that nothing is carried over."""
    return f"{ANSWER}:{field}"


def read_fill(window: SlackView, questions: Sequence[Question]) -> Fill | Mistakes:
    """The answer as a visitor would have typed it."""
    field = text_of(window, FIELD)
    question = next((one for one in questions if one.field == field), None)
    block = answer_block(field)
    if question is None or block not in window.values:
        return Mistakes({FIELD: "Choose the question first; a field for its answer then appears."})
    value = window.value(block)
    labels = dict(question.options) if question.type in ("choice", "choices") else dict(_YES_NO)
    if isinstance(value, tuple):
        return Fill(field=field, text=", ".join(labels.get(one, one) for one in value))
    text = (value or "").strip()
    return Fill(field=field, text=labels.get(text, text) if question.type in ("choice", "yes_no") else text)


def _shown(question: Question) -> str:
    return short(question.shown, 70) if question.shown else "not answered"


def _answer(question: Question) -> Block:
    """A field that fits the type; every one may be left empty."""
    label, hint = question.label, _HINTS.get(question.type, "")
    return ask(answer_block(question.field), label, _element(question), optional=True, hint=hint)


def _element(question: Question) -> Block:
    options = [option(label, key) for key, label in question.options if len(key) <= 150]
    match question.type:
        case "choice" if options:
            return select("answer", options, placeholder="Choose")
        case "choices" if options:
            return select("answer", options, placeholder="Choose", several=True)
        case "yes_no":
            return select("answer", [option(label, key) for key, label in _YES_NO], placeholder="Choose")
        case "date":
            return picker("datepicker", "answer", **_initial_date(question.shown))
        case "time":
            return picker("timepicker", "answer")
        case "number" | "rating":
            return typed("answer", kind="number_input")
        case "email":
            return typed("answer", kind="email_text_input", placeholder="ada@example.com")
        case "text":
            return typed("answer", lines=True, most=3000)
        case _:
            return typed("answer", most=300)


def _initial_date(shown: str) -> dict[str, str]:
    try:
        return {"initial_date": date.fromisoformat(shown).isoformat()}
    except ValueError:
        return {}
