"""Which of several options a text names: by key, label, synonym, number, ordinal, letter, or part of a label.

From the plainest to the boldest, and the first that finds exactly one option decides:

1. the whole text is a name of an option, or says yes (no) where one option says yes (no);
2. a quantity, where the labels are quantities ("15" for "10-20"); else "2", "option 2", "the second one", "b)";
3. a name stands in the text, not behind a "not";
4. telling words of the text belong to one option only, or are the beginning of one, and nothing that is said speaks
   against it (``telling_words``);
5. the same with slips of the keyboard mended.

Where several options fit, or one only by half, none is chosen: they are offered, and the choice is the visitor's.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from dialogs.language.affirmation import stance
from dialogs.language.choice_words import (
    CARRYING,
    COURTESY,
    LONGEST,
    NEGATING,
    Words,
    core_of,
    is_negated,
    is_question,
    words_of,
)
from dialogs.language.choosing_by_quantity import OptionQuantity, fitting_quantities, quantities_in
from dialogs.language.digits import plain_digits
from dialogs.language.folding import fold, fold_words
from dialogs.language.numerals import read_numeral, read_ordinal
from dialogs.language.option_words import OptionWords
from dialogs.language.places import letter_place, may_name_a_place
from dialogs.language.quantities import Quantity, read_quantity
from dialogs.language.telling_words import (
    is_period,
    is_telling,
    speaks_against,
    stands_beside_the_unknown,
)
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
_SHARE = re.compile(r"\d ?[/%]")
_RATHER = re.compile(r"(?:not|nicht|no|pas) [^,]{1,20}(?:,| but| sondern| sino| mais) (.{1,20})")
_COURTESY_AROUND = re.compile(r"^(?:the |number |nr )(?=\d+$)|,? (?:please|pls|bitte|por favor|thanks|danke)$")
_OR = word_set("or oder o u ou")
_FEW_WORDS = 5
"""Of a text with at most so many words, none of them telling, the options are offered that have one of them."""
_MOST_MEANING = 8
"""A text with more words that mean something is a story, in which a single word chooses nothing."""
_JOINED = 6
"""Characters from which on words are also compared without their spaces ("java script")."""
_SHORTEST_JOINED = 4
"""Letters from which on a label's hyphen may be left out ("email" for "E-mail")."""
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
        self._words = OptionWords()
        self._names = [{words_of(name).words for name in option.names} for option in options]
        self._shown = set[tuple[str, ...]]().union(*self._names)
        for at, option in enumerate(options):
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
        joined = "".join(words)
        if "-" in name and len(joined) >= _SHORTEST_JOINED:
            self._begin.setdefault(joined, set()).add(((joined,), at))
            self._shown.add((joined,))
        for word in words:
            self._words.learn(word, at)

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
        single = self._by_single_words(said)
        mended = said if single is not None and single.at is not None else self._words.mended(said)
        if mended != said:
            yield self._by_name(mended)
            yield self._by_single_words(mended)
        yield single

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
        text = " ".join(core_of(words_of(plain[:200]).words))
        matches = process.extract(text, self._forms, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=12)
        places = dict.fromkeys(at for name, _, _ in matches if len(name) > 1 for at in sorted(self._whole[name]))
        return tuple(places)[:3]

    def _by_stance(self, text: str, language: str) -> Pick | None:
        """ "Sure" where one option is "Yes, please"."""
        if not any(self._stances) or len(text) > 200:
            return None
        said = stance(text, language)
        if said.says is None or (not said.clear and not COURTESY.isdisjoint(words_of(text).words)):
            return None
        fitting = self._stances[0] if said.says else self._stances[1]
        return Pick(fitting[0]) if len(fitting) == 1 else None

    @cached_property
    def _forms(self) -> list[str]:
        """Every form of every name."""
        return list(self._whole)

    @cached_property
    def _stances(self) -> tuple[list[int], list[int]]:
        """Options that plainly say yes, and options that plainly say no, by their first word."""
        if len(self._options) > _MOST_READ:
            return [], []
        said = [{_plain_stance(name) for name in option.names} for option in self._options]
        yes = [at for at, stances in enumerate(said) if True in stances and False not in stances]
        return yes, [at for at, stances in enumerate(said) if False in stances and True not in stances]

    @cached_property
    def _quantities(self) -> list[OptionQuantity]:
        """Options whose labels are quantities."""
        options = self._options if len(self._options) <= _MOST_READ else ()
        return quantities_in([option.names for option in options])

    def _by_number(self, plain: str, language: str) -> Pick | None:
        if len(plain) > 60:
            return None
        rather = _RATHER.fullmatch(plain)
        plain = _COURTESY_AROUND.sub("", rather[1] if rather is not None else plain) or plain
        letter = letter_place(plain)
        if letter is not None:
            return Pick(letter) if letter < len(self._options) else None
        if _SHARE.search(plain) and not self.are_quantities:
            return None
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
        fitting = fitting_quantities(self._quantities, said)
        if len(fitting) == 1:
            return Pick(fitting[0])
        return Pick(near=tuple(fitting) or tuple(each.at for each in self._quantities)[:4])

    def _by_name(self, said: Words) -> Pick | None:
        mentioned = self.mentions(said)
        if any(not mention.by_key for mention in mentioned):
            mentioned = [mention for mention in mentioned if not mention.by_key]
        refused = {mention.at for mention in mentioned if mention.negated}
        wanted = {mention.at for mention in mentioned} - refused
        if wanted:
            wanted |= self._alternatives(said, mentioned)
            return Pick(near=_few(wanted)) if self._is_half_meant(said, mentioned, wanted) else _only(wanted)
        if refused:
            return Pick(near=_few(set(range(len(self._options))) - refused), negated=True)
        return None

    def _is_half_meant(self, said: Words, mentioned: Sequence[Mention], wanted: Collection[int]) -> bool:
        """Whether what stands around the names takes them back: "this month or next", "not looking, this month"."""
        named = {place for mention in mentioned for place in range(mention.start, mention.end)}
        wants = {place for mention in mentioned if not mention.negated for place in range(mention.start, mention.end)}
        for clause in said.clauses:
            around = [place for place in clause if place not in named]
            here = {mention.at for mention in mentioned if mention.at in wanted and mention.start in clause}
            if any(speaks_against([said.words[place] for place in clause], self._names[at]) for at in here):
                return True
            negated = any(said.words[place] in NEGATING for place in around) and clause[-1] < min(wants)
            if negated and any(self._words.tells(said.words[place]) for place in around):
                return True
        return False

    def _alternatives(self, said: Words, mentioned: Sequence[Mention]) -> set[int]:
        """Options that only one word speaks of, beside those that are named, where the text says "or"."""
        if not any(word in _OR for word in said.words):
            return set()
        named = {place for mention in mentioned for place in range(mention.start, mention.end)}
        others = [
            set(self._words.places(word))
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
        if not any(self._words.tells(word) or word in NEGATING for word in begun) or (
            first and all(map(is_period, begun))
        ):
            return None
        names = [name for name in self._begin.get(begun[0], ()) if name[0][: len(begun)] == begun]
        if not names:
            return None
        alike = set.intersection(*(set(self._words.places(word)) for word in begun))
        return _only({at for _, at in names} | alike)

    def _by_single_words(self, said: Words) -> Pick | None:
        """The option that every telling word of the text belongs to; a word may be the beginning of a longer one."""
        core = [place for place, word in enumerate(said.words) if self._words.tells(word)]
        if not core:
            shared = set[int]().union(*(self._words.places(word) for word in said.words))
            return Pick(near=_few(shared)) if shared and len(said.words) <= _FEW_WORDS else None
        if len(core) > _MOST_MEANING:
            return None
        negated = {place for clause in said.clauses if self._negates(said, clause) for place in clause}
        refused = set[int]().union(*(self._words.owners(said.words[place]) for place in core if place in negated))
        core = [place for place in core if place not in negated]
        owners = {said.words[place]: places for place in core if (places := self._words.owners(said.words[place]))}
        if not owners:
            left = set(range(len(self._options))) - refused
            return Pick(near=_few(left), negated=True) if refused or self._refuses(said) else None
        if 2 * len(owners) < len(core):
            return None
        fitting = set.intersection(*owners.values()) or set.union(*owners.values())
        if len(fitting) > 1:
            whole = {at for at in fitting if any(_is_covered(name, owners.keys()) for name in self._names[at])}
            fitting = whole if len(whole) == 1 else fitting
        if len(fitting) > 1 or refused or self._is_doubtful(said, owners.keys(), min(fitting)):
            return Pick(near=_few(fitting))
        return Pick(min(fitting))

    def _is_doubtful(self, said: Words, known: Collection[str], at: int) -> bool:
        """Whether the ``known`` words of a text do not settle that the option ``at`` is meant."""
        if len(said.words) > 1 and all(map(is_period, known)):
            return True
        names = [name for name in self._names[at] if not set(known).isdisjoint(name)] or list(self._names[at])
        if speaks_against(said.words, names):
            return True
        left = all(any(is_telling(word) and word not in known for word in name) for name in names)
        return left and stands_beside_the_unknown(said, known)

    def _negates(self, said: Words, clause: range) -> bool:
        """Whether a clause has a "not" in it that is not an option's own, as in "no longer fits"."""
        return any(said.words[at] in NEGATING and said.words[at : at + 2] not in self._own_nots for at in clause)

    def _refuses(self, said: Words) -> bool:
        return any(self._negates(said, clause) for clause in said.clauses)

    @cached_property
    def _own_nots(self) -> set[tuple[str, ...]]:
        """Each "not" in a name with the word behind it."""
        return {name[at : at + 2] for name in self._shown for at in range(len(name) - 1) if name[at] in NEGATING}


def _only(places: Collection[int]) -> Pick:
    return Pick(min(places)) if len(places) == 1 else Pick(near=_few(places))


def _is_covered(name: Sequence[str], known: Collection[str]) -> bool:
    """Whether all that a name tells is among the ``known`` words."""
    telling = [word for word in name if is_telling(word)]
    return bool(telling) and all(word in known for word in telling)


def _few(places: Collection[int]) -> tuple[int, ...]:
    return tuple(sorted(places))[:4]


def _plain_stance(name: str) -> bool | None:
    """What a label says by its first words alone: True for "Yes, please", None for "Perfect fit"."""
    first = _FIRST_PART.split(fold(name), maxsplit=1)[0]
    if len(first.split()) > 3:
        return None
    said = stance(first, "en")
    return said.says if said.clear else None
