"""Short names, in the tests of the stand-in itself, for the library's client and the webhook that listens."""

import pytest
from telegram import Bot

from tests.telegram.a_bot import ABot


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns of ``RetryAfter`` in seconds, and a warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def client(telegram_bot: Bot) -> Bot:
    """python-telegram-bot's own client."""
    return telegram_bot


@pytest.fixture
def hook(telegram_webhook: ABot) -> ABot:
    """A webhook that listens."""
    return telegram_webhook
