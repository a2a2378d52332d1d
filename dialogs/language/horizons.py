"""How far away something is that was said without a count: "ASAP", "next quarter", "by the end of the year", "in May".

1. "At once" is no time at all. 2. "Next month" is one month, "next quarter" three: the visitor counts in those.
3. "This month", "end of the year", and any date are the days from today until then.
"""

import re
from datetime import date

from dialogs.language.calendar_words import COMING, MONTH, NEXT, QUARTER, THIS, WEEK, YEAR, parted_ends
from dialogs.language.dates import find_dates
from dialogs.language.day_arithmetic import period_around
from dialogs.language.found_dates import Calendar
from dialogs.language.time_spans import TimeSpan
from dialogs.language.time_units import AT_ONCE, DENIED

_NEXT_PERIOD = re.compile(
    rf"\b{NEXT} (?P<period>{WEEK}|{MONTH}|{QUARTER}|{YEAR})\b|\b(?P<before>{WEEK}|{MONTH}|{QUARTER}|{YEAR}) {COMING}\b"
)
_THIS_PERIOD = re.compile(rf"\b{THIS} (?:current )?({WEEK}|{MONTH}|{QUARTER}|{YEAR})\b")
_WITHIN_PERIOD = re.compile(
    rf"\b(?:end|ende|fin|finales|rest|later|within|before|by) (?:of |de |del |du |of the |the )*(?:{THIS} )?"
    rf"({WEEK}|{MONTH}|{QUARTER}|{YEAR})\b"
)
_PERIODS = (
    (re.compile(WEEK), TimeSpan(weeks=1)),
    (re.compile(MONTH), TimeSpan(months=1)),
    (re.compile(QUARTER), TimeSpan(months=3)),
    (re.compile(YEAR), TimeSpan(years=1)),
)


def read_horizon(text: str, today: date, language: str, region: str | None = None) -> TimeSpan | None:
    """The time from ``today`` to what ``text`` (from ``plain_digits``) speaks of; None where it says no such thing."""
    text = parted_ends(text)
    following = _NEXT_PERIOD.search(text)
    if following is not None and not _THIS_PERIOD.search(text) and not re.search(r"\b(?:end|ende|fin)\b", text):
        return _length(following["period"] or following["before"])
    current = _THIS_PERIOD.search(text) or (None if following else _WITHIN_PERIOD.search(text))
    if current is not None:
        return TimeSpan(days=(period_around(today, current[1], 0)[1] - today).days)
    at_once = AT_ONCE.search(text)
    if at_once is not None:
        return None if DENIED.search(text) else TimeSpan()
    days = {found.day for found in find_dates(text, Calendar(today, language, region)) if found.other is None}
    day = days.pop() if len(days) == 1 else None
    return TimeSpan(days=(day - today).days) if day is not None and day >= today else None


def _length(period: str) -> TimeSpan:
    return next(span for pattern, span in _PERIODS if pattern.fullmatch(period))
