"""Layout blocks, and what holds for all blocks of one message or view together.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator
from typing import Any

from tests.slack.elements import ELEMENTS, in_actions, in_input, in_section
from tests.slack.objects import block_id, image, image_url, plain, slack_file, words
from tests.slack.rich_text import rich_text_element
from tests.slack.schema import Check, Found, both, flag, kinds, many, text, thing

Json = dict[str, Any]

MOST_IN_A_MESSAGE = 50
MOST_IN_A_VIEW = 100
MOST_CHARACTERS = 11_000
"""All texts of a message's blocks together. Slack documents none for most blocks, but answers ``msg_blocks_too_long``
from somewhere between 11,300 and 13,300 (slackapi/bolt-js issues 2509 and 2867)."""

_any = {"block_id": block_id}


def _text_or_fields(value: Json, where: str, found: Found) -> None:
    if "text" not in value and "fields" not in value:
        found.add("missing required field: text or fields", where)


def _dispatch_fits(value: Json, where: str, found: Found) -> None:
    element = value.get("element")
    if isinstance(element, dict) and element.get("type") == "file_input" and value.get("dispatch_action"):
        found.add("dispatch_action is not allowed with file_input", where)


BLOCKS: dict[str, Check] = {
    "section": both(
        thing(
            {},
            {
                **_any,
                "text": words(3000),
                "fields": many(words(2000), 10),
                "accessory": in_section,
                "expand": flag,
            },
        ),
        _text_or_fields,
    ),
    "header": thing({"text": plain(150)}, _any),
    "divider": thing({}, _any),
    "context": thing(
        {"elements": many(kinds({"image": image, "plain_text": words(3000), "mrkdwn": words(3000)}), 10)}, _any
    ),
    "actions": thing({"elements": many(in_actions, 25)}, _any),
    "input": both(
        thing(
            {"label": plain(2000), "element": in_input},
            {**_any, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
        ),
        _dispatch_fits,
    ),
    "image": thing(
        {"alt_text": text(2000)}, {**_any, "image_url": image_url, "slack_file": slack_file, "title": plain(2000)}
    ),
    "markdown": thing({"text": text(12_000)}, _any),
    "rich_text": thing({"elements": many(rich_text_element, 1000)}, _any),
}
"""Every block we know, by its ``type``."""

block = kinds(BLOCKS)


def elements_of(one: Json) -> Iterator[tuple[Json, str]]:
    """The interactive elements of a block, each with its pointer inside of the block."""
    for key in ("accessory", "element"):
        element = one.get(key)
        if isinstance(element, dict) and element.get("type") in ELEMENTS and element["type"] != "image":
            yield element, f"/{key}"
    if one.get("type") == "actions" and isinstance(one.get("elements"), list):
        for index, element in enumerate(one["elements"]):
            if isinstance(element, dict):
                yield element, f"/elements/{index}"


def texts_of(value: Any) -> Iterator[str]:
    """Every text in it that a reader may see."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in {"text", "alt_text"} and isinstance(one, str):
                yield one
            else:
                yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


def _differ(blocks: list[Any], where: str, found: Found) -> None:
    seen: set[str] = set()
    for index, one in enumerate(blocks):
        if not isinstance(one, dict):
            continue
        name = one.get("block_id")
        if isinstance(name, str) and name in seen:
            found.add(f"`block_id` already exists: {name}", f"{where}/{index}/block_id")
        elif isinstance(name, str):
            seen.add(name)
        actions: set[str] = set()
        for element, pointer in elements_of(one):
            action = element.get("action_id")
            if isinstance(action, str) and action in actions:
                found.add(f"`action_id` already exists: {action}", f"{where}/{index}{pointer}/action_id")
            elif isinstance(action, str):
                actions.add(action)


def check_blocks(value: Any, where: str, found: Found, *, most: int, least: int = 1) -> None:
    """All blocks of one message or view."""
    many(block, most, least)(value, where, found)
    if isinstance(value, list):
        _differ(value, where, found)


def characters_of(blocks: Any) -> int:
    """How many characters the texts of these blocks have together."""
    return sum(len(one) for one in texts_of(blocks))
