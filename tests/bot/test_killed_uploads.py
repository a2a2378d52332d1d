"""``kill -9`` between a file and the answer that refers to it: no answer lacks its file, whatever was acknowledged."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.bot.web.test_uploads import PDF, SCRIPT, Sender
from tests.server import Server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "brief.yaml").write_text(SCRIPT, "utf-8")
    return folder


@pytest_asyncio.fixture
async def server(database_url: str, folder: Path) -> AsyncIterator[Server]:
    server = await Server(database_url, folder).start()
    yield server
    await server.stop()


async def test_a_server_that_is_killed_at_any_moment_leaves_no_answer_without_its_file(server: Server) -> None:
    chance = random.Random(11)
    async with aiohttp.ClientSession() as session:
        senders = [await Sender(session, server.base_url).at_brief() for _ in range(6)]

        async def insists(sender: Sender) -> str:
            """Send a file and say so, again and again with the same names, until both are acknowledged."""
            while True:
                try:
                    status, sent = await sender.send(PDF * 40)
                    if status == 201:
                        status, _ = await sender.say("m1", file=sent["file"]["id"])
                        if status == 200:
                            return str(sent["file"]["id"])
                except (aiohttp.ClientError, ConnectionError, TimeoutError):
                    await asyncio.sleep(0.02)

        sending = [asyncio.create_task(insists(sender)) for sender in senders]
        for _ in range(3):
            await asyncio.sleep(chance.uniform(0.0, 0.05))
            await server.kill()
            await server.start()
        acknowledged = await asyncio.gather(*sending)
        for sender, file in zip(senders, acknowledged, strict=True):
            said = [one["file"]["id"] for one in await sender.messages() if "file" in one]
            assert said == [file]
            status, content, _ = await sender.fetch(f"{sender.address}/files/{file}", sender.headers)
            assert (status, content) == (200, PDF * 40)
