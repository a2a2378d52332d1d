"""Cuts a text into messages of a platform: between paragraphs, else lines, else words, else characters as people see
them. Nothing but blanks and line breaks at the cuts gets lost."""

import re

from bot.graphemes import border_before, fitting, units

_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: object) -> str:
    """Text without what platforms refuse: control characters, halves of characters."""
    plain = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _UNSENDABLE.sub("", _SURROGATES.sub("\ufffd", plain))


def one_line(text: object) -> str:
    """Text without what platforms refuse, its blanks and line breaks as single blanks."""
    return " ".join(clean(text).split())


def length(text: str, *, utf16: bool) -> int:
    """How long a platform says that a text is."""
    return units(text) if utf16 else len(text)


def split(text: str, most: int, *, utf16: bool) -> list[str]:
    """The text in parts of at most ``most`` characters, none of them blank; ``most`` is 2 at least."""
    parts, rest = [], text.strip()
    while length(rest, utf16=utf16) > most:
        place = _border(rest, fitting(rest, most) if utf16 else most)
        if head := rest[:place].rstrip():
            parts.append(head)
        rest = rest[place:].lstrip()
    return [*parts, rest] if rest else parts


def _border(text: str, place: int) -> int:
    """The best place for a cut, up to ``place``; more than 0."""
    for gap in ("\n\n", "\n", " "):
        at = text.rfind(gap, 0, place + 1)
        # A paragraph's or a line's end counts where it does not leave most of the room empty.
        if at > (0 if gap == " " else place // 3):
            return at
    return border_before(text, place) or place
