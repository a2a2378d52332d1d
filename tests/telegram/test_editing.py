"""What the bot changes, takes away and answers."""

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from tests.telegram.people import Person
from tests.telegram.server import Telegram
from tests.telegram.test_sending import mistake, refusal

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_an_edit_is_seen_and_the_keyboard_goes(client: Bot, telegram: Telegram, ada: Person) -> None:
    sent = await client.send_message(ada.id, "Sure?", reply_markup=YES)
    await client.edit_message_text("Sure? *Yes*\\!", ada.id, sent.message_id, parse_mode="MarkdownV2")
    (seen,) = ada.sees
    assert telegram.shown(seen) == "Sure? Yes!" and seen.edit_date is not None
    await ada.presses(seen, "Yes", version=0)
    assert telegram.presses[0].data == "y"


async def test_what_does_not_change_is_refused(client: Bot, telegram: Telegram, ada: Person) -> None:
    sent = await client.send_message(ada.id, "Sure?", reply_markup=YES)
    same = client.edit_message_text("<b></b>Sure?", ada.id, sent.message_id, parse_mode="HTML", reply_markup=YES)
    assert "message is not modified: specified new message content" in await refusal(telegram, same)
    keys = client.edit_message_reply_markup(ada.id, sent.message_id, reply_markup=YES)
    assert "message is not modified" in await refusal(telegram, keys)
    await client.edit_message_reply_markup(ada.id, sent.message_id)
    assert ada.sees[0].buttons == [] and ada.sees[0].edit_date is None


async def test_edits_that_are_refused(client: Bot, telegram: Telegram, ada: Person) -> None:
    asked = await ada.says("x")
    theirs = client.edit_message_text("y", ada.id, asked.id)
    assert await refusal(telegram, theirs) == "Bad Request: message can't be edited"
    nothing = client.edit_message_text("y", ada.id, 1)
    assert await refusal(telegram, nothing) == "Bad Request: message to edit not found"
    file = await client.send_document(ada.id, b"x", filename="x.txt", caption="old")
    wrong = client.edit_message_text("y", ada.id, file.message_id)
    assert await refusal(telegram, wrong) == "Bad Request: there is no text in the message to edit"
    await client.edit_message_caption(ada.id, file.message_id, caption="new")
    assert telegram.shown(ada.sees[-1]) == "[x.txt]\nnew"
    sent = await client.send_message(ada.id, "Sure?")
    keys = {"reply_markup": ReplyKeyboardMarkup([["x"]]).to_dict()}
    keyed = client.edit_message_text("y", ada.id, sent.message_id, api_kwargs=keys)
    assert await mistake(telegram, keyed) == "inline keyboard expected"
    captionless = client.edit_message_caption(ada.id, sent.message_id, caption="x")
    assert "no caption" in await refusal(telegram, captionless)


async def test_what_is_deleted_is_gone(client: Bot, telegram: Telegram, ada: Person) -> None:
    sent = await client.send_message(ada.id, "Oops", reply_markup=YES)
    (message,) = ada.sees
    await client.delete_message(ada.id, sent.message_id)
    assert ada.sees == []
    again = client.delete_message(ada.id, sent.message_id)
    assert await refusal(telegram, again) == "Bad Request: message to delete not found"
    await ada.presses(message, "Yes")
    (update,) = await client.get_updates(timeout=0)
    assert update.callback_query is not None and update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible
    two = [(await client.send_message(ada.id, str(number))).message_id for number in range(2)]
    await client.delete_messages(ada.id, [*two, 1])
    assert ada.sees == []


async def test_old_messages_stay(client: Bot, telegram: Telegram, ada: Person) -> None:
    sent = await client.send_message(ada.id, "Hello")
    telegram.pass_(49 * 3600)
    late = client.delete_message(ada.id, sent.message_id)
    assert await refusal(telegram, late) == "Bad Request: message can't be deleted"


async def test_a_press_is_answered_once_and_soon(client: Bot, telegram: Telegram, ada: Person) -> None:
    await client.send_message(ada.id, "Sure?", reply_markup=YES)
    old = await ada.presses(ada.sees[0], "Yes")
    telegram.pass_(60)
    new = await ada.presses(ada.sees[0], "Yes")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await refusal(telegram, client.answer_callback_query(old.id)) == too_old
    await client.answer_callback_query(new.id)
    assert await refusal(telegram, client.answer_callback_query(new.id)) == too_old
    assert await refusal(telegram, client.answer_callback_query("1")) == too_old
    third = await ada.presses(ada.sees[0], "Yes", again=True)
    assert [one.answered for one in telegram.presses] == [False, True, False, False]
    long = client.answer_callback_query(third.id, "x" * 201)
    assert await mistake(telegram, long) == "MESSAGE_TOO_LONG"
