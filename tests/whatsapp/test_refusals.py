"""Calls that are wrong in their shape, and what Graph says to them."""

from typing import Any

import aiohttp
import pytest

from tests.stand_ins.faults import TooMany
from tests.whatsapp import media
from tests.whatsapp.a_business import ABusiness
from tests.whatsapp.conftest import code, mistake
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


def listed(*sections: dict[str, Any]) -> dict[str, Any]:
    action = {"button": "Choose", "sections": list(sections)}
    return {"type": "list", "body": {"text": "x"}, "action": action}


def linked(url: str) -> dict[str, Any]:
    parameters = {"display_text": "Read", "url": url}
    return {"type": "cta_url", "body": {"text": "x"}, "action": {"name": "cta_url", "parameters": parameters}}


ROW = {"id": "1", "title": "One"}
REPLY = {"type": "reply", "reply": {"id": "1", "title": "One"}}
BUTTON = {"type": "button", "body": {"text": "x"}, "action": {"buttons": [REPLY]}}
NAMED = {"name": "visit", "language": {"code": "en_US"}}
SHAPES: list[tuple[str, Any, int, str]] = [
    ("text", "x", 100, "must be of type dict"),
    ("interactive", BUTTON | {"action": {"buttons": ["x"]}}, 100, "must be a JSON object"),
    ("text", {"body": 5}, 100, "must be of type str"),
    ("text", {"body": "x", "preview_url": "yes"}, 100, "must be of type bool"),
    ("reaction", {"message_id": "wamid.none", "emoji": "👍"}, 131009, "there is no message"),
    ("interactive", BUTTON | {"header": {"type": "text"}}, 131008, "['header']['text'] is required"),
    ("interactive", listed(), 131009, "Invalid sections count"),
    ("interactive", listed({"rows": [ROW]}, {"rows": [ROW]}), 131009, "Section title length invalid"),
    ("interactive", listed({"rows": [ROW, ROW]}), 131009, "Duplicated rows"),
    ("interactive", linked("javascript:alert(1)"), 131009, "must begin with http"),
    ("template", NAMED | {"components": [{"type": "button"}]}, 131008, "needs sub_type and index"),
    (
        "template",
        NAMED | {"components": [{"type": "body", "parameters": [{"type": "text"}]}]},
        131008,
        "text is required",
    ),
]


@pytest.mark.parametrize(("kind", "body", "number", "why"), SHAPES, ids=[why for *_, why in SHAPES])
async def test_shapes(
    whatsapp: WhatsApp, business: ABusiness, wanda: Person, kind: str, body: Any, number: int, why: str
) -> None:
    await wanda.says("Hello")
    whatsapp.template("visit", "Hi {{name}}")
    found, details = await mistake(whatsapp, business.send(wanda.wa_id, kind, body))
    assert found == number and why in details
    assert wanda.sees == []


async def test_places_with_names(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    whatsapp.template("visit", "Hi {{name}}")

    def filled(name: str) -> dict[str, Any]:
        parameter = {"type": "text", "parameter_name": name, "text": "Wanda"}
        return NAMED | {"components": [{"type": "body", "parameters": [parameter]}]}

    assert (await mistake(whatsapp, business.send(wanda.wa_id, "template", filled("age"))))[0] == 100
    await business.send(wanda.wa_id, "template", filled("name"))
    assert wanda.sees[0].text == "Hi Wanda"


async def test_a_link_with_a_place_in_a_template(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    whatsapp.template("visit", "Your offer", link="https://acme.example/{{1}}", footer="Acme")
    parameters = [{"type": "text", "text": "42"}]
    button = {"type": "button", "sub_type": "url", "index": 0, "parameters": parameters}
    await business.send(wanda.wa_id, "template", NAMED | {"components": [button]})
    assert wanda.follows(wanda.sees[0], "Open") == "https://acme.example/42"
    assert (await mistake(whatsapp, business.send(wanda.wa_id, "template", NAMED)))[0] == 132000


async def test_bodies_that_are_none(whatsapp: WhatsApp, business: ABusiness) -> None:
    path = f"{whatsapp.phone_number_id}/messages"
    headers = {"Content-Type": "application/json"}
    address = f"{whatsapp.base_url}/v23.0/{path}"
    for raw, why in ((b"{", "no JSON"), (b"[]", "must be a JSON object")):
        async with business.session.post(address, data=raw, headers=headers) as response:
            assert why in (await response.json())["error"]["error_data"]["details"]
    whatsapp.violations.clear()
    message = {"messaging_product": "whatsapp", "to": "491701234567", "type": "text"}
    assert (await mistake(whatsapp, business.call("POST", path, json=message)))[0] == 131008
    product = message | {"messaging_product": "telegram"}
    assert (await mistake(whatsapp, business.call("POST", path, json=product)))[0] == 100


async def test_uploads_that_are_none(
    whatsapp: WhatsApp, business: ABusiness, wanda: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{whatsapp.phone_number_id}/media"
    empty = aiohttp.FormData({"messaging_product": "whatsapp"})
    assert (await mistake(whatsapp, business.call("POST", path, data=empty)))[0] == 100
    other = aiohttp.FormData({"messaging_product": "x"})
    assert (await mistake(whatsapp, business.call("POST", path, data=other)))[0] == 100
    monkeypatch.setitem(media.MOST, "image", 3)
    _, answer = await business.upload("x.png", b"xxxx", "image/png")
    whatsapp.refuses_at_once = True
    await wanda.says("Hello")
    assert await code(business.send(wanda.wa_id, "image", {"id": answer["id"]})) == 131053
    nowhere = {"link": "https://nowhere.example/x.png"}
    assert await code(business.send(wanda.wa_id, "image", nowhere)) == 131052


async def test_a_limit_on_demand(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    whatsapp.fails("messages", TooMany(), times=1)
    assert await code(business.says(wanda.wa_id, "x")) == 130429
    assert [one.code for one in whatsapp.calls] == [130429]
    assert whatsapp.calls_of("messages")[0]["to"] == wanda.wa_id


async def test_any_notification_as_it_is(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    body: dict[str, Any] = {"object": "whatsapp_business_account", "entry": []}
    notification = whatsapp.sends(body)
    await whatsapp.settled()
    assert business.heard == [body] and notification.values == []
    with pytest.raises(AssertionError, match="there is no 'Yes' to press"):
        await wanda.presses(await wanda.says("x"), "Yes")
