"""Dates and durations as numbers of days, so that they compare like numbers."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

DAYS = {
    "second": 1 / 86_400,
    "minute": 1 / 1_440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.4375,
    "quarter": 91.3125,
    "year": 365.25,
}
"""How long a unit is for comparing: a month is a twelfth of a year of 365.25 days."""

_LONGEST = 60
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])", re.ASCII)
_NUMBER = r"(\d{1,9}(?:[.,]\d{1,9})?)"
_ISO = re.compile(
    rf"P(?=.)(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.ASCII,
)
_ISO_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_WORDS = re.compile(rf"(?:{_NUMBER}|an?)\s*(second|minute|hour|day|week|month|quarter|year)s?", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:,|and)?\s*", re.ASCII)


def day_number(value: Any) -> int | None:
    """The day of an ISO date, or of the date in an ISO date and time, counted from 1 January of year 1."""
    return _day_number(value) if value.__class__ is str and len(value) <= _LONGEST else None


def days_of(value: Any) -> float | None:
    """The days of an ISO 8601 duration such as ``P3M``."""
    return _days_of(value) if value.__class__ is str and len(value) <= _LONGEST else None


def days_in_words(text: str) -> float | None:
    """The days of a duration as authors write it: ``3 months``, ``1 year and 6 months``, ``P3M``."""
    wanted = text.strip().lower()
    if wanted.startswith("p"):
        return days_of(text.strip().upper())
    days, offset = 0.0, 0
    while offset < len(wanted):
        match = _WORDS.match(wanted, offset)
        if match is None:
            return None
        days += _number(match[1] or "1") * DAYS[match[2]]
        between = _BETWEEN.match(wanted, match.end())
        offset = between.end() if between and between.end() < len(wanted) else match.end()
    return days if wanted else None


@lru_cache(maxsize=4096)
def _day_number(text: str) -> int | None:
    match = _DATE.match(text)
    try:
        return date.fromisoformat(match.group()).toordinal() if match else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _days_of(text: str) -> float | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    return sum(_number(amount) * DAYS[unit] for amount, unit in zip(match.groups(), _ISO_UNITS, strict=True) if amount)


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))
