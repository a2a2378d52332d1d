"""Who hears what, where one workspace holds both sales and visitors: everything that comes in is the sales desk's, a
visitor's, or nobody's. Pure.

1. Colleagues (the team file's people, and who is in the channel for leads) are never visitors, wherever they write.
2. What a visitor does is never taken for a colleague's act: not in direct messages, not in their channels, not by a
   command, not in the app's home. Only where colleagues work with leads is anybody a colleague, as ever.
3. Of what people write to each other in visitors' channels, the house keeps what is for the bot; no word of the rest.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import assert_never

from bot.slack.listening import (
    AppHomeOpened,
    AppMention,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    SlackEvent,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)

VISITORS_BUTTON = "visitor"
"""What the ``action_id`` of everything begins with that visitors press or choose: ``visitor:3``."""


class Side(Enum):
    """Who hears something."""

    DESK = "desk"
    VISITORS = "visitors"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Who is who, and where who is, by ids of Slack's."""

    colleagues: frozenset[str] = field(default=frozenset())
    leads: str = ""
    """The channel for leads; "" where none is named or found."""
    visitor_channels: frozenset[str] = field(default=frozenset())


def side_of(event: SlackEvent, grounds: Grounds) -> Side:
    """Whose an event is."""
    match event:
        case BlockAction():
            return _of_action(event, grounds)
        case MessagePosted() | MessageChanged() | MessageDeleted():
            return _of_message(event, grounds)
        case AppMention():
            return _of_mention(event, grounds)
        case SlashCommand():
            return Side.DESK if event.user in grounds.colleagues else Side.VISITORS
        case AppHomeOpened():
            if event.user in grounds.colleagues:
                return Side.DESK
            return Side.VISITORS if event.tab == "home" else Side.NOBODY
        case ReactionAdded():
            among_visitors = event.channel in grounds.visitor_channels or (
                is_direct(event) and event.user not in grounds.colleagues
            )
            return Side.NOBODY if among_visitors else Side.DESK
        case ViewSubmission() | ViewClosed():
            return Side.DESK  # Only colleagues are shown forms.
        case _:
            assert_never(event)


Placed = MessagePosted | MessageChanged | MessageDeleted | AppMention | BlockAction | SlashCommand | ReactionAdded


def is_direct(event: Placed) -> bool:
    """Whether it happened in the direct messages between somebody and the bot."""
    return getattr(event, "channel_type", "") == "im" or event.channel.startswith("D")


def is_visitors_button(action_id: str) -> bool:
    """Whether a button or menu was shown to a visitor."""
    return action_id.partition(":")[0] == VISITORS_BUTTON


def _of_action(event: BlockAction, grounds: Grounds) -> Side:
    is_colleague = event.user in grounds.colleagues
    if is_visitors_button(event.action_id):
        return Side.NOBODY if is_colleague or not event.user else Side.VISITORS
    if is_colleague:
        return Side.DESK
    at_home = event.view is not None and event.view.type == "home"
    among_visitors = is_direct(event) or event.channel in grounds.visitor_channels
    return Side.NOBODY if at_home or among_visitors else Side.DESK


def _of_message(event: MessagePosted | MessageChanged | MessageDeleted, grounds: Grounds) -> Side:
    among_visitors = event.channel in grounds.visitor_channels
    if not among_visitors and not is_direct(event):
        return Side.DESK
    if event.user in grounds.colleagues:
        return Side.NOBODY if among_visitors else Side.DESK
    if not event.user or isinstance(event, MessageDeleted):
        return Side.NOBODY
    if isinstance(event, MessageChanged):
        return Side.NOBODY if event.text == event.text_before else Side.VISITORS  # Slack added a preview.
    is_for_us = is_direct(event) or bool(event.thread_ts)  # What is said to the bot outside of threads mentions it.
    return Side.VISITORS if is_for_us else Side.NOBODY


def _of_mention(event: AppMention, grounds: Grounds) -> Side:
    if event.user in grounds.colleagues:
        # In a visitor's thread colleagues talk with people, not with the desk.
        return Side.NOBODY if event.channel in grounds.visitor_channels and event.thread_ts else Side.DESK
    if not event.user:
        return Side.NOBODY
    if event.channel in grounds.visitor_channels or is_direct(event):
        return Side.VISITORS
    # In a thread it may be about a lead; elsewhere a stranger is told where the bot talks with people.
    return Side.DESK if event.thread_ts or event.channel == grounds.leads else Side.VISITORS
