"""Which of the languages that are spoken comes nearest to one that is wished for."""

from collections.abc import Sequence

_LONGEST = 100


def nearest_language(wished: str, spoken: Sequence[str]) -> str | None:
    """The one of ``spoken`` that a wished one (both BCP 47) means, or None.

    It is the same, in whatever case; or what the wish is a kind of ("de-AT": "de"); or another kind of the same
    language ("pt": "pt-BR"), which its people read better than none.
    """
    known = {one.lower(): one for one in reversed(spoken)}
    tag = wished[:_LONGEST].strip().lower()
    primary = tag.partition("-")[0]
    while tag:
        if (found := known.get(tag)) is not None:
            return found
        tag = tag.rpartition("-")[0]
    return next((one for one in spoken if one.partition("-")[0].lower() == primary), None) if primary else None
