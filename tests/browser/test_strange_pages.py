"""The chat on pages that do what they like: replace their bodies, bend them, change what JavaScript brings along."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import BrowserContext, Route, expect

from tests.browser.conftest import Visits
from tests.browser.dialogs import choices
from tests.browser.standin import StandIn
from tests.browser.test_popup import HEARS
from tests.browser.visitor import Visitor, chat

pytestmark = pytest.mark.browser

Contexts = Callable[..., Awaitable[BrowserContext]]
TAG = '<script src="/widget.js" data-script="talk" defer></script>'
GREETING = "Hello! What is on your mind?"

ADDITIONS = """
Object.prototype.extend = function () {};
Array.prototype.last = function () { return this[this.length - 1] };
"""
"""What a page may do to every object."""

OLD_LIBRARY = """
Array.from = (list) => Array.prototype.slice.call(list);
HTMLElement.prototype.scrollTo = function () { window.scrollTo(0, 0); return this; };
HTMLElement.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
for (const name of ["show", "hide", "select", "identify", "clone", "replace", "empty", "next", "match", "store"])
  HTMLElement.prototype[name] = function () { throw new Error(name) };
for (const name of ["clear", "first", "last", "flatten", "without"])
  Array.prototype[name] = function () { throw new Error(name) };
"""
"""What libraries from before 2012 put in the place of, or beside, what browsers have."""

OLD_SAFARI = """
delete Document.prototype.adoptedStyleSheets;
Object.defineProperty(ShadowRoot.prototype, "adoptedStyleSheets", { value: undefined });
window.CSSStyleSheet = class { constructor() { throw new TypeError("Illegal constructor"); } };
delete AbortSignal.timeout;
delete window.requestIdleCallback;
"""
"""What Safari 15.4 has not."""


@pytest.fixture
def shown(server: StandIn, contexts: Contexts) -> Callable[..., Awaitable[Visitor]]:
    """Show a page of one's own, without a policy. ``before`` runs first of all."""

    async def show(body: str, head: str = TAG, before: str = "") -> Visitor:
        context = await contexts()
        page = await context.new_page()
        text = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Mine</title>{head}<body>{body}'

        async def answer(route: Route) -> None:
            await route.fulfill(body=text, content_type="text/html")

        await page.route("**/mine", answer)
        if before:
            await page.add_init_script(before)
        await page.goto(f"{server.address}/mine")
        return chat(page)

    return show


async def test_a_page_that_replaces_its_body_keeps_the_chat(visits: Visits) -> None:
    """As pages do that load the next one themselves."""
    visitor = await visits()
    await visitor.opens()
    await visitor.field.fill("half ty")
    await visitor.page.evaluate("document.body.replaceWith(document.createElement('body'))")
    await expect(visitor.field).to_have_value("half ty")
    await visitor.says("still there?")
    await visitor.sees_exactly(GREETING, "still there?", "Answer 1")


@pytest.mark.parametrize("kind", ["", "defer", "async"])
async def test_a_tag_that_stands_there_twice_or_runs_again_makes_one_chat(
    shown: Callable[..., Awaitable[Visitor]], kind: str
) -> None:
    tag = TAG.replace("defer", kind)
    visitor = await shown(tag, tag * 2)
    await visitor.opens()
    await visitor.page.evaluate(
        """() => new Promise((ran) => {
            const tag = Object.assign(document.createElement("script"), { src: "/widget.js", onload: ran });
            tag.dataset.script = "talk";
            document.body.append(tag);
        })"""
    )
    await expect(visitor.launcher).to_have_count(1)
    await visitor.says("to one")
    await visitor.sees_exactly(GREETING, "to one", "Answer 1")


async def test_another_script_is_another_chat(shown: Callable[..., Awaitable[Visitor]]) -> None:
    visitor = await shown("", TAG + TAG.replace("talk", "crm-guide"))
    await expect(visitor.launcher).to_have_count(2)


async def test_a_module_is_a_tag_like_any_other(shown: Callable[..., Awaitable[Visitor]]) -> None:
    visitor = await shown("", TAG.replace("defer", 'type="module"'))
    await visitor.opens()


@pytest.mark.parametrize("style", ["transform: scale(0.9)", "filter: grayscale(1)", "contain: paint; height: 90px"])
async def test_a_page_that_bends_its_body_leaves_the_bubble_in_the_corner(
    shown: Callable[..., Awaitable[Visitor]], style: str
) -> None:
    visitor = await shown(f"<style>body {{ {style} }} body > * {{ position: static !important }}</style><p>Hello")
    box, size = await visitor.launcher.bounding_box(), visitor.page.viewport_size
    assert box is not None
    assert size is not None
    assert box["x"] + box["width"] == size["width"] - 20
    assert box["y"] + box["height"] == size["height"] - 20
    await visitor.opens()
    await expect(visitor.panel).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("before", [ADDITIONS, OLD_LIBRARY], ids=["additions", "library"])
async def test_what_a_page_adds_to_everything_is_no_obstacle(visits: Visits, server: StandIn, before: str) -> None:
    visitor = await visits("/page/blank")
    await visitor.page.add_init_script(before)
    await visitor.page.goto(f"{server.address}/page/talk")
    await visitor.opens()
    talk = server.talks[0]
    await server.push(talk, *(talk.add(text=f"Line {number}") for number in range(30)))
    await expect(visitor.bubbles.last).to_be_in_viewport()
    points = {"kind": "rating", "minimum": 1, "maximum": 5}
    await server.push(
        talk, talk.add(text="How was it?", input=points, choices=choices(**{point: point for point in "12345"}))
    )
    await visitor.chat.get_by_role("radio").nth(3).click()
    await visitor.sees_state("4", "sent")
    await visitor.page.reload()
    await visitor.sees("How was it?")


async def test_nobody_prints_the_bubble(visits: Visits) -> None:
    visitor = await visits()
    await visitor.opens()
    await visitor.page.emulate_media(media="print")
    await expect(visitor.launcher).to_be_hidden()
    await expect(visitor.panel).to_be_hidden()
    await visitor.page.emulate_media(media="screen")
    await expect(visitor.panel).to_be_visible()


async def test_a_button_in_somebodys_shadow_opens_the_chat(shown: Callable[..., Awaitable[Visitor]]) -> None:
    visitor = await shown("<div id=host></div>")
    await visitor.page.evaluate(
        """() => {
            const root = document.querySelector("#host").attachShadow({ mode: "open" });
            root.innerHTML = "<button data-handraiser-open><b>Ask us</b></button>";
        }"""
    )
    await visitor.page.get_by_role("button", name="Ask us").click()
    await visitor.greeted()


async def test_presses_that_are_made_up_and_chats_that_are_gone_are_no_errors(
    shown: Callable[..., Awaitable[Visitor]],
) -> None:
    """An error would fail the test."""
    visitor = await shown("<button data-handraiser-open>Ask us</button>")
    await visitor.page.evaluate(HEARS)
    await visitor.page.evaluate("for (const one of [window, document]) one.dispatchEvent(new Event('click'))")
    await visitor.page.evaluate("Handraiser.destroy()")
    await visitor.page.get_by_role("button", name="Ask us").click()
    await expect(visitor.chat).to_have_count(0)


async def test_an_old_browser_has_it_too(shown: Callable[..., Awaitable[Visitor]]) -> None:
    visitor = await shown("", before=OLD_SAFARI)
    await expect(visitor.launcher).to_have_css("position", "fixed")
    await visitor.opens()
    await visitor.says("from an old phone")
    await visitor.sees_exactly(GREETING, "from an old phone", "Answer 1")
    await visitor.chat.evaluate("(chat) => { chat.setAttribute('theme', 'dark'); chat.setAttribute('label', 'Ask'); }")
    await expect(visitor.launcher).to_have_css("position", "fixed")
    await expect(visitor.panel).to_have_css("display", "flex")
    await visitor.closes()
