"""How the choices under a message are shown on a messenger, and what a typed number then means.

1. Buttons where all fit; else a numbered list, whose numbers are understood.
2. Labels that are numbers themselves are never numbered: "2" would mean two things.
3. Of a question that takes several answers the choices are a list: a button can be pressed once only.
"""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from bot.channels.contract import Capabilities
from bot.channels.splitting import one_line
from bot.graphemes import cut
from bot.ports import Message
from dialogs import phrases

SKIP = "skip"
"""Key of the choice that leaves an optional question out."""
_NUMBER = re.compile(r"\s*[(\[#]?\s*(\d{1,3})\s*[.)\]:]?\s*", re.ASCII)
_NUMBERS = re.compile(r"[\d\s,;.+&/]*\d[\d\s,;.+&/]*(?:(?:and|und|y|e|et|u)\s+\d{1,3}\s*\.?)?", re.ASCII)
_ANY_DIGIT = re.compile(r"\d")


class Choice(NamedTuple):
    """One choice under a message."""

    key: str
    label: str
    """One line, never empty."""


class Style(Enum):
    """How choices are shown."""

    NONE = "none"
    BUTTONS = "buttons"
    NUMBERS = "numbers"
    BULLETS = "bullets"
    SCALE = "scale"
    """Only the ends are told: points of a rating that are no buttons."""


def choices_of(message: Message, language: str) -> tuple[Choice, ...]:
    """The choices of a message, in the order of its buttons' numbers; the last one may be to leave it out."""
    found = [Choice(str(one["key"]), one_line(one["label"]) or str(one["key"])) for one in message.get("choices", ())]
    if _asked(message).get("optional"):
        found.append(Choice(SKIP, phrases.say("skip", language)))
    return tuple(found)


def style_of(message: Message, choices: Sequence[Choice], capabilities: Capabilities) -> Style:
    """How the choices of a message are shown on a channel."""
    own = [one for one in choices if one.key != SKIP]
    kind = _asked(message).get("kind")
    if kind == "rating" and not (own and len(own) <= capabilities.buttons):
        return Style.SCALE
    if not own:
        return Style.BUTTONS if choices and capabilities.buttons else Style.NONE
    most = capabilities.label_most(len(buttons_of(choices, capabilities)))
    if kind != "choices" and len(own) <= capabilities.buttons and _are_distinct(own, most):
        return Style.BUTTONS
    return Style.BULLETS if any(_is_numeric(one.label) for one in own) else Style.NUMBERS


def buttons_of(choices: Sequence[Choice], capabilities: Capabilities) -> tuple[tuple[int, Choice], ...]:
    """The choices that are buttons, with their numbers: the one that skips only where there is room."""
    return tuple(enumerate(choices))[: capabilities.buttons]


def chosen_by_number(message: Message, text: str, capabilities: Capabilities, language: str) -> Choice | None:
    """The choice, or the several (keys and labels joined by commas), that a typed number of a numbered list means."""
    choices = choices_of(message, language)
    if style_of(message, choices, capabilities) is not Style.NUMBERS:
        return None
    if (match := _NUMBER.fullmatch(text)) and 0 < int(match[1]) <= len(choices):
        return choices[int(match[1]) - 1]
    if _asked(message).get("kind") != "choices" or len(text) > 200 or not _NUMBERS.fullmatch(text.strip()):
        return None
    numbers = sorted({int(one) for one in re.findall(r"\d+", text)})
    picked = [choices[one - 1] for one in numbers if 0 < one <= len(choices)]
    if len(picked) != len(numbers) or any(one.key == SKIP for one in picked):
        return None
    return Choice(",".join(one.key for one in picked), ", ".join(one.label for one in picked))


def shortened(label: str, most: int) -> str:
    """A label within so many characters."""
    return cut(label, most)


def _are_distinct(choices: Sequence[Choice], most: int) -> bool:
    """Whether people can still tell the choices apart when their labels are cut."""
    return len({shortened(one.label, most).casefold() for one in choices}) == len(choices)


def _is_numeric(label: str) -> bool:
    return bool(_ANY_DIGIT.match(label.lstrip("<>≤≥+-~# ")))


def _asked(message: Message) -> Mapping[str, Any]:
    asked: Mapping[str, Any] = message.get("input") or {}
    return asked
