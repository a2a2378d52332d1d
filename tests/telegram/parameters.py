"""Parameters of a call: how a request carries them, and of what kind they are.

https://core.telegram.org/bots/api#making-requests
"""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.telegram.bot_api import TYPES, Fields
from tests.telegram.chats import Json
from tests.telegram.files import MOST_UP, Upload
from tests.telegram.refusals import Malformed, Refusal

Note = Callable[[str], None]


async def carried(request: web.Request) -> Json:
    """What the request carries, by name."""
    found: Json = dict(request.query)
    if not request.can_read_body:
        return found
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise Malformed("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise Malformed("object expected")
        return found | {name: value for name, value in body.items() if value is not None}
    if request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return found
    size = 0
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            data = value.file.read()
            size += len(data)
            found[name] = Upload(value.filename, data, value.content_type)
        else:
            found[name] = value
    if size > MOST_UP:
        raise Refusal(413, "Request Entity Too Large")
    return found


def read(method: str, fields: Fields, found: Json, note: Note) -> Json:
    """The parameters as values of their kinds; whatever is wrong with them is noted.

    As at the real server an unknown parameter is passed over, and what must be there is looked for by the method.
    """
    values: Json = {}
    attached: set[str] = set()
    for name, value in found.items():
        if name not in fields:
            continue
        kind = fields[name].removeprefix("!")
        if isinstance(value, str) and value.startswith("attach://"):
            part = value.removeprefix("attach://")
            attached.add(part)
            value = found.get(part)  # noqa: PLW2901
        try:
            values[name] = _of_kind(value, kind)
        except ValueError as wrong:
            raise Malformed(f"parameter {name} of {method} must be of type {kind}") from wrong
        for problem in problems(values[name], kind, name):
            note(f"{method}: {problem}")
    for name in found:
        if name not in fields and name not in attached:
            note(f"{method}: there is no parameter {name}")
    for name, kind in fields.items():
        if kind.startswith("!") and name not in found:
            note(f"{method}: {name} is missing")
    return values


def _of_kind(value: Any, kind: str) -> Any:
    """A value, which in a form is a text. Raises ``ValueError`` where it cannot be of that kind."""
    match kind:
        case "String":
            if not isinstance(value, str):
                raise ValueError(value)
            return value
        case "Integer" | "Float":
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise ValueError(value)
            return int(value) if kind == "Integer" else float(value)
        case "Boolean":
            if isinstance(value, bool):
                return value
            if str(value).lower() not in {"true", "false", "1", "0"}:
                raise ValueError(value)
            return str(value).lower() in {"true", "1"}
        case "Integer|String":
            return value if isinstance(value, int) else str(value)
        case "InputFile" | "InputFile|String":
            if kind == "InputFile" and not isinstance(value, Upload):
                raise ValueError(value)
            return value
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        # Who reads these knows the words of the refusal.
        if "Keyboard" in kind or kind == "ReplyParameters":
            return value
        raise


_SIMPLE: dict[str, tuple[type, ...]] = {
    "String": (str,), "Integer": (int,), "Float": (int, float), "Boolean": (bool,), "InputFile": (Upload,),
}  # fmt: skip


def problems(value: Any, kind: str, where: str) -> list[str]:
    """What is wrong with a value of this kind, by what the documentation says."""
    kinds = kind.removeprefix("!").split("|")
    if len(kinds) > 1:
        found = [problems(value, one, where) for one in kinds]
        return [] if any(not one for one in found) else min(found, key=len)
    (kind,) = kinds
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where} must be an array"]
        inner = kind.removeprefix("Array of ")
        return [one for i, part in enumerate(value) for one in problems(part, inner, f"{where}[{i}]")]
    if kind in _SIMPLE:
        right = isinstance(value, _SIMPLE[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where} must be of type {kind}"]
    if not isinstance(value, dict):
        return [f"{where} must be an object of type {kind}"]
    return [] if kind not in TYPES else _in_object(value, kind, TYPES[kind], where)


def _in_object(value: Json, kind: str, fields: Fields, where: str) -> list[str]:
    found = [f"{where} is a {kind} and has no field {name}" for name in value if name not in fields]
    for name, inner in fields.items():
        if name in value:
            found += problems(value[name], inner, f"{where}.{name}")
        elif inner.startswith("!"):
            found.append(f"{where}.{name} is missing")
    return found
