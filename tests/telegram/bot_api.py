"""What the methods of the Bot API take: of what kind, and what must be there.

Written as the schema of the API writes it: ``!`` must be there, ``|`` one of several.
https://core.telegram.org/bots/api#available-methods
"""

Fields = dict[str, str]

_LISTS = {"A": "Array of ", "AA": "Array of Array of "}


def fields(written: str) -> Fields:
    """Read ``name!:Kind name:A.Kind``; no kind is a ``String``."""
    read: Fields = {}
    for word in written.split():
        name, _, kind = word.partition(":")
        several, _, one = kind.rpartition(".")
        whole = _LISTS.get(several, "") + (one or "String")
        read[name.removesuffix("!")] = ("!" if name.endswith("!") else "") + whole
    return read


_MARKUP = "reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
_WHERE = "business_connection_id chat_id!:Integer|String message_thread_id:Integer direct_messages_topic_id:Integer"
_HOW = (
    "disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean message_effect_id "
    f"suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters {_MARKUP}"
)
_CAPTION = "caption parse_mode caption_entities:A.MessageEntity"
_WHICH = "business_connection_id chat_id:Integer|String message_id:Integer inline_message_id"
_INLINE = "reply_markup:InlineKeyboardMarkup"
_SCOPE = "scope:BotCommandScope language_code"

METHODS: dict[str, Fields] = {
    name: fields(written)
    for name, written in {
        "getMe": "",
        "logOut": "",
        "close": "",
        "getUpdates": "offset:Integer limit:Integer timeout:Integer allowed_updates:A.String",
        "setWebhook": "url! certificate:InputFile ip_address max_connections:Integer allowed_updates:A.String "
        "drop_pending_updates:Boolean secret_token",
        "deleteWebhook": "drop_pending_updates:Boolean",
        "getWebhookInfo": "",
        "setMyCommands": f"commands!:A.BotCommand {_SCOPE}",
        "getMyCommands": _SCOPE,
        "deleteMyCommands": _SCOPE,
        "setMyName": "name language_code",
        "getMyName": "language_code",
        "setMyDescription": "description language_code",
        "getMyDescription": "language_code",
        "setMyShortDescription": "short_description language_code",
        "getMyShortDescription": "language_code",
        "getChat": "chat_id!:Integer|String",
        "leaveChat": "chat_id!:Integer|String",
        "sendMessage": f"{_WHERE} text! parse_mode entities:A.MessageEntity "
        f"link_preview_options:LinkPreviewOptions {_HOW}",
        "sendPhoto": f"{_WHERE} photo!:InputFile|String {_CAPTION} show_caption_above_media:Boolean "
        f"has_spoiler:Boolean {_HOW}",
        "sendDocument": f"{_WHERE} document!:InputFile|String thumbnail:InputFile|String {_CAPTION} "
        f"disable_content_type_detection:Boolean {_HOW}",
        "sendLocation": f"{_WHERE} latitude!:Float longitude!:Float horizontal_accuracy:Float live_period:Integer "
        f"heading:Integer proximity_alert_radius:Integer {_HOW}",
        "sendContact": f"{_WHERE} phone_number! first_name! last_name vcard {_HOW}",
        "sendChatAction": "business_connection_id chat_id!:Integer|String message_thread_id:Integer action!",
        "editMessageText": f"{_WHICH} text parse_mode entities:A.MessageEntity "
        f"link_preview_options:LinkPreviewOptions rich_message:InputRichMessage {_INLINE}",
        "editMessageCaption": f"{_WHICH} {_CAPTION} show_caption_above_media:Boolean {_INLINE}",
        "editMessageReplyMarkup": f"{_WHICH} {_INLINE}",
        "deleteMessage": "chat_id!:Integer|String message_id!:Integer",
        "deleteMessages": "chat_id!:Integer|String message_ids!:A.Integer",
        "answerCallbackQuery": "callback_query_id! text show_alert:Boolean url cache_time:Integer",
        "getFile": "file_id!",
    }.items()
}

TYPES: dict[str, Fields] = {
    name: fields(written)
    for name, written in {
        "InlineKeyboardMarkup": "inline_keyboard!:AA.InlineKeyboardButton",
        "InlineKeyboardButton": "text! icon_custom_emoji_id style url callback_data web_app:WebAppInfo "
        "login_url:LoginUrl switch_inline_query switch_inline_query_current_chat "
        "switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton "
        "callback_game:CallbackGame pay:Boolean",
        "ReplyKeyboardMarkup": "keyboard!:AA.KeyboardButton is_persistent:Boolean resize_keyboard:Boolean "
        "one_time_keyboard:Boolean input_field_placeholder selective:Boolean",
        "KeyboardButton": "text! icon_custom_emoji_id style request_users:KeyboardButtonRequestUsers "
        "request_chat:KeyboardButtonRequestChat request_managed_bot:KeyboardButtonRequestManagedBot "
        "request_contact:Boolean request_location:Boolean request_poll:KeyboardButtonPollType web_app:WebAppInfo",
        "ReplyKeyboardRemove": "remove_keyboard!:Boolean selective:Boolean",
        "ForceReply": "force_reply!:Boolean input_field_placeholder selective:Boolean",
        "ReplyParameters": "message_id!:Integer chat_id:Integer|String allow_sending_without_reply:Boolean quote "
        "quote_parse_mode quote_entities:A.MessageEntity quote_position:Integer checklist_task_id:Integer "
        "poll_option_id",
        "LinkPreviewOptions": "is_disabled:Boolean url prefer_small_media:Boolean prefer_large_media:Boolean "
        "show_above_text:Boolean",
        "MessageEntity": "type! offset!:Integer length!:Integer url user:User language custom_emoji_id "
        "unix_time:Integer date_time_format",
        "BotCommand": "command! description!",
        "WebAppInfo": "url!",
        "CopyTextButton": "text!",
    }.items()
}
"""The types that calls carry; others are taken as they come."""
