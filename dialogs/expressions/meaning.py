"""From grammar to meaning: every name declared, every type right, every constant known, or an error that says so."""

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogs.expressions.amounts import day_number, days_in_words
from dialogs.expressions.errors import ConditionError
from dialogs.expressions.functions import FUNCTIONS, MOST_ARGUMENTS, Function
from dialogs.expressions.operations import LARGEST
from dialogs.expressions.reading import Source
from dialogs.expressions.tree import (
    Calculate,
    Calculation,
    Call,
    Choose,
    Compare,
    Comparison,
    Constant,
    Contains,
    Every,
    Field,
    Lookup,
    Node,
    Not,
    OneOf,
    Some,
)
from dialogs.expressions.wording import CALLED, YES_NO, hint, how_many, never_key, phrase, way_out
from dialogs.spelling import did_you_mean

_COMPARISONS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_CALCULATIONS: Mapping[type[ast.operator], Calculation] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Declared:
    """What an expression may speak of."""

    names: Mapping[str, str]
    """Name to type."""
    arguments: Mapping[str, Collection[str]]
    """Function to the constants it may be given; a function that is absent takes any."""
    keys: Mapping[Any, Collection[str]]
    """Name, or (function, argument), to the texts it can be."""


@dataclass(slots=True)
class Meaning:
    """Translates grammar trees of one source, and remembers what they mention."""

    source: Source
    declared: Declared
    names: set[str] = field(default_factory=set)
    calls: set[tuple[str, str]] = field(default_factory=set)

    def of(self, tree: ast.expr, wanted: str | None = None) -> Node:
        """The typed tree of ``tree``, which must be of the ``wanted`` type. Raises ConditionError."""
        node = self._of(tree)
        if wanted in (None, "any", node.type) or node.type == "any":
            return node
        raise self._error(tree, f"{CALLED[wanted]} is needed here, but {phrase(node)}{way_out(node, wanted)}")

    def _of(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant(value=bool() | int() | float() | str() as value):
                return self._constant(tree, value)
            case ast.Name():
                return self._name(tree)
            case ast.BoolOp(op=ast.And(), values=values):
                return Every(tuple(self.of(value, "yes_no") for value in values))
            case ast.BoolOp(values=values):
                return Some(tuple(self.of(value, "yes_no") for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.of(operand, "yes_no"))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._minus(self.of(operand, "number"))
            case ast.BinOp():
                return self._calculate(tree)
            case ast.Compare():
                return self._compare(tree)
            case ast.IfExp():
                return self._choose(tree)
            case ast.Call():
                return self._call(tree)
            case ast.List():
                raise self._error(tree, 'a list may only stand after "in" or "=="')
            case ast.Tuple():
                raise self._error(tree, "a comma has no place here: write numbers without it, and lists in [ ]")
            case _:
                raise self._error(tree, "this has no place in an expression")

    def _error(self, tree: ast.expr, message: str) -> ConditionError:
        return self.source.error_at(tree, message)

    # Values

    def _constant(self, tree: ast.Constant, value: bool | float | str) -> Constant:
        if isinstance(value, str):
            return Constant(value, "text", f'"{value}"')
        if isinstance(value, bool):
            return Constant(value, "yes_no", "yes" if value else "no")
        if value > LARGEST:
            raise self._error(tree, "this number is too large")
        return Constant(value, "number", ast.unparse(tree))

    def _minus(self, node: Node) -> Node:
        if isinstance(node, Constant) and not isinstance(node.value, str | tuple):
            return Constant(-node.value, "number", f"-{node.written}")
        return Calculate("-", Constant(0, "number", "0"), node)

    def _name(self, tree: ast.Name) -> Node:
        name = tree.id
        if name in self.declared.names:
            self.names.add(name)
            return Field(name, self.declared.names[name])
        if name in YES_NO:
            return Constant(YES_NO[name], "yes_no", name)
        raise self._error(tree, f'unknown field "{name}"{self._instead_of(name)}')

    def _instead_of(self, name: str) -> str:
        if any(name in keys for keys in self.declared.keys.values()):
            return f': a text stands in quotes, "{name}"'
        if name in FUNCTIONS:
            return f": {name} is a function, write {name}(…)"
        return did_you_mean(name, (*self.declared.names, *YES_NO))

    def _calculate(self, tree: ast.BinOp) -> Node:
        operator = _CALCULATIONS[type(tree.op)]  # The scan lets no other operator through.
        return Calculate(operator, self.of(tree.left, "number"), self.of(tree.right, "number"))

    def _choose(self, tree: ast.IfExp) -> Node:
        test, then, otherwise = self.of(tree.test, "yes_no"), self._of(tree.body), self._of(tree.orelse)
        if then.type != otherwise.type and "any" not in (then.type, otherwise.type):
            message = f"both ways must give the same: one is {CALLED[then.type]}, the other {CALLED[otherwise.type]}"
            raise self._error(tree.orelse, message)
        return Choose(test, then, otherwise, then.type if then.type == otherwise.type else "any")

    # Comparisons

    def _compare(self, tree: ast.Compare) -> Node:
        parts, left = [], tree.left
        for operator, right in zip(tree.ops, tree.comparators, strict=True):
            parts.append(self._pair(operator, left, right))
            left = right
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _pair(self, operator: ast.cmpop, left: ast.expr, right: ast.expr) -> Node:
        if isinstance(operator, ast.In | ast.NotIn):
            negated = isinstance(operator, ast.NotIn)
            if isinstance(right, ast.List):
                return self._one_of(left, right.elts, right, negated)
            return self._contains(left, right, negated)
        comparison = _COMPARISONS[type(operator)]
        first, second = self._side(left), self._side(right)
        kind = self._kind(first, second, right)
        if comparison not in ("==", "!=") and kind in ("yes_no", "list"):
            raise self._error(right, f"{CALLED[kind]} has no order: compare with == or !=")
        self._check_key(first, second, right)
        self._check_key(second, first, left)
        return Compare(comparison, self._as(first, kind, left), self._as(second, kind, right), kind)

    def _side(self, tree: ast.expr) -> Node:
        """One side of a comparison, which may be a list of texts."""
        if not isinstance(tree, ast.List):
            return self._of(tree)
        texts = [self.of(item, "text") for item in tree.elts]
        if not all(isinstance(text, Constant) for text in texts):
            raise self._error(tree, 'a list holds constants only, such as ["now", "later"]')
        return Constant(tuple(str(text.value) for text in texts if isinstance(text, Constant)), "list", "the list")

    def _kind(self, left: Node, right: Node, place: ast.expr) -> str:
        """As what two values are compared."""
        kinds = {left.type, right.type}
        if len(kinds) == 1:
            return left.type
        if "any" in kinds:
            return (kinds - {"any"}).pop()
        constant = left if isinstance(left, Constant) else right
        if kinds in ({"date", "text"}, {"duration", "text"}) and isinstance(constant, Constant):
            return (kinds - {"text"}).pop()
        raise self._error(place, f"compares {CALLED[left.type]} with {CALLED[right.type]}{hint(left, right)}")

    def _as(self, node: Node, kind: str, place: ast.expr) -> Node:
        """``node`` ready to be compared as ``kind``: constant dates and durations become days."""
        if not isinstance(node, Constant) or not isinstance(node.value, str):
            return node
        if not node.value.strip():
            raise self._error(place, 'no text is blank: ask "known(…)" or "not known(…)"')
        if kind == "text":
            return node
        days = day_number(node.value) if kind == "date" else days_in_words(node.value)
        if days is not None:
            return Constant(days, kind, node.written)
        right = '"2026-12-24"' if kind == "date" else '"3 months" or "P3M"'
        raise self._error(place, f"{node.written} is no {kind}: write it as {right}")

    def _check_key(self, node: Node, constant: Node, place: ast.expr) -> None:
        """Raises ConditionError where a value is compared with a text that it can never be."""
        keys = self.declared.keys.get(_subject(node))
        if keys is None or not isinstance(constant, Constant):
            return
        possible = {key.casefold() for key in keys}
        for text in constant.value if isinstance(constant.value, tuple) else (constant.value,):
            if isinstance(text, str) and text.strip() and text.strip().casefold() not in possible:
                raise self._error(place, never_key(node, text, keys))

    def _one_of(self, item: ast.expr, options: Iterable[ast.expr], place: ast.expr, negated: bool) -> Node:
        node, constants = self._of(item), list[Constant]()
        kind = node.type
        if kind == "list":
            raise self._error(item, f'{phrase(node)}: ask for one item at a time, such as "crm" in it')
        for option in options:
            constant = self._of(option)
            if not isinstance(constant, Constant):
                raise self._error(option, 'a list holds constants only, such as ["now", "later"]')
            kind = self._kind(node, constant, option)
            if constants and node.type == "any" and constant.type != constants[0].type:
                raise self._error(option, "a list holds values of one type")
            self._check_key(node, constant, option)
            ready = self._as(constant, kind, option)
            constants += [ready] if isinstance(ready, Constant) else []
        if not constants:
            raise self._error(place, "this list is empty")
        return OneOf(node, tuple(constants), kind, negated)

    def _contains(self, left: ast.expr, right: ast.expr, negated: bool) -> Node:
        item, container = self._of(left), self._of(right)
        if container.type not in ("text", "list", "any"):
            raise self._error(right, f'"in" needs a list or a text, but {phrase(container)}')
        if item.type not in ("text", "any") and (item.type, container.type) != ("number", "any"):
            raise self._error(left, f'only a text can be "in" something, but {phrase(item)}')
        self._check_key(container, item, left)
        self._check_key(item, container, right)
        return Contains(container, self._as(item, "text", left), negated)

    # Functions

    def _call(self, tree: ast.Call) -> Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) else None
        function = FUNCTIONS.get(name or "")
        if function is None:
            known = did_you_mean(name or "", FUNCTIONS) or f": there are {', '.join(FUNCTIONS)}"
            raise self._error(tree, f'unknown function "{name}"{known}' if name else "only functions can be called")
        most = MOST_ARGUMENTS if function.repeats else len(function.parameters)
        if tree.keywords or not function.required <= len(tree.args) <= most:
            raise self._error(tree, f"{function.name}() takes {how_many(function.required, most)}")
        if function.compute is None:
            return self._lookup(function, tree.args[0])
        parameters = function.parameters
        arguments = [
            self._argument(argument, parameters[min(index, len(parameters) - 1)])
            for index, argument in enumerate(tree.args)
        ]
        return Call(function, tuple(arguments), function.result)

    def _argument(self, tree: ast.expr, wanted: str) -> Node:
        node = self._of(tree)
        if wanted in ("date", "duration") and node.type == "text" and isinstance(node, Constant):
            return self._as(node, wanted, tree)
        if "any" in (wanted, node.type) or node.type in wanted.split(" or "):
            return node
        needed = " or ".join(CALLED[one] for one in wanted.split(" or "))
        raise self._error(tree, f"{needed} is needed here, but {phrase(node)}")

    def _lookup(self, function: Function, tree: ast.expr) -> Node:
        """A fact of the conversation, whose argument must be known now."""
        if function.parameters == ("field",):
            field_node = self._of(tree)
            if not isinstance(field_node, Field):
                raise self._error(tree, f"{function.name}() takes the name of a field")
            argument = field_node.name
        elif isinstance(tree, ast.Constant) and isinstance(tree.value, str):
            argument = tree.value
            self._check_argument(function.name, argument, tree)
        else:
            raise self._error(tree, f'{function.name}() takes a text in quotes, such as {function.name}("…")')
        self.calls.add((function.name, argument))
        return Lookup(function.name, argument, function.result)

    def _check_argument(self, function: str, argument: str, place: ast.expr) -> None:
        possible = self.declared.arguments.get(function)
        if possible is not None and argument not in possible:
            raise self._error(place, f'{function}() does not know "{argument}"{did_you_mean(argument, possible)}')


def _subject(node: Node) -> str | tuple[str, str] | None:
    """Under what a value is found in the facts; None for what is worked out."""
    if isinstance(node, Field):
        return node.name
    return (node.function, node.argument) if isinstance(node, Lookup) else None
