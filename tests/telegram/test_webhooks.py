"""Webhooks: what may be set, and how deliveries are ordered, repeated, delayed and given up."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from tests.telegram.a_bot import ABot
from tests.telegram.people import Person
from tests.telegram.polling import BY_WEBHOOK, WEBHOOK_ACTIVE
from tests.telegram.server import Telegram
from tests.telegram.test_sending import mistake, refusal

URL = "https://bot.example/telegram"


async def test_updates_come_with_the_secret(client: Bot, telegram: Telegram, hook: ABot, ada: Person) -> None:
    await client.set_webhook(URL, secret_token="s3cret_-", max_connections=5)
    await ada.says("hello")
    await telegram.heard()
    assert [one["message"]["text"] for one in hook.heard] == ["hello"]
    assert hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-"
    info = await client.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (URL, 5, 0)


async def test_addresses_and_secrets_that_are_refused(client: Bot, telegram: Telegram, hook: ABot) -> None:
    async def tried(url: str, **more: Any) -> str:
        return await mistake(telegram, client.set_webhook(url, **more))

    assert "HTTPS URL must be provided" in await tried("http://bot.example/telegram")
    assert "only on ports 80, 88, 443 or 8443" in await tried("https://bot.example:8080/telegram")
    assert "IP address 127.0.0.1 is reserved" in await tried("https://127.0.0.1/telegram")
    assert "unallowed characters" in await tried(URL, secret_token="with blank")
    assert "too long" in await tried(URL, secret_token="x" * 257)
    assert "invalid webhook URL" in await tried("https://")
    unknown = client.set_webhook("https://nowhere.example/")
    assert "Failed to resolve host" in await refusal(telegram, unknown)
    assert telegram.webhook.url == ""
    await client.set_webhook("https://bot.example:8443/telegram")
    telegram.local_mode = True
    await client.set_webhook(hook.url)


async def test_polling_and_a_webhook_exclude_each_other(client: Bot, telegram: Telegram, hook: ABot) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=10))
    await telegram.until(lambda: telegram.poll.is_waiting)
    await client.set_webhook(URL)
    with pytest.raises(Conflict):
        await poll
    assert telegram.calls[0].error == f"Conflict: {BY_WEBHOOK}"
    assert await refusal(telegram, client.get_updates(timeout=0), Conflict) == f"Conflict: {WEBHOOK_ACTIVE}"
    await client.delete_webhook()
    assert list(await client.get_updates(timeout=0)) == []


async def test_a_chat_waits_for_its_first_and_others_do_not(
    client: Bot, telegram: Telegram, hook: ABot, ada: Person, max_: Person
) -> None:
    open_ = asyncio.Event()

    async def holds_ada_up(update: dict[str, Any]) -> web.Response:
        if update["message"]["from"]["id"] == ada.id and not open_.is_set():
            return web.Response(status=503)
        return web.Response()

    hook.reply = holds_ada_up
    await client.set_webhook(URL)
    await ada.says("one")
    await ada.says("two")
    await max_.says("three")
    await telegram.until(lambda: len(telegram.waiting) == 2 and len(hook.heard) > 2)
    assert {one["message"]["text"] for one in hook.heard} == {"one", "three"}
    info = await client.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503"
    open_.set()
    await telegram.heard()
    order = [one["message"]["text"] for one in hook.heard if one["message"]["text"] != "three"]
    assert order[-1] == "two" and set(order[:-1]) == {"one"}


async def test_gaps_grow_and_retry_after_is_honoured(client: Bot, telegram: Telegram, hook: ABot, ada: Person) -> None:
    answers = [(500, {}), (500, {}), (500, {}), (429, {"Retry-After": "7"}), (503, {"Retry-After": "9999"}), (200, {})]

    async def replies(update: dict[str, Any]) -> web.Response:
        status, headers = answers[len(hook.heard) - 1]
        return web.Response(status=status, headers=headers)

    hook.reply = replies
    telegram.second = 0.0001
    await client.set_webhook(URL)
    await ada.says("x")
    await telegram.heard()
    assert [one.status for one in telegram.deliveries] == [500, 500, 500, 429, 503, 200]
    assert [one.gap for one in telegram.deliveries] == [0, 2, 4, 7, 3600, None]


async def test_redirects_are_not_followed_and_silence_is_not_waited_for(
    client: Bot, telegram: Telegram, hook: ABot, ada: Person
) -> None:
    later = asyncio.Event()

    async def replies(update: dict[str, Any]) -> web.Response:
        if len(hook.heard) == 1:
            return web.Response(status=302, headers={"Location": hook.url})
        if len(hook.heard) == 2:
            await later.wait()
        return web.Response()

    hook.reply = replies
    telegram.patience = 1.0
    await client.set_webhook(URL)
    await ada.says("x")
    await telegram.heard()
    assert [one.status for one in telegram.deliveries] == [302, None, 200]
    later.set()


async def test_after_a_day_an_update_is_given_up(client: Bot, telegram: Telegram, hook: ABot, ada: Person) -> None:
    async def refuses(update: dict[str, Any]) -> web.Response:
        telegram.pass_(13 * 3600)
        return web.Response(status=500)

    hook.reply = refuses
    await client.set_webhook(URL)
    await ada.says("x")
    await telegram.until(lambda: len(telegram.deliveries) == 2)
    assert telegram.waiting == [] and len(hook.heard) == 2


async def test_a_webhook_that_is_gone_is_deleted(client: Bot, telegram: Telegram, hook: ABot, ada: Person) -> None:
    async def gone(update: dict[str, Any]) -> web.Response:
        telegram.pass_(8 * 3600)
        return web.Response(status=410)

    hook.reply = gone
    await client.set_webhook(URL)
    await ada.says("given up after a day")
    await telegram.heard()
    assert telegram.webhook.url == URL
    await ada.says("the last try")
    await telegram.until(lambda: not telegram.webhook.url)
    assert len(telegram.waiting) == 1


async def test_what_waited_is_delivered_later_or_dropped(
    client: Bot, telegram: Telegram, hook: ABot, ada: Person
) -> None:
    await ada.says("before")
    await client.set_webhook(URL)
    await telegram.heard()
    await client.delete_webhook()
    await ada.says("between")
    assert len(telegram.waiting) == 1
    await client.set_webhook(URL, drop_pending_updates=True)
    await ada.says("after")
    await telegram.heard()
    assert [one["message"]["text"] for one in hook.heard] == ["before", "after"]


async def test_no_more_at_once_than_max_connections(client: Bot, telegram: Telegram, hook: ABot) -> None:
    at_once: list[int] = []
    now = 0
    three = asyncio.Event()

    async def counts(update: dict[str, Any]) -> web.Response:
        nonlocal now
        now += 1
        at_once.append(now)
        if now == 3:
            three.set()
        await three.wait()
        now -= 1
        return web.Response()

    hook.reply = counts
    await client.set_webhook(URL, max_connections=3)
    for number in range(12):
        await telegram.person(f"P{number}", met=True).says("x")
    await telegram.heard()
    assert len(hook.heard) == 12 and max(at_once) == 3


async def test_the_answer_may_be_a_call(client: Bot, telegram: Telegram, hook: ABot, ada: Person) -> None:
    async def answers(update: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": ada.id, "text": "by return"})

    hook.reply = answers
    await client.set_webhook(URL)
    await ada.says("x")
    await telegram.until(lambda: ada.sees)
    assert ada.sees[0].text == "by return"


async def test_another_secret_can_be_sent(client: Bot, telegram: Telegram, hook: ABot, ada: Person) -> None:
    await client.set_webhook(URL, secret_token="right")
    telegram.webhook.send_secret = "wrong"
    await ada.says("x")
    await telegram.heard()
    telegram.webhook.send_secret = ""
    await ada.says("y")
    await telegram.heard()
    assert [one.get("X-Telegram-Bot-Api-Secret-Token") for one in hook.headers] == ["wrong", None]
