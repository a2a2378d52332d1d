"""``kill -9`` in the middle of chats, a stop under load, two processes on one database: nothing lost, nothing twice."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.application import WireVisitor
from tests.bot.web.conftest import SCRIPT
from tests.server import Server

LINES = ["Ada", "ada@example.com", "80", "This month"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4")
    (folder / "files" / "codes.txt").write_text("\n".join(f"CODE{n}" for n in range(50)), "utf-8")
    return folder


@pytest_asyncio.fixture
async def server(database_url: str, folder: Path) -> AsyncIterator[Server]:
    server = await Server(database_url, folder).start()
    yield server
    await server.stop()


async def connected(visitor: WireVisitor) -> None:
    """Say hello, as often as it takes: the server may be killed again and again meanwhile."""
    async with asyncio.timeout(300):
        while True:
            try:
                frame = await visitor.connect(after=0)
            except (aiohttp.ClientError, TimeoutError, AssertionError, OSError):
                await asyncio.sleep(0.05)
                continue
            if frame["type"] == "welcome":
                return
            await asyncio.sleep(0.05)


async def insists(visitor: WireVisitor, text: str, client_id: str) -> None:
    """Say something, again and again with the same id, until it is acknowledged."""
    while True:
        try:
            await visitor.send({"type": "say", "id": client_id, "text": text})
            while True:
                frame = await visitor.receive()
                if frame["type"] == "ack" and frame["id"] == client_id:
                    return
                if frame["type"] in ("closed", "error"):
                    break
        except (aiohttp.ClientError, ConnectionError, TimeoutError, RuntimeError):
            pass
        await connected(visitor)


def said(visitor: WireVisitor) -> list[str]:
    return [text for who, text in visitor.transcript if who == "visitor"]


async def test_a_kill_in_the_middle_loses_and_doubles_nothing(server: Server) -> None:
    async with aiohttp.ClientSession() as session:
        visitor = WireVisitor(session, server.base_url, "welcome")
        await visitor.connect()
        for number, line in enumerate(LINES[:2]):
            await insists(visitor, line, str(number))
        await visitor.send({"type": "say", "id": "2", "text": LINES[2]})
        await server.kill()
        await server.start()
        await connected(visitor)
        await insists(visitor, LINES[2], "2")
        await insists(visitor, LINES[3], "3")
        again = WireVisitor(session, server.base_url, "welcome")
        again.token = visitor.token
        await again.connect(after=0)
        assert said(again) == LINES
        assert [text for who, text in again.transcript if who == "bot"].count("When?") == 1
        assert list(again.messages) == list(range(1, len(again.messages) + 1))
        await server.line(r"Ready to buy")
        for one in (visitor, again):
            await one.close()


async def test_kills_at_random_moments_under_load_lose_no_acknowledged_answer(server: Server) -> None:
    chance = random.Random(7)
    acknowledged: dict[int, list[str]] = {}
    async with aiohttp.ClientSession() as session:

        async def talk(number: int) -> WireVisitor:
            visitor = WireVisitor(session, server.base_url, "welcome")
            await connected(visitor)
            acknowledged[number] = []
            for place, line in enumerate(["Ada", f"v{number}@example.com", "20", "Later", "hello?"]):
                await insists(visitor, line, f"{number}-{place}")
                acknowledged[number].append(line)
            return visitor

        async def killer() -> None:
            for _ in range(4):
                await asyncio.sleep(chance.uniform(0.05, 0.4))
                await server.kill()
                await server.start()

        talks = [asyncio.create_task(talk(number)) for number in range(12)]
        await killer()
        for number, visitor in enumerate(await asyncio.gather(*talks)):
            again = WireVisitor(session, server.base_url, "welcome")
            again.token = visitor.token
            await again.connect(after=0)
            assert said(again) == acknowledged[number]
            assert list(again.messages) == list(range(1, len(again.messages) + 1))
            questions = [text for who, text in again.transcript if who == "bot" and text.endswith("?")]
            assert len(questions) == len(set(questions))
            await again.close()
            await visitor.close()


async def test_a_stop_says_goodbye_and_ends_well(server: Server) -> None:
    async with aiohttp.ClientSession() as session:
        visitor = WireVisitor(session, server.base_url, "welcome")
        await visitor.connect()
        stopping = asyncio.create_task(server.stop())
        frame = await visitor.receive()
        assert (frame["type"], frame.get("code")) == ("error", "server_stopping")
        closed = await visitor.receive()
        assert closed["type"] == "closed"
        assert await stopping == 0
        await visitor.close()


async def test_two_processes_on_one_database_serve_one_conversation(
    server: Server, database_url: str, folder: Path
) -> None:
    other = await Server(database_url, folder).start()
    try:
        async with aiohttp.ClientSession() as session:
            here = WireVisitor(session, server.base_url, "welcome")
            await here.connect()
            there = WireVisitor(session, other.base_url, "welcome")
            there.token = here.token
            await there.connect(after=0)
            await insists(here, "Ada", "1")
            async with asyncio.timeout(20):
                while len(there.messages) < 3:
                    await there.receive()
            # Both answer the same question at once: each is one turn, neither is lost, no step is taken twice.
            await asyncio.gather(insists(here, "ada@example.com", "2"), insists(there, "grace@example.com", "3"))
            again = WireVisitor(session, server.base_url, "welcome")
            again.token = here.token
            await again.connect(after=0)
            assert sorted(said(again)[1:]) == ["ada@example.com", "grace@example.com"]
            assert list(again.messages) == list(range(1, len(again.messages) + 1))
            for one in (here, there, again):
                await one.close()
    finally:
        await other.stop()


async def test_a_saved_script_serves_the_next_visitor_and_a_mistake_is_told_and_kept_out(
    server: Server, folder: Path
) -> None:
    path = folder / "welcome.yaml"
    async with aiohttp.ClientSession() as session:
        running = WireVisitor(session, server.base_url, "welcome")
        await running.connect()
        path.write_text(SCRIPT.replace("What may I call you?", "Who is there?"), "utf-8")
        await server.line(r"Published welcome")
        new = WireVisitor(session, server.base_url, "welcome")
        await new.connect()
        assert new.transcript == [("bot", "Who is there?")]
        path.write_text(SCRIPT.replace("- offer: guide", "- offer: gide"), "utf-8")
        told = await server.line(r"welcome\.yaml:\d+:\d+: .*")
        assert 'did you mean "guide"' in told.group(0)
        late = WireVisitor(session, server.base_url, "welcome")
        await late.connect()
        assert late.transcript == [("bot", "Who is there?")]
        assert await running.says("Ada") == "Where shall it go, Ada?"
        for one in (running, new, late):
            await one.close()
