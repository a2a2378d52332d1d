"""What all windows have: where they were opened, and how they say what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.listening import SlackView


class Window(StrEnum):
    """The ``callback_id`` of each window."""

    REPLY = "reply"
    CANNED = "canned"
    NOT_A_FIT = "not_a_fit"
    WON = "won"
    LOST = "lost"
    SNOOZE = "snooze"
    PASS_ON = "pass_on"
    NOTE = "note"
    FILL = "fill"
    DETAILS = "details"
    TRACE = "trace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which handoff a window is about, and where it was opened; travels with the window."""

    handoff: int
    channel: str = ""
    ts: str = ""
    """The message whose button was pressed."""
    thread: str = ""
    """Of which thread that message is, or is the first."""
    extra: str = ""
    """What the window itself needs to know again."""

    def dump(self) -> str:
        """As ``private_metadata``."""
        parts = {"h": self.handoff, "c": self.channel, "m": self.ts, "t": self.thread, "x": self.extra}
        return json.dumps({name: part for name, part in parts.items() if part}, separators=(",", ":"))


def read_place(private: str) -> Place | None:
    """What ``Place.dump`` wrote; None for anything else."""
    try:
        parts = json.loads(private)
        return Place(
            handoff=int(parts["h"]),
            channel=str(parts.get("c", "")),
            ts=str(parts.get("m", "")),
            thread=str(parts.get("t", "")),
            extra=str(parts.get("x", "")),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What is wrong, by the block of the field."""

    errors: Mapping[str, str]


def text_of(view: SlackView, block_id: str) -> str:
    """What was typed or chosen in a field, without blanks around it."""
    value = view.value(block_id)
    return value.strip() if isinstance(value, str) else ""


def short_title(words: str, whom: str | None) -> str:
    """A window's title: with the lead's name where there is room for it."""
    title = f"{words} {whom}" if whom else words
    return title if len(title) <= 24 and title.isprintable() else words
