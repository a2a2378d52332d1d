"""What the bot sends, as python-telegram-bot sends it, and each way it is refused."""

from collections.abc import Awaitable
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.telegram.files import PNG
from tests.telegram.people import Person
from tests.telegram.server import Telegram


async def refusal(telegram: Telegram, call: Awaitable[Any], kind: type[Exception] = BadRequest) -> str:
    """The description of a refusal, which the library knows as an error of that kind."""
    with pytest.raises(kind):
        await call
    return str(telegram.calls[-1].error)


async def mistake(telegram: Telegram, call: Awaitable[Any]) -> str:
    """A refusal that is noted as a violation, which is taken off the record; without ``Bad Request: ``."""
    said = await refusal(telegram, call)
    assert telegram.violations, "this is a mistake of the caller and must be noted"
    telegram.violations.clear()
    return said.removeprefix("Bad Request: ")


async def test_a_text_with_buttons_is_seen(telegram: Telegram, client: Bot, ada: Person) -> None:
    keyboard = [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]]
    sent = await client.send_message(
        ada.id, "Shall we <b>talk</b>?", "HTML", reply_markup=InlineKeyboardMarkup(keyboard)
    )
    (seen,) = ada.sees
    assert (sent.message_id, sent.text, sent.chat.id) == (seen.id, "Shall we talk?", ada.id)
    assert telegram.shown(seen) == "Shall we talk?\n[Yes] [No]"
    assert telegram.formats(seen) == [("bold", "talk")]


async def test_texts_that_are_refused(telegram: Telegram, client: Bot, ada: Person) -> None:
    assert await mistake(telegram, client.send_message(ada.id, "")) == "message text is empty"
    assert await mistake(telegram, client.send_message(ada.id, " \n ")) == "text must be non-empty"
    assert await mistake(telegram, client.send_message(ada.id, "<b></b>", "HTML")) == "text must be non-empty"
    assert await mistake(telegram, client.send_message(ada.id, "🦊" * 2049)) == "message is too long"
    assert await mistake(telegram, client.send_message(ada.id, "x" * 40000)) == "text is too long"
    assert await mistake(telegram, client.send_message(ada.id, "x", "BBCode")) == "unsupported parse_mode"
    wrong = await mistake(telegram, client.send_message(ada.id, "a_b", "MarkdownV2"))
    assert wrong == "can't parse entities: Can't find end of Italic entity at byte offset 1"
    await client.send_message(ada.id, "🦊" * 2048)
    assert len(ada.sees) == 1


async def test_the_limit_counts_what_is_read_not_the_markup(client: Bot, ada: Person) -> None:
    await client.send_message(ada.id, "<b>" + "x" * 4096 + "</b>", "HTML")
    assert ada.sees[0].text == "x" * 4096


async def test_entities_are_kept_and_links_among_them_looked_at(telegram: Telegram, client: Bot, ada: Person) -> None:
    bold = MessageEntity(MessageEntity.BOLD, offset=3, length=2)
    await client.send_message(ada.id, "🦊 hi, mail me@acme.example", entities=[bold])
    assert telegram.formats(ada.sees[0]) == [("bold", "hi"), ("email", "me@acme.example")]
    link = MessageEntity(MessageEntity.TEXT_LINK, offset=0, length=1, url="localhost")
    said = await mistake(telegram, client.send_message(ada.id, "x", entities=[link]))
    assert said == "entity URL 'localhost' is invalid: Wrong HTTP URL"
    strange = MessageEntity("marquee", offset=0, length=1)
    assert "Unsupported type" in await mistake(telegram, client.send_message(ada.id, "x", entities=[strange]))


async def test_keyboards_that_are_refused(telegram: Telegram, client: Bot, ada: Person) -> None:
    async def tried(**button: Any) -> str:
        markup = {"inline_keyboard": [[button]]}
        return await mistake(telegram, client.send_message(ada.id, "x", api_kwargs={"reply_markup": markup}))

    assert await tried(text="x", callback_data="ä" * 33) == "BUTTON_DATA_INVALID"
    assert "Text buttons are unallowed" in await tried(text="x")
    assert 'Can\'t find field "text"' in await tried(callback_data="x")
    assert "Wrong HTTP URL" in await tried(text="x", url="localhost")
    assert "is empty" in await tried(text=" ", callback_data="x")
    assert "exactly one" in await tried(text="x", callback_data="x", url="https://acme.example")
    wide = InlineKeyboardMarkup([[InlineKeyboardButton(str(i), callback_data=str(i)) for i in range(9)]])
    assert await mistake(telegram, client.send_message(ada.id, "x", reply_markup=wide)) == "reply markup is too long"
    flat = {"reply_markup": {"inline_keyboard": [{"text": "x", "callback_data": "x"}]}}
    assert "Array of Arrays" in await mistake(telegram, client.send_message(ada.id, "x", api_kwargs=flat))
    broken = {"reply_markup": "{"}
    assert "JSON object" in await mistake(telegram, client.send_message(ada.id, "x", api_kwargs=broken))
    assert ada.sees == []


async def test_an_unknown_field_passes_but_is_noted(telegram: Telegram, client: Bot, ada: Person) -> None:
    button = {"text": "x", "callback_data": "x", "colour": "red"}
    await client.send_message(ada.id, "x", api_kwargs={"reply_markup": {"inline_keyboard": [[button]]}, "shout": True})
    assert telegram.violations == [
        "sendMessage: reply_markup.inline_keyboard[0][0] is a InlineKeyboardButton and has no field colour",
        "sendMessage: there is no parameter shout",
    ]
    telegram.violations.clear()


async def test_files_by_upload_and_by_id(telegram: Telegram, client: Bot, ada: Person, max_: Person) -> None:
    sent = await client.send_document(
        ada.id, b"%PDF-1.7 guide", filename="guide.pdf", caption="Your <i>guide</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    await client.send_document(max_.id, sent.document.file_id)
    assert [telegram.shown(one) for one in (*ada.sees, *max_.sees)] == ["[guide.pdf]\nYour guide", "[guide.pdf]"]
    assert max_.sees[0].file is not None and max_.sees[0].file.data == b"%PDF-1.7 guide"
    photo = await client.send_photo(ada.id, PNG)
    assert await mistake(telegram, client.send_document(ada.id, photo.photo[0].file_id)) == (
        "can't use file of type Photo as Document"
    )


async def test_files_that_are_refused(telegram: Telegram, client: Bot, ada: Person) -> None:
    unknown = client.send_document(ada.id, "AgADnothing")
    assert await refusal(telegram, unknown) == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await mistake(telegram, client.send_document(ada.id, b"")) == "file must be non-empty"
    long = client.send_document(ada.id, b"x", caption="x" * 1025)
    assert await mistake(telegram, long) == "message caption is too long"
    nowhere = client.send_document(ada.id, "https://nowhere.example/x.pdf")
    assert await refusal(telegram, nowhere) == "Bad Request: failed to get HTTP URL content"


async def test_places_and_cards(telegram: Telegram, client: Bot, ada: Person) -> None:
    await client.send_location(ada.id, 52.5, 13.4)
    await client.send_contact(ada.id, "+49301234567", "Anna")
    assert [next(iter(one.content)) for one in ada.sees] == ["location", "contact"]
    assert "wrong location" in await mistake(telegram, client.send_location(ada.id, 52.5, 213.4))
    nameless = client.send_contact(ada.id, "+49301234567", "-", api_kwargs={"first_name": ""})
    assert "first name" in await mistake(telegram, nameless)


async def test_typing_is_seen(telegram: Telegram, client: Bot, ada: Person) -> None:
    await client.send_chat_action(ada.id, "typing")
    assert ada.doings == ["typing"]
    assert "action" in await mistake(telegram, client.send_chat_action(ada.id, "dancing"))


async def test_chats_that_cannot_be_written_to(telegram: Telegram, client: Bot, ada: Person) -> None:
    assert await refusal(telegram, client.send_message(99, "x")) == "Bad Request: chat not found"
    stranger = telegram.person("Eve")
    assert await refusal(telegram, client.send_message(stranger.id, "x")) == "Bad Request: chat not found"
    group = telegram.group("Buyers", stranger, ada)
    await telegram.adds_the_bot(group, ada)
    begun = await refusal(telegram, client.send_message(stranger.id, "x"), Forbidden)
    assert begun == "Forbidden: bot can't initiate conversation with a user"
    await ada.blocks_the_bot()
    assert (
        await refusal(telegram, client.send_message(ada.id, "x"), Forbidden) == "Forbidden: bot was blocked by the user"
    )
    await ada.unblocks()
    await client.send_message(ada.id, "x")
    await ada.leaves_telegram()
    assert await refusal(telegram, client.send_message(ada.id, "x"), Forbidden) == "Forbidden: user is deactivated"
    await telegram.removes_the_bot(group, stranger)
    kicked = await refusal(telegram, client.send_message(group.id, "x"), Forbidden)
    assert kicked == "Forbidden: bot was kicked from the group chat"


async def test_a_group_that_became_a_supergroup(telegram: Telegram, client: Bot, ada: Person) -> None:
    group = telegram.group("Buyers", ada)
    await telegram.adds_the_bot(group, ada)
    grown = await telegram.upgrades(group, ada)
    with pytest.raises(ChatMigrated) as caught:
        await client.send_message(group.id, "x")
    assert caught.value.new_chat_id == grown.id
    await client.send_message(grown.id, "x")
    assert telegram.messages(grown)[-1].text == "x"


async def test_replies(telegram: Telegram, client: Bot, ada: Person) -> None:
    asked = await ada.says("What does it cost?")
    await client.send_message(ada.id, "It depends.", reply_parameters=ReplyParameters(asked.id))
    assert ada.sees[0].reply_to is asked
    gone = client.send_message(ada.id, "x", reply_parameters=ReplyParameters(1))
    assert await refusal(telegram, gone) == "Bad Request: message to be replied not found"
    await client.send_message(ada.id, "y", reply_parameters=ReplyParameters(1, allow_sending_without_reply=True))
    assert ada.sees[-1].reply_to is None


async def test_a_reply_keyboard_shows_until_it_is_removed(client: Bot, ada: Person) -> None:
    await client.send_message(ada.id, "Which?", reply_markup=ReplyKeyboardMarkup([["Big", "Small"]]))
    assert ada.keyboard == [["Big", "Small"]]
    assert (await ada.taps("Big")).text == "Big"
    await client.send_message(ada.id, "Thanks", api_kwargs={"reply_markup": {"remove_keyboard": True}})
    assert ada.keyboard == []
