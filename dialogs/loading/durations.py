"""Durations as authors write them: ``30 seconds``, ``2 weeks``, ``1 hour and 30 minutes``."""

import re

from dialogs.expressions.amounts import days_in_words

LONGEST_SECONDS = 10 * 366 * 86_400.0
"""Longer durations are refused: ten years."""
DURATION_FORMS = '"30 seconds", "10 minutes", "2 hours", "3 days", "2 weeks" or "1 month"'
"""For errors."""

_SECONDS_A_DAY = 86_400
_SHORT = re.compile(r"(\d+(?:\.\d+)?) ?([a-z]*)\.?", re.ASCII)
_UNITS = {
    "second": ("", "s", "sec", "secs", "sek"), "minute": ("min", "mins"), "hour": ("h", "hr", "hrs", "std"),
    "day": ("d",), "week": ("w", "wk"), "month": ("mo",),
}  # fmt: skip
_BY_SHORT_NAME = {short: unit for unit, names in _UNITS.items() for short in names}


def no_duration(text: str) -> str:
    """How a text that is no duration should have been written, to end an error with."""
    match = _SHORT.fullmatch(text.strip().lower())
    unit = _BY_SHORT_NAME.get(match[2]) if match else None
    if match is None or unit is None:
        return f"; write {DURATION_FORMS}"
    written = f"{match[1]} {unit}{'' if match[1] == '1' else 's'}"
    return f', did you mean "{written}"?' if match[2] else f'; write its unit, such as "{written}"'


def seconds_in_words(text: str) -> float | None:
    """The seconds of a duration in words; None for what is none, is nothing, or is longer than ten years."""
    days = days_in_words(text) if len(text) <= 80 else None
    if days is None:
        return None
    seconds = round(days * _SECONDS_A_DAY, 3)
    return seconds if 0 < seconds <= LONGEST_SECONDS else None
