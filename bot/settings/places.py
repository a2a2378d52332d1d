"""In which line of a TOML file a setting stands; as far as a glance at the lines can tell."""

import re
from collections.abc import Iterator

_SECTION = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_LONG_QUOTES = ('"""', "'''")

Path = tuple[str, ...]
"""Section and key."""


def find_lines(text: str) -> dict[Path, int]:
    """Line of every section and every key, from 1; of those written in an inline table only the table's own."""
    lines: dict[Path, int] = {}
    for number, path in named_in(text):
        lines.setdefault(path, number)
    return lines


def named_in(text: str) -> Iterator[tuple[int, Path]]:
    """Each line that begins a section or a setting, with what it names."""
    section: Path = ()
    open_quotes: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if open_quotes is None:
            if match := _SECTION.match(line):
                section = _parts(match[1])
                yield number, section
            elif match := _KEY.match(line):
                yield number, (*section, *_parts(match[1]))
        open_quotes = _still_open(line, open_quotes)


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """The line of a setting, or else of what holds it."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _still_open(line: str, quotes: str | None) -> str | None:
    """The long quotation mark that is open at the end of the line."""
    at = 0
    while True:
        if quotes is None:
            starts = [(found, one) for one in _LONG_QUOTES if (found := line.find(one, at)) >= 0]
            if not starts:
                return None
            at, quotes = min(starts)
            at += 3
        end = line.find(quotes, at)
        if end < 0:
            return quotes
        at, quotes = end + 3, None
