"""A message as nothing but its words: for recognising whole sentences that people say, whatever their punctuation."""

import re

from dialogs.language.folding import fold

_SIGNS = re.compile(r"[^\w\s'-]+")


def plain_words(text: str) -> str:
    """``text`` folded, without any sign but apostrophes and hyphens within words.

    "Einen Menschen, bitte!" becomes "einen menschen bitte".
    """
    if text.isascii() and text.replace(" ", "a").isalnum():
        return " ".join(text.lower().split())
    words = _SIGNS.sub(" ", fold(text)).replace(" '", " ").replace("' ", " ").split()
    return " ".join(word for word in words if word.strip("'-")).strip("'-")
