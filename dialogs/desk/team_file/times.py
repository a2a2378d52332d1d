"""When people work, as a team file says it: ``{mon-fri: "09:00-17:30", sat: ["10:00-12:00", "13:00-15:00"]}``."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from dialogs.desk.hours import ALWAYS, MINUTES_A_DAY, Holidays, Hours, Schedule, Span
from dialogs.desk.team_file.context import Context, Word, entries_of
from dialogs.loading.cursor import Cursor, cursor_of, shortened, text_of
from dialogs.loading.nodes import Mapping, Node, Scalar
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
_LONGEST_HOLIDAY = timedelta(days=366)
_LONG_NIGHT = 12 * 60
_EXAMPLE = '{mon-fri: "09:00-17:00"}'


def read_schedule(cursor: Cursor, context: Context, around: Schedule, *, own_holidays: bool = True) -> Schedule:
    """What ``time_zone``, ``hours`` and ``holidays`` say, and where they say nothing, what the team's own does.

    ``always`` is every hour of every day, the team's holidays included.
    """
    zone = read_zone(cursor) or around.zone
    holidays = _holidays(cursor, context) if own_holidays else Holidays()
    hours = _hours(cursor, context)
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


def _hours(cursor: Cursor, context: Context) -> Hours | None:
    """The hours of a week; None where none are said, or where they cannot be read."""
    node = cursor.node("hours")
    if node is None:
        if cursor.has("hours"):
            cursor.need("hours", _EXAMPLE)
        return None
    if isinstance(node, Scalar):
        if node.text.strip().lower() == "always":
            return ALWAYS
        context.report.error(node.place, f'hours are "always", or say when, such as {_EXAMPLE}')
        return None
    section = cursor_of(node, context.report, '"hours"')
    return _week(section, context) if section is not None else None


def _week(section: Cursor, context: Context) -> Hours | None:
    """Every day's spans; a day that is named alone goes before a range that it is in."""
    said: dict[int, tuple[bool, str, list[tuple[Span, Place]]]] = {}
    readable = True
    for key, place, value in entries_of(section):
        days = _days(key)
        spans = None if days is None else _spans(value, context)
        if days is None:
            context.report.error(place, f'"{shortened(key)}" is no day{_day_cure(key)}')
        readable = readable and spans is not None
        alone = days is not None and len(days) == 1
        twice = next((day for day in days or () if day in said and said[day][0] == alone), None)
        if twice is not None:
            message = f'{DAY_NAMES[twice]} is in "{said[twice][1]}" already; say its hours once'
            context.report.error(place, message)
            readable = False
        for day in days or ():
            if day not in said or alone:
                said[day] = (alone, key, spans or [])
    if not readable:
        return None
    placed = [(day * MINUTES_A_DAY, span, place) for day in sorted(said) for span, place in said[day][2]]
    if not placed:
        context.report.error(section.place, f"these hours never come; write such as {_EXAMPLE}")
        return None
    if not _apart(placed, context):
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


def _spans(node: Node, context: Context) -> list[tuple[Span, Place]] | None:
    """The spans of a day; None where one cannot be read."""
    if isinstance(node, Scalar) and (node.text.strip().lower() in _CLOSED or node.is_empty):
        return []
    words = context.words_at(node, "hours")
    spans = [(_span(word, context), word.place) for word in words]
    found = [(span, place) for span, place in spans if span is not None]
    return found if len(found) == len(spans) and found else None


def _span(word: Word, context: Context) -> Span | None:
    match = _SPAN.fullmatch(word.text)
    start = _minutes(match[1], match[2], match[3]) if match else None
    end = _minutes(match[4], match[5], match[6]) if match else None
    if match is None or start is None or end is None or bool(match[3]) != bool(match[6]) or start == MINUTES_A_DAY:
        message = f'"{shortened(word.text)}" are no hours; write such as "09:00-17:30"'
        context.report.error(word.place, message)
        return None
    if start == end:
        cure = 'the whole day is "00:00-24:00"'
        context.report.error(word.place, f'"{shortened(word.text)}" ends when it begins; {cure}')
        return None
    if end < start:
        end += MINUTES_A_DAY
        length = end - start
        if length > _LONG_NIGHT and end > MINUTES_A_DAY:
            hours = f"{length // 60} hours" + (f" {length % 60} minutes" if length % 60 else "")
            context.report.warn(
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


def _apart(placed: list[tuple[int, Span, Place]], context: Context) -> bool:
    """Whether no two spans of the week overlap; an error for each that does."""
    ordered = sorted(((day + span.start, day + span.end, place) for day, span, place in placed))
    apart = True
    around = [*ordered, (ordered[0][0] + _WEEK_MINUTES, 0, ordered[0][2])]
    for (start, end, place), (following, _, later) in zip(ordered, around[1:], strict=True):
        if following < end:
            days = DAY_NAMES[start // MINUTES_A_DAY], DAY_NAMES[following // MINUTES_A_DAY % 7]
            same = f"on {days[0]}" if days[0] == days[1] else f"from {days[0]} to {days[1]}"
            context.report.error(max(place, later), f"these hours overlap others {same}")
            apart = False
    return apart


# Holidays.


def _holidays(cursor: Cursor, context: Context) -> Holidays:
    spans: list[tuple[date, date]] = []
    yearly: set[tuple[int, int]] = set()
    node = cursor.node("holidays")
    if node is None and cursor.has("holidays"):
        cursor.need("holidays", "[2026-12-25]")
    for item in _each(node, cursor):
        if isinstance(item, Mapping):
            one = cursor_of(item, context.report, "a holiday")
            span = _holiday_span(one, context) if one is not None else None
            spans += [span] if span is not None else []
            continue
        text = text_of(item, context.report, "a holiday")
        if text is None:
            continue
        if match := _YEARLY.fullmatch(text.strip()):
            if (day := _date(f"2028-{match[1]}-{match[2]}")) is not None:  # 2028 has a 29 February.
                yearly.add((day.month, day.day))
                continue
        elif (day := _date(text)) is not None:
            spans.append((day, day))
            continue
        context.report.error(item.place, _no_date(text))
    return Holidays(spans=tuple(spans), yearly=frozenset(yearly))


def _each(node: Node | None, cursor: Cursor) -> Iterator[Node]:
    if isinstance(node, Scalar | Mapping):
        yield node
    elif node is not None:
        yield from cursor.items("holidays")


def _holiday_span(cursor: Cursor, context: Context) -> tuple[date, date] | None:
    ends = []
    for key, example in (("from", "2026-12-28"), ("to", "2027-01-01")):
        text = cursor.text(key) if cursor.need(key, example) else None
        day = None if text is None else _date(text)
        if text is not None and day is None:
            cursor.error(key, _no_date(text))
        ends.append(day)
    cursor.finish()
    first, last = ends
    if first is None or last is None:
        return None
    if last < first:
        context.report.error(cursor.place_of("to"), f"this holiday ends before it begins, on {first.isoformat()}")
        return None
    if last - first > _LONGEST_HOLIDAY:
        context.report.error(cursor.place_of("to"), "a holiday lasts a year at most")
        return None
    return first, last


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if _FULL_DATE.fullmatch(text.strip()) else None
    except ValueError:
        return None


def _no_date(text: str) -> str:
    return f'"{shortened(text)}" is no day; write 2026-12-25, or 12-25 for every year'
