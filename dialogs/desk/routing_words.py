"""The words in which people are told why a lead went where it went."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from dialogs.desk.people import Availability

MOST_LINES = 20
"""Lines of one sort in a trace; it is stored with each lead."""

BUSY_SAYINGS: Mapping[Availability, str] = {Availability.BUSY: "busy", Availability.AWAY: "away"}
"""What is said of somebody who takes no leads."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def moment(at: datetime, zone: ZoneInfo) -> str:
    """``Monday 28 September 09:00 in Europe/Berlin``."""
    here = at.astimezone(zone)
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here:%H:%M} in {zone.key}"


def counted(number: int, word: str) -> str:
    """``1 lead``, ``5 leads``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join((", ".join(words[:-1]), words[-1]) if len(words) > 1 else words)


def shortened(lines: Iterable[str], rest: str) -> list[str]:
    """The lines; of many the first, and how many more there are: ``12 more are not free.``"""
    left = iter(lines)
    shown = list(islice(left, MOST_LINES))
    more = sum(1 for _ in left)
    return [*shown, f"{more} {rest}."] if more else shown
