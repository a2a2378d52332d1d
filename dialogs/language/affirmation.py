"""Whether a text says yes, no, both or neither, in English, German, Spanish and French.

1. A text is cut into clauses at punctuation and at "but"; each word or phrase gets its mark (``yes_and_no_words``).
2. A yes or no that opens a clause counts whatever follows; words of approval count only where every word of their
   clause is known, so that "what a great city" says nothing.
3. A "not" turns its clause round. A clause that asks something says nothing.
4. A yes beside a no is neither, unless the yes merely pleases ("No, that's perfect, thanks"). A "maybe" takes back
   both.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dialogs.language.contractions import CONTRACTED, spelled_out
from dialogs.language.folding import fold
from dialogs.language.slips import Slips
from dialogs.language.words_around_yes_and_no import CLAUSE_BREAKS, SURROUNDINGS
from dialogs.language.yes_and_no_words import (
    ANSWERS,
    NO_SIGNS,
    OPEN_ENDED,
    PLAIN_NO,
    PLAIN_YES,
    UNSURE_SIGNS,
    YES_SIGNS,
    Mark,
)


class Stance(NamedTuple):
    """What a text says to a question that wants a yes or a no."""

    says: bool | None
    """True for yes, False for no, None for neither or both."""
    clear: bool = True
    """Whether it was said outright: "why not" and "I guess so" are not."""
    mixed: bool = False
    """Whether both a yes and a no were heard."""
    unsure: bool = False
    """Whether "maybe", "later" or "I don't know" was heard."""


_Words = tuple[str, ...]


def _phrases(text: str) -> frozenset[_Words]:
    return frozenset(tuple(phrase.split()) for phrase in text.split("|"))


class _Heard(NamedTuple):
    mark: Mark
    words: _Words


class _Clause(NamedTuple):
    words: _Words
    asks: bool


class _Lexicon(NamedTuple):
    marks: dict[_Words, Mark]
    lengths: dict[str, tuple[int, ...]]
    """Lengths of the phrases that begin with a word, longest first."""
    words: frozenset[str]
    """Every word of every phrase."""
    open_ended: frozenset[_Words]
    short: frozenset[_Words]
    telling: frozenset[str]
    """Every word of every phrase, also of the short ones: a text without any of them says nothing."""
    slips: Slips
    """The long words of the phrases, to be found in spite of a slip."""


_NEITHER = Stance(None)
_UNSURE = Stance(None, unsure=True)
_MIXED = Stance(None, mixed=True)
_PLAIN = {
    " ".join(words): stance
    for text, stance in ((PLAIN_YES, Stance(True)), (PLAIN_NO, Stance(False)))
    for words in _phrases(text)
}
_STRONG = frozenset({Mark.YES, Mark.SURE, Mark.NO})
_GLAD = frozenset({Mark.PLEASED, Mark.GOOD})
_APPROVING = frozenset({Mark.WANTED, Mark.TRUE, Mark.RIGHT, Mark.MILD, *_GLAD})
_ASSENTING = _APPROVING | {Mark.YES, Mark.SURE, Mark.OKAY}
_DISAPPROVING = frozenset({Mark.REFUSED, Mark.BAD, Mark.FALSE})
_OF_TRUTH = frozenset({Mark.TRUE, Mark.RIGHT, Mark.FALSE, Mark.YES, Mark.NO, Mark.SURE})
_SAYING = _APPROVING | _STRONG | {Mark.BAD, Mark.FALSE, Mark.DONE, Mark.OKAY}
_SMALL = frozenset({Mark.OPENING, Mark.PLEASE})
_ALL = frozenset({("that", "is", "all"), ("it", "is", "all")})
_CONTRADICTING = frozenset({("sure",), ("of", "course"), ("claro",), ("klar",), ("gerne",), ("gern",)})
_SURENESS = frozenset({"sure", "certain", "positive", "sicher", "seguro", "segura"})
_HEDGING = frozenset({("guess",), ("think",), ("suppose",), ("believe",), ("reckon",)})

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?\n()\"]|(?<!\S)-(?!\S)")
_ENDS_CLAUSE = frozenset({*'.,;:!?\n()"-', *CLAUSE_BREAKS.split("|")})
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
_MOST_CHARACTERS = 1500
"""A text with more words and marks, or longer than this, is a story, not an answer."""
_MOST_SLIPS = 12
"""How many unknown long words of a text are compared with the known ones."""


def polarity(text: str, language: str) -> bool | None:
    """True where ``text`` says yes, False where it says no, None where it says neither or both."""
    return stance(text, language).says


def stance(text: str, language: str) -> Stance:
    """What ``text`` says, in any of the four languages; ``language`` settles words that mean different things."""
    if len(text) > _MOST_CHARACTERS:
        return _NEITHER
    plain = _PLAIN.get(text.strip(" .!").lower())
    if plain is not None:
        return plain
    tokens = _tokens(text)
    if _lexicon().telling.isdisjoint(tokens):
        return _NEITHER
    heard: list[Mark] = []
    hedged = False
    for clause in _clauses(tokens):
        marked = _marked(clause.words, language)
        hedged = hedged or any(one.words in _HEDGING for one in marked)
        before = len(heard)
        heard += _doubts(marked)
        _hear(marked, heard)
        if clause.asks and _is_doubtful(marked, heard[before:]):
            del heard[before:]
    found = _weigh(heard)
    return found._replace(clear=False) if hedged else found


def _tokens(text: str) -> Sequence[str]:
    """The words and marks of a text, folded, with contractions and signs spelled out and slips mended."""
    if not text.isascii():
        text = text.translate(_SKIN_AND_STYLE).translate(_SIGNS)
    folded = fold(text.replace("\n", " . "))
    tokens: list[str] = _TOKEN.findall(folded)
    if "'" in folded or not CONTRACTED.isdisjoint(tokens):
        tokens = _TOKEN.findall(spelled_out(folded))
    if len(tokens) > _MOST_TOKENS:
        return ()
    return tokens if _lexicon().words.issuperset(tokens) else list(_mended(tokens))


def _clauses(tokens: Sequence[str]) -> Iterator[_Clause]:
    """The clauses of a text."""
    words: list[str] = []
    for token in tokens:
        if token not in _ENDS_CLAUSE:
            words.append(token)
        elif words:
            yield _Clause(tuple(words), token == "?")
            words = []
    if words:
        yield _Clause(tuple(words), False)


@cache
def _lexicon() -> _Lexicon:
    marks: dict[_Words, Mark] = {}
    for mark, text in (*ANSWERS.items(), *SURROUNDINGS.items()):
        for words in _phrases(text):
            marks.setdefault(words, mark)
    short = frozenset(words for words, mark in marks.items() if mark is Mark.SHORT)
    lengths: dict[str, set[int]] = {}
    marks = {words: mark for words, mark in marks.items() if mark is not Mark.SHORT}
    for words in marks:
        lengths.setdefault(words[0], set()).add(len(words))
    vocabulary = frozenset(word for words in marks for word in words)
    return _Lexicon(
        marks=marks,
        lengths={word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()},
        words=vocabulary | _ENDS_CLAUSE,
        short=short,
        open_ended=_phrases(OPEN_ENDED),
        telling=vocabulary.union(*short),
        slips=Slips(sorted(word for word in vocabulary if len(word) >= _LONG_WORD and "'" not in word)),
    )


def _mended(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens, each as the known word that was meant where it is one: "yesss", "definitly"."""
    slips = 0
    known = _lexicon().words
    for token in tokens:
        word = token if token in known else _without_drawl(token)
        if word not in known and _LONG_WORD <= len(word) <= 20 and slips < _MOST_SLIPS:
            slips += 1
            word = _lexicon().slips.meant(word) or word
        yield word


def _without_drawl(word: str) -> str:
    """The known word whose letters were held too long."""
    known = _lexicon().words
    doubled = word[-1:] == word[-2:-1]
    if doubled or _RUN.search(word):
        for shorter in (_RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word), word[:-1] if doubled else word):
            if shorter in known:
                return shorter
    return word


def _marked(words: _Words, language: str) -> list[_Heard]:
    """The words of a clause as the longest known phrases."""
    lexicon = _lexicon()
    marked: list[_Heard] = []
    at = 0
    opening = True
    while at < len(words):
        for length in lexicon.lengths.get(words[at], ()):
            phrase = words[at : at + length]
            mark = lexicon.marks.get(phrase)
            if mark is not None and (opening or mark is not Mark.ASKING):
                break
        else:
            phrase, mark = words[at : at + 1], Mark.OTHER
        if phrase == ("ne",):
            mark = Mark.NO if language == "de" else Mark.FUNCTION
        marked.append(_Heard(mark, phrase))
        opening = opening and (mark in _SMALL or mark in _STRONG or mark is Mark.OKAY)
        at += len(phrase)
    return marked


def _hear(marked: list[_Heard], heard: list[Mark]) -> None:
    """Add to ``heard`` what one clause says: first the answers that open it, then the rest as a whole."""
    at = 0
    closed_from = next((i + 1 for i in range(len(marked) - 1, -1, -1) if _is_open(marked[i].mark)), 0)
    while at < len(marked):
        mark, words = marked[at]
        if mark in _SMALL:
            at += 1
            continue
        closed = at + 1 >= closed_from
        if mark is Mark.OKAY and (closed or not _asks(marked[at + 1 :])):
            heard.append(mark)
        elif mark is Mark.SURE and at and marked[at - 1].mark is Mark.NO and words not in _CONTRADICTING:
            pass  # "No indeed" is no less a no.
        elif mark is Mark.SURE and (closed or words in _lexicon().open_ended):
            if _turned(marked[at + 1 :]):
                heard.append(Mark.NO)
                return
            heard.append(mark)
        elif mark in {Mark.YES, Mark.NO}:
            heard.append(mark)
        else:
            break
        at += 1
    rest = marked[at:]
    if tuple(word for one in rest if one.mark not in _SMALL for word in one.words) in _lexicon().short:
        heard.append(Mark.TRUE)
    elif rest and rest[0].mark is not Mark.ASKING:
        heard += _heard_whole(rest) if at >= closed_from else _heard_at_start(rest)
    elif not rest and any(one.mark is Mark.PLEASE for one in marked):
        heard.append(Mark.PLEASE)


def _doubts(marked: Sequence[_Heard]) -> list[Mark]:
    """Every "maybe" and "later" of a clause that is known throughout; of others only the one they begin with."""
    doubting = {Mark.UNSURE, Mark.LATER}
    if not any(_is_open(one.mark) for one in marked):
        return [one.mark for one in marked if one.mark in doubting]
    leading = (one.mark for one in marked if one.mark not in _SMALL and one.mark not in _STRONG)
    return [mark for mark in (next(leading, Mark.OTHER),) if mark in doubting]


def _is_open(mark: Mark) -> bool:
    return mark is Mark.OTHER or mark is Mark.ASKING


def _asks(rest: Sequence[_Heard]) -> bool:
    return next((one.mark is Mark.ASKING for one in rest if one.mark not in _SMALL), False)


def _turned(rest: Sequence[_Heard]) -> bool:
    """Whether "absolutely" is followed by its "not": at once, or after small words with nothing unknown behind."""
    following = [one for one in rest if one.mark not in _SMALL]
    if following and following[0].mark in {Mark.NOT, Mark.NO, Mark.REFUSED}:
        return True
    if any(_is_open(one.mark) for one in following):
        return False
    first = next((one.mark for one in following if one.mark is not Mark.FUNCTION), None)
    return first in {Mark.NOT, Mark.REFUSED, Mark.BAD, Mark.FALSE}


def _heard_at_start(rest: Sequence[_Heard]) -> list[Mark]:
    """What a clause says that goes on in unknown words: only a phrase that means the same whatever follows."""
    mark, words = rest[0]
    lasting = words in _lexicon().open_ended or (len(words) > 1 and mark in {Mark.PLEASED, Mark.TRUE, Mark.REFUSED})
    if not lasting:
        return []
    if mark is not Mark.REFUSED and any(one.mark in {Mark.NOT, Mark.REFUSED, Mark.NO} for one in rest[1:]):
        return [mark, Mark.REFUSED]
    return [mark]


def _heard_whole(rest: Sequence[_Heard]) -> list[Mark]:
    """What a clause says every word of which is known."""
    marks = [one.mark for one in rest]
    said = [mark for mark in marks if mark in _SAYING]
    if Mark.YOU in marks:
        said = [mark for mark in said if mark in _OF_TRUTH]
        if not said:
            return []
    if Mark.DONE in said and not _ALL.isdisjoint(one.words for one in rest):
        said = [mark for mark in said if mark is not Mark.DONE] or said  # "That's all" against "that's all correct".
    turns = marks.count(Mark.NOT)
    if Mark.REFUSED in marks:
        turns = 1 if _APPROVING.isdisjoint(said) else turns + 1
    if turns == 0:
        if Mark.DONE in said and not _APPROVING.isdisjoint(said):
            return [Mark.YES, Mark.NO]
        stressed = any(mark in _APPROVING or mark in {Mark.BAD, Mark.FALSE, Mark.NO} for mark in said)
        return [mark for mark in said if mark is not Mark.SURE] if stressed else said
    if any(word in _SURENESS for one in rest for word in one.words):
        return [Mark.UNSURE]
    if turns > 1 or any(mark in {Mark.YES, Mark.NO, Mark.BAD, Mark.FALSE, Mark.DONE} for mark in said):
        return [Mark.YES, Mark.NO]
    if Mark.IDIOM in marks and Mark.REFUSED not in marks:
        return []
    return [Mark.NO if Mark.SURE in said else Mark.REFUSED]


def _is_doubtful(marked: Sequence[_Heard], said: Sequence[Mark]) -> bool:
    """Whether a clause that ends in a question mark leaves its answer open: "Yes?", "Is it good?"."""
    if sum(one.mark not in _SMALL for one in marked) == 1:
        return Mark.MILD not in said
    return any(mark in _APPROVING for mark in said) and Mark.MILD not in said


def _weigh(heard: Sequence[Mark]) -> Stance:
    """One stance out of all that was heard."""
    if not heard:
        return _NEITHER
    said = set(heard)
    firm_no = Mark.NO in said
    no = firm_no or Mark.DONE in said or not said.isdisjoint(_DISAPPROVING)
    approvals = said & _APPROVING
    firm_yes = Mark.YES in said or Mark.SURE in said
    yes = firm_yes or bool(approvals)
    if Mark.UNSURE in said or (Mark.LATER in said and not (firm_no or Mark.REFUSED in said)):
        return _UNSURE
    if yes and no:
        only_pleased = not firm_yes and approvals <= _GLAD
        done_first = Mark.DONE in said and heard.index(Mark.DONE) <= min(
            heard.index(mark) for mark in approvals or said
        )
        return Stance(False) if only_pleased and (firm_no or done_first) else _MIXED
    if no:
        return Stance(False)
    if yes or Mark.OKAY in said:
        first = next(mark for mark in heard if mark in _ASSENTING)
        return Stance(True, clear=first is not Mark.MILD and not (said & _ASSENTING) <= {Mark.MILD, Mark.GOOD})
    if Mark.PLEASE in said:
        return Stance(True, clear=False)
    return _NEITHER
