"""Finds phone numbers in what people type, checked against every country's numbering plan.

1. A text of digits and their punctuation is read as one number; letters are never digits, except in a whole text that
   is a vanity number ("1-800-FLOWERS").
2. In a sentence, every valid number is found. An extension ("ext. 5") is dropped, because E.164 has none.
3. A national number counts in the first of the given countries where it is valid.
"""

# Imported here although it takes 30 ms: the first visitor to give a number should not wait for it. The sister modules
# (geocoder, carrier, timezone) take seconds and must never be imported.
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from dialogs.language.spoken_digits import spoken_as_digits

REGIONS: frozenset[str] = frozenset(phonenumbers.SUPPORTED_REGIONS)
DIALLING_CODES: Mapping[str, int] = {
    region: phonenumbers.country_code_for_region(region)
    for region in (
        *(main for _, (main, *_) in sorted(COUNTRY_CODE_TO_REGION_CODE.items()) if main in REGIONS),
        *sorted(REGIONS),
    )
}
"""Country codes by region, such as 49 for DE (ITU-T E.164). Of those that share one the main region comes first."""
"""Countries with a numbering plan, as ISO 3166-1 alpha-2."""


class PhoneFinding(NamedTuple):
    """What a text holds by way of phone numbers."""

    numbers: tuple[str, ...] = ()
    """Every different valid one, in order, in E.164."""
    extension: bool = False
    """Whether an extension was left out."""
    problem: str = ""
    """Where there is none: ``none``, ``country_needed``, ``too_short``, ``too_long`` or ``invalid``."""
    nearly: tuple[str, ...] = ()
    """What may have been meant instead, in E.164."""


_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_PLAIN = re.compile(r"[+＋]?[\d\s().\-/‐-―·•]{4,60}")
_DIGITS = re.compile(r"\d")
_CANDIDATE = re.compile(r"[+＋(]?\d[\d\s().\-/‐-―·•]{2,58}\d")
_VANITY = re.compile(r"\+?[\d(). -]{1,16}[A-Za-z](?:[ -]?[A-Za-z0-9]){2,14}")
_FREE_OF_CHARGE = re.compile(r"\+?1?[ (.-]*(?:8(?:00|33|44|55|66|77|88)|0800|0808|1800|1300|800)\b")
_INTERNATIONAL_PREFIX = re.compile(r"(?<![\d+])(?:00|011)(?=[ ()./-]{0,2}[1-9][\d ()./-]{6,})")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
_LABEL = re.compile(r"(?:tel|phone|sms|callto)[:.]\s*", re.IGNORECASE)
_DATE = re.compile(r"(?<![\d.+/-])(?:3[01]|[12]\d|0?[1-9])\.(?:1[0-2]|0?[1-9])\.(?:19|20)\d\d(?![\d./-])")
_LONGEST_E164 = 16
_LONGEST = 500
_MOST_TRIES = 30
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def find_numbers(text: str, regions: Sequence[str]) -> PhoneFinding:
    """The phone numbers in ``text``; national ones are looked for in ``regions``, in that order."""
    text = _INVISIBLE.sub("", text).strip()
    if _E164.fullmatch(text) and (number := valid_number(text, ())) is not None:
        return PhoneFinding((number,))
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    text = spoken_as_digits(_DATE.sub(" ", text[:_LONGEST])) if len(text) > _LONGEST_E164 or "." in text else text
    if not _DIGITS.search(text):
        return PhoneFinding(problem="none")
    if not regions and "+" not in text:
        text = _INTERNATIONAL_PREFIX.sub("+", text)
    found = _found(text, regions)
    if not found.numbers and regions and _INTERNATIONAL_PREFIX.search(text):
        abroad = _found(_INTERNATIONAL_PREFIX.sub("+", text), regions)
        return abroad if abroad.numbers else found
    return found


def _found(text: str, regions: Sequence[str]) -> PhoneFinding:
    if _is_whole(text):
        number = valid_number(text, regions)
        return PhoneFinding((number,)) if number else _problem_of(text, regions)
    return _in_sentence(text[:_LONGEST], regions)


def valid_number(text: str, regions: Sequence[str]) -> str | None:
    """The number that ``text`` is as a whole, in E.164; None where it is none in any of ``regions``."""
    if not _is_whole(text):
        return None
    for region in regions or (None,):
        parsed = _parsed(text, region)
        if region and (abroad := _with_forgotten_plus(text, region)) is not None:
            parsed = abroad
        if parsed is not None and phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return None


def is_mobile(number: str) -> bool:
    """Whether a number in E.164 is, or may be, a mobile one."""
    parsed = _parsed(number, None)
    return parsed is not None and phonenumbers.number_type(parsed) in _MOBILE


def spaced(number: str) -> str:
    """A number in E.164 with spaces where its country puts them: "+49 171 1234567"."""
    parsed = _parsed(number, None)
    return number if parsed is None else phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


@lru_cache(maxsize=512)
def example(region: str | None, mobile: bool) -> str:
    """A number of the country as it would be written for people abroad."""
    kind = PhoneNumberType.MOBILE if mobile else PhoneNumberType.FIXED_LINE
    number = phonenumbers.example_number_for_type(region, kind) if region in REGIONS else None
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else "+44 20 7946 0018"


@lru_cache(maxsize=512)
def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    """The number ``text`` is; nobody may change it. An answer is parsed once, however much is asked of it."""
    try:
        return phonenumbers.parse(text[:250], region)
    except NumberParseException:
        return None


def _with_forgotten_plus(text: str, region: str) -> PhoneNumber | None:
    """ "49 171 1234567" in Germany, where a national number would begin with 0: the country code without its plus."""
    code = str(phonenumbers.country_code_for_region(region))
    if not text.startswith(code) or phonenumbers.ndd_prefix_for_region(region, True) != "0":
        return None
    parsed = _parsed(f"+{text}", None)
    return parsed if parsed is not None and phonenumbers.is_valid_number(parsed) else None


def _is_whole(text: str) -> bool:
    """Whether nothing but a number, in digits or as a vanity number, is there."""
    if _PLAIN.fullmatch(text):
        return True
    if not _VANITY.fullmatch(text):
        return False
    return text == text.upper() or _FREE_OF_CHARGE.match(text) is not None


def _in_sentence(text: str, regions: Sequence[str]) -> PhoneFinding:
    for region in regions or (None,):
        matches = list(phonenumbers.PhoneNumberMatcher(text, region, max_tries=_MOST_TRIES))
        if matches:
            numbers = dict.fromkeys(phonenumbers.format_number(each.number, PhoneNumberFormat.E164) for each in matches)
            return PhoneFinding(tuple(numbers), extension=any(each.number.extension for each in matches))
    candidate = max(_candidates(text), key=len, default="")
    return _problem_of(candidate, regions)


def _candidates(text: str) -> Iterator[str]:
    return (match.group() for match in _CANDIDATE.finditer(text))


def _problem_of(text: str, regions: Sequence[str]) -> PhoneFinding:
    """Why ``text`` is no valid number, and which it would be with a plus in front."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < 3:
        return PhoneFinding(problem="none")
    abroad = valid_number(f"+{digits}", ()) if len(digits) >= 9 and not digits.startswith("0") else None
    nearly = (abroad,) if abroad else ()
    if not regions and text.lstrip(" (")[:1] not in {"+", "＋"}:
        return PhoneFinding(problem="country_needed", nearly=nearly)
    parsed = _parsed(text, regions[0] if regions else None)
    possible = None if parsed is None else phonenumbers.is_possible_number_with_reason(parsed)
    if len(digits) > 15 or possible == ValidationResult.TOO_LONG:
        return PhoneFinding(problem="too_long", nearly=nearly)
    if possible in {ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY}:
        return PhoneFinding(problem="too_short", nearly=nearly)
    return PhoneFinding(problem="invalid", nearly=nearly)
