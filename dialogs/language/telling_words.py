"""Which words of a text may choose among options, and what in a text speaks against an option that shares them.

1. Articles, pronouns, prepositions, auxiliaries, courtesy, "this" and "next" choose nothing; nor does a unit of time,
   unless it is all that is said.
2. A word that two options share, be it as "decide" and "decision", belongs to both.
3. "Next month" is not "this month", "in 2 months" not "within 6 months", a "new customer" not an "existing customer".
"""

from collections.abc import Collection, Sequence
from functools import cache

from dialogs.language.choice_words import CARRYING, NEGATING, Words
from dialogs.language.time_units import UNITS
from dialogs.language.vocabulary import word_set

_HESITATING = word_set("maybe perhaps probably vielleicht quizas peut-etre")
_SLIGHT = word_set("now currently already yet mostly today jetzt derzeit schon ahora ya maintenant deja")
_WITHOUT_MEANING = CARRYING - _HESITATING | word_set(
    """
    he she him her his they them their theirs your yours myself yourself ourselves who whom whose each every all some
    any much many few very too also still about around from by as if than into within during before after over under
    through between up out off down not no never next last first coming following previous past current here there
    was were been being has had having do does did done doing can could should might may must shall make makes made
    making get gets got give gives given go goes going come comes keep let see
    er sie ihm ihr ihre ihren euer eure sein seine seinen mich dich dir du man sich selber jemand jeder jede jedes alle
    alles viel viele sehr auch noch schon um aus auf im am an bei von vom zu zum zur nach vor uber unter durch zwischen
    ab als wie wenn dass diese dieser dieses diesen diesem nachste nachsten nachster nachstes nachstem letzte letzten
    letzter letztes kommende kommenden kommendes naher war waren wird werde werden wurde wurden habe hast haben hatten
    kann kannst konnen konnte muss mussen soll sollen sollte darf durfen mach mache machen macht einem einer eines
    ella ellos ellas usted ustedes tu tus su sus nuestro nuestra me te se nos le les lo todo toda todos todas mucho
    muchos muy tambien sobre desde hasta por entre sin como este esta estos estas ese esa eso esto proximo proxima
    ultimo ultima pasado pasada he has ha hemos han tengo tiene tienen hay ser estar estoy esta estan fue voy va van
    puedo puede pueden debo hacer hago hace aqui
    il elle ils elles tu vous leur leurs notre nos votre vos mes ma ta tes sa ses son lui moi toi soi meme tout toute
    tous toutes tres aussi sur sous par chez depuis jusque entre sans comme cet cette ces prochain prochaine dernier
    derniere as avons avez ont ai ete etait etre avoir fait faire fais peux peut pouvons dois doit vais va vont qui que
    ne pas
    """
)
_THIS = word_set(
    "this these current present diese dieser dieses diesen diesem aktuell aktuellen laufenden este esta estos estas "
    "actual ce cet cette"
)
_NEXT = word_set(
    "next coming following upcoming nachste nachsten nachster nachstes nachstem kommende kommenden kommender kommendes "
    "folgenden proximo proxima proximos viene siguiente prochain prochaine prochains suivant"
)
_LAST = word_set(
    "last previous past ago letzte letzten letzter letztes letztem vergangenen vorigen vor pasado pasada ultimo ultima "
    "anterior dernier derniere passe passee precedent"
)
_POINTING = (_THIS, _NEXT, _LAST)
_PERIODS = word_set("quarter quarters month's week's today tonight")
KIN_LETTERS = 4
"""Letters that two words must at least begin with to be kin."""
_KIN_ENDING = 2
"""Letters that the shorter of two kin words may have beyond those."""


def is_telling(word: str) -> bool:
    """Whether a word by itself says something about what is wanted."""
    return word not in _WITHOUT_MEANING and word not in NEGATING


def is_slight(word: str) -> bool:
    """Whether a word says little: it tells only where an option is called by it, as by "maybe" or "now"."""
    return word in CARRYING or word in _SLIGHT


def is_period(word: str) -> bool:
    """Whether a word is a unit of time: "month", "Wochen"."""
    return word in _periods()


@cache
def _periods() -> frozenset[str]:
    return _PERIODS.union(word for units in UNITS.values() for word in units if len(word) > 1)


def are_kin(word: str, other: str) -> bool:
    """Whether two words share all but their endings: "decide" and "decision", "support" and "supporters"."""
    shared = 0
    for one, another in zip(word, other, strict=False):
        if one != another:
            break
        shared += 1
    return shared >= KIN_LETTERS and min(len(word), len(other)) - shared <= _KIN_ENDING


def speaks_against(words: Sequence[str], names: Collection[tuple[str, ...]]) -> bool:
    """Whether ``words`` say "next" where each of an option's ``names`` says "this", or count otherwise."""
    return bool(names) and all(_differ(words, name) for name in names)


def _differ(words: Sequence[str], name: Sequence[str]) -> bool:
    if any(word in _POINTING[1] or word in _POINTING[2] for word in words):
        said = [not kind.isdisjoint(words) for kind in _POINTING]
        named = [not kind.isdisjoint(name) for kind in _POINTING]
        if any(is_period(word) for word in name) and said != named:
            return True
    counted = {word for word in words if word.isdigit()}
    in_name = {word for word in name if word.isdigit()}
    return bool(counted and in_name) and counted.isdisjoint(in_name)


def stands_beside_the_unknown(said: Words, known: Collection[str]) -> bool:
    """Whether a word directly beside one of the ``known`` says something else: the "new" of "new customer"."""
    for place, word in enumerate(said.words):
        if word not in known:
            continue
        before = place > 0 and place - 1 not in said.pauses and _is_other(said.words[place - 1], known)
        after = place + 1 < len(said.words) and place not in said.pauses and _is_other(said.words[place + 1], known)
        if before or after:
            return True
    return False


def _is_other(word: str, known: Collection[str]) -> bool:
    return word not in known and is_telling(word) and not is_slight(word) and not word.isdigit()
