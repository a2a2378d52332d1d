"""Quotation marks and brackets that nobody closed: the parser stumbles far below them, the author must look at them.

What is open swallows the lines after it. The first line that begins like one of its own (a key, a "- "), no further in
than the line where something was opened, is what gives it away.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
)

from dialogs.script import Place

_MOST_TOKENS = 100_000
"""So much of a file is looked at."""
_OF_ITS_OWN = re.compile(r""" *(?:- |-$|[\w-]+:(?:\s|$)|"[^"]*":\s)""")
_BEFORE_KEY = re.compile(r" *(?:- +)*")
_QUOTES = ('"', "'")
_BRACKETS = {
    FlowSequenceStartToken: "[", FlowSequenceEndToken: "[", FlowMappingStartToken: "{", FlowMappingEndToken: "{",
}  # fmt: skip


class _Span(NamedTuple):
    """What is opened in one line and closed, if ever, in another; both from 0."""

    mark: str
    place: Place
    last: int
    closed: bool


def find_unclosed(text: str, stumbled: Place) -> tuple[Place, str] | None:
    """Where something was opened, up to where the parser stumbled, that is never closed; and what to say."""
    lines = text.split("\n")
    shown = [(_given_away(span, lines), span) for span in _spans(text, len(lines)) if span.place <= stumbled]
    found = [(line, -span.place.line, -span.place.column, span) for line, span in shown if line is not None]
    if not found:
        return None
    span = min(found)[-1]
    what = "quotation mark" if span.mark in _QUOTES else span.mark
    return span.place, f"this {what} is never closed"


def _given_away(span: _Span, lines: list[str]) -> int | None:
    """The line, from 0, that shows that the span should have ended before it."""
    opening = _BEFORE_KEY.match(lines[span.place.line - 1])
    limit = opening.end() if opening else 0
    for number in range(span.place.line, min(span.last + 1, len(lines))):
        line = lines[number]
        if _OF_ITS_OWN.match(line) and len(line) - len(line.lstrip(" ")) <= limit:
            return number
    return None if span.closed else span.last


def _spans(text: str, last: int) -> Iterator[_Span]:
    """Everything in quotes over several lines, and everything in brackets, as far as the file can be read."""
    opened: list[tuple[str, Place]] = []
    try:
        for token in islice(YAML(typ="safe", pure=True).scan(text), _MOST_TOKENS):
            place = _place(token.start_mark)
            if isinstance(token, ScalarToken):
                if token.style in _QUOTES and token.end_mark.line > token.start_mark.line:
                    yield _Span(token.style, place, token.end_mark.line, closed=True)
            elif isinstance(token, FlowSequenceStartToken | FlowMappingStartToken):
                opened.append((_BRACKETS[type(token)], place))
            elif isinstance(token, FlowSequenceEndToken | FlowMappingEndToken) and opened:
                mark, begun = opened.pop()
                yield _Span(mark, begun, token.start_mark.line, closed=mark == _BRACKETS[type(token)])
    except MarkedYAMLError as error:
        if "quoted scalar" not in (error.context or "") or "escape" in (error.problem or ""):
            return  # What is open there may be closed further down.
        start = error.context_mark
        yield _Span(text[start.index], _place(start), error.problem_mark.line, closed=False)
    for mark, begun in opened:
        yield _Span(mark, begun, last, closed=False)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
