"""What was probably meant: the known word nearest to a misspelt one."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 80
"""Longer words are no slips, and comparing them is slow."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like ``word``, whatever its case; None when none does."""
    if len(word) > _LONGEST:
        return None
    by_lower = {candidate.lower(): candidate for candidate in known}
    found = get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``', did you mean "pricing"?'`` to end an error with, or nothing when no known word is near."""
    found = nearest(word, known)
    return f', did you mean "{found}"?' if found else ""
