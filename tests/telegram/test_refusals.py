"""Calls that no library makes, and what the Bot API says to them."""

import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.telegram import files, parameters
from tests.telegram.a_bot import running_bot
from tests.telegram.people import Person
from tests.telegram.server import Telegram


async def answer(telegram: Telegram, method: str, body: Any, **more: Any) -> dict[str, Any]:
    """What the Bot API answers; violations are taken off the record."""
    address = f"{telegram.base_url}{telegram.token}/{method}"
    sent = more or {"json": body}
    async with aiohttp.ClientSession() as session, session.post(address, **sent) as response:
        found: dict[str, Any] = await response.json()
        assert response.status == found.get("error_code", 200)
    telegram.violations.clear()
    return found


async def refused(telegram: Telegram, method: str, body: Any, **more: Any) -> str:
    """The description of the refusal."""
    found = await answer(telegram, method, body, **more)
    assert not found["ok"], found
    return str(found["description"]).removeprefix("Bad Request: ")


def keyed(**button: Any) -> dict[str, Any]:
    return {"text": "x", "reply_markup": {"inline_keyboard": [[button]]}}


SENDING: list[tuple[dict[str, Any], str]] = [
    ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
    ({"text": "x", "reply_markup": {"buttons": []}}, "reply markup of no known kind"),
    ({"text": "x", "reply_markup": {"keyboard": 5}}, 'field "keyboard" must be of type Array'),
    ({"text": "x", "reply_markup": {"keyboard": [[5]]}}, "KeyboardButton must be a String or an Object"),
    ({"text": "x", "reply_markup": {"inline_keyboard": [["x"]]}}, "InlineKeyboardButton must be an Object"),
    (
        {
            "text": "x",
            "reply_markup": {"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]},
        },
        "several things at once",
    ),
    (keyed(text=5, callback_data="x"), 'Field "text" must be of type String'),
    (keyed(text="x", callback_data=5), 'Field "callback_data" must be of type String'),
    (keyed(text="x", callback_data="x", style="neon"), "invalid button style specified"),
    (keyed(text="x", web_app={"url": "http://acme.example"}), "Only HTTPS links are allowed"),
    (keyed(text="x", copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (keyed(text="x", url="ftp://acme.example"), "Unsupported URL protocol"),
    ({"text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
    ({"text": "x", "reply_parameters": [5]}, "object expected as reply parameters"),
    ({"text": "x", "entities": [{"type": "bold"}]}, 'Can\'t find field "offset"'),
    ({"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]}, "negative offset"),
    ({"text": "x", "entities": [{"type": "text_mention", "offset": 0, "length": 1}]}, "a field of text_mention"),
    ({"text": "x", "disable_notification": "perhaps"}, "must be of type Boolean"),
    ({"text": "x", "message_thread_id": "five"}, "must be of type Integer"),
    ({"text": "x", "message_thread_id": True}, "must be of type Integer"),
]


@pytest.mark.parametrize(("body", "why"), SENDING, ids=[why for _, why in SENDING])
async def test_texts(telegram: Telegram, ada: Person, body: dict[str, Any], why: str) -> None:
    assert why in await refused(telegram, "sendMessage", body | {"chat_id": ada.id})
    assert ada.sees == []


OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("sendDocument", {}, "there is no document in the request"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendLocation", {"longitude": 5}, "latitude is empty"),
    ("sendContact", {"first_name": "x"}, "phone number is empty"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"text": "x", "inline_message_id": "AAA"}, "MESSAGE_ID_INVALID"),
    ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
    ("deleteMessages", {"message_ids": list(range(101))}, "too many message identifiers"),
    ("answerCallbackQuery", {"callback_query_id": "1", "url": "https://acme.example"}, "URL_INVALID"),
    ("getFile", {"file_id": ""}, "file_id not specified"),
    ("getFile", {"file_id": "AgADnone"}, "invalid file_id"),
    ("leaveChat", {}, "chat not found"),
    (
        "setMyCommands",
        {"commands": [{"command": f"c{i}", "description": "x"} for i in range(101)]},
        "COMMANDS_TOO_MUCH",
    ),
    ("setMyCommands", {"commands": [], "scope": {"type": "galaxy"}}, "Unsupported type specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, 'Can\'t find field "chat_id"'),
]


@pytest.mark.parametrize(("method", "body", "why"), OTHERS, ids=[f"{method}: {why}" for method, _, why in OTHERS])
async def test_others(telegram: Telegram, ada: Person, method: str, body: dict[str, Any], why: str) -> None:
    where = {} if method in {"answerCallbackQuery", "getFile", "setMyCommands"} else {"chat_id": ada.id}
    assert why in await refused(telegram, method, where | body)


async def test_bodies_that_are_no_objects(telegram: Telegram) -> None:
    headers = {"Content-Type": "application/json"}
    assert await refused(telegram, "sendMessage", None, data=b"{", headers=headers) == "can't parse JSON object"
    assert await refused(telegram, "sendMessage", None, data=b"[]", headers=headers) == "object expected"
    plain = {"Content-Type": "text/plain"}
    assert await refused(telegram, "sendMessage", None, data=b"text=x", headers=plain) == "message text is empty"


async def test_what_is_too_large(telegram: Telegram, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_PHOTO", 100)
    monkeypatch.setattr(parameters, "MOST_UP", 1000)

    def form(name: str, size: int) -> aiohttp.FormData:
        made = aiohttp.FormData({"chat_id": str(ada.id)})
        made.add_field(name, b"x" * size, filename="x.png", content_type="image/png")
        return made

    assert "too big for a photo" in await refused(telegram, "sendPhoto", None, data=form("photo", 500))
    assert await refused(telegram, "sendDocument", None, data=form("document", 1001)) == "Request Entity Too Large"
    assert (await answer(telegram, "sendDocument", None, data=form("document", 500)))["ok"]


async def test_files_that_cannot_be_had(telegram: Telegram, ada: Person) -> None:
    large = await ada.sends_file("film.mov", size=21 * 2**20)
    assert await refused(telegram, "getFile", {"file_id": large.content["document"]["file_id"]}) == "file is too big"
    small = (await ada.sends_file("plan.pdf")).content["document"]["file_id"]
    telegram.files.unavailable.add(small)
    why = "wrong file_id or the file is temporarily unavailable"
    assert await refused(telegram, "getFile", {"file_id": small}) == why


async def test_addresses_are_fetched_as_telegram_does(telegram: Telegram, ada: Person) -> None:
    async with running_bot() as site:

        async def pages(update: dict[str, Any]) -> web.Response:
            return web.Response()

        site.reply = pages
        telegram.reaches("https://site.example", site.url)
        gone = {"chat_id": ada.id, "document": "https://site.example/guide.pdf"}
        assert await refused(telegram, "sendDocument", gone) == "failed to get HTTP URL content"
    assert await refused(telegram, "sendDocument", gone) == "failed to get HTTP URL content"

    async def shop(request: web.Request) -> web.Response:
        kind = "application/pdf" if request.path.endswith("pdf") else "text/html"
        return web.Response(body=b"%PDF", content_type=kind)

    app = web.Application()
    app.router.add_get("/{name}", shop)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.reaches("https://site.example", f"http://127.0.0.1:{runner.addresses[0][1]}")
    assert (await answer(telegram, "sendDocument", gone))["ok"]
    page = {"chat_id": ada.id, "document": "https://site.example/index.html"}
    assert await refused(telegram, "sendDocument", page) == "wrong type of the web page content"
    await runner.cleanup()
    assert telegram.shown(ada.sees[0]) == "[guide.pdf]"


async def test_chats_the_bot_is_not_in(telegram: Telegram, ada: Person) -> None:
    channel = telegram.channel("News", ada, username="acme_news")
    said = await refused(telegram, "sendMessage", {"chat_id": "@acme_news", "text": "x"})
    assert said == "Forbidden: bot is not a member of the channel chat"
    await telegram.adds_the_bot(channel, ada)
    keys = {"chat_id": channel.id, "text": "x", "reply_markup": {"keyboard": [["x"]]}}
    assert await refused(telegram, "sendMessage", keys) == "inline keyboard expected"
    assert (await answer(telegram, "leaveChat", {"chat_id": channel.id}))["result"] is True
    assert channel.bot == "left"
    group = telegram.supergroup("Buyers", ada)
    await telegram.adds_the_bot(group, ada)
    await ada.says("hi", group, reply_to=(await ada.says("/start", group)))
    await telegram.removes_the_bot(group, ada)
    kicked = "Forbidden: bot was kicked from the supergroup chat"
    assert await refused(telegram, "getChat", {"chat_id": group.id}) == kicked
    assert (await ada.says("/start", group)).heard is False
    group.deleted = True
    assert "deleted" in await refused(telegram, "sendMessage", {"chat_id": group.id, "text": "x"})


async def test_entities_of_every_kind_are_kept(telegram: Telegram, ada: Person) -> None:
    given: list[dict[str, Any]] = [
        {"type": "pre", "offset": 0, "length": 1, "language": "py"},
        {"type": "text_link", "offset": 1, "length": 1, "url": "acme.example"},
        {"type": "text_link", "offset": 2, "length": 1, "url": f"tg://user?id={ada.id}"},
        {"type": "text_mention", "offset": 3, "length": 1, "user": {"id": 5, "is_bot": False, "first_name": "x"}},
        {"type": "custom_emoji", "offset": 4, "length": 1, "custom_emoji_id": "5"},
        {"type": "date_time", "offset": 5, "length": 1, "unix_time": 5},
        {"type": "hashtag", "offset": 6, "length": 1},
        {"type": "bold", "offset": 7, "length": 99},
    ]
    body = {"chat_id": ada.id, "text": "abcdefgh", "entities": json.dumps(given)}
    kept = (await answer(telegram, "sendMessage", body))["result"]["entities"]
    assert [one["type"] for one in kept] == [
        "pre", "text_link", "text_mention", "text_mention", "custom_emoji", "date_time",
    ]  # fmt: skip
    assert kept[1]["url"] == "http://acme.example/"


async def test_an_empty_keyboard_is_none(telegram: Telegram, ada: Person) -> None:
    body = {"chat_id": ada.id, "text": "x", "reply_markup": {"inline_keyboard": []}}
    assert "reply_markup" not in (await answer(telegram, "sendMessage", body))["result"]


async def test_an_empty_address_deletes_the_webhook(telegram: Telegram) -> None:
    assert (await answer(telegram, "setWebhook", {"url": ""}))["result"] is True


async def test_forbidden_calls_in_answer_to_a_webhook(telegram: Telegram, ada: Person) -> None:
    telegram.local_mode = True
    async with running_bot() as hook:
        calls = iter(["deleteWebhook", "getMe", "sendTelegram"])

        async def answers(update: dict[str, Any]) -> web.Response:
            return web.json_response({"method": next(calls)})

        hook.reply = answers
        await answer(telegram, "setWebhook", {"url": f"{hook.url}/telegram"})
        for text in ("a", "b", "c"):
            await ada.says(text)
        await telegram.until(lambda: telegram.violations)
        await telegram.heard()
        assert telegram.violations == ["there is no method sendTelegram"]
        assert telegram.webhook.url and telegram.calls_of("getMe") == []
        telegram.violations.clear()
        await answer(telegram, "deleteWebhook", {})


async def test_what_waits_is_told_when_a_test_waits_in_vain(telegram: Telegram, ada: Person) -> None:
    await ada.says("x")
    with pytest.raises(AssertionError, match=r"waiting: .<Update 100000001 message>"):
        await telegram.heard(seconds=0.01)
    with pytest.raises(AssertionError, match="there is no 'Yes' to press"):
        await ada.taps("Yes")
