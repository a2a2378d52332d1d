"""Slack with both sides in it: the sales desk with its lead, and visitors with a house of their own; one real door."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.channels.slack.messenger import SlackMessenger
from bot.handoff.slack.listener import DeskListener
from bot.handoff.slack.target import SlackTarget
from bot.slack.client import SlackClient
from bot.slack.door import SlackDoor
from bot.slack.inbox import Inbox
from bot.slack.pacing import Pacer
from tests.bot.handoff.slack.office import Office
from tests.bot.slack.conftest import settings_for
from tests.house import HouseDouble
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Message, Person


@dataclass(kw_only=True)
class Together:
    """Everything together."""

    slack: Slack
    client: SlackClient
    office: Office
    house: HouseDouble
    messenger: SlackMessenger
    door: SlackDoor
    sales: Channel
    community: Channel
    vera: Person
    anna: Person

    @property
    def direct(self) -> Channel:
        """The direct messages between Vera and the bot."""
        return self.slack.workspace.direct(self.vera.id)

    @property
    def shown(self) -> list[str]:
        """What Vera reads in her direct messages, by the bot."""
        return [self.slack.shown(one) for one in self.slack.direct_messages(self.vera) if one.by_the_app]

    @property
    def last(self) -> Message:
        """The bot's last direct message to Vera."""
        return [one for one in self.slack.direct_messages(self.vera) if one.by_the_app][-1]

    def in_thread(self, root: Message) -> list[str]:
        """What the bot says in a thread."""
        return [self.slack.shown(one) for one in self.slack.thread(root.channel, root.ts) if one.by_the_app]


@pytest.fixture
def vera(slack: Slack) -> Person:
    """A visitor, in Vienna."""
    return slack.workspace.add_person("Vera Gast", id="U0VERAGAST0", locale="de-AT")


@pytest.fixture
def walter(slack: Slack) -> Person:
    """Another visitor."""
    return slack.workspace.add_person("Walter Kim", id="U0WALTERKIM")


@pytest.fixture
def community(slack: Slack, vera: Person, walter: Person, anna: Person) -> Channel:
    """Where visitors are, and Anna of sales, too."""
    return slack.workspace.add_channel("community", vera, walter, anna)


@pytest.fixture
def house() -> HouseDouble:
    return HouseDouble()


@pytest_asyncio.fixture(loop_scope="session")
async def client(slack: Slack) -> AsyncIterator[SlackClient]:
    settings = settings_for(slack, mode="http", channel="#sales", visitors=True, visitor_channels=("#community",))
    async with SlackClient(settings, pacer=Pacer(burst=1000), seconds=2.0) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def together(
    slack: Slack,
    client: SlackClient,
    house: HouseDouble,
    sales: Channel,
    community: Channel,
    vera: Person,
    anna: Person,
) -> AsyncIterator[Together]:
    """Both sides behind the door over HTTP."""
    office = Office()
    office.target = SlackTarget(client, office)
    listener = DeskListener(client, office, office.talk.clock)
    messenger = SlackMessenger(client, house, pauses=(0.0, 0.0))
    inbox = Inbox(office, listener, respond=client.respond, pauses=(0.0, 0.0))
    door = SlackDoor(client, office, listener, inbox=inbox)
    door.let_visitors_in(messenger.intake, office)
    app = web.Application()
    app.add_routes(door.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await messenger.start()
    await door.start()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield Together(
            slack=slack, client=client, office=office, house=house, messenger=messenger, door=door, sales=sales,
            community=community, vera=vera, anna=anna,
        )  # fmt: skip
        await slack.settled()
    finally:
        await door.stop()
        await messenger.stop()
        await runner.cleanup()


def buttons(message: Message) -> list[dict[str, Any]]:
    """Every button, or line of a menu, of a message."""
    found = []
    for block in message.payload()["blocks"]:
        for element in block["elements"] if block["type"] == "actions" else ():
            found += element.get("options", [element])
    return found
