"""What the bot is, and what it may call at all."""

import aiohttp
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from tests.telegram.people import Person
from tests.telegram.server import Telegram
from tests.telegram.test_sending import mistake


async def test_who_it_is(client: Bot) -> None:
    me = await client.get_me()
    assert me.is_bot and me.username == "ava_acme_bot" and me.can_read_all_group_messages is False


async def test_commands_by_scope_and_language(client: Bot, telegram: Telegram) -> None:
    await client.set_my_commands([("start", "Begin"), ("stop", "Be quiet")])
    scope = BotCommandScopeAllPrivateChats()
    await client.set_my_commands([BotCommand("start", "Anfangen")], scope=scope, language_code="de")
    assert [one.command for one in await client.get_my_commands()] == ["start", "stop"]
    assert [one.description for one in await client.get_my_commands(scope, "de")] == ["Anfangen"]
    await client.delete_my_commands()
    assert await client.get_my_commands() == ()
    assert await mistake(telegram, client.set_my_commands([("Start", "x")])) == "BOT_COMMAND_INVALID"
    assert "DESCRIPTION_INVALID" in await mistake(telegram, client.set_my_commands([("start", "")]))
    assert "language" in await mistake(telegram, client.set_my_commands([("start", "x")], language_code="xyz"))


async def test_descriptions(client: Bot, telegram: Telegram) -> None:
    await client.set_my_description("Ask us anything")
    await client.set_my_description("Fragen Sie uns", language_code="de")
    assert (await client.get_my_description("de")).description == "Fragen Sie uns"
    assert (await client.get_my_description("fr")).description == "Ask us anything"
    assert "TOO_LONG" in await mistake(telegram, client.set_my_short_description("x" * 121))


async def test_chats(client: Bot, ada: Person) -> None:
    chat = await client.get_chat(ada.id)
    assert (chat.type, chat.first_name, chat.username) == ("private", "Ada", "ada_b")


async def test_another_token_is_refused(telegram: Telegram) -> None:
    async with aiohttp.ClientSession() as session:
        for token, said in (("110201543:AAwrong", "Unauthorized"), ("wrong", "Unauthorized: invalid token specified")):
            async with session.get(f"{telegram.base_url}{token}/getMe") as response:
                assert response.status == 401
                assert (await response.json())["description"] == said
    assert telegram.violations == ["getMe: wrong token"] * 2
    telegram.violations.clear()


async def test_methods_and_parameters_that_are_none(telegram: Telegram, ada: Person) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{telegram.base_url}{telegram.token}/sendTelegram") as response:
            assert response.status == 404
            assert (await response.json())["description"] == "Not Found: method not found"
        address = f"{telegram.base_url}{telegram.token}/SENDMESSAGE"
        async with session.get(address, params={"chat_id": ada.id, "text": "hi"}) as response:
            assert (await response.json())["result"]["text"] == "hi"
        async with session.post(address, json={"chat_id": ada.id, "text": 5}) as response:
            assert response.status == 400
        async with session.post(address, data={"text": "hi"}) as response:
            assert (await response.json())["description"] == "Bad Request: chat_id is empty"
        async with session.get(f"{telegram.base_file_url}{telegram.token}/documents/none.pdf") as response:
            assert response.status == 404
    assert telegram.violations == [
        "there is no method sendTelegram",
        "sendMessage: Bad Request: parameter text of sendMessage must be of type String",
        "sendMessage: chat_id is missing",
        "sendMessage: Bad Request: chat_id is empty",
    ]
    telegram.violations.clear()
