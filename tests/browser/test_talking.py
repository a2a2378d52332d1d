"""What a visitor can do in the chat, and what they see."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visits
from tests.browser.standin import StandIn

pytestmark = pytest.mark.browser


async def test_a_visitor_answers_with_buttons_and_words(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    await visitor.says("Ada")
    await visitor.sees("where shall it go?")
    assert [(said["text"], said.get("choice"), said.get("step")) for said in server.said] == [
        ("Yes, please", "yes", "ask.welcome"),
        ("Ada", None, None),
    ]


async def test_answered_buttons_go_and_leave_what_was_answered(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.button("Yes, please").dblclick()
    await visitor.sees("What may I call you?")
    await expect(visitor.button("Not today")).to_be_hidden()
    await expect(visitor.button("Yes, please")).to_be_hidden()
    await expect(visitor.chat.locator(".own .bubble")).to_have_text("Yes, please")
    assert len(server.said) == 1


async def test_passed_over_buttons_go(visits: Visits) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.says("Who are you?")
    await expect(visitor.button("Yes, please")).to_be_hidden()
    await visitor.page.reload()
    await visitor.sees("Who are you?")
    await expect(visitor.button("Yes, please")).to_be_hidden()


async def test_the_second_press_of_a_double_click_answers_no_further_question(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    talk = server.talks[0]
    await server.push(talk, talk.add(text="Really?", choices=[{"key": "yes", "label": "Really"}]))
    await visitor.button("Really").dispatch_event("click", {"detail": 2})
    await visitor.button("Really").press("Enter")
    await visitor.sees("What may I call you?")
    assert [said["text"] for said in server.said] == ["Really"]


async def test_several_options_are_picked_and_sent_together(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    for text in ("yes", "Ada", "ada@example.com"):
        await visitor.says(text)
    send = visitor.log.get_by_role("button", name="Send")
    await expect(send).to_be_disabled()
    for label in ("Reports", "Pipeline", "E-mail", "E-mail"):
        await visitor.log.get_by_role("checkbox", name=label).click()
    await expect(visitor.log.get_by_role("checkbox", name="Pipeline")).to_be_checked()
    await expect(visitor.log.get_by_role("checkbox", name="E-mail")).not_to_be_checked()
    await expect(send).to_have_text("Send (2)")
    await send.click()
    await visitor.sees("How many people would use it?")
    assert server.said[-1]["choice"] == "pipeline,reports"
    assert server.said[-1]["text"] == "Pipeline, Reports"


async def test_an_optional_question_can_be_skipped(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    for text in ("yes", "Ada", "ada@example.com"):
        await visitor.says(text)
    await visitor.presses("Skip")
    await visitor.sees("How many people would use it?")
    assert server.said[-1]["text"] == "Skip"


async def test_a_date_is_picked_and_a_rating_pressed(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    for text in ("yes", "Ada", "ada@example.com", "reports", "12"):
        await visitor.says(text)
    picker = visitor.log.get_by_label("And when would you like to start?")
    assert (await picker.get_attribute("min"), await picker.get_attribute("max")) == ("2027-01-05", "2027-12-31")
    await picker.fill("2027-03-01")
    await visitor.log.get_by_role("button", name="Send").last.click()
    await visitor.log.get_by_role("radio", name="5 / 5, Very").click()
    await visitor.sees("Two things for you.")
    assert [(said["text"], said.get("choice")) for said in server.said[-2:]] == [
        ("1 March 2027", "2027-03-01"),
        ("5", "5"),
    ]


@pytest.mark.parametrize(
    ("answered", "kind", "mode", "autocomplete"),
    [(1, "text", "text", "given-name"), (2, "email", "email", "email"), (4, "text", "numeric", "off")],
)
async def test_the_field_suits_the_question(
    visits: Visits, answered: int, kind: str, mode: str, autocomplete: str
) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    for number in range(answered):
        await visitor.says(f"answer {number}")
        await visitor.sees_state(f"answer {number}", "sent")
    await expect(visitor.field).to_have_attribute("inputmode", mode)
    await expect(visitor.field).to_have_attribute("type", kind)
    await expect(visitor.field).to_have_attribute("autocomplete", autocomplete)


async def test_what_is_typed_survives_a_change_of_the_field(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/shop")
    await visitor.opens()
    await visitor.field.fill("half a sente")
    talk = server.talks[0]
    await server.push(talk, talk.add(text="And your mail?", input={"kind": "email"}))
    await expect(visitor.field).to_have_attribute("type", "email")
    await expect(visitor.field).to_have_value("half a sente")
    await expect(visitor.field).to_be_focused()


async def test_a_message_of_several_lines_keeps_them(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.field.press_sequentially("one")
    await visitor.field.press("Shift+Enter")
    await visitor.field.press_sequentially("two")
    await visitor.field.press("Enter")
    await visitor.sees("Answer 1")
    assert server.said[0]["text"] == "one\ntwo"
    assert await visitor.bubbles.nth(1).inner_text() == "one\ntwo"


async def test_cards_give_what_they_promise(visits: Visits) -> None:
    visitor = await visits("/page/shop", permissions=["clipboard-read", "clipboard-write"])
    await visitor.opens()
    for number in range(7):
        await visitor.says(f"answer {number}")
    await visitor.sees("Or talk to us:")
    await expect(visitor.log.get_by_role("link", name="Download")).to_have_attribute(
        "href", "https://example.com/guide.pdf"
    )
    await expect(visitor.log.get_by_role("link", name="Add to calendar (opens")).to_have_attribute(
        "href", "https://example.com/crm.ics"
    )
    await visitor.sees("4 March")
    await visitor.presses("Copy")
    await expect(visitor.button("Copied")).to_be_visible()
    assert await visitor.page.evaluate("navigator.clipboard.readText()") == "SPRING-7KQ2"


async def test_web_addresses_in_texts_are_links_without_the_sentence_around(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    talk = server.talks[0]
    text = "See https://example.com/a_(b), (https://example.com/c). Or https://example.com/d?e=f&g#h!"
    await server.push(talk, talk.add(text=text))
    await visitor.sees("See https")
    links = await visitor.bubbles.last.get_by_role("link").all()
    assert [await link.get_attribute("href") for link in links] == [
        "https://example.com/a_(b)",
        "https://example.com/c",
        "https://example.com/d?e=f&g#h",
    ]
    assert {await link.get_attribute("rel") for link in links} == {"noopener noreferrer"}
    assert await visitor.bubbles.last.inner_text() == text


async def test_a_person_who_steps_in_is_named(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    talk = server.talks[0]
    await server.push(talk, talk.add(**{"from": "rep", "text": "Hi, Ben here.", "persona": {"name": "Ben Hart"}}))
    await visitor.sees("Ben Hart")


async def test_the_bot_types_before_it_speaks(visits: Visits, server: StandIn) -> None:
    server.pace = 0.4
    visitor = await visits()
    await visitor.opens()
    await visitor.says("Hello")
    await expect(visitor.chat.locator(".typing")).to_be_visible()
    await visitor.sees("Answer 1")
    await expect(visitor.chat.locator(".typing")).to_be_hidden()


async def test_who_reads_above_is_not_pulled_down(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    for number in range(1, 15):
        await visitor.says(f"Line {number}")
        await visitor.sees(f"Answer {number}")
    await visitor.log.hover()
    await visitor.page.mouse.wheel(0, -3000)
    await expect(visitor.bubbles.first).to_be_in_viewport()
    talk = server.talks[0]
    await server.push(talk, talk.add(text="Something new"))
    await expect(visitor.button("New messages")).to_be_visible()
    await expect(visitor.bubbles.first).to_be_in_viewport()
    await visitor.presses("New messages")
    await expect(visitor.log.get_by_text("Something new")).to_be_in_viewport()
    await expect(visitor.button("New messages")).to_be_hidden()


async def test_a_closed_chat_counts_what_was_missed(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.closes()
    talk = server.talks[0]
    await server.push(talk, talk.add(text="Are you there?"))
    await expect(visitor.launcher).to_have_accessible_name("Chat, 1 unread")
    await visitor.launcher.click()
    await expect(visitor.launcher).to_have_accessible_name("Chat")
    await visitor.sees("Are you there?")


async def test_after_the_end_it_can_start_over(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    talk = server.talks[0]
    talk.status = "ended"
    await visitor.says("Bye")
    await visitor.presses("Start over")
    greeting = "Hello! What is on your mind?"
    await visitor.sees_exactly(greeting, "Bye", "Answer 1", "Start over", greeting)
    await expect(visitor.button("Start over")).to_be_hidden()
