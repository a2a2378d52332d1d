"""Updates that Telegram brings: only its own, each on disk before it is acknowledged, none blocking the next."""

import asyncio
import io
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.channels import errands
from bot.channels.contract import Said
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.webhook import PATH, SECRET
from bot.webhooks import LARGEST_BODY
from tests.bot.channels.telegram.conftest import BASE_URL, Begin
from tests.bot.channels.telegram.house import DiskFull, PaperHouse
from tests.stand_ins.faults import Status
from tests.telegram.people import Person
from tests.telegram.server import Telegram


@pytest_asyncio.fixture(loop_scope="session")
async def messenger(telegram: Telegram, house: PaperHouse, begin: Begin) -> AsyncIterator[TelegramMessenger]:
    """A messenger whose webhook Telegram has been told of."""
    app = web.Application(client_max_size=65536)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    messengers: list[TelegramMessenger] = []

    async def receive(request: web.Request) -> web.Response:
        assert messengers[0].webhook is not None
        return await messengers[0].webhook.receive(request)

    app.router.add_post(PATH, receive)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    telegram.reaches(BASE_URL, url)
    messengers.append(await begin(house, mode="webhook"))
    messengers[0].local = url  # type: ignore[attr-defined]
    await telegram.until(lambda: telegram.webhook.url)
    yield messengers[0]
    await runner.cleanup()


async def post(messenger: Any, body: bytes | io.BytesIO, *secrets: str) -> aiohttp.ClientResponse:
    headers = [(SECRET, secret) for secret in secrets]
    async with aiohttp.ClientSession() as session:
        return await session.post(messenger.local + PATH, data=body, headers=headers)


def update(number: int = 1, text: str = "Hello") -> bytes:
    person = {"id": 4711, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": number, "date": 5, "from": person, "chat": {"id": 4711, "type": "private"}, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


def words(house: PaperHouse) -> list[str]:
    return [one.text for one in house.heard if isinstance(one, Said)]


async def test_telegram_is_told_where_we_are_and_how_to_prove_itself(
    telegram: Telegram, messenger: TelegramMessenger
) -> None:
    (call,) = telegram.calls_of("setWebhook")
    assert call["url"] == f"{BASE_URL}/telegram/webhook"
    assert call["secret_token"] == messenger.client.settings.secret
    assert set(json.loads(call["allowed_updates"])) == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert [route.path for route in messenger.routes()] == [PATH]


async def test_what_people_do_is_heard(
    telegram: Telegram, messenger: TelegramMessenger, house: PaperHouse, ada: Person
) -> None:
    for text in ("one", "two", "three"):
        await ada.says(text)
    await telegram.heard()
    await house.until(lambda: len(house.heard) == 3)
    assert words(house) == ["one", "two", "three"]


async def test_without_the_secret_nothing_is_taken(messenger: TelegramMessenger, house: PaperHouse) -> None:
    secret = messenger.client.settings.secret
    for wrong in (
        (),
        ("",),
        (secret[:-1],),
        (secret + "x",),
        (secret.upper(),),
        ("é",),
        (secret, secret),
        (secret, "x"),
    ):
        response = await post(messenger, update(), *wrong)
        assert response.status == 403
    assert house.disk.taken == {}
    assert (await post(messenger, update(), secret)).status == 200
    await house.until(lambda: house.heard)


async def test_what_cannot_be_saved_is_to_be_brought_again(
    telegram: Telegram, messenger: TelegramMessenger, house: PaperHouse, ada: Person
) -> None:
    house.broken = DiskFull("no room")
    response = await post(messenger, update(), messenger.client.settings.secret)
    assert (response.status, response.headers["Retry-After"]) == (503, "1")
    assert (await post(messenger, b"no json", messenger.client.settings.secret)).status == 503
    await ada.says("Hello")
    await telegram.until(lambda: telegram.deliveries)
    house.broken = None
    await telegram.heard()
    await house.until(lambda: house.heard)
    assert words(house) == ["Hello"]


async def test_it_is_on_disk_before_it_is_acknowledged(messenger: TelegramMessenger, house: PaperHouse) -> None:
    saving, goes_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        saving.set()
        await goes_on.wait()

    house.before_saving = slow
    answer = asyncio.ensure_future(post(messenger, update(), messenger.client.settings.secret))
    await saving.wait()
    assert not answer.done()
    goes_on.set()
    assert (await answer).status == 200
    assert len(house.disk.taken) == 1


async def test_it_is_acknowledged_before_it_is_dealt_with(messenger: TelegramMessenger, house: PaperHouse) -> None:
    goes_on = asyncio.Event()

    async def slow(_: object) -> None:
        await goes_on.wait()

    house.before_receiving = slow
    assert (await post(messenger, update(), messenger.client.settings.secret)).status == 200
    assert house.heard == []
    goes_on.set()
    await house.until(lambda: house.heard)


async def test_repeats_are_acknowledged_and_not_dealt_with_twice(
    messenger: TelegramMessenger, house: PaperHouse
) -> None:
    secret = messenger.client.settings.secret
    for _ in range(3):
        assert (await post(messenger, update(1), secret)).status == 200
    await asyncio.gather(*(post(messenger, update(2), secret) for _ in range(5)))
    await messenger.intake.settled()
    assert words(house) == ["Hello", "Hello"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"null", b"[]", b"17", b'{"update_id": 1}', b'"text"', b'{"a": NaN}',
     b'{"message": {"chat": {"id": 4711}, "text": "\\ud83d\\u0000"}}'],
    ids=lambda body: body[:20].decode("latin-1"),
)  # fmt: skip
async def test_well_signed_junk_is_taken_and_blocks_nobody(
    messenger: TelegramMessenger, house: PaperHouse, body: bytes
) -> None:
    secret = messenger.client.settings.secret
    assert (await post(messenger, body, secret)).status == 200
    assert (await post(messenger, body, secret)).status == 200
    assert (await post(messenger, update(7, "after"), secret)).status == 200
    await messenger.intake.settled()
    assert words(house)[-1] == "after"
    assert house.disk.waiting == {}


async def test_a_megabyte_is_taken_and_more_than_telegram_sends_is_not(
    messenger: TelegramMessenger, house: PaperHouse
) -> None:
    secret = messenger.client.settings.secret
    assert (await post(messenger, update(1, "x" * 1_000_000), secret)).status == 200
    await house.until(lambda: house.heard)
    assert len(words(house)[0]) == 16_384
    assert (await post(messenger, io.BytesIO(b" " * (LARGEST_BODY + 1)), secret)).status == 413


@pytest.mark.skipif("HANDRAISER_CORPORA" not in os.environ, reason="name other people's updates in HANDRAISER_CORPORA")
@pytest.mark.parametrize("name", ["updates", "messages"])
async def test_other_peoples_updates_are_all_acknowledged(
    telegram: Telegram, messenger: TelegramMessenger, house: PaperHouse, name: str
) -> None:
    cases = json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "telegram" / f"{name}.json").read_text())["cases"]
    for number, case in enumerate(cases):
        body = case["body"] if name == "updates" else {"update_id": number, "message": case["body"]}
        response = await post(messenger, json.dumps(body).encode(), messenger.client.settings.secret)
        assert response.status == 200
    await messenger.intake.settled()
    assert house.disk.waiting == {}
    telegram.violations.clear()


async def test_telegram_is_told_again_until_it_listens(
    telegram: Telegram, house: PaperHouse, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "PAUSES", (0.02,))
    telegram.reaches(BASE_URL, "http://127.0.0.1:9")
    telegram.fails("setWebhook", Status(502), times=3)
    await begin(house, mode="webhook")
    await telegram.until(lambda: telegram.webhook.url == f"{BASE_URL}{PATH}")
