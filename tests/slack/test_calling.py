"""Tokens, scopes and arguments: what every method has in common."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.methods import METHODS
from tests.slack.server import Slack
from tests.slack.test_chat import refusal
from tests.slack.workspace import BOT_ID, BOT_USER, Channel, Person


async def raw(slack: Slack, method: str, **request: Any) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + method, **request) as response:
        answer: dict[str, Any] = await response.json()
        return answer


def bearer(slack: Slack) -> dict[str, str]:
    return {"Authorization": f"Bearer {slack.bot_token}"}


async def test_who_we_are_and_what_we_may(slack: Slack, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == (BOT_USER, BOT_ID)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize("method", METHODS)
async def test_no_method_answers_without_a_token_or_to_a_wrong_one(slack: Slack, method: str) -> None:
    assert (await raw(slack, method))["error"] == "not_authed"
    assert (await raw(slack, method, headers={"Authorization": "Bearer xoxb-wrong"}))["error"] == "invalid_auth"
    slack.violations.clear()


@pytest.mark.parametrize("method", [one for one in METHODS.values() if one.scopes], ids=lambda one: one.name)
async def test_no_method_answers_without_its_scope(slack: Slack, method: Any) -> None:
    token = next(one for one in slack.tokens.values() if one.kind == method.token)
    token.scopes -= set(method.scopes)
    answer = await raw(slack, method.name, headers={"Authorization": f"Bearer {token.value}"})
    assert (answer["error"], answer["needed"]) == ("missing_scope", ",".join(method.scopes))


async def test_the_wrong_kind_of_token_is_refused(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    assert await refusal(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
    assert await refusal(client.chat_postMessage(channel=sales.id, text="x", token=slack.app_token)) == (
        "not_allowed_token_type"
    )
    assert (await client.apps_connections_open(app_token=slack.app_token))["url"].startswith("ws://127.0.0.1:")
    slack.violations.clear()


async def test_a_method_that_is_none_is_noted(slack: Slack, client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.shout")) == "unknown_method"
    assert slack.violations.pop() == "chat.shout: unknown_method [ERROR] there is no method chat.shout"


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "invalid_json"),
        ({"json": [1]}, "json_not_object"),
        ({"json": {"token": "xoxb", "channel": "C1"}}, "not_authed"),
        ({"data": b"x", "headers": {"Content-Type": "text/plain"}}, "invalid_post_type"),
        ({"json": {"channel": 7, "text": "x"}}, "invalid_arguments"),
        ({"json": {"text": "x"}}, "invalid_arguments"),
        ({"json": {"channel": "C1", "text": "x", "unfurl_links": "maybe"}}, "invalid_arguments"),
        ({"data": {"channel": "C1", "blocks": "[{"}}, "invalid_blocks_format"),
        ({"json": {"channel": "C1", "text": "x", "blocks": {"type": "divider"}}}, "invalid_blocks_format"),
    ],
)
async def test_what_is_no_proper_request_is_refused_and_noted(
    slack: Slack, request_: dict[str, Any], error: str
) -> None:
    request_ = {**request_, "headers": {**bearer(slack), **request_.get("headers", {})}}
    assert (await raw(slack, "chat.postMessage", **request_))["error"] == error
    assert len(slack.violations) == 1
    slack.violations.clear()


async def test_forms_queries_and_json_say_the_same(slack: Slack, sales: Channel) -> None:
    said = {"channel": sales.id, "text": "x"}
    for request in ({"data": said}, {"json": said}, {"params": said}, {"data": {**said, "token": slack.bot_token}}):
        headers = {} if "token" in str(request) else bearer(slack)
        answer = await raw(slack, "chat.postMessage", headers=headers, **request)
        assert answer["ok"], answer
    assert len(slack.messages(sales)) == 4


async def test_a_token_taken_back_by_its_owner_is_gone(slack: Slack, client: AsyncWebClient) -> None:
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_revoke())["revoked"] is True
    assert await refusal(client.auth_test()) == "token_revoked"


async def test_every_method_of_the_sdk_that_we_know_answers(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    assert (await client.bots_info(bot=BOT_ID))["bot"]["user_id"] == BOT_USER
    assert (await client.team_info())["team"]["name"] == "Handraiser tests"
    assert (await client.users_info(user=anna.id))["user"]["profile"]["email"] == "anna@acme.example"
    assert (await client.users_lookupByEmail(email="ANNA@acme.example"))["user"]["id"] == anna.id
    assert await refusal(client.users_lookupByEmail(email="nobody@acme.example")) == "users_not_found"
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
    assert {one["id"] for one in (await client.users_list())["members"]} == set(slack.workspace.people)
    anna.presence = "away"
    assert (await client.users_getPresence(user=anna.id))["presence"] == "away"
    slack.bot.scopes.discard("users:read.email")
    assert "email" not in (await client.users_info(user=anna.id))["user"]["profile"]
    with pytest.raises(SlackApiError):
        await client.users_lookupByEmail(email="anna@acme.example")
