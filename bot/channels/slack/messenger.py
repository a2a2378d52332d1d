"""Slack as a messenger of the house. What it hears comes by the door that it shares with the sales desk
(``bot.slack.door``): see ``SlackMessenger.intake``."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from aiohttp import web

from bot.channels.contract import Capabilities, House, Messenger, MessengerKind, Opening, Outgoing, SentFile
from bot.channels.slack.addresses import NAME
from bot.channels.slack.intake import Intake, Threads
from bot.channels.slack.listener import VisitorListener
from bot.channels.slack.people import People
from bot.channels.slack.saying import Saying
from bot.channels.slack.writing import CAPABILITIES
from bot.settings.kinds import YesNo
from bot.slack.client import SlackClient
from bot.slack.inbox import PAUSES
from bot.slack.settings import read_settings


class SlackMessenger:
    """Slack, for visitors. ``client`` is open. ``pauses``: seconds between tries of one event."""

    name: ClassVar[str] = NAME
    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, client: SlackClient, house: House, *, pauses: tuple[float, ...] = PAUSES) -> None:
        threads = Threads(house)
        listener = VisitorListener(client, house, threads, People(client))
        self.intake = Intake(house, threads, listener, respond=client.respond, pauses=pauses)
        """Behind the door: ``SlackDoor.let_visitors_in``."""
        self._client = client
        self._saying = Saying(client)

    def routes(self) -> Sequence[web.RouteDef]:
        """Nothing: the door is served already."""
        return ()

    async def start(self) -> None:
        """Deal with what was left over. Slack itself need not be reachable yet."""
        await self.intake.start()

    async def stop(self) -> None:
        """Let what is under way finish."""
        await self.intake.stop()

    async def deliver(self, outgoing: Outgoing) -> str:
        """Say something, in one message; see ``Messenger.deliver``."""
        return await self._saying.say(outgoing)

    async def show_typing(self, address: str) -> None:
        """Nothing: Slack shows no app typing."""

    async def fetch(self, file: SentFile, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger, else as ``deliver`` does."""
        return await self._client.download(file.fetch, most_bytes)

    def link(self, code: str) -> str | None:
        """None: no address of Slack's brings anything along. ``/handraiser start CODE`` does."""
        return None


def is_wanted(section: Mapping[str, Any]) -> bool:
    """Whether visitors are to be in Slack, too: ``[slack] visitors``."""
    given = section.get("visitors", False)
    return (YesNo().parse(given) if isinstance(given, str) else given) is not False


@asynccontextmanager
async def open_slack(opening: Opening) -> AsyncIterator[Messenger]:
    """Slack, with its connections open; it hears nothing before the door lets it. Raises ``ConfigError``."""
    async with SlackClient(read_settings(opening.section, opening.path)) as client:
        yield SlackMessenger(client, opening.house)


KIND = MessengerKind(capabilities=CAPABILITIES, open=open_slack, is_wanted=is_wanted)
"""For the registry."""
