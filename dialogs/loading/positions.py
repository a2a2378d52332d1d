"""From a position to its place in the file: by counting lines, and through quotes, block indentation, folded lines."""

from dialogs.loading.nodes import Scalar
from dialogs.script import Place


def place_at(text: str, index: int) -> Place:
    """Line and column of a position in ``text``."""
    start = text.rfind("\n", 0, index) + 1
    return Place(text.count("\n", 0, index) + 1, index - start + 1)


def place_within(node: Scalar, source: str, line: int, column: int, skipped: int = 0) -> Place:
    """The place in the file of a line and column (from 1) within the node's text, of which ``skipped`` characters were
    not counted."""
    offset = _offset(node.text[skipped:], line, column) + skipped
    start = node.start
    if source[start : start + 1] in ("|", ">"):
        start = max(source.find("\n", start) + 1, start)
    elif source[start : start + 1] in ("'", '"'):
        start += 1
    return place_at(source, min(_follow(node.text[:offset], source, start, node.end), node.end))


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1 or start
    return max(0, min(start + column - 1, len(text)))


def _follow(text: str, source: str, start: int, end: int) -> int:
    """Where ``text`` has been read to, skipping in the file what YAML takes out: indentation, breaks, escapes."""
    index = start
    for character in text:
        if character.isspace():
            continue
        found = source.find(character, index, end)
        if found >= 0:
            index = found + 1
    while index < end and source[index] in " \t\n\r":
        index += 1
    return index
