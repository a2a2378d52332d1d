"""The chat as a pop-up: opened by links, buttons and scripts of the page, it holds the focus and gives it back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

import pytest
from playwright.async_api import BrowserContext, Route, expect

from tests.browser.conftest import Visits
from tests.browser.states import PHONE

pytestmark = pytest.mark.browser
Contexts = Callable[..., Awaitable[BrowserContext]]


HEARS = """new Promise((heard) => new PerformanceObserver((seen) => {
  if (seen.getEntries().some(({ name }) => name.includes("/launcher"))) heard();
}).observe({ type: "resource", buffered: true }))"""
"""Wait until what hears presses is there: it has asked how the chat is to look."""


async def test_a_link_opens_it_and_escape_leads_back(visits: Visits) -> None:
    visitor = await visits("/page/popup")
    await visitor.page.evaluate(HEARS)
    await expect(visitor.launcher).to_be_hidden()
    link = visitor.page.get_by_role("link", name="Talk to us")
    await link.focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.greeted()
    dialog = visitor.page.get_by_role("dialog", name="Mia Winter The CRM buyer's guide")
    await expect(dialog).to_be_visible()
    await visitor.focuses("Your message")
    assert visitor.page.url.endswith("/page/popup"), "the link leads nowhere"
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.panel).to_be_hidden()
    await expect(link).to_be_focused()


@pytest.mark.parametrize(("role", "name"), [("link", "Talk to us"), ("button", "Ask us")], ids=["link", "button"])
async def test_what_is_pressed_too_soon_opens_it_all_the_same(
    visits: Visits, contexts: Contexts, role: Literal["link", "button"], name: str
) -> None:
    context, pressed = await contexts(), asyncio.Event()

    async def late(route: Route) -> None:
        await pressed.wait()
        await route.continue_()

    await context.route("**/widget-greeting.js*", late)
    visitor = await visits("/page/popup", context=context)
    await visitor.page.get_by_role(role, name=name).click()
    pressed.set()
    await visitor.greeted()


async def test_an_address_may_open_it(visits: Visits) -> None:
    visitor = await visits("/page/popup#handraiser")
    await visitor.greeted()


async def test_the_focus_stays_within(visits: Visits) -> None:
    visitor = await visits("/page/popup")
    await visitor.page.evaluate(HEARS)
    await visitor.page.get_by_role("button", name="Ask us").click()
    await visitor.greeted()
    await expect(visitor.button("Yes, please")).to_be_visible()
    inside = "document.activeElement.localName === 'handraiser-chat' || document.activeElement === document.body"
    for _ in range(9):
        await visitor.page.keyboard.press("Tab")
        assert await visitor.page.evaluate(inside), "what is behind cannot be reached"


async def test_a_press_beside_it_closes_it(visits: Visits) -> None:
    visitor = await visits("/page/popup")
    await visitor.page.evaluate("void (window.itCloses = new Promise((done) => Handraiser.on('closed', done)))")
    await visitor.page.evaluate("Handraiser.open()")
    await visitor.greeted()
    await expect(visitor.chat.locator("dialog[open]")).to_be_visible()
    await visitor.panel.click(position={"x": 60, "y": 300})
    await expect(visitor.panel).to_be_visible()
    await visitor.page.mouse.click(5, 5)
    await expect(visitor.panel).to_be_hidden()
    await visitor.page.evaluate("window.itCloses")
    await visitor.page.evaluate("Handraiser.open()")
    await expect(visitor.panel).to_be_visible()


async def test_it_does_not_come_by_itself_with_the_next_page(visits: Visits) -> None:
    visitor = await visits("/page/popup")
    await visitor.page.evaluate("Handraiser.open()")
    await visitor.greeted()
    await visitor.page.reload()
    await visitor.page.evaluate(HEARS)
    await visitor.page.get_by_role("link", name="Talk to us").click()
    await visitor.greeted()


async def test_it_fills_a_phone(visits: Visits) -> None:
    visitor = await visits("/page/popup", reduced_motion="reduce", **PHONE)
    await visitor.page.evaluate(HEARS)
    await visitor.page.get_by_role("link", name="Talk to us").tap()
    await visitor.greeted()
    assert await visitor.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 760}
    await visitor.presses("Close chat")
    await expect(visitor.panel).to_be_hidden()
