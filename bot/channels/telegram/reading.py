"""From an update of the Bot API to what the house hears. Pure; of anything it makes a value or None, never an error.

Updates are read as JSON, not through a library's types: those refuse what they do not know, and an update that cannot
be read would come again and again. https://core.telegram.org/bots/api#update
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.commands import command
from bot.channels.contract import (
    CameBack,
    Edited,
    Heard,
    Incoming,
    Left,
    Said,
    Sender,
    SharedContact,
    SharedLocation,
    read_button_key,
)
from bot.channels.looking import mapping, moment, sequence, text, whole
from bot.channels.telegram.addresses import Address
from bot.channels.telegram.files import read_file

NAME = "telegram"
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask for; others may come nevertheless."""
TEXT_MOST = 16_384
"""Characters; Telegram's own limit is 4,096."""
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OUTSIDE = frozenset({"left", "kicked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Who we are."""

    id: str
    username: str = ""
    """Without the @; "" while Telegram has not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button that was pressed: it waits for an answer, however little there is to say."""

    query: str
    language: str | None = None
    for_somebody_else: bool = False


def event_id_of(update: object, bot: Bot) -> str:
    """By which a repeat is recognised: the bot and the number of the update; a digest of what has none."""
    number = whole(mapping(update).get("update_id"))
    if number is not None:
        return f"{bot.id}:{number}"
    digest = hashlib.sha256(json.dumps(update, sort_keys=True).encode()).hexdigest()[:32]
    return f"{bot.id}:?{digest}"


def chat_of(update: object) -> str:
    """The chat that an update belongs to, "" for none: updates of one chat are dealt with in order."""
    for value in mapping(update).values():
        one = mapping(value)
        chat = whole(mapping(one.get("chat") or mapping(one.get("message")).get("chat")).get("id"))
        if chat is not None:
            return str(chat)
    return ""


def read(update: object, bot: Bot) -> Incoming | None:
    """What an update means; None for what is of no concern to us."""
    one = mapping(update)
    incoming: Incoming | None = None
    if "message" in one:
        incoming = _message(mapping(one["message"]), bot)
    elif "edited_message" in one:
        incoming = _edited(mapping(one["edited_message"]))
    elif "callback_query" in one:
        incoming = _button(mapping(one["callback_query"]))
    elif "my_chat_member" in one:
        incoming = _membership(mapping(one["my_chat_member"]))
    return replace(incoming, event_id=event_id_of(update, bot)) if incoming is not None else None


def pressed(update: object) -> Pressed | None:
    """The pressed button of an update, to be answered; None where none was pressed."""
    query = mapping(mapping(update).get("callback_query"))
    if not (name := text(query.get("id"))):
        return None
    presser = mapping(query.get("from"))
    _, meant = _data(query)
    return Pressed(
        query=name,
        language=_language(presser),
        for_somebody_else=bool(meant) and meant != str(whole(presser.get("id"))),
    )


def moved(update: object) -> tuple[str, str] | None:
    """(old, new) id of a group that became a supergroup."""
    message = mapping(mapping(update).get("message"))
    here = whole(mapping(message.get("chat")).get("id"))
    new, old = whole(message.get("migrate_to_chat_id")), whole(message.get("migrate_from_chat_id"))
    if here is None or (new is None and old is None):
        return None
    return (str(here), str(new)) if new is not None else (str(old), str(here))


def _message(message: Mapping[str, Any], bot: Bot) -> Incoming | None:
    sender = _sender(message)
    if sender is None:
        return None
    heard = _heard(message, bot, is_group=sender.is_group)
    return _incoming(message, sender, heard, order=whole(message.get("message_id")) or 0) if heard else None


def _heard(message: Mapping[str, Any], bot: Bot, *, is_group: bool) -> Heard | None:
    """What somebody says by a message."""
    if said := _text(message.get("text")):
        return _words(said, bot, is_group=is_group)
    if contact := mapping(message.get("contact")):
        return _contact(contact, whole(mapping(message.get("from")).get("id")))
    if "location" in message:
        return _location(mapping(message["location"]))
    if file := read_file(message, _text(message.get("caption"))):
        return file
    # A sticker and a throw of dice say what their emoji says.
    emoji = text(mapping(message.get("sticker") or message.get("dice")).get("emoji"))
    return Said(text=emoji) if emoji else None


def _words(said: str, bot: Bot, *, is_group: bool) -> Heard | None:
    match = _COMMAND.fullmatch(said)
    if match is None:
        return Said(text=_without_mention(said, bot) if is_group else said)
    whom = match[2]
    if whom and bot.username and whom.lower() != bot.username.lower():
        return None  # Another bot's command.
    return command(match[1].lower(), (match[3] or "").strip()) or Said(text=said)


def _without_mention(said: str, bot: Bot) -> str:
    """The words without the @name by which a bot is spoken to in a group."""
    if not bot.username:
        return said
    return re.sub(rf"@{re.escape(bot.username)}\b[,:]?\s*", "", said, flags=re.IGNORECASE).strip() or said


def _contact(contact: Mapping[str, Any], sender: int | None) -> Heard | None:
    phone = text(contact.get("phone_number")).strip()
    if not re.fullmatch(r"\+?[0-9 ()./-]{3,40}", phone):
        return None
    owner = whole(contact.get("user_id"))
    # Telegram gives the number in international form, mostly without the plus.
    return SharedContact(
        phone=phone if phone.startswith("+") else f"+{phone}", own=owner is not None and owner == sender
    )


def _location(location: Mapping[str, Any]) -> Heard | None:
    latitude, longitude = _degrees(location.get("latitude"), 90), _degrees(location.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    return SharedLocation(latitude=latitude, longitude=longitude)


def _degrees(given: object, most: int) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float) or not -most <= given <= most:
        return None
    return float(given)


def _edited(message: Mapping[str, Any]) -> Incoming | None:
    sender = _sender(message)
    said = _text(message.get("text")) or _text(message.get("caption"))
    reference = _reference(message)
    if sender is None or not said or not reference:
        return None
    return _incoming(message, sender, Edited(reference=reference, text=said))


def _button(query: Mapping[str, Any]) -> Incoming | None:
    message = mapping(query.get("message"))
    sender = _sender({**message, "from": query.get("from")})
    key, meant = _data(query)
    if sender is None or read_button_key(key) is None or (meant and sender.person != f"{NAME}:{meant}"):
        return None
    data = text(query.get("data"))
    return _incoming({**message, "date": None}, sender, Said(text=_label(message, data), button=key))


def _data(query: Mapping[str, Any]) -> tuple[str, str]:
    """The key of a pressed button and, in groups, for whom it is."""
    key, _, person = text(query.get("data")).partition("@")
    return key, person


def _label(message: Mapping[str, Any], data: str) -> str:
    for row in sequence(mapping(message.get("reply_markup")).get("inline_keyboard")):
        for button in map(mapping, sequence(row)):
            if button.get("callback_data") == data:
                return _text(button.get("text"))
    return ""


def _membership(change: Mapping[str, Any]) -> Incoming | None:
    """That somebody blocked us or lets us write again. Of groups, each try to write there tells."""
    sender = _sender(change)
    was, now = (text(mapping(change.get(f"{age}_chat_member")).get("status")) for age in ("old", "new"))
    if sender is None or sender.is_group or not now or (was in _OUTSIDE) == (now in _OUTSIDE):
        return None
    return _incoming(change, sender, Left() if now in _OUTSIDE else CameBack())


def _sender(message: Mapping[str, Any]) -> Sender | None:
    """Who wrote; None for channels, for bots and for what cannot be told."""
    chat, person = mapping(message.get("chat")), mapping(message.get("from"))
    chat_id, person_id = whole(chat.get("id")), whole(person.get("id"))
    kind = text(chat.get("type"))
    if chat_id is None or kind == "channel" or person.get("is_bot") is True or message.get("sender_chat"):
        return None
    is_group = chat_id < 0
    if person_id is None:
        if is_group:
            return None
        person, person_id = chat, chat_id
    thread = whole(message.get("message_thread_id")) if message.get("is_topic_message") is True else None
    name = " ".join(filter(None, (_text(person.get("first_name")).strip(), _text(person.get("last_name")).strip())))
    address = Address(chat=chat_id, thread=thread, person=person_id if is_group else None)
    return Sender(
        address=str(address),
        person=f"{NAME}:{person_id}",
        name=name[:200],
        language=_language(person),
        is_group=is_group,
    )


def _incoming(message: Mapping[str, Any], sender: Sender, heard: Heard, *, order: int = 0) -> Incoming:
    return Incoming(
        channel=NAME,
        event_id="",
        sender=sender,
        heard=heard,
        reference=_reference(message),
        order=order,
        sent_at=moment(whole(message.get("edit_date")) or message.get("date")),
    )


def _reference(message: Mapping[str, Any]) -> str:
    number = whole(message.get("message_id"))
    return str(number) if number is not None else ""


def _language(person: Mapping[str, Any]) -> str | None:
    language = text(person.get("language_code"))
    return language if _LANGUAGE.fullmatch(language) and len(language) <= 35 else None


def _text(given: object) -> str:
    return text(given)[:TEXT_MOST]
