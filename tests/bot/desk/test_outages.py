"""Slack in trouble, the whole application beside it: leads are safe, what to do is said, all flows by itself later."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.app import Application
from bot.cli import outbox as outbox_command
from storage import outbox
from storage.erasing import erase_lead
from storage.outbox import Backlog, FailingEffect
from storage.tables import LEADS
from storage.transaction import Transaction
from tests.application import WireVisitor, config_for, running
from tests.bot.desk.shop import becomes, cards_in, hears, passed_on, scripts_in, slack_section
from tests.bot.desk.test_waterfall import TUESDAY
from tests.clock import StoppedClock
from tests.slack.faults import refused
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person
from tests.stand_ins.faults import Cut, Fault, Hang, Status, TooMany


@dataclass(kw_only=True)
class Shop:
    """The application with a clock of its own, Slack, and visitors."""

    app: Application
    clock: StoppedClock
    slack: Slack
    sales: Channel
    session: aiohttp.ClientSession

    @asynccontextmanager
    async def visitor(self, name: str = "Ada") -> AsyncIterator[WireVisitor]:
        """A visitor who becomes a hot lead."""
        visitor = WireVisitor(self.session, self.app.base_url, "welcome")
        await visitor.connect()
        for text in (f"{name} Lovelace", f"{name.lower()}@example.com", "80"):
            await visitor.says(text)
        await visitor.presses("This month")
        try:
            yield visitor
        finally:
            await visitor.close()

    async def failing(self, words: str) -> FailingEffect:
        """What fails, once it fails for this reason."""

        async def look() -> FailingEffect | None:
            found = await self.app.database.read(outbox.failing)
            return next((one for one in found if words in one.error and one.next_try is not None), None)

        found = await becomes(look)
        assert isinstance(found, FailingEffect)
        return found

    def passes(self, **span: float) -> None:
        self.clock.pass_(**span)
        self.app.outbox.hint()

    async def recovers(self) -> None:
        """All is well again; time goes by, but not while something is under way, until nothing is left to be done."""
        self.slack.recovers()

        while (await self.quiet()).waiting:
            self.passes(minutes=1)

    async def quiet(self) -> Backlog:
        """Wait until nothing is under way or due by this clock; what is still to be done later."""

        async def is_quiet() -> bool:
            due = await self.app.database.read(outbox.next_due)
            return not self.app.outbox.under_way and (due is None or due > self.clock())

        await becomes(is_quiet)
        return await self.app.database.read(lambda tx: outbox.backlog(tx, self.clock()))

    async def card(self, words: str = "@example.com") -> Message:
        def shown() -> list[Message]:
            return [one for one in cards_in(self.slack, self.sales) if words in self.slack.shown(one)]

        (card,) = await self.slack.until(shown, 30)
        return card


@pytest_asyncio.fixture(loop_scope="session")
async def shop(sqlite_url: str, tmp_path: Path, slack: Slack, sales: Channel) -> AsyncIterator[Shop]:
    config = replace(
        config_for(sqlite_url, scripts_in(tmp_path / "dialogs")), sections={"slack": slack_section(slack, "socket")}
    )
    clock = StoppedClock(TUESDAY)
    async with running(config, targets={}, clock=clock) as app, aiohttp.ClientSession() as session:
        await slack.until(lambda: slack.socket_mode.connections)
        yield Shop(app=app, clock=clock, slack=slack, sales=sales, session=session)
        await slack.settled()


OUTAGES: dict[str, Fault] = {
    "an error of its own": Status(500),
    "applied and cut": Cut(applied=True),
    "cut": Cut(applied=False),
    "an error it names": refused("internal_error"),
}


@pytest.mark.parametrize("outage", OUTAGES)
async def test_after_an_outage_everything_flows_by_itself_once_and_in_order(shop: Shop, outage: str) -> None:
    shop.slack.fails("chat.postMessage", OUTAGES[outage])
    async with shop.visitor() as visitor:
        await shop.failing("")
        lines = [f"line number {number}." for number in range(12)]
        for line in lines:
            shop.clock.pass_(seconds=1)
            await visitor.says(line)
        for _ in range(3):
            await shop.quiet()
            shop.passes(minutes=20)
            await shop.failing("")
        await shop.recovers()
        card = await shop.card()
        assert len(cards_in(shop.slack, shop.sales)) == 1
        told = passed_on(shop.slack, shop.sales, card.ts)
        assert [told.count(line) for line in lines] == [1] * 12
        assert sorted(lines, key=told.index) == lines


async def test_what_fails_is_kept_for_three_days_and_then_waits_for_people(shop: Shop) -> None:
    shop.slack.fails("chat.postMessage", Status(500))
    async with shop.visitor():
        await shop.failing("500")
        await shop.quiet()
        shop.passes(days=2, hours=23)
        await shop.quiet()
        assert await shop.app.database.read(outbox.dead_letters) == []
        shop.passes(hours=2)
        (dead,) = await becomes(lambda: shop.app.database.read(outbox.dead_letters))
        assert "500" in dead.error
        shop.slack.recovers()
        assert await shop.app.database.write(lambda tx: outbox.resend(tx, dead.id, shop.clock()))
        shop.passes(minutes=2)
        await shop.recovers()
        await shop.card()


ERRORS = {
    "channel_not_found": "/invite",
    "is_archived": "unarchive",
    "not_in_channel": "/invite",
    "token_revoked": "install the app again",
    "account_inactive": "install the app again",
    "invalid_auth": "copy it again",
    "missing_scope": "scope",
    "restricted_action": "administrator",
    "org_login_required": "",
    "msg_too_long": "Handraiser",
}


@pytest.mark.parametrize("error", ERRORS)
async def test_a_refusal_keeps_the_lead_and_says_what_to_do(
    shop: Shop, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.slack.fails("chat.postMessage", refused(error))
    async with shop.visitor():
        await shop.failing(ERRORS[error])
        url = shop.app.config.storage.url
        options = argparse.Namespace(config=None, json=False)
        listed = await asyncio.to_thread(listed_by_command, options, url, capsys)
        assert "show a lead to people" in listed and error in listed
        await shop.recovers()
        await shop.card()


def listed_by_command(options: argparse.Namespace, url: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What ``handraiser outbox list`` says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDRAISER_STORAGE__URL", url)
        capsys.readouterr()
        assert outbox_command.LIST.run(options) == 0
        return capsys.readouterr().out


async def test_429_is_respected_in_its_channel_and_others_go_on(shop: Shop, anna: Person) -> None:
    slack = shop.slack
    async with shop.visitor() as visitor:
        card = await shop.card()
        await slack.click(anna, card, "join")
        await hears(visitor, "Anna Berg")
        slack.fails("chat.postMessage", TooMany(30), chat=shop.sales.id, times=1)
        await visitor.says("still there?")
        await shop.failing("30 seconds")
        await slack.command(anna, "/handraiser", "busy")
        await slack.open_home(anna)
        await slack.until(lambda: slack.home(anna))
        assert slack.impatient == []


async def test_an_erased_lead_is_taken_down_while_jobs_wait(shop: Shop) -> None:
    slack = shop.slack
    async with shop.visitor() as visitor:
        card = await shop.card()
        slack.fails("chat.postMessage", Status(500))
        slack.fails("chat.update", Status(500))
        await visitor.says("my secret is CANARY-7")
        await shop.failing("500")

        def erase(tx: Transaction) -> None:
            lead = tx.connection.execute(select(LEADS.c.public_id)).scalar_one()
            assert erase_lead(tx, lead, shop.clock()) is not None

        await shop.app.database.write(erase)
        shop.app.outbox.hint()
        await shop.failing("500")
        await shop.recovers()
        await slack.until(lambda: "erased" in slack.shown(card), 30)
        assert "CANARY-7" not in str([slack.shown(one) for one in slack.thread(shop.sales, card.ts)])
        assert "ada@example.com" not in slack.shown(card)


async def test_slack_that_hangs_holds_up_nobody_else(shop: Shop) -> None:
    shop.slack.fails("chat.postMessage", Hang())
    async with shop.visitor(), shop.visitor("Grace") as grace:
        await shop.slack.until(lambda: sum(one.method == "chat.postMessage" for one in shop.slack.calls) >= 2)
        assert await grace.says("Is anybody there?") is not None
        async with shop.session.get(f"{shop.app.base_url}/readyz") as answer:
            assert answer.status == 200
        await shop.recovers()
        await shop.card("ada@example.com")
        await shop.card("grace@example.com")


async def test_what_else_happens_in_a_thread_reaches_nobody_twice(shop: Shop, anna: Person) -> None:
    slack = shop.slack
    async with shop.visitor() as visitor:
        card = await shop.card()
        await slack.say(anna, shop.sales, "! Hello Ada", thread_ts=card.ts, broadcast=True)
        await hears(visitor, "Hello Ada")
        await slack.shares(anna, shop.sales, "prices.pdf", "! Our prices", thread_ts=card.ts)
        await hears(visitor, "Our prices")
        await slack.another_app_says(shop.sales, "! I am a robot", thread_ts=card.ts)
        for delivery in [one for one in slack.deliveries if one.kind == "events_api"]:
            await slack.redelivers(delivery)
        said = await slack.say(anna, shop.sales, "! The last word", thread_ts=card.ts)
        await hears(visitor, "The last word")
        await slack.delete(said)
        while not any(one.get("revises") and not one["text"] for one in visitor.messages.values()):
            await visitor.receive()
        texts = [text for who, text in visitor.transcript if who == "rep" and text]
        assert texts == ["Hello Ada", "Our prices", "The last word"]
