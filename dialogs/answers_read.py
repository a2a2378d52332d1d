"""Handing a message to the question type that reads it, with the circumstances it may know."""

from zoneinfo import ZoneInfo

from dialogs import phrases
from dialogs.draft import Draft
from dialogs.questions.base import Accepted, Outcome, Reading, Rejected
from dialogs.script import Field
from dialogs.values import ANSWER_MAX_CHARACTERS, Value


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
