"""Known words that are one slip of the keyboard away: a letter too many, one missing, one wrong, two exchanged."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA


class Slips:
    """Known words, arranged once so that finding the one that was meant costs the same however many there are.

    1. Two words are one slip apart only where leaving out one letter of each, or of one, makes them the same. Every
       word is therefore kept under each form it has with a letter left out, and under itself.
    2. A slip leaves the beginning or the end of a word as it was, which tells most words from all that are known.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._places = {word: place for place, word in enumerate(known)}
        self._part = (min(map(len, self._places), default=0) - 1) // 2
        self._beginnings = frozenset(word[: self._part] for word in self._places)
        self._ends = frozenset(word[-self._part :] for word in self._places)
        self._by_form: dict[str, list[str]] = {}
        for word in self._places:
            for form in _forms(word):
                self._by_form.setdefault(form, []).append(word)

    def meant(self, word: str) -> str | None:
        """The first known word one slip away from ``word``; None where there is none. A known word is meant itself."""
        if word in self._places:
            return word
        if word[: self._part] not in self._beginnings and word[-self._part :] not in self._ends:
            return None
        forms = _forms(word)
        if self._by_form.keys().isdisjoint(forms):
            return None
        alike = {known for form in forms for known in self._by_form.get(form, ())}
        meant = (known for known in alike if _one_slip_apart(word, known))
        return min(meant, key=self._places.__getitem__, default=None)


def _forms(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _one_slip_apart(word: str, known: str) -> bool:
    """Whether two different words are one slip apart; both may have lost different letters to become the same."""
    return OSA.distance(word, known, score_cutoff=1) <= 1
