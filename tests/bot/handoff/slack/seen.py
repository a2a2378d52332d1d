"""How tests look at what would be sent: whether Slack would take it, and what people would read."""

import json
from typing import Any

from bot.handoff.slack.card import Shown
from tests.slack.blocks import MOST_CHARACTERS, characters_of
from tests.slack.rendering import Format, formats_in, links_in, pings_in, texts
from tests.slack.seeing import Seen
from tests.slack.surfaces import message_problems, view_is_too_large, view_problems

_EYES = Seen()


def sound(told: Shown) -> list[str]:
    """What Slack would refuse about a message."""
    text, blocks = told
    problems = message_problems(blocks)
    if characters_of(blocks) > MOST_CHARACTERS:
        problems.append("the blocks are too long")
    if not 0 < len(text) <= 4000:
        problems.append(f"the text has {len(text)} characters")
    return problems


def sound_view(window: dict[str, Any], kind: str = "modal") -> list[str]:
    """What Slack would refuse about a window or a home tab."""
    problems = view_problems(window, kind)
    return [*problems, "too large"] if view_is_too_large(window) else problems


def reads(told: Shown) -> str:
    """What people read, in UTC."""
    return "\n".join(_EYES._lines({"text": told[0], "blocks": told[1]}, 0))


def reads_view(window: dict[str, Any]) -> str:
    """What people read in a window or a home tab."""
    return "\n".join(_EYES._lines(window, 0))


def buttons(told: Shown) -> list[str]:
    """What stands on the buttons."""
    return [
        element["text"]["text"]
        for block in told[1]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def comes_alive(blocks: list[dict[str, Any]], text: str = "", *, ours: tuple[str, ...] = ()) -> list[str]:
    """Pings, and links that say to be something else, in a message or window; and formatting in its markup."""
    found: list[str] = []
    for one, is_markup in texts({"text": text, "blocks": blocks}):
        if is_markup:
            found += [ping.token for ping in pings_in(one)]
            found += [f"{link.label} -> {link.url}" for link in links_in(one) if link.differs and link.url not in ours]
    return found


def formats(blocks: list[dict[str, Any]]) -> list[Format]:
    """What is formatted in the markup of a message."""
    return [form for one, is_markup in texts({"blocks": blocks}) if is_markup for form in formats_in(one)]


def plain_json(value: object) -> str:
    """The whole as text, to look for something in it."""
    return json.dumps(value, ensure_ascii=False)
