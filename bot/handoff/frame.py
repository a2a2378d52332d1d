"""Draws a frame around words that strangers wrote, for a terminal of any width and character set."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.handoff.announcement import Announcement, Line
from bot.visible import visible

_BOLD, _FAINT, _OFF = "\x1b[1;32m", "\x1b[2m", "\x1b[0m"
_LABEL_SHARE = 4
"""Labels take a quarter of the columns at most."""
_ROWS_MOST = 3
"""Rows that one text may take."""
_LONGEST = 1000
"""Characters of a text that are looked at."""
_MARKS_MOST = 2
"""Accents on one letter; what has more is made to run over other lines."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """How blocks are drawn: in how many columns, with colour or without, in which character set."""

    width: int
    colour: bool
    encoding: str

    def draw(self, said: Announcement) -> str:
        """The block, and beneath it what to type, never cut: printable characters, line breaks and our own colours."""
        labels = [width_of(self._clean(line.label)) for paragraph in said.paragraphs for line in paragraph]
        column = min(max(labels, default=0), self.width // _LABEL_SHARE)
        rows = [self._title(said.title)]
        for number, paragraph in enumerate(said.paragraphs):
            if number:
                rows.append(self._row("", "", column))
            rows += [row for line in paragraph for row in self._rows(line, column)]
        return "\n".join((*rows, self._bottom, f"  {self._clean(said.command)}")) + "\n"

    def _title(self, title: str) -> str:
        """The upper edge with the title in it."""
        corner, edge = self._lines[0], self._lines[1]
        words = cut(self._clean(title), self.width - 6, self._dots)
        rest = edge * (self.width - 5 - width_of(words))
        return f"{corner}{edge} {self._in(_BOLD, words)} {rest}{self._lines[2]}"

    def _rows(self, line: Line, column: int) -> Iterator[str]:
        """A labelled text on one row or a few."""
        label = cut(self._clean(line.label), column, self._dots)
        for number, text in enumerate(wrap(self._clean(line.text), self._room(column), self._dots)):
            yield self._row("" if number else label, text, column)

    def _row(self, label: str, text: str, column: int) -> str:
        label = self._in(_FAINT, label) + " " * (column - width_of(label))
        side = self._lines[3]
        return f"{side} {label}  {text}{' ' * (self._room(column) - width_of(text))} {side}"

    @property
    def _bottom(self) -> str:
        return f"{self._lines[4]}{self._lines[1] * (self.width - 2)}{self._lines[5]}"

    def _room(self, column: int) -> int:
        return self.width - 6 - column

    def _in(self, colour: str, words: str) -> str:
        return f"{colour}{words}{_OFF}" if self.colour and words else words

    @cached_property
    def _lines(self) -> str:
        """Corners and sides that the character set has."""
        return "╭─╮│╰╯" if self._shows("╭─╮│╰╯") else "+-+|++"

    @cached_property
    def _dots(self) -> str:
        return "…" if self._shows("…") else "..."

    def _shows(self, characters: str) -> bool:
        try:
            characters.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def _clean(self, text: str) -> str:
        """``text`` on one line, what a terminal would obey written out, in the stream's character set."""
        kept: list[str] = []
        marks = 0
        one_line = " ".join(unicodedata.normalize("NFC", text[:_LONGEST]).split())
        for character in visible(one_line):
            marks = marks + 1 if unicodedata.combining(character) else 0
            if character.isprintable() and marks <= _MARKS_MOST:
                kept.append(character)
        line = " ".join("".join(kept).split())
        return line if self._shows(line) else "".join(c if self._shows(c) else "?" for c in line)


def width_of(text: str) -> int:
    """Columns that ``text`` takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def cut(text: str, room: int, dots: str) -> str:
    """``text``, or as much of its beginning as fits, with dots."""
    if width_of(text) <= room:
        return text
    kept = ""
    for character in text:
        if width_of(kept) + _columns(character) > room - len(dots):
            break
        kept += character
    return kept.rstrip() + dots


def wrap(text: str, room: int, dots: str) -> list[str]:
    """``text`` on at most a few rows of ``room`` columns, broken between words where there are some."""
    rows = [""]
    for word in (piece for long_word in text.split(" ") for piece in _pieces(long_word, room)):
        if rows[-1] and width_of(rows[-1]) + 1 + width_of(word) <= room:
            rows[-1] += f" {word}"
        elif not rows[-1]:
            rows[-1] = word
        elif len(rows) < _ROWS_MOST:
            rows.append(word)
        else:
            rows[-1] = cut(f"{rows[-1]} {word}", room, dots)
            break
    return rows


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word in pieces that fit."""
    piece = ""
    for character in word:
        if width_of(piece) + _columns(character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
