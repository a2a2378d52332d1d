"""Which methods there are, and who does them."""

from tests.telegram import account, editing, files, sending
from tests.telegram.calling import Handler
from tests.telegram.chats import Json
from tests.telegram.core import Core
from tests.telegram.polling import BY_WEBHOOK, Poll
from tests.telegram.webhooks import Webhook


def handlers(poll: Poll, webhook: Webhook) -> dict[str, Handler]:
    """All of them by name."""

    async def set_webhook(core: Core, given: Json) -> bool:
        if given.get("url"):
            poll.end(BY_WEBHOOK)
        return await webhook.set_webhook(core, given)

    return {
        "getMe": account.get_me,
        "logOut": account.yes,
        "close": account.yes,
        "getUpdates": poll.get_updates,
        "setWebhook": set_webhook,
        "deleteWebhook": webhook.delete_webhook,
        "getWebhookInfo": webhook.get_webhook_info,
        "setMyCommands": account.set_my_commands,
        "getMyCommands": account.get_my_commands,
        "deleteMyCommands": account.delete_my_commands,
        **account.ABOUT,
        "getChat": account.get_chat,
        "leaveChat": account.leave_chat,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendLocation": sending.send_location,
        "sendContact": sending.send_contact,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": editing.edit_message_text,
        "editMessageCaption": editing.edit_message_caption,
        "editMessageReplyMarkup": editing.edit_message_reply_markup,
        "deleteMessage": editing.delete_message,
        "deleteMessages": editing.delete_messages,
        "answerCallbackQuery": editing.answer_callback_query,
        "getFile": files.get_file,
    }
