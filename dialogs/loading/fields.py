"""The ``fields`` of a script, and the ``page`` data it may be told: each with its type and the type's own options."""

from typing import Any

from dialogs.knowledge import BUILTIN_TYPES, TEXT_NAMES
from dialogs.loading.context import FIELD_NAME, Context, Names
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Entry, Mapping, Node, Scalar
from dialogs.loading.options import read_options
from dialogs.loading.other_words import meant
from dialogs.questions import QUESTION_TYPES
from dialogs.questions.base import QuestionType
from dialogs.script import Field, Place

_RESERVED = (
    frozenset(BUILTIN_TYPES) | set(TEXT_NAMES) | {"and", "or", "not", "in", "if", "else", "yes", "no", "true", "false"}
)


PAGE_TYPES = ("text", "number", "yes_no", "choice", "choices", "date")
"""What a page's data may be: what a program says, not what a person answers."""


def read_fields(root: Cursor, context: Context) -> None:
    """Declare every field, and what the page may tell; what could be read is in the context."""
    fields = _named(root, "fields", context.fields, context)
    page = _named(root, "page", context.page, context)
    context.settle_text_names()
    for name, place, value in fields:
        if (field := _read_field(name, place, value, context)) is not None:
            context.declared[name] = field
    for name, place, value in page:
        field = _read_field(name, place, value, context)
        if field is None:
            continue
        if field.type.name in PAGE_TYPES:
            context.page_data[name] = field
        else:
            message = f'"{field.type.name}" is no type for what a page tells; there are {", ".join(PAGE_TYPES)}'
            context.report.error(place, message)


def _named(root: Cursor, key: str, names: Names, context: Context) -> list[tuple[str, Place, Node]]:
    """The entries of a section whose names are free."""
    section = root.cursor(key, f'"{key}"')
    names.uncertain = section is None and root.node(key) is not None
    return [
        (name, place, value)
        for name, place, value in (section.entries() if section else ())
        if _is_free(name, place, names, context)
    ]


def _is_free(name: str, place: Place, names: Names, context: Context) -> bool:
    """Whether a field, or something the page tells, can be called so."""
    taken = names is context.page and name in context.fields.known
    if not names.declare(name, place, context.report, FIELD_NAME):
        return False
    if name in _RESERVED:
        what = "what the page tells" if names is context.page else "the field"
        context.report.error(place, f'"{name}" already means something in conditions; call {what} otherwise')
        return False
    if taken:
        message = f'"{name}" is a field in line {context.fields.known[name].line}; call what the page tells otherwise'
        context.report.error(place, message)
        return False
    return True


def _read_field(name: str, place: Place, value: Node, context: Context) -> Field | None:
    if isinstance(value, Scalar) and not value.is_empty:
        value = Mapping(value.place, {"type": Entry(value.place, value)})  # ``email: email`` for short
    elif isinstance(value, Scalar):
        context.report.error(place, f'nothing is written after "{name}:"; write {{type: …, label: …}}')
        return None
    cursor = cursor_of(value, context.report, f'the field "{name}"')
    if cursor is None:
        return None
    kind = _read_type(cursor)
    label = context.text(cursor, "label") or context.plain_text(name.replace("_", " ").capitalize())
    why = context.text(cursor, "why")
    purpose = cursor.text("purpose")
    if purpose is not None:
        context.purpose(purpose, cursor.place_of("purpose"))
    if kind is None:
        cursor.finish_missing()
    options = None if kind is None else read_options(cursor, kind.options, f'"{kind.name}"')
    if kind is None or options is None:
        return None
    return Field(name=name, type=kind, options=options[0], label=label, why=why, purpose=purpose, place=place)


def _read_type(cursor: Cursor) -> QuestionType[Any] | None:
    name = cursor.text("type") if cursor.need("type", "text") else None
    if name is None:
        return None
    kind = QUESTION_TYPES.get(name)
    if kind is None:
        cure = meant(name, QUESTION_TYPES) or f"; there are {', '.join(QUESTION_TYPES)}"
        cursor.error("type", f'unknown type "{shortened(name)}"{cure}')
    return kind
