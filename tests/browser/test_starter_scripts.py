"""Each starter script, talked through in a real browser against the real server: the lead is there, complete."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, expect

import dialogs
from bot.app import Application
from storage import leads
from storage.leads import LeadFilter
from tests.application import HeardTarget, config_for, running
from tests.browser.visitor import Visitor
from tests.dialogs.library_stories import STORIES, Story

pytestmark = pytest.mark.browser

LIBRARY = Path(dialogs.__file__).parent / "library"
TYPED = [story for story in STORIES if not story.unavailable and not re.search(r"\| (\.\.\.|>)", story.lines)]
FIRST = {story.script: story for story in reversed(TYPED)}


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    """The real server with the starter scripts."""
    config = config_for(f"sqlite:///{tmp_path}/handraiser.db", LIBRARY)
    async with running(config, targets={"terminal": HeardTarget()}) as application:
        yield application


async def met(app: Application, contexts: Callable[..., Awaitable[BrowserContext]], story: Story) -> Visitor:
    """A visitor before the full-page chat, who has drawn the arm that the story is about."""
    opening = re.match(r"\[(.*?)\]", story.lines)
    for _ in range(30):
        page = await (await contexts(locale=story.language)).new_page()
        await page.goto(f"{app.base_url}/chat/{story.script}")
        visitor = Visitor(page)
        await visitor.greeted()
        if opening is None or await visitor.button(opening.group(1)).count():
            return visitor
        await page.close()
    raise AssertionError(f"nobody drew the arm {story.arm}")


@pytest.mark.parametrize("story", FIRST.values(), ids=FIRST.keys())
async def test_a_chat_in_the_browser_becomes_a_complete_lead(
    app: Application, contexts: Callable[..., Awaitable[BrowserContext]], story: Story
) -> None:
    visitor = await met(app, contexts, story)
    for line in story.lines.split(" | "):
        heard = await visitor.bubbles.count()
        if line.startswith("["):
            await visitor.presses(line[1:-1])
        else:
            await visitor.says(line)
        # Their own words, and at least one answer to them.
        await expect(visitor.bubbles.nth(heard + 1)).to_be_visible()
    for part in story.hears:
        await visitor.sees(part)

    page = await app.database.read(lambda tx: leads.list_leads(tx, LeadFilter(script=story.script)))
    (lead,) = page.leads
    values = {answer.field: answer.value for answer in lead.answers}
    assert {name: values.get(name) for name in story.answers} == dict(story.answers)
    assert lead.stage == story.stage
    assert lead.hot == bool(story.handoffs)
    sheet = await app.database.read(lambda tx: leads.show_lead(tx, lead.public_id))
    assert sheet is not None
    given = {consent.purpose: consent.given for consent in sheet.consents}
    assert {purpose: given[purpose] for purpose in story.consents} == dict(story.consents)
    assert tuple(grant.magnet for grant in sheet.grants) == story.given


async def test_a_talk_survives_a_reload_and_goes_on(
    app: Application, contexts: Callable[..., Awaitable[BrowserContext]]
) -> None:
    page = await (await contexts()).new_page()
    await page.goto(f"{app.base_url}/chat/crm-guide")
    visitor = Visitor(page)
    await visitor.greeted()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    await page.reload()
    await visitor.sees("What may I call you?")
    await visitor.says("Ada")
    await visitor.sees("where shall it go, Ada?")


async def test_a_visitor_of_one_script_is_known_in_the_next(
    app: Application, contexts: Callable[..., Awaitable[BrowserContext]]
) -> None:
    context = await contexts()
    page = await context.new_page()
    await page.goto(f"{app.base_url}/chat/crm-guide")
    visitor = Visitor(page)
    await visitor.greeted()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    await visitor.says("Ada")
    await visitor.sees("where shall it go, Ada?")
    await visitor.says("ada@example.com")
    await visitor.sees("May we also write to you")
    await page.goto(f"{app.base_url}/chat/webinar")
    await visitor.greeted()
    people = await app.database.read(lambda tx: leads.list_leads(tx, LeadFilter()))
    assert len(people.leads) == 1
    assert (await context.cookies()) == []


async def test_a_page_calls_a_talk_as_its_reader_would(
    app: Application, contexts: Callable[..., Awaitable[BrowserContext]]
) -> None:
    page = await (await contexts(locale="de-AT")).new_page()
    await page.goto(f"{app.base_url}/")
    card = page.locator(".script", has_text="Book a demo")
    await expect(card.locator("h3")).to_have_attribute("lang", "en")
    await expect(card.locator(".language")).to_have_text("English, German")
    await card.get_by_role("link").click()
    await expect(page).to_have_title("Eine Vorführung vereinbaren")
    panel = page.locator("handraiser-chat")
    await expect(panel.locator("#name")).to_have_text("Lena")
    await expect(panel.locator("#title")).to_have_text("Eine Vorführung vereinbaren")
