"""Hours, days and time zones as team files and teasers say them: ``{mon-fri: "09:00-17:30"}``, ``12-25``."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from dialogs.desk.hours import ALWAYS, MINUTES_A_DAY, Days, Hours, Schedule, Span
from dialogs.loading.cursor import Cursor, cursor_of, shortened, text_of
from dialogs.loading.nodes import Mapping, Node, Scalar
from dialogs.loading.problems import Report
from dialogs.loading.words import Word, entries_of, words_at
from dialogs.script import Place
from dialogs.spelling import did_you_mean

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As they are written."""
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""As they are read."""

_WEEK_MINUTES = 7 * MINUTES_A_DAY
_SEVERAL = {
    "weekdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6),
}
_CLOSED = ("closed", "off", "none")
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to|until)\s*{_CLOCK}", re.ASCII | re.IGNORECASE)
_YEARLY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EUROPEAN = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})?", re.ASCII)
_LONGEST_HOLIDAY = timedelta(days=366)
_LONG_NIGHT = 12 * 60
_LEAP_YEAR = 2028
_CALLED = {"holidays": "a holiday", "dates": 'an entry of "dates"'}
_EXAMPLE = '{mon-fri: "09:00-17:00"}'


def read_schedule(cursor: Cursor, report: Report, around: Schedule, *, own_holidays: bool = True) -> Schedule:
    """What ``time_zone``, ``hours`` and ``holidays`` say, and where they say nothing, what the team's own does.

    ``always`` is every hour of every day, the team's holidays included.
    """
    zone = read_zone(cursor) or around.zone
    holidays = read_days(cursor, report, "holidays") if own_holidays else Days()
    hours = read_hours(cursor, report)
    if hours is ALWAYS:
        return Schedule(hours=ALWAYS, zone=zone, holidays=holidays)
    return Schedule(hours=hours or around.hours, zone=zone, holidays=around.holidays | holidays)


def read_zone(cursor: Cursor) -> ZoneInfo | None:
    """An IANA time zone."""
    name = cursor.text("time_zone")
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zones = available_timezones()
        cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones, reverse=True)}
        city = cities.get(name.strip().replace(" ", "_").lower())
        meant = f', did you mean "{city}"?' if city else did_you_mean(name, zones)
        cure = meant or "; write it as region and city, such as Europe/Berlin"
        cursor.error("time_zone", f'unknown time zone "{shortened(name)}"{cure}')
        return None


def clock_time(text: str) -> int | None:
    """Minutes from midnight of ``08:30``, ``8:30`` or ``8am``; None for what is no time of day."""
    match = re.fullmatch(_CLOCK, text.strip(), re.ASCII | re.IGNORECASE)
    minutes = _minutes(*match.groups()) if match else None
    return minutes if minutes is not None and minutes < MINUTES_A_DAY else None


# Hours.


def read_hours(cursor: Cursor, report: Report) -> Hours | None:
    """The hours of a week; None where none are said, or where they cannot be read."""
    node = cursor.node("hours")
    if node is None:
        if cursor.has("hours"):
            cursor.need("hours", _EXAMPLE)
        return None
    if isinstance(node, Scalar):
        if node.text.strip().lower() == "always":
            return ALWAYS
        report.error(node.place, f'hours are "always", or say when, such as {_EXAMPLE}')
        return None
    section = cursor_of(node, report, '"hours"')
    return _week(section, report) if section is not None else None


def _week(section: Cursor, report: Report) -> Hours | None:
    """Every day's spans; a day that is named alone goes before a range that it is in."""
    said: dict[int, tuple[bool, str, list[tuple[Span, Place]]]] = {}
    readable = True
    for key, place, value in entries_of(section):
        days = _days(key)
        spans = None if days is None else _spans(value, report)
        if days is None:
            report.error(place, f'"{shortened(key)}" is no day{_day_cure(key)}')
        readable = readable and spans is not None
        alone = days is not None and len(days) == 1
        twice = next((day for day in days or () if day in said and said[day][0] == alone), None)
        if twice is not None:
            message = f'{DAY_NAMES[twice]} is in "{said[twice][1]}" already; say its hours once'
            report.error(place, message)
            readable = False
        for day in days or ():
            if day not in said or alone:
                said[day] = (alone, key, spans or [])
    if not readable:
        return None
    placed = [(day * MINUTES_A_DAY, span, place) for day in sorted(said) for span, place in said[day][2]]
    if not placed:
        report.error(section.place, f"these hours never come; write such as {_EXAMPLE}")
        return None
    if not _apart(placed, report):
        return None
    days_of_week = tuple(tuple(sorted((one for one, _ in said[day][2]), key=lambda span: span.start)) if day in said
                         else () for day in range(7))  # fmt: skip
    return Hours(days=days_of_week)


def _days(key: str) -> tuple[int, ...] | None:
    """The days that a key names; None where it names none."""
    wanted = " ".join(key.lower().replace("–", "-").split())
    if wanted in _SEVERAL:
        return _SEVERAL[wanted]
    days: list[int] = []
    for part in re.split(r"\s*(?:,|\band\b|\+)\s*", wanted):
        first, dash, last = (one.strip() for one in part.partition("-"))
        begin, end = _day(first), _day(last) if dash else _day(first)
        if begin is None or end is None:
            return None
        days += [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]
    return tuple(dict.fromkeys(days))


def _day(word: str) -> int | None:
    """The number of a day: ``mon``, ``tues``, ``wednesday``."""
    return next((number for number, name in enumerate(DAY_NAMES) if len(word) >= 3 and
                 name.lower().startswith(word)), None)  # fmt: skip


def _day_cure(key: str) -> str:
    names = (*DAYS, *(name.lower() for name in DAY_NAMES), *_SEVERAL)
    parts = [part.strip() for part in re.split(r"[-–,]", key)]
    wrong = next((part for part in parts if _day(part.lower()) is None), key)
    return did_you_mean(wrong, names) or "; write mon, tue, wed, thu, fri, sat, sun or mon-fri"


def _spans(node: Node, report: Report) -> list[tuple[Span, Place]] | None:
    """The spans of a day; None where one cannot be read."""
    if isinstance(node, Scalar) and (node.text.strip().lower() in _CLOSED or node.is_empty):
        return []
    words = words_at(node, report, "hours")
    spans = [(_span(word, report), word.place) for word in words]
    found = [(span, place) for span, place in spans if span is not None]
    return found if len(found) == len(spans) and found else None


def _span(word: Word, report: Report) -> Span | None:
    match = _SPAN.fullmatch(word.text)
    start = _minutes(match[1], match[2], match[3]) if match else None
    end = _minutes(match[4], match[5], match[6]) if match else None
    if match is None or start is None or end is None or bool(match[3]) != bool(match[6]) or start == MINUTES_A_DAY:
        message = f'"{shortened(word.text)}" are no hours; write such as "09:00-17:30"'
        report.error(word.place, message)
        return None
    if start == end:
        cure = 'the whole day is "00:00-24:00"'
        report.error(word.place, f'"{shortened(word.text)}" ends when it begins; {cure}')
        return None
    if end < start:
        end += MINUTES_A_DAY
        length = end - start
        if length > _LONG_NIGHT and end > MINUTES_A_DAY:
            hours = f"{length // 60} hours" + (f" {length % 60} minutes" if length % 60 else "")
            report.warn(
                word.place,
                f'"{shortened(word.text)}" goes on until the next day, for {hours}; is it the wrong way round?',
            )
    return Span(start=start, end=end)


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    """Minutes from midnight; 1440 for 24:00."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_A_DAY else None


def _apart(placed: list[tuple[int, Span, Place]], report: Report) -> bool:
    """Whether no two spans of the week overlap; an error for each that does."""
    ordered = sorted(((day + span.start, day + span.end, place) for day, span, place in placed))
    apart = True
    around = [*ordered, (ordered[0][0] + _WEEK_MINUTES, 0, ordered[0][2])]
    for (start, end, place), (following, _, later) in zip(ordered, around[1:], strict=True):
        if following < end:
            days = DAY_NAMES[start // MINUTES_A_DAY], DAY_NAMES[following // MINUTES_A_DAY % 7]
            same = f"on {days[0]}" if days[0] == days[1] else f"from {days[0]} to {days[1]}"
            report.error(max(place, later), f"these hours overlap others {same}")
            apart = False
    return apart


# Days.


def read_days(cursor: Cursor, report: Report, key: str, *, may_be_open: bool = False) -> Days:
    """Days of the calendar: ``2026-12-25``, ``12-25`` for every year, ``{from: …, to: …}`` of either, or several.

    ``may_be_open``: whether ``from`` or ``to`` may be left out.
    """
    found = Days()
    node = cursor.node(key)
    if node is None and cursor.has(key):
        cursor.need(key, "[2026-12-25]")
    for item in _each(node, cursor, key):
        if isinstance(item, Mapping):
            one = cursor_of(item, report, _CALLED[key])
            found |= _from_to(one, report, _CALLED[key], may_be_open=may_be_open) if one is not None else Days()
            continue
        text = text_of(item, report, _CALLED[key])
        day = None if text is None else _day_of_calendar(text)
        if day is not None:
            found |= Days(yearly=frozenset({day})) if isinstance(day, tuple) else Days(spans=((day, day),))
        elif text is not None:
            report.error(item.place, _no_date(text))
    return found


def _each(node: Node | None, cursor: Cursor, key: str) -> Iterator[Node]:
    if isinstance(node, Scalar | Mapping):
        yield node
    elif node is not None:
        yield from cursor.items(key)


def _from_to(cursor: Cursor, report: Report, called: str, *, may_be_open: bool) -> Days:
    """Every day from one to another: of every year, or of the calendar."""
    ends: list[date | tuple[int, int] | None] = []
    for key, example in (("from", "2026-12-28"), ("to", "2027-01-01")):
        wanted = cursor.has(key) or not may_be_open or (key == "to" and not cursor.mapping.entries)
        text = cursor.text(key) if wanted and cursor.need(key, example) else None
        day = None if text is None else _day_of_calendar(text)
        if text is not None and day is None:
            cursor.error(key, _no_date(text))
            return Days()
        ends.append(day)
    cursor.finish()
    first, last = ends
    if isinstance(first, tuple) and isinstance(last, tuple):
        return _every_year(first, last)
    if isinstance(first, tuple) or isinstance(last, tuple):
        key = "from" if isinstance(first, tuple) else "to"
        cursor.error(key, "one of the two has a year and the other has none; give both a year, or none")
        return Days()
    if may_be_open:
        first, last = first or (date.min if last else None), last or (date.max if first else None)
    if first is None or last is None:
        return Days()
    if last < first:
        report.error(cursor.place_of("to"), f"{_this(called)} ends before it begins, on {first.isoformat()}")
        return Days()
    if last - first > _LONGEST_HOLIDAY and not may_be_open:
        report.error(cursor.place_of("to"), f"{called} lasts a year at most")
        return Days()
    return Days(spans=((first, last),))


def _every_year(first: tuple[int, int], last: tuple[int, int]) -> Days:
    """From one day of the year to another, over New Year where that comes in between."""
    day, days = date(_LEAP_YEAR, *first), set()
    while (day.month, day.day) != last:
        days.add((day.month, day.day))
        day = date(_LEAP_YEAR, 1, 1) if (day.month, day.day) == (12, 31) else day + timedelta(days=1)
    return Days(yearly=frozenset({*days, last}))


def _day_of_calendar(text: str) -> date | tuple[int, int] | None:
    """A day, or the month and day of every year."""
    if match := _YEARLY.fullmatch(text.strip()):
        day = _date(f"{_LEAP_YEAR}-{match[1]}-{match[2]}")
        return None if day is None else (day.month, day.day)
    return _date(text)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if _FULL_DATE.fullmatch(text.strip()) else None
    except ValueError:
        return None


def _this(called: str) -> str:
    return "this" if called.startswith("an entry") else f"this {called.removeprefix('a ')}"


def _no_date(text: str) -> str:
    cure = "; write 2026-12-25, or 12-25 for every year"
    if match := _EUROPEAN.fullmatch(text.strip()):
        day, month, year = int(match[1]), int(match[2]), match[3]
        meant = f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"
        cure = f", did you mean {meant}?" if _day_of_calendar(meant) is not None else cure
    return f'"{shortened(text)}" is no day{cure}'
