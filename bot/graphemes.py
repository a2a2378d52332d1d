"""Cuts text where no character as people see it is torn apart: no lone accent, no half flag, no family in parts.

What belongs together follows the main rules of Unicode's text segmentation (UAX 29, extended grapheme clusters).
"""

import unicodedata

_JOINER = "\u200d"
_CLUSTER_MOST = 40
"""Code points of one cluster; what has more (a letter buried under accents) may be cut anywhere."""


def units(text: str) -> int:
    """Length as chat platforms count it, in UTF-16 code units: never less than the code points."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int, dots: str = "…") -> str:
    """``text``, or as much of its beginning as fits into ``most`` units with ``dots`` after it."""
    if len(text) * 2 <= most or units(text) <= most:
        return text
    return text[: border_before(text, fitting(text, most - units(dots)))].rstrip() + dots


def border_before(text: str, place: int) -> int:
    """The last place up to ``place`` between two characters as people see them; itself where a cluster has no end."""
    if place >= len(text):
        return len(text)
    lowest = max(0, place - _CLUSTER_MOST)
    for border in range(place, lowest, -1):
        if not _belong_together(text, border):
            return border
    return lowest if lowest == 0 else place


def fitting(text: str, most: int) -> int:
    """How many code points of the beginning fit into so many units."""
    taken = 0
    for number, character in enumerate(text):
        taken += 1 if character < "\U00010000" else 2
        if taken > most:
            return number
    return len(text)


def _belong_together(text: str, place: int) -> bool:
    """Whether the characters on both sides of ``place`` are one."""
    before, after = text[place - 1], text[place]
    if before == "\r" and after == "\n":
        return True
    if _JOINER in (before, after) or _extends(after):
        return True
    if _is_regional(before) and _is_regional(after):
        return _regionals_before(text, place) % 2 == 1
    return _is_hangul_part(after) and (_is_hangul_part(before) or "\uac00" <= before <= "\ud7a3")


def _extends(character: str) -> bool:
    """Accents, variation selectors, skin tones, tags."""
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _regionals_before(text: str, place: int) -> int:
    count = 0
    while count < place and _is_regional(text[place - 1 - count]):
        count += 1
    return count


def _is_hangul_part(character: str) -> bool:
    """Vowels and final consonants, which join the syllable before them."""
    return "\u1100" <= character <= "\u11ff"
