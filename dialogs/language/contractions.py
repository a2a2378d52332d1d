"""English contractions in full: "I'm" as "I am", "can't" as "can not", also where the apostrophe was left out."""

import re

from dialogs.language.vocabulary import word_set

_CONTRACTIONS = tuple(
    (part, re.compile(pattern), spelled)
    for part, pattern, spelled in (
        ("can", r"\b(?:can't|cannot)\b", "can not"),
        ("won't", r"\bwon't\b", "will not"),
        ("ain't", r"\bain't\b", "is not"),
        ("n't", r"n't\b", " not"),
        ("let", r"\blet'?s\b", "let us"),
        ("'m", r"\b(i)'m\b", r"\1 am"),
        ("'re", r"\b(you|we|they)'re\b", r"\1 are"),
        ("'ll", r"\b(i|you|he|she|it|we|they|that|this|there)'ll\b", r"\1 will"),
        ("'d", r"\b(i|you|he|she|it|we|they|that|this|there)'d\b", r"\1 would"),
        ("'ve", r"\b(i|you|we|they)'ve\b", r"\1 have"),
        ("'s", r"\b(he|she|it|that|this|there|everything|answer|all)'s\b", r"\1 is"),
        ("thats", r"\bthats\b", "that is"),
        ("tht's", r"\btht's\b", "that is"),
        ("im", r"\bim\b(?! (?:moment|augenblick|prinzip|grunde)\b)", "i am"),
        ("its", r"\bits\b", "it is"),
        ("thatll", r"\bthatll\b", "that will"),
        ("nt", r"\b(do|does|did|is|are|was|were|would|could|should|have|has|had|ca|wo)nt\b", r"\1 not"),
        ("ca not", r"\bca not\b", "can not"),
        ("wo not", r"\bwo not\b", "will not"),
    )
)
"""What every contraction has in it, what it looks like, and what it is short for; in this order."""
CONTRACTED = word_set(
    """
    cannot lets thats im its thatll ca wo dont doesnt didnt isnt arent wasnt werent wouldnt couldnt shouldnt havent
    hasnt hadnt cant wont
    """
)
"""Words that are contractions, or begin one, without an apostrophe: a text with neither holds none."""


def spelled_out(folded: str) -> str:
    """A folded text with its contractions in full."""
    for part, pattern, spelled in _CONTRACTIONS:
        if part in folded:
            folded = pattern.sub(spelled, folded)
    return folded
