"""Words on a terminal: tables, colours where they can be seen, strangers' words without their tricks."""

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TextIO

from bot.visible import visible, visible_json

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "bold": "1", "dim": "2"}
_NARROWEST = 12
"""A column is not squeezed below this."""


def print_json(value: Any) -> None:
    """One JSON value in one line."""
    print(json_line(value))


def json_line(value: Any) -> str:
    """One JSON value in one line, with letters of all languages where the output can show them.

    Nothing in it is a line break to anybody, moves a cursor, or is half a character.
    """
    readable = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return visible_json(json.dumps(value, ensure_ascii=not readable, separators=(", ", ": ")))


def coloured(text: str, colour: str, stream: TextIO | None = None) -> str:
    """The text in a colour, where people look at it; https://no-color.org is obeyed."""
    where = sys.stdout if stream is None else stream
    if not where.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, in one line each; on a terminal the longest columns are cut to fit."""
    lines = [[visible(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(width_of(line[column]) for line in lines) for column in range(len(heads))]
    if sys.stdout.isatty():
        _squeeze(widths, shutil.get_terminal_size().columns)
    shown = []
    for line in lines:
        cells = [_fit(cell, width) for cell, width in zip(line, widths, strict=True)]
        shown.append("  ".join(cells).rstrip())
    return "\n".join((coloured(shown[0], "bold"), *shown[1:]))


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _squeeze(widths: list[int], room: int) -> None:
    """Take from the widest columns until all fit."""
    while sum(widths) + 2 * (len(widths) - 1) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _fit(cell: str, width: int) -> str:
    """The cell, cut or filled to its column."""
    taken = width_of(cell)
    if taken <= width:
        return cell + " " * (width - taken)
    kept, used = "", 0
    for character in cell:
        used += _width(character)
        if used > width - 3:
            break
        kept += character
    return kept + "..." + " " * (width - width_of(kept) - 3)
