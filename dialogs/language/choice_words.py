"""The words of an answer to a choice, as they are compared: which carry a meaning, which refuse, which ask."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dialogs.language.folding import fold
from dialogs.language.vocabulary import word_set


class Words(NamedTuple):
    """A text's words, and after which of them the text pauses."""

    words: tuple[str, ...]
    pauses: frozenset[int]

    @property
    def clauses(self) -> list[range]:
        """The places of the words between one pause and the next."""
        ends = sorted({place + 1 for place in self.pauses if 0 <= place < len(self.words) - 1} | {len(self.words)})
        return [range(start, end) for start, end in zip((0, *ends), ends, strict=False) if end > start]


LONGEST = 600
"""Characters of a text that are looked at."""
_MOST_WORDS = 120
"""Words of a text that are looked at."""
_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*[+#]*|[,;:.!?&/+|()\n]")
_PAUSES = frozenset(",;:.!?()\n&/+|")
_ALL_BUT = re.compile(
    r"\b(?:anything|everything|any|all|alles|jedes|todo|tout) (?:but|except|ausser|menos|excepto|sauf)\b"
)

NEGATING = word_set(
    """
    neither noch not no never without except dont don't doesn't isn't nor nicht kein keine keinen keins ausser ohne
    weder nie ni sin excepto menos salvo nunca pas sans sauf ne jamais
    """
)
_NOT_BEHIND = word_set("nicht pas")
_BETWEEN_NOT_AND_NAME = word_set(
    """
    the a an any that this das der die den ein eine el la los las un una le les de des than in for
    """
)
CARRYING = word_set(
    """
    i i'm i'd i'll i've im id we we're we'd you it it's its is are am be the a an this that these one ones option
    options choice answer would like want wanna need take pick choose prefer have go with think guess say said
    suppose believe probably maybe perhaps rather just only please pls plz thanks thank hi hello hey ok okay well
    yes yeah so then for to in on of at my me mine our us let's lets let more mostly mainly really definitely sure
    number no nr und and or ich bin mir wir uns es das der die den dem ein eine einen ist sind ware nehme nehmen
    hatte gern gerne bitte mochte will wahle glaube denke wohl eher lieber vielleicht nur ja danke mein meine
    antwort mit fur yo soy somos el la los las lo un una quiero quisiera prefiero creo que seria elijo opcion mi
    mejor por favor gracias con para en de del al y o si je j'ai j'aimerais suis nous c'est ce le les une des du
    prends voudrais veux prefere choisis pense plutot mon choix s'il vous te plait merci avec pour dans et ou oui au
    aux
    """
)
COURTESY = word_set("please pls plz bitte favor plait svp stp")
_SUBJECTS = word_set("i i'm i'll i'd we we'll we're ich wir yo nosotros je nous")
_ASKING = word_set(
    """
    what what's which who how why when where is are do does can could would should was wie wer wo wann warum welche
    kann que cual como cuando donde quien cuanto quel quelle comment combien pourquoi quand est-ce
    """
)


def words_of(text: str) -> Words:
    """The words of a text as they are compared."""
    words: list[str] = []
    pauses: set[int] = set()
    tokens = _WORD.findall(_ALL_BUT.sub("not", fold(text[:LONGEST].replace("\n", " | "))))
    for at, token in enumerate(tokens):
        if token in _PAUSES:
            pauses.add(len(words) - 1)
            continue
        words.append(token)
        if len(words) >= _MOST_WORDS:
            break
        if token == "no" and _answers(tokens, at):
            pauses.add(len(words) - 1)
    return Words(tuple(words), frozenset(pauses))


def _answers(tokens: Sequence[str], at: int) -> bool:
    """Whether the "no" at this place is an answer by itself and refuses nothing behind it: "no I decide"."""
    opens = at == 0 or tokens[at - 1] in _PAUSES
    return (opens and (tokens[at + 1 : at + 2] or [""])[0] in _SUBJECTS) or (at > 0 and tokens[at - 1] == "?")


def core_of(words: Sequence[str]) -> list[str]:
    """The words that mean something."""
    return [word for word in words if word not in CARRYING]


def is_question(text: str, said: Words) -> bool:
    """Whether a text is a question about the options rather than a choice."""
    return bool(said.words) and (text.rstrip().endswith("?") or said.words[0] in _ASKING) and len(said.words) > 2


def is_negated(said: Words, start: int, end: int) -> bool:
    """Whether a "not" stands before these words, or a ``nicht`` behind them, without a pause between."""
    if end < len(said.words) and end - 1 not in said.pauses and said.words[end] in _NOT_BEHIND:
        return True
    for place in range(start - 1, max(-1, start - 5), -1):
        if place in said.pauses:
            return False
        if said.words[place] in NEGATING:
            return True
        if said.words[place] not in _BETWEEN_NOT_AND_NAME and said.words[place] not in CARRYING:
            return False
    return False
