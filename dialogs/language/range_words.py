"""The words that make a quantity a range, in English, German, Spanish and French, folded."""

from collections.abc import Mapping
from enum import Enum

from dialogs.language.vocabulary import word_set


class Says(Enum):
    """What words around a quantity say about it."""

    LOW = "what follows, or more"
    HIGH = "what follows, or less"
    ABOUT = "not counted exactly"
    BETWEEN = "two follow"
    NOTHING = "may stand in between"


def _phrases(says: Says, *lines: str) -> dict[str, Says]:
    return {phrase.strip(): says for line in lines for phrase in line.split(",")}


def _set(*lines: str) -> frozenset[str]:
    return frozenset(phrase.strip() for line in lines for phrase in line.split(","))


BEFORE: Mapping[str, Says] = {
    **_phrases(
        Says.LOW,
        "more than, over, above, at least, at the very least, at the least, as few as, as little as, at a",
        "minimum, minimum, minimum of, min, from, starting at",
        "starting from",
        ">, >=, =>, greater than, larger than, bigger than, higher than, exceeding, exceeds, exceed, upwards of",
        "upward of",
        "greater than or equal to, greater than or equal, greater or equal to, greater or equal than, beyond",
        "in excess of",
        "more than or equal to, more or equal to, more or equal than, larger than or equal to, larger or equal to",
        "equal or greater than, equal to or greater than, equal or more than, equal to or more than, just over",
        "equal or larger than, bigger than or equal to, north of, not counting, surpassing, older than",
        "longer than",
        "uber, mehr als, mindestens, wenigstens, minimal, ab, grosser als, hoher als, grosser, oberhalb von",
        "minimum von",
        "grosser gleich, grosser oder gleich, von mindestens, zumindest, jenseits von, langer als, min, mind",
        "mas de, mas que, al menos, por lo menos, como minimo, minimo, mayor que, mayor de, mayor a, mayores a",
        "superior a",
        "superiores a, a partir de, desde, por encima de, encima de, minimo de, un minimo de, mayor o igual que",
        "mayor o igual a, supera los, supera, superan, sobrepasa, excede, supera las, mas alla de, arriba de",
        "por sobre",
        "plus de, plus que, au moins, au minimum, superieur a, superieure a, superieurs a, superieures a",
        "a partir de",
        "au-dessus de, au dessus de, au-dela de, plus grand que, plus grande que, minimum de, un minimum de",
        "superieur ou egal a, plus grand ou egal a, depasse, depassant, depassent, excedant",
    ),
    **_phrases(
        Says.HIGH,
        "less than, under, below, at most, at the most, at the very most, maximum",
        "maximum of, max, max of, up to, upto, <, <=, =<",
        "lower than",
        "fewer than, smaller than, within, as much as, as many as, not exceeding, less than or equal to",
        "less than or equal",
        "less or equal to, less or equal than, lower or equal to, smaller or equal to, equal or less than",
        "just under",
        "equal to or less than, equal or smaller than, smaller than or equal to, fewer than or equal to, south of",
        "lower than or equal to, beneath, shorter than, no longer than, until, till, underneath, a cap of",
        "bis, bis zu, hochstens, maximal, unter, weniger als, kleiner als, niedriger als, maximum von",
        "unterhalb von",
        "kleiner gleich, kleiner oder gleich, innerhalb von, bis maximal, hochst, kurzer als, nicht uber",
        "menos de, menos que, hasta, hasta los, como maximo, maximo, menor que, menor de, menor a, menores a",
        "inferior a",
        "inferiores a, por debajo de, debajo de, maximo de, un maximo de, menor o igual que, menor o igual a",
        "bajo",
        "a lo sumo, como mucho, hasta un maximo de, dentro de, abajo de",
        "moins de, moins que, jusqu'a, jusque, au plus, tout au plus, au maximum, inferieur a, inferieure a",
        "inferieurs a",
        "inferieures a, en dessous de, en-dessous de, au-dessous de, sous, maximum de, un maximum de, sous les",
        "inferieur ou egal a, plus petit que, plus petite que, au max",
    ),
    **_phrases(
        Says.ABOUT,
        "about, around, approx, approximately, roughly, circa, ca, c, ~, maybe, perhaps, probably, nearly, almost",
        "some",
        "close to, +/-, give or take, around about, an estimated, estimated, somewhere around, more or less",
        "abt",
        "say, approximatively, something like, in the region of, in the neighborhood of, ungefahr, etwa, rund",
        "zirka",
        "so um die, um die, um, gegen, an die, fast, knapp, circa, vielleicht, schatzungsweise, annahernd, an",
        "wohl",
        "unos, unas, alrededor de, aproximadamente, cerca de, mas o menos, casi, sobre, aprox, quizas, quiza",
        "en torno a",
        "como, tal vez, environ, a peu pres, autour de, dans les, presque, quasiment, vers, peut-etre",
        "approximativement",
        "aux alentours de, pres de, env, plus ou moins, proche de, quelque, grob, bestimmt, around the, so etwa",
    ),
    **_phrases(
        Says.BETWEEN,
        "between, zwischen, entre, in between, somewhere between, anywhere between, range of",
    ),
    **_phrases(
        Says.NOTHING,
        "the, a, an, of, only, just, los, las, les, la, el, le, die, der, den, dem, de, l, von, nur",
    ),
    **_phrases(
        Says.NOTHING,
        "solo, seulement, $, €, £, total of, a total of, a sum of, to, equal to, exactly, genau, =",
    ),
}
AFTER: Mapping[str, Says] = {
    **_phrases(
        Says.LOW,
        "+, plus, or more, or above, or higher, or greater, or over, or larger, or bigger, or longer, or older",
        "and more",
        "and up, and above, and over, and upwards, or upwards, upwards, upward, minimum, min, at least, or beyond",
        "and higher",
        "at the least, at minimum, ++, and counting, or more than that, and beyond, or up, and greater",
        "oder mehr, und mehr, oder langer, aufwarts, mindestens, minimum, oder grosser, und aufwarts",
        "oder daruber",
        "und daruber, plus x, o mas, y mas, en adelante, como minimo, minimo, al menos, por lo menos, o superior",
        "para arriba, ou plus, et plus, au moins, au minimum, et au-dela, ou davantage, et au dela, ou superieur",
    ),
    **_phrases(
        Says.HIGH,
        "or less, or fewer, or lower, or under, or below, or smaller, or shorter, and under, and below, and less",
        "max",
        "maximum, tops, at most, at the most, or younger, and lower, and fewer, or less than that, at max",
        "oder weniger, und weniger, hochstens, maximal, oder kurzer, oder kleiner, oder darunter, und darunter",
        "o menos, y menos, como maximo, maximo, como mucho, a lo sumo, o inferior, para abajo",
        "ou moins, et moins, au maximum, au plus, tout au plus, ou inferieur, grand maximum, au max",
    ),
    **_phrases(
        Says.ABOUT,
        "or so, ish, ~, approx, approximately, roughly, more or less, give or take, about, or thereabouts",
        "probably",
        "ungefahr, circa, ca, so etwa, in etwa, aproximadamente, mas o menos, aprox, environ, a peu pres",
        "plus ou moins",
    ),
}
CLEAR_BEHIND_A_NOUN = frozenset(
    phrase for phrase in AFTER if " " in phrase or phrase in ("max", "tops", "maximum", "min", "minimum", "maximal")
)
TO = _set(
    "-, --, ~, to, till, til, until, through, thru, up to, bis, bis zu, a, al, hasta, .., ..., to about, to around",
    "to maybe, to like, - about, bis etwa, bis ca, a unos, hasta los, hasta las, a los, a las, a environ, jusqu'a",
    "to a, to the, and up to, down to, < x <, <= x <=, < x <=, <= x <, et jusqu'a, und bis zu, y hasta, a les",
    "to roughly, to approximately, bis maximal, - maybe, or up to, - bis",
)
"""What stands between the two ends of a range."""

OR = _set("or, oder, o, u, ou, or maybe, or even, oder vielleicht, o quizas, or perhaps, maybe, oder auch, o tal vez")
"""What stands between two guesses, which are a range where they lie close together."""

AND = _set("and, und, y, e, et, &, and about, and around, and maybe, y los, y las, et les, y unos, et environ")
"""What stands between the two ends behind "between"."""

MORE = AND | _set("but, aber, pero, mais, or, nor, and also, yet, but not") | {""}
"""What stands between two half-open ranges that belong together."""

NEGATIONS = word_set(
    "not no nor never cannot nothing none dont cant wont couldnt shouldnt nicht kein keine keinen "
    "keinesfalls nie nunca "
    "tampoco ne pas jamais without isnt doesnt"
)
OPINIONS = word_set("know sure think idea but maybe weiss sicher aber vielleicht se seguro pero creo sais mais crois")
"""Words behind a negation that keep it to themselves: "not sure, more than 50"."""

ABBREVIATIONS = word_set("max min ca approx circa c abt mind env aprox maximum minimum ungef")
"""Words a point or a colon may follow without ending the thought."""
