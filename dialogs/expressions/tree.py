"""The typed tree of a checked expression: closed, frozen, and free of Python's grammar.

Every part knows its type: text, number, yes_no, list, date, duration or any. A constant of type date or duration is
already a number of days, so that nothing is converted while a conversation waits.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from dialogs.expressions.functions import Function

TYPES = ("text", "number", "yes_no", "list", "date", "duration", "any")
"""Types of names. ``any`` is checked when it is compared."""

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Calculation = Literal["+", "-", "*", "/", "%"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the expression."""

    value: bool | int | float | str | tuple[str, ...]
    type: str
    written: str
    """As the author wrote it, for sentences."""


@dataclass(frozen=True, slots=True)
class Field:
    """A declared name, looked up in the facts."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A fact of the conversation, looked up under (function, argument)."""

    function: str
    argument: str
    type: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values."""

    function: Function
    arguments: tuple["Node", ...]
    type: str


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared as ``kind``."""

    operator: Comparison
    left: "Node"
    right: "Node"
    kind: str
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a value, read as ``kind``, is among constants (or is none of them)."""

    item: "Node"
    options: tuple[Constant, ...]
    kind: str
    negated: bool
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Contains:
    """Whether a text or list contains an item (or does not)."""

    container: "Node"
    item: "Node"
    negated: bool
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Every:
    """``and``."""

    parts: tuple["Node", ...]
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Some:
    """``or``."""

    parts: tuple["Node", ...]
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Not:
    """``not``."""

    part: "Node"
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Choose:
    """``then if test else otherwise``."""

    test: "Node"
    then: "Node"
    otherwise: "Node"
    type: str


@dataclass(frozen=True, slots=True)
class Calculate:
    """Arithmetic on numbers."""

    operator: Calculation
    left: "Node"
    right: "Node"
    type: str = "number"


Node: TypeAlias = (
    Constant | Field | Lookup | Call | Compare | OneOf | Contains | Every | Some | Not | Choose | Calculate
)


def children(node: Node) -> tuple[Node, ...]:
    """The parts a part is made of."""
    match node:
        case Constant() | Field() | Lookup():
            return ()
        case Call(arguments=arguments):
            return arguments
        case Compare() | Calculate():
            return (node.left, node.right)
        case OneOf(item=item, options=options):
            return (item, *options)
        case Contains(container=container, item=item):
            return (container, item)
        case Every(parts=parts) | Some(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Choose():
            return (node.test, node.then, node.otherwise)
        case _:
            assert_never(node)
