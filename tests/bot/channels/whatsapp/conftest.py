"""A messenger that talks with the stand-in for WhatsApp, and a server of ours that it reaches."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.channels import errands
from bot.channels.contract import Incoming, Opening
from bot.channels.whatsapp import PATH, WhatsAppMessenger, open_whatsapp
from tests.house import HouseDouble
from tests.whatsapp.server import WhatsApp

VERIFY_TOKEN = "b5bb9d8014a0f9b1"
Begin = Callable[..., Awaitable[WhatsAppMessenger]]


def section_for(whatsapp: WhatsApp, **settings: Any) -> dict[str, Any]:
    """A section of the configuration by which the stand-in is WhatsApp."""
    return {
        "token": whatsapp.token,
        "phone_number_id": whatsapp.phone_number_id,
        "app_secret": whatsapp.app_secret,
        "verify_token": VERIFY_TOKEN,
        "api_url": f"{whatsapp.base_url}/v23.0",
        **settings,
    }


class MindfulHouse(HouseDouble):
    """One that says when something is to be remembered, and can wait before it saves and deals with events."""

    def __init__(self) -> None:
        super().__init__()
        self.remembered = asyncio.Event()
        self.saving = asyncio.Event()
        self.may_save = asyncio.Event()
        self.may_save.set()
        self.may_receive = asyncio.Event()
        self.may_receive.set()
        self.may_note = asyncio.Event()
        """That somebody was invited."""
        self.may_note.set()

    async def take_in(self, channel: str, event_id: str, raw: str) -> bool:
        """See ``House``."""
        self.saving.set()
        await self.may_save.wait()
        return await super().take_in(channel, event_id, raw)

    async def receive(self, incoming: Incoming) -> None:
        """See ``House``."""
        await self.may_receive.wait()
        await super().receive(incoming)

    async def remember(self, channel: str, key: str, value: str) -> None:
        """See ``House``."""
        if key.endswith(":invited"):
            await self.may_note.wait()
        await super().remember(channel, key, value)
        self.remembered.set()

    async def wait_remembered(self) -> None:
        """Until something is."""
        async with asyncio.timeout(60):
            await self.remembered.wait()


@pytest.fixture
def house() -> MindfulHouse:
    """An empty house."""
    return MindfulHouse()


@pytest_asyncio.fixture(loop_scope="session")
async def begin(whatsapp: WhatsApp, house: HouseDouble, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Begin]:
    """Starts a messenger that WhatsApp tells of what happens: ``await begin(template="come_back")``."""
    monkeypatch.setattr(errands, "PAUSES", (0.01,))
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> WhatsAppMessenger:
            opening = Opening(
                section=section_for(whatsapp, **settings),
                path=None,
                house=house,
                clock=lambda: datetime.fromtimestamp(whatsapp.date(), UTC),
                base_url="https://chat.example.com",
            )
            messenger = await stack.enter_async_context(open_whatsapp(opening))
            assert isinstance(messenger, WhatsAppMessenger)
            app = web.Application(client_max_size=65536)
            app.add_routes(messenger.routes())
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            await messenger.start()
            stack.push_async_callback(messenger.stop)
            url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
            assert await whatsapp.subscribes(url, VERIFY_TOKEN)
            return messenger

        yield start
        whatsapp.notifier.url = None
        whatsapp.release()


@pytest_asyncio.fixture(loop_scope="session")
async def messenger(begin: Begin) -> WhatsAppMessenger:
    """One without a template."""
    return await begin()
