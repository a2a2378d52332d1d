"""From Slack's payloads to values. Pure; never raises, whatever a payload holds: what is unknown or unreadable is None.

Payloads: https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/interaction-payloads,
https://docs.slack.dev/interactivity/implementing-slash-commands.
"""

from collections.abc import Mapping
from typing import Any

from bot.slack.identity import event_id_of
from bot.slack.inputs import mapping, read_value, read_values, sequence, text
from bot.slack.listening import (
    AppHomeOpened,
    AppMention,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    SlackEvent,
    SlackFile,
    SlackView,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)

Body = Mapping[str, Any]
"""A payload as Slack sends it, parsed."""
_WRITTEN = ("", "file_share", "thread_broadcast", "me_message", "bot_message")
"""Subtypes of messages that somebody wrote."""


def read(body: Body, *, late: bool = False) -> SlackEvent | None:
    """What happened; None when it is nothing we know."""
    match body.get("type"):
        case "event_callback":
            return _read_callback(body, late)
        case "block_actions":
            return read_block_action(body, late=late)
        case "view_submission":
            return read_view_submission(body, late=late)
        case "view_closed":
            return read_view_closed(body, late=late)
        case None if "command" in body:
            return read_slash_command(body, late=late)
        case _:
            return None


def _read_callback(body: Body, late: bool) -> SlackEvent | None:
    match mapping(body.get("event")).get("type"):
        case "message":
            return read_message(body, late=late)
        case "app_mention":
            return read_app_mention(body, late=late)
        case "app_home_opened":
            return read_app_home_opened(body, late=late)
        case "reaction_added":
            return read_reaction_added(body, late=late)
        case _:
            return None


def read_message(body: Body, *, late: bool = False) -> MessagePosted | MessageChanged | MessageDeleted | None:
    """A message event of any subtype; None for what Slack itself puts into a channel ("Anna has joined")."""
    event = mapping(body.get("event"))
    match event.get("subtype"):
        case "message_changed":
            return _read_change(body, event, late)
        case "message_deleted":
            return _read_deletion(body, event, late)
        case subtype if text(subtype) in _WRITTEN and (subtype is None or isinstance(subtype, str)):
            return _read_written(body, event, late)
        case _:
            return None


def _read_written(body: Body, event: Body, late: bool) -> MessagePosted | None:
    channel, ts = text(event.get("channel")), text(event.get("ts"))
    if not channel or not ts:
        return None
    return MessagePosted(
        **_common(body, text(event.get("user")), late),
        channel=channel,
        ts=ts,
        thread_ts=text(event.get("thread_ts")),
        channel_type=text(event.get("channel_type")),
        text=text(event.get("text")),
        files=read_files(event.get("files")),
        client_msg_id=text(event.get("client_msg_id")),
        is_broadcast=event.get("subtype") == "thread_broadcast",
        bot_id=text(event.get("bot_id")),
    )


def _read_change(body: Body, event: Body, late: bool) -> MessageChanged | MessageDeleted | None:
    now, before = mapping(event.get("message")), mapping(event.get("previous_message"))
    channel, ts = text(event.get("channel")), text(now.get("ts")) or text(before.get("ts"))
    if not channel or not ts:
        return None
    if now.get("subtype") == "tombstone":  # The first message of a thread was deleted, the thread is still there.
        return _read_deletion(body, {**event, "deleted_ts": ts}, late)
    return MessageChanged(
        **_common(body, text(now.get("user")) or text(before.get("user")), late),
        channel=channel,
        ts=ts,
        thread_ts=text(now.get("thread_ts")) or text(before.get("thread_ts")),
        channel_type=text(event.get("channel_type")),
        text=text(now.get("text")),
        text_before=text(before.get("text")),
        files=read_files(now.get("files")),
        client_msg_id=text(now.get("client_msg_id")),
        bot_id=text(now.get("bot_id")) or text(before.get("bot_id")),
    )


def _read_deletion(body: Body, event: Body, late: bool) -> MessageDeleted | None:
    before = mapping(event.get("previous_message"))
    channel, ts = text(event.get("channel")), text(event.get("deleted_ts")) or text(before.get("ts"))
    if not channel or not ts:
        return None
    return MessageDeleted(
        **_common(body, text(before.get("user")), late),
        channel=channel,
        ts=ts,
        thread_ts=text(before.get("thread_ts")),
        channel_type=text(event.get("channel_type")),
        text_before=text(before.get("text")),
        bot_id=text(before.get("bot_id")),
    )


def read_app_mention(body: Body, *, late: bool = False) -> AppMention | None:
    """The bot was mentioned."""
    event = mapping(body.get("event"))
    channel, ts = text(event.get("channel")), text(event.get("ts"))
    if not channel or not ts:
        return None
    return AppMention(
        **_common(body, text(event.get("user")), late),
        channel=channel,
        ts=ts,
        thread_ts=text(event.get("thread_ts")),
        text=text(event.get("text")),
        files=read_files(event.get("files")),
        client_msg_id=text(event.get("client_msg_id")),
    )


def read_app_home_opened(body: Body, *, late: bool = False) -> AppHomeOpened | None:
    """The bot's page was opened."""
    event = mapping(body.get("event"))
    user = text(event.get("user"))
    if not user:
        return None
    return AppHomeOpened(
        **_common(body, user, late),
        tab=text(event.get("tab")) or "home",
        channel=text(event.get("channel")),
        view=read_view(event.get("view")),
    )


def read_reaction_added(body: Body, *, late: bool = False) -> ReactionAdded | None:
    """A reaction to a message; None when it is to something else."""
    event = mapping(body.get("event"))
    item = mapping(event.get("item"))
    reaction, channel, ts = text(event.get("reaction")), text(item.get("channel")), text(item.get("ts"))
    if not reaction or not channel or not ts:
        return None
    return ReactionAdded(
        **_common(body, text(event.get("user")), late),
        reaction=reaction,
        channel=channel,
        ts=ts,
        item_user=text(event.get("item_user")),
    )


def read_block_action(body: Body, *, late: bool = False) -> BlockAction | None:
    """A button or a choice. Slack sends one action at a time."""
    action = next(iter(map(mapping, sequence(body.get("actions")))), {})
    action_id = text(action.get("action_id"))
    if not action_id:
        return None
    container, message = mapping(body.get("container")), mapping(body.get("message"))
    value = read_value(action)
    return BlockAction(
        **_common(body, _user(body), late),
        action_id=action_id,
        block_id=text(action.get("block_id")),
        type=text(action.get("type")),
        value=value if isinstance(value, str) else "",
        chosen=value if isinstance(value, tuple) else (),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
        channel=text(container.get("channel_id")) or text(mapping(body.get("channel")).get("id")),
        message_ts=text(container.get("message_ts")) or text(message.get("ts")),
        thread_ts=text(container.get("thread_ts")) or text(message.get("thread_ts")),
        is_ephemeral=container.get("is_ephemeral") is True,
        view=read_view(body.get("view")),
        values=read_values(body.get("state")),
    )


def read_view_submission(body: Body, *, late: bool = False) -> ViewSubmission | None:
    """A modal that was sent."""
    view = read_view(body.get("view"))
    if view is None:
        return None
    return ViewSubmission(**_common(body, _user(body), late), view=view, trigger_id=text(body.get("trigger_id")))


def read_view_closed(body: Body, *, late: bool = False) -> ViewClosed | None:
    """A modal that was closed."""
    view = read_view(body.get("view"))
    if view is None:
        return None
    return ViewClosed(**_common(body, _user(body), late), view=view, is_cleared=body.get("is_cleared") is True)


def read_slash_command(body: Body, *, late: bool = False) -> SlashCommand | None:
    """A command."""
    command, user = text(body.get("command")), text(body.get("user_id"))
    if not command or not user:
        return None
    return SlashCommand(
        **_common(body, user, late),
        command=command,
        text=text(body.get("text")),
        channel=text(body.get("channel_id")),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
    )


def read_view(given: object) -> SlackView | None:
    """A modal or home tab; None when there is none."""
    view = mapping(given)
    if not text(view.get("id")):
        return None
    blocks = [mapping(block) for block in sequence(view.get("blocks"))]
    inputs = [text(block.get("block_id")) for block in blocks if block.get("type") == "input"]
    return SlackView(
        id=text(view.get("id")),
        type=text(view.get("type")),
        callback_id=text(view.get("callback_id")),
        private_metadata=text(view.get("private_metadata")),
        hash=text(view.get("hash")),
        external_id=text(view.get("external_id")),
        root_view_id=text(view.get("root_view_id")),
        inputs=tuple(block_id for block_id in inputs if block_id),
        values=read_values(view.get("state")),
    )


def read_files(given: object) -> tuple[SlackFile, ...]:
    """Files of a message, without those that were deleted or cannot be seen."""
    files = []
    for one in map(mapping, sequence(given)):
        if not text(one.get("id")) or one.get("mode") in ("tombstone", "hidden_by_limit"):
            continue
        size = one.get("size")
        files.append(
            SlackFile(
                id=text(one.get("id")),
                name=text(one.get("name")) or text(one.get("title")),
                mimetype=text(one.get("mimetype")),
                size=size if isinstance(size, int) and not isinstance(size, bool) else 0,
                permalink=text(one.get("permalink")),
                permalink_public=text(one.get("permalink_public")) if one.get("public_url_shared") is True else "",
                url_private=text(one.get("url_private")),
            )
        )
    return tuple(files)


def _common(body: Body, user: str, late: bool) -> dict[str, Any]:
    person = mapping(body.get("user"))
    return {
        "event_id": event_id_of(body),
        "user": user,
        "user_name": text(person.get("username")) or text(person.get("name")) or text(body.get("user_name")),
        "team": text(body.get("team_id")) or text(mapping(body.get("team")).get("id")),
        "late": late,
    }


def _user(body: Body) -> str:
    return text(mapping(body.get("user")).get("id"))
