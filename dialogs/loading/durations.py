"""Durations as authors write them: ``30 seconds``, ``2 weeks``, ``1 hour and 30 minutes``."""

from dialogs.expressions.amounts import days_in_words

LONGEST_SECONDS = 10 * 366 * 86_400.0
"""Longer durations are refused: ten years."""
DURATION_FORMS = '"30 seconds", "10 minutes", "2 hours", "3 days", "2 weeks" or "1 month"'
"""For errors."""

_SECONDS_A_DAY = 86_400


def seconds_in_words(text: str) -> float | None:
    """The seconds of a duration in words; None for what is none, is nothing, or is longer than ten years."""
    days = days_in_words(text) if len(text) <= 80 else None
    if days is None:
        return None
    seconds = round(days * _SECONDS_A_DAY, 3)
    return seconds if 0 < seconds <= LONGEST_SECONDS else None
