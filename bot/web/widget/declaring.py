"""Holds the minifier to the order in which values are made.

It joins declarations that follow each other, and may put a pattern (``const {code} = answer``) before the constant that
the pattern is taken from; the script then stops at that line. So what it made is read again.
"""

import re
from collections.abc import Iterator

_PATTERN_FIRST = re.compile(r"\b(?:const|let) ?(?=[\[{])")
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`')
_WORD = re.compile(r"(?<![\w$.#])[A-Za-z_$][\w$]*")


class UsedTooEarly(Exception):
    """A value is used before it is made; says where. Write the pattern as a constant and its properties."""


def check_order(script: str) -> None:
    """Raise ``UsedTooEarly`` where a pattern is taken from what stands behind it."""
    for start in _PATTERN_FIRST.finditer(script):
        parts = list(_declared(script, start.end()))
        names = [part.partition("=")[0] if part[0] not in "[{" else "" for part in parts]
        for position, part in enumerate(parts):
            if part[0] not in "[{":  # These stay where they are.
                continue
            used = set(_WORD.findall(_STRING.sub("", part.partition("=")[2])))
            if late := used & set(names[position + 1 :]) - {""}:
                place = script[start.start() : start.start() + 160]
                raise UsedTooEarly(f"{', '.join(sorted(late))} is used before it is made: {place}")


def _declared(script: str, at: int) -> Iterator[str]:
    """Each ``name=value`` of a declaration, of which the first begins ``at``."""
    begin, depth = at, 0
    while at < len(script):
        if string := _STRING.match(script, at):
            at = string.end()
            continue
        mark = script[at]
        depth += (mark in "([{") - (mark in ")]}")
        if depth < 0 or (depth == 0 and mark in ",;"):
            yield script[begin:at]
            if mark != ",":
                return
            begin = at + 1
        at += 1
    yield script[begin:]
