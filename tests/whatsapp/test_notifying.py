"""Notifications: the challenge, signatures, retries, duplicates, order, and what stands in them."""

import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.stand_ins.faults import Cut, Hang, Slow, Status
from tests.whatsapp.a_business import ABusiness
from tests.whatsapp.conftest import code
from tests.whatsapp.faults import refused
from tests.whatsapp.notifying import Signed, written
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


async def test_the_challenge(whatsapp: WhatsApp, business: ABusiness) -> None:
    assert await whatsapp.verifies(business.url, business.verify_token, challenge="1158201444")
    assert not await whatsapp.verifies(business.url, "guessed")
    assert not await whatsapp.subscribes(business.url, "guessed")


async def test_every_kind_of_message(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    first = await wanda.says("Hello")
    await wanda.says("And?", to=first)
    await wanda.sends_file("plan.pdf")
    await wanda.sends_photo(caption="look")
    await wanda.sends_audio()
    await wanda.shares_location()
    await wanda.shares_contact()
    await wanda.reacts(first, "👍")
    await wanda.sends_what_is_not_supported()
    await wanda.changes_number("491709999999")
    await whatsapp.settled()
    kinds = ["text", "text", "document", "image", "audio", "location", "contacts", "reaction", "unsupported", "system"]
    heard = {one["type"]: one for one in business.messages}
    assert sorted(one["type"] for one in business.messages) == sorted(kinds)
    assert heard["document"]["document"]["filename"] == "plan.pdf"
    assert heard["image"]["image"]["caption"] == "look"
    assert heard["contacts"]["contacts"][0]["phones"][0]["wa_id"] == "491701234567"
    assert heard["reaction"]["reaction"] == {"message_id": first.id, "emoji": "👍"}
    assert heard["unsupported"]["errors"][0]["code"] == 131051
    assert heard["system"]["system"]["wa_id"] == "491709999999"
    value = business.heard[0]["entry"][0]["changes"][0]["value"]
    assert value["metadata"]["phone_number_id"] == whatsapp.phone_number_id
    assert value["contacts"] == [{"profile": {"name": "Wanda Maximoff"}, "wa_id": "491701234567"}]
    assert wanda.wa_id == "491709999999" and whatsapp.users["491709999999"] is wanda


async def test_only_raw_bytes_can_be_verified(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("https://acme.example/ä")
    await whatsapp.settled()
    assert business.messages[0]["text"]["body"] == "https://acme.example/ä"
    raw = written(whatsapp.notifications[0].body)
    assert rb"https:\/\/acme.example\/\u00e4" in raw
    assert json.dumps(json.loads(raw), separators=(",", ":")).encode() != raw


@pytest.mark.parametrize("how", [one for one in Signed if one is not Signed.RIGHTLY])
async def test_wrong_signatures(whatsapp: WhatsApp, business: ABusiness, wanda: Person, how: Signed) -> None:
    whatsapp.signs(how)
    await wanda.says("Hello")
    await whatsapp.until(lambda: whatsapp.notifications[0].statuses)
    whatsapp.signs(Signed.RIGHTLY)
    await whatsapp.settled()
    assert whatsapp.notifications[0].statuses[0] == 401
    assert business.refused >= 1 and len(business.messages) == 1


async def test_what_is_not_taken_comes_again(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    async def thrice(body: dict[str, Any]) -> web.Response:
        return web.Response(status=200 if len(business.heard) > 3 else (500, 302, 204)[len(business.heard) - 1])

    business.reply = thrice
    whatsapp.second = 0.0001
    message = await wanda.says("Hello")
    await whatsapp.settled()
    (notification,) = whatsapp.notifications
    assert notification.statuses == [500, 302, 204, 200] and notification.taken
    assert {one["id"] for one in business.messages} == {message.id}


async def test_after_a_week_it_is_given_up(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    async def never(body: dict[str, Any]) -> web.Response:
        whatsapp.pass_(4 * 24 * 3600)
        return web.Response(status=503)

    business.reply = never
    await wanda.says("Hello")
    await whatsapp.settled()
    assert whatsapp.notifications[0].statuses == [503, 503]


async def test_duplicates_and_another_order(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    whatsapp.holds_back()
    for text in ("one", "two", "three"):
        await wanda.says(text)
    whatsapp.lets_go(backwards=True, together=True)
    await whatsapp.settled()
    assert len(business.heard) == 1
    assert [one["text"]["body"] for one in business.messages] == ["three", "two", "one"]
    whatsapp.redelivers(whatsapp.notifications[0])
    await whatsapp.settled()
    assert business.heard[0] == business.heard[1]
    assert await whatsapp.sends_raw(b'{"object":"page","entry":[]}') == 200


async def test_statuses(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    wanda.offline = True
    await business.says(wanda.wa_id, "Hi")
    await whatsapp.settled()
    assert [one["status"] for one in business.statuses] == ["sent"]
    await wanda.comes_online()
    await whatsapp.settled()
    await wanda.reads(wanda.sees[0])
    await whatsapp.settled()
    assert [one["status"] for one in business.statuses] == ["sent", "delivered", "read"]
    assert {one["recipient_id"] for one in business.statuses} == {wanda.wa_id}


async def test_faults_on_demand(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    whatsapp.fails("messages", refused(131056), times=1, chat=wanda.wa_id)
    assert await code(business.says(wanda.wa_id, "x")) == 131056
    whatsapp.fails("messages", Cut(), times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await business.says(wanda.wa_id, "cut")
    assert [one.text for one in wanda.sees] == ["cut"]
    whatsapp.fails("messages", Slow(0.01), times=1)
    assert (await business.says(wanda.wa_id, "slow"))[0] == 200
    whatsapp.fails("number", Status(503))
    async with business.session.get(f"{whatsapp.base_url}/v23.0/{whatsapp.phone_number_id}") as response:
        assert response.status == 503
    whatsapp.recovers()
    whatsapp.fails("messages", Hang())
    with pytest.raises(TimeoutError):
        await business.call(
            "POST", f"{whatsapp.phone_number_id}/messages", json={}, timeout=aiohttp.ClientTimeout(total=0.1)
        )


async def test_down_and_up_again(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    await whatsapp.goes_down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await business.says(wanda.wa_id, "x")
    await whatsapp.comes_back()
    assert (await business.says(wanda.wa_id, "y"))[0] == 200
