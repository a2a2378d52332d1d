"""Which place of a list a text may name: "2", "option two", "the second one", "b)"."""

import re
from functools import cache

from dialogs.language.number_words import LEXICONS, look_up
from dialogs.language.ordinals import COUNTING, PLACING

_LETTER = re.compile(
    r"(?:option|answer|choice|letter|buchstabe|antwort|opcion|letra|reponse|lettre)? ?\(?([a-z])\)?[.):]?"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")


def letter_place(plain: str) -> int | None:
    """The place, counted from 0, that the whole of a folded text names by its letter."""
    letter = _LETTER.fullmatch(plain)
    return ord(letter.group(1)) - ord("a") if letter is not None else None


def may_name_a_place(plain: str) -> bool:
    """Whether a folded text may be a number or say which one: few do, reading numbers is slow, and this is quick.

    Such a text has a digit in it, or "second" or the like, or "option" beside a number word, or nothing but number
    words.
    """
    if _DIGIT.search(plain):
        return True
    words = _WORD.findall(plain)
    if not PLACING.isdisjoint(words):
        return True
    counting = [_counts(word) for word in words]
    return any(counting) and (all(counting) or "#" in plain or not COUNTING.isdisjoint(words))


def _counts(word: str) -> bool:
    return word in _number_words() or bool(look_up(word, "de"))


@cache
def _number_words() -> frozenset[str]:
    """The number words of all languages, and the one that may stand between two: four *over* two."""
    return frozenset({"over"}).union(*LEXICONS.values())
