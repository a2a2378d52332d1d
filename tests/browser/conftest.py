"""A real browser, the stand-in server, and visitors: whatever goes wrong in a page fails the test that opened it."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.browser.standin import StandIn
from tests.browser.visitor import Visitor, chat
from tests.browser_setup import CHROMIUM_NAMES, COMMAND

CHROMIUM = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
NO_CHROMIUM = f"no Chromium found; install one with: {COMMAND}"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  handraiserTrouble(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => handraiserTrouble(`called ${name}`);
"""

Opens = Callable[..., Awaitable[Page]]
Visits = Callable[..., Awaitable[Visitor]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser, one test stands for all of them and says how to get one."""
    if CHROMIUM is not None:
        return
    driving = [item for item in items if item.get_closest_marker("browser")]
    for item in driving[1:]:
        items.remove(item)
    config.hook.pytest_deselected(items=driving[1:])
    for item in driving[:1]:
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, or any other that is installed."""
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    expect.set_options(timeout=15_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def contexts(browser: Browser) -> AsyncIterator[Callable[..., Awaitable[BrowserContext]]]:
    """Browser profiles. Errors of their pages, and what a Content-Security-Policy stopped, fail the test."""
    opened: list[BrowserContext] = []
    troubles: list[str] = []

    async def make(**options: Any) -> BrowserContext:
        context = await browser.new_context(**{"locale": "en-GB", **options})
        await context.expose_function("handraiserTrouble", lambda trouble: troubles.append(trouble))  # noqa: PLW0108
        await context.add_init_script(WATCH)
        context.on("weberror", lambda error: troubles.append(f"error: {error.error}"))
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        await context.close()
    assert troubles == []


@pytest.fixture
async def server() -> AsyncIterator[StandIn]:
    """The stand-in server."""
    standin = StandIn()
    await standin.start()
    yield standin
    await standin.stop()


@pytest.fixture
async def visits(server: StandIn, contexts: Callable[..., Awaitable[BrowserContext]]) -> Visits:
    """Open an address of the stand-in server in a new profile, or in a given one as another tab."""

    async def visit(path: str = "/page/talk", context: BrowserContext | None = None, **options: Any) -> Visitor:
        page = await (context or await contexts(**options)).new_page()
        await page.goto(path if "://" in path else server.address + path)
        return chat(page)

    return visit
