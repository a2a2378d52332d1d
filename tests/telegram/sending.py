"""What the bot sends.

https://core.telegram.org/bots/api#sendmessage and what follows there
"""

import json
from typing import Any

from tests.telegram.chats import Chat, Json, Message
from tests.telegram.core import Core, Doing
from tests.telegram.entities import caption, message_text
from tests.telegram.files import StoredFile, read_input
from tests.telegram.keyboards import read_markup
from tests.telegram.refusals import Malformed, Refusal

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def put(
    core: Core,
    chat: Chat,
    content: Json,
    *,
    markup: Json | None = None,
    reply_to: Message | None = None,
    file: StoredFile | None = None,
) -> Message:
    """Put a message of the bot into a chat."""
    message = Message(
        chat=chat,
        id=core.number(),
        date=core.date(),
        author=None if chat.kind == "channel" else core.bot,
        content=content,
        markup=markup if markup is not None and "inline_keyboard" in markup else None,
        sent_markup=markup,
        reply_to=reply_to,
        file=file,
    )
    if markup is not None and "keyboard" in markup:
        chat.keyboard = markup
    elif markup is not None and "remove_keyboard" in markup:
        chat.keyboard = None
    chat.log.append(message)
    core.news()
    return message


async def _send(core: Core, given: Json, content: Json, file: StoredFile | None = None) -> Json:
    markup = read_markup(given.get("reply_markup"))
    chat = core.writable(given.get("chat_id"))
    if chat.kind == "channel" and markup is not None and "inline_keyboard" not in markup:
        raise Malformed("inline keyboard expected")
    reply_to = _replied_to(chat, given.get("reply_parameters"))
    return put(core, chat, content, markup=markup, reply_to=reply_to, file=file).payload()


def _replied_to(chat: Chat, reply: Any) -> Message | None:
    if not reply:
        return None
    if isinstance(reply, str):
        try:
            reply = json.loads(reply)
        except ValueError:
            raise Malformed("can't parse reply parameters JSON object") from None
    if not isinstance(reply, dict):
        raise Malformed("object expected as reply parameters")
    message = chat.message(reply.get("message_id", 0))
    if message is None and not reply.get("allow_sending_without_reply"):
        raise Refusal(400, "message to be replied not found")
    return message


def _caption(given: Json) -> Json:
    return caption(given.get("caption"), given.get("parse_mode", ""), given.get("caption_entities"))


async def send_message(core: Core, given: Json) -> Json:
    """``sendMessage``."""
    content = message_text(given.get("text"), given.get("parse_mode", ""), given.get("entities"))
    if given.get("link_preview_options"):
        content["link_preview_options"] = given["link_preview_options"]
    return await _send(core, given, content)


async def send_document(core: Core, given: Json) -> Json:
    """``sendDocument``."""
    said = _caption(given)
    file = await read_input(core, given.get("document"))
    return await _send(core, given, file.content() | said, file)


async def send_photo(core: Core, given: Json) -> Json:
    """``sendPhoto``."""
    said = _caption(given)
    file = await read_input(core, given.get("photo"), photo=True)
    return await _send(core, given, file.content() | said, file)


async def send_location(core: Core, given: Json) -> Json:
    """``sendLocation``."""
    for name, most in (("latitude", 90), ("longitude", 180)):
        if name not in given:
            raise Malformed(f"{name} is empty")
        if not -most <= given[name] <= most:
            raise Malformed("wrong location specified" if most == 180 else "invalid latitude specified")
    optional = ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    place = {name: given[name] for name in ("latitude", "longitude", *optional) if name in given}
    return await _send(core, given, {"location": place})


async def send_contact(core: Core, given: Json) -> Json:
    """``sendContact``."""
    if not given.get("phone_number"):
        raise Malformed("phone number is empty")
    if not given.get("first_name"):
        raise Malformed("first name must be non-empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    return await _send(core, given, {"contact": {name: given[name] for name in names if given.get(name)}})


async def send_chat_action(core: Core, given: Json) -> bool:
    """``sendChatAction``: shown for five seconds, or until the next message."""
    if given.get("action") not in ACTIONS:
        raise Malformed("wrong parameter action in request")
    chat = core.writable(given.get("chat_id"))
    core.doings.append(Doing(chat, given["action"], core.now()))
    return True
