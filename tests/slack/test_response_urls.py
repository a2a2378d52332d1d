"""Commands, and the addresses that come with them and with clicks."""

from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack.an_app import AnApp
from tests.slack.server import Slack
from tests.slack.test_chat import CARD
from tests.slack.workspace import Channel, Person


@pytest.fixture
async def hook(slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel, anna: Person) -> AsyncWebhookClient:
    await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    await slack.click(anna, slack.messages(sales)[0], "claim")
    return AsyncWebhookClient(app.heard[-1]["response_url"], retry_handlers=[])


async def test_an_answer_is_seen_by_whoever_clicked_or_by_all(
    slack: Slack, hook: AsyncWebhookClient, sales: Channel, anna: Person
) -> None:
    await hook.send(text="Ben has it already.")
    assert [slack.shown(one) for one in slack.ephemerals(anna)] == ["Ben has it already."]
    await hook.send(text="Anna has it.", response_type="in_channel")
    assert [one.text for one in slack.messages(sales)] == ["card", "Anna has it."]


async def test_an_answer_may_replace_or_delete_what_was_clicked(
    slack: Slack, hook: AsyncWebhookClient, sales: Channel
) -> None:
    await hook.send(text="taken", replace_original=True)
    assert [slack.shown(one) for one in slack.messages(sales)] == ["taken"]
    await hook.send(delete_original=True)
    assert slack.messages(sales) == []


async def test_five_answers_are_taken(slack: Slack, hook: AsyncWebhookClient) -> None:
    statuses = [(await hook.send(text=str(one))).status_code for one in range(6)]
    assert statuses == [200] * 5 + [404]


async def test_half_an_hour_is_the_end(slack: Slack, hook: AsyncWebhookClient, anna: Person) -> None:
    slack.pass_(1801)
    late = await hook.send(text="late")
    assert (late.status_code, late.body) == (404, '{"ok": false, "error": "expired_url"}')
    assert slack.ephemerals(anna) == []


async def test_an_answer_that_cannot_be_is_refused_and_noted(slack: Slack, hook: AsyncWebhookClient) -> None:
    refused = await hook.send(text="x", blocks=[{"type": "sparkles"}])
    assert refused.status_code == 400
    assert "unsupported type: sparkles" in slack.violations.pop()


async def test_a_command_is_told_and_its_answer_shown(slack: Slack, app: AnApp, sales: Channel, anna: Person) -> None:
    async def answers(payload: dict[str, Any]) -> web.Response:
        return web.json_response({"text": "No lead called *zoe*."})

    app.reply = answers
    await slack.command(anna, "/handraiser", "zoe", sales)
    heard = app.heard[-1]
    assert (heard["command"], heard["text"], heard["user_id"]) == ("/handraiser", "zoe", anna.id)
    assert heard["channel_id"] == sales.id
    assert [slack.shown(one) for one in slack.ephemerals(anna)] == ["No lead called zoe."]


async def test_a_command_whose_answer_cannot_be_is_noted(slack: Slack, app: AnApp, anna: Person) -> None:
    async def answers(payload: dict[str, Any]) -> web.Response:
        return web.json_response({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]})

    app.reply = answers
    await slack.command(anna, "/handraiser")
    assert "/handraiser answered with what is refused: invalid_blocks" in slack.violations.pop()
    assert slack.ephemerals(anna) == []
