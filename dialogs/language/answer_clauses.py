"""A text as clauses of known phrases, each with its mark: what the reader of yes and no works with."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dialogs.language.answer_marks import Mark
from dialogs.language.contractions import CONTRACTED, spelled_out
from dialogs.language.folding import fold
from dialogs.language.slips import Slips
from dialogs.language.words_around_yes_and_no import CLAUSE_BREAKS, SURROUNDINGS
from dialogs.language.yes_and_no_words import ANSWERS, NO_SIGNS, OPEN_ENDED, UNSURE_SIGNS, YES_SIGNS

Words = tuple[str, ...]


SMALL = frozenset({Mark.OPENING, Mark.PLEASE})
"""Marks of words that stand beside an answer."""
STRONG = frozenset({Mark.YES, Mark.SURE, Mark.NO})
"""Marks of words that answer by themselves."""
_DENYING = frozenset({Mark.NO, Mark.REFUSED, Mark.DONE})

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?\n()\"]|(?<!\S)-(?!\S)")
_ENDS_CLAUSE = frozenset({*'.,;:!?\n()"-', *CLAUSE_BREAKS.split("|")})
_NOT_SAID = re.compile(r"(?<!\S)\S+@\S+|\bno\. ?(?=\d)|\bn°|(?<!\S)\S+://\S+")
"""What holds words that nobody says: addresses, and "no. 5" for a number."""
_RUN = re.compile(r"(.)\1{2,}")
_SKIN_AND_STYLE = dict.fromkeys((0xFE0F, *range(0x1F3FB, 0x1F400)), "")
_SIGNS = str.maketrans(
    {
        sign: f" . {word} . "
        for signs, word in ((YES_SIGNS, "yes"), (NO_SIGNS, "no"), (UNSURE_SIGNS, "maybe"))
        for sign in signs
    }
)
_LONG_WORD = 7
_MOST_TOKENS = 400
_MOST_SLIPS = 12
"""How many unknown long words of a text are compared with the known ones."""


def phrases(text: str) -> frozenset[Words]:
    """The phrases of a list parted by ``|``."""
    return frozenset(tuple(phrase.split()) for phrase in text.split("|"))


class Heard(NamedTuple):
    """A phrase of a clause and its mark."""

    mark: Mark
    words: Words


class Clause(NamedTuple):
    """The words between two stops."""

    words: Words
    asks: bool
    """Whether it ends in a question mark."""


class Lexicon(NamedTuple):
    """Every phrase that is known."""

    marks: dict[Words, Mark]
    lengths: dict[str, tuple[int, ...]]
    """Lengths of the phrases that begin with a word, longest first."""
    words: frozenset[str]
    """Every word of every phrase."""
    open_ended: frozenset[Words]
    short: frozenset[Words]
    telling: frozenset[str]
    """Every word of every phrase, also of the short ones: a text without any of them says nothing."""
    slips: Slips
    """The long words of the phrases, to be found in spite of a slip."""


def tokens_of(text: str) -> Sequence[str]:
    """The words and marks of a text, folded, with contractions and signs spelled out and slips mended."""
    if not text.isascii():
        text = text.translate(_SKIN_AND_STYLE).translate(_SIGNS)
    folded = _NOT_SAID.sub(" x ", fold(text.replace("\n", " . ")))
    tokens: list[str] = _TOKEN.findall(folded)
    if "'" in folded or not CONTRACTED.isdisjoint(tokens):
        tokens = _TOKEN.findall(spelled_out(folded))
    if len(tokens) > _MOST_TOKENS:
        return ()
    return tokens if lexicon().words.issuperset(tokens) else list(_mended(tokens))


def clauses_of(tokens: Sequence[str]) -> Iterator[Clause]:
    """The clauses of a text."""
    words: list[str] = []
    for token in tokens:
        if token not in _ENDS_CLAUSE:
            words.append(token)
        elif words:
            yield Clause(tuple(words), token == "?")
            words = []
    if words:
        yield Clause(tuple(words), False)


@cache
def lexicon() -> Lexicon:
    """The phrases of all word lists, read once."""
    marks: dict[Words, Mark] = {}
    for mark, text in (*ANSWERS.items(), *SURROUNDINGS.items()):
        for words in phrases(text):
            marks.setdefault(words, mark)
    short = frozenset(words for words, mark in marks.items() if mark is Mark.SHORT)
    lengths: dict[str, set[int]] = {}
    marks = {words: mark for words, mark in marks.items() if mark is not Mark.SHORT}
    for words in marks:
        lengths.setdefault(words[0], set()).add(len(words))
    vocabulary = frozenset(word for words in marks for word in words)
    return Lexicon(
        marks=marks,
        lengths={word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()},
        words=vocabulary | _ENDS_CLAUSE,
        short=short,
        open_ended=phrases(OPEN_ENDED),
        telling=vocabulary.union(*short),
        slips=Slips(sorted(word for word in vocabulary if len(word) >= _LONG_WORD and "'" not in word)),
    )


def _mended(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens, each as the known word that was meant where it is one: "yesss", "definitly"."""
    slips = 0
    known = lexicon().words
    for token in tokens:
        word = token if token in known else _without_drawl(token)
        if word not in known and _LONG_WORD <= len(word) <= 20 and slips < _MOST_SLIPS:
            slips += 1
            word = lexicon().slips.meant(word) or word
        yield word


def _without_drawl(word: str) -> str:
    """The known word whose letters were held too long."""
    known = lexicon().words
    doubled = word[-1:] == word[-2:-1]
    if doubled or _RUN.search(word):
        for shorter in (_RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word), word[:-1] if doubled else word):
            if shorter in known:
                return shorter
    return word


def marked_phrases(words: Words, language: str) -> list[Heard]:
    """The words of a clause as the longest known phrases."""
    known = lexicon()
    marked: list[Heard] = []
    at = 0
    opening = True
    while at < len(words):
        for length in known.lengths.get(words[at], ()):
            phrase = words[at : at + length]
            mark = known.marks.get(phrase)
            if mark is None or (mark is Mark.ASKING and not opening):
                continue
            if length == 1 or phrase[-1] != "no" or not _begins_a_saying(words, at + len(phrase) - 1):
                break
        else:
            phrase, mark = words[at : at + 1], Mark.OTHER
        if phrase == ("ne",):
            mark = Mark.NO if language == "de" else Mark.FUNCTION
        marked.append(Heard(mark, phrase))
        opening = opening and (mark in SMALL or mark in STRONG or mark is Mark.OKAY)
        at += len(phrase)
    return marked


def _begins_a_saying(words: Words, at: int) -> bool:
    """Whether the "no" at ``at`` denies nothing: "yeah, *no worries*", "there is *no rush*"."""
    known = lexicon()
    sayings = (words[at : at + length] for length in known.lengths.get(words[at], ()) if length > 1)
    return next((known.marks[each] not in _DENYING for each in sayings if each in known.marks), False)
