"""Groups, supergroups and channels: the bot comes, goes, and they grow."""

from typing import Literal

from tests.telegram import payloads
from tests.telegram.chats import Chat, Json, Message, User
from tests.telegram.core import Core


class Groups(Core):
    """What happens around the bot where it is not alone with somebody."""

    def group(self, title: str, *members: User) -> Chat:
        """A basic group, without the bot in it."""
        return self.new_chat("group", title, *members)

    def supergroup(self, title: str, *members: User, username: str | None = None) -> Chat:
        """A supergroup, without the bot in it."""
        return self.new_chat("supergroup", title, *members, username=username)

    def channel(self, title: str, *members: User, username: str | None = None) -> Chat:
        """A channel, without the bot in it."""
        return self.new_chat("channel", title, *members, username=username)

    def service(self, chat: Chat, by: User, content: Json) -> Message:
        """A service message, which the bot hears."""
        author = None if chat.kind == "channel" else by
        message = Message(chat=chat, id=self.number(), date=self.date(), author=author, content=content)
        chat.log.append(message)
        told = self.tell("channel_post" if chat.kind == "channel" else "message", message.payload(), chat.id)
        message.update_id = None if told is None else told.id
        self.news()
        return message

    async def adds_the_bot(self, chat: Chat, by: User, *, rank: Literal["member", "administrator"] = "member") -> None:
        """Somebody adds the bot; into a channel only as an administrator."""
        before, chat.bot = chat.bot, "administrator" if chat.kind == "channel" else rank
        change = payloads.membership(self, chat, by, self.bot, before, chat.bot)
        self.tell("my_chat_member", change, chat.id)
        if chat.kind != "channel":
            self.service(chat, by, {"new_chat_members": [self.bot.payload()]})

    async def removes_the_bot(self, chat: Chat, by: User) -> None:
        """Somebody removes the bot."""
        before, chat.bot = chat.bot, "kicked"
        self.tell("my_chat_member", payloads.membership(self, chat, by, self.bot, before, "kicked"), chat.id)
        self.news()

    async def upgrades(self, chat: Chat, by: User) -> Chat:
        """A group becomes a supergroup with another id."""
        assert chat.kind == "group", f"{chat} cannot become a supergroup"
        grown = self.new_chat("supergroup", chat.title)
        grown.members, grown.bot = chat.members, chat.bot
        self.service(chat, by, {"migrate_to_chat_id": grown.id})
        self.service(grown, by, {"migrate_from_chat_id": chat.id})
        chat.migrated_to = grown
        return grown
