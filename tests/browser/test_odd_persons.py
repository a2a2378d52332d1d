"""What a server could say about people, and should not: the chat stays whole, and shows what is true."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visits
from tests.browser.dialogs import HOSTILE, Message
from tests.browser.looking import FAINT_TEXTS, SMALL_TARGETS
from tests.browser.standin import StandIn, Talk
from tests.browser.test_for_everybody import PHONE, SMALL
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

ANNA = {"name": "Anna Berg"}
BACK = [{"key": "leave_person", "label": "Back to the bot"}]


def joins(talk: Talk, **more: Any) -> Message:
    """Anna comes in."""
    talk.status = "talking"
    return talk.add(**{"text": "Anna Berg has joined the chat.", "joined": ANNA, "choices": BACK} | more)


def says(talk: Talk, text: str, reference: str, **more: Any) -> Message:
    """Anna says something."""
    return talk.add(**{"from": "rep", "text": text, "persona": ANNA, "id": reference} | more)


async def opened(visits: Visits, server: StandIn, path: str = "/page/talk", **options: Any) -> tuple[Visitor, Talk]:
    visitor = await visits(path, **options)
    await visitor.opens()
    return visitor, server.talks[-1]


async def stand_still(visitor: Visitor) -> None:
    """Stop the page's clock."""
    await visitor.page.clock.install()
    await visitor.page.clock.pause_at(await visitor.page.evaluate("Date.now() + 10_000"))


async def test_a_change_of_something_that_is_not_here(visits: Visits, server: StandIn) -> None:
    """Words come as they are now; what was taken back does not come at all."""
    visitor, talk = await opened(visits, server)
    await server.push(talk, says(talk, "", "gone", revises=True), says(talk, "As it is now", "old", revises=True))
    await visitor.sees_exactly("Hello! What is on your mind?", "As it is now")
    await expect(visitor.chat.locator(".mark")).to_have_text("Edited")
    await server.push(talk, says(talk, "Once more", "old", revises=True), says(talk, "", "old", revises=True))
    await visitor.sees_exactly("Hello! What is on your mind?", "Message removed")
    await server.push(talk, says(talk, "Back again", "old", revises=True))
    await visitor.sees_exactly("Hello! What is on your mind?", "Back again")


async def test_words_of_a_person_acknowledge_nothing_of_the_visitors(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    server.deaf = True
    await visitor.says("Mine")
    await visitor.sees_state("Mine", "sending")
    identity = await visitor.page.evaluate("Object.keys(localStorage).find((key) => key.includes(':unsent:'))")
    await server.push(talk, says(talk, "Theirs", identity.rsplit(":", 1)[1]))
    await visitor.sees_exactly("Hello! What is on your mind?", "Theirs", "Mine")
    await visitor.sees_state("Mine", "sending")
    assert await visitor.unsent() == 1


async def test_hostile_names_pictures_and_words_of_people_stay_texts(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    person = {"name": HOSTILE, "picture": "javascript:window.harmed='picture'"}
    await server.push(
        talk,
        joins(talk, text=HOSTILE, joined=person, choices=[{"key": "leave_person", "label": HOSTILE}]),
        says(talk, HOSTILE, HOSTILE, persona=person),
        says(talk, f"{HOSTILE} again", HOSTILE, persona=person, revises=True),
    )
    for socket in talk.sockets:
        await socket.send_json({"type": "typing", "seconds": 60, "who": "rep", "name": HOSTILE})
    await visitor.sees("again")
    await expect(visitor.typing).to_contain_text("<img")
    await expect(visitor.person).to_contain_text("<img")
    await visitor.closes()
    await server.push(talk, says(talk, HOSTILE, "next", persona=person))
    await expect(visitor.notice).to_contain_text("<img")
    assert await visitor.page.evaluate("window.harmed") is None
    assert await visitor.chat.locator("img").count() == 0


@pytest.mark.parametrize("seconds", [1e12, -5, "soon", None], ids=str)
async def test_typing_ends_whatever_it_says(visits: Visits, server: StandIn, seconds: Any) -> None:
    visitor, talk = await opened(visits, server)
    await stand_still(visitor)
    for socket in talk.sockets:
        await socket.send_json({"type": "typing", "seconds": seconds, "who": "rep", "name": "Anna"})
    await expect(visitor.typing).to_be_visible()
    await visitor.page.clock.fast_forward(61_000)
    await expect(visitor.typing).to_be_hidden()


async def test_typing_of_a_person_lasts_as_long_as_it_says(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    await stand_still(visitor)
    for socket in talk.sockets:
        await socket.send_json({"type": "typing", "seconds": 6, "who": "rep", "name": "Anna"})
    await expect(visitor.typing).to_be_visible()
    await visitor.page.clock.fast_forward(5_900)
    await expect(visitor.typing).to_be_visible()
    await visitor.page.clock.fast_forward(200)
    await expect(visitor.typing).to_be_hidden()


async def test_no_bot_types_while_a_person_is_there(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    await server.push(talk, joins(talk))
    for socket in talk.sockets:
        await socket.send_json({"type": "typing", "seconds": 60})
    await server.push(talk, talk.add(**{"from": "visitor", "text": "from another window"}))
    await visitor.sees("from another window")
    assert await visitor.typing.is_hidden()


async def test_a_person_of_whom_nothing_is_told_is_not_made_up(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    talk.status = "talking"
    await server.push(talk, says(talk, "Hello?", "1", persona=None))
    await visitor.sees("Hello?")
    await expect(visitor.person).to_be_hidden()
    await expect(visitor.heading).to_have_text("Mia Winter")
    await server.push(talk, says(talk, "It is me", "2"))
    await expect(visitor.person).to_contain_text("Anna Berg")
    await expect(visitor.person.get_by_role("button")).to_have_count(0)


async def test_the_bot_asks_in_vain_while_a_person_talks(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    await server.push(talk, joins(talk), talk.add(text="And your mail?", input={"kind": "email"}))
    await visitor.sees("And your mail?")
    await expect(visitor.field).to_have_js_property("tagName", "TEXTAREA")
    talk.status = "asking"
    await server.push(talk, talk.add(text="It's me again."))
    await visitor.sees("It's me again.")
    await expect(visitor.field).to_have_attribute("type", "email")


async def test_a_visitor_who_begins_anew_begins_without_the_person(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    await server.push(talk, joins(talk))
    await expect(visitor.person).to_be_visible()
    server.forget()
    await server.stop()
    await server.start()
    await visitor.sees_exactly("Hello! What is on your mind?")
    await expect(visitor.person).to_be_hidden()
    await expect(visitor.heading).to_have_text("Mia Winter")


async def test_a_change_pulls_nobody_down_who_reads_above(visits: Visits, server: StandIn) -> None:
    visitor, talk = await opened(visits, server)
    await server.push(talk, says(talk, "first", "1"), *(talk.add(text=f"Line {number}") for number in range(30)))
    await visitor.sees("Line 29")
    await visitor.log.hover()
    await visitor.page.mouse.wheel(0, -5000)
    await expect(visitor.bubbles.first).to_be_in_viewport()
    await server.push(talk, says(talk, "first, changed", "1", revises=True))
    await visitor.sees("first, changed")
    await expect(visitor.bubbles.first).to_be_in_viewport()
    await expect(visitor.button("New messages")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["", "#ffd400", "#111111"], ids=["own", "yellow", "black"])
async def test_everything_of_a_takeover_can_be_read(visits: Visits, server: StandIn, scheme: str, accent: str) -> None:
    visitor = await visits("/page/talk", color_scheme=scheme, reduced_motion="reduce")
    if accent:
        await visitor.chat.evaluate("(chat, accent) => chat.style.setProperty('--handraiser-accent', accent)", accent)
    await visitor.opens()
    talk = server.talks[0]
    await server.push(
        talk,
        joins(talk),
        says(talk, "One, see https://example.com", "1"),
        says(talk, "Two", "2"),
        says(talk, "Three", "1", revises=True),
        says(talk, "", "2", revises=True),
    )
    for socket in talk.sockets:
        await socket.send_json({"type": "typing", "seconds": 60, "who": "rep", "name": "Anna Berg"})
    await expect(visitor.typing).to_be_visible()
    assert await visitor.chat.evaluate(FAINT_TEXTS) == []


@pytest.mark.parametrize("device", [PHONE, SMALL], ids=["390", "320"])
async def test_a_takeover_suits_a_finger_and_nothing_runs_off(
    visits: Visits, server: StandIn, device: dict[str, Any]
) -> None:
    visitor = await visits("/chat/talk", **device)
    await visitor.greeted()
    talk = server.talks[0]
    long = {"name": "Anna Wilhelmina Bergström-Hohenlohe"}
    label = "Zurück zum automatischen Assistenten"
    await server.push(
        talk,
        joins(talk, joined=long, choices=[{"key": "leave_person", "label": label}]),
        says(talk, "Hello", "1", persona=long),
    )
    await expect(visitor.person).to_be_visible()
    assert await visitor.chat.evaluate(SMALL_TARGETS) == []
    widths = await visitor.panel.evaluate(
        """(panel) => [panel, ...panel.querySelectorAll(".log, .person")]
            .map((node) => node.scrollWidth - node.clientWidth)"""
    )
    assert widths == [0, 0, 0]
    await expect(visitor.button(label)).to_be_in_viewport(ratio=1)
