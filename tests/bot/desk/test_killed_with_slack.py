"""``kill -9`` of the server while it deals with Slack: one alert for a lead, no line lost or twice, no click lost."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import func, select, update

from dialogs.facts import FactKind
from storage.database import Database, open_database
from storage.tables import EFFECTS, FACTS, INBOX
from storage.transaction import Transaction
from tests.application import WireVisitor
from tests.bot.desk.shop import becomes, becomes_hot, cards_in, hears, passed_on, scripts_in, slack_environment
from tests.bot.test_killed import connected, insists
from tests.server import Server
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person
from tests.stand_ins.faults import Hang


@dataclass(kw_only=True)
class Office:
    """A server that may be killed, Slack, and a visitor."""

    server: Server
    database: Database
    slack: Slack
    sales: Channel
    visitor: WireVisitor

    async def dies(self) -> None:
        """``kill -9``; a minute passes, so that nothing belongs to the dead process any more; and it starts again."""
        await self.server.kill()
        self.slack.recovers()
        await self.database.write(lambda tx: tx.connection.execute(update(EFFECTS).values(due=EFFECTS.c.created)))
        await self.server.start()

    async def card(self) -> Message:
        """The one card, once it is there and all that is to be done is done."""
        await self.slack.until(lambda: cards_in(self.slack, self.sales), 30)
        await self.idle()
        (card,) = cards_in(self.slack, self.sales)
        return card

    async def idle(self) -> None:
        """Wait until nothing is left to be shown."""

        def left(tx: Transaction) -> bool:
            shown = select(EFFECTS.c.id).where(EFFECTS.c.kind != "timer")
            return not tx.connection.execute(shown).first() and not tx.connection.execute(select(INBOX.c.id)).first()

        async def nothing() -> bool:
            return await self.database.read(left)

        await becomes(nothing)

    async def alerts(self) -> int:
        """How often the lead was counted as alerted."""
        query = select(func.count()).where(FACTS.c.kind == FactKind.ALERTED)
        return int(await self.database.read(lambda tx: tx.connection.execute(query).scalar_one()))


ON_SQLITE = pytest.mark.parametrize("office_url", ["sqlite_url"], indirect=True)
ON_POSTGRES = pytest.mark.parametrize(
    "office_url", [pytest.param("postgres_url", marks=pytest.mark.postgres)], indirect=True
)
"""Each start of a server takes seconds: every case on one of both."""


@pytest.fixture
def office_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param)
    return url


@pytest_asyncio.fixture(loop_scope="session")
async def office(office_url: str, tmp_path: Path, slack: Slack, sales: Channel, anna: Person) -> AsyncIterator[Office]:
    server = Server(office_url, scripts_in(tmp_path / "dialogs"), **slack_environment(slack))
    async with await open_database(office_url) as database, aiohttp.ClientSession() as session:
        await server.start()
        slack.request_url = f"{server.base_url}/slack/events"
        visitor = WireVisitor(session, server.base_url, "welcome")
        await visitor.connect()
        try:
            yield Office(server=server, database=database, slack=slack, sales=sales, visitor=visitor)
        finally:
            await visitor.close()
            await server.kill()


async def presses_now(visitor: WireVisitor) -> None:
    """The last answer, which makes the lead hot; returns with the acknowledgement."""
    await visitor.send({"type": "say", "id": "hot", "text": "This month"})
    while (frame := await visitor.receive())["type"] != "ack" or frame["id"] != "hot":
        pass


async def almost_hot(visitor: WireVisitor) -> None:
    for text in ("Ada Lovelace", "ada@example.com", "80"):
        await visitor.says(text)


@ON_POSTGRES
@pytest.mark.parametrize("point", ["acknowledged", "not posted", "posted", "answer lost"])
async def test_a_hot_lead_is_told_once_wherever_the_server_dies(office: Office, point: str) -> None:
    slack = office.slack
    await almost_hot(office.visitor)
    if point == "not posted":
        slack.fails("chat.postMessage", Hang(applied=False))
    elif point == "answer lost":
        slack.fails("chat.postMessage", Hang(applied=True))
    await presses_now(office.visitor)
    if point == "posted":
        await slack.until(lambda: cards_in(slack, office.sales))
    elif point != "acknowledged":
        await slack.until(lambda: any(one.method == "chat.postMessage" for one in slack.calls))
    await office.dies()
    assert "ada@example.com" in slack.shown(await office.card())
    assert await office.alerts() == 1
    await connected(office.visitor)
    await insists(office.visitor, "are you there?", "more")
    card = await office.card()
    assert passed_on(slack, office.sales, card.ts).count("are you there?") == 1


@ON_SQLITE
async def test_no_line_is_lost_or_doubled_when_it_dies_while_passing_them_on(office: Office, anna: Person) -> None:
    slack, visitor = office.slack, office.visitor
    for text in ("Ada Lovelace", "ada@example.com", "Can I talk to a person, please?"):
        await visitor.says(text)
    card = await office.card()
    await slack.click(anna, card, "join")
    await hears(visitor, "Anna Berg")
    await office.idle()
    lines = [f"line number {number}." for number in range(6)]
    for number, applied in enumerate((True, False)):
        slack.fails("chat.postMessage", Hang(applied=applied))
        asked = len(slack.calls)
        for line in lines[3 * number : 3 * number + 3]:
            await visitor.says(line)
        await slack.until(lambda: any(one.method == "chat.postMessage" for one in slack.calls[asked:]))  # noqa: B023
        await office.dies()
        await connected(visitor)
        await office.idle()
    told = passed_on(slack, office.sales, card.ts)
    assert [told.count(line) for line in lines] == [1] * 6
    assert sorted(lines, key=told.index) == lines
    assert visitor.status == "talking"
    # The visitor's talk goes on where it was, when the person gives it back.
    before = len(visitor.transcript)
    await slack.click(anna, card, "give_back")
    while visitor.transcript[before:].count(("bot", "How many people?")) == 0:
        await visitor.receive()
    assert await visitor.says("80") != ""


@ON_POSTGRES
async def test_an_acknowledged_click_and_words_for_the_visitor_are_not_lost(office: Office, anna: Person) -> None:
    slack, visitor = office.slack, office.visitor
    await becomes_hot(visitor)
    card = await office.card()
    # Who clicked is asked of Slack first: there it stands still until it is killed.
    slack.fails("users.info", Hang(applied=False))
    clicked = await slack.click(anna, card, "claim")
    said = asyncio.create_task(slack.say(anna, office.sales, "! Hello Ada, it is Anna.", thread_ts=card.ts))
    assert clicked.accepted
    await said
    assert all(one.accepted for one in slack.deliveries)
    await office.dies()
    await connected(visitor)
    transcript = await hears(visitor, "Hello Ada, it is Anna.")
    await office.idle()
    assert transcript.count("Hello Ada, it is Anna.") == 1
    assert "Anna Berg" in slack.shown(card)


@ON_SQLITE
async def test_words_written_below_a_card_that_was_not_remembered_reach_the_visitor(
    office: Office, anna: Person
) -> None:
    slack, visitor = office.slack, office.visitor
    await almost_hot(visitor)
    slack.fails("chat.postMessage", Hang(applied=True), times=1)
    await presses_now(visitor)
    (card,) = await slack.until(lambda: cards_in(slack, office.sales))
    await office.server.kill()
    slack.recovers()
    await office.server.start()  # The dead process still has the effect, for a minute.
    await connected(visitor)
    await slack.say(anna, office.sales, "! I am with you, Ada.", thread_ts=card.ts)
    await hears(visitor, "I am with you, Ada.")
    await office.dies()
    assert (await office.card()).ts == card.ts
