"""Why a condition can never hold, as far as that is certain.

A condition is spread into its alternatives, each a list of parts that must all hold. It can never hold when every
alternative contradicts itself. What is not understood is taken as possible. "Certain" rests on three things: an answer
that compares is known, a range's low end is not above its high end, and answers keep to the bounds of their field.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Any, TypeAlias

from dialogs.expressions.compiling import compile_tree, constant_as
from dialogs.expressions.tree import (
    Call,
    Choose,
    Compare,
    Constant,
    Contains,
    Every,
    Field,
    Lookup,
    Node,
    Not,
    OneOf,
    Some,
    children,
)
from dialogs.expressions.wording import name_of

Bounds: TypeAlias = Mapping[str, tuple[float | None, float | None]]
"""Name of a number to its least and its greatest value, None for an open end."""

_MOST_ALTERNATIVES = 64
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_WORDS = {"<": "under {}", "<=": "at most {}", ">": "over {}", ">=": "at least {}", "==": "{}", "!=": "anything but {}"}
_DAY_WORDS = {"<": "before {}", "<=": "at the latest {}", ">": "after {}", ">=": "at the earliest {}"}


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a part says about one value: a bound, or which values it may have."""

    subject: Node
    kind: str
    operator: str
    """As in a comparison; ``==`` and ``!=`` speak of all ``values``."""
    values: tuple[Any, ...]
    words: str

    def allows(self, value: Any) -> bool:
        if self.operator in ("==", "!="):
            return (value in self.values) is (self.operator == "==")
        return _TESTS[self.operator](value, self.values[0])

    def excludes(self, other: "_Claim") -> bool:
        """Whether no value satisfies both."""
        if self.operator == "==":
            return not any(other.allows(value) for value in self.values)
        if other.operator == "==":
            return other.excludes(self)
        if self.operator in (">", ">=") and other.operator in ("<", "<="):
            low, high = self.values[0], other.values[0]
            return bool(low > high or (low == high and (self.operator, other.operator) != (">=", "<=")))
        if other.operator in (">", ">=") and self.operator in ("<", "<="):
            return other.excludes(self)
        return False


def why_tree_never(tree: Node, bounds: Bounds) -> str | None:
    """A sentence that says why ``tree`` can never hold, or None where it may."""
    reasons = [_contradiction(alternative, bounds) for alternative in _alternatives(tree)]
    return reasons[0] if all(reasons) else None


def _alternatives(node: Node) -> list[tuple[Node, ...]]:
    """The ways in which ``node`` may hold; where there are too many, the node itself as one opaque part."""
    match node:
        case Every(parts=parts):
            ways = [_alternatives(part) for part in parts]
            if prod(map(len, ways)) > _MOST_ALTERNATIVES:
                return [(node,)]
            found = [tuple(part for way in chosen for part in way) for chosen in product(*ways)]
        case Some(parts=parts):
            found = [way for part in parts for way in _alternatives(part)]
        case Not(part=Not(part=part)):
            found = _alternatives(part)
        case Not(part=Every(parts=parts)):
            found = _alternatives(Some(tuple(Not(part) for part in parts)))
        case Not(part=Some(parts=parts)):
            found = _alternatives(Every(tuple(Not(part) for part in parts)))
        case Choose(type="yes_no"):
            found = _alternatives(Some((Every((node.test, node.then)), node.otherwise)))
        case _:
            found = [(node,)]
    return found if len(found) <= _MOST_ALTERNATIVES else [(node,)]


def _contradiction(parts: tuple[Node, ...], bounds: Bounds) -> str | None:
    """Why ``parts`` cannot all hold."""
    for part in parts:
        if not _mentions_facts(part) and not compile_tree(part, "yes_no")({}):
            return "it is always false, whatever the answers"
        if isinstance(part, Compare) and part.left == part.right and part.operator in ("<", ">", "!="):
            return f"{name_of(part.left)} is compared with itself"
    return _opposites(parts) or _out_of_bounds(parts, bounds) or _excluded(parts)


def _opposites(parts: tuple[Node, ...]) -> str | None:
    denied = {part.part for part in parts if isinstance(part, Not)}
    for part in parts:
        if part in denied:
            return f"{name_of(part)} cannot hold and not hold at once"
    for part in parts:
        for value in _must_be_known(part):
            if any(isinstance(no, Call) and no.function.name == "known" and no.arguments == (value,) for no in denied):
                return f"{name_of(value)} has no answer there, and what has no answer compares with nothing"
    return None


def _out_of_bounds(parts: tuple[Node, ...], bounds: Bounds) -> str | None:
    for claim in _claims(parts):
        low, high = _bounds_of(claim.subject, bounds)
        if claim.kind != "number":
            continue
        if low is not None and claim.excludes(_Claim(claim.subject, "number", ">=", (low,), "")):
            return f"{name_of(claim.subject)} is never {claim.words}: it is at least {low:g}"
        if high is not None and claim.excludes(_Claim(claim.subject, "number", "<=", (high,), "")):
            return f"{name_of(claim.subject)} is never {claim.words}: it is at most {high:g}"
    return None


def _excluded(parts: tuple[Node, ...]) -> str | None:
    for first, second in combinations(_claims(parts), 2):
        if (first.subject, first.kind) == (second.subject, second.kind) and first.excludes(second):
            return f"{name_of(first.subject)} cannot be {first.words} and {second.words} at once"
    return None


def _bounds_of(subject: Node, bounds: Bounds) -> tuple[float | None, float | None]:
    """Lengths and counts are never negative; fields have the bounds of their declaration."""
    if isinstance(subject, Field):
        return bounds.get(subject.name, (None, None))
    counts = isinstance(subject, Lookup) or (isinstance(subject, Call) and subject.function.name == "len")
    return (0, None) if counts else (None, None)


def _claims(parts: Iterable[Node]) -> list[_Claim]:
    """What the parts say about single values."""
    found = []
    for part in parts:
        match part:
            case Field() | Lookup():
                found.append(_Claim(part, "yes_no", "==", (True,), "yes"))
            case OneOf(kind=kind, options=options) if kind != "any":
                values = tuple(constant_as(option, kind) for option in options)
                words = " or ".join(option.written for option in options)
                found.append(_claim(part.item, kind, "!=" if part.negated else "==", values, words))
            case Compare(kind=kind, left=left, right=Constant() as constant) if _is_measured(part):
                found.append(_claim(left, kind, part.operator, (constant_as(constant, kind),), constant.written))
            case Compare(kind=kind, left=Constant() as constant, right=right) if _is_measured(part):
                mirrored = _MIRRORED[part.operator]
                found.append(_claim(right, kind, mirrored, (constant_as(constant, kind),), constant.written))
    return found


def _claim(subject: Node, kind: str, comparison: str, values: tuple[Any, ...], written: str) -> _Claim:
    words = {**_WORDS, **_DAY_WORDS} if kind == "date" else _WORDS
    return _Claim(subject, kind, comparison, values, words[comparison].format(written))


def _is_measured(part: Compare) -> bool:
    """Whether the comparison bounds a value, or names the values it may have."""
    if part.kind in ("number", "date", "duration"):
        return True
    return part.operator in ("==", "!=") and part.kind in ("text", "yes_no", "list")


def _must_be_known(part: Node) -> tuple[Node, ...]:
    """The answers without which ``part`` is false."""
    match part:
        case Field():
            return (part,)
        case Compare() | OneOf() | Contains():
            return tuple(child for child in children(part) if isinstance(child, Field))
        case _:
            return ()


def _mentions_facts(node: Node) -> bool:
    if isinstance(node, Field | Lookup) or (isinstance(node, Call) and node.function.reads):
        return True
    return any(_mentions_facts(child) for child in children(node))
