"""Payloads of our own making, shaped as Slack documents them."""

import itertools
from typing import Any

_numbers = itertools.count(1)
BOT_USER = "UBOT00001"


def callback(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event of the Events API."""
    return {
        "token": "deprecated-token",
        "team_id": "T0001",
        "api_app_id": "A0001",
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers):08}",
        "event_time": 1790000000,
        "authorizations": [{"team_id": "T0001", "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}],
        "event": event,
    } | more


def message(text: str = "! Hello", **more: Any) -> dict[str, Any]:
    """Somebody wrote in a thread."""
    event = {
        "type": "message",
        "channel": "C0001",
        "channel_type": "channel",
        "user": "U0001",
        "text": text,
        "ts": f"1790000000.{next(_numbers):06}",
        "thread_ts": "1789999999.000100",
        "client_msg_id": f"msg-{next(_numbers)}",
    }
    return callback(event | more)


def pressed(action_id: str = "claim", **more: Any) -> dict[str, Any]:
    """Somebody pressed a button of a message."""
    number = next(_numbers)
    return {
        "type": "block_actions",
        "token": "deprecated-token",
        "user": {"id": "U0001", "username": "anna", "name": "anna", "team_id": "T0001"},
        "team": {"id": "T0001", "domain": "acme"},
        "container": {"type": "message", "message_ts": "1789999999.000100", "channel_id": "C0001"},
        "channel": {"id": "C0001", "name": "sales"},
        "message": {"type": "message", "ts": "1789999999.000100", "text": "A lead"},
        "trigger_id": f"{number}.2.3",
        "response_url": f"https://hooks.slack.com/actions/T0001/{number}/x",
        "actions": [
            {"type": "button", "action_id": action_id, "block_id": "b", "value": "7", "action_ts": f"{number}.0"}
        ],
    } | more


def submitted(values: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Somebody sent a form with one input."""
    number = next(_numbers)
    state = values if values is not None else {"words": {"text": {"type": "plain_text_input", "value": "Hello"}}}
    return {
        "type": "view_submission",
        "token": "deprecated-token",
        "user": {"id": "U0001", "username": "anna", "team_id": "T0001"},
        "team": {"id": "T0001", "domain": "acme"},
        "trigger_id": f"{number}.5.6",
        "view": {
            "id": f"V{number}",
            "type": "modal",
            "callback_id": "reply",
            "private_metadata": "7",
            "hash": "1.a",
            "blocks": [
                {"type": "section", "block_id": "intro", "text": {"type": "mrkdwn", "text": "…"}},
                {"type": "input", "block_id": "words", "element": {"type": "plain_text_input", "action_id": "text"}},
            ],
            "state": {"values": state},
        },
    } | more


def commanded(text: str = "ada", **more: Any) -> dict[str, Any]:
    """Somebody gave a command."""
    number = next(_numbers)
    return {
        "token": "deprecated-token",
        "team_id": "T0001",
        "channel_id": "C0001",
        "user_id": "U0001",
        "user_name": "anna",
        "command": "/handraiser",
        "text": text,
        "trigger_id": f"{number}.8.9",
        "response_url": f"https://hooks.slack.com/commands/T0001/{number}/x",
    } | more
