"""The updates that wait for the bot: kept for 24 hours, confirmed by a higher offset.

https://core.telegram.org/bots/api#getting-updates
"""

from collections import deque
from dataclasses import dataclass

from tests.telegram.chats import Json

KEPT_SECONDS = 24 * 3600.0

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
)  # fmt: skip
NOT_UNLESS_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Update:
    """One update, and the chat or user whose updates come in order."""

    id: int
    body: Json
    """As the bot gets it."""
    source: int
    at: float

    @property
    def kind(self) -> str:
        """What has happened."""
        return next((one for one in self.body if one != "update_id"), "")

    def __repr__(self) -> str:
        return f"<Update {self.id} {self.kind}>"


class Updates:
    """What waits for the bot, oldest first."""

    def __init__(self) -> None:
        self.next_id = 100_000_001
        self.waiting: deque[Update] = deque()
        self.sent: list[Update] = []
        """All that ever were, also those the bot has confirmed."""
        self.allowed: set[str] | None = None
        """What the bot asked for; None: all but those one must ask for."""

    def wants(self, kind: str) -> bool:
        """Whether the bot is told of this kind."""
        return kind not in NOT_UNLESS_ASKED if self.allowed is None else kind in self.allowed

    def allow(self, kinds: list[str]) -> None:
        """What ``allowed_updates`` says; an empty list is the default, unknown names are passed over."""
        self.allowed = {one for one in kinds if one in KINDS} or None

    def add(self, content: Json, source: int, now: float, update_id: int | None = None) -> Update:
        """Put an update at the end."""
        number = self.next_id if update_id is None else update_id
        self.next_id = max(self.next_id, number + 1)
        update = Update(id=number, body={"update_id": number, **content}, source=source, at=now)
        self.waiting.append(update)
        self.sent.append(update)
        return update

    def forget_old(self, now: float) -> None:
        """What nobody fetched for a day is gone."""
        self.waiting = deque(one for one in self.waiting if now - one.at <= KEPT_SECONDS)

    def confirm(self, offset: int) -> None:
        """What comes before ``offset`` is done; a negative one keeps so many from the end."""
        if offset < 0:
            self.waiting = deque(list(self.waiting)[offset:])
        elif offset > 0:
            self.waiting = deque(one for one in self.waiting if one.id >= offset)

    def first(self, limit: int) -> list[Update]:
        """The oldest that wait."""
        return list(self.waiting)[:limit]

    def drop(self, update: Update) -> None:
        """One is done."""
        if update in self.waiting:
            self.waiting.remove(update)

    def clear(self) -> None:
        """None waits any more."""
        self.waiting.clear()
