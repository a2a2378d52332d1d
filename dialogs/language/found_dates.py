"""What readers of dates give, from where they look, and how a day, a month and a year become a date."""

import calendar
from datetime import date
from typing import NamedTuple


class FoundDate(NamedTuple):
    """A date in a text; without a day where none such exists."""

    day: date | None
    other: date | None = None
    """What it may be as well."""
    impossible: tuple[int, int] | None = None
    """Year and month that have no such day; month 0 where there is no such month."""
    approximate: bool = False
    """Whether a longer time was named, of which ``day`` is one end."""


class Calendar(NamedTuple):
    """From where a date is looked at."""

    today: date
    language: str
    region: str | None = None
    past: bool = False
    """Whether dates without a year lie behind."""


def day_of(year: int, month: int, day: int) -> FoundDate:
    """The date, or why there is none."""
    if not 1 <= month <= 12:
        return FoundDate(None, impossible=(year, 0))
    if not 1 <= day <= calendar.monthrange(max(1, min(year, 9998)), month)[1] or not 1 <= year <= 9998:
        return FoundDate(None, impossible=(year, month))
    return FoundDate(date(year, month, day))


def without_year(month: int, day: int, seen_from: Calendar) -> FoundDate:
    """The next (or, looking back, the last) such day; 29 February waits for a leap year."""
    step = -1 if seen_from.past else 1
    for year in range(seen_from.today.year, seen_from.today.year + 9 * step, step):
        found = day_of(year, month, day)
        if found.day is not None and (found.day - seen_from.today).days * step >= 0:
            return found
    return day_of(seen_from.today.year, month, day)


def full_year(digits: str, seen_from: Calendar) -> int:
    """The year that two or four digits say."""
    year = int(digits)
    if len(digits) > 2:
        return year
    year += 2000
    return year - 100 if year > seen_from.today.year + (0 if seen_from.past else 60) else year
