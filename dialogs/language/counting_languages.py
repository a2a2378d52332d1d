"""In which language a text counts, where it is not the visitor's own: "10 Millionen Euro" in an English chat.

A magnitude that is not understood makes a number wrong by a thousand. So where the word behind a number is a
magnitude of another language, and of no meaning in the visitor's, the numbers are read in that language.
"""

import re

from dialogs.language.number_words import LEXICONS, OWN_WORDS, SHORT_SCALES, Kind, Word, spellings
from dialogs.language.vocabulary import word_set

_LANGUAGES = ("de", "es", "fr", "en")
_MULTIPLIERS = (Kind.HUNDRED, Kind.SCALE, Kind.COLLECTIVE, Kind.VAGUE)
_BETWEEN = (Kind.ARTICLE, Kind.OF)
_WORD = re.compile(r"\d[\d.,'_]*|[^\W\d_]+")
_MOST_WORDS = 80
_COMMON_WORDS = word_set("miles cent cents par pair grand")
"""Magnitudes that are everyday words of another language: "5 miles", "50 cents"."""
_SPANISH_AROUND = word_set("de entre unos unas hasta mas menos con los las")
"""Words beside which the "mil" of an English chat is a Spanish thousand."""


def counted_in(text: str, language: str) -> str:
    """The language whose number words ``text`` (folded) is written in; ``language`` where nothing speaks against it."""
    if text.isascii() and not any(character.isalpha() for character in text):
        return language
    words = _WORD.findall(text[:1000])[:_MOST_WORDS]
    own = OWN_WORDS[language]
    for at, word in enumerate(words):
        if word == "mil" and language == "en" and not _SPANISH_AROUND.isdisjoint(words):
            return "es"
        if word in own:
            continue
        for other in _LANGUAGES:
            meaning = OWN_WORDS[other].get(word)
            if other != language and meaning is not None and _is_foreign(words, at, meaning[0], other, language):
                return other
    return language


def says_many(text: str, language: str) -> bool:
    """Whether ``text`` only says that they are many, in ``language``: "millions", "Tausende"."""
    vague = spellings((Kind.VAGUE,), language)
    return not vague.isdisjoint(_WORD.findall(text[:200]))


def _is_foreign(words: list[str], at: int, meaning: Word, other: str, language: str) -> bool:
    """Whether the word at ``at`` changes a number in ``other`` and is not understood in ``language``."""
    word = words[at]
    if word in _COMMON_WORDS or (word in SHORT_SCALES and word in LEXICONS[language]):
        return False
    if meaning.kind in _MULTIPLIERS and meaning.value >= 100 and word not in LEXICONS[language]:
        return at > 0 and _is_number(words[at - 1], other)
    if meaning.kind in (Kind.PART, Kind.SMALL) and (word not in LEXICONS[language] or meaning.kind is Kind.PART):
        ahead = next((each for each in words[at + 1 : at + 4] if not _may_stand_between(each, other)), "")
        return _is_magnitude(ahead, other)
    return False


def _is_number(word: str, language: str) -> bool:
    known = OWN_WORDS[language].get(word) or LEXICONS[language].get(word)
    return word[0].isdigit() or (known is not None and known[0].kind in (Kind.SMALL, Kind.ARTICLE, Kind.PART))


def _is_magnitude(word: str, language: str) -> bool:
    known = LEXICONS[language].get(word)
    return known is not None and known[0].kind in _MULTIPLIERS and known[0].value >= 100


def _may_stand_between(word: str, language: str) -> bool:
    known = OWN_WORDS[language].get(word)
    return known is not None and known[0].kind in _BETWEEN
