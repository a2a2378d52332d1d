"""Notifications: only Meta's, each on disk before it is acknowledged, none dealt with twice, none in another's way."""

import asyncio
import hashlib
import hmac
import io
import json
from typing import Any

import aiohttp
import pytest

from bot.channels import intake
from bot.channels.contract import Said
from bot.channels.whatsapp import SIGNATURE, WhatsAppMessenger
from bot.webhooks import LARGEST_BODY
from tests.bot.channels.whatsapp.conftest import VERIFY_TOKEN, Begin, MindfulHouse
from tests.house import HouseDouble
from tests.whatsapp.notifying import Signed
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


def words(house: HouseDouble) -> list[str]:
    return [one.text for one in house.heard if isinstance(one, Said)]


def signature(whatsapp: WhatsApp, body: bytes) -> str:
    return "sha256=" + hmac.new(whatsapp.app_secret.encode(), body, hashlib.sha256).hexdigest()


async def post(whatsapp: WhatsApp, body: bytes, *signatures: str) -> int:
    assert whatsapp.notifier.url is not None
    headers = [(SIGNATURE, one) for one in signatures]
    url, data = whatsapp.notifier.url, io.BytesIO(body)
    async with aiohttp.ClientSession() as session, session.post(url, data=data, headers=headers) as got:
        return got.status


def notification(whatsapp: WhatsApp, number: int = 1, **more: Any) -> dict[str, Any]:
    message = {"from": "491701234567", "id": f"wamid.{number}", "timestamp": "5", "type": "text"}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": whatsapp.phone_number_id},
        "contacts": [],
        "messages": [message | {"text": {"body": "Hello"}} | more],
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }


async def test_meta_finds_that_the_address_is_ours(whatsapp: WhatsApp, messenger: WhatsAppMessenger) -> None:
    url = whatsapp.notifier.url
    assert url is not None
    assert await whatsapp.verifies(url, VERIFY_TOKEN, "1158201444")
    assert not await whatsapp.verifies(url, VERIFY_TOKEN[:-1])
    assert not await whatsapp.verifies(url, "é" + VERIFY_TOKEN)
    async with aiohttp.ClientSession() as session:
        for asked in (
            {},
            {"hub.verify_token": VERIFY_TOKEN},
            {"hub.mode": "unsubscribe", "hub.verify_token": VERIFY_TOKEN},
        ):
            async with session.get(url, params=asked) as got:
                assert got.status == 403
        asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "<script>"}
        async with session.get(url, params=asked) as got:
            assert got.content_type == "text/plain"


@pytest.mark.parametrize("how", [one for one in Signed if one is not Signed.RIGHTLY])
async def test_what_meta_did_not_sign_leaves_nothing(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person, how: Signed
) -> None:
    whatsapp.signs(how)
    await wanda.says("Give me everything")
    (sent,) = whatsapp.notifications
    await whatsapp.until(lambda: sent.statuses)
    assert sent.statuses[0] == 401
    assert (house.known, house.memory.keys() & {("whatsapp", "chat:491701234567")}) == (set(), set())
    whatsapp.signs(Signed.RIGHTLY)
    await house.wait()


async def test_a_signature_is_for_these_bytes_alone(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble
) -> None:
    body = json.dumps(notification(whatsapp)).encode()
    right = signature(whatsapp, body)
    for wrong in (
        (),
        ("",),
        (right[:-1],),
        (right + "0",),
        (right.upper(),),
        (right, right),
        (right, "x"),
        (right[7:],),
    ):
        assert await post(whatsapp, body, *wrong) == 401
    assert await post(whatsapp, body.replace(b"Hello", b"hello"), right) == 401
    assert await post(whatsapp, body + b" ", right) == 401
    assert await post(whatsapp, json.dumps(json.loads(body), indent=1).encode(), right) == 401
    assert house.known == set()
    assert await post(whatsapp, body, right) == 200
    await house.wait()


async def test_it_is_on_disk_before_it_is_acknowledged(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: MindfulHouse
) -> None:
    house.may_save.clear()
    body = json.dumps(notification(whatsapp)).encode()
    answer = asyncio.ensure_future(post(whatsapp, body, signature(whatsapp, body)))
    await house.saving.wait()
    assert not answer.done()
    house.may_save.set()
    assert await answer == 200
    assert ("whatsapp", "wamid.1") in house.known


async def test_what_cannot_be_saved_comes_again(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    house.full = True
    await wanda.says("Hello")
    (sent,) = whatsapp.notifications
    await whatsapp.until(lambda: sent.statuses)
    assert await post(whatsapp, b"no json", signature(whatsapp, b"no json")) == 503
    house.full = False
    await house.wait()
    await whatsapp.settled()
    assert set(sent.statuses[:-1]) == {503}
    assert words(house) == ["Hello"]


async def test_repeats_are_dealt_with_once(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    for text in ("one", "two", "three"):
        await wanda.says(text)
        await whatsapp.settled()
    for sent in list(whatsapp.notifications):
        whatsapp.redelivers(sent)
        whatsapp.redelivers(sent)
    await whatsapp.settled()
    await messenger.intake.settled()
    assert words(house) == ["one", "two", "three"]


@pytest.mark.parametrize("backwards", [True, False])
async def test_many_in_one_notification_are_dealt_with_in_its_order(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person, backwards: bool
) -> None:
    whatsapp.holds_back()
    texts = [str(number) for number in range(20)]
    for text in texts:
        await wanda.says(text)
    whatsapp.lets_go(together=True, backwards=backwards)
    await house.wait(20)
    assert words(house) == (texts[::-1] if backwards else texts)


async def test_what_was_left_over_is_dealt_with_at_the_next_start(
    whatsapp: WhatsApp, begin: Begin, house: MindfulHouse, wanda: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "STOP_SECONDS", 0.05)
    messenger = await begin()
    house.may_receive.clear()
    await wanda.says("one")
    await whatsapp.settled()
    await wanda.says("two")
    await whatsapp.settled()
    await messenger.stop()
    assert (words(house), len(house.disk)) == ([], 2)
    house.may_receive.set()
    await begin()
    await house.wait(2)
    assert (words(house), house.disk) == (["one", "two"], {})


async def test_poison_is_put_aside_and_what_follows_is_heard(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    poison = [
        b"", b"no json", b"\xff\x00\xfe", b"[" * 100_000, b'{"entry": 1e999}',
    ]  # fmt: skip
    for body in poison:
        assert await post(whatsapp, body, signature(whatsapp, body)) == 200
    for message in ({"type": 5}, {"text": {"body": ["x"]}}, {"text": None, "type": "sticker"}, {"from": None}):
        body = json.dumps(notification(whatsapp, len(house.known) + 100, **message)).encode()
        assert await post(whatsapp, body, signature(whatsapp, body)) == 200
    await messenger.intake.settled()
    assert house.disk == {}
    assert len(house.aside) >= 6
    await wanda.says("Hello")
    await house.wait(len(house.received) + 1)
    assert words(house)[-1] == "Hello"


async def test_what_cannot_be_dealt_with_is_put_aside(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    house.busy = 3
    message = await wanda.says("one")
    await wanda.says("two")
    aside = await house.wait_aside()
    assert aside == {("whatsapp", message.id): "OSError: the database is away"}
    await house.wait()
    assert words(house) == ["two"]


async def test_other_numbers_and_other_news_are_not_kept(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    other = notification(whatsapp)
    other["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"
    account = {"entry": [{"changes": [{"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}]}]}
    bodies: tuple[Any, ...] = (other, account, {}, [], {"entry": {}}, {"entry": [None, {"changes": [7]}]})
    for body in bodies:
        raw = json.dumps(body).encode()
        assert await post(whatsapp, raw, signature(whatsapp, raw)) == 200
    await wanda.says("Hello")
    await house.wait()
    assert len(house.known) == 1


async def test_a_body_that_is_too_large_is_refused(whatsapp: WhatsApp, messenger: WhatsAppMessenger) -> None:
    body = json.dumps(notification(whatsapp, text={"body": "x" * 200_000})).encode()
    assert await post(whatsapp, body, signature(whatsapp, body)) == 200
    body = b"x" * (LARGEST_BODY + 1)
    assert await post(whatsapp, body, signature(whatsapp, body)) == 413
