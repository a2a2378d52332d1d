"""The elements of a YAML file with their places: scalars as they are written, lists, mappings.

Nothing is guessed from how a scalar looks (``0123``, ``1.10``, ``2026-11-22``, ``no``): who reads it knows what is due.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from dialogs.script import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, quoted or not."""

    place: Place
    text: str
    quoted: bool = False
    """Whether it stands in quotes, or as a block after ``|`` or ``>``."""
    start: int = 0
    """Where it begins in the file's text."""
    end: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written here."""
        return not self.quoted and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    place: Place
    items: "list[Node]" = field(default_factory=list)


class Entry(NamedTuple):
    """A key's place, and its value."""

    place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in order."""

    place: Place
    entries: dict[str, Entry] = field(default_factory=dict)
    in_braces: bool = False
    """Whether it is written ``{key: value}``."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An element with an error that is already reported; whoever meets it keeps silent."""

    place: Place


Node: TypeAlias = Scalar | Listing | Mapping | Unreadable

CALLED: dict[type[Any], str] = {Scalar: "a text", Listing: "a list", Mapping: "entries (key: value)"}
"""How errors speak of them."""

_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "true": True, "false": False, "True": True, "False": False,
}  # fmt: skip
YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""What an author may write for yes and no."""
_LONGEST_NUMBER = 40


def plain(node: Node) -> Any:
    """The element as plain data, numbers and true and false by the rules of YAML 1.2; nothing else is guessed."""
    match node:
        case Scalar():
            return node.text if node.quoted else constant(node.text)
        case Listing():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(entry.value) for key, entry in node.entries.items()}
        case _:
            return None


def constant(text: str) -> bool | int | float | str | None:
    """What an unquoted scalar is: a number, true or false, nothing, or a text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) <= _LONGEST_NUMBER and text[0] in "0123456789+-." and "_" not in text:
        for number in (int, float):
            try:
                return number(text)
            except ValueError:
                continue
    return text
