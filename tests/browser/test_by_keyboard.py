"""A starter script from the first greeting to the lead, by keyboard alone; and what a screen reader has of it."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

import dialogs
from storage import leads
from storage.leads import LeadFilter
from tests.application import HeardTarget, config_for, running
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

LIBRARY = Path(dialogs.__file__).parent / "library"


async def test_a_starter_script_by_keyboard_alone(
    contexts: Callable[..., Awaitable[BrowserContext]], tmp_path: Path
) -> None:
    config = config_for(f"sqlite:///{tmp_path}/handraiser.db", LIBRARY)
    async with running(config, targets={"terminal": HeardTarget()}) as app:
        page = await (await contexts(locale="en-GB", reduced_motion="reduce")).new_page()
        await page.goto(f"{app.base_url}/chat/crm-guide")
        visitor = Visitor(page)
        await visitor.greeted()

        async def walks_to(name: str) -> None:
            for _ in range(12):
                if await visitor.focused() == name:
                    return
                await page.keyboard.press("Shift+Tab")
            raise AssertionError(f"{name} cannot be reached")

        async def presses(name: str) -> None:
            await expect(visitor.button(name)).to_be_visible()
            await walks_to(name)
            await page.keyboard.press("Enter")

        async def types(text: str) -> None:
            await visitor.focuses("Your message")
            await page.keyboard.type(text)
            await page.keyboard.press("Enter")

        await presses("Yes, please")
        await visitor.sees("What may I call you?")
        await types("Ada")
        await visitor.sees("where shall it go, Ada?")
        await types("ada@example.com")
        await visitor.sees("write to you now and then")
        await presses("Yes")
        await visitor.sees("quick questions")
        await expect(visitor.panel).to_match_aria_snapshot(SNAPSHOT)

        page_of_leads = await app.database.read(lambda tx: leads.list_leads(tx, LeadFilter(script="crm-guide")))
        (lead,) = page_of_leads.leads
        assert {answer.field: answer.value for answer in lead.answers}["email"] == "ada@example.com"
        assert re.search(r"\bAda\b", str(lead))


SNAPSHOT = """
- region "Mia The CRM buyer's guide":
  - heading "Mia" [level=2]
  - log "Conversation":
    - text: "You:"
    - paragraph: Yes, please
    - paragraph: /What may I call you/
    - text: "You:"
    - paragraph: Ada
    - paragraph: /where shall it go, Ada/
    - text: "You:"
    - paragraph: ada@example.com
  - textbox "Your message"
  - button "Send"
"""
"""Who spoke is told before each message; what can be pressed stands within the conversation, the field behind it."""
