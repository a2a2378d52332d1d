"""A campaign link, scanned: from the poster to the step it is for, with the real server and a real browser."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from bot.campaigns import new_code
from storage import links
from storage.links import Link
from tests.application import config_for, running
from tests.browser.visitor import chat

pytestmark = pytest.mark.browser

SCRIPT = """
dialog: welcome
title: Welcome
language: en
doors: [prices]
fields:
  email: {type: email, label: E-mail}
steps:
  - say: Hello!
  - step: prices
    ask: email
    text: Where shall we send the prices?
  - end: Thank you!
"""


async def test_a_scanned_link_leads_to_its_step_and_counts_the_lead(
    contexts: Callable[..., Awaitable[Any]], sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "dialogs").mkdir()
    (tmp_path / "dialogs" / "welcome.yaml").write_text(SCRIPT)
    async with running(config_for(sqlite_url, tmp_path / "dialogs")) as app:
        link = Link(code=new_code(), name="Poster", script="welcome", step="prices", created=app.clock())
        assert await app.database.write(lambda tx: links.add(tx, link))
        page = await (await contexts()).new_page()
        await page.goto(f"{app.base_url}/l/{link.code}")
        visitor = chat(page)
        await visitor.sees_exactly("Where shall we send the prices?")
        await visitor.says("ada@example.com")
        await visitor.sees("Thank you!")
        await expect(visitor.bubbles).to_have_count(3)
        counted = await app.database.read(lambda tx: links.count(tx, link.code))
        assert counted == links.LinkCount(opened=1, talks=1, leads=1)
