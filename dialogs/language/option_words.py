"""The words that options are called by, each with the options it belongs to."""

import re
from collections.abc import Collection
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.language.choice_words import Words
from dialogs.language.telling_words import KIN_LETTERS, are_kin, is_period, is_slight, is_telling

_DIGIT = re.compile(r"\d")
_SHORTEST_BEGINNING = 3
"""Letters of a word that may stand for a longer one it begins."""
_MOST_MENDED = 30
"""Words of a text that are looked at for slips."""


class OptionWords:
    """The words of all names of a question's options."""

    def __init__(self) -> None:
        self._places: dict[str, set[int]] = {}

    def learn(self, word: str, place: int) -> None:
        """Note that a name of the option at ``place`` has this word. All are learned before any is looked up."""
        self._places.setdefault(word, set()).add(place)

    def places(self, word: str) -> Collection[int]:
        """The options that have exactly this word."""
        return self._places.get(word, ())

    def tells(self, word: str) -> bool:
        """Whether the word says by itself what is wanted; small ones do where an option is called by them."""
        return is_telling(word) and (not is_slight(word) or word in self._places)

    def owners(self, word: str) -> set[int]:
        """The options that have a word, or one kin to it; else those that have one beginning with it."""
        alike = self._by_first_letters.get(word[:KIN_LETTERS], ()) if len(word) >= KIN_LETTERS else ()
        if word in self._places:
            kin = (self._places[known] for known in alike if are_kin(word, known))
            return self._places[word].union(*kin)
        if len(word) < _SHORTEST_BEGINNING or word.isdigit():
            return set()
        known_words = alike if len(word) >= KIN_LETTERS else self._places
        return set[int]().union(*(self._places[known] for known in known_words if known.startswith(word)))

    def mended(self, said: Words) -> Words:
        """The text with slips in single words put right by the options' own words."""
        return Words(tuple(map(self._meant, said.words[:_MOST_MENDED])) + said.words[_MOST_MENDED:], said.pauses)

    def _meant(self, word: str) -> str:
        if len(word) < KIN_LETTERS or word in self._places or is_slight(word) or not is_telling(word):
            return word
        if is_period(word) or _DIGIT.search(word):
            return word
        slips = 2 if len(word) >= 8 else 1
        matches = process.extract(word, self._mendable, scorer=OSA.distance, score_cutoff=slips, limit=2)
        clear = bool(matches) and (len(matches) == 1 or matches[0][1] < matches[1][1])
        return matches[0][0] if clear else word

    @cached_property
    def _mendable(self) -> list[str]:
        """The words that are long enough to be told in spite of a slip."""
        return [word for word in self._places if len(word) >= KIN_LETTERS and not _DIGIT.search(word)]

    @cached_property
    def _by_first_letters(self) -> dict[str, list[str]]:
        """The telling words by the letters that kin words share."""
        found: dict[str, list[str]] = {}
        for word in self._places:
            if is_telling(word):
                found.setdefault(word[:KIN_LETTERS], []).append(word)
        return found
