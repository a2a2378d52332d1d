"""Options that a pydantic model describes: a type's own, a lead magnet's; errors in the author's words and places."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dialogs.loading.cursor import Cursor, shortened, without_colon
from dialogs.loading.nodes import Listing, Mapping, Node, Scalar, Unreadable, plain
from dialogs.loading.other_words import meant
from dialogs.script import Place
from dialogs.spelling import nearest

Model = TypeVar("Model", bound=BaseModel)

_NEEDED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "entries (key: value)",
    "mapping_type": "entries (key: value)",
    "model_type": "entries (key: value)",
    "model_attributes_type": "entries (key: value)",
    "date_type": "a date such as 2026-12-24",
    "date_parsing": "a date such as 2026-12-24",
    "date_from_datetime_parsing": "a date such as 2026-12-24",
    "time_parsing": "a time such as 15:00",
    "datetime_type": "a date and time such as 2026-12-24T15:00+01:00",
    "datetime_parsing": "a date and time such as 2026-12-24T15:00+01:00",
    "datetime_from_date_parsing": "a date and time such as 2026-12-24T15:00+01:00",
    "timezone_aware": "a date and time with its offset, such as 2026-12-24T15:00+01:00",
    "url_parsing": "an address such as https://example.com/page",
    "url_type": "an address such as https://example.com/page",
}
"""What was due, by pydantic's type of error."""
_COMMA = re.compile(r"(-?\d{1,9}),(\d{1,9})", re.ASCII)
_IN_QUOTES_OR_BRACKETS = "put a text in quotes, or several entries in [ ]"
_ABOUT_NUMBERS = frozenset(("int_from_float", "greater_than", "greater_than_equal", "less_than", "less_than_equal"))


def read_options(cursor: Cursor, model: type[Model], called: str) -> tuple[Model, dict[str, Any]] | None:
    """The model made from every key that was not asked for yet, and what it was made of; None if that cannot be."""
    cursor.finish_missing(_options_of(model))
    options = {key: entry.value for key, entry in cursor.rest().items()}
    values = {key: plain(node) for key, node in options.items()}
    made = _make(model, values)
    if isinstance(made, list) and _take_as_written(values, options, made):
        made = _make(model, values)
    if not isinstance(made, list):
        return made, values
    report_errors(cursor, model, called, made)
    return None


def _make(model: type[Model], values: dict[str, Any]) -> Model | list[Any]:
    """The model, or pydantic's errors."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        return list(error.errors(include_url=False))


def _take_as_written(values: Any, options: dict[str, Node], errors: Iterable[Any]) -> bool:
    """Put the text as it is written where it looked like a number and none is due; whether anything changed."""
    changed = False
    for error in errors:
        if error["type"] in _ABOUT_NUMBERS:
            continue
        container, node, key = values, None, None
        nodes: Any = options
        for part in error["loc"]:
            inside = _child(nodes, part)
            if inside is not None:
                container = container if key is None else container[key]
                node, nodes, key = inside, inside, part
        if isinstance(node, Scalar) and key is not None and not isinstance(container[key], str | None):
            container[key], changed = node.text, True
    return changed


def _child(node: Any, part: Any) -> Node | None:
    """The element under one part of an error's location; None for parts that are not in the file."""
    match node:
        case dict():
            return node.get(part)
        case Mapping():
            entry = node.entries.get(str(part))
            return None if entry is None else entry.value
        case Listing() if isinstance(part, int) and part < len(node.items):
            return node.items[part]
        case _:
            return None


def report_errors(cursor: Cursor, model: type[BaseModel], called: str, errors: list[Any]) -> None:
    """One message for each place where something is wrong."""
    by_place: dict[tuple[Place, str], list[Any]] = {}
    nodes: dict[tuple[Place, str], Node] = {}
    extra = [str(error["loc"][-1]) for error in errors if error["type"] == "extra_forbidden"]
    for error in errors:
        if error["type"] == "missing" and nearest(str(error["loc"][-1]), extra):
            continue  # It is only misspelt.
        place, name, node = _locate(cursor, error)
        if not isinstance(node, Unreadable):  # What is wrong there was said.
            by_place.setdefault((place, name), []).append(error)
            nodes[place, name] = node
    for (place, name), there in by_place.items():
        node = nodes[place, name]
        cursor.report.error(place, _wording(cursor, model, called, name, there, node))


def _locate(cursor: Cursor, error: Any) -> tuple[Place, str, Node]:
    """Where an error stands, the name of what it is about, and the element."""
    node: Node = cursor.mapping
    place, name = cursor.place, ""
    wants_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
    for part in error["loc"]:
        inside = _child(node, part)
        if inside is None:
            continue
        place = node.entries[str(part)].place if wants_key and isinstance(node, Mapping) else inside.place
        node, name = inside, str(part) if isinstance(part, str) else name
    return place, name, node


def _wording(cursor: Cursor, model: type[BaseModel], called: str, name: str, errors: list[Any], node: Node) -> str:
    """What to say of the errors at one place."""
    first = errors[0]
    kind, context, depth = first["type"], first.get("ctx", {}), len(first["loc"])
    found = shortened(str(first.get("input")))
    about = f'"{name}"' if name else cursor.called
    if kind == "extra_forbidden":
        known = [*_options_of(model), *cursor.asked] if depth == 1 else []
        if cursor.mapping.in_braces and depth == 1 and isinstance(node, Scalar) and node.is_empty:
            slip = without_colon(name, known)
            return (
                slip or f'a comma inside {{ }} begins a new entry, here "{shortened(name)}"; {_IN_QUOTES_OR_BRACKETS}'
            )
        cure = meant(name, known) or (f"; it may have {', '.join(known)}" if known else "")
        return f'{called} has no option "{shortened(name)}"{cure}'
    if kind == "missing":
        return f'{called if depth == 1 else about} needs "{first["loc"][-1]}"'
    if kind in ("literal_error", "enum"):
        return f'"{found}" is not possible for {about}; it may be {context.get("expected", "")}'
    needed = dict.fromkeys(_NEEDED[one["type"]] for one in errors if one["type"] in _NEEDED)
    if "a number" in needed:
        needed.pop("a whole number", None)  # Where one with a fraction will do.
    if needed and first.get("input") is None:
        return f'nothing is written after "{name}:"'
    if needed:
        cure = _with_a_point(found) if "number" in str(needed) else ""
        return f'{about} needs {" or ".join(needed)}, not "{found}"{cure}'
    return f"{about}: {context.get('error') or _limits(kind, context) or first['msg']}"


def _with_a_point(text: str) -> str:
    """A number that was written with a comma, to end an error with."""
    match = _COMMA.fullmatch(text.strip())
    if match is None:
        return ""
    joined = "" if len(match[2]) == 3 else "."
    return f', did you mean "{match[1]}{joined}{match[2]}"?'


def _options_of(model: type[BaseModel]) -> list[str]:
    return [option.alias or key for key, option in model.model_fields.items()]


def _limits(kind: str, context: dict[str, Any]) -> str | None:
    match kind:
        case "greater_than":
            return f"must be more than {context['gt']}"
        case "greater_than_equal":
            return f"must be {context['ge']} or more"
        case "less_than":
            return f"must be less than {context['lt']}"
        case "less_than_equal":
            return f"must be {context['le']} or less"
        case "string_pattern_mismatch":
            return f"must have the form {context['pattern']}"
        case "string_too_short" | "too_short":
            return "must not be empty" if context["min_length"] == 1 else f"needs at least {context['min_length']}"
        case "string_too_long" | "too_long":
            return f"may have at most {context['max_length']}"
        case _:
            return None
