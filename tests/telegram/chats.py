"""Users, chats and messages, and how the Bot API writes them.

https://core.telegram.org/bots/api#available-types
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.telegram.files import StoredFile

Json = dict[str, Any]
Kind = Literal["private", "group", "supergroup", "channel"]


@dataclass(eq=False, kw_only=True)
class User:
    """Somebody with an account, or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    phone_number: str | None = None
    is_bot: bool = False
    met: bool = False
    """Whether this person ever started the bot: only then may it write first."""
    blocks: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return " ".join(one for one in (self.first_name, self.last_name) if one)

    def payload(self) -> Json:
        """A ``User``."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": None if self.is_bot else self.language_code,
        }
        given = {key: value for key, value in optional.items() if value is not None}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **given}


@dataclass(eq=False, kw_only=True)
class Chat:
    """A private chat, a group, a supergroup or a channel."""

    id: int
    kind: Kind
    title: str = ""
    username: str | None = None
    person: User | None = None
    """The other one in a private chat."""
    members: set[int] = field(default_factory=set)
    bot: Literal["member", "administrator", "left", "kicked"] = "left"
    """What the bot is in a group or channel."""
    migrated_to: "Chat | None" = None
    deleted: bool = False
    keyboard: Json | None = None
    """The reply keyboard that is shown below."""
    log: list["Message"] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Chat {self.kind} {self.id}>"

    def payload(self) -> Json:
        """A ``Chat``."""
        if self.person is not None:
            names = {"first_name": self.person.first_name, "last_name": self.person.last_name}
            names["username"] = self.person.username
            given = {key: value for key, value in names.items() if value is not None}
            return {"id": self.id, "type": "private", **given}
        named = {"username": self.username} if self.username else {}
        return {"id": self.id, "type": self.kind, "title": self.title, **named}

    def message(self, number: int) -> "Message | None":
        """The message of this id, if it stands here still."""
        return next((one for one in self.log if one.id == number and not one.deleted), None)


@dataclass(eq=False, kw_only=True)
class Message:
    """One message; ``content`` is what makes it a text, a document, a contact …"""

    chat: Chat
    id: int
    date: int
    author: User | None
    """None for what a channel says."""
    content: Json
    markup: Json | None = None
    """The inline keyboard under it."""
    sent_markup: Json | None = None
    """Whatever ``reply_markup`` the bot sent with it."""
    reply_to: "Message | None" = None
    edit_date: int | None = None
    deleted: bool = False
    file: "StoredFile | None" = None
    versions: list[Json] = field(default_factory=list)
    """What it was before each change, as payloads."""
    heard: bool = False
    """Whether it was said where the bot hears it; changes of it are then heard, too."""
    update_id: int | None = None
    """Of the update by which the bot hears of it; None where it does not."""

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.text!r}>"

    @property
    def text(self) -> str:
        """Its text or caption, as a reader reads it."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """How it is formatted."""
        found: list[Json] = self.content.get("entities") or self.content.get("caption_entities") or []
        return found

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the buttons under it, row by row."""
        return [[one["text"] for one in row] for row in (self.markup or {}).get("inline_keyboard", [])]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons under it."""
        return [label for row in self.buttons for label in row]

    def payload(self, *, replies: bool = True) -> Json:
        """A ``Message``."""
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.payload()}
        if self.author is not None:
            body["from"] = self.author.payload()
        else:
            body["sender_chat"] = self.chat.payload()
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if replies and self.reply_to is not None:
            body["reply_to_message"] = self.reply_to.payload(replies=False)
        if self.markup is not None:
            body["reply_markup"] = self.markup
        return {**body, **self.content}

    def keep_version(self) -> None:
        """Remember what it is before it changes."""
        self.versions.append(self.payload())
