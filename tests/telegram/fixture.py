"""The fixture ``telegram``: a stand-in with people, checked for violations at the end."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.telegram.a_bot import ABot, running_bot
from tests.telegram.people import Person
from tests.telegram.server import Telegram

if TYPE_CHECKING:
    from telegram import Bot


@pytest_asyncio.fixture(loop_scope="session")
async def telegram() -> AsyncIterator[Telegram]:
    """A running stand-in for Telegram. A test that provokes violations clears ``telegram.violations`` itself."""
    async with Telegram() as running:
        yield running
    assert running.violations == []


@pytest.fixture
def ada(telegram: Telegram) -> Person:
    """Somebody who has started the bot."""
    return telegram.person("Ada", last_name="Byron", username="ada_b", phone_number="+442079460000", met=True)


@pytest.fixture
def max_(telegram: Telegram) -> Person:
    """Somebody who writes German and has started the bot."""
    return telegram.person("Max", language_code="de", met=True)


@pytest_asyncio.fixture(loop_scope="session")
async def telegram_bot(telegram: Telegram) -> "AsyncIterator[Bot]":
    """python-telegram-bot's own client."""
    from telegram import Bot
    from telegram.request import HTTPXRequest

    def door() -> HTTPXRequest:
        # Nothing here is encrypted, and reading the certificates of the world takes its time.
        return HTTPXRequest(connect_timeout=5, read_timeout=5, httpx_kwargs={"verify": False})

    bot = Bot(
        telegram.token,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=door(),
        get_updates_request=door(),
    )
    async with bot:
        telegram.calls.clear()
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def telegram_webhook(telegram: Telegram) -> AsyncIterator[ABot]:
    """A bot's webhook, which Telegram reaches as ``https://bot.example``."""
    async with running_bot() as running:
        telegram.reaches("https://bot.example", running.url)
        yield running
