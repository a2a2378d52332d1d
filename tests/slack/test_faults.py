"""What goes wrong on demand, as an app's HTTP client meets it."""

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.faults import refused
from tests.slack.server import Slack
from tests.slack.test_chat import refusal
from tests.slack.workspace import Channel, Person
from tests.stand_ins.faults import Cut, Garbage, Hang, Slow, Status, TooMany


def texts(slack: Slack, channel: Channel) -> list[str]:
    return [one.text for one in slack.messages(channel)]


async def test_a_refusal_with_any_error_as_often_as_told(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    slack.fails("chat.postMessage", refused("fatal_error"), times=2)
    for _ in range(2):
        assert await refusal(client.chat_postMessage(channel=sales.id, text="x")) == "fatal_error"
    await client.chat_postMessage(channel=sales.id, text="third")
    assert texts(slack, sales) == ["third"]


async def test_a_fault_may_strike_one_channel_or_every_third_call(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    other = slack.workspace.add_channel("other", anna)
    slack.fails("chat.postMessage", refused("internal_error"), chat=sales.id, every=3)
    results = [(await _posted(client, sales)), (await _posted(client, sales)), (await _posted(client, other))]
    results += [(await _posted(client, sales)), (await _posted(client, sales))]
    assert results == ["ok", "ok", "ok", "internal_error", "ok"]


async def _posted(client: AsyncWebClient, channel: Channel) -> str:
    try:
        await client.chat_postMessage(channel=channel.id, text="x")
    except SlackApiError as error:
        return str(error.response["error"])
    return "ok"


async def test_statuses_and_garbage(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    slack.fails("*", Status(503))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=sales.id, text="x")
    assert caught.value.response.status_code == 503
    slack.recovers()
    slack.fails("*", Garbage())
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=sales.id, text="x")
    assert texts(slack, sales) == []


async def test_too_many_says_when_to_come_back_and_notes_who_does_not_wait(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    slack.fails("chat.postMessage", TooMany(30), times=1)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=sales.id, text="x")
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert slack.impatient == []
    await client.chat_postMessage(channel=sales.id, text="at once")
    assert [one.method for one in slack.impatient] == ["chat.postMessage"]


async def test_one_message_a_second_and_channel_where_that_is_switched_on(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    slack.rate_limits = True
    other = slack.workspace.add_channel("other", anna)
    assert [await _posted(client, one) for one in (sales, other, sales)] == ["ok", "ok", "ratelimited"]
    slack.pass_(1)
    assert await _posted(client, sales) == "ok"


async def test_a_cut_line_after_the_deed_and_before(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    slack.fails("chat.postMessage", Cut(), times=1)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=sales.id, text="done")
    slack.fails("chat.postMessage", Cut(applied=False), times=1)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=sales.id, text="not done")
    assert texts(slack, sales) == ["done"]


async def test_a_post_with_an_unknown_outcome_is_found_by_its_metadata(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    metadata = {"event_type": "handraiser_post", "event_payload": {"id": "7"}}
    slack.fails("chat.postMessage", Cut(), times=1)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=sales.id, text="card", metadata=metadata)
    plain = await client.conversations_history(channel=sales.id)
    assert "metadata" not in plain["messages"][0]
    full = await client.conversations_history(channel=sales.id, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == metadata


@pytest.mark.parametrize("applied", [True, False])
async def test_what_hangs_is_let_go_in_the_end(
    slack: Slack, client: AsyncWebClient, sales: Channel, applied: bool
) -> None:
    slack.fails("chat.postMessage", Hang(applied))
    call = asyncio.ensure_future(client.chat_postMessage(channel=sales.id, text="x"))
    await slack.until(lambda: slack.calls and (not applied or slack.messages(sales)))
    assert not call.done()
    slack.recovers()
    with pytest.raises(aiohttp.ClientError):
        await call
    assert texts(slack, sales) == ["x"] * applied


async def test_a_slow_answer_comes_after_the_deed(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    slack.fails("chat.postMessage", Slow(0.1))
    begun = time.monotonic()
    await client.chat_postMessage(channel=sales.id, text="x")
    assert time.monotonic() - begun >= 0.1


async def test_down_and_back_on_the_same_port(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    await client.chat_postMessage(channel=sales.id, text="before")
    await slack.goes_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=sales.id, text="meanwhile")
    await slack.comes_back()
    await client.chat_postMessage(channel=sales.id, text="after")
    assert texts(slack, sales) == ["before", "after"]


async def test_a_token_that_was_revoked_or_an_app_that_was_removed(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    slack.revokes_the_token()
    assert await refusal(client.chat_postMessage(channel=sales.id, text="x")) == "token_revoked"
    slack.revokes_the_token("account_inactive")
    assert await refusal(client.auth_test()) == "account_inactive"
