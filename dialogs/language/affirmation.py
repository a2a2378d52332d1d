"""Whether a text says yes, no, both or neither, in English, German, Spanish and French.

1. A text is cut into clauses at punctuation and at "but"; each word or phrase gets its mark (``yes_and_no_words``).
2. A yes or no that opens a clause counts whatever follows; words of approval count only where every word of their
   clause is known, so that "what a great city" says nothing.
3. A "not" turns its clause round. A clause that asks something says nothing.
4. A yes beside a no is neither, unless the yes merely pleases ("No, that's perfect, thanks"). A "maybe" takes back
   both.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dialogs.language.answer_clauses import (
    SMALL,
    STRONG,
    Heard,
    clauses_of,
    lexicon,
    marked_phrases,
    phrases,
    tokens_of,
)
from dialogs.language.answer_marks import Mark
from dialogs.language.yes_and_no_words import PLAIN_NO, PLAIN_YES


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


_NEITHER = Stance(None)
_UNSURE = Stance(None, unsure=True)
_MIXED = Stance(None, mixed=True)
_PLAIN = {
    " ".join(words): stance
    for text, stance in ((PLAIN_YES, Stance(True)), (PLAIN_NO, Stance(False)))
    for words in phrases(text)
}
_GLAD = frozenset({Mark.PLEASED, Mark.GOOD})
_SOFT = _GLAD | {Mark.OKAY}
_APPROVING = frozenset({Mark.WANTED, Mark.TRUE, Mark.RIGHT, Mark.MILD, *_GLAD})
_ASSENTING = _APPROVING | {Mark.YES, Mark.SURE, Mark.OKAY}
_DISAPPROVING = frozenset({Mark.REFUSED, Mark.BAD, Mark.FALSE})
_OF_TRUTH = frozenset({Mark.TRUE, Mark.RIGHT, Mark.FALSE, Mark.YES, Mark.NO, Mark.SURE})
_SAYING = _APPROVING | STRONG | {Mark.BAD, Mark.FALSE, Mark.DONE, Mark.OKAY}
_ALL = frozenset({("that", "is", "all"), ("it", "is", "all")})
_CONTRADICTING = frozenset({("sure",), ("of", "course"), ("claro",), ("klar",), ("gerne",), ("gern",)})
_SURENESS = frozenset({"sure", "certain", "positive", "sicher", "seguro", "segura"})
_CORRECTING = phrases(
    "i mean|i mean to say|make that|correction|or rather|scratch that|on second thought|on second thoughts"
    "|actually|oops|whoops|ich meine|besser gesagt|quiero decir|mejor dicho|je veux dire"
)
"""What takes back a yes or a no that went before: "Yes... I mean no"."""
_HEDGING = frozenset({("guess",), ("think",), ("suppose",), ("believe",), ("reckon",)})

_MOST_CHARACTERS = 1500
"""A text with more words and marks, or longer than this, is a story, not an answer."""
_MOST_LACKED = 2
"""How many words "we have no ..." may go on with: more of them tell a story."""


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
    tokens = tokens_of(text)
    if lexicon().telling.isdisjoint(tokens):
        return _NEITHER
    heard: list[Mark] = []
    hedged = asked = outright = False
    corrected = 0
    for clause in clauses_of(tokens):
        marked = marked_phrases(clause.words, language)
        hedged = hedged or any(one.words in _HEDGING for one in marked)
        before = len(heard)
        if any(one.words in _CORRECTING for one in marked):
            corrected = before
        heard += _doubts(marked)
        _hear(marked, heard)
        if clause.asks and _is_doubtful(marked, heard[before:]):
            del heard[before:]
        asked = asked or (len(heard) == before and (clause.asks or _asks(marked)))
        outright = outright or not _is_soft(marked, heard[before:])
    if asked and not outright:
        return _NEITHER
    found = _weigh(heard[corrected:] or heard)
    return found._replace(clear=False) if hedged else found


def _hear(marked: list[Heard], heard: list[Mark]) -> None:
    """Add to ``heard`` what one clause says: first the answers that open it, then the rest as a whole."""
    at = 0
    closed_from = next((i + 1 for i in range(len(marked) - 1, -1, -1) if _is_open(marked[i].mark)), 0)
    while at < len(marked):
        mark, words = marked[at]
        if mark in SMALL:
            at += 1
            continue
        closed = at + 1 >= closed_from
        if mark is Mark.OKAY and (closed or not _asks(marked[at + 1 :])):
            heard.append(mark)
        elif mark is Mark.SURE and at and marked[at - 1].mark is Mark.NO and words not in _CONTRADICTING:
            pass  # "No indeed" is no less a no.
        elif mark is Mark.SURE and (closed or words in lexicon().open_ended):
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
    if tuple(word for one in rest if one.mark not in SMALL for word in one.words) in lexicon().short:
        heard.append(Mark.TRUE)
    elif rest and rest[0].mark is not Mark.ASKING:
        heard += _heard_whole(rest) if at >= closed_from else _heard_at_start(rest)
    elif not rest and any(one.mark is Mark.PLEASE for one in marked):
        heard.append(Mark.PLEASE)


def _doubts(marked: Sequence[Heard]) -> list[Mark]:
    """Every "maybe" and "later" of a clause that is known throughout; of others only the one they begin with."""
    doubting = {Mark.UNSURE, Mark.LATER}
    if not any(_is_open(one.mark) for one in marked):
        return [one.mark for one in marked if one.mark in doubting]
    leading = (one.mark for one in marked if one.mark not in SMALL and one.mark not in STRONG)
    return [mark for mark in (next(leading, Mark.OTHER),) if mark in doubting]


def _is_open(mark: Mark) -> bool:
    return mark is Mark.OTHER or mark is Mark.ASKING


def _asks(rest: Sequence[Heard]) -> bool:
    return next((one.mark is Mark.ASKING for one in rest if one.mark not in SMALL), False)


def _turned(rest: Sequence[Heard]) -> bool:
    """Whether "absolutely" is followed by its "not": at once, or after small words with nothing unknown behind."""
    following = [one for one in rest if one.mark not in SMALL]
    if following and following[0].mark in {Mark.NOT, Mark.NO, Mark.REFUSED}:
        return True
    if any(_is_open(one.mark) for one in following):
        return False
    first = next((one.mark for one in following if one.mark is not Mark.FUNCTION), None)
    return first in {Mark.NO, Mark.NOT, Mark.REFUSED, Mark.BAD, Mark.FALSE}


def _heard_at_start(rest: Sequence[Heard]) -> list[Mark]:
    """What a clause says that goes on in unknown words: only a phrase that means the same whatever follows."""
    mark, words = rest[0]
    if words[-1] == "no" and mark is Mark.REFUSED and sum(len(one.words) for one in rest[1:]) > _MOST_LACKED:
        return []
    lasting = words in lexicon().open_ended or (len(words) > 1 and mark in {Mark.PLEASED, Mark.TRUE, Mark.REFUSED})
    if not lasting:
        return []
    if mark is not Mark.REFUSED and any(one.mark in {Mark.NOT, Mark.REFUSED, Mark.NO} for one in rest[1:]):
        return [mark, Mark.REFUSED]
    return [mark]


def _heard_whole(rest: Sequence[Heard]) -> list[Mark]:
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


def _is_doubtful(marked: Sequence[Heard], said: Sequence[Mark]) -> bool:
    """Whether a clause that ends in a question mark leaves its answer open: "Yes?", "Is it good?"."""
    if sum(one.mark not in SMALL for one in marked) == 1:
        return Mark.MILD not in said
    return any(mark in _APPROVING for mark in said) and Mark.MILD not in said


def _is_soft(marked: Sequence[Heard], said: Sequence[Mark]) -> bool:
    """Whether a clause only praises in a word, or says how one is: before a question that answers nothing."""
    words = [word for one in marked if one.mark not in SMALL for word in one.words]
    return not said or all(mark in {Mark.MILD, Mark.DONE} or (mark in _SOFT and len(words) == 1) for mark in said)


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
