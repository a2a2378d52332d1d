"""Two processes on one PostgreSQL, and two people who claim the same lead at once: one owner, the other is told who."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.app import Application
from dialogs.events import VisitorArrived, VisitorSaid
from storage import outbox
from storage.database import Database, open_database
from storage.erasing import erase_lead
from storage.tables import DESK_ENTRIES, HANDOFFS, LEADS
from storage.transaction import Transaction
from tests.application import WireVisitor, config_for, running
from tests.bot.desk.shop import becomes, becomes_hot, card_for, cards_in, scripts_in, slack_environment
from tests.forking import ROOT
from tests.server import Server
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Person
from tests.thorough import times

pytestmark = pytest.mark.postgres

CLAIMED_BY_PROCESSES = times(1000)
AT_ONCE = 20
CLAIMED_BY_CLICKS = times(40)
NAMES = ("Anna Berg", "Ben Okafor")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return scripts_in(tmp_path / "dialogs")


@pytest_asyncio.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    async with await open_database(postgres_url) as opened:
        yield opened


async def hot_leads(app: Application, count: int) -> list[int]:
    """So many leads that were handed off and routed; the numbers of their handoffs."""

    async def one(number: int) -> None:
        now = app.clock()
        arrived = VisitorArrived(at=now, person=f"web:{number}", channel="web", language="en")
        standing = await app.manager.begin("web", f"web:{number}/short", "short", arrived)
        for place, text in enumerate((f"v{number}@example.com", "80")):
            said = VisitorSaid(at=now, text=text)
            await app.manager.handle(standing.conversation_id, said, f"{number}-{place}")

    for begin in range(0, count, 50):
        await asyncio.gather(*(one(number) for number in range(begin, min(begin + 50, count))))

    def routed(tx: Transaction) -> list[int]:
        query = select(HANDOFFS.c.id).where(HANDOFFS.c.phase.is_not(None)).order_by(HANDOFFS.c.id)
        return list(tx.connection.execute(query).scalars())

    async def all_routed() -> list[int]:
        found = await app.database.read(routed)
        return found if len(found) == count else []

    return list(await becomes(all_routed, 60))


def owners(tx: Transaction) -> dict[int, tuple[str | None, str | None, int]]:
    """Who has each handoff (name, the lead's owner), and how often it was claimed."""
    claims: dict[int, int] = {}
    for number in tx.connection.execute(select(DESK_ENTRIES.c.handoff_id).where(DESK_ENTRIES.c.what == "claimed")):
        claims[number[0]] = claims.get(number[0], 0) + 1
    query = select(HANDOFFS.c.id, HANDOFFS.c.rep_name, LEADS.c.owner).join(LEADS, LEADS.c.id == HANDOFFS.c.lead_id)
    return {row[0]: (row[1], row[2], claims.get(row[0], 0)) for row in tx.connection.execute(query)}


@asynccontextmanager
async def claimer(url: str, folder: Path, person: str, name: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that claims what it is told to."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.desk.claimer", url, str(folder), person, name,
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert await heard(process) == "ready"
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        async with asyncio.timeout(30):
            await process.wait()


async def heard(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(60):
        line = (await process.stdout.readline()).decode().strip()
    assert line, "the process ended"
    return line


async def claims(process: asyncio.subprocess.Process, handoffs: list[int]) -> list[tuple[str | None, list[str]]]:
    assert process.stdin is not None
    process.stdin.write(json.dumps(handoffs).encode() + b"\n")
    await process.stdin.drain()
    return [(owner, whispers) for owner, whispers in json.loads(await heard(process))]


async def test_two_processes_claim_hundreds_of_leads_at_once_and_each_has_one_owner(
    postgres_url: str, folder: Path, database: Database
) -> None:
    async with running(config_for(postgres_url, folder), targets={}) as app:
        leads = await hot_leads(app, CLAIMED_BY_PROCESSES)
    won = dict.fromkeys(NAMES, 0)
    async with (
        claimer(postgres_url, folder, "U0ANNABERG0", NAMES[0]) as anna,
        claimer(postgres_url, folder, "U0BENOKAFOR", NAMES[1]) as ben,
    ):
        answers: list[tuple[int, tuple[str | None, list[str]], tuple[str | None, list[str]]]] = []
        for begin in range(0, len(leads), AT_ONCE):
            some = leads[begin : begin + AT_ONCE]
            answers += zip(some, *await asyncio.gather(claims(anna, some), claims(ben, some)), strict=True)
    stored = await database.read(owners)
    for number, by_anna, by_ben in answers:
        name, key, claimed = stored[number]
        assert name in NAMES
        assert claimed == 1
        assert key == ("slack:U0ANNABERG0", "slack:U0BENOKAFOR")[NAMES.index(name)]
        winner, loser = (by_anna, by_ben) if name == NAMES[0] else (by_ben, by_anna)
        assert winner == (name, [])
        assert loser[0] == name
        assert len(loser[1]) == 1 and name in loser[1][0]
        won[name] += 1
    assert sum(won.values()) == CLAIMED_BY_PROCESSES
    assert all(won.values()), f"they never met: {won}"


@asynccontextmanager
async def two_nodes(url: str, folder: Path, slack: Slack) -> AsyncIterator[tuple[Server, Server]]:
    nodes = [Server(url, folder, **slack_environment(slack)) for _ in range(2)]
    try:
        await asyncio.gather(*(one.start() for one in nodes))
        yield nodes[0], nodes[1]
    finally:
        await asyncio.gather(*(one.kill() for one in nodes))


def door(node: Server) -> str:
    return f"{node.base_url}/slack/events"


async def test_two_people_click_at_once_through_two_nodes(
    postgres_url: str, folder: Path, database: Database, slack: Slack, anna: Person, ben: Person, sales: Channel
) -> None:
    async with running(config_for(postgres_url, folder), targets={}) as app:
        leads = await hot_leads(app, CLAIMED_BY_CLICKS)
    async with two_nodes(postgres_url, folder, slack) as (one, other):

        async def whispered() -> dict[str, list[Any]]:
            return {person.real_name: slack.ephemerals(person) for person in (anna, ben)}

        for number in leads:
            before = {name: len(told) for name, told in (await whispered()).items()}
            card = card_for(slack, sales, number)
            pressed = await asyncio.gather(
                slack.click(anna, card, "claim", to=door(one)), slack.click(ben, card, "claim", to=door(other))
            )
            assert all(delivery.accepted for delivery in pressed)
            await slack.until(lambda: len(slack.ephemerals(anna)) + len(slack.ephemerals(ben)) > sum(before.values()))  # noqa: B023
            name, _, claimed = (await database.read(owners))[number]
            assert claimed == 1
            (told,) = [
                (who, slack.shown(lines[-1])) for who, lines in (await whispered()).items() if len(lines) > before[who]
            ]
            assert name in NAMES and told[0] != name
            assert name in told[1]


async def nothing_waits(database: Database) -> bool:
    moment = datetime.now(UTC)
    return not (await database.read(lambda tx: outbox.backlog(tx, moment))).waiting


async def test_a_claim_after_a_restart_on_an_old_card_and_after_the_lead_was_erased(
    postgres_url: str, folder: Path, database: Database, slack: Slack, anna: Person, ben: Person, sales: Channel
) -> None:
    async with two_nodes(postgres_url, folder, slack) as (one, other), aiohttp.ClientSession() as session:
        visitor = WireVisitor(session, one.base_url, "welcome")
        await visitor.connect()
        await becomes_hot(visitor)
        (card,) = await slack.until(lambda: cards_in(slack, sales), 30)
        await becomes(lambda: nothing_waits(database))  # Else the dead node holds the card for a minute.
        await visitor.close()
        await one.kill()
        await one.start()
        await slack.click(anna, card, "claim", to=door(one))
        await slack.until(lambda: "Anna Berg" in slack.shown(card), 30)

        # An old screen, on the node that was not there when it was claimed.
        await slack.click(ben, card, "claim", version=0, to=door(other))
        await slack.until(lambda: slack.ephemerals(ben))
        assert "Anna Berg" in slack.shown(slack.ephemerals(ben)[-1])

        def erase(tx: Transaction) -> None:
            lead = tx.connection.execute(select(LEADS.c.public_id)).scalar_one()
            moment = tx.connection.execute(select(LEADS.c.created)).scalar_one()
            assert erase_lead(tx, lead, moment) is not None

        await database.write(erase)
        await slack.until(lambda: "ada@example.com" not in slack.shown(card), 30)
        assert "erased" in slack.shown(card)
        told = len(slack.ephemerals(ben))
        await slack.click(ben, card, "claim", version=0, to=door(other))
        await slack.until(lambda: len(slack.ephemerals(ben)) > told)
        assert "erased" in slack.shown(slack.ephemerals(ben)[-1])
        assert "ada@example.com" not in slack.shown(card)
