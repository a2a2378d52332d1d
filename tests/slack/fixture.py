"""The fixture ``slack``: a stand-in with a few people and a channel, checked for violations at the end."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.slack.server import Slack
from tests.slack.workspace import Channel, Person


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[Slack]:
    """A running stand-in for Slack. A test that provokes violations clears ``slack.violations`` itself."""
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
