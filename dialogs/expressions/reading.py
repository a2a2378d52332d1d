"""From text to Python's own grammar tree, within limits and with exact positions.

1. A scan of our own comes first: only the words and signs of the language pass, brackets must match, and the common
   slips (``=``, ``&&``, curly quotes) are named. What reaches Python's parser is one line of harmless tokens.
2. Whitespace becomes plain spaces, character for character, so that every position can be told in the author's text.
"""

import ast
import keyword
import re
from dataclasses import dataclass
from typing import NamedTuple

from dialogs.expressions.errors import ConditionError

MAX_CHARACTERS = 500
"""Longest expression."""
MAX_NODES = 150
"""Most parts (names, constants, operators, calls) of one expression."""
MAX_DEPTH = 40
"""How deep its parts may be nested."""
MAX_BRACKETS = 20
"""How deep its brackets may be nested."""

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>[0-9]+(?:\.[0-9]+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<wrong>\*\*|//|&&?|\|\|?|<>|=>|=<|:=|<<|>>)
  | (?P<sign>==|!=|<=|>=|[-+*/%<>()\[\],])
    """,
    re.VERBOSE,
)
_GRAMMAR = frozenset({"and", "or", "not", "in", "if", "else", "True", "False"})
_EXPECTING = frozenset({"and", "or", "not", "in", "if", "else", *"+-*/%<>,", "==", "!=", "<=", ">="})
_UNREADABLE = re.compile("[\\0-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPE = re.compile(r"""\\[^\\"']""")
_CLOSES = {"(": ")", "[": "]"}
_INSTEAD = {
    "=": "write == to compare",
    "=>": "write >=",
    "=<": "write <=",
    "<>": "write !=",
    "!": 'write "not"',
    "&": 'write "and"',
    "&&": 'write "and"',
    "|": 'write "or"',
    "||": 'write "or"',
    "“": 'texts stand in straight quotes: "now"',
    "”": 'texts stand in straight quotes: "now"',
    "„": 'texts stand in straight quotes: "now"',
    "‘": 'texts stand in straight quotes: "now"',
    "’": 'texts stand in straight quotes: "now"',
    "#": "comments have no place inside a condition",
    "is": "write == to compare",
    "None": 'ask "not known(…)" for a missing answer',
}


@dataclass(frozen=True, slots=True)
class Source:
    """The author's text, able to say where something stands in it."""

    text: str
    flat: str
    """The same as one line without the space around it."""
    start: int
    """Characters of space before ``flat``."""

    def error(self, message: str, offset: int) -> ConditionError:
        """The error at a character of ``text``, counted from 0."""
        before = self.text[: max(0, min(offset, len(self.text)))]
        return ConditionError(message, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def error_at(self, part: ast.expr, message: str) -> ConditionError:
        """The error at a part of the grammar tree. Python counts its columns in UTF-8 bytes."""
        characters = len(self.flat.encode()[: part.col_offset].decode())
        return self.error(message, self.start + characters)


def read(text: str) -> tuple[ast.expr, Source]:
    """The grammar tree of ``text``. Raises ConditionError."""
    if len(text) > MAX_CHARACTERS:
        raise ConditionError(f"the expression is longer than {MAX_CHARACTERS} characters")
    if odd := _UNREADABLE.search(text):
        raise Source(text, "", 0).error(_unexpected(odd.group()), odd.start())
    spaced = _scan(text)
    source = Source(text, spaced.strip(), len(spaced) - len(spaced.lstrip()))
    if not source.flat:
        raise ConditionError("the expression is empty")
    tree = _parse(source)
    _measure(tree)
    return tree, source


def _parse(source: Source) -> ast.expr:
    try:
        return ast.parse(source.flat, mode="eval").body
    except SyntaxError as error:
        offset = min((error.offset or 1) - 1, len(source.flat) - 1)
        message = f'cannot be read from "{_word_at(source.flat, offset)}" on: something is missing or too much here'
        raise source.error(message, source.start + offset) from None
    except (RecursionError, MemoryError, ValueError):  # pragma: no cover - depends on Python's build
        raise ConditionError("the expression cannot be read") from None


def _measure(tree: ast.expr) -> None:
    """Raises ConditionError for a tree that is too big to be what a person meant."""
    nodes, open_parts = 0, [(tree, 1)]
    while open_parts:
        part, depth = open_parts.pop()
        nodes += 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ConditionError("the expression is too complicated: split it into several steps or fields")
        open_parts += [(child, depth + 1) for child in ast.iter_child_nodes(part) if isinstance(child, ast.expr)]


class _Token(NamedTuple):
    kind: str
    text: str
    end: int


_NOTHING = _Token("", "", 0)


def _scan(text: str) -> str:
    """``text`` with every space a plain one. Raises ConditionError at the first thing foreign to the language."""
    source, pieces, brackets = Source(text, "", 0), list[str](), list[tuple[str, int]]()
    offset, previous = 0, _NOTHING
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise source.error(_unexpected(text[offset]), offset)
        token = _Token(match.lastgroup or "", match.group(), match.end())
        if token.kind == "space":
            pieces.append(" " * len(token.text))
        else:
            if complaint := _complaint(token, previous, touches=previous.end == offset):
                raise source.error(complaint, offset)
            _match_brackets(source, token.text, offset, brackets)
            pieces.append(token.text)
            previous = token
        offset = token.end
    if brackets:
        raise source.error(f'this "{brackets[-1][0]}" is never closed', brackets[-1][1])
    if previous.text in _EXPECTING:
        raise source.error("the expression is unfinished", previous.end)
    return "".join(pieces)


def _complaint(token: _Token, previous: _Token, *, touches: bool) -> str | None:
    """What is wrong with a token after the one before, which it may touch."""
    if token.kind == "wrong":
        return _unexpected(token.text)
    if token.kind == "word" and token.text not in _GRAMMAR:
        if token.text.lower() in _GRAMMAR:
            return f'write "{token.text.lower()}" in small letters'
        if keyword.iskeyword(token.text):
            return _unexpected(token.text)
        if previous.kind == "number":
            return f'write an operator before "{token.text}"; a duration stands in quotes, "3 months"'
        if previous.kind == "word" and previous.text not in _GRAMMAR:
            return f'write an operator before "{token.text}"'
    if token.kind in ("word", "number") and previous.kind == "number" and touches:
        return f'write a space before "{token.text}"'
    if token.kind == "text":
        if previous.kind == "text" or (previous.kind == "word" and touches):
            return "write an operator before this text"
        if _ESCAPE.search(token.text.replace("\\\\", "")):
            return r"a backslash inside a text is written twice: \\"
    return None


def _unexpected(token: str) -> str:
    if token in ('"', "'"):
        return f"this text is never closed by another {token}"
    name = token if token.isprintable() else f"U+{ord(token):04X}"
    return f'"{name}" has no meaning here' + (f": {_INSTEAD[token]}" if token in _INSTEAD else "")


def _match_brackets(source: Source, token: str, offset: int, brackets: list[tuple[str, int]]) -> None:
    if token in _CLOSES:
        brackets.append((token, offset))
        if len(brackets) > MAX_BRACKETS:
            raise source.error("brackets are nested too deeply", offset)
    elif token in (")", "]") and (not brackets or _CLOSES[brackets.pop()[0]] != token):
        raise source.error(f'this "{token}" closes nothing', offset)


def _word_at(text: str, offset: int) -> str:
    match = _TOKEN.match(text, offset)
    return match.group() if match else text[offset]
