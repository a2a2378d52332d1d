"""Nothing that a script's author, a visitor or a stranger wrote becomes code, markup or a dangerous address."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visits
from tests.browser.dialogs import HOSTILE
from tests.browser.standin import StandIn

pytestmark = pytest.mark.browser

SAYINGS = (
    HOSTILE,
    "\"><svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "</p></div><style>*{display:none}</style>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "&lt;img src=x onerror=alert(1)&gt;",
    "https://example.com/\"onmouseover=alert(1)//",
    "http://javascript:alert(1)@example.com/%0aalert(1)",
    "<iframe srcdoc=\"<script>parent.alert(1)</script>\">",
    "\u202ereversed\u202c \ufeff\x07.",
)  # fmt: skip


async def test_a_hostile_script_is_shown_as_it_is_written(visits: Visits) -> None:
    visitor = await visits("/page/trap")
    await visitor.opens()
    await visitor.sees("Press one")
    assert HOSTILE in await visitor.bubbles.first.inner_text()
    await visitor.button(HOSTILE).click()
    await visitor.sees("Still here.")
    assert await visitor.page.evaluate("window.harmed") is None
    assert await visitor.chat.locator("script, iframe, object, embed").count() == 0


async def test_only_addresses_that_cannot_run_become_links_or_pictures(visits: Visits) -> None:
    visitor = await visits("/page/trap")
    await visitor.opens()
    await visitor.sees("Press one")
    addresses = await visitor.chat.locator("a").evaluate_all("(links) => links.map((link) => link.href)")
    assert addresses == ["https://example.com/", "https://example.com/good"]
    pictures = await visitor.chat.locator("img").evaluate_all("(pictures) => pictures.map((one) => one.src)")
    assert pictures == []
    attributes = await visitor.chat.evaluate(
        """(chat) => [...chat.shadowRoot.querySelectorAll("*")]
            .flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on") || name === "style")"""
    )
    assert attributes in ([], ["style"]), "only the field's own height is set, by script"


async def test_what_a_visitor_writes_is_shown_as_it_is_written(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    expected = ["Hello! What is on your mind?"]
    for number, saying in enumerate(SAYINGS, start=1):
        await visitor.says(saying)
        await visitor.sees(f"Answer {number}")
        talk = server.talks[0]
        await server.push(talk, talk.add(text=f"You said {saying}", persona={"name": saying}))
        expected += [saying, f"Answer {number}", f"You said {saying}"]
    for _ in range(2):
        await expect(visitor.bubbles).to_have_count(len(expected))
        assert await visitor.bubbles.evaluate_all("(all) => all.map((bubble) => bubble.textContent)") == expected
        assert await visitor.page.evaluate("window.harmed") is None
        await visitor.page.reload()


async def test_messages_of_the_page_or_of_strangers_change_nothing(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.page.evaluate(
        """() => {
            const evil = "https://evil.example";
            for (const event of ["config", "set", "open", "token"])
                postMessage({ event, type: event, server: evil, baseUrl: evil }, "*");
        }"""
    )
    await visitor.says("still with you")
    await visitor.sees("Answer 1")
    assert await visitor.chat.evaluate("(chat) => chat.server") == server.address


async def test_a_spoilt_memory_is_no_obstacle(visits: Visits, server: StandIn) -> None:
    visitor = await visits()
    await visitor.page.evaluate(
        """(server) => {
            const key = `handraiser:${server}|talk`;
            localStorage[`${key}:talk`] = "{not json";
            localStorage[`${key}:seen`] = "[]";
            localStorage[`${key}:script`] = "7";
            localStorage[`${key}:unsent:x`] = '{"id": 5}';
            localStorage[`${key}:unsent:y`] = "null";
        }""",
        server.address,
    )
    await visitor.page.reload()
    await visitor.opens()
    await visitor.says("hello")
    await visitor.sees("Answer 1")
