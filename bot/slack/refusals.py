"""What Slack's refusals mean: worth another try, something for a person to put right, or a mistake of ours. Pure.

Codes: the tables of errors at https://docs.slack.dev/reference/methods for every method that we call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.desk.contract import TryLater, Undeliverable

PASSING = frozenset(
    {
        "ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org", "request_timeout",
        "service_unavailable", "internal_error", "fatal_error", "external_channel_migrating", "team_access_migrating",
        "failed_sending_message", "timeout",
    }
)  # fmt: skip
"""Passes by itself."""
CHANNEL_GONE = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "is_inactive", "channel_is_limited_access",
        "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel", "posting_to_general_channel_denied", "user_not_found",
        "cannot_dm_bot", "user_disabled", "not_allowed",
    }
)  # fmt: skip
"""It cannot be said there; perhaps elsewhere."""
POST_GONE = frozenset(
    {"message_not_found", "thread_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"}
)
"""The message cannot be changed or answered any more."""
TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"})
"""The modal cannot be opened any more; the person has to press again."""
LOCKED_OUT = frozenset(
    {
        "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "no_permission",
        "missing_scope", "not_allowed_token_type", "org_login_required", "ekm_access_denied", "access_denied",
        "team_access_not_granted", "enterprise_is_restricted", "two_factor_setup_required", "user_removed_from_team",
        "team_not_found", "invalid_app_token",
    }
)  # fmt: skip
"""Nothing will work before the operator does something."""

_CURES: Mapping[str, str] = {
    # The token.
    "invalid_auth": "Slack does not know {token}; copy it again from the Slack app",
    "not_authed": "Slack was given no token; set {token}",
    "token_revoked": "{token} was revoked; install the app again (OAuth & Permissions) and set the new one",
    "token_expired": "{token} has expired; switch token rotation off for the app and set a new one",
    "account_inactive": "{token} belongs to an app or person that was removed; install the app again and renew it",
    "user_removed_from_team": "the bot was removed from the workspace; install the app again and set the new token",
    "no_permission": "the bot may not do this in the workspace; an administrator of it has to allow the app",
    "missing_scope": "the app lacks the scope {needed}; add it (OAuth & Permissions, Scopes), then reinstall the app",
    "not_allowed_token_type": "{token} is of the wrong kind; bot_token begins with xoxb-, app_token with xapp-",
    "invalid_app_token": "Slack does not know {token}; make an app-level token with connections:write and set it",
    "org_login_required": "the workspace is being moved into an Enterprise organisation; wait until that is done",
    "ekm_access_denied": "administrators have suspended posting in this workspace (Enterprise Key Management)",
    "access_denied": "the workspace keeps the app from this; ask its administrators to allow it",
    "team_access_not_granted": "the app was not given this workspace; ask an administrator of the organisation",
    "enterprise_is_restricted": "the organisation keeps the app from this; ask its administrators to allow it",
    "two_factor_setup_required": "the workspace wants two-factor authentication to be set up first",
    "team_not_found": "Slack does not know the workspace; install the app again and set the new token",
    "upgrade_required": "Slack does not accept this way of calling any more; update Handraiser",
    # The channel.
    "channel_not_found": "there is no channel {channel}, or it is private and the bot is not in it: correct the name, "
    "or type /invite @{bot} in it",
    "not_in_channel": "the bot is not in {channel}: type /invite @{bot} in it",
    "is_archived": "{channel} is archived: unarchive it, or name another channel",
    "is_inactive": "{channel} is archived: unarchive it, or name another channel",
    "channel_is_limited_access": "{channel} admits certain people only: allow the app there, or name another channel",
    "restricted_action": "an administrator has limited who may do this in {channel}: allow the app, or name another",
    "restricted_action_read_only_channel": "{channel} is read-only: allow the app to post, or name another channel",
    "restricted_action_thread_only_channel": "{channel} allows replies in threads only: name another channel",
    "restricted_action_non_threadable_channel": "{channel} allows no threads: name another channel",
    "posting_to_general_channel_denied": "{channel} is for administrators only: allow the app, or name another",
    "method_not_supported_for_channel_type": "this cannot be done in {channel}: name a public or private channel",
    "cannot_dm_bot": "that user is a bot: correct who it is in the team file",
    "user_not_found": "Slack knows no such person: correct their id in the team file",
    "users_not_found": "nobody in the workspace has this e-mail address",
    "user_not_visible": "the bot may not see that person: correct their id in the team file",
    "user_not_in_channel": "that person is not in {channel}",
    "user_disabled": "that person's account was deactivated: take them out of the team file",
    "user_is_bot": "a bot cannot do this",
    "user_is_restricted": "a guest cannot do this",
    "user_is_ultra_restricted": "a single-channel guest cannot do this",
    "messages_tab_disabled": "direct messages to the app are off; switch them on (App Home, Show Tabs, Messages Tab)",
    "not_allowed": "this is not allowed in {channel}",
    # Messages.
    "message_not_found": "the message is not there any more",
    "thread_not_found": "the thread is not there any more",
    "cant_update_message": "the message is not ours, or cannot be changed any more",
    "cant_delete_message": "the message is not ours, or cannot be deleted any more",
    "edit_window_closed": "the workspace does not allow messages this old to be changed",
    "compliance_exports_prevent_deletion": "the workspace keeps every message, nothing can be deleted",
    "cannot_reply_to_message": "that message cannot be answered in a thread",
    "already_reacted": "the reaction is there already",
    "no_reaction": "the reaction is not there any more",
    "too_many_emoji": "the message has as many reactions as it can have",
    "too_many_reactions": "the message has as many reactions as a person may add",
    # Modals and the home tab.
    "expired_trigger_id": "the form was opened too late, Slack allows 3 seconds; press again",
    "trigger_expired": "the form was opened too late, Slack allows 3 seconds; press again",
    "exchanged_trigger_id": "the form was opened already; press again",
    "trigger_exchanged": "the form was opened already; press again",
    "hash_conflict": "the view was changed meanwhile",
    "push_limit_reached": "three forms lie on top of each other already; close one",
    "not_found": "the form is closed already",
    "not_enabled": "the app's home tab is off; switch it on (App Home, Show Tabs)",
    # Socket Mode.
    "too_many_websockets": "ten connections are open already; stop the other servers that use this app",
    "socket_mode_not_enabled": "Socket Mode is off for the app; switch it on (Socket Mode)",
    "slack_connect_file_link_sharing_blocked": "files cannot be shared with the other organisation in {channel}",
}
_TOKENS_OF = {"apps.connections.open": "[slack] app_token"}


class SlackRefused(Undeliverable):
    """Slack said no, and will say it again. The message says what to do."""

    def __init__(self, message: str, *, method: str, error: str, cure: str = "") -> None:
        super().__init__(message)
        self.cure = cure
        """What to do, alone; "" when only Handraiser itself can be put right."""
        self.method = method
        self.error = error
        """Slack's word for it, such as ``channel_not_found``."""

    @property
    def channel_is_gone(self) -> bool:
        """Whether nothing can be said in that channel or to that person."""
        return self.error in CHANNEL_GONE

    @property
    def post_is_gone(self) -> bool:
        """Whether the message cannot be changed or answered any more."""
        return self.error in POST_GONE

    @property
    def is_too_late(self) -> bool:
        """Whether a form should have been opened sooner."""
        return self.error in TOO_LATE

    @property
    def locks_out(self) -> bool:
        """Whether nothing at all will work before the operator does something."""
        return self.error in LOCKED_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How Slack said no."""

    method: str
    error: str
    channel: str = ""
    """Where it should have been done."""
    needed: str = ""
    """The scope that is missing."""
    details: tuple[str, ...] = field(default=())
    """Slack's own hints (``response_metadata.messages``)."""


def read_refusal(method: str, answer: Mapping[str, Any], channel: str = "") -> Refusal:
    """What an answer with ``ok: false`` says."""
    error, needed, metadata = answer.get("error"), answer.get("needed"), answer.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return Refusal(
        method=method,
        error=error[:100] if isinstance(error, str) and error else "no_reason_given",
        channel=channel,
        needed=needed[:200] if isinstance(needed, str) else "",
        details=tuple(one[:200] for one in messages[:5] if isinstance(one, str)) if isinstance(messages, list) else (),
    )


def judge(refusal: Refusal, *, bot: str = "Handraiser") -> TryLater | SlackRefused:
    """What to make of it. ``bot``: the name by which people invite us."""
    if refusal.error in PASSING:
        return TryLater(f"Slack cannot do {refusal.method} at the moment ({refusal.error})")
    cure = _CURES.get(refusal.error)
    if cure is None:
        hints = f": {'; '.join(refusal.details)}" if refusal.details else ""
        message = f"Slack refused {refusal.method} with {refusal.error}{hints}; this is a mistake of Handraiser's"
        return SlackRefused(message, method=refusal.method, error=refusal.error)
    told = cure.format(
        channel=refusal.channel or "the channel",
        bot=bot,
        needed=refusal.needed or "that this needs",
        token=_TOKENS_OF.get(refusal.method, "[slack] bot_token"),
    )
    return SlackRefused(f"Slack: {told} ({refusal.error})", method=refusal.method, error=refusal.error, cure=told)


def has_cure(error: str) -> bool:
    """Whether it is told what to do about an error, or it passes by itself."""
    return error in PASSING or error in _CURES
