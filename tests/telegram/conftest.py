"""Short names, in the tests of the stand-in itself, for the library's client and the webhook that listens."""

import pytest
from telegram import Bot

from tests.telegram.a_bot import ABot


@pytest.fixture
def client(telegram_bot: Bot) -> Bot:
    """python-telegram-bot's own client."""
    return telegram_bot


@pytest.fixture
def hook(telegram_webhook: ABot) -> ABot:
    """A webhook that listens."""
    return telegram_webhook
