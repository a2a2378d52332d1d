"""Days some weeks behind another: "a week on Friday", "Friday week", "morgen in einer Woche", "vendredi en huit"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dialogs.language.calendar_words import DAY_OFFSETS, WEEKDAYS, either

_COUNTS = {
    **dict.fromkeys(("a", "one", "ein", "eine", "einer", "un", "una", "une"), 1),
    **dict.fromkeys(("two", "zwei", "dos", "deux"), 2),
    **dict.fromkeys(("three", "drei", "tres", "trois"), 3),
    **dict.fromkeys(("four", "vier", "cuatro", "quatre"), 4),
}
_COUNT = rf"(?:{either(_COUNTS)}|\d{{1,2}})"
_WEEKS = r"(?:weeks?|wochen?|semanas?|semaines?)"
_ANCHOR = rf"(?:{either(DAY_OFFSETS)}|{either(WEEKDAYS)})"
_BEFORE = re.compile(
    rf"\b(?P<count>{_COUNT}) {_WEEKS} (?:from |on |after |ab |am |a partir de(?:l)? |a partir du )?(?:the |next )?"
    rf"(?P<anchor>{_ANCHOR})\b"
)
_BEHIND = re.compile(rf"\b(?P<anchor>{_ANCHOR}) (?:in|en|dans) (?P<count>{_COUNT}) {_WEEKS}\b")
_BRITISH = re.compile(rf"\b(?P<anchor>{_ANCHOR}) week\b")
_IN_DAYS = re.compile(
    rf"\b(?P<anchor>{_ANCHOR}) (?:en|in) (?P<days>huit|quinze|ocho|quince|acht|vierzehn|8|14|15)"
    r"(?: jours| dias| tagen)?\b"
)
_LATER = {"huit": 1, "ocho": 1, "acht": 1, "8": 1}
_MOST_WEEKS = 60


def weeks_away(text: str, today: date, weekday_after: Callable[[int], date]) -> Iterator[date]:
    """The days that ``text`` counts in weeks from a day it names. ``weekday_after`` is the coming such weekday."""
    for pattern in (_BEFORE, _BEHIND, _BRITISH, _IN_DAYS):
        for match in pattern.finditer(text):
            said = match.groupdict()
            anchor = said["anchor"]
            day = today + timedelta(days=DAY_OFFSETS[anchor]) if anchor in DAY_OFFSETS else None
            day = day or weekday_after(WEEKDAYS[anchor])
            weeks = _LATER.get(said["days"], 2) if "days" in said else _number(said.get("count") or "a")
            if 0 < weeks <= _MOST_WEEKS:
                yield day + timedelta(weeks=weeks)


def _number(count: str) -> int:
    return _COUNTS[count] if count in _COUNTS else int(count)
