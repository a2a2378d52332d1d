"""``conversations.*`` and ``reactions.*``. https://docs.slack.dev/reference/methods/conversations.history"""

import re
from collections.abc import Callable

from tests.slack.arguments import Malformed, Refusal
from tests.slack.calling import need, page
from tests.slack.chat import a_channel, tell_the_app
from tests.slack.core import Core
from tests.slack.tokens import Token
from tests.slack.workspace import BOT_USER, Channel, Json, Message

_PREFIX = {"channel": "channels", "group": "groups", "im": "im"}
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def _may(token: Token, channel: Channel, what: str) -> None:
    need(token, f"{_PREFIX[channel.kind]}:{what}")


async def list_(core: Core, arguments: Json, token: Token) -> Json:
    types = [one.strip() for one in arguments.get("types", "public_channel").split(",")]
    if any(one not in _TYPES for one in types):
        raise Malformed("invalid_types")
    kinds = [_TYPES[one] for one in types]
    need(token, *(f"{_PREFIX[kind]}:read" for kind in kinds if kind in _PREFIX))
    found = [
        one.shown()
        for one in core.workspace.channels.values()
        if one.kind in kinds
        and (one.kind == "channel" or BOT_USER in one.members)
        and not (one.is_archived and arguments.get("exclude_archived"))
    ]
    channels, metadata = page(found, arguments)
    return {"channels": channels, "response_metadata": metadata}


async def info(core: Core, arguments: Json, token: Token) -> Json:
    channel = a_channel(core, token, arguments["channel"])
    _may(token, channel, "read")
    shown = channel.shown()
    if not arguments.get("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


async def members(core: Core, arguments: Json, token: Token) -> Json:
    channel = a_channel(core, token, arguments["channel"])
    _may(token, channel, "read")
    found, metadata = page(sorted(channel.members), arguments)
    return {"members": found, "response_metadata": metadata}


async def join(core: Core, arguments: Json, token: Token) -> Json:
    channel = a_channel(core, token, arguments["channel"])
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refusal("is_archived")
    if BOT_USER in channel.members:
        warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": channel.shown(), **warned}
    channel.members.add(BOT_USER)
    return {"channel": channel.shown()}


async def open_(core: Core, arguments: Json, token: Token) -> Json:
    if reference := arguments.get("channel"):
        channel = a_channel(core, token, reference)
    else:
        users = [one.strip() for one in arguments.get("users", "").split(",") if one.strip()]
        if not users:
            raise Malformed("users_list_not_supplied")
        if len(users) > 1:
            raise Malformed("not_enough_users", "[ERROR] the stand-in knows no group messages")
        person = core.workspace.people.get(users[0])
        if person is None:
            raise Refusal("user_not_found")
        if person.deleted:
            raise Refusal("user_disabled")
        if person.is_bot:
            raise Refusal("cannot_dm_bot")
        channel = core.workspace.direct(person.id)
    return {"channel": channel.shown() if arguments.get("return_im") else {"id": channel.id}}


def _readable(core: Core, arguments: Json, token: Token) -> Channel:
    channel = a_channel(core, token, arguments["channel"])
    _may(token, channel, "history")
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    for name in ("latest", "oldest"):
        if name in arguments and not re.fullmatch(r"\d+(\.\d{1,6})?|now", arguments[name]):
            raise Malformed(f"invalid_ts_{name}")
    return channel


def _between(arguments: Json) -> Callable[[Message], bool]:
    latest, oldest = arguments.get("latest", "now"), float(arguments.get("oldest", "0"))
    newest = float("inf") if latest == "now" else float(latest)
    inclusive = arguments.get("inclusive", False)

    def between(message: Message) -> bool:
        at = float(message.ts)
        return oldest < at < newest or (inclusive and at in {oldest, newest})

    return between


async def history(core: Core, arguments: Json, token: Token) -> Json:
    channel = _readable(core, arguments, token)
    between = _between(arguments)
    found = [one for one in channel.lasting if between(one) and (not one.is_reply or one.broadcast)]
    return _read(found[::-1], arguments)


async def replies(core: Core, arguments: Json, token: Token) -> Json:
    channel = _readable(core, arguments, token)
    root = channel.message(arguments["ts"])
    if root is None:
        raise Refusal("thread_not_found")
    between = _between(arguments)
    # The root comes first, whatever the bounds.
    return _read([root, *(one for one in channel.replies(root.root_ts) if between(one))], arguments)


def _read(found: list[Message], arguments: Json) -> Json:
    with_metadata = bool(arguments.get("include_all_metadata"))
    shown, metadata = page([one.payload(with_metadata=with_metadata) for one in found], arguments, 999)
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def _reacted(core: Core, arguments: Json, token: Token) -> tuple[Message, str]:
    channel = a_channel(core, token, arguments["channel"])
    name = arguments["name"]
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Malformed("invalid_name", f"[ERROR] {name!r} names no emoji; colons do not belong to the name")
    if not re.fullmatch(r"\d+\.\d{6}", arguments["timestamp"]):
        raise Malformed("bad_timestamp")
    message = channel.message(arguments["timestamp"])
    if message is None:
        raise Refusal("message_not_found")
    if channel.is_archived:
        raise Refusal("is_archived")
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    return message, name


async def add_reaction(core: Core, arguments: Json, token: Token) -> Json:
    message, name = _reacted(core, arguments, token)
    if BOT_USER in message.reactions.get(name, []):
        raise Refusal("already_reacted")
    react(core, message, BOT_USER, name)
    return {}


async def remove_reaction(core: Core, arguments: Json, token: Token) -> Json:
    message, name = _reacted(core, arguments, token)
    if BOT_USER not in message.reactions.get(name, []):
        raise Refusal("no_reaction")
    unreact(core, message, BOT_USER, name)
    return {}


def react(core: Core, message: Message, user: str, name: str) -> Json:
    """Put a reaction under a message; the event of it."""
    message.reactions.setdefault(name, []).append(user)
    return _reaction(core, message, user, name, "reaction_added")


def unreact(core: Core, message: Message, user: str, name: str) -> Json:
    """Take a reaction back; the event of it."""
    message.reactions[name].remove(user)
    if not message.reactions[name]:
        del message.reactions[name]
    return _reaction(core, message, user, name, "reaction_removed")


def _reaction(core: Core, message: Message, user: str, name: str, kind: str) -> Json:
    event: Json = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel.id, "ts": message.ts},
        "event_ts": core.workspace.ts(),
    }
    if user == BOT_USER:
        tell_the_app(core, event, message.channel)
    core.news()
    return event
