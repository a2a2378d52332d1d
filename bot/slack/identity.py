"""Which event it is: the same name however often, and through whichever door, Slack brings it. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from bot.slack.inputs import mapping, sequence, text

_EVENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")


def event_id_of(body: Mapping[str, Any]) -> str:
    """The event's name.

    Events carry an id. Interactions carry none: they are named by their ``trigger_id``, which Slack makes anew for
    every press, or else by who did what when. What has neither is named by all that it says.
    """
    event_id = text(body.get("event_id"))
    if _EVENT_ID.fullmatch(event_id):
        return event_id
    match body.get("type"):
        case "block_actions" | "view_submission" | "view_closed" | None if parts := _parts(body):
            return _digest(parts)
        case _:
            return _digest([body])


def _parts(body: Mapping[str, Any]) -> list[Any]:
    kind, user = text(body.get("type")), text(mapping(body.get("user")).get("id")) or text(body.get("user_id"))
    view = mapping(body.get("view"))
    if trigger := text(body.get("trigger_id")):
        return [kind, user, trigger, mapping(view.get("state"))]
    actions = [mapping(one) for one in sequence(body.get("actions"))]
    if any(text(one.get("action_ts")) for one in actions):
        return [kind, user, *([one.get("action_ts"), one.get("block_id"), one.get("action_id")] for one in actions)]
    return []


def _digest(parts: list[Any]) -> str:
    told = json.dumps(parts, sort_keys=True, default=str, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"
