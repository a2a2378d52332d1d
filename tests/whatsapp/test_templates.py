"""Approved templates, filled in rightly and wrongly."""

from typing import Any

from tests.whatsapp.a_business import ABusiness
from tests.whatsapp.conftest import code, mistake
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


def filled(name: str, *values: str, language: str = "en_US", **more: Any) -> dict[str, Any]:
    body = {"type": "body", "parameters": [{"type": "text", "text": one} for one in values]}
    return {"name": name, "language": {"code": language}, "components": [body, *more.get("also", [])]}


async def test_buttons_of_a_template(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    whatsapp.template("visit", "Hi {{1}}, shall we visit?", header="Acme", buttons=("Yes", "No"))
    payload = {"type": "button", "sub_type": "quick_reply", "index": "0"}
    also = [payload | {"parameters": [{"type": "payload", "payload": "yes-42"}]}]
    await business.send(wanda.wa_id, "template", filled("visit", "Wanda", also=also))
    assert whatsapp.shown(wanda.sees[0]) == "Acme\nHi Wanda, shall we visit?\n[Yes] [No]"
    await wanda.presses(wanda.sees[0], "Yes")
    await whatsapp.settled()
    pressed = business.messages[-1]
    assert (pressed["type"], pressed["button"]) == ("button", {"payload": "yes-42", "text": "Yes"})
    assert whatsapp.window_is_open(wanda)


async def test_the_list_of_templates(whatsapp: WhatsApp, business: ABusiness) -> None:
    whatsapp.template("visit", "Hi {{1}}")
    _, answer = await business.call("GET", f"{whatsapp.business_account_id}/message_templates")
    assert [(one["name"], one["status"]) for one in answer["data"]] == [("visit", "APPROVED")]


async def test_what_is_refused(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    whatsapp.template("visit", "Hi {{1}}, on {{2}}?")
    whatsapp.template("paused", "Hi", status="PAUSED")
    whatsapp.template("pending", "Hi", status="PENDING")

    async def tried(body: dict[str, Any]) -> tuple[int, str]:
        return await mistake(whatsapp, business.send(wanda.wa_id, "template", body))

    number, details = await tried(filled("visit", "Wanda"))
    assert number == 132000 and "(1) does not match the expected number of params (2)" in details
    assert (await tried(filled("visit", "Wanda", "a\nb")))[0] == 132012
    assert (await tried(filled("unheard_of")))[0] == 132001
    assert await code(business.send(wanda.wa_id, "template", filled("visit", "a", "b", language="de"))) == 132001
    assert await code(business.send(wanda.wa_id, "template", filled("pending"))) == 132001
    assert await code(business.send(wanda.wa_id, "template", filled("paused"))) == 132015
    assert (await tried({"name": "visit"}))[0] == 131008
    button = {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": []}
    assert (await tried(filled("visit", "a", "b", also=[button])))[0] == 132000
    assert wanda.sees == []
