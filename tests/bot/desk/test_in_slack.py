"""A visitor on the website and people in Slack, with everything between them: from a hot lead to its outcome."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from tests.application import WireVisitor, config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person


@dataclass(kw_only=True)
class Shop:
    """The whole application, Slack, and a visitor."""

    app: Application
    slack: Slack
    sales: Channel
    visitor: WireVisitor

    async def card(self) -> Message:
        """The lead's card, once it is there."""
        async with asyncio.timeout(30):
            while not (cards := [one for one in self.slack.messages(self.sales) if not one.is_reply]):
                await asyncio.sleep(0.01)
        assert len(cards) == 1
        return cards[0]

    async def reads(self, words: str) -> str:
        """What stands on the card, once it says so."""
        card = await self.card()
        async with asyncio.timeout(30):
            while words not in self.slack.shown(card):
                await asyncio.sleep(0.01)
        return self.slack.shown(card)

    async def thread(self, words: str) -> str:
        """What the app says in the thread, once it says so."""
        card = await self.card()

        def said() -> str:
            replies = self.slack.thread(self.sales, card.ts)
            return "\n".join(self.slack.shown(one) for one in replies if one.by_the_app)

        async with asyncio.timeout(30):
            while words not in said():
                await asyncio.sleep(0.01)
        return said()

    async def hears(self, words: str) -> str:
        """What the visitor has been told, once it was this."""
        while not any(words in text for _, text in self.visitor.transcript):
            await self.visitor.receive()
        return "\n".join(f"{who}: {text}" for who, text in self.visitor.transcript)

    async def becomes_hot(self) -> None:
        """The visitor answers everything."""
        for text in ("Ada Lovelace", "ada@example.com", "80"):
            await self.visitor.says(text)
        await self.visitor.presses("This month")


@pytest_asyncio.fixture(loop_scope="session", params=["http", "socket"])
async def shop(
    request: pytest.FixtureRequest, slack: Slack, sales: Channel, database_url: str, tmp_path: Path
) -> AsyncIterator[Shop]:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4 the guide")
    (folder / "files" / "codes.txt").write_text("ALPHA\nBETA\n", "utf-8")
    section = {
        "bot_token": slack.bot_token,
        "app_token": slack.app_token,
        "signing_secret": slack.signing_secret,
        "api_url": slack.api_url,
        "channel": "#sales",
        "mode": request.param,
    }
    config = replace(config_for(database_url, folder), sections={"slack": section})
    async with running(config, targets={}) as app, aiohttp.ClientSession() as session:
        if request.param == "http":
            slack.request_url = f"{app.base_url}/slack/events"
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        try:
            yield Shop(app=app, slack=slack, sales=sales, visitor=visitor)
            await slack.settled()
        finally:
            await visitor.close()


async def test_from_a_hot_lead_to_a_person_talking_and_the_outcome(shop: Shop, anna: Person, ben: Person) -> None:
    slack, sales = shop.slack, shop.sales
    await shop.becomes_hot()
    reads = await shop.reads("Ada Lovelace")
    assert "ada@example.com" in reads
    assert "Ready to buy" in reads
    card = await shop.card()

    await slack.click(anna, card, "claim")
    await shop.reads("Anna Berg")
    await shop.hears("Anna Berg")

    private = await slack.say(anna, sales, "She looks great, 20% off is fine with me", thread_ts=card.ts)
    await slack.say(anna, sales, "! Hello Ada, Anna here. Shall we talk today?", thread_ts=card.ts)
    told = await shop.hears("Hello Ada, Anna here")
    assert "rep: Hello Ada, Anna here. Shall we talk today?" in told
    assert "20%" not in told
    assert private.ts

    await shop.visitor.says("Yes, at three please")
    await shop.thread("Yes, at three please")
    assert shop.visitor.status == "talking"

    await slack.click(anna, card, "give_back")
    await slack.settled()
    await slack.click(anna, card, "qualified")
    await shop.reads("Sales qualified")
    assert slack.pings == []


async def test_two_who_claim_at_once_are_one_winner_and_one_who_is_told(shop: Shop, anna: Person, ben: Person) -> None:
    slack = shop.slack
    await shop.becomes_hot()
    card = await shop.card()
    await asyncio.gather(*(slack.click(one, card, "claim") for one in (anna, ben)))
    await slack.until(lambda: slack.ephemerals(anna) or slack.ephemerals(ben))
    loser, winner = (ben, "Anna Berg") if slack.ephemerals(ben) else (anna, "Ben Okafor")
    (whisper,) = slack.ephemerals(loser)
    assert winner in slack.shown(whisper)
    assert winner in await shop.reads(winner)


async def test_words_are_revised_and_taken_back(shop: Shop, anna: Person) -> None:
    slack, sales = shop.slack, shop.sales
    await shop.becomes_hot()
    card = await shop.card()
    said = await slack.say(anna, sales, "! We start at 9 $", thread_ts=card.ts)
    await shop.hears("We start at 9 $")
    await slack.edit(said, "! We start at 19 $")
    await shop.hears("We start at 19 $")
    await slack.delete(said)
    while not any(one.get("revises") and not one["text"] for one in shop.visitor.messages.values()):
        await shop.visitor.receive()


async def test_hostile_answers_ping_nobody(shop: Shop) -> None:
    await shop.visitor.says("Bobby")
    await shop.visitor.says(
        "<!channel> <!here> ask <@U0ANNABERG0> at ada@example.com *now* <https://evil.example|here>"
    )
    await shop.visitor.says("80")
    await shop.visitor.presses("This month")
    await shop.reads("Ready to buy")
    assert shop.slack.pings == []


async def test_slack_that_is_down_gets_everything_in_order_when_it_is_back(shop: Shop, anna: Person) -> None:
    slack = shop.slack
    await slack.goes_down()
    await shop.becomes_hot()
    await shop.visitor.says("one more thing")
    await slack.comes_back()
    shop.app.outbox.hint()
    reads = await shop.reads("Ada Lovelace")
    assert "Ready to buy" in reads
