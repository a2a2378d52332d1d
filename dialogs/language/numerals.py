"""Numbers in what people write: digits of any country, words of four languages, alone or inside a sentence."""

import re
from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.counting_languages import counted_in
from dialogs.language.currencies import NAMES
from dialogs.language.digits import plain_digits
from dialogs.language.number_barriers import find_barriers
from dialogs.language.number_grammar import Sum, read_sum
from dialogs.language.number_tokens import Token, TokenRow, tokens_of
from dialogs.language.number_words import Kind
from dialogs.language.ordinals import find_ordinal
from dialogs.language.vocabulary import word_set
from dialogs.language.written_numbers import Exact, rounded

MOST_NUMERALS = 24
"""Numbers that are looked at in one text; nobody answers a question with more."""

_FALLBACKS = {"en": ("es", "de", "fr"), "de": ("es", "fr"), "es": ("fr", "de"), "fr": ("es", "de")}
_NOT_BORROWED = word_set("once sept elf son six dos par paar cent menos media uno une nil null")

_ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th|eme|ere|er|nde)\b")
_ABOUT_SUFFIX = re.compile(r" ?-?ish\b")
_ATTACHED = re.compile(r"[^\W\d_]+[23]?(?!\d)|e[+-]?\d|\^")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]-?$")
_FIGURES = re.compile(
    r" to the (?:power|\d|second|third|[a-z]+th)\b|[ -](?:figures?|digits?|zeros?|zeroes|stellig|cifras|chiffres)\b"
)
_SLANG = re.compile(r" ?(?:l|g|gs|g's|large|stacks?|racks?|bills?)\b(?=[^\w€$£]*$)")
"""Behind a number and nothing else, what some people call thousands, and others litres, grams or notes."""
_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]+\d")
_SPACED_LETTER = re.compile(r" [bt](?![\w'€$£])")
_UNITS = word_set(
    "am an ano ans bar bed bis bit bits box boys bps byte c cm d day dm dpi e er ers eur fps ft gb gbps ghz "
    "girl girls gw gwh h hr hrs hz in ish j kb kbps kg khz kid kids km kmh kw kwh l lb lbs m2 m3 ma mal "
    "man mb mbps men mes mg mhz mi min mins ml mm mo mos mph mw mwh nm oz p pc pcs pm ppl pt pts px s sec seg "
    "sek st std ste tabs tb team ten th tho ton tons tw um usd v w x y yr yrs"
)
_PLAIN = re.compile(r"[+-]?\d{1,15}")


class Numeral(NamedTuple):
    """A number that stands in a text."""

    value: Exact
    start: int
    end: int
    other: Exact | None = None
    """What it may mean as well, where a separator is doubtful."""
    factor: int = 1
    """The magnitude it ends with: 1000 in "10k"."""
    rough: bool = False
    percent: bool = False
    ordinal: bool = False
    unclear: bool = False
    """Letters hang on it that may be a magnitude nobody knows: its value cannot be trusted."""
    article: bool = False
    """Only an article, such as ``ein``: a one if nothing else is said."""
    part: bool = False
    """Only a part, such as ``half``."""
    spoken: bool = False
    """Said in words alone."""


def find_numerals(
    text: str,
    language: str,
    *,
    region: str | None = None,
    without: Collection[str] = (),
    prefixes: Collection[str] = (),
) -> list[Numeral]:
    """The numbers in ``text``, which must come from ``plain_digits``.

    Words in ``without`` are not number words here. Digits that hang on letters (``q3``) are no numbers, except
    behind one of ``prefixes`` (``usd20``).
    """
    language = counted_in(text, language if language in _FALLBACKS else "en")
    tokens = tokens_of(text, language, region, without)
    row = TokenRow(text, tokens, language)
    barriers = find_barriers(row)
    found: list[Numeral] = []
    at = 0
    while at < len(tokens) and len(found) < MOST_NUMERALS:
        minus = _is_minus(row, at)
        begin = at + minus
        if not tokens[begin].counts or _hangs_on_letters(text, tokens, begin, prefixes):
            at += 1
            continue
        read = read_sum(row, begin, barriers)
        if read is None:
            at = _behind_the_word(tokens, at)
            continue
        if _is_ordinal_word(row, read.end):
            at = read.end + 1
            continue
        found.append(
            _numeral(
                row, at, begin, read, bool(found) and text[found[-1].end : tokens[begin].start].strip() in ("-", "+")
            )
        )
        at = read.end
    return _quotients(text, found)


def _behind_the_word(tokens: list[Token], at: int) -> int:
    """The first token behind the word at ``at``: what is left of a compound is no number of its own."""
    start = tokens[at].start
    while at < len(tokens) and tokens[at].start == start:
        at += 1
    return at


def _is_minus(row: TokenRow, at: int) -> bool:
    tokens = row.tokens
    if tokens[at].kind is not Kind.MINUS or not row.joined(at + 1) or not tokens[at + 1].counts:
        return False
    return at == 0 or tokens[at - 1].text not in ("plus", "o", "ou", "or", "oder", "al", "por", "lo", "au", "du")


def _hangs_on_letters(text: str, tokens: list[Token], at: int, prefixes: Collection[str]) -> bool:
    token = tokens[at]
    if token.written is None or not _LETTERS_BEFORE.search(text, max(0, token.start - 2), token.start):
        return False
    return tokens[at - 1].text not in prefixes and not (text[token.start - 1] == "-" and tokens[at - 1].counts)


def _numeral(row: TokenRow, first: int, begin: int, read: Sum, behind_another: bool) -> Numeral:
    text, tokens = row.text, row.tokens
    start, end = tokens[first].start, tokens[read.end - 1].end
    sign = -1 if first < begin else 1
    signed = _sign_before(text, start, behind_another)
    if signed is not None and first == begin:
        start, sign = signed
    about = _ABOUT_SUFFIX.match(text, end)
    ordinal = _ORDINAL_SUFFIX.match(text, end) is not None and tokens[read.end - 1].written is not None
    return Numeral(
        value=sign * read.value,
        start=start,
        end=about.end() if about else end,
        other=None if read.other is None else sign * read.other,
        factor=read.factor,
        rough=read.rough or about is not None,
        percent=text[end : end + 2].strip().startswith("%"),
        ordinal=ordinal,
        unclear=not ordinal and _has_unknown_magnitude(text, end),
        article=read.article,
        part=read.part,
        spoken=all(token.written is None for token in tokens[begin : read.end]),
    )


def _is_ordinal_word(row: TokenRow, after: int) -> bool:
    """Whether the number goes on to an ordinal: twenty *third*."""
    if not row.joined(after) or after == 0:
        return False
    token = row.tokens[after]
    spoken = row.tokens[after - 1].written is None
    return spoken and (
        token.text in ("first", "second") or (token.kind is Kind.PART and token.text.endswith(("th", "rd")))
    )


def _sign_before(text: str, start: int, behind_another: bool) -> tuple[int, int] | None:
    """Where a sign before ``start`` begins, and what it does."""
    if start == 0 or (not text[start].isdigit() and text[start] not in ".,"):
        return None
    if text[start - 1] in "+-" and (start == 1 or text[start - 2] in " ([:=<>~") and not behind_another:
        before = text[: start - 1].rstrip()
        if not before or not before[-1].isdigit():
            return start - 1, -1 if text[start - 1] == "-" else 1
    if text[:start] in ("- ", "+ "):
        return 0, -1 if text[0] == "-" else 1
    return None


def _has_unknown_magnitude(text: str, end: int) -> bool:
    """Whether letters hang on the number that might multiply it in a way that is not known here (``10kk``)."""
    attached = _ATTACHED.match(text, end)
    if _FIGURES.match(text, end) or _SLANG.match(text, end):
        return True
    if attached is None:
        return _SPACED_LETTER.match(text, end) is not None or _LETTERS_AND_DIGITS.match(text, end) is not None
    letters = attached.group()
    if letters not in _UNITS and not (letters.isascii() and letters.isalpha()):
        return letters not in NAMES
    return len(letters) <= 3 and letters not in _UNITS


def _quotients(text: str, found: list[Numeral]) -> list[Numeral]:
    """ "One over three" is a third."""
    merged: list[Numeral] = []
    for numeral in found:
        last = merged[-1] if merged else None
        if last and numeral.value > 0 and text[last.end : numeral.start] == " over " and isinstance(last.value, int):
            value = Fraction(last.value) / numeral.value
            merged[-1] = last._replace(value=value, end=numeral.end, other=None, factor=1)
        else:
            merged.append(numeral)
    return merged


def read_numeral(text: str, language: str) -> float | int | None:
    """The number that ``text`` is as a whole, in digits or words of any of the four languages; else None.

    Doubtful separators ("1.234" in English), ordinals, percentages and ranges are None: nothing is guessed.
    """
    if len(text) <= 16 and _PLAIN.fullmatch(text):
        return int(text)
    plain = plain_digits(text).strip("!?;:'\"()").rstrip(".,")
    for known in (language, *_FALLBACKS.get(language, _FALLBACKS["en"])):
        if known != language and plain in _NOT_BORROWED:
            continue
        numerals = find_numerals(plain, known)
        if len(numerals) == 1 and numerals[0].start == 0 and numerals[0].end == len(plain):
            numeral = numerals[0]
            return None if numeral.other is not None else rounded(numeral.value)
    return None


def read_ordinal(text: str, language: str) -> int | None:
    """Which one ``text`` names as a whole: "second", "the 2nd one", "zweite"; -1 for the last; else None."""
    return find_ordinal(plain_digits(text), language)
