"""Short names, in the tests of the stand-in itself, for the SDK's client and the app that listens."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.an_app import AnApp


@pytest.fixture
def client(slack_client: AsyncWebClient) -> AsyncWebClient:
    """Slack's own client."""
    return slack_client


@pytest.fixture
def app(slack_app: AnApp) -> AnApp:
    """An app that listens over HTTP."""
    return slack_app
