"""What visitors type is shown by the real server in a real browser, and never runs there."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.async_api import BrowserContext, Page, Request, expect

from bot.app import Application
from tests.browser.visitor import Visitor
from tests.corpora.reading import Corpora, batches
from tests.corpora.strings import OURS
from tests.corpora.test_texts import said
from tests.corpora.visiting import HttpVisitor

pytestmark = pytest.mark.browser

Contexts = Callable[..., Awaitable[BrowserContext]]

A_TALK = 250
HARMLESS = "Look at https://example.com/ or write to ada@example.com."
"""The chat makes no element for an attack that it does not make for this."""
INSPECT = """(chat) => {
    const all = [...chat.shadowRoot.querySelectorAll("*")];
    return {
        elements: [...new Set(all.map((one) => one.localName))].sort(),
        handlers: all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith("on")),
        protocols: [...new Set([...chat.shadowRoot.querySelectorAll("a")].map((one) => one.protocol))],
        sources: [...chat.shadowRoot.querySelectorAll("[src], [data], [srcset], [action], [formaction]")].length,
    };
}"""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A browser cannot tell the kinds of databases apart."""
    return sqlite_url


async def open_page(app: Application, contexts: Contexts, asked_for: list[str]) -> Page:
    """A page of a new visitor; every address it asks for is noted."""

    def note(request: Request) -> None:
        asked_for.append(request.url)

    context = await contexts()
    context.on("request", note)
    page = await context.new_page()
    await page.goto(f"{app.base_url}/chat/again")
    return page


async def assert_shown_and_nothing_runs(
    app: Application, contexts: Contexts, session: aiohttp.ClientSession, texts: Sequence[str]
) -> None:
    """The visitor's words and the bot's repeating of them, as they come and after a reload."""
    asked_for: list[str] = []
    page = await open_page(app, contexts, asked_for)
    visitor = Visitor(page)
    await visitor.greeted()
    speaker = HttpVisitor(session, app.base_url, "again")
    talk = await visitor.remembers("talk")
    speaker.token, speaker.conversation = talk["token"], talk["conversation"]
    expected = ["What is on your mind?", HARMLESS, *(await speaker.says(HARMLESS))]
    await expect(visitor.bubbles).to_have_count(len(expected))
    usual = (await visitor.chat.evaluate(INSPECT))["elements"]
    for text in texts:
        expected += [text, *(await speaker.says(text))]
    for once_more in (True, False):
        await expect(visitor.bubbles).to_have_count(len(expected), timeout=60_000)
        assert await visitor.bubbles.evaluate_all("(all) => all.map((one) => one.textContent)") == expected
        found = await visitor.chat.evaluate(INSPECT)
        assert found["elements"] == usual
        assert found["handlers"] == []
        assert set(found["protocols"]) <= {"http:", "https:", "mailto:", "tel:"}
        assert found["sources"] == 0
        if once_more:
            await page.reload()
    assert {urlsplit(url).netloc for url in asked_for} == {urlsplit(app.base_url).netloc}
    await page.context.close()


async def test_ours_never_run(app: Application, contexts: Contexts, session: aiohttp.ClientSession) -> None:
    await assert_shown_and_nothing_runs(app, contexts, session, OURS)


@pytest.mark.timeout(1800)
async def test_other_peoples_never_run(
    app: Application, contexts: Contexts, session: aiohttp.ClientSession, corpora: Corpora
) -> None:
    texts = [*corpora.strings(), *corpora.scripting(), *corpora.templates(), *corpora.formulas()]
    for some in batches(said(texts), A_TALK):
        await assert_shown_and_nothing_runs(app, contexts, session, some)
