"""What the app is told, as Slack words it: events, clicks, forms, commands.

Shapes: https://docs.slack.dev/reference/events and https://docs.slack.dev/reference/interaction-payloads
"""

import copy
import html
import re
import time
from typing import Any

from tests.slack.core import Core, View
from tests.slack.workspace import APP_ID, BOT_ID, BOT_USER, TEAM_ID, Channel, Json, Message, Person

VERIFICATION_TOKEN = "verification-token-of-old"
TEAM: Json = {"id": TEAM_ID, "domain": "handraiser-tests"}


def event_callback(core: Core, event: Json) -> Json:
    """The envelope of one event."""
    number = core.workspace.number()
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{number:032x}",
    }


def subscription(event: Json, channel: Channel) -> str:
    """The name by which an app subscribes to this event."""
    if event["type"] != "message":
        return str(event["type"])
    return {"channel": "message.channels", "group": "message.groups", "im": "message.im"}[channel.kind]


def _in_channel(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "event_ts": ts, "channel_type": channel.event_kind}


def message_event(message: Message) -> Json:
    """A new message."""
    event = message.payload() | _in_channel(message.channel, message.ts)
    if message.is_reply and message.broadcast:
        root = message.channel.message(message.root_ts)
        event["root"] = root.payload() if root is not None else {}
    return event


def changed_event(core: Core, message: Message, before: Json) -> Json:
    """A message that is not what it was."""
    ts = core.workspace.ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "ts": ts,
        "message": message.payload(),
        "previous_message": before,
        **_in_channel(message.channel, ts),
    }


def deleted_event(core: Core, message: Message, before: Json) -> Json:
    """A message that is gone."""
    ts = core.workspace.ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "ts": ts,
        "deleted_ts": message.ts,
        "previous_message": before,
        **_in_channel(message.channel, ts),
    }


def person(who: Person) -> Json:
    """Whoever acts, as interactions name them."""
    return {"id": who.id, "username": who.name, "name": who.name, "team_id": TEAM_ID}


def _interaction(core: Core, kind: str, who: Person, trigger_id: str) -> Json:
    return {
        "type": kind,
        "user": person(who),
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "trigger_id": trigger_id,
        "team": copy.deepcopy(TEAM),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_click(
    core: Core, who: Person, message: Message, seen: Json, action: Json, state: Json, response_url: str
) -> Json:
    """A click on a message; ``seen`` is the message as it was on that person's screen."""
    ephemeral = message.only_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    name = {"channel": message.channel.name, "group": "privategroup", "im": "directmessage"}[message.channel.kind]
    payload = _interaction(core, "block_actions", who, core.new_trigger(who.id)) | {
        "container": container,
        "channel": {"id": message.channel.id, "name": name},
        "state": {"values": state},
        "response_url": response_url,
        "actions": [action],
    }
    if not ephemeral:
        payload["message"] = seen
    return payload


def view_shown(view: View) -> Json:
    """A view as Slack gives it back."""
    body = copy.deepcopy(view.body)
    shown: Json = {
        "id": view.id,
        "team_id": TEAM_ID,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "state": {"values": copy.deepcopy(view.values)},
        "hash": view.hash,
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "submit_disabled": False,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
    }
    return shown | body


def view_click(core: Core, who: Person, view: View, action: Json) -> Json:
    """A click in a modal or in somebody's home."""
    return _interaction(core, "block_actions", who, core.new_trigger(who.id, view)) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_shown(view),
        "actions": [action],
    }


def submission(core: Core, who: Person, view: View) -> Json:
    """A modal that was filled in and sent off."""
    return _interaction(core, "view_submission", who, core.new_trigger(who.id, view)) | {
        "view": view_shown(view),
        "response_urls": [],
    }


def closing(core: Core, who: Person, view: View, *, all_of_them: bool) -> Json:
    """A modal that was closed without being sent off."""
    payload = _interaction(core, "view_closed", who, "")
    del payload["trigger_id"]
    return payload | {"view": view_shown(view), "is_cleared": all_of_them, "response_urls": []}


def typing(core: Core, who: Person, view: View, element: Json, block_id: str, typed: str) -> Json:
    """What was typed into a menu whose options the app must give."""
    payload = _interaction(core, "block_suggestion", who, "")
    del payload["trigger_id"]
    return payload | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_shown(view),
        "action_id": element["action_id"],
        "block_id": block_id,
        "value": typed,
    }


def command(core: Core, who: Person, channel: Channel, name: str, text: str, response_url: str) -> Json:
    """A slash command."""
    shown: dict[str, Any] = {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM["domain"],
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": who.id,
        "user_name": who.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": core.new_trigger(who.id),
    }
    return shown


def typed_block(core: Core, text: str) -> Json:
    """What Slack's composer makes of a typed text: rich text in one section."""
    parts: list[Json] = []
    for part in re.split(r"(<[^<>]+>)", text):
        if part.startswith("<@"):
            parts.append({"type": "user", "user_id": part[2:-1].partition("|")[0]})
        elif part.startswith("<!"):
            parts.append({"type": "broadcast", "range": part[2:-1].partition("|")[0]})
        elif part.startswith("<"):
            target, _, label = part[1:-1].partition("|")
            parts.append({"type": "link", "url": target} | ({"text": label} if label else {}))
        elif part:
            parts.append({"type": "text", "text": html.unescape(part)})
    section: Json = {"type": "rich_text_section", "elements": parts}
    return {"type": "rich_text", "block_id": f"r{core.workspace.number():04x}", "elements": [section]}
