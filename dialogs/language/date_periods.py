"""Longer times that stand for a day: "end of month", "next quarter", "Q2", "H1 2027", "in spring", "mid 2027"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dialogs.language.calendar_words import (
    BEGINNING,
    COMING,
    END,
    LAST,
    MIDDLE,
    MONTH,
    MONTHS,
    NEXT,
    QUARTER,
    SEASONS,
    THIS,
    WEEK,
    YEAR,
    either,
)
from dialogs.language.day_arithmetic import moved, period_around
from dialogs.language.found_dates import Calendar, FoundDate, day_of, full_year, without_year
from dialogs.language.time_spans import TimeSpan

_MONTH = either(MONTHS)
_YEAR = r"(?:(?:18|19|20|21)\d\d)"
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

_SEASON = re.compile(
    rf"\b(?:in|im|en|this|next|by|before|until|the|of|al|el|au|l'|vor dem|bis zum|antes del|avant l'|{NEXT}|{THIS}) ?"
    rf"({either(SEASONS)})\b|^({either(SEASONS)})(?: (?={_YEAR}$)|$)"
)
_HALF = re.compile(rf"\bh([12]) ?/? ?({_YEAR}|'\d\d)?\b|\b({_YEAR}) ?/? ?h([12])\b")
_YEAR_ALONE = re.compile(
    rf"(?:\b({END}|{BEGINNING}|{MIDDLE}|early|late)[ -](?:of |de |du |des |in )?)?"
    rf"(?:\b(?:in|by|during|until|en|bis|im jahr|para|hasta|pour|d'ici|fur) )?\b({_YEAR})\b"
)


def season(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "In spring": the first day of its first month."""
    for match in _SEASON.finditer(text):
        yield without_year(SEASONS[match[1] or match[2]], 1, seen_from)._replace(approximate=True)


def quarter(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "Q2", "2027 Q3": the first day of that quarter."""
    for match in _QUARTER.finditer(text):
        month = 3 * int(match[1] or match[4]) - 2
        year = match[2] or match[3]
        found = day_of(full_year(year.lstrip("'"), seen_from), month, 1) if year else without_year(month, 1, seen_from)
        yield found._replace(approximate=True)


def half(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "H1 2027": the first day of that half of the year."""
    for match in _HALF.finditer(text):
        month = 6 * int(match[1] or match[4]) - 5
        year = match[2] or match[3]
        found = day_of(full_year(year.lstrip("'"), seen_from), month, 1) if year else without_year(month, 1, seen_from)
        yield found._replace(approximate=True)


def year_alone(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "In 2027", "mid 2027"; a bare year only where nothing else is said."""
    for match in _YEAR_ALONE.finditer(text):
        if match.start() == match.start(2) and match[0] != text:
            continue
        part, year = match[1] or "", int(match[2])
        if re.fullmatch(f"{END}|late", part):
            yield FoundDate(date(year, 12, 31), approximate=True)
        else:
            first = date(year, 7 if re.fullmatch(MIDDLE, part) else 1, 1)
            is_now = year == seen_from.today.year and not seen_from.past
            yield FoundDate(max(first, seen_from.today) if is_now else first, approximate=True)


def period(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
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


def month_alone(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "In May", "end of March 2027": the first or the last day of that month."""
    for match in _MONTH_ALONE.finditer(text):
        part, name, year = match.groups()
        verb = name in ("may", "march", "mar", "sep", "set", "dec", "jan") and year is None and part is None
        led = re.search(
            r"\b(?:in|by|until|of|en|bis|im|next|early|late|para|hasta|d'ici|ab|from|since) $", text[: match.start()]
        )
        if verb and not led and text != name:
            continue
        month = MONTHS[name]
        first = day_of(int(year), month, 1) if year else _this_month(month, seen_from)
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
    return FoundDate(today.replace(day=1)) if month == today.month else without_year(month, 1, seen_from)
