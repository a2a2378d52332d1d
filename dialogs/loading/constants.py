"""What ``set`` sets: constants that the field's type takes, and formulas."""

from dialogs.conditions import Expression
from dialogs.loading.context import Context
from dialogs.loading.cursor import Cursor, shortened
from dialogs.loading.nodes import Node, Scalar, Unreadable, plain
from dialogs.questions.base import Rejected
from dialogs.script import Field, Place
from dialogs.values import Value


def read_values(cursor: Cursor, key: str, context: Context) -> "dict[str, Value | Expression]":
    """Fields and what they are set to; None forgets an answer."""
    section = cursor.cursor(key, f'"{key}"')
    if section is None:
        if cursor.node(key) is None:
            cursor.need(key, "{segment: enterprise}")
        return {}
    values: dict[str, Value | Expression] = {}
    for name, place, node in section.entries():
        if not context.fields.check(name, place, context.report):
            continue
        field = context.declared.get(name)
        if field is not None:
            values[name] = _read_value(field, place, node, context)
    return values


def _read_value(field: Field, place: Place, node: Node, context: Context) -> "Value | Expression":
    if isinstance(node, Scalar):
        if not node.quoted and node.text.lstrip().startswith("="):
            kind = field.type.comparable
            return context.formula_at(node, kind if kind in ("number", "yes_no", "text") else None)
        if node.text == "" and not node.quoted:
            context.report.error(place, f'nothing is written after "{field.name}:"; "null" forgets the answer')
            return None
    elif isinstance(node, Unreadable):
        return None
    return None if isinstance(node, Scalar) and node.is_empty else _constant(field, node, context)


def _constant(field: Field, node: Node, context: Context) -> Value:
    """The constant in the shape of the field's type."""
    ways: list[Value] = [plain(node)]
    if isinstance(node, Scalar) and node.text != ways[0]:
        ways.append(node.text)  # A text is taken as it is written: "0123" has its zero.
    reason = ""
    for way in ways:
        outcome = field.type.check(way, field.options, context.language)
        if not isinstance(outcome, Rejected):
            return outcome.value
        reason = reason or outcome.reason
    found = f'"{shortened(node.text)}"' if isinstance(node, Scalar) else "this"
    message = f'{found} is no value for "{field.name}" ({field.type.name}): {reason}'
    context.report.error(node.place, message)
    return None
