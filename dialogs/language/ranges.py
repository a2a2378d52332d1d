"""The words around quantities that make them a range: "between 5 and 10", "50+", "unter 3000", "plus de 20".

Works on anything that has a place in a text and a size: numbers, amounts of money, durations. All four languages are
known at once; their words do not contradict each other here.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dialogs.language.range_words import (
    ABBREVIATIONS,
    AFTER,
    AND,
    BEFORE,
    CLEAR_BEHIND_A_NOUN,
    MORE,
    NEGATIONS,
    OPINIONS,
    OR,
    TO,
    Says,
)
from dialogs.language.written_numbers import Exact


class Place(NamedTuple):
    """A quantity in a text: where it stands and how large it is, in whatever unit."""

    start: int
    end: int
    size: Exact
    base: Exact | None = None
    """Its size without the magnitude at its end: the 3 of "3 million"."""


class Extent(NamedTuple):
    """What one or two quantities of a text mean together."""

    low: int | None
    """Index of the place that is the lower end; None where it is open."""
    high: int | None
    """Index of the place that is the upper end; the same as ``low`` for a plain quantity."""
    start: int
    end: int
    approximate: bool = False


_WORD = re.compile(r"\b[dl]'|[^\W\d_]+(?:'[^\W\d_]+)*(?:-[^\W\d_]+)*|\+/-|[<>=~]+|\.{2,}|--?|\++|[^\w\s]|\d+")
_ELIDED = {"d'": "de", "l'": "le"}
_REACH, _LONGEST = 64, 5
_MOST_WORDS = 12


def find_extents(text: str, places: Sequence[Place]) -> list[Extent]:
    """What the quantities at ``places`` (in order) mean, with the words around them in ``text``."""
    extents: list[Extent] = []
    at = 0
    while at < len(places):
        left = places[at - 1].end if at else 0
        before = _look_before(text, max(left, places[at].start - _REACH), places[at].start)
        joined = at + 1 < len(places) and _are_joined(text, places[at], places[at + 1], before.between)
        last = at + 1 if joined else at
        right = places[last + 1].start if last + 1 < len(places) else len(text)
        after = _look_after(text, places[last].end, min(right, places[last].end + _REACH))
        low, high = (at, last) if joined else _bounded(at, before.bound or after.bound)
        start = before.start
        extents.append(Extent(low, high, start, max(after.end, places[last].end), before.about or after.about))
        at = last + 1
    return _merged(text, extents)


def _bounded(at: int, bound: Says | None) -> tuple[int | None, int | None]:
    return (None if bound is Says.HIGH else at), (None if bound is Says.LOW else at)


class _Seen(NamedTuple):
    start: int
    end: int = 0
    bound: Says | None = None
    about: bool = False
    between: bool = False


def _look_before(text: str, begin: int, end: int) -> _Seen:
    """What the words right before ``end`` say about the quantity there."""
    found = list(_WORD.finditer(text, begin, end))[-_MOST_WORDS:]
    tokens = [_ELIDED.get(match.group(), match.group()) for match in found]
    bound: Says | None = None
    about = between = False
    while tokens:
        if tokens[-1] in ".:" and len(tokens) > 1 and tokens[-2] in ABBREVIATIONS:
            tokens.pop()
            continue
        length, says = _longest(tokens, BEFORE, from_end=True)
        if not length:
            break
        about, between = about or says is Says.ABOUT, between or says is Says.BETWEEN
        if says in (Says.LOW, Says.HIGH):
            if bound is not None:
                break
            bound = Says(says)
        del tokens[len(tokens) - length :]
    denied = _denial(tokens) if bound is not None else 0
    if denied:
        bound = Says.LOW if bound is Says.HIGH else Says.HIGH
        del tokens[len(tokens) - denied :]
    start = found[len(tokens)].start() if len(tokens) < len(found) else end
    return _Seen(start, end, bound, about, between)


def _longest(tokens: Sequence[str], phrases: Mapping[str, Says], *, from_end: bool) -> tuple[int, Says | None]:
    """How many tokens at the one end are the longest known phrase, and what it says."""
    for length in range(min(_LONGEST, len(tokens)), 0, -1):
        says = phrases.get(" ".join(tokens[-length:] if from_end else tokens[:length]))
        if says is not None:
            return length, says
    return 0, None


def _denial(tokens: Sequence[str]) -> int:
    """How many tokens back a "not" turns a bound around, as in "we can't spend more than 50"; 0 where none does."""
    for back, token in enumerate(reversed(tokens[-6:]), start=1):
        if token in NEGATIONS or token.endswith("n't"):
            return back
        if token in OPINIONS or not token[0].isalpha():
            return 0
    return 0


def _look_after(text: str, begin: int, end: int) -> _Seen:
    """What the words right behind ``begin`` say about the quantity there."""
    found = list(_WORD.finditer(text, begin, end))[:_MOST_WORDS]
    tokens = [match.group() for match in found]
    if tokens and tokens[0][0] == "+" and text[begin:end].lstrip("+ ")[:1].isdigit():
        return _Seen(begin)
    if tokens[:1] == ["plus"] and len(tokens) > 1 and tokens[1] in ("de", "que", "tax", "taxes", "vat"):
        return _Seen(begin)
    for skipped in range(min(3, len(tokens))):
        length, says = _longest(tokens[skipped:], AFTER, from_end=False)
        if says is Says.ABOUT and length:
            further, bound = _longest(tokens[skipped + length :], AFTER, from_end=False)
            if bound in (Says.LOW, Says.HIGH):
                until = found[skipped + length + further - 1].end()
                return _Seen(begin, until, bound, True)
        if length and (skipped == 0 or " ".join(tokens[skipped : skipped + length]) in CLEAR_BEHIND_A_NOUN):
            until = found[skipped + length - 1].end()
            return _Seen(begin, until, None if says is Says.ABOUT else says, says is Says.ABOUT)
        if not tokens[skipped][0].isalpha() and tokens[skipped] not in "%)":
            break
    return _Seen(begin)


def _are_joined(text: str, first: Place, second: Place, between: bool) -> bool:
    """Whether two quantities are the ends of one range."""
    if second.start - first.end > _REACH:
        return False
    words = (match.group() for match in _WORD.finditer(text, first.end, second.start))
    gap = " ".join(_ELIDED.get(word, word) for word in words)
    if gap in TO:
        return True
    if gap in AND:
        return between
    sizes = (second.size, second.size if second.base is None else second.base)
    return gap in OR and any(0 <= first.size <= size <= 4 * first.size for size in sizes)


def _merged(text: str, extents: list[Extent]) -> list[Extent]:
    """Two half-open ranges that belong together made one: "more than 20 and less than 30"."""
    merged: list[Extent] = []
    for extent in extents:
        last = merged[-1] if merged else None
        if last is not None and _complete_each_other(last, extent) and _gap(text, last, extent) in MORE:
            low = last.low if last.low is not None else extent.low
            high = last.high if last.high is not None else extent.high
            merged[-1] = Extent(low, high, last.start, extent.end, last.approximate or extent.approximate)
        else:
            merged.append(extent)
    return merged


def _complete_each_other(first: Extent, second: Extent) -> bool:
    """Whether one has only its lower end and the other only its upper."""
    lows, highs = [first.low, second.low], [first.high, second.high]
    return lows.count(None) == highs.count(None) == 1 and (first.low is None) != (first.high is None)


def _gap(text: str, first: Extent, second: Extent) -> str:
    return text[first.end : max(first.end, second.start)].strip(" ,;x")
