"""From the typed tree to one closure that answers: what is fixed is worked out here, once.

No code is generated and nothing is evaluated as Python: every part becomes a small function of the facts.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dialogs.expressions import operations
from dialogs.expressions.functions import UNKNOWN_FACTS, Function
from dialogs.expressions.tree import (
    Calculate,
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
)

Facts: TypeAlias = Mapping[Any, Any]
Answer: TypeAlias = Callable[[Facts], Any]
Holds: TypeAlias = Callable[[Facts], bool]


def compile_tree(node: Node, wanted: str | None) -> Answer:
    """The function of the facts that gives the value of ``node``, as the type that is ``wanted``. It never raises."""
    if "yes_no" in (wanted, node.type):
        return _test(node)
    if wanted == "number":
        value = _calculated(node)
        return lambda facts: None if (found := value(facts)) is None else operations.tidy(found)
    return _value(node)


def _value(node: Node) -> Answer:
    """The value as it is."""
    match node:
        case Constant(value=value):
            return lambda facts: value
        case Field(name=name):
            return lambda facts: facts.get(name)
        case Lookup() if node.type != "yes_no":
            key, unknown = (node.function, node.argument), UNKNOWN_FACTS[node.type]
            return lambda facts: unknown if (found := facts.get(key)) is None else found
        case Call() if node.type != "yes_no":
            return _call(node.function, node.arguments)
        case Calculate():
            compute = operations.CALCULATIONS[node.operator]
            left, right = _value(node.left), _value(node.right)
            return lambda facts: compute(left(facts), right(facts))
        case Choose():
            test, then, otherwise = _test(node.test), _value(node.then), _value(node.otherwise)
            return lambda facts: then(facts) if test(facts) else otherwise(facts)
        case _:
            return _test(node)


def _calculated(node: Node) -> Answer:
    value = _value(node)
    return lambda facts: operations.number(value(facts))


def _test(node: Node) -> Holds:
    """Whether it holds: always True or False."""
    match node:
        case Every(parts=parts):
            return _every([_test(part) for part in parts])
        case Some(parts=parts):
            return _some([_test(part) for part in parts])
        case Not(part=part):
            denied = _test(part)
            return lambda facts: not denied(facts)
        case Compare():
            return _compare(node)
        case OneOf():
            return _one_of(node)
        case Contains():
            return _contains(node)
        case Field(name=name, type="yes_no"):
            return lambda facts: facts.get(name) is True
        case Lookup(function=function, argument=argument, type="yes_no"):
            key = (function, argument)
            return lambda facts: facts.get(key) is True
        case Choose():
            choice, then, otherwise = _test(node.test), _test(node.then), _test(node.otherwise)
            return lambda facts: then(facts) if choice(facts) else otherwise(facts)
        case Call(type="yes_no"):
            value = _call(node.function, node.arguments)
        case _:
            value = _value(node)
    return lambda facts: bool(value(facts))


def _every(parts: list[Holds]) -> Holds:
    def holds(facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110 - all() costs twice as much
            if not part(facts):
                return False
        return True

    return holds


def _some(parts: list[Holds]) -> Holds:
    def holds(facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110 - any() costs twice as much
            if part(facts):
                return True
        return False

    return holds


def _read(node: Node, kind: str) -> Answer:
    """The value, read to be compared as ``kind``."""
    if isinstance(node, Constant):
        fixed = constant_as(node, kind)
        return lambda facts: fixed
    value, read = _value(node), operations.READERS[kind]
    if kind in ("number", "any"):
        return value
    return lambda facts: read(value(facts))


def constant_as(constant: Constant, kind: str) -> Any:
    """A constant, read to be compared as ``kind``."""
    return constant.value if constant.type in ("date", "duration") else operations.READERS[kind](constant.value)


def _compare(node: Compare) -> Holds:
    test = operations.COMPARISONS[node.kind][node.operator]
    left, right = _read(node.left, node.kind), _read(node.right, node.kind)
    if not isinstance(node.right, Constant):
        return lambda facts: test(left(facts), right(facts))
    fixed = constant_as(node.right, node.kind)
    if isinstance(node.left, Field) and node.kind == "number":
        name = node.left.name
        return lambda facts: test(facts.get(name), fixed)
    return lambda facts: test(left(facts), fixed)


def _one_of(node: OneOf) -> Holds:
    item = _read(node.item, node.kind)
    options = [constant_as(option, node.kind) for option in node.options]
    if node.kind == "text":
        texts, negated = frozenset(options), node.negated
        return lambda facts: bool(text := item(facts)) and (text in texts) is not negated
    test = operations.COMPARISONS[node.kind]["!=" if node.negated else "=="]
    combine = all if node.negated else any

    def holds(facts: Facts) -> bool:
        value = item(facts)
        return combine(test(value, option) for option in options)

    return holds


def _contains(node: Contains) -> Holds:
    container, item, wanted = _value(node.container), _value(node.item), not node.negated
    return lambda facts: operations.contains(container(facts), item(facts)) is wanted


def _call(function: Function, arguments: tuple[Node, ...]) -> Answer:
    compute = function.compute or _nothing
    values = [_argument(node, function, index) for index, node in enumerate(arguments)]
    values += [_read(Field(name, "date"), "date") for name in function.reads]
    takes_unknown = function.takes_unknown

    def call(facts: Facts) -> Any:
        given = [value(facts) for value in values]
        return None if None in given and not takes_unknown else compute(*given)

    return call


def _argument(node: Node, function: Function, index: int) -> Answer:
    """An argument, read as the function's parameter wants it; None when it is of another type."""
    wanted = function.parameters[min(index, len(function.parameters) - 1)]
    if wanted in ("date", "duration"):
        return _read(node, wanted)
    if wanted == "number":
        return _calculated(node)
    value = _value(node)
    if wanted == "any":
        return value
    classes = (str,) if wanted == "text" else (str, list)
    return lambda facts: found if isinstance(found := value(facts), classes) else None


def _nothing(*values: Any) -> None:
    """Computes nothing: functions without a computation are looked up, never called."""
