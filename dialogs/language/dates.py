"""Dates in what people write: "24 Dec", "03/12/2027", "next Tuesday", "in zwei Wochen", "fin de mes".

1. A date without a year is the next one, or the last one where the question looks back.
2. A weekday alone is the next such day, never today. "Next Tuesday" said on a Monday may be tomorrow or in eight
   days: the later one is taken, and the other one offered.
3. ``03/12/2027`` follows the visitor's country, else their language; in English without a country it is doubtful.
4. A month is its first day, a quarter likewise; the end of something is its last day.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from dialogs.language.calendar_words import (
    COMING,
    DAY_OFFSETS,
    LAST,
    MONTHS,
    NAMED_DAYS,
    NEXT,
    SHORT_WEEKDAYS,
    THIS,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    either,
)
from dialogs.language.date_periods import half, month_alone, period, quarter, season, year_alone
from dialogs.language.date_spellings import plain_dates
from dialogs.language.day_arithmetic import moved
from dialogs.language.durations import find_stretches
from dialogs.language.found_dates import Calendar, FoundDate, day_of, full_year, without_year
from dialogs.language.time_spans import TimeSpan
from dialogs.language.time_units import DENIED
from dialogs.language.vocabulary import word_set
from dialogs.language.weeks_away import weeks_away

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
    r"(?<![\d./:,-])(?<!\bat )(?<!\bum )(?<!\blas )(\d{1,2})([./])(\d{1,2})(?:\2(?!\d)|(?![\d./:-]*\d))"
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
_WEEKDAY = re.compile(
    rf"(?:\b({NEXT}|{THIS}|{LAST}) (?:week |woche )?)?\b({either(WEEKDAYS)})\b"
    rf"(?: (?:(?:of |the |in der |de la |la |de )*"
    rf"({NEXT} {WEEK}|{WEEK} (?:{COMING}|prochaine|proxima)|{COMING}|in einer woche|en ocho)))?"
)
_NOT_THAT_DAY = re.compile(
    r"\b(?:but|except|not|other than|besides|ausser|nur nicht|nicht|kein(?:en)?|excepto|menos|salvo|pas|sauf)"
    r"(?: (?:for|on|am|el|los|le|les|a))? ?(?:next |this )?$"
)
_TO = r" ?(?:-|to|till|until|through|and|or|bis|und|oder|y|o|a|al|et|ou|au) ?(?:the |el |le |am |den |zum )?"
_SEVERAL_DAYS = re.compile(
    rf"(?<![\d.,/-])({_DAY})(?:st|nd|rd|th|er|\.)?{_TO}({_DAY})(?:st|nd|rd|th|\.)? ?(?:of |de )?({_MONTH})\b"
    rf"|\b({_MONTH})\.? ({_DAY})(?:st|nd|rd|th)?{_TO}({_DAY})(?:st|nd|rd|th)?\b(?![-/.:]?\d)"
)
_WEEKEND = re.compile(rf"(?:\b({NEXT}|{THIS}) )?\b{WEEKEND}\b")
_OFFSET = re.compile(rf"\b({either(DAY_OFFSETS)})\b")
_NAMED_DAY = re.compile(rf"\b({either(NAMED_DAYS)})\b")
_DAY_OF_MONTH = re.compile(
    r"\b(?:the|on the|am|den|der|zum|el dia|el|le|du) (3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|\.)?(?= ?(?:$|[,;!?)]))"
    r"|(?<![\d.,])(3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?! ?-?(?:quarter|half|week|month|year|time|one|option|try))"
)
_FROM = re.compile(rf"\b(?:from|desde|ab) ({either(DAY_OFFSETS)})\b")
_FARTHEST_SECONDS = 200 * 366 * 86_400
_AWAY = re.compile(
    r"\b(?:in|within|after|en|dentro|dans|binnen|innerhalb|nach|d'ici|hace|vor|il y a|ago|from|later|spater|plus tard|"
    r"despues|apres|sous)\b"
)
_AGO = re.compile(r"\b(?:ago|vor|hace|il y a|before now|earlier|last|letzten|past)\b")


def find_dates(text: str, seen_from: Calendar) -> list[FoundDate]:
    """The dates in ``text`` (from ``plain_digits``), the most explicit kind alone."""
    text = plain_dates(text)
    for reader in _READERS:
        found = list(dict.fromkeys(_bounded(reader(text, seen_from))))
        if found:
            return found
    return []


def _bounded(found: Iterator[FoundDate]) -> Iterator[FoundDate]:
    for number, each in enumerate(found):
        if number < 8 and (each.day is None or FIRST_YEAR <= each.day.year <= LAST_YEAR):
            yield each


def _iso(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _ISO.finditer(text):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
        yield day_of(int(year), int(month), int(day))


def _numeric(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _NUMERIC.finditer(text):
        year = full_year(match[4], seen_from)
        yield _in_either_order(int(match[1]), int(match[3]), match[2], seen_from, partial(day_of, year))


def _short_numeric(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    for match in _SHORT_NUMERIC.finditer(text):
        if (
            match.group() != "24/7"
            and 1 <= int(match[1]) <= 31
            and 1 <= int(match[3]) <= 31
            and min(int(match[1]), int(match[3])) <= 12
            and not (match[2] == "." and int(match[3]) > 12)
        ):
            make = partial(without_year, seen_from=seen_from)
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
            yield without_year(MONTHS[month], int(day), seen_from)
        else:
            yield day_of(full_year(year, seen_from), MONTHS[month], int(day))


def _several_days(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "3-5 June", "June 3 or 4": more than one day."""
    for match in _SEVERAL_DAYS.finditer(text):
        month = MONTHS[match[3] or match[4]]
        for day in match.groups()[:2] if match[3] else match.groups()[4:]:
            yield without_year(month, int(day), seen_from)


def _weeks_away(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "A week on Friday", "heute in einer Woche"."""

    def coming(weekday: int) -> date:
        return seen_from.today + timedelta(days=(weekday - seen_from.today.weekday() - 1) % 7 + 1)

    yield from map(FoundDate, weeks_away(text, seen_from.today, coming))


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
        if _NOT_THAT_DAY.search(text[: match.start()]):
            continue
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
        yield without_year(*NAMED_DAYS[match[1]], seen_from)


def _day_of_month(text: str, seen_from: Calendar) -> Iterator[FoundDate]:
    """ "The 15th": this month's, or where that is over the next one that has such a day."""
    step = -1 if seen_from.past else 1
    for match in _DAY_OF_MONTH.finditer(text):
        day = int(match[1] or match[2])
        for ahead in range(4):
            first = moved(seen_from.today.replace(day=1), TimeSpan(months=ahead), back=seen_from.past)
            found = day_of(first.year, first.month, day)
            if found.day is not None and (found.day - seen_from.today).days * step >= 0:
                yield found
                break


_READERS: tuple[Callable[[str, Calendar], Iterator[FoundDate]], ...] = (
    _iso,
    _numeric,
    _several_days,
    _day_and_month,
    _short_numeric,
    _named_day,
    _weekend,
    _weeks_away,
    _weekday,
    _offset,
    quarter,
    half,
    season,
    period,
    _stretch_away,
    month_alone,
    _day_of_month,
    year_alone,
)
"""From the most explicit to the least; the first that finds something is believed."""
