"""How the two sides of the house keep apart what comes in from Slack, though it stands in one place: the sales desk's
events, and those of visitors. Pure.

Each side names its events in its own way, deals with its own only, and has its own order among them.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.identity import event_id_of
from bot.slack.listening import (
    AppMention,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    SlackEvent,
)

OF_VISITORS = "visitor:"
"""How the names of visitors' events begin."""
_IN_A_THREAD = MessagePosted | MessageChanged | MessageDeleted | AppMention | ReactionAdded


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One side's way."""

    event_id: Callable[[Mapping[str, Any], SlackEvent | None], str]
    """An event's name: the same however often it comes in."""
    queue: Callable[[SlackEvent], Hashable]
    """Events with the same key are dealt with one after the other."""
    is_ours: Callable[[str], bool]
    """Whether an event of this name is this side's."""


def thread_of(event: SlackEvent) -> Hashable:
    """The thread a message belongs to; everything else stands for itself."""
    if not isinstance(event, _IN_A_THREAD):
        return event.event_id
    thread_ts = "" if isinstance(event, ReactionAdded) else event.thread_ts
    return (event.channel, thread_ts or event.ts)


def person_of(event: SlackEvent) -> Hashable:
    """Who did it: what one visitor does, wherever, is dealt with in its order."""
    return event.user or event.event_id


def is_of_visitors(event_id: str) -> bool:
    """Whether an event of this name was kept for the visitors' side."""
    return event_id.startswith(OF_VISITORS)


def _of_desk(body: Mapping[str, Any], event: SlackEvent | None) -> str:
    return event_id_of(body)


def _of_visitor(body: Mapping[str, Any], event: SlackEvent | None) -> str:
    """A message that mentions the bot comes in twice, with names of its own; its place tells that it is the same."""
    if isinstance(event, MessagePosted | AppMention):
        return f"{OF_VISITORS}{event.channel}:{event.ts}"
    return f"{OF_VISITORS}{event_id_of(body)}"


DESK = Filing(event_id=_of_desk, queue=thread_of, is_ours=lambda event_id: not is_of_visitors(event_id))
"""The sales desk's."""
VISITORS = Filing(event_id=_of_visitor, queue=person_of, is_ours=is_of_visitors)
"""The visitors'."""
