"""Buttons, lists and links, and each way they are refused."""

from typing import Any

from tests.whatsapp.a_business import ABusiness
from tests.whatsapp.conftest import mistake
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


def buttons(*titles: str, **more: Any) -> dict[str, Any]:
    reply = [{"type": "reply", "reply": {"id": f"k{i}", "title": title}} for i, title in enumerate(titles)]
    return {"type": "button", "body": {"text": "How many?"}, "action": {"buttons": reply}, **more}


def rows(*titles: str, button: str = "Choose", **more: Any) -> dict[str, Any]:
    listed = [{"id": f"r{i}", "title": title, "description": "x"} for i, title in enumerate(titles)]
    sections = [{"title": "Sizes", "rows": listed}]
    return {"type": "list", "body": {"text": "Which?"}, "action": {"button": button, "sections": sections}, **more}


async def test_a_button_is_pressed(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    body = buttons("Up to 50", "More", header={"type": "text", "text": "Team"}, footer={"text": "Just roughly"})
    await business.send(wanda.wa_id, "interactive", body)
    assert whatsapp.shown(wanda.sees[0]) == "Team\nHow many?\nJust roughly\n[Up to 50] [More]"
    await wanda.presses(wanda.sees[0], "More")
    await whatsapp.settled()
    pressed = business.messages[-1]
    assert pressed["interactive"] == {"type": "button_reply", "button_reply": {"id": "k1", "title": "More"}}
    assert pressed["context"]["id"] == wanda.sees[0].id


async def test_a_row_is_chosen(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    await business.send(wanda.wa_id, "interactive", rows("Small", "Large"))
    await wanda.presses(wanda.sees[0], "Large")
    await whatsapp.settled()
    chosen = business.messages[-1]["interactive"]
    assert chosen == {"type": "list_reply", "list_reply": {"id": "r1", "title": "Large", "description": "x"}}


async def test_a_link(business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    parameters = {"display_text": "Read", "url": "https://acme.example/guide"}
    body = {
        "type": "cta_url",
        "body": {"text": "Our guide"},
        "action": {"name": "cta_url", "parameters": parameters},
    }
    await business.send(wanda.wa_id, "interactive", body)
    assert wanda.follows(wanda.sees[0], "Read") == "https://acme.example/guide"


async def test_what_is_refused(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")

    async def tried(body: dict[str, Any]) -> str:
        number, details = await mistake(whatsapp, business.send(wanda.wa_id, "interactive", body))
        assert number in {100, 131008, 131009}
        return details

    assert "Max allowed buttons: 3" in await tried(buttons("a", "b", "c", "d"))
    assert "Max length: 20" in await tried(buttons("x" * 21))
    assert "Duplicated" in await tried(buttons("same", "same"))
    assert "at most 1024" in await tried(buttons("a", body={"text": "x" * 1025}))
    assert "at most 60" in await tried(buttons("a", footer={"text": "x" * 61}))
    assert "max allowed count: 10" in await tried(rows(*map(str, range(11))))
    assert "Max length: 24" in await tried(rows("x" * 25))
    assert "Max length: 20" in await tried(rows("a", button="x" * 21))
    assert "required" in await tried({"type": "button", "body": {"text": "x"}})
    assert "Unexpected key" in await tried(buttons("a", colour="red"))
    assert "must be one of" in await tried({"type": "carousel", "body": {"text": "x"}, "action": {}})
    assert wanda.sees == []
