"""Which of several options a text names: by key, label, synonym, number, ordinal, letter, or part of a label.

From the plainest to the boldest, and the first that finds exactly one option decides:

1. the whole text is a name of an option, or says yes (no) where one option says yes (no);
2. a quantity, where the labels are quantities ("15" for "10-20"); else "2", "option 2", "the second one", "b)";
3. a name stands in the text, not behind a "not";
4. words of the text belong to one option only, or are the beginning of one;
5. the same with slips of the keyboard mended.

Where several options fit, none is chosen: the choice is the visitor's.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from dialogs.language.affirmation import stance
from dialogs.language.choice_words import CARRYING, LONGEST, NEGATING, Words, core_of, is_negated, is_question, words_of
from dialogs.language.digits import plain_digits
from dialogs.language.folding import fold, fold_words
from dialogs.language.numerals import read_numeral, read_ordinal
from dialogs.language.places import letter_place, may_name_a_place
from dialogs.language.quantities import Quantity, read_quantity
from dialogs.language.vocabulary import word_set


class Choosable(NamedTuple):
    """One option by all its names."""

    key: str
    names: tuple[str, ...]
    """Labels in every language, and synonyms."""


class Pick(NamedTuple):
    """What was chosen, or what may have been meant."""

    at: int | None = None
    near: tuple[int, ...] = ()
    """Places of near misses, the nearest first."""
    negated: bool = False
    """Whether the text only says what is not wanted."""


class Mention(NamedTuple):
    """The name of an option in a text, by its words' places."""

    at: int
    start: int
    end: int
    negated: bool
    by_key: bool
    """Whether it is the key that stands there, which visitors do not see."""


_FIRST_PART = re.compile(r"[,.!;:–-]")
_DIGIT = re.compile(r"\d")
_MONEY = re.compile(r"[€$£¥]")
_OR = word_set("or oder o u ou")
_MOST_MEANING = 8
"""A text with more words that mean something is a story, in which a single word chooses nothing."""
_JOINED = 6
"""Characters from which on words are also compared without their spaces ("java script")."""
_MOST_READ = 40
"""With more options than this, labels are only compared, not read for what they mean."""
_NEAR_ENOUGH = 60
"""From this likeness (of 100) on, an option is offered as what may have been meant."""


class OptionNames:
    """The names of a question's options, prepared once for many answers."""

    def __init__(self, options: Sequence[Choosable]) -> None:
        self._options = tuple(options)
        self._whole: dict[str, set[int]] = {}
        self._begin: dict[str, set[tuple[tuple[str, ...], int]]] = {}
        self._vocabulary: dict[str, set[int]] = {}
        self._shown: set[tuple[str, ...]] = set()
        for at, option in enumerate(options):
            self._shown |= {words_of(name).words for name in option.names}
            for name in (option.key, option.key.replace("_", " "), *option.names):
                self._learn(at, name)

    def __len__(self) -> int:
        return len(self._options)

    def _learn(self, at: int, name: str) -> None:
        words = words_of(name).words
        for form in (fold_words(name), " ".join(words), "".join(words)):
            if form:
                self._whole.setdefault(form, set()).add(at)
        if words and (len(words) > 1 or len(words[0]) > 1):
            self._begin.setdefault(words[0], set()).add((words, at))
        for word in words:
            self._vocabulary.setdefault(word, set()).add(at)

    @property
    def are_quantities(self) -> bool:
        """Whether at least two labels are quantities, so that numbers name amounts and not places."""
        return len(self._quantities) > 1

    def whole(self, text: str) -> int | None:
        """The one option that the whole text is a name of."""
        places = self._whole.get(fold_words(text[:LONGEST])) or self._whole.get(" ".join(words_of(text).words), set())
        return min(places) if len(places) == 1 else None

    def pick(self, text: str, language: str) -> Pick:
        """The one option that ``text`` names."""
        plain = fold_words(text[:LONGEST])
        if plain in self._whole:
            return _only(self._whole[plain])
        said = words_of(text)
        joined = "".join(said.words)
        whole = self._whole.get(" ".join(said.words)) or (self._whole.get(joined) if len(joined) >= _JOINED else None)
        if whole:
            return _only(whole)
        if not plain:
            return Pick()
        asks = is_question(text, said)
        for picked in self._attempts(text, plain, said, language, asks=asks):
            if picked is not None:
                return Pick(near=(picked.at,)) if asks and picked.at is not None else picked
        return Pick(near=self.near(plain), negated=any(word in NEGATING for word in said.words))

    def _attempts(self, text: str, plain: str, said: Words, language: str, *, asks: bool) -> Iterator[Pick | None]:
        """What each way of reading makes of the text, the plainest first; None where it makes nothing of it."""
        yield self._by_number(plain, language)
        yield self._by_name(said)
        yield None if asks else self._by_stance(text, language)
        yield self._by_beginning(said.words)
        yield self._by_single_words(core_of(said.words) or said.words)
        mended = self._mended(said)
        if mended != said:
            yield self._by_name(mended)
            yield self._by_single_words(core_of(mended.words))

    def mentions(self, said: Words) -> list[Mention]:
        """Where names stand in the text, the longer before the shorter, none overlapping."""
        found: list[Mention] = []
        place = 0
        while place < len(said.words):
            names = self._begin.get(said.words[place])
            if names is None:
                place += 1
                continue
            fits = [name for name in names if said.words[place : place + len(name[0])] == name[0]]
            fits = [
                name
                for name in fits
                if not said.pauses & set(range(place, place + len(name[0]) - 1)) or len(name[0]) > 2
            ]
            longest = max((len(name) for name, _ in fits), default=0)
            owners = {at for name, at in fits if len(name) == longest}
            if len(owners) != 1 or (longest == 1 and said.words[place] in CARRYING):
                place += 1
                continue
            end = place + longest
            by_key = said.words[place:end] not in self._shown
            found.append(Mention(owners.pop(), place, end, is_negated(said, place, end), by_key))
            place = end
        return found

    def near(self, plain: str) -> tuple[int, ...]:
        """The options most like a folded text, at most three."""
        from rapidfuzz import fuzz, process

        text = " ".join(core_of(words_of(plain[:200]).words))
        matches = process.extract(text, self._forms, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=12)
        places = dict.fromkeys(at for name, _, _ in matches if len(name) > 1 for at in sorted(self._whole[name]))
        return tuple(places)[:3]

    def _by_stance(self, text: str, language: str) -> Pick | None:
        """ "Sure" where one option is "Yes, please"."""
        if not any(self._stances) or len(text) > 200:
            return None
        says = stance(text, language).says
        if says is None:
            return None
        fitting = self._stances[0] if says else self._stances[1]
        return Pick(fitting[0]) if len(fitting) == 1 else None

    @cached_property
    def _forms(self) -> list[str]:
        """Every form of every name."""
        return list(self._whole)

    @cached_property
    def _mendable(self) -> list[str]:
        """The words of names that are long enough to be told in spite of a slip."""
        return [word for word in self._vocabulary if len(word) >= 4 and not _DIGIT.search(word)]

    @cached_property
    def _stances(self) -> tuple[list[int], list[int]]:
        """Options that plainly say yes, and options that plainly say no, by their first word."""
        if len(self._options) > _MOST_READ:
            return [], []
        said = [{_plain_stance(name) for name in option.names} for option in self._options]
        yes = [at for at, stances in enumerate(said) if True in stances and False not in stances]
        return yes, [at for at, stances in enumerate(said) if False in stances and True not in stances]

    @cached_property
    def _quantities(self) -> list[tuple[int, Quantity]]:
        """Options whose labels are quantities."""
        found: list[tuple[int, Quantity]] = []
        for at, option in enumerate(self._options if len(self._options) <= _MOST_READ else ()):
            for name in option.names:
                if _DIGIT.search(name):
                    quantity = read_quantity(plain_digits(_MONEY.sub("", name)), "en")
                    if isinstance(quantity, Quantity):
                        found.append((at, quantity))
                        break
        return found

    def _by_number(self, plain: str, language: str) -> Pick | None:
        if len(plain) > 60:
            return None
        letter = letter_place(plain)
        if letter is not None:
            return Pick(letter) if letter < len(self._options) else None
        if not may_name_a_place(plain):
            return self._by_quantity(plain, language) if self.are_quantities else None
        place: float | int | None = None if plain.isdigit() else read_ordinal(plain, language)
        if place is None and self.are_quantities:
            return self._by_quantity(plain, language)
        place = read_numeral(plain, language) if place is None else place
        if place == -1:
            return Pick(len(self._options) - 1)
        return Pick(place - 1) if isinstance(place, int) and 1 <= place <= len(self._options) else None

    def _by_quantity(self, plain: str, language: str) -> Pick | None:
        said = read_quantity(plain_digits(plain), language)
        if not isinstance(said, Quantity):
            return None
        fitting = [at for at, quantity in self._quantities if _contains(quantity, said)]
        if len(fitting) == 1:
            return Pick(fitting[0])
        return Pick(near=tuple(fitting) or tuple(at for at, _ in self._quantities)[:4])

    def _by_name(self, said: Words) -> Pick | None:
        mentioned = self.mentions(said)
        if any(not mention.by_key for mention in mentioned):
            mentioned = [mention for mention in mentioned if not mention.by_key]
        refused = {mention.at for mention in mentioned if mention.negated}
        wanted = {mention.at for mention in mentioned} - refused
        if wanted:
            return _only(wanted | self._alternatives(said, mentioned))
        if refused:
            return Pick(near=tuple(at for at in range(len(self._options)) if at not in refused)[:4], negated=True)
        return None

    def _alternatives(self, said: Words, mentioned: Sequence[Mention]) -> set[int]:
        """Options that only one word speaks of, beside those that are named, where the text says "or"."""
        if not any(word in _OR for word in said.words):
            return set()
        named = {place for mention in mentioned for place in range(mention.start, mention.end)}
        others = [
            self._vocabulary.get(word, set())
            for place, word in enumerate(said.words)
            if place not in named and word not in CARRYING
        ]
        return {at for owners in others if len(owners) == 1 for at in owners}

    def _by_beginning(self, words: Sequence[str]) -> Pick | None:
        """ "Not sure" for the one option that begins with it, "Not sure yet"."""
        first = next((place for place, word in enumerate(words) if word not in CARRYING or word in NEGATING), None)
        if first is None:
            return None
        begun = tuple(words[first:])
        names = [name for name in self._begin.get(begun[0], ()) if name[0][: len(begun)] == begun]
        if not names:
            return None
        alike = set.intersection(*(self._vocabulary.get(word, set()) for word in begun))
        return _only({at for _, at in names} | alike)

    def _by_single_words(self, core: Sequence[str]) -> Pick | None:
        """The option that every known word of the text belongs to; a word may be the beginning of a longer one."""
        if not core or len(core) > _MOST_MEANING:
            return None
        owners = [places for word in core if (places := self._owners(word))]
        if not owners or 2 * len(owners) < len(core):
            return None
        fitting = set.intersection(*owners) or set.union(*owners)
        if any(word in NEGATING for word in core):
            return Pick(near=tuple(at for at in range(len(self._options)) if at not in fitting)[:4], negated=True)
        return _only(fitting)

    def _owners(self, word: str) -> set[int]:
        exact = self._vocabulary.get(word)
        if exact or len(word) < 3 or word.isdigit():
            return set(exact or ())
        owners: set[int] = set()
        for known, places in self._vocabulary.items():
            if known.startswith(word):
                owners |= places
        return owners

    def _mended(self, said: Words) -> Words:
        """The text with slips in single words put right by the options' own words."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        mended = []
        for word in said.words[:30]:
            if len(word) >= 4 and word not in CARRYING and word not in self._vocabulary and not _DIGIT.search(word):
                slips = 2 if len(word) >= 8 else 1
                matches = process.extract(word, self._mendable, scorer=OSA.distance, score_cutoff=slips, limit=2)
                if matches and (len(matches) == 1 or matches[0][1] < matches[1][1]):
                    mended.append(matches[0][0])
                    continue
            mended.append(word)
        return Words((*mended, *said.words[30:]), said.pauses)


def _only(places: Collection[int]) -> Pick:
    return Pick(min(places)) if len(places) == 1 else Pick(near=tuple(sorted(places))[:4])


def _plain_stance(name: str) -> bool | None:
    """What a label says by its first words alone: True for "Yes, please", None for "Perfect fit"."""
    first = _FIRST_PART.split(fold(name), maxsplit=1)[0]
    if len(first.split()) > 3:
        return None
    said = stance(first, "en")
    return said.says if said.clear else None


def _contains(quantity: Quantity, said: Quantity) -> bool:
    """Whether all of ``said`` lies within ``quantity``."""
    low_fits = quantity.low is None or (said.low is not None and said.low >= quantity.low)
    high_fits = quantity.high is None or (said.high is not None and said.high <= quantity.high)
    return low_fits and high_fits
