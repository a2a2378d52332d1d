"""What a script will need comes with the talk, in one file: the real server, a real browser."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.application import config_for, running
from tests.browser.visitor import chat

pytestmark = pytest.mark.browser

SCRIPT = """
dialog: call
title: A call
language: en
fields:
  mobile: {type: phone, label: Mobile}
  brief: {type: file, label: The brief, types: [pdf]}
steps:
  - ask: mobile
    text: Read https://www.example.com/call first. Where may we call you?
  - ask: brief
    text: And your brief?
  - end: Thank you!
"""


async def test_a_part_that_the_script_needs_is_there_before_its_question(
    contexts: Callable[..., Awaitable[Any]], sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "dialogs").mkdir()
    (tmp_path / "dialogs" / "call.yaml").write_text(SCRIPT)
    async with running(config_for(sqlite_url, tmp_path / "dialogs")) as app:
        page = await (await contexts()).new_page()
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
        await page.goto(f"{app.base_url}/chat/call")
        visitor = chat(page)
        await expect(visitor.chat.get_by_role("combobox", name="Country code")).to_be_visible()
        await expect(visitor.log.get_by_role("link", name="www.example.com/call")).to_be_visible()
        await visitor.says("+44 20 7946 0958")
        await expect(visitor.chat.get_by_role("button", name="Choose a file")).to_be_visible()
        parts = [path for path in loaded if path.startswith("/widget-") and "core" not in path]
        assert sorted(parts) == ["/widget-greeting.js", "/widget-talk.phone.upload.js"]
