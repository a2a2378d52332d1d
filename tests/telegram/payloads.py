"""How the Bot API writes what people do.

https://core.telegram.org/bots/api#update
"""

from tests.telegram.chats import Chat, Json, Message, User
from tests.telegram.core import Core, Press


def query(press: Press) -> Json:
    """A ``CallbackQuery``; of a message that is gone, only where it was."""
    message = press.message
    gone: Json = {"chat": message.chat.payload(), "message_id": message.id, "date": 0}
    return {
        "id": press.id,
        "from": press.user.payload(),
        "message": gone if message.deleted else message.payload(),
        "chat_instance": str(-4_000_000_000_000_000_000 - message.chat.id),
        "data": press.data,
    }


def _member(user: User, status: str) -> Json:
    body: Json = {"user": user.payload(), "status": status}
    if status == "kicked":
        body["until_date"] = 0
    if status == "administrator":
        rights = (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories",
        )  # fmt: skip
        body |= dict.fromkeys(rights, False) | {"can_post_messages": True, "can_edit_messages": True}
    return body


def membership(core: Core, chat: Chat, by: User, member: User, before: str, after: str) -> Json:
    """A ``ChatMemberUpdated``."""
    return {
        "chat": chat.payload(),
        "from": by.payload(),
        "date": core.date(),
        "old_chat_member": _member(member, before),
        "new_chat_member": _member(member, after),
    }


def reaction(core: Core, message: Message, by: User, before: list[str], after: list[str]) -> Json:
    """A ``MessageReactionUpdated``."""
    return {
        "chat": message.chat.payload(),
        "message_id": message.id,
        "user": by.payload(),
        "date": core.date(),
        "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
        "new_reaction": [{"type": "emoji", "emoji": one} for one in after],
    }
