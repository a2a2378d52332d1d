"""Questions answered with the browser's own controls, by finger and by keyboard; words are always an answer too."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visits
from tests.browser.standin import StandIn
from tests.browser.states import CARDS, INPUTS, PHONE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


async def asked(visits: Visits, server: StandIn, message: Mapping[str, Any], **options: Any) -> Visitor:
    """A visitor before a question."""
    visitor = await visits("/chat/talk", reduced_motion="reduce", **options)
    await visitor.greeted()
    await visitor.says("Hello!")
    await visitor.sees("Answer 1")
    talk = server.talks[-1]
    await server.push(talk, talk.add(step="ask.it", **message))
    await visitor.sees(message["text"])
    return visitor


async def answered(visitor: Visitor, server: StandIn) -> tuple[str, str | None, str | None]:
    """What the server was told, once it has answered."""
    await visitor.sees("Answer 2")
    said = server.said[-1]
    return said["text"], said.get("choice"), said.get("step")


async def test_a_rating_is_chosen_with_arrows_and_sent_with_enter(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["stars"])
    points = visitor.log.get_by_role("radio")
    await expect(points).to_have_count(5)
    await points.first.focus()
    for _ in range(3):
        await visitor.page.keyboard.press("ArrowRight")
    await expect(visitor.log.get_by_role("radio", name="4 / 5")).to_be_checked()
    assert len(server.said) == 1, "an arrow is no answer yet"
    await visitor.page.keyboard.press("Enter")
    assert await answered(visitor, server) == ("4", "4", "ask.it")
    await visitor.focuses("Your message")


async def test_a_rating_is_one_press_for_a_finger(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["scale"], **PHONE)
    await visitor.log.get_by_role("radio", name="10 / 10, Surely").tap()
    assert (await answered(visitor, server))[0] == "10"


async def test_no_more_can_be_ticked_than_may_be(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["choices"])
    send = visitor.log.get_by_role("button", name="Send")
    await expect(send).to_be_disabled()
    boxes = visitor.log.get_by_role("checkbox")
    await boxes.first.focus()
    for key in ("Space", "Tab", "Space", "Tab", "Space"):
        await visitor.page.keyboard.press(key)
    await expect(send).to_have_text("Send (3/3)")
    await expect(boxes.last).to_be_disabled()
    await visitor.page.keyboard.press("Enter")
    assert await answered(visitor, server) == (
        "Pipeline, E-mail, Reports and forecasts",
        "pipeline,mail,reports",
        "ask.it",
    )


async def test_one_of_many_is_looked_for(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["many"])
    search = visitor.log.get_by_role("searchbox", name="Search")
    await search.fill("LAND")
    await expect(visitor.log.get_by_role("button")).to_have_text(["Finland", "Ireland"])
    await expect(visitor.log.get_by_role("status")).to_have_text("2 / 10")
    await search.fill("îrel")
    await search.press("Enter")
    assert await answered(visitor, server) == ("Ireland", "ireland", "ask.it")


async def test_a_date_out_of_bounds_is_not_sent(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["date"], locale="de-DE")
    picker = visitor.log.get_by_label("When would you like to start?")
    await picker.fill("2026-03-01")
    await picker.press("Enter")
    assert len(server.said) == 1
    await picker.fill("2027-03-01")
    await picker.press("Enter")
    assert await answered(visitor, server) == ("1. März 2027", "2027-03-01", "ask.it")


async def test_a_date_may_be_said_in_words(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["datetime"])
    await visitor.says("next Friday at ten")
    assert (await answered(visitor, server))[0] == "next Friday at ten"


async def test_a_date_and_time_are_picked_together(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["datetime"])
    picker = visitor.log.get_by_label("When shall we meet?")
    await picker.fill("2027-03-01T16:30")
    await picker.press("Enter")
    assert await answered(visitor, server) == ("1 March 2027 at 16:30", "2027-03-01 16:30", "ask.it")


async def test_the_country_of_a_phone_number_is_chosen_by_name(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["phone"])
    country = visitor.chat.get_by_label("Country code")
    await expect(country).to_have_value("GB")
    await expect(visitor.field).to_have_attribute("inputmode", "tel")
    await expect(visitor.field).to_have_attribute("autocomplete", "tel")
    await visitor.field.press_sequentially("171")
    await country.select_option(label="Germany (+49)")
    await expect(visitor.field).to_have_value("+49 171")
    await visitor.field.press_sequentially("1234567")
    await expect(visitor.field).to_have_value("+49 171 123 4567")
    await country.select_option(label="Austria (+43)")
    await expect(visitor.field).to_have_value("+43 171 123 4567")
    await visitor.field.press("Enter")
    assert (await answered(visitor, server))[0] == "+43 171 123 4567"
    await expect(country).to_be_hidden()


async def test_a_code_that_is_typed_chooses_the_country(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["phone"])
    country = visitor.chat.get_by_label("Country code")
    await expect(country).to_be_visible()
    await visitor.field.press_sequentially("0043 1 58858")
    await expect(country).to_have_value("AT")
    await visitor.field.press("Backspace")
    await visitor.field.press("Backspace")
    await expect(visitor.field).to_have_value("+43 158 8")


async def test_anything_may_be_said_where_a_phone_number_is_asked(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["phone"])
    await expect(visitor.chat.get_by_label("Country code")).to_be_visible()
    await visitor.field.press_sequentially("I would rather not")
    await visitor.field.press("Enter")
    assert (await answered(visitor, server))[0] == "I would rather not"


async def test_a_number_has_its_unit_beside_it(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, INPUTS["number"])
    await expect(visitor.field).to_have_attribute("inputmode", "numeric")
    await expect(visitor.field).to_have_accessible_description("people")
    await visitor.says("about fifty")
    assert (await answered(visitor, server))[0] == "about fifty"
    await expect(visitor.field).to_have_accessible_description("")


async def test_an_event_goes_into_the_calendar_one_has(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, CARDS[2])
    addresses = {
        name: await visitor.log.get_by_role("link", name=f"Add to calendar: {name}").get_attribute("href")
        for name in ("Google", "Outlook")
    }
    google, outlook = (parse_qs(urlsplit(str(addresses[name])).query) for name in ("Google", "Outlook"))
    assert google["text"] == outlook["subject"] == ["CRM in an hour"]
    await visitor.sees("4 March, 14:00")
    await visitor.sees("Online")
    file = visitor.log.get_by_role("link", name="Add to calendar (opens in a new tab)")
    assert await file.get_attribute("href") == "https://example.com/crm.ics"


async def test_a_code_that_is_copied_is_said_to_be(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, CARDS[1], permissions=["clipboard-read", "clipboard-write"])
    await visitor.presses("Copy")
    await expect(visitor.log.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert await visitor.page.evaluate("navigator.clipboard.readText()") == "SPRING-7KQ2"


async def test_how_far_it_has_come_is_shown_and_still_there_after_a_reload(visits: Visits, server: StandIn) -> None:
    visitor = await asked(visits, server, {"text": "Half of it is done.", "progress": 0.5})
    bar = visitor.page.get_by_role("progressbar", name="Progress")
    await expect(bar).to_have_js_property("value", 0.5)
    await server.push(talk := server.talks[-1], talk.add(text="Nearly there.", progress=0.75))
    await expect(bar).to_have_js_property("value", 0.75)
    await visitor.page.reload()
    await expect(bar).to_have_js_property("value", 0.75)
