"""What people do, as python-telegram-bot reads it."""

from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, Update

from tests.telegram.people import Person
from tests.telegram.server import Telegram


async def heard(client: Bot) -> list[Update]:
    """What waits, read by the library and confirmed."""
    updates = await client.get_updates(timeout=0)
    if updates:
        await client.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return list(updates)


async def test_a_start_with_a_payload(client: Bot, telegram: Telegram) -> None:
    person = telegram.person("Eve", last_name="Adams", language_code="fr")
    await person.starts("src_pricing-1")
    (update,) = await heard(client)
    message = update.message
    assert message is not None and message.from_user is not None
    assert message.text == "/start src_pricing-1" and message.entities[0].type == "bot_command"
    assert (message.from_user.full_name, message.from_user.language_code) == ("Eve Adams", "fr")
    assert message.chat.id == person.id and telegram.waiting == []


async def test_a_press_is_a_callback_query(client: Bot, ada: Person) -> None:
    button = InlineKeyboardButton("Yes", callback_data="k1")
    link = InlineKeyboardButton("Read", url="https://acme.example/a")
    await client.send_message(ada.id, "Sure?", reply_markup=InlineKeyboardMarkup([[button, link]]))
    press = await ada.presses(ada.sees[0], "Yes")
    (update,) = await heard(client)
    query = update.callback_query
    assert query is not None and (query.data, query.from_user.id) == ("k1", ada.id)
    assert query.message is not None and query.message.message_id == ada.sees[0].id
    await client.answer_callback_query(query.id, "Noted", show_alert=True)
    assert press.answered and press.alert and ada.alerts == ["Noted"]
    assert ada.follows(ada.sees[0], "Read") == "https://acme.example/a"


async def test_what_is_shared(client: Bot, ada: Person) -> None:
    keys = ReplyKeyboardMarkup(
        [[KeyboardButton("My number", request_contact=True), KeyboardButton("Here", request_location=True)]]
    )
    await client.send_message(ada.id, "How do we reach you?", reply_markup=keys)
    await ada.taps("My number")
    await ada.taps("Here")
    number, place = [one.message for one in await heard(client)]
    assert number is not None and number.contact is not None and place is not None and place.location is not None
    assert (number.contact.phone_number, number.contact.user_id) == ("+442079460000", ada.id)
    assert round(place.location.latitude) == 53


async def test_files_and_photos_can_be_downloaded(client: Bot, telegram: Telegram, ada: Person) -> None:
    await ada.sends_file("plan.pdf", b"%PDF plan", caption="our plan")
    await ada.sends_photo()
    document, photo = [one.message for one in await heard(client)]
    assert document is not None and document.document is not None and photo is not None
    file = await client.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF plan"
    assert (document.caption, document.document.file_name) == ("our plan", "plan.pdf")
    assert [one.name for one in telegram.downloads] == ["plan.pdf"]
    assert (await (await client.get_file(photo.photo[-1].file_id)).download_as_bytearray())[1:4] == b"PNG"


async def test_edits(client: Bot, ada: Person) -> None:
    message = await ada.says("fife")
    await ada.edits(message, "five")
    first, second = await heard(client)
    assert first.message is not None and second.edited_message is not None
    assert second.edited_message.text == "five" and second.edited_message.message_id == first.message.message_id


async def test_blocking_and_coming_back(client: Bot, ada: Person) -> None:
    await ada.blocks_the_bot()
    await ada.starts()
    blocked, unblocked, start = await heard(client)
    assert blocked.my_chat_member is not None and blocked.my_chat_member.new_chat_member.status == "kicked"
    assert unblocked.my_chat_member is not None and unblocked.my_chat_member.new_chat_member.status == "member"
    assert start.message is not None and start.message.text == "/start"


async def test_groups_are_heard_as_privacy_says(client: Bot, telegram: Telegram, ada: Person) -> None:
    group = telegram.group("Buyers", ada)
    await telegram.adds_the_bot(group, ada)
    await heard(client)
    await ada.says("hello all", group)
    await ada.says("/start@other_bot", group)
    await ada.says("/start", group)
    await ada.says("@ava_acme_bot hi", group)
    assert [one.message and one.message.text for one in await heard(client)] == ["/start", "@ava_acme_bot hi"]
    telegram.privacy_mode = False
    await ada.says("hello all", group)
    assert [one.message and one.message.text for one in await heard(client)] == ["hello all"]


async def test_channels_post(client: Bot, telegram: Telegram, ada: Person) -> None:
    channel = telegram.channel("News", ada, username="acme_news")
    await telegram.adds_the_bot(channel, ada)
    message = await ada.says("We are live", channel)
    await ada.edits(message, "We are live!")
    added, post, edited = await heard(client)
    assert added.my_chat_member is not None
    assert post.channel_post is not None and post.channel_post.from_user is None
    assert edited.edited_channel_post is not None and edited.edited_channel_post.text == "We are live!"
    await client.send_message("@acme_news", "And we have a bot")
    assert telegram.messages(channel)[-1].text == "And we have a bot"


async def test_reactions_come_where_they_are_asked_for(client: Bot, ada: Person) -> None:
    await client.send_message(ada.id, "Hello")
    await ada.reacts(ada.sees[0], "👍")
    assert await heard(client) == []
    await client.get_updates(timeout=0, allowed_updates=["message_reaction"])
    await ada.reacts(ada.sees[0], "🔥")
    (update,) = await heard(client)
    assert update.message_reaction is not None
    shown: Any = update.message_reaction.new_reaction
    assert [one.emoji for one in shown] == ["🔥"]


async def test_any_update_as_it_is(client: Bot, telegram: Telegram) -> None:
    telegram.sends_update({"update_id": 5, "quantum_update": {"spin": "up"}})
    telegram.sends_update({"poll_answer": {"poll_id": "1", "option_ids": [0], "user": {"id": 5}}})
    assert [one.kind for one in telegram.waiting] == ["quantum_update", "poll_answer"]
    assert [one.source for one in telegram.waiting] == [0, 5]
    assert telegram.waiting[0].id != 5
    again = telegram.redelivers(telegram.waiting[0])
    assert again.id == telegram.waiting[0].id
    kept = telegram.sends_update({"update_id": 5, "quantum_update": {}}, as_it_is=True)
    assert kept.id == 5
