"""Arguments of Web API methods: what a method takes, and how a request carries it.

https://docs.slack.dev/apis/web-api
"""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.slack.workspace import Json

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MULTIPART = "multipart/form-data"


class Refusal(Exception):
    """The method refuses: ``ok: false``, the error and what goes with it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class Malformed(Refusal):
    """A refusal that only a mistake in the caller can cause; it is noted as a violation."""

    def __init__(self, error: str, *messages: str) -> None:
        super().__init__(error, **({"response_metadata": {"messages": list(messages)}} if messages else {}))
        self.messages = messages


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its kind (``text``, ``flag``, ``int``, ``list``, ``obj``) and whether it must be there."""

    kind: str
    required: bool


def arguments(spec: str) -> dict[str, Argument]:
    """Read ``"channel! text blocks:list"``: ``!`` must be there, ``:`` is of another kind than text."""
    read: dict[str, Argument] = {}
    for word in spec.split():
        name, _, kind = word.partition(":")
        read[name.removesuffix("!")] = Argument(kind or "text", name.endswith("!"))
    return read


async def given(request: web.Request, *, takes_json: bool) -> tuple[Json, str | None]:
    """What a request carries, and the token that it carries."""
    authorization = request.headers.get("Authorization", "")
    token = authorization.removeprefix("Bearer ").strip() if authorization.startswith("Bearer ") else None
    found: Json = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        match request.content_type:
            case "application/json":
                if not takes_json:
                    raise Malformed("invalid_post_type", "this method takes no JSON")
                return {**found, **await _json(request)}, token
            case "application/x-www-form-urlencoded" | "multipart/form-data":
                found |= dict((await request.post()).items())
            case "application/octet-stream" if "Content-Type" not in request.headers:
                raise Malformed("missing_post_type")
            case _:
                raise Malformed("invalid_post_type")
    return found, found.pop("token", None) or token


async def _json(request: web.Request) -> Json:
    try:
        read = json.loads(await request.read())
    except ValueError:
        raise Malformed("invalid_json") from None
    if not isinstance(read, dict):
        raise Malformed("json_not_object")
    if "token" in read:
        raise Malformed("not_authed", "a token in a JSON body is not looked at")
    return {key: value for key, value in read.items() if value is not None}


def read_arguments(method: str, spec: dict[str, Argument], found: Json) -> Json:
    """The arguments as values of their kinds; unknown ones and those of a wrong kind are refused."""
    if unknown := sorted(set(found) - set(spec)):
        raise Malformed("invalid_arguments", *(f"[ERROR] {method} has no argument `{name}`" for name in unknown))
    read = {name: _value(name, spec[name].kind, value) for name, value in found.items()}
    if missing := [name for name, one in spec.items() if one.required and read.get(name) in (None, "")]:
        raise Malformed("invalid_arguments", *(f"[ERROR] missing required field: {name}" for name in missing))
    return read


def _value(name: str, kind: str, value: Any) -> Any:
    match kind:
        case "flag":
            if isinstance(value, bool):
                return value
            if value in {"true", "1"}:
                return True
            if value in {"false", "0"}:
                return False
        case "int":
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and value.isdecimal():
                return int(value)
        case "list" | "obj":
            if isinstance(value, str):
                try:
                    value = json.loads(value)
                except ValueError:
                    raise Malformed(f"invalid_{name}_format" if name == "blocks" else "invalid_arguments") from None
            if isinstance(value, list if kind == "list" else dict):
                return value
            if name == "blocks":
                raise Malformed("invalid_blocks_format", f"[ERROR] must be an array [json-pointer:/{name}]")
        case _:
            if isinstance(value, str):
                return value
    raise Malformed("invalid_arguments", f"[ERROR] `{name}` must be of kind {kind} [json-pointer:/{name}]")
