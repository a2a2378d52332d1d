"""Whether people are at work, and when they will be next: right in every time zone, on every day of the year.

Hours speak of the clock on the wall. It is open at a moment when the clock on the wall, in the schedule's time zone,
shows a time within them. Everything odd follows from that:

1. A span holds its first minute and not its last: with 09:00 to 17:00 it is open at 09:00 and closed at 17:00.
2. A span may go over midnight (22:00 to 06:00). It belongs to the day on which it begins.
3. On a holiday no span begins, and one that began the evening before ends at midnight.
4. When clocks are put forward, times that are skipped never come: with 02:00 to 03:00 it stays closed on that day, and
   with 02:30 to 04:00 it opens when the clocks jump to 03:00.
5. When clocks are put back, times that come twice count twice: with 02:00 to 03:00 it is open for two hours, and with
   01:00 to 02:30 it closes at 02:30, opens again when the clocks go back to 02:00, and closes at 02:30 once more.
6. A day that a time zone leaves out altogether (30 December 2011 in Samoa) has no hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
FARTHEST = timedelta(days=800)
"""How far ahead an opening is looked for: more than two years."""

_DAY = timedelta(days=1)
_STEP = timedelta(hours=12)
"""No time zone changes its clocks twice within it."""
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Part of a day, in minutes of the wall clock from its midnight."""

    start: int
    """0 to 1439."""
    end: int
    """After ``start``, by 24 hours at most; above 1440 where the span goes over midnight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours of a week."""

    days: tuple[tuple[Span, ...], ...]
    """Of seven days, Monday first, each day's in order. No two overlap."""


ALWAYS = Hours(days=((Span(start=0, end=MINUTES_A_DAY),),) * 7)
"""Every minute of every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days of the calendar."""

    spans: tuple[tuple[date, date], ...] = ()
    """First and last day of each."""
    yearly: frozenset[tuple[int, int]] = frozenset()
    """Month and day, of every year."""

    def __contains__(self, day: date) -> bool:
        return (day.month, day.day) in self.yearly or any(first <= day <= last for first, last in self.spans)

    @property
    def last(self) -> date | None:
        """The last of them; None where they come again every year."""
        return None if self.yearly or not self.spans else max(last for _, last in self.spans)

    def __or__(self, other: "Days") -> "Days":
        return Days(spans=self.spans + other.spans, yearly=self.yearly | other.yearly)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When somebody works."""

    hours: Hours = ALWAYS
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """Whose clock the hours and holidays go by."""
    holidays: Days = Days()
    """Days on which nobody works."""
    only: Days | None = None
    """The only days on which spans begin; None for every day."""


def is_open(schedule: Schedule, at: datetime) -> bool:
    """Whether somebody works at this moment, which must have a time zone (any)."""
    here = _aware(at).astimezone(schedule.zone).replace(tzinfo=None, fold=0)
    return any(start <= here < end for start, end in _spans_around(schedule, here, here))


def opens_at(schedule: Schedule, at: datetime) -> datetime | None:
    """The first moment from ``at`` on at which somebody works, in UTC: ``at`` itself when somebody does.

    None when that is never, or not within ``FARTHEST``. ``at`` must have a time zone (any).
    """
    now = _aware(at).astimezone(UTC)
    for start, end in _steady(schedule.zone, now, now + FARTHEST):
        offset = _offset(schedule.zone, start)
        first, last = ((one + offset).replace(tzinfo=None) for one in (start, end))
        for opening, closing in _spans_around(schedule, first, last):
            begins = max(opening, first)
            if begins < min(closing, last):
                return begins.replace(tzinfo=UTC) - offset
    return None


def moment_of(zone: ZoneInfo, wall: datetime) -> datetime:
    """The moment, in UTC, at which the clock on the wall first shows ``wall`` (without time zone) or a later time of
    a skipped hour: 02:30 is the moment of the jump where the clocks go from 02:00 to 03:00."""
    early, late = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    return _change_between(zone, early, late)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without time zone")
    return at


def _spans_around(schedule: Schedule, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Begin and end, on the clock on the wall, of all that may hold a time from ``first`` to ``last``, in order."""
    day, holidays = first.date() - _DAY, schedule.holidays
    while day <= last.date():
        if day not in holidays and (schedule.only is None or day in schedule.only):
            midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # The wall's own.
            for span in schedule.hours.days[day.weekday()]:
                end = min(span.end, MINUTES_A_DAY) if day + _DAY in holidays else span.end
                yield midnight + timedelta(minutes=span.start), midnight + timedelta(minutes=end)
        day += _DAY


def _steady(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Pieces of time, in order, within each of which the clocks run without a jump."""
    while start < end:
        stop = min(start + _STEP, end)
        if _offset(zone, start) != _offset(zone, stop):
            change = _change_between(zone, start, stop)
            yield start, change
            start = change
        yield start, stop
        start = stop


def _change_between(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """The moment between two of different offset at which the clocks jump: a whole second."""
    before = _offset(zone, start)
    # The first whole second at or before ``start`` has its offset, too, as jumps happen on whole seconds.
    low, high = start.replace(microsecond=0), end.replace(microsecond=0)
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
