"""Reading one mapping key by key: whoever reads says what is due, the cursor says what is wrong.

A key that nobody asked for is unknown, so the readers themselves are the list of what may be written.
"""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from dialogs.loading.durations import no_duration, seconds_in_words
from dialogs.loading.nodes import CALLED, YES_NO, Entry, Listing, Mapping, Node, Scalar, Unreadable, constant
from dialogs.loading.other_words import meant, ours
from dialogs.loading.problems import Report
from dialogs.script import Place

_KEY_AND_REST = re.compile(r"([A-Za-z_]+)(?:(:)| )\s*(\S.*)", re.DOTALL)
_LIKENESS = 0.7
"""How much a key must look like a missing one to be taken for it."""


class Cursor:
    """One mapping of the file, while it is read."""

    def __init__(self, mapping: Mapping, report: Report, called: str) -> None:
        self.mapping = mapping
        self.report = report
        self.called = called
        """What errors call it: ``the field "email"``."""
        self._asked: dict[str, None] = {}
        self._missing: dict[str, str] = {}
        """Keys that must be there and are not, each with an example."""

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.mapping.place

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys that were asked for."""
        return tuple(self._asked)

    def node(self, key: str) -> Node | None:
        """The value as it stands; None where the key is absent or nothing readable follows it."""
        self._asked[key] = None
        entry = self.mapping.entries.get(key)
        if entry is None or isinstance(entry.value, Unreadable):
            return None
        return None if isinstance(entry.value, Scalar) and entry.value.is_empty else entry.value

    def has(self, key: str) -> bool:
        """Whether the key is written, whatever follows it."""
        self._asked[key] = None
        return key in self.mapping.entries

    def place_of(self, key: str) -> Place:
        """Where the key's value stands; where the mapping begins, if the key is absent."""
        entry = self.mapping.entries.get(key)
        return self.place if entry is None else entry.value.place

    def key_place(self, key: str) -> Place:
        """Where the key stands."""
        entry = self.mapping.entries.get(key)
        return self.place if entry is None else entry.place

    def error(self, key: str, message: str) -> None:
        """Report an error at the key's value."""
        self.report.error(self.place_of(key), message)

    def need(self, key: str, example: str) -> bool:
        """Whether something is written for ``key``; an error if not. ``example`` shows what would be right.

        That a key is missing is reported by ``finish``, where it is known whether it is only misspelt.
        """
        if self.node(key) is not None:
            return True
        entry = self.mapping.entries.get(key)
        if entry is None:
            self._missing[key] = example
        elif not isinstance(entry.value, Unreadable):
            self.report.error(entry.place, f'nothing is written after "{key}:"')
        return False

    def text(self, key: str) -> str | None:
        """A text as it is written; None where there is none."""
        node = self.node(key)
        if node is None:
            if self.has(key):
                self.need(key, "")
            return None
        return text_of(node, self.report, f'"{key}"')

    def flag(self, key: str) -> bool:
        """Yes or no; no where nothing is written."""
        if self.has(key) and self.node(key) is None and not isinstance(self.mapping.entries[key].value, Unreadable):
            self.report.error(self.key_place(key), f'nothing is written after "{key}:"; write "{key}: yes"')
            return False
        text = self.text(key)
        if text is None:
            return False
        if text.lower() not in YES_NO:
            self.error(key, f'"{key}" is yes or no, not "{shortened(text)}"')
        return YES_NO.get(text.lower(), False)

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number within limits."""
        text = self.text(key)
        return None if text is None else whole_number(text, self.place_of(key), self.report, f'"{key}"', least, most)

    def seconds(self, key: str) -> float | None:
        """A duration, in seconds."""
        text = self.text(key)
        if text is None:
            return None
        seconds = seconds_in_words(text)
        if seconds is None:
            self.error(key, f'"{shortened(text)}" is no duration{no_duration(text)}')
        return seconds

    def cursor(self, key: str, called: str) -> "Cursor | None":
        """A mapping under ``key``."""
        node = self.node(key)
        return None if node is None else cursor_of(node, self.report, called)

    def items(self, key: str) -> list[Node]:
        """A list under ``key``, without what is unreadable."""
        node = self.node(key)
        if node is None:
            return []
        if isinstance(node, Listing):
            return [item for item in node.items if not isinstance(item, Unreadable)]
        self.report.error(node.place, f'"{key}" needs a list, each entry on a line with "- "')
        return []

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or a single one."""
        node = self.node(key)
        if isinstance(node, Scalar):
            return (node.text,)
        texts = (text_of(item, self.report, f'an entry of "{key}"') for item in self.items(key))
        return tuple(text for text in texts if text is not None)

    def names(self, key: str, comma: str = ",") -> tuple[str, ...]:
        """A list of names, or a single one; a text with commas in it is a list without its brackets.

        ``comma`` is what no name holds.
        """
        node = self.node(key)
        if not isinstance(node, Scalar) or node.quoted or comma not in node.text:
            return self.texts(key)
        names = tuple(name for one in node.text.split(",") if (name := one.strip()))
        self.report.error(node.place, f"several stand in brackets: {key}: [{shortened(', '.join(names))}]")
        return names

    def entries(self) -> Iterable[tuple[str, Place, Node]]:
        """Every key with its place and value, for mappings whose keys are names; all count as asked for."""
        for key, entry in self.mapping.entries.items():
            self._asked[key] = None
            yield key, entry.place, entry.value

    def rest(self) -> dict[str, Entry]:
        """Every key that was not asked for."""
        return {key: entry for key, entry in self.mapping.entries.items() if key not in self._asked}

    def finish(self, elsewhere: dict[str, str] | None = None, known: Collection[str] = ()) -> None:
        """Report every key that nobody asked for. ``elsewhere`` says of keys where they belong."""
        self.finish_missing(known)
        for key, entry in self.rest().items():
            self.report.error(entry.place, self._unknown(key, entry.value, elsewhere or {}, known))

    def finish_missing(self, known: Collection[str] = ()) -> None:
        """Report every key that must be there and is not, and those that it was probably misspelt as; what is in
        ``known`` is no such slip."""
        for key, example in self._missing.items():
            candidates = [other for other in self.rest() if other not in known]
            slips = [other for other in candidates if ours(other, (key,))] or get_close_matches(
                key, candidates, n=1, cutoff=_LIKENESS
            )
            if slips:
                self._asked[slips[0]] = None
                place = self.mapping.entries[slips[0]].place
                self.report.error(place, f'{self.called} has no "{shortened(slips[0])}", did you mean "{key}"?')
            else:
                self.report.error(self.place, f'{self.called} needs "{key}", such as "{key}: {example}"')
        self._missing.clear()

    def _unknown(self, key: str, value: Node, elsewhere: dict[str, str], known: Collection[str]) -> str:
        is_bare = self.mapping.in_braces and isinstance(value, Scalar) and value.is_empty
        if is_bare and (slip := without_colon(key, (*self._asked, *known))):
            return slip
        if is_bare:
            return f'a comma inside {{ }} begins a new entry, here "{shortened(key)}"; put the text in quotes'
        if key in elsewhere:
            return f'"{key}" belongs to {elsewhere[key]}, not to {self.called}'
        names = tuple(dict.fromkeys((*self._asked, *known)))
        cure = meant(key, names) or f"; it may have {', '.join(names)}"
        return f'{self.called} has no "{shortened(key)}"{cure}'


def cursor_of(node: Node, report: Report, called: str) -> Cursor | None:
    """A cursor over a node that should be a mapping."""
    if isinstance(node, Mapping):
        return Cursor(node, report, called)
    if not isinstance(node, Unreadable):
        report.error(node.place, f"{called} needs entries (key: value), not {CALLED[type(node)]}")
    return None


def text_of(node: Node, report: Report, called: str) -> str | None:
    """The text of a node that should be one."""
    if isinstance(node, Scalar):
        return node.text
    if not isinstance(node, Unreadable):
        report.error(node.place, f"{called} needs a text, not {CALLED[type(node)]}; if it is one, put it in quotes")
    return None


def whole_number(text: str, place: Place, report: Report, called: str, least: int, most: int) -> int | None:
    """A whole number within limits."""
    number = constant(text)
    if not isinstance(number, int) or isinstance(number, bool):
        report.error(place, f'{called} needs a whole number, not "{shortened(text)}"')
        return None
    if not least <= number <= most:
        report.error(place, f"{called} is a whole number from {least} to {most}, not {text}")
        return None
    return number


def without_colon(text: str, keys: Collection[str]) -> str | None:
    """What to say of an entry in braces that is one of these keys and its value, without a colon and space between."""
    match = _KEY_AND_REST.fullmatch(text)
    if match is None or match[1] not in keys:
        return None
    missing = "a space is missing after the colon" if match[2] else "a colon is missing"
    return f'{missing} in "{shortened(text)}"; write "{match[1]}: {shortened(match[3])}"'


def shortened(text: str) -> str:
    """At most 60 characters on one line, for messages."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
