"""Long polling: confirmation by offset, one poller at a time, what is kept and what is asked for."""

import asyncio

import pytest
from telegram import Bot, Update
from telegram.error import Conflict
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, TypeHandler, filters

from tests.telegram.people import Person
from tests.telegram.polling import OTHER_POLL
from tests.telegram.server import Telegram


async def test_updates_wait_until_a_higher_offset_confirms_them(client: Bot, telegram: Telegram, ada: Person) -> None:
    for text in ("one", "two", "three"):
        await ada.says(text)
    first = await client.get_updates(limit=2, timeout=0)
    again = await client.get_updates(limit=2, timeout=0)
    assert [one.update_id for one in first] == [one.update_id for one in again]
    rest = await client.get_updates(offset=first[1].update_id + 1, timeout=0)
    assert [one.message and one.message.text for one in rest] == ["three"]
    assert [one.id for one in telegram.waiting] == [rest[0].update_id]


async def test_a_poll_waits_for_what_comes(client: Bot, telegram: Telegram, ada: Person) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=10))
    await telegram.until(lambda: telegram.poll.is_waiting)
    await ada.says("hello")
    (update,) = await poll
    assert update.message is not None and update.message.text == "hello"


async def test_the_poll_before_is_ended_by_another(client: Bot, telegram: Telegram) -> None:
    first = asyncio.create_task(client.get_updates(timeout=10))
    await telegram.until(lambda: telegram.poll.is_waiting)
    second = asyncio.create_task(client.get_updates(timeout=10))
    with pytest.raises(Conflict):
        await first
    assert telegram.calls[0].error == f"Conflict: {OTHER_POLL}"
    assert not second.done()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)


async def test_what_nobody_fetches_for_a_day_is_gone(client: Bot, telegram: Telegram, ada: Person) -> None:
    await ada.says("old")
    telegram.pass_(24 * 3600 - 10)
    await ada.says("new")
    telegram.pass_(20)
    (update,) = await client.get_updates(timeout=0)
    assert update.message is not None and update.message.text == "new"


async def test_a_negative_offset_forgets_all_but_the_last(client: Bot, telegram: Telegram, ada: Person) -> None:
    for text in ("one", "two", "three"):
        await ada.says(text)
    (last,) = await client.get_updates(offset=-1, timeout=0)
    assert last.message is not None and last.message.text == "three"
    assert len(telegram.waiting) == 1


async def test_only_what_is_asked_for_comes(client: Bot, telegram: Telegram, ada: Person) -> None:
    await client.get_updates(timeout=0, allowed_updates=["edited_message"])
    message = await ada.says("x")
    await ada.edits(message, "y")
    assert message.update_id is None
    (update,) = await client.get_updates(timeout=0)
    assert update.edited_message is not None
    await client.get_updates(timeout=0, allowed_updates=[])
    assert (await ada.says("z")).update_id is not None


async def test_the_librarys_own_application_polls(telegram: Telegram, ada: Person) -> None:
    async def answers(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(f"You said {update.effective_message.text}")

    seen: list[Update] = []

    async def remembers(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        seen.append(update)

    builder = ApplicationBuilder().token(telegram.token).base_url(telegram.base_url)
    app = builder.base_file_url(telegram.base_file_url).build()
    app.add_handler(MessageHandler(filters.TEXT, answers))
    app.add_handler(TypeHandler(Update, remembers), group=1)
    assert app.updater is not None
    async with app:
        await app.updater.start_polling(timeout=5)
        await app.start()
        await ada.says("hello")
        telegram.sends_update({"quantum_update": {}})
        await telegram.until(lambda: ada.sees)
        await telegram.heard()
        await app.updater.stop()
        await app.stop()
    assert [one.text for one in ada.sees] == ["You said hello"]
    assert len(seen) == 2
