"""What the bot is: its name, its commands, its descriptions; and the chats it is in.

https://core.telegram.org/bots/api#getme, …#setmycommands, …#getchat
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.telegram.chats import Json
from tests.telegram.core import Core
from tests.telegram.refusals import Malformed, Refusal

MOST_COMMANDS = 100
LONGEST_COMMAND_TEXT = 256
_SCOPES = {
    "default": 0, "all_private_chats": 0, "all_group_chats": 0, "all_chat_administrators": 0, "chat": 1,
    "chat_administrators": 1, "chat_member": 2,
}  # fmt: skip


async def get_me(core: Core, given: Json) -> Json:
    """``getMe``."""
    return core.bot.payload() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not core.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def yes(core: Core, given: Json) -> bool:
    """``logOut`` and ``close``."""
    return True


def _where(given: Json) -> tuple[str, str]:
    scope = given.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise Malformed("can't parse BotCommandScope: Unsupported type specified")
    if len([one for one in ("chat_id", "user_id") if one in scope]) < _SCOPES[scope["type"]]:
        raise Malformed("can't parse BotCommandScope: Can't find field \"chat_id\"")
    language = given.get("language_code", "")
    if not re.fullmatch("(?:[a-z]{2})?", language):
        raise Malformed("invalid language code specified")
    return ":".join(str(scope[one]) for one in ("type", "chat_id", "user_id") if one in scope), language


async def set_my_commands(core: Core, given: Json) -> bool:
    """``setMyCommands``."""
    commands = given.get("commands", [])
    if len(commands) > MOST_COMMANDS:
        raise Malformed("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for one in commands:
        name, text = str(one.get("command", "")).removeprefix("/"), str(one.get("description", ""))
        if not re.fullmatch("[a-z0-9_]{1,32}", name):
            raise Malformed("BOT_COMMAND_INVALID")
        if not 1 <= len(text) <= LONGEST_COMMAND_TEXT:
            raise Malformed("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": text})
    core.commands[_where(given)] = kept
    return True


async def get_my_commands(core: Core, given: Json) -> list[Json]:
    """``getMyCommands``."""
    return core.commands.get(_where(given), [])


async def delete_my_commands(core: Core, given: Json) -> bool:
    """``deleteMyCommands``."""
    core.commands.pop(_where(given), None)
    return True


def setting(field: str, longest: int) -> Callable[[Core, Json], Awaitable[bool]]:
    """``setMyName``, ``setMyDescription``, ``setMyShortDescription``."""

    async def set_it(core: Core, given: Json) -> bool:
        value = given.get(field, "")
        if len(value) > longest:
            raise Malformed(f"{field.upper()}_TOO_LONG")
        core.about[field, given.get("language_code", "")] = value
        return True

    return set_it


def getting(field: str) -> Callable[[Core, Json], Awaitable[Json]]:
    """``getMyName``, ``getMyDescription``, ``getMyShortDescription``."""

    async def get_it(core: Core, given: Json) -> Json:
        default = core.about.get((field, ""), core.bot.first_name if field == "name" else "")
        return {field: core.about.get((field, given.get("language_code", "")), default)}

    return get_it


async def get_chat(core: Core, given: Json) -> Json:
    """``getChat``."""
    chat = core.chat_for(given.get("chat_id"))
    if chat.kind != "private" and chat.bot == "kicked":
        raise Refusal(403, f"bot was kicked from the {chat.kind} chat")
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    more: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chat.payload() | more


async def leave_chat(core: Core, given: Json) -> bool:
    """``leaveChat``."""
    chat = core.writable(given.get("chat_id"))
    if chat.kind == "private":
        raise Refusal(400, "chat not found")
    chat.bot = "left"
    return True


Handlers = dict[str, Callable[[Core, Json], Awaitable[Any]]]

ABOUT: Handlers = {
    "setMyName": setting("name", 64),
    "getMyName": getting("name"),
    "setMyDescription": setting("description", 512),
    "getMyDescription": getting("description"),
    "setMyShortDescription": setting("short_description", 120),
    "getMyShortDescription": getting("short_description"),
}
