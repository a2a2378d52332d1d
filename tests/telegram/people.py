"""People: what they do, and what they see of the bot.

What they do is in the bot's queue when the call returns; ``await telegram.heard()`` waits until the bot has taken it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.telegram import payloads
from tests.telegram.chats import Chat, Json, Message, User
from tests.telegram.core import Core, Press
from tests.telegram.entities import detected
from tests.telegram.files import PNG
from tests.telegram.text import part

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(eq=False, kw_only=True)
class Person(User):
    """A person with an account."""

    telegram: Core = field(repr=False)
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.telegram.private(self)

    async def says(self, text: str, chat: Chat | None = None, *, reply_to: Message | None = None) -> Message:
        """Write a message."""
        entities = detected(text)
        content: Json = {"text": text, **({"entities": entities} if entities else {})}
        return await self.sends(content, chat, reply_to=reply_to)

    async def sends(self, content: Json, chat: Chat | None = None, **more: Any) -> Message:
        """Send a message of any content, as the Bot API writes it: a sticker, a voice, a poll …"""
        where = chat or self.chat
        if where.kind == "private":
            assert not self.blocks, f"{self.name} blocks the bot and must unblock it first"
            self.met = True
        elif where.kind != "channel":
            assert self.id in where.members, f"{self.name} is not in {where.title}"
        core = self.telegram
        author = None if where.kind == "channel" else self
        message = Message(chat=where, id=core.number(), date=core.date(), author=author, content=content, **more)
        where.log.append(message)
        message.heard = where.kind == "private" or self._heard(message)
        if message.heard:
            kind = "channel_post" if where.kind == "channel" else "message"
            told = core.tell(kind, message.payload(), where.id)
            message.update_id = None if told is None else told.id
        core.news()
        return message

    def _heard(self, message: Message) -> bool:
        """Whether the bot hears it where it is not alone with somebody."""
        core = self.telegram
        if message.chat.bot in {"left", "kicked"}:
            return False
        if message.chat.kind == "channel" or not core.privacy_mode or message.chat.bot == "administrator":
            return True
        if message.reply_to is not None and message.reply_to.author is core.bot:
            return True
        name = (core.bot.username or "").lower()
        for one in message.entities:
            said = part(message.text, one["offset"], one["length"]).lower()
            if one["type"] == "bot_command" and said.partition("@")[2] in {"", name}:
                return True
            if one["type"] == "mention" and said == f"@{name}":
                return True
        return not {"text", "caption", "photo", "document", "contact", "location"} & set(message.content)

    async def starts(self, payload: str | None = None) -> Message:
        """Press Start, by a deep link where there is a payload; whoever blocked the bot unblocks it by that."""
        assert payload is None or _START.fullmatch(payload), f"Telegram opens no deep link with {payload!r}"
        if self.blocks:
            await self.unblocks()
        return await self.says("/start" if payload is None else f"/start {payload}")

    async def presses(self, message: Message, label: str, *, version: int | None = None, again: bool = False) -> Press:
        """Press a button under a message; ``version`` is an old screen, ``again`` an impatient second finger."""
        seen = message.markup if version is None else message.versions[version].get("reply_markup")
        button = _find(seen, "inline_keyboard", label)
        assert "callback_data" in button, f"{label!r} is no button that calls the bot: {button}"
        core = self.telegram
        core.presses.append(
            press := Press(
                id=str(4_000_000_000_000_000_000 + core.number()),
                user=self,
                message=message,
                data=button["callback_data"],
                at=core.now(),
            )
        )
        told = core.tell("callback_query", payloads.query(press), message.chat.id)
        press.update_id = None if told is None else told.id
        if again:
            await self.presses(message, label, version=version)
        return press

    def follows(self, message: Message, label: str) -> str:
        """The address that a button under a message opens."""
        button = _find(message.markup, "inline_keyboard", label)
        assert "url" in button, f"{label!r} opens nothing: {button}"
        return str(button["url"])

    async def taps(self, label: str, chat: Chat | None = None) -> Message:
        """Press a key of the reply keyboard: it is said, or what it asks for is shared."""
        where = chat or self.chat
        button = _find(where.keyboard, "keyboard", label)
        if where.keyboard is not None and where.keyboard.get("one_time_keyboard"):
            where.keyboard = None
        if button.get("request_contact"):
            return await self.shares_contact()
        if button.get("request_location"):
            return await self.shares_location()
        return await self.says(label, where)

    async def shares_contact(self, phone: str | None = None, *, of: User | None = None) -> Message:
        """Share one's own number, or somebody else's card."""
        who = of or self
        card: Json = {"phone_number": phone or who.phone_number or "+4915112345678", "first_name": who.first_name}
        more = {"last_name": who.last_name, "user_id": who.id}
        return await self.sends({"contact": card | {key: value for key, value in more.items() if value}})

    async def shares_location(self, latitude: float = 52.52, longitude: float = 13.405) -> Message:
        """Share where one is."""
        return await self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_file(
        self, name: str, data: bytes = b"%PDF-1.7\n", *, caption: str = "", mime: str = "", size: int | None = None
    ) -> Message:
        """Send a file; ``size`` says that it is larger than what is here."""
        stored = self.telegram.files.add(name, data, mime=mime, size=size)
        return await self.sends(stored.content() | ({"caption": caption} if caption else {}), file=stored)

    async def sends_photo(self, data: bytes = PNG, *, caption: str = "") -> Message:
        """Send a picture."""
        stored = self.telegram.files.add("photo.jpg", data, photo=True)
        return await self.sends(stored.content() | ({"caption": caption} if caption else {}), file=stored)

    async def edits(self, message: Message, text: str) -> Message:
        """Change what one wrote."""
        message.keep_version()
        entities = detected(text)
        message.content = {"text": text, **({"entities": entities} if entities else {})}
        message.edit_date = self.telegram.date()
        if message.heard:
            kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
            self.telegram.tell(kind, message.payload(), message.chat.id)
        self.telegram.news()
        return message

    async def blocks_the_bot(self) -> None:
        """Stop the bot; it hears of that."""
        self.blocks = True
        change = payloads.membership(self.telegram, self.chat, self, self.telegram.bot, "member", "kicked")
        self.telegram.tell("my_chat_member", change, self.id)

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self.blocks = False
        change = payloads.membership(self.telegram, self.chat, self, self.telegram.bot, "kicked", "member")
        self.telegram.tell("my_chat_member", change, self.id)

    async def leaves_telegram(self) -> None:
        """Delete the account."""
        self.deactivated = True

    async def reacts(self, message: Message, *emoji: str) -> None:
        """Put reactions under a message, instead of those from before."""
        before, self.reactions[message.id] = self.reactions.get(message.id, []), list(emoji)
        change = payloads.reaction(self.telegram, message, self, before, list(emoji))
        self.telegram.tell("message_reaction", change, message.chat.id)

    @property
    def sees(self) -> list[Message]:
        """What the bot wrote to this person and did not take back, oldest first."""
        return [one for one in self.chat.log if one.author is self.telegram.bot and not one.deleted]

    @property
    def keyboard(self) -> list[list[str]]:
        """The keys below the chat, row by row."""
        return [[one["text"] for one in row] for row in (self.chat.keyboard or {}).get("keyboard", [])]

    @property
    def alerts(self) -> list[str]:
        """What was shown to this person after a press, oldest first."""
        return [one.text for one in self.telegram.presses if one.user is self and one.text]

    @property
    def doings(self) -> list[str]:
        """``typing`` and the like, as often as it was shown."""
        return [one.action for one in self.telegram.doings if one.chat is self.chat]


def _find(markup: Json | None, rows: str, label: str) -> Json:
    buttons: list[Json] = [one for row in (markup or {}).get(rows, []) for one in row]
    for one in buttons:
        if one["text"] == label:
            return one
    raise AssertionError(f"there is no {label!r} to press; there are {[one['text'] for one in buttons]}")
