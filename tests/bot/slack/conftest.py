"""Our client and our door, with the stand-in for Slack on the other side."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.slack.client import SlackClient
from bot.slack.door import SlackDoor
from bot.slack.inbox import Inbox
from bot.slack.pacing import Pacer
from bot.slack.settings import SlackSettings
from tests.bot.slack.desk import Heard, InboxDesk
from tests.slack.server import Slack


@dataclass(kw_only=True)
class House:
    """The door, open, and who is behind it."""

    door: SlackDoor
    desk: InboxDesk
    heard: Heard
    url: str = ""


def settings_for(slack: Slack, **more: Any) -> SlackSettings:
    """How we are known at the stand-in: Socket Mode, unless told otherwise."""
    known = {"bot_token": slack.bot_token, "app_token": slack.app_token, "api_url": slack.api_url}
    return SlackSettings(**(known | {"signing_secret": slack.signing_secret} | more))


@asynccontextmanager
async def open_door(client: SlackClient, desk: InboxDesk | None = None, **more: Any) -> AsyncIterator[House]:
    """Our door; over HTTP it is served as our server would."""
    desk, heard = desk or InboxDesk(), Heard()
    inbox = Inbox(desk, heard, respond=client.respond, pauses=(0.0, 0.0), **more)
    house = House(door=SlackDoor(client, desk, heard, inbox=inbox), desk=desk, heard=heard)
    app = web.Application(client_max_size=65536)
    app.add_routes(house.door.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await house.door.start()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        house.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield house
    finally:
        await house.door.stop()
        await runner.cleanup()


@pytest.fixture
def pacer() -> Pacer:
    """One that does not keep a test waiting."""
    return Pacer(burst=1000)


@pytest_asyncio.fixture(loop_scope="session")
async def client(slack: Slack, pacer: Pacer) -> AsyncIterator[SlackClient]:
    async with SlackClient(settings_for(slack), pacer=pacer, seconds=2.0) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def house(slack: Slack, pacer: Pacer) -> AsyncIterator[House]:
    """Our door over HTTP."""
    async with (
        SlackClient(settings_for(slack, mode="http"), pacer=pacer, seconds=2.0) as client,
        open_door(client) as house,
    ):
        slack.request_url = house.url
        yield house
        await slack.settled()
