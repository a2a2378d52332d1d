"""What visitors say on the side: the script's FAQ, and what it changes about the things they can always say."""

import re

from dialogs.language.folding import fold
from dialogs.loading.context import Context
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.script import Faq, Pattern
from dialogs.spelling import did_you_mean
from dialogs.wishes import PATTERNS

_LONGEST_KEY = 48


def read_faq(root: Cursor, context: Context) -> tuple[Faq, ...]:
    """Questions that visitors ask, with their answers."""
    entries: list[Faq] = []
    taken: set[str] = set()
    for item in root.items("faq"):
        cursor = cursor_of(item, context.report, 'an entry of "faq"')
        if cursor is None:
            continue
        questions = cursor.texts("ask") if cursor.need("ask", "[Is there a free plan?]") else ()
        answer = context.needed_text(cursor, "say", "Yes, for teams of up to three.")
        go = context.target(cursor, "go")
        cursor.finish()
        key = _key(questions, taken)
        entries.append(Faq(key=key, questions=questions, answer=answer, go=go, place=cursor.place))
    return tuple(entries)


def _key(questions: tuple[str, ...], taken: set[str]) -> str:
    """A name for reports, made from the first question."""
    base = re.sub(r"\W+", "_", fold(questions[0] if questions else "")).strip("_")[:_LONGEST_KEY].strip("_") or "faq"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    taken.add(key)
    return key


def read_patterns(root: Cursor, context: Context) -> dict[str, Pattern]:
    """What the script changes about back, stop, a person and the others."""
    patterns: dict[str, Pattern] = {}
    section = root.cursor("patterns", '"patterns"')
    for key, place, value in section.entries() if section else ():
        if key not in PATTERNS:
            cure = did_you_mean(key, PATTERNS) or f"; there are {', '.join(PATTERNS)}"
            context.report.error(place, f'unknown pattern "{shortened(key)}"{cure}')
            continue
        cursor = cursor_of(value, context.report, f'the pattern "{key}"')
        if cursor is None:
            continue
        patterns[key] = Pattern(
            key=key,
            phrases=cursor.texts("phrases"),
            say=context.text(cursor, "say"),
            go=context.target(cursor, "go"),
            off=cursor.flag("off"),
            place=place,
        )
        cursor.finish()
    return patterns
