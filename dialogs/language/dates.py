"""Dates in what people write: "24 Dec", "03/12/2027", "next Tuesday", "in zwei Wochen", "fin de mes".

1. A date without a year is the next one, or the last one where the question looks back.
2. A weekday alone is the next such day, never today. "Next Tuesday" said on a Monday may be tomorrow or in eight
   days: the later one is taken, and the other one offered.
3. ``03/12/2027`` follows the visitor's country, else their language; in English without a country it is doubtful.
4. A month is its first day, a quarter likewise; the end of something is its last day.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from dialogs.language.calendar_words import (
    BEGINNING,
    COMING,
    DAY_OFFSETS,
    END,
    LAST,
    MIDDLE,
    MONTH,
    MONTHS,
    NAMED_DAYS,
    NEXT,
    ORDINAL_DAYS,
    QUARTER,
    SEASONS,
    SHORT_WEEKDAYS,
    THIS,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    YEAR,
    either,
    parted_ends,
)
from dialogs.language.day_arithmetic import moved, period_around
from dialogs.language.durations import find_stretches
from dialogs.language.time_spans import TimeSpan
from dialogs.language.time_units import DENIED
from dialogs.language.vocabulary import word_set

FIRST_YEAR, LAST_YEAR = 1800, 2200

_MONTH_FIRST_COUNTRIES = word_set("US PH PR GU VI AS FM MH PW BZ")

_MONTH = either(MONTHS)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ANY_DAY = r"\d{1,2}"
_YEAR = r"(?:(?:18|19|20|21)\d\d)"
_ISO = re.compile(
    r"(?<![\d./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d./-]*\d)|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_NUMERIC = re.compile(r"(?<![\d./:-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./:-]*\d)")
_SHORT_NUMERIC = re.compile(
    r"(?<![\d./:,-])(\d{1,2})([./])(\d{1,2})(?:\2(?!\d)|(?![\d./:-]*\d))"
    r"(?! ?(?:%|uhr|h\b|[ap]m\b))"
)
_DAY_MONTH = re.compile(
    rf"(?<![\d.,])({_ANY_DAY})(?:st|nd|rd|th|er|o|\.)?[ -]?(?:day )?(?:of |de )?({_MONTH})\b\.?"
    rf"(?:,? ?-?(?:de |del |of )?({_YEAR})\b|,? ?'(\d\d)\b)?"
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\b\.?[ -]?(?:the )?({_ANY_DAY})(?:st|nd|rd|th)?(?![\d:]|[.,]\d|(?:st|nd|rd|th)?-\d)"
    rf"(?:,? ?-?({_YEAR})\b|,? ?'(\d\d)\b)?"
)
_MONTH_ALONE = re.compile(
    rf"(?:\b({END}|{BEGINNING}|{MIDDLE})[ -](?:of |de |du |d'|des )?(?:{NEXT} |{THIS} )?)?"
    rf"\b({_MONTH})\b\.?(?: (?:de |of )?({_YEAR})\b)?"
)
_PERIOD = re.compile(
    rf"(?:\b({END}|{BEGINNING}|{MIDDLE})[ -](?:of |de |del |du |des |de la |of the |der |d')*)?"
    rf"(?:the |el |la |le |l'|en )?"
    rf"(?:\b({NEXT}|{THIS}|{LAST}) )?\b({WEEK}|{MONTH}|{QUARTER}|{YEAR})\b(?: ({COMING}|{LAST})\b)?"
)
_QUARTER = re.compile(rf"\bq([1-4])(?: ?/? ?({_YEAR}|'\d\d))?\b|\b({_YEAR}) ?/? ?q([1-4])\b")
_WEEKDAY = re.compile(
    rf"(?:\b({NEXT}|{THIS}|{LAST}) (?:week |woche )?)?\b({either(WEEKDAYS)})\b(?: (?:(?:of |the |in der |de la |de )*"
    rf"({NEXT} {WEEK}|{WEEK} (?:{COMING}|prochaine|proxima)|{COMING}|in einer woche|en ocho)))?"
)
_WEEKEND = re.compile(rf"(?:\b({NEXT}|{THIS}) )?\b{WEEKEND}\b")
_SEASON = re.compile(
    rf"\b(?:in|im|en|this|next|by|before|until|the|of|al|el|au|l'|vor dem|bis zum|antes del|avant l'|{NEXT}|{THIS}) ?"
    rf"({either(SEASONS)})\b"
)
_OFFSET = re.compile(rf"\b({either(DAY_OFFSETS)})\b")
_NAMED_DAY = re.compile(rf"\b({either(NAMED_DAYS)})\b")
_DAY_OF_MONTH = re.compile(
    r"\b(?:the|on the|am|den|der|zum|el dia|el|le|du) (3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|\.)?(?= ?(?:$|[,;!?)]))"
    r"|(?<![\d.,])(3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?! ?-?(?:quarter|half|week|month|year|time|one|option|try))"
)
_ORDINAL = either(ORDINAL_DAYS).replace(r"\-", "[ -]")
_ORDINAL_DAY = re.compile(rf"\b({_ORDINAL})\b(?=(?: of| de)? {_MONTH}\b)|(?<=[a-z] )(?:the )?\b({_ORDINAL})\b")
_LEADING = re.compile(r"\b(?:in|by|until|of|en|bis|im|next|early|late|para|hasta|d'ici|ab|from|since) $")
_FROM = re.compile(rf"\b(?:from|desde|ab) ({either(DAY_OFFSETS)})\b")
_FARTHEST_SECONDS = 200 * 366 * 86_400
_AWAY = re.compile(
    r"\b(?:in|within|after|en|dentro|dans|binnen|innerhalb|nach|d'ici|hace|vor|il y a|ago|from|later|spater|plus tard|"
    r"despues|apres|sous)\b"
)
_AGO = re.compile(r"\b(?:ago|vor|hace|il y a|before now|earlier|last|letzten|past)\b")


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


def find_dates(text: str, seen_from: Calendar) -> list[FoundDate]:
    """The dates in ``text`` (from ``plain_digits``), the most explicit kind alone."""
    text = _ORDINAL_DAY.sub(_ordinal_as_digits, parted_ends(text))
    for reader in _READERS:
        found = list(dict.fromkeys(_bounded(reader(text, seen_from))))
        if found:
            return found
    return []


def _bounded(found: Iterator[FoundDate]) -> Iterator[FoundDate]:
    for number, each in enumerate(found):
        if number < 8 and (each.day is None or FIRST_YEAR <= each.day.year <= LAST_YEAR):
            yield each


def _ordinal_as_digits(match: re.Match[str]) -> str:
    return f"{ORDINAL_DAYS[(match[1] or match[2]).replace(' ', '-')]}."


def _of(year: int, month: int, day: int) -> FoundDate:
    """The date, or why there is none."""
    if not 1 <= month <= 12:
        return FoundDate(None, impossible=(year, 0))
    if not 1 <= day <= calendar.monthrange(max(1, min(year, 9998)), month)[1] or not 1 <= year <= 9998:
        return FoundDate(None, impossible=(year, month))
    return FoundDate(date(year, month, day))


def _without_year(month: int, day: int, seen_from: Calendar) -> FoundDate:
    """The next (or, looking back, the last) such day; 29 February waits for a leap year."""
    step = -1 if seen_from.past else 1
    for year in range(seen_from.today.year, seen_from.today.year + 9 * step, step):
        found = _of(year, month, day)
        if found.day is not None and (found.day - seen_from.today).days * step >= 0:
            return found
    return _of(seen_from.today.year, month, day)


def _full_year(digits: str, seen_from: Calendar) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    year += 2000
    return year - 100 if year > seen_from.today.year + (0 if seen_from.past else 60) else year


def _iso(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _ISO.finditer(text):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
        yield _of(int(year), int(month), int(day))


def _numeric(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _NUMERIC.finditer(text):
        year = _full_year(match[4], seen_from)
        yield _in_either_order(int(match[1]), int(match[3]), match[2], seen_from, partial(_of, year))


def _short_numeric(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _SHORT_NUMERIC.finditer(text):
        if (
            match.group() != "24/7"
            and 1 <= int(match[1]) <= 31
            and 1 <= int(match[3]) <= 31
            and min(int(match[1]), int(match[3])) <= 12
        ):
            make = partial(_without_year, seen_from=seen_from)
            yield _in_either_order(int(match[1]), int(match[3]), match[2], seen_from, make)


def _in_either_order(
    first: int, second: int, separator: str, seen_from: Calendar, make: Callable[[int, int], FoundDate]
) -> FoundDate:
    """``make`` of (month, day), day or month first as the visitor's country writes it."""
    day_first, month_first = make(second, first), make(first, second)
    if separator == ".":
        return day_first if day_first.day or not month_first.day else month_first
    if first == second or day_first.day is None or month_first.day is None:
        return day_first if day_first.day or not month_first.day else month_first
    if seen_from.region is not None:
        return month_first if seen_from.region.upper() in _MONTH_FIRST_COUNTRIES else day_first
    if seen_from.language in ("de", "es", "fr"):
        return day_first
    return month_first._replace(other=day_first.day)


def _day_and_month(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    matched = list(_DAY_MONTH.finditer(text))
    parts = [(match[1], match[2], match[3] or match[4]) for match in matched]
    parts = parts or [(match[2], match[1], match[3] or match[4]) for match in _MONTH_DAY.finditer(text)]
    for day, month, year in parts:
        if year is None:
            yield _without_year(MONTHS[month], int(day), seen_from)
        else:
            yield _of(_full_year(year, seen_from), MONTHS[month], int(day))


def _offset(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _OFFSET.finditer(text):
        in_the_morning = match[1] in ("morgen", "manana") and re.search(
            r"(?:am|guten|de la|por la) $", text[: match.start()]
        )
        counted_from = text[: match.start()].endswith(("from ", "desde ", "ab "))
        not_now = DAY_OFFSETS[match[1]] == 0 and DENIED.search(text)
        if not in_the_morning and not counted_from and not not_now:
            yield FoundDate(seen_from.today + timedelta(days=DAY_OFFSETS[match[1]]))


def _weekday(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    few_words = len(text.split()) <= 3
    for match in _WEEKDAY.finditer(text):
        yield _on_weekday(WEEKDAYS[match[2]], match[1] or "", match[3] or "", seen_from)
    if few_words:
        for word in re.findall(r"[^\W\d_]+", text):
            if word in SHORT_WEEKDAYS and (len(word) > 2 or (seen_from.language == "de" and text.strip(".") == word)):
                yield _on_weekday(SHORT_WEEKDAYS[word], "", "", seen_from)


def _on_weekday(weekday: int, before: str, behind: str, seen_from: Calendar) -> FoundDate:
    today = seen_from.today
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    coming = today + timedelta(days=ahead)
    if re.fullmatch(LAST, before) or (seen_from.past and not before and not behind):
        return FoundDate(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1))
    in_next_week = today + timedelta(days=7 - today.weekday() + weekday)
    if re.search(WEEK, behind) or "ocho" in behind:
        return FoundDate(in_next_week)
    said_next = re.fullmatch(NEXT, before) or behind
    if said_next and in_next_week != coming and not before.startswith(("kommende", "coming")):
        return FoundDate(in_next_week, other=coming)
    return FoundDate(coming)


def _stretch_away(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "In two weeks", "three days ago"."""
    for stretch in find_stretches(text, seen_from.language):
        span = stretch.high or stretch.low
        said_alone = len(text.split()) <= 3 and text[:1].isdigit()
        if not (said_alone or _AWAY.search(text)):
            continue
        if span is not None and any(span.whole[:4]) and span.size < _FARTHEST_SECONDS:
            counted_from = _FROM.search(text)
            day = seen_from.today + timedelta(days=DAY_OFFSETS[counted_from[1]] if counted_from else 0)
            yield FoundDate(moved(day, span, back=_AGO.search(text) is not None), approximate=stretch.approximate)


def _weekend(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _WEEKEND.finditer(text):
        saturday = seen_from.today + timedelta(days=(5 - seen_from.today.weekday()) % 7)
        later = (
            match[1] is not None and re.fullmatch(NEXT, match[1]) and saturday.weekday() - seen_from.today.weekday() > 0
        )
        yield FoundDate(saturday + timedelta(days=7 if later else 0), approximate=True)


def _named_day(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _NAMED_DAY.finditer(text):
        yield _without_year(*NAMED_DAYS[match[1]], seen_from)


def _season(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _SEASON.finditer(text):
        yield _without_year(SEASONS[match[1]], 1, seen_from)._replace(approximate=True)


def _quarter(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _QUARTER.finditer(text):
        month = 3 * int(match[1] or match[4]) - 2
        year = match[2] or match[3]
        found = _of(_full_year(year.lstrip("'"), seen_from), month, 1) if year else _without_year(month, 1, seen_from)
        yield found._replace(approximate=True)


def _period(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "End of month", "next week", "beginning of next year"."""
    today = seen_from.today
    for match in _PERIOD.finditer(text):
        part, before, period, behind = match.groups()
        if part is None and before is None and behind is None:
            continue
        which = before or behind or ""
        step = 1 if re.fullmatch(rf"{NEXT}|{COMING}", which) else -1 if re.fullmatch(LAST, which) else 0
        first, last = period_around(today, period, step)
        if part is not None and re.fullmatch(END, part):
            yield FoundDate(last, approximate=False)
        elif part is not None and re.fullmatch(MIDDLE, part):
            yield FoundDate(first + (last - first) / 2, approximate=True)
        else:
            yield FoundDate(max(first, today) if step == 0 and part is None else first, approximate=True)


def _month_alone(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _MONTH_ALONE.finditer(text):
        part, name, year = match.groups()
        verb = name in ("may", "march", "mar", "sep", "set", "dec", "jan") and year is None and part is None
        led = re.search(
            r"\b(?:in|by|until|of|en|bis|im|next|early|late|para|hasta|d'ici|ab|from|since) $", text[: match.start()]
        )
        if verb and not led and text != name:
            continue
        month = MONTHS[name]
        first = _of(int(year), month, 1) if year else _this_month(month, seen_from)
        if first.day is None:
            continue
        last = moved(first.day, TimeSpan(months=1)) - timedelta(days=1)
        if part is not None and re.fullmatch(END, part):
            yield FoundDate(last, approximate=True)
        elif part is not None and re.fullmatch(MIDDLE, part):
            yield FoundDate(first.day + timedelta(days=14), approximate=True)
        else:
            later = max(first.day, seen_from.today) if year is None and not seen_from.past else first.day
            yield FoundDate(later, approximate=True)


def _this_month(month: int, seen_from: Calendar) -> FoundDate:
    today = seen_from.today
    return FoundDate(today.replace(day=1)) if month == today.month else _without_year(month, 1, seen_from)


def _day_of_month(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "The 15th": this month's, or where that is over the next one that has such a day."""
    step = -1 if seen_from.past else 1
    for match in _DAY_OF_MONTH.finditer(text):
        day = int(match[1] or match[2])
        for ahead in range(4):
            first = moved(seen_from.today.replace(day=1), TimeSpan(months=ahead), back=seen_from.past)
            found = _of(first.year, first.month, day)
            if found.day is not None and (found.day - seen_from.today).days * step >= 0:
                yield found
                break


_READERS: tuple[Callable[[str, Calendar], Iterator[FoundDate]], ...] = (
    _iso,
    _numeric,
    _day_and_month,
    _short_numeric,
    _named_day,
    _weekend,
    _weekday,
    _offset,
    _quarter,
    _season,
    _period,
    _stretch_away,
    _month_alone,
    _day_of_month,
)
"""From the most explicit to the least; the first that finds something is believed."""
