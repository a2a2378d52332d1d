"""A visitor who does not know, or would rather not say: neither an answer nor a mistake."""

import re
from enum import StrEnum

from dialogs.language.plain_words import plain_words


class Hesitation(StrEnum):
    """Why there is no answer."""

    UNSURE = "unsure"
    DECLINES = "declines"


_UNSURE = re.compile(
    r"^(?:(?:hmm+|um+|uh+|well|sorry|honestly|ehrlich gesagt|puh|oh) )*"
    r"(?:idk|dunno|no idea|no clue|not sure|unsure|unknown|don'?t know|hard to say|who knows|good question|tbd"
    r"|(?:i|we) (?:do not|don'?t|dont) (?:really |actually )?know|i have no (?:idea|clue)|(?:i am|i'?m|we'?re|we are) not sure"
    r"|(?:we|i) (?:have not|haven'?t|havent) (?:really )?(?:decided|thought about it)"
    r"|(?:not|nothing) decided|(?:still )?undecided|it depends|depends"
    r"|(?:ich )?weiß (?:ich )?(?:es )?nicht|(?:ich )?weiss (?:ich )?(?:es )?nicht|keine ahnung|(?:noch )?(?:un)?entschieden"
    r"|(?:bin mir )?(?:noch )?nicht sicher|unsicher|schwer zu sagen|kommt darauf an|noch nicht entschieden"
    r"|no (?:lo )?se|ni idea|no estoy segur[oa]|depende|todavia no"
    r"|(?:je )?(?:ne )?sais pas|aucune idee|pas sure?|ca depend)"
    r"(?: (?:yet|really|exactly|at the moment|right now|honestly|sorry|about that|noch|genau|leider|todavia|encore))*$"
)
_DECLINES = re.compile(
    r"\b(?:(?:rather|prefer) not(?: to)?(?: say| tell| answer| give| share)?$"
    r"|(?:do not|don'?t|dont|won'?t|wont|will not) (?:want to |wanna |like to )?(?:say|tell|give|share|answer|disclose)\b"
    r"|none of your business|that'?s (?:private|personal|confidential)$|^(?:private|confidential)$|not telling|no comment"
    r"|lieber nicht|(?:mochte|will|werde) (?:ich )?(?:das |es |sie |meine? \w+ )?(?:lieber )?nicht (?:sagen|angeben|verraten|geben|nennen)"
    r"|keine angabe|das ist privat|geht (?:sie|dich|euch) nichts an"
    r"|prefiero no|no quiero (?:decir|dar)|es privado"
    r"|(?:je )?prefere ne pas|(?:je )?(?:ne )?(?:veux|souhaite) pas (?:dire|donner|repondre)|c'est prive)"
)
_NOTHINGS = (
    "no|nope|nah|none|nothing|nothing else|no thanks|no thank you|not really|thanks|thank you|all good|n a|na"
    "|nein|nein danke|nichts|keine|keins|nee|no nada|nada|ninguno|ninguna|no gracias|gracias"
    "|non|non merci|rien|aucun|aucune|merci|danke"
)
_LONGEST = 100


def read_hesitation(text: str) -> Hesitation | None:
    """Whether the whole of ``text`` says "I don't know" or "I'd rather not say"."""
    if len(text) > _LONGEST:
        return None
    said = plain_words(text)
    if _UNSURE.match(said):
        return Hesitation.UNSURE
    return Hesitation.DECLINES if _DECLINES.search(said) else None


def says_nothing(text: str) -> bool:
    """Whether ``text`` says that there is nothing to say: "no, thanks" to an optional free question."""
    return len(text) < _LONGEST and plain_words(text) in _NOTHING


_NOTHING = frozenset(_NOTHINGS.split("|"))
