"""How soon the bot's first message is there, on a line where every question takes its time."""

import asyncio
import re
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Route

from tests.browser.conftest import Visits
from tests.browser.standin import StandIn
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

SETTLED = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"


class SlowLine:
    """A line that lets requests through in waves: what is asked meanwhile has to wait for the next one.

    A wave is a round trip: whatever needed an answer to be asked comes one wave later.
    """

    def __init__(self) -> None:
        self.waves: list[list[str]] = []
        self._held: list[Route] = []
        self._news = asyncio.Event()

    async def lies_before(self, page: Page) -> None:
        """Between the page and everything but its own document."""
        await page.route(re.compile(r"\.js|/api/"), self._hold)

    async def _hold(self, route: Route) -> None:
        self._held.append(route)
        self._news.set()

    async def lets_through_until_greeted(self, visitor: Visitor) -> None:
        """Waves until the first message is on screen. What is asked after that counts no more."""
        greeted = asyncio.ensure_future(visitor.greeted())
        while not greeted.done():
            news = asyncio.ensure_future(self._news.wait())
            await asyncio.wait((greeted, news), return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            # What is asked in the same breath goes in the same wave.
            await visitor.page.evaluate(SETTLED)
            if await visitor.bubbles.first.is_visible():
                break
            self._news.clear()
            wave, self._held = self._held, []
            asked = sorted(urlsplit(route.request.url).path for route in wave)
            # How the chat should look is asked whenever the page is idle; nothing waits for it.
            if awaited := [path for path in asked if not path.endswith("/launcher")]:
                self.waves.append(awaited)
            await asyncio.gather(*(route.continue_() for route in wave))
        await greeted
        await visitor.page.unroute_all(behavior="ignoreErrors")


async def test_in_the_page_it_is_there_after_two_round_trips(visits: Visits, server: StandIn) -> None:
    visitor = await visits("/page/blank")
    line = SlowLine()
    await line.lies_before(visitor.page)
    going = asyncio.ensure_future(visitor.page.goto(f"{server.address}/page/inline"))
    await line.lets_through_until_greeted(visitor)
    await going
    assert line.waves == [
        ["/widget.js"],
        ["/widget-core-en.js", "/widget-greeting.js"],
        ["/api/v1/hello"],
    ]


async def test_in_the_bubble_it_is_there_after_one(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await server.asked("/api/v1/scripts/talk/launcher")
    line = SlowLine()
    await line.lies_before(visitor.page)
    await visitor.launcher.click()
    await line.lets_through_until_greeted(visitor)
    assert line.waves == [["/api/v1/hello", "/widget-core-en.js"]]


async def test_where_hello_is_not_answered_it_is_said_again(visits: Visits, server: StandIn) -> None:
    server.hellos_lost = 2
    visitor = await visits()
    await visitor.opens()
    assert len(server.talks) == 1
    assert server.hellos_lost == 0
