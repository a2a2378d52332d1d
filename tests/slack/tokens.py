"""Who may call the Web API, and for what."""

from dataclasses import dataclass, field
from typing import Literal

BOT_SCOPES = frozenset({
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "files:read",
    "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:read",
    "reactions:write", "team:read", "users:read", "users:read.email",
})  # fmt: skip
"""What the app is granted unless a test says otherwise."""


@dataclass(eq=False, kw_only=True)
class Token:
    """A token and what became of it."""

    value: str
    kind: Literal["bot", "app"]
    scopes: set[str] = field(default_factory=set)
    refused_with: str | None = None
    """``token_revoked``, ``account_inactive``: the error it meets from now on."""


def first_tokens() -> dict[str, Token]:
    """The bot token and the app-level token of a fresh installation."""
    bot = Token(value="xoxb-1111-2222-handraiser", kind="bot", scopes=set(BOT_SCOPES))
    app = Token(value="xapp-1-A0HANDRAISE-1111-handraiser", kind="app", scopes={"connections:write"})
    return {bot.value: bot, app.value: app}
