"""Buttons, lists and a button that opens an address.

https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages, …-list-messages
"""

from typing import Any

from tests.whatsapp import shapes
from tests.whatsapp.refusals import Json, Malformed
from tests.whatsapp.shapes import LIST, OBJECT, check, must, one_of, text

LONGEST_BODY = {"button": 1024, "list": 4096, "cta_url": 1024}
LONGEST_HEADER = LONGEST_FOOTER = 60
MOST_BUTTONS = 3
LONGEST_TITLE = 20
LONGEST_ID = 256
MOST_ROWS = MOST_SECTIONS = 10
LONGEST_ROW_TITLE = LONGEST_SECTION_TITLE = 24
LONGEST_ROW_TEXT = 72
LONGEST_ROW_ID = 200


def read(value: Any) -> tuple[str, list[Json]]:
    """What is read, and what can be pressed. Raises ``Malformed``."""
    body = check(
        value,
        {
            "type": one_of("button", "list", "cta_url", required=True),
            "header": OBJECT,
            "body": must(OBJECT),
            "footer": OBJECT,
            "action": must(OBJECT),
        },
        "interactive",
    )
    kind = body["type"]
    lines = [_header(body["header"])] if body.get("header") else []
    said = check(body["body"], {"text": text(LONGEST_BODY[kind], required=True)}, "interactive['body']")
    lines.append(said["text"])
    if body.get("footer"):
        footer = check(body["footer"], {"text": text(LONGEST_FOOTER, required=True)}, "interactive['footer']")
        lines.append(footer["text"])
    pressed = {"button": _buttons, "list": _rows, "cta_url": _link}[kind](body["action"])
    return "\n".join(lines), pressed


def _header(value: Any) -> str:
    kinds = ("text", "image", "video", "document")
    keys: shapes.Keys = {"type": one_of(*kinds, required=True), "text": text(LONGEST_HEADER)}
    header = check(value, keys | dict.fromkeys(kinds[1:], OBJECT), "interactive['header']")
    if header["type"] not in header:
        raise Malformed(131008, f"The parameter interactive['header']['{header['type']}'] is required.")
    return str(header.get("text", f"[{header['type']}]"))


def _too_long(what: str, value: str, most: int) -> None:
    if not 1 <= len(value) <= most:
        raise Malformed(131009, f"{what} length invalid. Min length: 1, Max length: {most}")


def _buttons(value: Any) -> list[Json]:
    action = check(value, {"buttons": must(LIST)}, "interactive['action']")
    if not 1 <= len(action["buttons"]) <= MOST_BUTTONS:
        raise Malformed(131009, f"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {MOST_BUTTONS}")
    found: list[Json] = []
    for i, one in enumerate(action["buttons"]):
        where = f"interactive['action']['buttons'][{i}]"
        check(one, {"type": one_of("reply", required=True), "reply": must(OBJECT)}, where)
        reply = check(one["reply"], {"id": must(text()), "title": must(text())}, f"{where}['reply']")
        _too_long("Button title", reply["title"], LONGEST_TITLE)
        _too_long("Button id", reply["id"], LONGEST_ID)
        found.append({"kind": "button_reply", "id": reply["id"], "title": reply["title"]})
    _once("buttons", [one["id"] for one in found])
    _once("button titles", [one["title"] for one in found])
    return found


def _rows(value: Any) -> list[Json]:
    keys: shapes.Keys = {"button": must(text()), "sections": must(LIST)}
    action = check(value, keys, "interactive['action']")
    _too_long("Button", action["button"], LONGEST_TITLE)
    sections = action["sections"]
    if not 1 <= len(sections) <= MOST_SECTIONS:
        raise Malformed(131009, f"Invalid sections count. Min: 1, Max: {MOST_SECTIONS}")
    found: list[Json] = []
    for i, section in enumerate(sections):
        where = f"interactive['action']['sections'][{i}]"
        check(section, {"title": text(), "rows": must(LIST)}, where)
        if "title" in section or len(sections) > 1:
            _too_long("Section title", section.get("title", ""), LONGEST_SECTION_TITLE)
        for j, row in enumerate(section["rows"]):
            check(row, {"id": must(text()), "title": must(text()), "description": text()}, f"{where}['rows'][{j}]")
            _too_long("Row title", row["title"], LONGEST_ROW_TITLE)
            _too_long("Row id", row["id"], LONGEST_ROW_ID)
            if "description" in row:
                _too_long("Row description", row["description"], LONGEST_ROW_TEXT)
            found.append({"kind": "list_reply", **row})
    if not 1 <= len(found) <= MOST_ROWS:
        raise Malformed(131009, f"Total row count exceed max allowed count: {MOST_ROWS}")
    _once("rows", [one["id"] for one in found])
    return found


def _link(value: Any) -> list[Json]:
    keys: shapes.Keys = {"name": one_of("cta_url", required=True), "parameters": must(OBJECT)}
    action = check(value, keys, "interactive['action']")
    given = check(action["parameters"], {"display_text": must(text()), "url": must(text())}, "parameters")
    _too_long("Display text", given["display_text"], LONGEST_TITLE)
    if not given["url"].startswith(("http://", "https://")):
        raise Malformed(131009, "The url must begin with http:// or https://")
    return [{"kind": "url", "title": given["display_text"], "url": given["url"]}]


def _once(what: str, values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise Malformed(131009, f"Duplicated {what}: each must be unique")
