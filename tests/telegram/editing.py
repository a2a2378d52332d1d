"""What the bot changes and takes away, and how it answers the press of a button.

https://core.telegram.org/bots/api#updating-messages, …#answercallbackquery
"""

from tests.telegram.chats import Chat, Json, Message
from tests.telegram.core import QUERY_SECONDS, Core
from tests.telegram.entities import caption, message_text
from tests.telegram.keyboards import inline_only
from tests.telegram.refusals import Malformed, Refusal

DELETABLE_SECONDS = 48 * 3600
LONGEST_ANSWER = 200


def _own(core: Core, given: Json, what: str = "edit") -> Message:
    """The message that is meant, which must be the bot's own."""
    if given.get("inline_message_id"):
        raise Refusal(400, "MESSAGE_ID_INVALID")
    if not given.get("message_id"):
        raise Malformed("message identifier is not specified")
    chat: Chat = core.writable(given.get("chat_id"))
    message = chat.message(given["message_id"])
    if message is None:
        raise Refusal(400, f"message to {what} not found")
    if what == "edit" and message.author is not core.bot and chat.kind != "channel":
        raise Refusal(400, "message can't be edited")
    return message


def _change(core: Core, message: Message, content: Json, markup: Json | None) -> Json:
    if content == message.content and markup == message.markup:
        raise Refusal(
            400,
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    message.keep_version()
    if content != message.content:
        message.edit_date = core.date()
    message.content, message.markup = content, markup
    core.news()
    return message.payload()


async def edit_message_text(core: Core, given: Json) -> Json:
    """``editMessageText``; the keyboard goes where the call names none."""
    content = message_text(given.get("text"), given.get("parse_mode", ""), given.get("entities"))
    markup = inline_only(given.get("reply_markup"))
    message = _own(core, given)
    if "text" not in message.content:
        raise Refusal(400, "there is no text in the message to edit")
    if given.get("link_preview_options"):
        content["link_preview_options"] = given["link_preview_options"]
    return _change(core, message, content, markup)


async def edit_message_caption(core: Core, given: Json) -> Json:
    """``editMessageCaption``."""
    said = caption(given.get("caption"), given.get("parse_mode", ""), given.get("caption_entities"))
    markup = inline_only(given.get("reply_markup"))
    message = _own(core, given)
    if not {"document", "photo"} & set(message.content):
        raise Refusal(400, "there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if not name.startswith("caption")}
    return _change(core, message, kept | said, markup)


async def edit_message_reply_markup(core: Core, given: Json) -> Json:
    """``editMessageReplyMarkup``."""
    markup = inline_only(given.get("reply_markup"))
    message = _own(core, given)
    return _change(core, message, message.content, markup)


def _delete(core: Core, message: Message) -> None:
    old = core.date() - message.date > DELETABLE_SECONDS
    others = message.author is not core.bot and message.chat.kind not in {"private", "channel"}
    if old or (others and message.chat.bot != "administrator"):
        raise Refusal(400, "message can't be deleted")
    message.keep_version()
    message.deleted = True
    core.news()


async def delete_message(core: Core, given: Json) -> bool:
    """``deleteMessage``."""
    _delete(core, _own(core, given, "delete"))
    return True


async def delete_messages(core: Core, given: Json) -> bool:
    """``deleteMessages``: those that are not there are passed over."""
    numbers = given.get("message_ids", [])
    if not 1 <= len(numbers) <= 100:
        raise Malformed("message identifiers are not specified" if not numbers else "too many message identifiers")
    chat = core.writable(given.get("chat_id"))
    for number in numbers:
        if (message := chat.message(number)) is not None:
            _delete(core, message)
    return True


async def answer_callback_query(core: Core, given: Json) -> bool:
    """``answerCallbackQuery``: once, and soon."""
    if len(given.get("text", "")) > LONGEST_ANSWER:
        raise Malformed("MESSAGE_TOO_LONG")
    if given.get("url"):
        raise Malformed("URL_INVALID")
    press = next((one for one in core.presses if one.id == given.get("callback_query_id")), None)
    if press is None or press.answered or core.now() - press.at > QUERY_SECONDS:
        raise Refusal(400, "query is too old and response timeout expired or query ID is invalid")
    press.answered = True
    press.text, press.alert = given.get("text") or None, given.get("show_alert", False)
    return True
