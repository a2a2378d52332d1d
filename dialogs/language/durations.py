"""Lengths of time in what people write: "three months", "1h30", "a year and a half", "zwei bis drei Wochen"."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from dialogs.language.numerals import Numeral, find_numerals
from dialogs.language.ranges import Place, find_extents
from dialogs.language.slips import Slips
from dialogs.language.time_spans import TimeSpan
from dialogs.language.time_units import (
    ADJECTIVES,
    ARTICLES,
    BETWEEN_NUMBER_AND_UNIT,
    HOUR,
    MINUTE,
    MONTH,
    PLURALS,
    QUARTER,
    SECOND,
    UNITS,
)
from dialogs.language.vocabulary import word_set
from dialogs.language.written_numbers import Exact

_MOST_PIECES = 12
_MOST_COUNT = 10**6
_NOT_NUMBERS = word_set("single m mo mn mm h b g t mil d s second seconds segundo segundos")
_WORD = re.compile(r"week-end|[^\W\d_]+")
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:])(?! ?[ap]\.?m\b)")
_GLUED = re.compile(r"(?<=\d)([hdwmyj])(?=\d)")
_PRIMES = ((re.compile(r"(?<=\d) ?'(?=\s|$)"), " min"), (re.compile(r'(?<=\d) ?"(?=\s|$)'), " sec"))
_GERMAN_ADJECTIVE = re.compile(r"\b([a-z]{3,30}?)(sekundig|minutig|stundig|tagig|wochig|monatig|jahrig)(?=\w{0,2}\b)")
_AND_MORE = re.compile(
    r" ?(?:and|und|y|et|e|n) ?(?:an? |one |ein |eine |un |une )?-?"
    r"(three quarters|three-quarters|tres cuartos|trois quarts|half|halves|quarter|media|medio|cuarto|demie?|quart|"
    r"halbe?[rns]?|viertel)\b(?! (?:of|de|a|an|past)\b)"
    r"(?! ?(?:hour|day|year|month|week|hora|mes|ano|heure|stunde|jahr))"
)
_MORE = {
    **dict.fromkeys(("three quarters", "three-quarters", "tres cuartos", "trois quarts"), Fraction(3, 4)),
    **dict.fromkeys(("quarter", "cuarto", "quart", "viertel"), Fraction(1, 4)),
}
_HOW_OFTEN = re.compile(r"\b(?:times|once|twice|mal|fois|veces|vez) \w{1,5} $")
_ALL_THE = re.compile(r"\b(?:all|tod[oa]|toute?|den|die|das) (?:the|el|la|le|l'|ganze[ns]?) ?$")
_SHORT_WHILE = re.compile(r"\b(?:one|an?|une?|eine?n?) (?:secs?|seconde?|sekunde|segundo|minut[eo]?|min)\b")
_ASKING_FOR_TIME = re.compile(r"\b(?:give|just|wait|hold|moment|warte|espera|attend\w*|solo|nur|juste)\b")
_JOINT = re.compile(r"[.,]?,? ?(?:and|und|y|et|e|&|plus|con)? ?")
_BARE_REST = re.compile(r" ?(?:and|und|y|et|e)? ?")


_LONG_WORD = re.compile(r"[^\W\d_]{4,12}")
_READABLE_SLIPS = 120


class Stretch(NamedTuple):
    """What a text says about "how long"."""

    low: TimeSpan | None
    high: TimeSpan | None
    start: int
    end: int
    approximate: bool = False
    other: TimeSpan | None = None
    """What it may mean as well: the minutes of "6m"."""
    unsure: bool = False
    """Whether it was said without counting: "a few days"."""


class _Piece(NamedTuple):
    """A count and a unit, or several that belong together."""

    start: int
    end: int
    span: TimeSpan
    unit: TimeSpan
    article: bool = False
    rough: bool = False
    ambiguous: bool = False


def written_out(text: str, language: str) -> str:
    """``text`` (from ``plain_digits``) with "1h30" as "1 h 30" and "dreimonatig" as "drei monatig"."""
    text = _GLUED.sub(r" \1 ", text)
    if text.count("'") + text.count('"') <= 2 and not text.startswith(("'", '"')):
        for prime, unit in _PRIMES:
            text = prime.sub(unit, text)
    return _GERMAN_ADJECTIVE.sub(r"\1 \2", text) if language == "de" else text


def find_stretches(text: str, language: str) -> list[Stretch]:
    """The lengths of time in ``text`` (from ``written_out``), ranges as one."""
    units = _units_of(language)
    clocks = [_clock_piece(match) for match in _CLOCK.finditer(text)][:_MOST_PIECES]
    numerals = [
        numeral
        for numeral in find_numerals(text, language, without=_NOT_NUMBERS)
        if -_MOST_COUNT < numeral.value < _MOST_COUNT and not numeral.ordinal
        if not any(clock.start <= numeral.start < clock.end for clock in clocks)
    ]
    counted = _counted(text, numerals, units)
    pieces = sorted([*counted, *clocks, *_quarters(text, numerals, counted)])
    pieces = _summed(text, _with_more(text, pieces, numerals))
    return _stretches(text, pieces, numerals)


@cache
def _units_of(language: str) -> Mapping[str, TimeSpan]:
    """The units of a language and the English ones, without their letters where they are words."""
    english = {word: span for word, span in UNITS["en"].items() if language == "en" or word not in ("y", "w")}
    return {**english, **UNITS.get(language, {}), **(ADJECTIVES if language == "de" else {})}


def mended(text: str, language: str) -> str:
    """``text`` with the units that have one slip in them spelled right: "3 montsh"."""
    return _LONG_WORD.sub(lambda match: _unit_slips(language).meant(match[0]) or match[0], text[:_READABLE_SLIPS])


@cache
def _unit_slips(language: str) -> Slips:
    return Slips(sorted(word for word in _units_of(language) if len(word) >= 5 and word.isalpha()))


def is_meant(text: str, stretch: Stretch) -> bool:
    """Whether a stretch says how long, and not "give me a second"."""
    said = text[stretch.start : stretch.end]
    return not (_SHORT_WHILE.search(said) and _ASKING_FOR_TIME.search(text))


def _clock_piece(match: re.Match[str]) -> _Piece:
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return _Piece(match.start(), match.end(), TimeSpan(hours=hours, minutes=minutes, seconds=seconds), HOUR)


def _counted(text: str, numerals: Sequence[Numeral], units: Mapping[str, TimeSpan]) -> list[_Piece]:
    """Every unit word with the number or article before it."""
    pieces: list[_Piece] = []
    at = 0
    before = ""
    for match in _WORD.finditer(text):
        word = match.group()
        unit = MONTH if word == "m" else units.get(word)
        if unit is not None and len(pieces) < _MOST_PIECES:
            while at < len(numerals) and numerals[at].end <= match.start():
                at += 1
            piece = _piece(text, match, unit, numerals[at - 1] if at else None, before)
            if piece is not None:
                pieces.append(piece)
        before = word
    return pieces


def _piece(text: str, match: re.Match[str], unit: TimeSpan, numeral: Numeral | None, before: str) -> _Piece | None:
    word = match.group()
    gap = text[numeral.end : match.start()] if numeral is not None else None
    if numeral is not None and gap is not None and BETWEEN_NUMBER_AND_UNIT.fullmatch(gap):
        if len(word) == 1 and gap and (gap != " " or numeral.spoken or text[match.end() : match.end() + 1] == "'"):
            return None
        span = unit.times(numeral.value if numeral.value > 0 else -numeral.value)
        rough = numeral.rough and numeral.spoken
        article = numeral.article or (numeral.value == 1 and text[numeral.start : numeral.end] == "one")
        return _Piece(numeral.start, match.end(), span, unit, article, rough, word == "m")
    if len(word) == 1 or word in PLURALS:
        return None
    if _ALL_THE.search(text[: match.start()]) and word not in PLURALS:
        return _Piece(match.start(), match.end(), unit, unit)
    if before in ARTICLES and text[match.start() - 1] in " -" and not _HOW_OFTEN.search(text[: match.start()]):
        start = match.start() - len(before) - 1
        return _Piece(start, match.end(), unit, unit, article=True)
    if match.start() == 0 and (_AND_MORE.match(text, match.end()) or match.end() == len(text)):
        return _Piece(0, match.end(), unit, unit, article=True)
    return None


def _quarters(text: str, numerals: Sequence[Numeral], counted: Sequence[_Piece]) -> list[_Piece]:
    """The quarters of a year, which are read as quarters of anything: "3 quarters"."""
    pieces = []
    more = [match.end() for piece in counted if (match := _AND_MORE.match(text, piece.end))]
    for numeral in numerals:
        said = text[numeral.start : numeral.end]
        unit_follows = re.match(r"(?: |-)(?:of|hours?|day|year|past|to|century|million)\b", text[numeral.end :])
        if (
            said.endswith((" quarter", "-quarter", "quarters"))
            and not unit_follows
            and numeral.part
            and numeral.end not in more
        ):
            pieces.append(_Piece(numeral.start, numeral.end, QUARTER.times(4 * numeral.value), QUARTER))
    return pieces


def _with_more(text: str, pieces: Sequence[_Piece], numerals: Sequence[Numeral]) -> list[_Piece]:
    """The pieces with what is counted on behind them: an hour *and a half*, two hours *ten*."""
    longer: list[_Piece] = []
    for at, piece in enumerate(pieces):
        limit = pieces[at + 1].start if at + 1 < len(pieces) else len(text)
        more = _AND_MORE.match(text, piece.end, limit)
        rest = None if more else _rest(text, piece, numerals, limit)
        if more:
            share = _MORE.get(more[1], Fraction(1, 2))
            longer.append(piece._replace(end=more.end(), span=piece.span.plus(piece.unit.times(share)), article=False))
        elif rest is not None:
            smaller = MINUTE if piece.unit == HOUR else SECOND
            longer.append(piece._replace(end=rest.end, span=piece.span.plus(smaller.times(rest.value)), article=False))
        else:
            longer.append(piece)
    return longer


def _rest(text: str, piece: _Piece, numerals: Sequence[Numeral], limit: int) -> Numeral | None:
    """The bare number right behind hours or minutes: "1 hour thirty"."""
    if piece.unit not in (HOUR, MINUTE) or piece.span.seconds or (piece.unit == HOUR and piece.span.minutes):
        return None
    for numeral in numerals:
        if numeral.start >= piece.end:
            fits = numeral.end <= limit and isinstance(numeral.value, int) and 0 < numeral.value < 60
            close = _BARE_REST.fullmatch(text, piece.end, numeral.start) is not None and numeral.start > piece.end
            alone = re.match(r" ?(?:$|[,.;!?)]|minutes?\b|mins?\b|m\b)", text[numeral.end :]) is not None
            return numeral if fits and close and alone and not numeral.article else None
    return None


def _summed(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces that follow each other, from large to small, as one: "2 years and 3 months"."""
    sums: list[_Piece] = []
    for piece in pieces:
        last = sums[-1] if sums else None
        if last is not None and piece.start < last.end:
            continue
        if last is not None and _JOINT.fullmatch(text, last.end, piece.start):
            minutes_behind_hours = piece.ambiguous and last.unit == HOUR
            piece = _in_minutes(piece) if minutes_behind_hours else piece  # noqa: PLW2901 - the same piece, understood
            last = _in_minutes(last) if last.ambiguous and piece.unit == SECOND else last
            if piece.unit.size < last.unit.size and not (piece.article and text[last.end : piece.start] == " "):
                sums[-1] = _Piece(last.start, piece.end, last.span.plus(piece.span), piece.unit)
                continue
        if last is not None and piece.article and text[last.end : piece.start] in (" ", " per ", "/", " each "):
            continue
        sums.append(piece)
    return sums


def _in_minutes(piece: _Piece) -> _Piece:
    span = TimeSpan(minutes=piece.span.months, seconds=piece.span.seconds)
    return piece._replace(span=span, unit=MINUTE, ambiguous=False)


def _stretches(text: str, pieces: Sequence[_Piece], numerals: Sequence[Numeral]) -> list[Stretch]:
    """Ranges and plain lengths; a bare number at one end of a range has the unit of the other: "2-3 months"."""
    if not pieces:
        return []
    free = [each for each in numerals if not any(piece.start <= each.start < piece.end for piece in pieces)]
    entities = sorted([*pieces, *(piece for numeral in free if (piece := _borrowed_unit(numeral, pieces)))])
    known = {piece.start for piece in pieces}
    stretches = []
    for extent in find_extents(text, [Place(each.start, each.end, each.span.size) for each in entities]):
        involved = [entities[at] for at in dict.fromkeys((extent.low, extent.high)) if at is not None]
        if not any(each.start in known for each in involved):
            continue
        spans = sorted((each.span for each in involved), key=lambda span: span.size)
        minutes = _in_minutes(involved[-1]).span if involved[-1].ambiguous else None
        stretches.append(
            Stretch(
                spans[0] if extent.low is not None else None,
                spans[-1] if extent.high is not None else None,
                min(extent.start, involved[0].start),
                extent.end,
                extent.approximate or any(each.rough for each in involved),
                minutes,
                any(each.rough for each in involved),
            )
        )
    return stretches


def _borrowed_unit(numeral: Numeral, pieces: Sequence[_Piece]) -> _Piece | None:
    """A bare number in the unit of the piece behind it, or else before it."""
    value: Exact = numeral.value
    behind = next((piece for piece in pieces if 0 <= piece.start - numeral.end <= 24), None)
    lender = behind or next((piece for piece in reversed(pieces) if 0 <= numeral.start - piece.end <= 12), None)
    if lender is None or value < 0 or numeral.percent:
        return None
    return _Piece(numeral.start, numeral.end, lender.unit.times(value), lender.unit, ambiguous=lender.ambiguous)
