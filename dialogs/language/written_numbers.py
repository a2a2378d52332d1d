"""Numbers written in digits, with the separators of every country.

1. A separator that can only be read one way is read that way: ``1,234.56``, ``1.234,56``, ``1 234``, ``2,5``.
2. One separator before exactly three digits is thousands where the visitor's language writes it so; otherwise it is
   doubtful, and both readings are given. A magnitude is never guessed.
3. What is no number (``1.2.3``, ``12.03.2027``, ``192.168.1.1``, thousands of digits) is none.
"""

import re
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from dialogs.language.vocabulary import word_set

Exact: TypeAlias = int | Fraction
"""A number without rounding: a tenth is a tenth until it leaves the reader."""

MAX_DIGITS = 30
"""Longest run of digits that is still taken for a quantity."""

_COMMA_GROUPS_IN = word_set(
    "US GB IE AU NZ CA IN PK BD LK MY SG PH HK CN JP KR TW TH IL MX GT HN NI PA SV DO PR NG KE GH ZA ZW UG EG"
)
_POINT_GROUPS_IN = word_set(
    "DE AT ES IT NL BE DK NO SE FI PT BR AR CL CO UY PY EC BO VE TR GR PL CZ SK HU RO BG HR RS SI ID VN RU UA FR"
)

_GROUPED = re.compile(r"\d{1,3}(?:([.,'_ ])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_NOT_DIGITS = re.compile(r"\D")
_DIGITS = re.compile(r"\d")


class Written(NamedTuple):
    """What a run of digits says."""

    value: Exact
    other: Exact | None = None
    """The second reading, where the separator is doubtful."""


def read_written(digits: str, language: str, region: str | None = None) -> Written | None:
    """The value of ``digits`` (ASCII digits and ``. , ' _`` or single spaces), or None where it is no number."""
    if len(digits) > 2 * MAX_DIGITS:
        return None
    if digits.isdigit():
        return Written(int(digits)) if len(digits) <= MAX_DIGITS else None
    separators = _DIGITS.sub("", digits)
    if separators in (".", ","):
        return _read_single(digits, separators, language, region)
    whole, decimals = _split_decimals(digits, separators)
    if whole is None or not _is_grouped(whole):
        return None
    return Written(_exact(_NOT_DIGITS.sub("", whole), decimals))


def _split_decimals(digits: str, separators: str) -> tuple[str | None, str]:
    """Whole part and decimals of a number with several separators or an unusual one."""
    last = separators[-1]
    if last in ".," and separators.count(last) == 1:
        whole, _, decimals = digits.rpartition(last)
        return whole, decimals
    return (digits, "") if len(set(separators)) == 1 else (None, "")


def _is_grouped(whole: str) -> bool:
    return bool(_GROUPED.fullmatch(whole) or _INDIAN.fullmatch(whole))


def _read_single(digits: str, separator: str, language: str, region: str | None) -> Written:
    """A number with one point or one comma in it."""
    whole, _, decimals = digits.partition(separator)
    as_decimal = _exact(whole, decimals)
    if len(decimals) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        if separator == "," and len(decimals) > 3 and _groups_by(",", language, region):
            return Written(as_decimal, int(whole + decimals))
        return Written(as_decimal)
    as_thousands = int(whole + decimals)
    if _groups_by(separator, language, region):
        return Written(as_thousands)
    if decimals.endswith("0"):
        return Written(as_thousands, as_decimal)
    return Written(as_decimal, as_thousands)


def _groups_by(separator: str, language: str, region: str | None) -> bool:
    """Whether people of this language and country write thousands with ``separator``."""
    if region is not None and region.upper() in _COMMA_GROUPS_IN | _POINT_GROUPS_IN and language != "en":
        return separator == ("," if region.upper() in _COMMA_GROUPS_IN else ".")
    return separator == ("," if language not in ("de", "es", "fr") else ".")


def _exact(whole: str, decimals: str) -> Exact:
    decimals = decimals[:MAX_DIGITS].rstrip("0")
    if not decimals:
        return int(whole or "0")
    return Fraction(int((whole or "0") + decimals), 10 ** len(decimals))


def rounded(value: Exact) -> int | float:
    """``value`` as JSON writes it: an integer where it is one, else the nearest float."""
    return value if isinstance(value, int) else value.numerator if value.denominator == 1 else float(value)


def exact(value: int | float) -> Exact:
    """``value`` as it is written in decimals: 0.1 is a tenth. It must be finite."""
    return value if isinstance(value, int) else Fraction(repr(value))
