"""What the tests of the stand-in itself use: the SDK's client, and a tiny app that listens over HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.an_app import AnApp, running_app
from tests.slack.server import Slack


@pytest_asyncio.fixture(loop_scope="session")
async def client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    """Slack's own client with the bot token, without retries."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest_asyncio.fixture(loop_scope="session")
async def app(slack: Slack) -> AsyncIterator[AnApp]:
    """An app whose request URL Slack knows."""
    async with running_app(slack.signing_secret) as running:
        slack.request_url = running.url
        yield running
        await slack.settled()
