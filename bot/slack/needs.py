"""What the app needs at Slack: scopes for what we call, events that we listen to. The manifest names the same.

https://docs.slack.dev/reference/scopes, https://docs.slack.dev/reference/methods.
"""

from collections.abc import Mapping

METHODS: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # The app-level token's own scope: connections:write.
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.list": ("channels:read", "groups:read"),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}
"""Every method that we call, with its scopes."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "tokens_revoked": (),
}
"""Every event that we subscribe to, with its scopes."""

COMMAND = "/handraiser"
COMMAND_SCOPE = "commands"

BOT_SCOPES = frozenset(
    {scope for scopes in (*METHODS.values(), *EVENTS.values()) for scope in scopes} | {COMMAND_SCOPE}
)
"""What the bot token must be allowed."""
FILES_SCOPE = "files:read"
"""What the bot token must be allowed, too, where files that visitors send are to be kept."""
APP_SCOPES = frozenset({"connections:write"})
"""What the app-level token must be allowed, for Socket Mode."""
