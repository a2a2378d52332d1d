"""A messenger that talks with the stand-in for Telegram."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.contract import Button, LinkButton, Outgoing, Shown
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.polling import Rhythm
from bot.channels.telegram.settings import TelegramSettings
from tests.bot.channels.telegram.house import PaperHouse
from tests.telegram.server import Telegram

BASE_URL = "https://bot.example"
QUICK = Rhythm(wait=5.0, lead=30.0, stand_by=0.05, pauses=(0.05,))
"""No test waits for what the product waits for."""

Begin = Callable[..., Any]


def settings_for(telegram: Telegram, **settings: Any) -> TelegramSettings:
    """Settings by which the stand-in is Telegram."""
    api_url = telegram.base_url.removesuffix("/bot")
    return TelegramSettings(token=telegram.token, api_url=api_url, **settings)


def quick() -> Pacer:
    """A pace that no test has to wait for."""
    return Pacer(seconds=0.0, group_seconds=0.0, a_second=100_000)


def outgoing(address: object, text: str = "Hello", /, **shown: Any) -> Outgoing:
    """Something to be said."""
    about = {key: shown.pop(key) for key in ("revises", "removes", "attempts") if key in shown}
    return Outgoing(address=str(address), id="1:1:0", shown=Shown(text=text, **shown), language="en", **about)


def buttons(*labels: str) -> tuple[Button, ...]:
    """Quick replies under message 5 of conversation 17."""
    return tuple(Button(key=f"b:17:5:{number}", label=label) for number, label in enumerate(labels))


def links(*labels: str) -> tuple[LinkButton, ...]:
    """Buttons that open pages."""
    return tuple(LinkButton(label=label, url=f"https://www.example.com/{n}") for n, label in enumerate(labels))


@pytest.fixture
def house() -> PaperHouse:
    """An empty house."""
    return PaperHouse()


@pytest_asyncio.fixture(loop_scope="session")
async def client(telegram: Telegram) -> AsyncIterator[TelegramClient]:
    """Our client, without our pace."""
    async with TelegramClient(settings_for(telegram), pacer=quick(), seconds=2.0) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def messenger(client: TelegramClient, house: PaperHouse) -> TelegramMessenger:
    """A messenger that was not started: it says, and hears nothing."""
    return TelegramMessenger(client, house, BASE_URL)


@pytest_asyncio.fixture(loop_scope="session")
async def begin(telegram: Telegram) -> AsyncIterator[Begin]:
    """Starts messengers, and stops them at the end: ``await begin(house, mode="webhook")``."""
    async with AsyncExitStack() as stack:

        async def start(house: PaperHouse, **settings: Any) -> TelegramMessenger:
            known = settings_for(telegram, **settings)
            client = await stack.enter_async_context(TelegramClient(known, pacer=quick(), seconds=2.0))
            messenger = TelegramMessenger(client, house, BASE_URL, rhythm=QUICK)
            stack.push_async_callback(messenger.stop)
            await messenger.start()
            return messenger

        yield start
        telegram.release()


@pytest.fixture(autouse=True)
def _without_debug(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
