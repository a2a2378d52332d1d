"""What comes in and needs nobody's attention: it is acknowledged and neither stored nor dealt with. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.slack.inputs import mapping, sequence, text

_NOTICES = frozenset(
    {
        "assistant_app_thread", "bot_add", "bot_remove", "channel_archive", "channel_canvas_updated",
        "channel_convert_to_private", "channel_convert_to_public", "channel_join", "channel_leave", "channel_name",
        "channel_posting_permissions", "channel_purpose", "channel_topic", "channel_unarchive", "document_mention",
        "ekm_access_denied", "file_comment", "file_mention", "group_archive", "group_join", "group_leave",
        "group_name", "group_purpose", "group_topic", "group_unarchive", "huddle_thread", "joiner_notification",
        "message_replied", "pinned_item", "reminder_add", "reply_broadcast", "sh_room_created", "tombstone",
        "unpinned_item",
    }
)  # fmt: skip
"""Subtypes of messages that nobody wrote: https://docs.slack.dev/reference/events/message#subtypes."""


def needs_nobody(body: Mapping[str, Any]) -> bool:
    """Whether it is a message of a bot, ours or another's, something we did ourselves, or a notice of Slack's."""
    if body.get("type") != "event_callback":
        return False
    event = mapping(body.get("event"))
    match event.get("type"):
        case "message":
            return text(event.get("subtype")) in _NOTICES or _is_by_bot(event) or _is_ours(body, event)
        case "app_mention":
            return _is_by_bot(event) or _is_ours(body, event)
        case "reaction_added":
            return _is_ours(body, event)
        case _:
            return False


def alarm(body: Mapping[str, Any]) -> str | None:
    """What the operator must hear of: Slack holds events back, or has locked the app out; None when all is well."""
    kind = body.get("type")
    if kind == "event_callback":
        kind = mapping(body.get("event")).get("type")
    match kind:
        case "app_rate_limited":
            return "Slack holds back events, as more than 30,000 came in an hour; those of that minute are lost"
        case "app_uninstalled":
            return "the app was removed from the workspace; install it again and renew [slack] bot_token"
        case "tokens_revoked":
            return "a token was revoked; if it was the bot's, install the app again and renew [slack] bot_token"
        case _:
            return None


def _is_by_bot(event: Mapping[str, Any]) -> bool:
    messages = [event, mapping(event.get("message")), mapping(event.get("previous_message"))]
    return any(one.get("bot_id") or one.get("subtype") == "bot_message" for one in messages)


def _is_ours(body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether our bot did it, by whose right Slack shows us the event."""
    rights = [mapping(one) for one in sequence(body.get("authorizations"))]
    ours = {text(one.get("user_id")) for one in rights if one.get("is_bot") is True} - {""}
    messages = [event, mapping(event.get("message")), mapping(event.get("previous_message"))]
    return any(text(one.get("user")) in ours for one in messages)
