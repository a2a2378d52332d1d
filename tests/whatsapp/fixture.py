"""The fixture ``whatsapp``: a stand-in, checked for violations at the end."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


@pytest_asyncio.fixture(loop_scope="session")
async def whatsapp() -> AsyncIterator[WhatsApp]:
    """A running stand-in for WhatsApp. A test that provokes violations clears ``whatsapp.violations`` itself."""
    async with WhatsApp() as running:
        yield running
    assert running.violations == []


@pytest.fixture
def wanda(whatsapp: WhatsApp) -> Person:
    """Somebody with WhatsApp, who has not written yet."""
    return whatsapp.person("Wanda Maximoff", wa_id="491701234567")
