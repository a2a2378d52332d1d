"""The target and the listener, with the stand-in for Slack on one side and a desk in memory on the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import web

from bot.handoff.slack.listener import DeskListener
from bot.handoff.slack.target import SlackTarget
from bot.slack.client import SlackClient
from bot.slack.door import SlackDoor
from bot.slack.inbox import Inbox
from bot.slack.pacing import Pacer
from tests.bot.handoff.slack.office import Office
from tests.bot.slack.conftest import settings_for
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person


@dataclass(kw_only=True)
class Floor:
    """Everything together: an office, Slack, and the channel in which leads appear."""

    slack: Slack
    office: Office
    target: SlackTarget
    client: SlackClient
    sales: Channel
    listener: DeskListener

    @property
    def card(self) -> Message:
        """The lead's card."""
        (found,) = [one for one in self.slack.messages(self.sales) if not one.is_reply]
        return found

    @property
    def reads(self) -> str:
        """What colleagues read on the card, in UTC."""
        return self.slack.shown(self.card)

    @property
    def thread(self) -> list[str]:
        """What stands in its thread by the app, line by line."""
        replies = self.slack.thread(self.sales, self.card.ts)
        return [self.slack.shown(one) for one in replies if one.by_the_app]

    def whispers(self, person: Person) -> list[str]:
        """What somebody was told alone."""
        return [self.slack.shown(one) for one in self.slack.ephemerals(person)]

    async def hot(self) -> None:
        """A lead becomes hot and is shown."""
        self.office.becomes_hot()
        await self.office.settled()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest_asyncio.fixture(loop_scope="session")
async def client(slack: Slack) -> AsyncIterator[SlackClient]:
    settings = settings_for(slack, mode="http", channel="#sales")
    async with SlackClient(settings, pacer=Pacer(burst=1000), seconds=2.0) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def floor(slack: Slack, client: SlackClient, office: Office, sales: Channel) -> Floor:
    """The target alone: nobody hears what people do."""
    target = SlackTarget(client, office)
    office.target = target
    listener = DeskListener(client, office, office.talk.clock)
    return Floor(slack=slack, office=office, target=target, client=client, sales=sales, listener=listener)


@pytest_asyncio.fixture(loop_scope="session")
async def staffed(floor: Floor) -> AsyncIterator[Floor]:
    """Target and listener, behind the real door over HTTP; what people do is dealt with when a call returns."""
    listener = floor.listener
    inbox = Inbox(floor.office, listener, respond=floor.client.respond, pauses=(0.0, 0.0))
    door = SlackDoor(floor.client, floor.office, listener, inbox=inbox)
    app = web.Application()
    app.add_routes(door.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await door.start()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        floor.slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield floor
        await floor.slack.settled()
    finally:
        await door.stop()
        await runner.cleanup()
