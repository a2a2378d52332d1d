"""Dates in one spelling: "24. 12. 2026", "2026年12月24日", "decmber", "vierundzwanzigster Dezember" made plain."""

import re
from functools import cache

from dialogs.language.calendar_words import DAY_WORDS, MONTHS, ORDINAL_DAYS, WEEKDAYS, either, parted_ends
from dialogs.language.slips import Slips

_MONTH = either(MONTHS)
_ORDINAL = either(ORDINAL_DAYS).replace(r"\-", "[ -]")
_CARDINAL = either(DAY_WORDS).replace(r"\-", "[ -]")
_ORDINAL_DAY = re.compile(rf"\b({_ORDINAL})\b(?=(?: of| de)? {_MONTH}\b)|(?<=[a-z] )(?:the )?\b({_ORDINAL})\b")
_WORD_DAY = re.compile(rf"\b({_CARDINAL})\b(?=(?: of| de)? {_MONTH}\b)|(?<=[a-z] )\b({_CARDINAL})\b$")
_ENDS_IN_A_MONTH = re.compile(rf"\b{_MONTH}\b (?:the )?$")
_SPACED = re.compile(r"(?<![\d.])(\d{1,2}) ?[.·] ?(\d{1,2}) ?[.·] ?(\d{4}|\d{2})(?![\d.])")
_ONLY_SPACES = re.compile(r"(\d{1,2}) (\d{1,2}) ((?:18|19|20|21)\d\d)")
_CHARACTERS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_QUARTER = re.compile(
    r"\b(?:(?:the |das |el |le )?(?:(first|1st|1\.|1er|erste[ns]?|primer|premier)|(second|2nd|2\.|zweite[ns]?|segundo"
    r"|deuxieme)|(third|3rd|3\.|dritte[ns]?|tercer|troisieme)|(fourth|4th|last|4\.|vierte[ns]?|cuarto|quatrieme)) )"
    r"(?:quarter|quartal|trimestre)\b(?: (?:of|de|in|du) (?=\d{4}))?"
)
_LONG_WORD = re.compile(r"[^\W\d_]{6,12}")
_SHORTEST = 6


def plain_dates(text: str) -> str:
    """``text`` (from ``plain_digits``) with its days as digits and its months and weekdays spelled right."""
    text = _LONG_WORD.sub(_mended, parted_ends(text))
    text = _CHARACTERS.sub(r"\1-\2-\3", text)
    text = _ONLY_SPACES.sub(r"\1.\2.\3", text) if _ONLY_SPACES.fullmatch(text) else _SPACED.sub(r"\1.\2.\3", text)
    text = _QUARTER.sub(lambda match: f"q{match.lastindex} ", text).rstrip()
    text = _ORDINAL_DAY.sub(_ordinal_as_digits, text)
    return _WORD_DAY.sub(_word_as_digits, text)


def _ordinal_as_digits(match: re.Match[str]) -> str:
    return f"{ORDINAL_DAYS[(match[1] or match[2]).replace(' ', '-')]}."


def _word_as_digits(match: re.Match[str]) -> str:
    if match[2] and not _ENDS_IN_A_MONTH.search(match.string[: match.start()]):
        return match[0]
    return str(DAY_WORDS[(match[1] or match[2]).replace(" ", "-")])


def _mended(match: re.Match[str]) -> str:
    return _calendar_slips().meant(match[0]) or match[0]


@cache
def _calendar_slips() -> Slips:
    """Months and weekdays whose names are long enough to be known in spite of a slip."""
    return Slips(sorted(word for word in (*MONTHS, *WEEKDAYS) if len(word) >= _SHORTEST))
