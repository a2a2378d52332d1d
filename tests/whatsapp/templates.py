"""Approved templates: the only thing that may be written outside the window of 24 hours.

https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
"""

import re
import zlib
from dataclasses import dataclass
from typing import Any, Literal

from tests.whatsapp import shapes
from tests.whatsapp.refusals import Json, Malformed, Refusal
from tests.whatsapp.shapes import LIST, OBJECT, check, must, one_of, text

_PLACE = re.compile(r"\{\{(\d+|[a-z_]+)\}\}")
_BREAKS = re.compile(r"[\n\t]|    +")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template in one language."""

    name: str
    language: str
    body: str
    """With places ``{{1}}`` or ``{{name}}``."""
    header: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()
    """The titles of quick replies."""
    link: str = ""
    """A button's address, perhaps with a place at its end."""
    category: Literal["MARKETING", "UTILITY", "AUTHENTICATION"] = "UTILITY"
    status: Literal["APPROVED", "PENDING", "REJECTED", "PAUSED"] = "APPROVED"

    def payload(self) -> Json:
        """As the list of templates shows it."""
        parts: list[Json] = [{"type": "BODY", "text": self.body}]
        return {
            "name": self.name,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "id": str(zlib.crc32(f"{self.name}:{self.language}".encode())),
            "components": parts,
        }


def read(templates: list[Template], value: Any) -> tuple[str, list[Json]]:
    """What is read, and what can be pressed. Raises ``Refusal``."""
    keys: shapes.Keys = {"name": must(text(512)), "language": must(OBJECT), "components": LIST}
    given = check(value, keys, "template")
    language = check(
        given["language"], {"code": must(text()), "policy": one_of("deterministic")}, "template['language']"
    )["code"]
    found = next((one for one in templates if (one.name, one.language) == (given["name"], language)), None)
    if found is None or found.status in {"PENDING", "REJECTED"}:
        known = any(one.name == given["name"] for one in templates)
        what = f"template name ({given['name']}) does not exist in {language}"
        raise (Refusal if known else Malformed)(132001, what)
    if found.status == "PAUSED":
        raise Refusal(132015, f"template {found.name} is paused")
    parts = _components(given.get("components") or [])
    header = _filled(found.header, parts.get(("header", None), []), "header")
    body = _filled(found.body, parts.get(("body", None), []), "body")
    lines = [one for one in (header, body, found.footer) if one]
    return "\n".join(lines), _buttons(found, parts)


def _components(value: list[Any]) -> dict[tuple[str, str | None], list[Json]]:
    parts: dict[tuple[str, str | None], list[Json]] = {}
    for i, one in enumerate(value):
        where = f"template['components'][{i}]"
        keys: shapes.Keys = {
            "type": one_of("header", "body", "button", required=True),
            "parameters": LIST,
            "sub_type": one_of("quick_reply", "url", "copy_code"),
            "index": shapes.Key(object),
        }
        check(one, keys, where)
        kind = one["type"]
        if kind == "button" and ("sub_type" not in one or "index" not in one):
            raise Malformed(131008, f"{where}: a button needs sub_type and index")
        key = f"{one['sub_type']}:{one['index']}" if kind == "button" else None
        parts[kind, key] = one.get("parameters", [])
    return parts


def _filled(written: str, parameters: list[Any], where: str) -> str:
    places = list(dict.fromkeys(_PLACE.findall(written)))
    if len(places) != len(parameters):
        raise Malformed(
            132000,
            f"{where}: number of localizable_params ({len(parameters)}) does not match the expected number "
            f"of params ({len(places)})",
        )
    values: dict[str, str] = {}
    for place, one in zip(places, parameters, strict=True):
        name = f"{where} parameter {place}"
        keys: shapes.Keys = {"type": one_of("text", required=True), "text": text(), "parameter_name": text()}
        check(one, keys, name)
        if not one.get("text"):
            raise Malformed(131008, f"{name}: text is required")
        if _BREAKS.search(one["text"]):
            raise Malformed(
                132012, f"{name}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
            )
        if not place.isdecimal() and one.get("parameter_name") not in places:
            raise Malformed(100, f"{name}: parameter_name must be one of {places}")
        values[place if place.isdecimal() else one["parameter_name"]] = one["text"]
    return _PLACE.sub(lambda match: values[match[1]], written)


def _buttons(found: Template, parts: dict[tuple[str, str | None], list[Json]]) -> list[Json]:
    buttons: list[Json] = []
    for i, title in enumerate(found.buttons):
        given = parts.get(("button", f"quick_reply:{i}"), [])
        payload = given[0].get("payload", title) if given else title
        buttons.append({"kind": "button", "id": payload, "title": title})
    if found.link:
        index = len(found.buttons)
        url = _filled(found.link, parts.get(("button", f"url:{index}"), []), "button")
        buttons.append({"kind": "url", "title": "Open", "url": url})
    known = {f"quick_reply:{i}" for i in range(len(found.buttons))} | {f"url:{len(found.buttons)}"}
    for kind, key in parts:
        if kind == "button" and key not in known:
            raise Malformed(132000, f"there is no button {key} in the template {found.name}")
    return buttons
