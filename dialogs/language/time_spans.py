"""Lengths of time as values: years to seconds, written and read as ISO 8601, compared by their size.

1. The unit a person used is kept: 90 minutes are ``PT90M``, two weeks ``P2W``, a year and a half ``P1Y6M``.
2. A part of a unit becomes the next smaller one: half a year six months, half a month 15 days, half a day 12 hours.
3. Weeks beside other units become days, as the standard wants.
"""

import re
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.written_numbers import Exact, rounded

_ISO = re.compile(
    r"P(?=[\dT])(?:(\d{1,9}(?:\.\d{1,9})?)Y)?(?:(\d{1,9}(?:\.\d{1,9})?)M)?(?:(\d{1,9}(?:\.\d{1,9})?)W)?"
    r"(?:(\d{1,9}(?:\.\d{1,9})?)D)?"
    r"(?:T(?=\d)(?:(\d{1,9}(?:\.\d{1,9})?)H)?(?:(\d{1,9}(?:\.\d{1,9})?)M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.IGNORECASE | re.ASCII,
)
_DAY = 86_400
_SECONDS: tuple[Exact, ...] = (
    Fraction(146_097, 400) * _DAY,
    Fraction(146_097, 4800) * _DAY,
    7 * _DAY,
    _DAY,
    3600,
    60,
    1,
)
_SMALLER = ((1, 12), (3, 30), (3, 7), (4, 24), (5, 60), (6, 60))
"""For each unit but seconds: the smaller unit its parts are given in, and how many of those it has."""


class TimeSpan(NamedTuple):
    """A length of time."""

    years: Exact = 0
    months: Exact = 0
    weeks: Exact = 0
    days: Exact = 0
    hours: Exact = 0
    minutes: Exact = 0
    seconds: Exact = 0

    def plus(self, other: "TimeSpan") -> "TimeSpan":
        """Both, one after the other."""
        return TimeSpan(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def times(self, count: Exact) -> "TimeSpan":
        """``count`` of it."""
        return TimeSpan(*(amount * count for amount in self))

    @property
    def size(self) -> Exact:
        """About how many seconds it lasts: a year has 365.25 days, a month a twelfth of it."""
        seconds = Fraction(0)
        for amount, length in zip(self, _SECONDS, strict=True):
            seconds += amount * length
        return seconds

    @property
    def whole(self) -> "TimeSpan":
        """The same in whole units (seconds may have decimals), by the rules of this room."""
        amounts = list(self)
        for at, (smaller, count) in enumerate(_SMALLER):
            part = amounts[at] - int(amounts[at])
            amounts[at] = int(amounts[at])
            amounts[smaller] += part * count
        amounts[6] = Fraction(round(amounts[6] * 1000), 1000)
        if amounts[2] and any(amounts[:2] + amounts[3:]):
            amounts[2], amounts[3] = 0, amounts[3] + 7 * amounts[2]
        return TimeSpan(*amounts)

    @property
    def iso(self) -> str:
        """ISO 8601: ``P1Y6M``, ``PT90M``; nothing at all is ``PT0S``."""
        years, months, weeks, days, *clock = (_decimal(amount) for amount in self.whole)
        parts = zip((years, months, weeks, days), "YMWD", strict=True)
        date = "".join(amount + letter for amount, letter in parts if amount != "0")
        time = "".join(amount + letter for amount, letter in zip(clock, "HMS", strict=True) if amount != "0")
        return f"P{date}{'T' + time if time else ''}" if date or time else "PT0S"


def _decimal(amount: Exact) -> str:
    return format(rounded(Fraction(amount)), "f").rstrip("0").rstrip(".") if amount % 1 else str(int(amount))


def read_iso(text: str) -> TimeSpan | None:
    """The length of time that ``text`` is in ISO 8601, or None."""
    match = _ISO.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    return TimeSpan(*(_exact(amount) for amount in match.groups()))


def _exact(amount: str | None) -> Exact:
    value = Fraction(amount or 0)
    return value.numerator if value.denominator == 1 else value
