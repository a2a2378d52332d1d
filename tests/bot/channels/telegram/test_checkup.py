"""What ``handraiser doctor`` says of Telegram: each thing that is missing, with its cure."""

from typing import Any

import pytest

from bot.channels.contract import Remark
from bot.channels.telegram.checkup import examine
from bot.channels.telegram.commands import menus
from bot.channels.telegram.reading import UPDATES
from bot.channels.telegram.settings import TelegramSettings
from tests.bot.channels.telegram.conftest import settings_for
from tests.stand_ins.faults import Status
from tests.telegram.server import Telegram

PUBLIC = "https://chat.example.com"


async def remarks(telegram: Telegram, base_url: str = PUBLIC, **settings: Any) -> dict[str, Remark]:
    """What is said, by subject."""
    return {one.subject: one async for one in examine(settings_for(telegram, **settings), base_url)}


def set_menu(telegram: Telegram, scope: str = "all_private_chats") -> None:
    telegram.commands[scope, ""] = [{"command": name, "description": text} for name, text in menus()[""].items()]


async def test_all_is_well(telegram: Telegram) -> None:
    set_menu(telegram)
    said = await remarks(telegram)
    assert {one.verdict for one in said.values()} == {"ok"}
    assert said["telegram"].message == "the bot is @ava_acme_bot, https://t.me/ava_acme_bot"
    assert said["telegram updates"].message == "fetched by us; waiting: 0"


async def test_nothing_is_changed(telegram: Telegram) -> None:
    await remarks(telegram)
    assert all(one.method.startswith("get") for one in telegram.calls)


async def test_a_token_that_is_refused(telegram: Telegram) -> None:
    wrong = TelegramSettings(token="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5wrong", api_url=settings_for(telegram).api_url)
    said = [one async for one in examine(wrong, PUBLIC)]
    telegram.violations.clear()
    assert [(one.subject, one.verdict) for one in said] == [("telegram", "failed")]
    assert "does not know [telegram] token" in said[0].message
    assert "@BotFather" in said[0].cure


async def test_telegram_cannot_be_reached(telegram: Telegram) -> None:
    await telegram.goes_down()
    said = (await remarks(telegram))["telegram"]
    assert said.verdict == "failed" and "cannot be reached" in said.message
    assert said.cure.startswith("is [telegram] api_url right? It is http://127.0.0.1")


async def test_trouble_halfway(telegram: Telegram) -> None:
    telegram.fails("getWebhookInfo", Status(502))
    said = await remarks(telegram)
    assert said["telegram"].verdict == "failed"


async def test_a_webhook_is_in_the_way_of_polling(telegram: Telegram) -> None:
    telegram.webhook.url = "https://old.example/secret-path"
    said = (await remarks(telegram))["telegram updates"]
    assert said.verdict == "warning" and "they go to old.example by a webhook" in said.message
    assert "secret-path" not in said.message


@pytest.mark.parametrize(
    "base_url", ["http://localhost:8080", "http://chat.example.com", "https://chat.example.com:8081"]
)
async def test_addresses_that_telegram_cannot_call(telegram: Telegram, base_url: str) -> None:
    said = (await remarks(telegram, base_url, mode="webhook"))["telegram updates"]
    assert said.verdict == "failed" and said.message == f"Telegram cannot call {base_url}/telegram/webhook"
    assert "public_url" in said.cure


async def test_how_the_webhook_does(telegram: Telegram) -> None:
    said = (await remarks(telegram, mode="webhook"))["telegram updates"]
    assert said.verdict == "warning" and said.message.startswith("Telegram calls nobody yet")
    telegram.webhook.url = f"{PUBLIC}/telegram/webhook"
    telegram.updates.allow(list(UPDATES[:2]))
    said = (await remarks(telegram, mode="webhook"))["telegram updates"]
    assert said.message.startswith("Telegram does not bring callback_query, my_chat_member")
    telegram.updates.allow(list(UPDATES))
    assert (await remarks(telegram, mode="webhook"))["telegram updates"].verdict == "ok"
    telegram.webhook.last_error = (5, "Wrong response from the webhook: 502 Bad Gateway")
    said = (await remarks(telegram, mode="webhook"))["telegram updates"]
    assert said.verdict == "warning" and "502 Bad Gateway" in said.message


async def test_a_menu_that_is_not_set(telegram: Telegram) -> None:
    said = (await remarks(telegram))["telegram commands"]
    assert (said.verdict, said.cure) == ("warning", "handraiser run")


async def test_groups(telegram: Telegram) -> None:
    set_menu(telegram, "default")
    assert (await remarks(telegram, groups=True))["telegram groups"].verdict == "ok"
    telegram.privacy_mode = False
    said = (await remarks(telegram, groups=True))["telegram groups"]
    assert said.verdict == "warning" and "/setprivacy" in said.cure
