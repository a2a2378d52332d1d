"""What comes in from Slack, as frozen values, and who hears it.

Ids are Slack's own: users ``U012AB3CD``, channels ``C024BE91L``, messages by channel and ``ts``
(``1503435956.000247``). Texts are as Slack sends them: ``&amp;``, ``&lt;`` and ``&gt;`` escaped, mentions as
``<@U012AB3CD>``. What is missing in a payload is "".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Value = str | tuple[str, ...] | None
"""What one input holds: a text, the value of the chosen option, an ISO date, ids of users; None when it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackFile:
    """A file in a message."""

    id: str
    name: str
    mimetype: str = ""
    size: int = 0
    """Bytes."""
    permalink: str = ""
    """Its page, for members of the workspace."""
    permalink_public: str = ""
    """Its page for everybody, once it was shared publicly."""
    url_private: str = ""
    """Its bytes, for a token with ``files:read``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackView:
    """A modal or a home tab, and what was filled in."""

    id: str
    type: str = "modal"
    callback_id: str = ""
    private_metadata: str = ""
    hash: str = ""
    external_id: str = ""
    root_view_id: str = ""
    inputs: tuple[str, ...] = ()
    """Blocks that hold an input, in order: where errors can be shown."""
    values: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """By block and action."""

    def value(self, block_id: str, action_id: str | None = None) -> Value:
        """What an input holds; without ``action_id`` that of the block's only input."""
        return _value(self.values, block_id, action_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """What all events have."""

    event_id: str
    """Recognises a repeat: the same however often Slack sends it."""
    user: str
    """Who did it; "" when Slack does not say."""
    user_name: str = ""
    """Their handle, where Slack tells it."""
    team: str = ""
    late: bool = False
    """Whether it is dealt with after a restart or a failure: its ``trigger_id`` opens nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockAction(_Event):
    """A button was pressed, an option chosen: in a message, a modal or the home tab."""

    action_id: str
    block_id: str = ""
    type: str = "button"
    value: str = ""
    """The button's value, the chosen option's, the picked date or time, the user or channel."""
    chosen: tuple[str, ...] = ()
    """All of them where several can be chosen."""
    trigger_id: str = ""
    """Opens a modal, once, within 3 seconds."""
    response_url: str = ""
    """Answers to the message within 30 minutes, 5 times at most; see ``SlackClient.respond``."""
    channel: str = ""
    message_ts: str = ""
    """Of the message it is in; "" in a modal or the home tab."""
    thread_ts: str = ""
    """Of the thread that message is in; "" when it is in none."""
    is_ephemeral: bool = False
    view: SlackView | None = None
    """The modal or home tab it is in."""
    values: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """What the message's inputs hold, by block and action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSubmission(_Event):
    """A modal was sent. The answer (``Ack``) decides whether it closes."""

    view: SlackView
    trigger_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewClosed(_Event):
    """A modal was closed without sending it; only where it was opened with ``notify_on_close``."""

    view: SlackView
    is_cleared: bool = False
    """Whether the whole stack of modals was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(_Event):
    """Somebody wrote. Our own messages and other bots' never come in.

    A message that mentions the bot comes in twice, also as ``AppMention``, with the same channel and ``ts``.
    """

    channel: str
    ts: str
    thread_ts: str = ""
    """Of the thread's first message; "" outside of threads."""
    channel_type: str = ""
    """``channel``, ``group``, ``im`` or ``mpim``."""
    text: str = ""
    files: tuple[SlackFile, ...] = ()
    client_msg_id: str = ""
    is_broadcast: bool = False
    """Whether a reply in a thread was shown in the channel, too."""
    bot_id: str = ""
    """"" for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageChanged(_Event):
    """Somebody edited a message of theirs, or Slack changed it (a preview was added: ``text`` is ``text_before``)."""

    channel: str
    ts: str
    """Of the message, not of the change."""
    thread_ts: str = ""
    channel_type: str = ""
    text: str = ""
    text_before: str = ""
    files: tuple[SlackFile, ...] = ()
    client_msg_id: str = ""
    bot_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(_Event):
    """A message was deleted. ``user`` is who wrote it."""

    channel: str
    ts: str
    """Of the message that is gone."""
    thread_ts: str = ""
    channel_type: str = ""
    text_before: str = ""
    bot_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppMention(_Event):
    """Somebody mentioned the bot; see ``MessagePosted``."""

    channel: str
    ts: str
    thread_ts: str = ""
    text: str = ""
    """With the mention in it."""
    files: tuple[SlackFile, ...] = ()
    client_msg_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppHomeOpened(_Event):
    """Somebody opened the bot's page."""

    tab: str = "home"
    """``home`` or ``messages``."""
    channel: str = ""
    view: SlackView | None = None
    """The home tab as it was published last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand(_Event):
    """``/handraiser ada``. The answer (``Ack.text``) is shown to that person alone."""

    command: str
    text: str = ""
    channel: str = ""
    trigger_id: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded(_Event):
    """Somebody reacted to a message. Our own reactions never come in."""

    reaction: str
    """Name without colons."""
    channel: str
    ts: str
    item_user: str = ""
    """Who wrote the message."""


SlackEvent = (
    BlockAction
    | ViewSubmission
    | ViewClosed
    | MessagePosted
    | MessageChanged
    | MessageDeleted
    | AppMention
    | AppHomeOpened
    | SlashCommand
    | ReactionAdded
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The answer to a ``ViewSubmission`` or a ``SlashCommand``; of no use for the others.

    An empty one closes the modal, and says nothing to a command.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    """Messages by block of the modal, which stays open."""
    update: Mapping[str, Any] | None = None
    """A view in place of the modal."""
    push: Mapping[str, Any] | None = None
    """A view on top of the modal."""
    clear: bool = False
    """Whether every modal of the stack closes."""
    text: str = ""
    """What the one who gave the command reads, as mrkdwn."""
    blocks: tuple[Mapping[str, Any], ...] = ()


class SlackListener(Protocol):
    """Who deals with what comes in."""

    async def hear(self, event: SlackEvent) -> Ack | None:
        """Deal with it. It stands on disk already, and is brought again, a few times, when this raises anything.

        Messages of one thread come one after the other, everything else as it comes in. ``ViewSubmission`` and
        ``SlashCommand`` are answered by what this returns and so have 2.5 seconds; when one of them raises, the person
        is asked to try again, and it is not brought again. ``TryLater`` and ``Undeliverable`` are Slack's failures,
        not ours: after ``TryLater`` everything is brought again, after ``Undeliverable`` nothing is.
        """
        ...


def _value(values: Mapping[str, Mapping[str, Value]], block_id: str, action_id: str | None) -> Value:
    block = values.get(block_id, {})
    if action_id is None:
        return next(iter(block.values()), None)
    return block.get(action_id)
