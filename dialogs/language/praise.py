"""How good somebody finds something, said without a number: "great", "not bad", "furchtbar"."""

import re

from dialogs.language.plain_words import plain_words

_BY_DEGREE = {
    5: """
        great|excellent|amazing|awesome|fantastic|perfect|wonderful|outstanding|brilliant|superb|very useful|very good
        |really good|really useful|extremely useful|super useful|very helpful|extremely helpful|loved it|love it
        |the best|best|top|super|couldn't be better|very satisfied|very happy|five stars|hervorragend|ausgezeichnet
        |sehr gut|grossartig|toll|perfekt|fantastisch|klasse|spitze|genial|sehr nutzlich|sehr hilfreich|wunderbar
        |excelente|max|maximum|the maximum|highest|the highest|top marks|full marks|full score|maximum score
        |highest score
        |full points|hochste|hochstwertung|volle punktzahl|maximale punktzahl|maximo|la maxima|maximale|la meilleure
        |muy bien|muy bueno|muy buena|perfecto|fantastico|muy util|estupendo|increible|me encanto|tres bien
        |tres bon|parfait|tres utile|formidable|j'adore|magnifique
    """,
    4: """
        good|useful|helpful|nice|pretty good|quite good|quite useful|not bad|not bad at all|satisfied|happy|gut
        |ganz gut|nutzlich|hilfreich|schon|nicht schlecht|gar nicht schlecht|zufrieden|bien|bueno|buena|util|no esta mal
        |nada mal|bastante bien|bon|bonne|utile|pas mal|plutot bien|assez bien
    """,
    3: """
        ok|okay|so so|so-so|average|fine|mediocre|decent|alright|all right|neutral|fair|mittel|mittelmassig|geht so
        |in ordnung|durchschnittlich|naja|na ja|regular|mas o menos|normal|asi asi|moyen|moyenne|comme ci comme ca
        |passable|neither good nor bad
    """,
    2: """
        bad|poor|not good|not great|not so good|not very good|not useful|not very useful|weak|disappointing|meh
        |schlecht|nicht gut|nicht so gut|schwach|enttauschend|mangelhaft|mal|malo|mala|no muy bien|poco util|flojo
        |mauvais|mauvaise|pas bon|pas bien|pas terrible|pas utile|decevant|bof|pas tres utile
    """,
    1: """
        lowest|the lowest|minimum|the minimum|lowest score|niedrigste|schlechteste|minimo|la peor|la plus basse
        |terrible|awful|horrible|worst|the worst|useless|very bad|really bad|not useful at all|rubbish|dreadful|hated it
        |hate it|furchtbar|schrecklich|sehr schlecht|miserabel|nutzlos|katastrophal|pesimo|pesima|muy malo|muy mala
        |muy mal|inutil|nul|nulle|tres mauvais|tres mauvaise|tres mal|inutile|catastrophique
    """,
}
_DEGREES = {
    phrase.strip(): degree for degree, phrases in _BY_DEGREE.items() for phrase in phrases.replace("\n", " ").split("|")
}
GOOD, BEST = 4, 5
"""A good and the highest degree; the lowest is 1."""
_BEFORE = re.compile(
    r"(?:(?:it was|it's|it is|it's been|that was|was|i'd say|i found it|it felt|das war|es war|war|es ist"
    r"|fand ich|fue|ha sido"
    r"|estuvo|es|c'etait|c'est|je dirais|absolutely|simply|just|pretty much|rather|quite|ziemlich|einfach|bastante"
    r"|plutot|well|so|oh|hm|hmm) )*"
)
_BEHIND = re.compile(r"(?: (?:thanks|thank you|danke|gracias|merci|really|i think|for me))*$")
_LONGEST = 60


def read_degree(text: str) -> int | None:
    """From 1, the worst, to ``BEST``, what the whole of ``text`` says; None where it says no such thing."""
    said = plain_words(text) if len(text) <= _LONGEST else ""
    degree = _DEGREES.get(said)
    if degree is None and said:
        shorter = _BEHIND.sub("", said)
        begins = _BEFORE.match(shorter)
        degree = _DEGREES.get(shorter[begins.end() :] if begins is not None else shorter)
    return degree
