"""``chat.*``: posting, changing and deleting messages. https://docs.slack.dev/reference/methods/chat.postMessage"""

import copy
import json
from typing import Any

from tests.slack import payloads
from tests.slack.arguments import Malformed, Refusal
from tests.slack.blocks import MOST_CHARACTERS, characters_of
from tests.slack.calling import need
from tests.slack.core import Core
from tests.slack.delivering import deliver
from tests.slack.surfaces import message_problems
from tests.slack.tokens import Token
from tests.slack.workspace import BOT_ID, BOT_USER, Channel, Json, Message

MOST_TEXT = 40_000
MOST_CHANGED_TEXT = 4_000
"""``chat.update`` takes far less than ``chat.postMessage``: people meet ``msg_too_long`` on changing what they could
post (F3-Nation/archive-slackblast issue 64, seratch/ChatGPT-in-Slack issue 102)."""
MOST_ATTACHMENTS = 100
MOST_METADATA_BYTES = 8_000


def a_channel(core: Core, token: Token, reference: str) -> Channel:
    """The channel with this id, as far as the app may see it."""
    channel = core.workspace.channels.get(reference)
    if channel is None or (channel.kind == "group" and BOT_USER not in channel.members):
        raise Refusal("channel_not_found")
    return channel


def where_to_post(core: Core, token: Token, reference: str) -> Channel:
    """The channel to post in, by id, name or a person's id."""
    channel = core.channel_for(reference)
    if channel is None or (channel.kind == "group" and BOT_USER not in channel.members):
        raise Refusal("channel_not_found")
    if channel.is_archived:
        raise Refusal("is_archived")
    if BOT_USER not in channel.members and "chat:write.public" not in token.scopes:
        raise Refusal("not_in_channel")
    if channel.kind == "im":
        person = core.workspace.people[next(iter(channel.members - {BOT_USER}))]
        if person.deleted:
            raise Refusal("channel_not_found")
    return channel


def check_content(arguments: Json, *, needed: bool = True) -> None:
    """Refuse what no message may be."""
    text, blocks, attachments = (arguments.get(key) for key in ("text", "blocks", "attachments"))
    if needed and not (text or "").strip() and not blocks and not attachments:
        raise Malformed("no_text")
    if text is not None and len(text) > MOST_TEXT:
        raise Malformed("msg_too_long")
    if blocks:
        if problems := message_problems(blocks):
            raise Malformed("invalid_blocks", *problems)
        if characters_of(blocks) > MOST_CHARACTERS:
            raise Malformed("msg_blocks_too_long")
    if attachments is not None and len(attachments) > MOST_ATTACHMENTS:
        raise Malformed("too_many_attachments")
    for attachment in attachments or ():
        if not isinstance(attachment, dict):
            raise Malformed("invalid_attachments")
        if attachment.get("blocks") and (problems := message_problems(attachment["blocks"])):
            raise Malformed("invalid_blocks", *problems)
    check_metadata(arguments.get("metadata"))


def check_metadata(metadata: Any) -> None:
    """Refuse metadata that Slack would not keep."""
    if not metadata:
        return
    if set(metadata) - {"event_type", "event_payload"} or not isinstance(metadata.get("event_type"), str):
        raise Malformed("invalid_metadata_format", "[ERROR] metadata needs event_type and event_payload")
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict):
        raise Malformed("invalid_metadata_schema", "[ERROR] event_payload must be an object")
    for key, value in payload.items():
        if not isinstance(value, str | int | float | bool | dict | list) or (isinstance(value, dict) and not value):
            raise Malformed("invalid_metadata_schema", f"[ERROR] event_payload/{key} cannot be {value!r}")
    if len(json.dumps(metadata).encode()) > MOST_METADATA_BYTES:
        raise Malformed("metadata_too_large")


def with_block_ids(core: Core, blocks: list[Json]) -> list[Json]:
    """The blocks as Slack keeps them: every one has an id, and what was left open is said."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", f"b{core.workspace.number():04x}")
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
        say_what_was_left_open(block)
    return kept


def say_what_was_left_open(value: Any) -> None:
    """Fill in what Slack fills in where texts say nothing of it."""
    if isinstance(value, list):
        for one in value:
            say_what_was_left_open(one)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for one in value.values():
            say_what_was_left_open(one)


def _thread(core: Core, channel: Channel, thread_ts: str | None) -> None:
    if thread_ts is None:
        return
    root = channel.message(thread_ts)
    if root is None:
        if any(one.ts == thread_ts for one in channel.log):
            raise Refusal("cannot_reply_to_message")
        raise Malformed("cannot_reply_to_message", f"[ERROR] there never was a message {thread_ts}")
    if root.is_reply:
        raise Malformed("cannot_reply_to_message", f"[ERROR] {thread_ts} is a reply, not the root of a thread")


def _customized(arguments: Json, token: Token) -> None:
    if any(arguments.get(key) for key in ("username", "icon_url", "icon_emoji")):
        need(token, "chat:write.customize")


async def post_message(core: Core, arguments: Json, token: Token) -> Json:
    channel = where_to_post(core, token, arguments["channel"])
    check_content(arguments)
    _customized(arguments, token)
    _thread(core, channel, arguments.get("thread_ts"))
    message = written_by_the_app(core, channel, arguments)
    return {"channel": channel.id, "ts": message.ts, "message": message.payload(with_metadata=True)}


def written_by_the_app(core: Core, channel: Channel, arguments: Json) -> Message:
    """Put a message of the app into a channel and tell the app of it, as Slack does."""
    username = arguments.get("username")
    broadcast = bool(arguments.get("reply_broadcast")) and arguments.get("thread_ts") is not None
    message = Message(
        channel=channel,
        ts=core.workspace.ts(),
        user=BOT_USER,
        bot_id=BOT_ID,
        text=arguments.get("text", ""),
        blocks=with_block_ids(core, arguments.get("blocks") or []),
        attachments=copy.deepcopy(arguments.get("attachments") or []),
        thread_ts=arguments.get("thread_ts"),
        metadata=copy.deepcopy(arguments.get("metadata") or None),
        username=username,
        subtype="bot_message" if username else "thread_broadcast" if broadcast else None,
        unfurls=arguments.get("unfurl_links", True) is not False,
        broadcast=broadcast,
    )
    channel.log.append(message)
    tell_the_app(core, payloads.message_event(message), channel)
    core.news()
    return message


def tell_the_app(core: Core, event: Json, channel: Channel) -> None:
    """Deliver beside what happened in a channel, where the app is in it and subscribed to that."""
    if BOT_USER in channel.members and payloads.subscription(event, channel) in core.events:
        core.beside(deliver(core, "events_api", payloads.event_callback(core, event)))


async def update(core: Core, arguments: Json, token: Token) -> Json:
    channel = a_channel(core, token, arguments["channel"])
    message = channel.message(arguments["ts"])
    if message is None:
        raise Refusal("message_not_found")
    if not message.by_the_app:
        raise Refusal("cant_update_message")
    if channel.is_archived:
        raise Refusal("is_inactive")
    if len(arguments.get("text", "")) > MOST_CHANGED_TEXT:
        raise Malformed("msg_too_long", f"[ERROR] chat.update takes {MOST_CHANGED_TEXT} characters of text")
    kept = {"text": message.text, "blocks": message.blocks, "attachments": message.attachments}
    check_content({**kept, **arguments} if "text" not in arguments else arguments)
    change(core, message, arguments)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.payload(with_metadata=True),
    }


def change(core: Core, message: Message, arguments: Json) -> None:
    """Change a message of the app; blocks stay only where neither blocks nor text are given."""
    before = message.payload()
    message.keep_version()
    blocks = arguments.get("blocks")
    if blocks is not None:
        message.blocks = with_block_ids(core, blocks)
    elif "text" in arguments:
        message.blocks = []
    if "text" in arguments:
        message.text = arguments["text"]
    if "attachments" in arguments:
        message.attachments = copy.deepcopy(arguments["attachments"])
    if "metadata" in arguments:
        message.metadata = copy.deepcopy(arguments["metadata"] or None)
    if blocks is None:
        message.edited = {"user": BOT_ID, "ts": core.workspace.ts()}
    if arguments.get("reply_broadcast"):
        message.broadcast = True
    tell_the_app(core, payloads.changed_event(core, message, before), message.channel)
    core.news()


async def delete(core: Core, arguments: Json, token: Token) -> Json:
    channel = a_channel(core, token, arguments["channel"])
    message = channel.message(arguments["ts"])
    if message is None:
        raise Refusal("message_not_found")
    if not message.by_the_app:
        raise Refusal("cant_delete_message")
    take_away(core, message)
    return {"channel": channel.id, "ts": message.ts}


def take_away(core: Core, message: Message) -> None:
    """Delete a message; the root of a thread with replies leaves a tombstone, as Slack does."""
    before = message.payload()
    message.keep_version()
    if not message.is_reply and message.channel.replies(message.ts):
        message.subtype, message.text, message.user = "tombstone", "This message was deleted.", "USLACKBOT"
        message.blocks, message.attachments, message.files, message.bot_id = [], [], [], None
        tell_the_app(core, payloads.changed_event(core, message, before), message.channel)
    else:
        core.forget_message(message)
        tell_the_app(core, payloads.deleted_event(core, message, before), message.channel)
    core.news()


async def post_ephemeral(core: Core, arguments: Json, token: Token) -> Json:
    channel = where_to_post(core, token, arguments["channel"])
    if arguments["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    check_content(arguments)
    _customized(arguments, token)
    _thread(core, channel, arguments.get("thread_ts"))
    message = whispered(core, channel, arguments["user"], arguments)
    return {"message_ts": message.ts}


def whispered(core: Core, channel: Channel, user: str, arguments: Json) -> Message:
    """Show one person something that nobody keeps."""
    message = Message(
        channel=channel,
        ts=core.workspace.ts(),
        user=BOT_USER,
        bot_id=BOT_ID,
        text=arguments.get("text", ""),
        blocks=with_block_ids(core, arguments.get("blocks") or []),
        attachments=copy.deepcopy(arguments.get("attachments") or []),
        thread_ts=arguments.get("thread_ts"),
        only_for=user,
    )
    channel.log.append(message)
    core.news()
    return message


async def get_permalink(core: Core, arguments: Json, token: Token) -> Json:
    channel = a_channel(core, token, arguments["channel"])
    message = channel.message(arguments["message_ts"])
    if message is None:
        raise Refusal("message_not_found")
    link = f"https://handraiser-tests.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
