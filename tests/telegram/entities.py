"""Formatting that a call gives as ``entities``, and what Telegram finds in a text by itself.

https://core.telegram.org/bots/api#messageentity
"""

import re
from typing import Any

from tests.telegram import links
from tests.telegram.chats import Json
from tests.telegram.html_mode import read_html
from tests.telegram.markdown_mode import MODES
from tests.telegram.refusals import Malformed
from tests.telegram.text import Formatted, cleaned, ordered, units

LONGEST = 4096
LONGEST_CAPTION = 1024

_PLAIN = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code",
}  # fmt: skip
_FOUND_ANYWAY = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
_LINK = re.compile(
    r"""(?<![\w@])(?:https?://[^\s<>"]*[^\s<>".,;:!?')\]]"""
    r"""|(?:[\w-]+\.)+(?:com|org|net|io|de|me|example)\b(?:/[^\s<>"]*[^\s<>".,;:!?')\]])?)""",
    re.IGNORECASE,
)
_DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
    ("url", _LINK),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ ()-]?\d){7,14}(?!\w)")),
)  # fmt: skip


def detected(text: str) -> list[Json]:
    """Commands, mentions, links and the like, as Telegram finds them in any text."""
    found: list[Json] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if all(end <= first or begin >= last for first, last in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": units(text[:begin]), "length": units(match[0])})
    return ordered(found)


def _given_entity(value: Any) -> Json | None:
    match value:
        case {"type": str(kind), "offset": int(offset), "length": int(length)}:
            pass
        case _:
            raise Malformed('can\'t parse MessageEntity: Can\'t find field "offset", "length" or "type"')
    entity = {"type": kind, "offset": offset, "length": length}
    match kind:
        case _ if kind in _PLAIN:
            return entity
        case _ if kind in _FOUND_ANYWAY:
            return None
        case "pre":
            return entity | ({"language": value["language"]} if value.get("language") else {})
        case "text_link":
            url = str(value.get("url", ""))
            if (user := links.user_in(url)) is not None:
                return entity | {"type": "text_mention", "user": {"id": user, "is_bot": False, "first_name": ""}}
            link = links.checked(url)
            if isinstance(link, links.Wrong):
                raise Malformed(f"entity URL '{url}' is invalid: {link.reason}")
            return entity | {"url": link}
        case "text_mention" if isinstance(value.get("user"), dict):
            return entity | {"user": value["user"]}
        case "custom_emoji" if value.get("custom_emoji_id"):
            return entity | {"custom_emoji_id": value["custom_emoji_id"]}
        case "date_time" if isinstance(value.get("unix_time"), int):
            shape = str(value.get("date_time_format") or "")
            return entity | {"unix_time": value["unix_time"]} | ({"date_time_format": shape} if shape else {})
        case "text_mention" | "custom_emoji" | "date_time":
            raise Malformed(f"can't parse MessageEntity: a field of {kind} is missing")
    raise Malformed("can't parse MessageEntity: Unsupported type specified")


def _given(text: str, entities: list[Any]) -> Formatted:
    kept = [one for one in map(_given_entity, entities) if one is not None]
    inside = []
    for one in kept:
        if one["offset"] < 0 or one["length"] < 0:
            raise Malformed("receive an entity with negative offset or length")
        if one["length"] and one["offset"] + one["length"] <= units(text):
            inside.append(one)
    return Formatted(text, ordered(inside))


def read_text(text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """What a call's text becomes. Raises ``Malformed`` where the server refuses it."""
    if len(text.encode("utf-8", "surrogatepass")) > 2**15:
        raise Malformed("text is too long")
    match parse_mode.lower():
        case "" | "none":
            read = _given(text, entities or [])
        case "html":
            read = read_html(text)
        case mode if mode in MODES:
            read = MODES[mode](text)
        case _ if not text:
            read = Formatted("", [])
        case _:
            raise Malformed("unsupported parse_mode")
    clean = cleaned(read)
    own = {
        position
        for one in clean.entities
        if one["type"] in {"text_link", "text_mention", "code", "pre", "custom_emoji"}
        for position in range(one["offset"], one["offset"] + one["length"])
    }
    found = [
        one for one in detected(clean.text) if not own.intersection(range(one["offset"], one["offset"] + one["length"]))
    ]
    return Formatted(clean.text, ordered(clean.entities + found))


def message_text(text: str | None, parse_mode: str, entities: list[Any] | None) -> Json:
    """The ``text`` and ``entities`` of a message."""
    if not text:
        raise Malformed("message text is empty")
    read = read_text(text, parse_mode, entities)
    if not read.text:
        raise Malformed("text must be non-empty")
    if units(read.text) > LONGEST:
        raise Malformed("message is too long")
    return {"text": read.text, **({"entities": read.entities} if read.entities else {})}


def caption(text: str | None, parse_mode: str, entities: list[Any] | None) -> Json:
    """The ``caption`` and ``caption_entities`` of a file, nothing where it has none."""
    read = read_text(text or "", parse_mode, entities)
    if units(read.text) > LONGEST_CAPTION:
        raise Malformed("message caption is too long")
    if not read.text:
        return {}
    return {"caption": read.text, **({"caption_entities": read.entities} if read.entities else {})}
