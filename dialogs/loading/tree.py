"""From a file's text to nodes with places, within limits: no anchors, no aliases, no tags, nothing deep, nothing huge.

The parser's events are put together here without recursion, so that no file can exhaust the stack or the memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from dialogs.loading.nodes import Entry, Listing, Mapping, Node, Scalar, Unreadable
from dialogs.loading.odd_characters import CURLY, has_odd_spaces, is_split, odd_space
from dialogs.loading.positions import place_at
from dialogs.loading.problems import Report
from dialogs.loading.slips import explain
from dialogs.script import START, Place

MOST_BYTES = 1024 * 1024
"""Largest script file."""
MOST_LEVELS = 50
"""Deepest nesting of lists and mappings."""
MOST_STEPS = 2000
"""Most steps of a script, and most entries of any list in it."""
MOST_NODES = 30_000
"""Most keys and values of a script: far more than the largest script needs, and read in a second or two."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_THOUSANDS = re.compile(r"\d{3}(?!\d)", re.ASCII)
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, in the words of its errors."""

    called: str
    begins: str
    """How one begins, for who left it empty."""
    cure: str
    """What to do with one that is too large."""


SCRIPT = Kind("script", '"dialog: its-name"', "split it into several scripts")


class _RefusedError(Exception):
    """The file breaks a limit; it is not read on."""


def read_tree(text: str, report: Report, kind: Kind = SCRIPT) -> Mapping | None:
    """The file's mapping, or None when it cannot be read at all; either way everything wrong is in the report."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        report.error(START, f"the file is larger than 1 MiB; {kind.cure}")
        return None
    if match := _FORBIDDEN.search(text):
        report.error(place_at(text, match.start()), _what_is_forbidden(match[0], kind))
        return None
    try:
        root = _Builder(report, text, kind).build(_events(text))
    except _RefusedError:
        return None
    except MarkedYAMLError as error:
        place, message = explain(error, text)
        if all(problem.line != place.line for problem in report.problems):  # Else it follows from what was said.
            report.error(place, message)
        return None
    except ValueError:  # The scanner takes any eight digits after \U for a character.
        found = _NO_CHARACTER.search(text)
        place = place_at(text, found.start()) if found else START
        report.error(place, "this escape names no character; write the character itself")
        return None
    return _as_whole(root, report, kind)


def _what_is_forbidden(character: str, kind: Kind) -> str:
    if "\ud800" <= character <= "\udfff":
        return "this is not UTF-8 text; save the file as UTF-8, and write characters themselves"
    return f"a control character (U+{ord(character):04X}) has no place in a {kind.called}; delete it"


def _events(text: str) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    return events


def _as_whole(root: Node | None, report: Report, kind: Kind) -> Mapping | None:
    match root:
        case None:
            report.error(START, f"the file is empty; a {kind.called} begins with {kind.begins}")
        case Mapping():
            return root
        case Unreadable():
            pass
        case _:
            report.error(root.place, f"a {kind.called} consists of entries (key: value); it begins with {kind.begins}")
    return None


class _Builder:
    """Puts events together."""

    def __init__(self, report: Report, text: str, kind: Kind) -> None:
        self._report = report
        self._kind = kind
        self._text = text
        self._has_odd_spaces = has_odd_spaces(text)
        self._anchors: list[tuple[str, Place]] = []
        self._root: Node | None = None
        self._open: list[Listing | Mapping] = []
        self._keys: list[Scalar | Unreadable | None] = []
        """For every open element the key whose value comes next."""
        self._nodes = 0

    def build(self, events: Iterator[Event]) -> Node | None:
        try:
            self._put_together(events)
        finally:
            for _, place in self._anchors:
                message = 'a text that starts with "&" must stand in quotes'
                self._report.error(place, message)
        return self._root

    def _put_together(self, events: Iterator[Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(_place(event), f'a file holds one {self._kind.called}; remove the line "---"')
            elif isinstance(event, NodeEvent):
                self._add(event)
            elif isinstance(event, CollectionEndEvent):
                self._open.pop()
                self._keys.pop()

    def _refuse(self, place: Place, message: str) -> None:
        self._report.error(place, message)
        raise _RefusedError

    def _add(self, event: NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            most = f"the {self._kind.called} has more than {MOST_NODES:,} keys and values"
            self._refuse(_place(event), f"{most}; {self._kind.cure}")
        node = self._node(event)
        self._attach(node, event)
        if isinstance(event, SequenceStartEvent | MappingStartEvent):
            if len(self._open) == MOST_LEVELS:
                self._refuse(_place(event), f"nested more than {MOST_LEVELS} levels deep")
            # Elements that are refused as a whole are read on into a container that nobody looks at.
            self._open.append(node if isinstance(node, Listing | Mapping) else _discarded(event))
            self._keys.append(None)

    def _node(self, event: NodeEvent) -> Node:
        place = _place(event)
        if isinstance(event, AliasEvent):
            return self._alias(event.anchor, place)
        if event.anchor is not None:
            self._anchors.append((event.anchor, place))
            return Unreadable(place)
        if getattr(event, "tag", None) is not None:
            self._report.error(place, 'a text that starts with "!" must stand in quotes')
            return Unreadable(place)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, MappingStartEvent):
            return Mapping(place, {}, bool(event.flow_style))
        return Listing(place)

    def _alias(self, name: str, place: Place) -> Node:
        """A text with a star before it; or what stands for something else, which is more than a slip."""
        meant = next((where for anchor, where in self._anchors if anchor == name), None)
        if meant is not None:
            self._anchors.clear()
            self._refuse(
                place, f'YAML aliases are not allowed: write out here what "&{name}" in line {meant.line} says'
            )
        self._report.error(place, 'a text that starts with "*" must stand in quotes')
        return Unreadable(place)

    def _scalar(self, event: ScalarEvent, place: Place) -> Node:
        start, end, text = event.start_mark.index, event.end_mark.index, event.value
        if event.style == '"' and (match := _FORBIDDEN.search(text)):
            self._report.error(place, _what_is_forbidden(match[0], self._kind))
            return Unreadable(place)
        if not event.style:
            self._look_at_plain(text, start, end, place)
        elif event.style in "|>":
            text = text.rstrip("\n")  # The line break before the next key is the file's, not the text's.
        return Scalar(place, text, bool(event.style), start, end)

    def _look_at_plain(self, text: str, start: int, end: int, place: Place) -> None:
        """What stands without quotes: whether its spaces are spaces, and its quotes quotes."""
        found = odd_space(self._text, start, end) if self._has_odd_spaces else None
        if found is not None:
            # Nothing can be said of a file whose indentation is not what it looks like.
            self._refuse(place_at(self._text, found[0]), found[1])
        if is_split(self._text, end, text):
            self._report.warn(place, f"this text ends at the comma: {CURLY}")

    def _attach(self, node: Node, event: NodeEvent) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            if len(parent.items) > MOST_STEPS:
                so = "; a script has at most that many steps" if self._kind is SCRIPT else ""
                self._refuse(_place(event), f"a list of more than {MOST_STEPS:,} entries{so}")
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(node, parent)
            return
        self._keys[-1] = None
        if isinstance(key, Scalar):
            parent.entries[key.text] = Entry(key.place, node)

    def _key(self, node: Node, parent: Mapping) -> Scalar | Unreadable:
        """The key, if it can be one and stands here for the first time."""
        if self._splits_a_number(node, parent):
            return Unreadable(node.place)
        if isinstance(node, Scalar):
            first = parent.entries.get(node.text)
            if first is None:
                return node
            self._report.error(node.place, f'"{node.text}" is here twice; the first one is in line {first.place.line}')
        elif isinstance(node, Mapping) and parent.in_braces:
            self._report.error(parent.place, 'a text that starts with "{{" must stand in quotes')
            self._discard(parent)
        elif not isinstance(node, Unreadable):
            self._report.error(node.place, "a key is a word or a text, nothing else")
            self._discard(parent)
        return Unreadable(node.place)

    def _splits_a_number(self, node: Node, parent: Mapping) -> bool:
        """Whether the comma before this key is one in a number, such as that in ``{points: 1,5}``; said if it is."""
        if not (isinstance(node, Scalar) and parent.in_braces and parent.entries and not node.quoted):
            return False
        key, entry = next(reversed(parent.entries.items()))
        number = entry.value
        if not isinstance(number, Scalar) or number.quoted or node.start != number.end + 1:
            return False
        if not (_WHOLE.fullmatch(number.text) and node.text[:1].isdigit() and self._text[number.end] == ","):
            return False
        if self._text[node.end : node.end + 80].lstrip()[:1] not in (",", "}"):
            return False  # It has a value of its own.
        whole = f"{number.text}{'' if _THOUSANDS.match(node.text) else '.'}{node.text}"
        self._report.error(number.place, f'a comma inside {{ }} begins a new entry; write "{key}: {whole}"')
        parent.entries[key] = Entry(entry.place, Unreadable(number.place))
        return True

    def _discard(self, element: Mapping) -> None:
        """Take the innermost open element out of the one around it."""
        around = self._open[-2] if len(self._open) > 1 else None
        match around:
            case None:
                self._root = Unreadable(element.place)
            case Listing():
                around.items[-1] = Unreadable(element.place)
            case Mapping() if around.entries:
                key, entry = around.entries.popitem()
                around.entries[key] = Entry(entry.place, Unreadable(element.place))
            case _:
                pass


def _discarded(event: NodeEvent) -> Listing | Mapping:
    return Listing(_place(event)) if isinstance(event, SequenceStartEvent) else Mapping(_place(event))


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
