"""A visitor in a real browser, people in Slack, and everything between them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, expect

import dialogs
from bot.app import Application
from tests.application import config_for, running
from tests.browser.visitor import Visitor
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person

pytestmark = pytest.mark.browser

LIBRARY = Path(dialogs.__file__).parent / "library"


@pytest_asyncio.fixture
async def app(slack: Slack, sales: Channel, tmp_path: Path) -> AsyncIterator[Application]:
    """The real server with the starter scripts, and Slack by Socket Mode."""
    section = {
        "bot_token": slack.bot_token,
        "app_token": slack.app_token,
        "api_url": slack.api_url,
        "channel": "#sales",
    }
    config = config_for(f"sqlite:///{tmp_path}/handraiser.db", LIBRARY)
    async with running(replace(config, sections={"slack": section}), targets={}) as application:
        yield application
        await slack.settled()


async def the_card(slack: Slack, sales: Channel) -> Message:
    """The lead's card, once it is there."""
    await slack.until(lambda: slack.messages(sales), 30)
    return slack.messages(sales)[0]


async def test_a_visitor_asks_for_a_person_and_talks_with_her(
    app: Application,
    slack: Slack,
    sales: Channel,
    anna: Person,
    contexts: Callable[..., Awaitable[BrowserContext]],
) -> None:
    page = await (await contexts(locale="en")).new_page()
    await page.goto(f"{app.base_url}/chat/crm-guide")
    visitor = Visitor(page)
    await visitor.greeted()
    await visitor.says("Can I talk to a person, please?")
    card = await the_card(slack, sales)
    assert "asks for a person" in slack.shown(card)

    await slack.click(anna, card, "claim")
    await visitor.sees("Anna Berg")
    await slack.say(anna, sales, "He may have 20% off", thread_ts=card.ts)
    spoken = await slack.say(anna, sales, "! Hello, Anna here. What would you like to know?", thread_ts=card.ts)
    await visitor.sees("Hello, Anna here. What would you like to know?")
    await expect(visitor.log.get_by_text("20%")).to_have_count(0)

    await visitor.says("Does it work with Outlook?")
    asked = "Does it work with Outlook?"
    await slack.until(lambda: any(asked in slack.shown(one) for one in slack.thread(sales, card.ts)), 30)
    await slack.edit(spoken, "! Hello, Anna Berg here. What would you like to know?")
    await visitor.sees("Hello, Anna Berg here.")

    await page.reload()
    await visitor.sees("Hello, Anna Berg here.")
    await visitor.sees(asked)

    await slack.click(anna, card, "give_back")
    await slack.click(anna, card, "qualified")
    await slack.until(lambda: "Sales qualified" in slack.shown(card), 30)
    assert slack.pings == []
