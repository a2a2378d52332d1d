"""What a visitor tells before being asked: an e-mail address or a phone number goes into the field that waits for it.

"Sam, sam@acme.io" to the question for a name answers two questions; neither answer may be lost.
"""

import re

from dialogs.answers_read import read_answer
from dialogs.draft import Draft
from dialogs.facts import FactKind
from dialogs.questions.base import Accepted
from dialogs.script import Field
from dialogs.wishes import read_correction

_ADDRESS = re.compile(r"[^\s<>(),;:\"']+@[^\s<>(),;:\"']+\.[^\s<>(),;:\"']*[^\s<>(),;:\"'.!?]")
_NUMBER = re.compile(r"(?<![\w@])\+?\d[\d ()/.-]{5,}\d(?![\w@])")
_LEAD_IN = re.compile(
    r"(?:^|[\s,;.])(?:and |und |y |et )?(?:(?:my |our )?(?:e-?mail|mail|phone|number|address)(?: address| number)?(?: is|'s|:)?"
    r"|(?:meine?|unsere?) (?:e-?mail|mail|telefonnummer|nummer|adresse)(?:-?adresse)?(?: ist| lautet|:)?"
    r"|(?:send|mail) (?:it |that )?to|it'?s|at|an|to)?[\s,:;]*$",
    re.IGNORECASE,
)


def take_volunteered(draft: Draft, asked: Field | None, text: str) -> tuple[str, list[str]]:
    """Take contact details out of a message into the fields that wait for them.

    ``asked`` is the field of the open question, whose own answer is left alone. Returns what is left of the message,
    and the details as people read them.
    """
    noted: list[str] = []
    if "@" in text and (asked is None or asked.type.name != "email"):
        text = _take(draft, "email", _ADDRESS, text, noted)
    return text, noted


def take_volunteered_number(draft: Draft, asked: Field | None, text: str) -> list[str]:
    """The same for a phone number: only where nothing else could be made of the message."""
    noted: list[str] = []
    if asked is None or asked.type.name != "phone":
        _take(draft, "phone", _NUMBER, text, noted)
    return noted


def _take(draft: Draft, kind: str, pattern: re.Pattern[str], text: str, noted: list[str]) -> str:
    match = pattern.search(text[:1000])
    if match is None:
        return text
    alike = [one for one in draft.script.fields.values() if one.type.name == kind]
    waiting = [one for one in alike if not draft.answers.get(one.name)]
    if not waiting and len(alike) == 1 and read_correction(text) is not None:
        waiting = alike  # "Oops, ada@example.org": told before it was asked, and now told right.
    if not waiting:
        return text
    field = waiting[0]
    outcome = read_answer(draft, field, match[0])
    if not isinstance(outcome, Accepted) or outcome.doubt is not None:
        return text
    changed = draft.answers.get(field.name) not in (None, outcome.value)
    draft.answer(field.name, outcome.value, outcome.remarks)
    draft.note(FactKind.CORRECTED if changed else FactKind.ANSWERED, field.name)
    noted.append(field.type.show(outcome.value, field.options, draft.language))
    before, after = text[: match.start()], text[match.end() :]
    return f"{_LEAD_IN.sub('', before)} {after}".strip(" ,.;:!-")
