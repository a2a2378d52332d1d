"""The fixture ``slack``: a stand-in with a few people and a channel, checked for violations at the end."""

from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.pacing import Pacer
from tests.slack.an_app import AnApp, running_app
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Person


@pytest_asyncio.fixture(loop_scope="session")
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slack]:
    """A running stand-in for Slack. A test that provokes violations clears ``slack.violations`` itself.

    It takes messages as fast as they come unless told otherwise, and this process sends them so: what a message a
    second comes to is tried where it is kept, and would only be waited for elsewhere.
    """
    monkeypatch.setattr("bot.slack.client.Pacer", partial(Pacer, burst=10_000))
    async with Slack() as running:
        yield running
        await running.settled()
    assert running.violations == []


@pytest_asyncio.fixture(loop_scope="session")
async def anna(slack: Slack) -> Person:
    """A rep in Berlin."""
    return slack.workspace.add_person("Anna Berg", email="anna@acme.example", id="U0ANNABERG0")


@pytest_asyncio.fixture(loop_scope="session")
async def ben(slack: Slack) -> Person:
    """Another rep, in New York."""
    return slack.workspace.add_person(
        "Ben Okafor", email="ben@acme.example", id="U0BENOKAFOR", tz="America/New_York", tz_offset=-18000
    )


@pytest_asyncio.fixture(loop_scope="session")
async def sales(slack: Slack, anna: Person, ben: Person) -> Channel:
    """The public channel ``#sales`` with both reps and the app."""
    return slack.workspace.add_channel("sales", anna, ben)


@pytest_asyncio.fixture(loop_scope="session")
async def slack_client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    """Slack's own client with the bot token, without retries."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest_asyncio.fixture(loop_scope="session")
async def slack_app(slack: Slack) -> AsyncIterator[AnApp]:
    """A tiny app that listens over HTTP where Slack tells it of everything."""
    async with running_app(slack.signing_secret) as running:
        slack.request_url = running.url
        yield running
        await slack.settled()
