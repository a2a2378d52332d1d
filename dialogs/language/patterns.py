"""Patterns an author may ask a text to follow: the plain part of regular expressions, matched in linear time.

Characters, ``.``, classes (``[A-Z0-9]``, ``\\d``, ``\\w``, ``\\s``), groups, ``|`` and the repetitions ``? * + {2}
{2,5}``. A pattern is always compared with the whole text; ``^`` at its start and ``$`` at its end change nothing.
What makes regular expressions slow or surprising (look-around, back-references, lazy repetition) is refused, and the
text is walked once with all possible states side by side, so that no visitor can make a pattern slow.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_MOST_STATES = 400
_DEEPEST = 20
_MOST_REPEATS = 100
_CLASSES = frozenset("dDwWsS")
_REPEATED = re.compile(r"\{(\d{1,3})(?:(,)(\d{0,3}))?\}")


class _Part(NamedTuple):
    """A piece of the network: where it begins, and the loose ends to be joined to what follows."""

    start: int
    ends: tuple[int, ...]


class Pattern:
    """A compiled pattern."""

    def __init__(self, tests: list[re.Pattern[str] | None], following: list[list[int]], start: int, end: int) -> None:
        self._tests = tests
        self._following = following
        self._start, self._end = start, end

    def matches(self, text: str) -> bool:
        """Whether the whole text follows the pattern. Takes time proportional to the text's length."""
        states = self._reached({self._start})
        for character in text:
            stepped = {
                after
                for state in states
                if (test := self._tests[state]) is not None and test.match(character)
                for after in self._following[state]
            }
            if not stepped:
                return False
            states = self._reached(stepped)
        return self._end in states

    def _reached(self, states: set[int]) -> set[int]:
        """The states with all that are reached from them without reading a character."""
        reached, waiting = set(states), list(states)
        while waiting:
            state = waiting.pop()
            if self._tests[state] is None:
                for after in self._following[state]:
                    if after not in reached:
                        reached.add(after)
                        waiting.append(after)
        return reached


@lru_cache(maxsize=256)
def compile_pattern(source: str) -> Pattern:
    """The pattern; ValueError says what is wrong with it, for the script's author."""
    return _Compiler(source).compiled()


class _Compiler:
    """Turns a pattern's source into a network of states, after Thompson."""

    def __init__(self, source: str) -> None:
        inner = source.removeprefix("^")
        ends = inner.endswith("$") and not inner.endswith("\\$")
        self._source = inner[:-1] if ends else inner
        self._at = 0
        self._depth = 0
        self._tests: list[re.Pattern[str] | None] = []
        self._following: list[list[int]] = []

    def compiled(self) -> Pattern:
        part = self._alternatives()
        if self._at < len(self._source):
            raise ValueError('there is a ")" without a "("')
        end = self._state(None)
        self._join(part, end)
        return Pattern(self._tests, self._following, part.start, end)

    def _state(self, test: re.Pattern[str] | None) -> int:
        if len(self._tests) >= _MOST_STATES:
            raise ValueError("it is too long; fewer or shorter repetitions, please")
        self._tests.append(test)
        self._following.append([])
        return len(self._tests) - 1

    def _join(self, part: _Part, after: int) -> None:
        for end in part.ends:
            self._following[end].append(after)

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _alternatives(self) -> _Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("its groups are nested too deeply")
        parts = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence())
        self._depth -= 1
        if len(parts) == 1:
            return parts[0]
        fork = self._state(None)
        self._following[fork] += [part.start for part in parts]
        return _Part(fork, tuple(end for part in parts for end in part.ends))

    def _sequence(self) -> _Part:
        start = self._state(None)
        part = _Part(start, (start,))
        while self._peek() not in {"", "|", ")"}:
            begin = self._at
            following = self._atom()
            following = self._repeated(begin, following)
            self._join(part, following.start)
            part = _Part(start, following.ends)
        return part

    def _atom(self) -> _Part:
        if self._peek() == "(":
            return self._group()
        state = self._state(re.compile(self._character(), re.DOTALL))
        return _Part(state, (state,))

    def _group(self) -> _Part:
        self._at += 1
        if self._peek() == "?":
            if self._source[self._at : self._at + 2] != "?:":
                raise ValueError('"(?" is only allowed as "(?:"')
            self._at += 2
        part = self._alternatives()
        if self._peek() != ")":
            raise ValueError('a "(" is never closed')
        self._at += 1
        return part

    def _character(self) -> str:
        """The source of a pattern for one character."""
        first = self._peek()
        self._at += 1
        if first == "[":
            return self._bracketed()
        if first == "\\":
            escaped = self._peek()
            self._at += 1
            if not escaped or (escaped.isalnum() and escaped not in _CLASSES):
                raise ValueError(f'"\\{escaped}" is not allowed; use \\d, \\w, \\s or an escaped sign such as \\.')
            return "\\" + escaped
        if first in "*+?{}^$":
            raise ValueError(f'"{first}" cannot stand there; write "\\{first}" for the sign itself')
        return "." if first == "." else re.escape(first)

    def _bracketed(self) -> str:
        begin = self._at
        while self._peek() and (self._peek() != "]" or self._at == begin):
            self._at += 2 if self._peek() == "\\" else 1
        inner = self._source[begin : self._at]
        if self._peek() != "]":
            raise ValueError('a "[" is never closed')
        self._at += 1
        if "[" in inner.replace("\\[", "") or any(two in inner for two in ("--", "&&", "||", "~~")):
            raise ValueError(f'"[{inner}]" is ambiguous; escape its signs with a backslash')
        try:
            re.compile(f"[{inner}]")
        except re.error as error:
            raise ValueError(f'"[{inner}]": {error.msg}') from None
        return f"[{inner}]"

    def _repeated(self, begin: int, part: _Part) -> _Part:
        """``part``, which was read from ``begin``, as often as the sign behind it says."""
        least, most = self._bounds()
        if (least, most) == (1, 1):
            return part
        if self._peek() and self._peek() in "*+?{":
            raise ValueError("one repetition directly behind another is not allowed; use a group")
        after = self._at
        copies = [part]
        for _ in range(max(least, most or 1, 1) - 1):
            self._at = begin
            copies.append(self._atom())
        self._at = after
        return self._chained(copies, least, endless=most is None)

    def _chained(self, copies: list[_Part], least: int, *, endless: bool) -> _Part:
        """The copies one after the other; those beyond ``least`` may be left out, the last may be taken again."""
        start = self._state(None)
        ends: tuple[int, ...] = (start,)
        exits: tuple[int, ...] = (start,) if least == 0 else ()
        for count, copy in enumerate(copies, start=1):
            self._join(_Part(start, ends), copy.start)
            ends = copy.ends
            if count >= least:
                exits += ends
        if endless:
            self._join(copies[-1], copies[-1].start)
        return _Part(start, exits)

    def _bounds(self) -> tuple[int, int | None]:
        sign = self._peek()
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        if sign in simple:
            self._at += 1
            return simple[sign]
        counted = _REPEATED.match(self._source, self._at) if sign == "{" else None
        if counted is None:
            return 1, 1
        self._at = counted.end()
        least = int(counted.group(1))
        most = least if not counted.group(2) else int(counted.group(3)) if counted.group(3) else None
        if least > _MOST_REPEATS or (most is not None and not max(least, 1) <= most <= _MOST_REPEATS):
            raise ValueError(f"{counted.group()} must count up, from 0 to at most {_MOST_REPEATS}")
        return least, most
