"""Formatted text: lengths in UTF-16 units, entities in the server's order, and what it cleans away."""

import re
from dataclasses import dataclass

from tests.telegram.chats import Json

_RANK = {
    "blockquote": 0, "expandable_blockquote": 1, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
    "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "date_time": 98, "custom_emoji": 99,
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = " \t\n\v\f\r\u00a0\u200b\u200c\u200d\u2060\ufeff\u3164"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and how it is formatted."""

    text: str
    entities: list[Json]


def units(text: str) -> int:
    """How long it is in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, offset: int, length: int) -> str:
    """What an entity covers."""
    data = text.encode("utf-16-le", "surrogatepass")
    return data[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def ordered(entities: list[Json]) -> list[Json]:
    """By where they begin, the longer first, then by kind."""
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], _RANK.get(one["type"], 50)))


def cleaned(formatted: Formatted) -> Formatted:
    """As the server stores it: no control characters, nothing blank around it; entities follow."""
    kept: list[str] = []
    position = 0
    moved = {0: 0}
    for one in formatted.text:
        character = "" if _DROPPED.match(one) else _CONTROL.sub(" ", one)
        kept.append(character)
        moved[position + units(one)] = moved[position] + units(character)
        if units(one) == 2:
            moved[position + 1] = moved[position]
        position += units(one)
    whole = "".join(kept)
    trimmed = whole.rstrip(_BLANK)
    begin = units(trimmed) - units(trimmed.lstrip(" \t\n\v\f\r"))
    end = units(trimmed)
    entities = []
    for entity in formatted.entities:
        first = max(moved.get(entity["offset"], end), begin)
        last = min(moved.get(entity["offset"] + entity["length"], end), end)
        if last > first:
            entities.append(entity | {"offset": first - begin, "length": last - first})
    return Formatted(part(trimmed, begin, end - begin) if begin else trimmed, ordered(entities))
