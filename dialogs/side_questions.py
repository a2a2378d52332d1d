"""Questions of the visitor's own: whether a message is one, and which entry of the script's FAQ answers it."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from dialogs.language.folding import fold_words
from dialogs.script import Faq, Script

CERTAIN_SCORE = 86.0
"""Likeness (0 to 100) from which a message is the FAQ's question, whatever is being asked."""
LIKELY_SCORE = 72.0
"""Likeness that is enough when the message looks like a question."""

_OPENING = re.compile(
    r"^(?:and |but |so |also |und |aber |y |pero |et |mais )?"
    r"(?:what|how|why|when|where|who|which|is|are|do|does|did|can|could|will|would|should|have|has|may"
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
    asked = fold_words(text)
    if len(asked) < 4:
        return None
    wordings = _wordings(script)
    enough = LIKELY_SCORE if looks_like_a_question(text) else CERTAIN_SCORE
    best = process.extractOne(asked, wordings.keys(), scorer=_likeness, score_cutoff=enough)
    return wordings[best[0]] if best else None


def _likeness(asked: str, wording: str, **_: object) -> float:
    """Word order matters little, but a single shared word is not yet the same question."""
    return float(
        max(fuzz.ratio(asked, wording), fuzz.token_sort_ratio(asked, wording), 0.95 * _contained(asked, wording))
    )


def _contained(asked: str, wording: str) -> float:
    """How well the shorter one's words are found in the longer one, when it has at least two telling words."""
    short = asked if len(asked) < len(wording) else wording
    telling = [word for word in short.split() if len(word) > 3]
    return fuzz.token_set_ratio(asked, wording) if len(telling) >= 2 else 0.0


@lru_cache(maxsize=256)
def _wordings(script: Script) -> dict[str, Faq]:
    return {fold_words(question): entry for entry in script.faq for question in entry.questions}
