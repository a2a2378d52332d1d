"""What is kept in memory of conversations is bounded, and nobody notices what was forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot import live_conversations
from bot.app import Application
from bot.live_conversations import LiveConversations, UnknownConversation
from tests.application import HeardTarget, WireVisitor, config_for, running

SCRIPT = """
dialog: welcome
title: Welcome
persona: {name: Mia}
fields:
  first: {type: text, label: First}
  second: {type: text, label: Second}
steps:
  - {ask: first, text: The first?}
  - {ask: second, text: The second?}
  - {say: "{{ first }} and {{ second }}."}
"""


@pytest_asyncio.fixture
async def app(database_url: str, tmp_path: Path) -> AsyncIterator[Application]:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "welcome.yaml").write_text(SCRIPT)
    async with running(config_for(database_url, folder), targets={"sales": HeardTarget()}) as app:
        yield app


async def test_talks_go_on_that_were_forgotten(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_conversations, "REMEMBERED_MOST", 1)
    async with aiohttp.ClientSession() as session:
        visitors = [WireVisitor(session, app.base_url, "welcome") for _ in range(3)]
        for visitor in visitors:
            await visitor.connect()
        for number, visitor in enumerate(visitors):
            await visitor.says(f"one {number}")
        for number, visitor in enumerate(visitors):
            assert f"one {number} and two." in await visitor.says("two")
        for visitor in visitors:
            await visitor.close()


async def test_memory_has_a_bound_and_keeps_whoever_is_at_it(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    async with aiohttp.ClientSession() as session:
        numbers = []
        for _ in range(4):
            visitor = WireVisitor(session, app.base_url, "welcome")
            await visitor.connect()
            standing = await app.manager.find_public(visitor.welcome["conversation"])
            assert standing is not None
            numbers.append(standing.conversation_id)
            await visitor.close()
    monkeypatch.setattr(live_conversations, "REMEMBERED_MOST", 2)
    live = LiveConversations(app.database)
    first = await live.at_hand(numbers[0])
    async with first.lock:
        for number in numbers[1:]:
            live.remember(await live.stored(number))
        assert live.known(numbers[0]) is first
    await live.at_hand(numbers[1])
    assert [number for number in numbers if live.known(number)] == [numbers[1], numbers[3]]
    with pytest.raises(UnknownConversation):
        await live.at_hand(max(numbers) + 1)
