"""A business that talks to the stand-in."""

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest_asyncio

from tests.whatsapp.a_business import ABusiness, running_business
from tests.whatsapp.server import WhatsApp


@pytest_asyncio.fixture(loop_scope="session")
async def business(whatsapp: WhatsApp) -> AsyncIterator[ABusiness]:
    """A business that listens and has subscribed."""
    async with running_business(whatsapp) as running:
        yield running


async def code(call: Awaitable[tuple[int, Any]]) -> int:
    """The code of an error."""
    status, answer = await call
    assert status >= 400, answer
    return int(answer["error"]["code"])


async def mistake(whatsapp: WhatsApp, call: Awaitable[tuple[int, Any]]) -> tuple[int, str]:
    """The code and details of a refusal that is noted as a violation, which is taken off the record."""
    status, answer = await call
    assert status >= 400, answer
    assert whatsapp.violations, "this is a mistake of the caller and must be noted"
    whatsapp.violations.clear()
    error = answer["error"]
    return error["code"], error.get("error_data", {}).get("details", error["message"])
