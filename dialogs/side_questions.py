"""Questions of the visitor's own: whether a message is one, and which entry of the script's FAQ answers it."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from dialogs.language.folding import fold_words
from dialogs.language.topics import GENERIC, topic_of
from dialogs.language.vocabulary import word_set
from dialogs.script import Faq, Script

CERTAIN_SCORE = 86.0
"""Likeness (0 to 100) from which a message is the FAQ's question, whatever is being asked."""
LIKELY_SCORE = 72.0
"""Likeness that is enough when the message looks like a question."""

_OPENING = re.compile(
    r"^(?:and |but |so |also |und |aber |y |pero |et |mais )?"
    r"(?:what(?:'?s)?|wat|waht|how(?:'?s)?|hwo|why|when|where(?:'?s)?|who(?:'?s)?|which|whihc|is|are|do|does|did|can"
    r"|could|will|would|should|have|has|may"
    r"|was|wie|warum|wann|wo|wer|welche[rs]?|ist|sind|kann|k(?:o|oe)nn(?:en|te)|gibt|habt|haben|kostet|muss"
    r"|que|cuanto|cuantos|cuando|donde|quien|cual|es|son|puedo|puede|hay|tienen|cuesta"
    r"|quel(?:le)?s?|combien|quand|ou|qui|comment|est-ce|peut-on|puis-je|avez-vous|y a-t-il)\b"
)


def looks_like_a_question(text: str) -> bool:
    """Whether a person wrote this to ask something: it ends with a question mark, or opens like a question."""
    stripped = text.rstrip()
    if stripped.endswith("?") or stripped.startswith("¿"):
        return True
    if " " not in stripped or len(stripped) > 300:
        return False
    return bool(_OPENING.match(fold_words(stripped))) and stripped.count(" ") >= 2


def find_answer(script: Script, text: str) -> Faq | None:
    """The FAQ entry that ``text`` asks for, or None."""
    if not script.faq or len(text) > 300:
        return None
    asked = _bare(fold_words(text))
    if len(asked) < 4:
        return None
    wordings = _wordings(script)
    enough = LIKELY_SCORE if looks_like_a_question(text) else CERTAIN_SCORE
    best = process.extractOne(asked, wordings.keys(), scorer=_likeness, score_cutoff=enough)
    return wordings[best[0]] if best else None


_WORD = re.compile(r"\w+")
_COMMON = word_set(
    """
    what when where which does have there this that with your from they would could should about much many long
    take will also only very some like want need know tell kann haben habt sind eine einen einem welche wann
    wird werden dass diese dieser auch noch mein dein euer ihre ihren gibt geht machen puede tienen tiene cuanto
    cuando donde como para esto esta este hay quel quelle quels combien quand avez vous est-ce cette pour avec
    dans been going over during until ever each whats that's there's viel anything something etwas algo chose
    """
)
"""Words that say nothing about what is asked."""
_LEAD_IN = re.compile(
    r"^(?:[\w-]+, )?(?:(?:and|but|so|ok|okay|well|hi|hey|hallo|aber|und|pero|mais|also) )*"
    r"(?:(?:could|can|would|will) you (?:please )?(?:first )?(?:tell|explain to|show) (?:me|us) |(?:i|we)(?:'d"
    r"| would) (?:like|love) to know "
    r"|(?:i|we) (?:want|need) to know |(?:do|does) (?:you|anyone) know |tell me |i (?:was |am )?wonder(?:ing)? "
    r"|quick question[:,]? "
    r"|(?:konnen|konnten|kannst|konntest) (?:sie|du) mir (?:bitte )?(?:sagen|erklaren),? |ich (?:wurde"
    r"|mochte) gerne? wissen,? |sag mal,? "
    r"|(?:me )?(?:puede|puedes|podria) decir(?:me)? |quisiera saber |(?:pouvez-vous|peux-tu) me dire "
    r"|j'aimerais savoir )"
)
_HOW_MUCH = (
    (
        re.compile(
            r"\b(?:how much time|how many (?:minutes|hours|days)|combien de temps|cuanto tiempo|wie viel zeit)\b"
        ),
        "duration",
    ),
    (re.compile(r"\b(?:how much|wie ?viel|combien|cuanto)\b"), "price"),
)
_FILLERS = re.compile(
    r" (?:eigentlich|actually|exactly|really|please|bitte|denn|genau|exactement|exactamente|first|then)\b"
)


def _bare(asked: str) -> str:
    """The question without its polite beginning and its fillers."""
    return _FILLERS.sub("", _LEAD_IN.sub("", asked)) or asked


def _likeness(asked: str, wording: str, **_: object) -> float:
    """Word order matters little; the words that tell what it is about matter most."""
    return float(max(fuzz.ratio(asked, wording), fuzz.token_sort_ratio(asked, wording), _shared(asked, wording)))


def _shared(asked: str, wording: str) -> float:
    """How surely the two are about the same: every telling word of the wording is asked for, and little else."""
    telling, said = _telling(wording), _telling(asked)
    if not telling or len(said) > 2 * len(telling) + 1:
        return 0.0
    missing = [word for word in telling if not any(_same_stem(word, other) for other in said)]
    if missing:
        return 90.0 if missing == ["~length"] and len(telling) > 2 else 0.0  # "Until when" is how long, too.
    if len(telling) > 1:
        return 95.0
    alone = all(word in GENERIC or _same_stem(telling[0], word) for word in said)
    return 0.0 if telling[0].startswith("~") and not alone else 76.0


@lru_cache(maxsize=512)
def _telling(words: str) -> tuple[str, ...]:
    """The words that say what is asked, those of a topic as the topic."""
    for asking, meant in _HOW_MUCH:
        words = asking.sub(meant, words)
    found = ((word, topic_of(word)) for word in _WORD.findall(words))
    telling = dict.fromkeys(topic or word for word, topic in found if topic or (len(word) > 3 and word not in _COMMON))
    of_topics = any(word.startswith("~") for word in telling)
    return tuple(word for word in telling if not of_topics or word not in GENERIC)


def _same_stem(word: str, other: str) -> bool:
    shared = min(len(word), len(other), max(4, len(word) - 2))
    return word[:shared] == other[:shared] and abs(len(word) - len(other)) <= 3


@lru_cache(maxsize=256)
def _wordings(script: Script) -> dict[str, Faq]:
    return {_bare(fold_words(question)): entry for entry in script.faq for question in entry.questions}
