"""What inputs and choices of Block Kit hold, and careful looks into payloads of any shape. Pure; never raises.

Elements: https://docs.slack.dev/reference/block-kit/block-elements.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.slack.listening import Value

_ONE = ("value", "selected_date", "selected_time", "selected_user", "selected_channel", "selected_conversation")
_SEVERAL = ("selected_users", "selected_channels", "selected_conversations")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LATEST = 253_402_300_799
"""The last second of the year 9999."""


def text(given: object) -> str:
    """A text, without what no database takes (NUL, halves of characters); "" for anything else."""
    return _UNSTORABLE.sub("\ufffd", given) if isinstance(given, str) else ""


def mapping(given: object) -> Mapping[str, Any]:
    """An object; an empty one for anything else."""
    return given if isinstance(given, dict) else {}


def sequence(given: object) -> Sequence[Any]:
    """A list; an empty one for anything else."""
    return given if isinstance(given, list) else ()


def read_values(state: object) -> Mapping[str, Mapping[str, Value]]:
    """What the inputs of a modal or message hold, by block and action."""
    blocks = mapping(mapping(state).get("values"))
    return {
        block_id: {action_id: read_value(mapping(element)) for action_id, element in mapping(elements).items()}
        for block_id, elements in blocks.items()
    }


def read_value(element: Mapping[str, Any]) -> Value:
    """What one element holds: see ``Value``. A date with time comes as ISO text in UTC, several lines as one text."""
    for key in _ONE:
        if isinstance(element.get(key), str):
            return text(element[key])
    if "selected_option" in element:
        option = mapping(element["selected_option"])
        return text(option["value"]) if isinstance(option.get("value"), str) else None
    if "selected_options" in element:
        return tuple(text(mapping(option).get("value")) for option in sequence(element["selected_options"]))
    if "selected_date_time" in element:
        return _moment(element["selected_date_time"])
    for key in _SEVERAL:
        if key in element:
            return tuple(one for one in sequence(element[key]) if isinstance(one, str))
    if "rich_text_value" in element:
        return _plain(element["rich_text_value"]) or None
    if "files" in element:
        return tuple(text(mapping(file).get("id")) for file in sequence(element["files"]))
    return None


def _moment(given: object) -> str | None:
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= _LATEST:
        return datetime.fromtimestamp(given, UTC).isoformat()
    return None


def _plain(rich: object) -> str:
    """The words of a rich text, its sections on lines of their own."""
    return "\n".join(_words(section) for section in sequence(mapping(rich).get("elements")))


def _words(section: object, deep: int = 0) -> str:
    one = mapping(section)
    parts = sequence(one.get("elements")) if deep < 8 else ()
    joint = "\n" if one.get("type") == "rich_text_list" else ""
    own = text(one.get("text")) or text(one.get("url"))
    return own + joint.join(_words(part, deep + 1) for part in parts)
