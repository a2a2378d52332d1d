"""What ``handraiser doctor`` says of Slack: each thing that is missing, with its cure."""

from typing import Any

import pytest

from bot.slack.checkup import Remark, examine
from tests.bot.slack.conftest import settings_for
from tests.slack.faults import refused
from tests.slack.server import Slack
from tests.slack.workspace import BOT_USER, Channel, Person
from tests.stand_ins.faults import Status

PUBLIC = "https://chat.example.com"


async def remarks(slack: Slack, base_url: str = PUBLIC, **settings: Any) -> dict[str, Remark]:
    """What is said, by subject."""
    known = settings_for(slack, **({"channel": "#sales"} | settings))
    return {one.subject: one async for one in examine(known, base_url)}


async def test_all_is_well(slack: Slack, sales: Channel) -> None:
    said = await remarks(slack)
    assert {one.verdict for one in said.values()} == {"ok"}
    assert said["slack"].message == 'the bot is @handraiser in "Handraiser tests"'
    assert said["slack channel"].message == "the bot is in #sales"


async def test_a_channel_by_its_id(slack: Slack, sales: Channel) -> None:
    assert (await remarks(slack, channel=sales.id))["slack channel"].verdict == "ok"
    missing = (await remarks(slack, channel="C0NOTHERE99"))["slack channel"]
    assert (missing.verdict, missing.message) == ("failed", "there is no channel C0NOTHERE99 that the bot can see")


async def test_a_channel_on_a_later_page(slack: Slack, anna: Person) -> None:
    for number in range(1005):
        slack.workspace.add_channel(f"channel-{number}", anna)
    slack.workspace.add_channel("sales", anna)
    assert (await remarks(slack))["slack channel"].verdict == "ok"
    assert sum(call.method == "conversations.list" for call in slack.calls) == 2


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        ("invalid_auth", "Slack does not know [slack] bot_token; copy it again"),
        ("token_revoked", "[slack] bot_token was revoked; install the app again"),
        ("account_inactive", "belongs to an app or person that was removed"),
    ],
)
async def test_a_token_that_is_refused(slack: Slack, error: str, cure: str) -> None:
    slack.revokes_the_token(error)
    said = await remarks(slack)
    assert list(said) == ["slack"]
    assert (said["slack"].verdict, said["slack"].message) == ("failed", f"Slack refuses auth.test: {error}")
    assert cure in said["slack"].cure


async def test_slack_cannot_be_reached(slack: Slack) -> None:
    await slack.goes_down()
    said = await remarks(slack)
    assert said["slack"].verdict == "failed" and "cannot be reached" in said["slack"].message
    assert said["slack"].cure == f"is [slack] api_url right? It is {slack.api_url}"


async def test_scopes_that_are_missing_are_named(slack: Slack, sales: Channel) -> None:
    slack.bot.scopes -= {"reactions:write", "im:write"}
    said = (await remarks(slack))["slack scopes"]
    assert (said.verdict, said.message) == ("failed", "the app lacks the scopes im:write, reactions:write")
    assert "then reinstall the app; docs/slack-app-manifest.yaml has all of them" in said.cure


async def test_the_channel_cannot_be_looked_for_without_its_scope(slack: Slack, sales: Channel) -> None:
    slack.bot.scopes -= {"channels:read"}
    said = await remarks(slack)
    assert said["slack scopes"].message == "the app lacks the scope channels:read"
    assert "lacks the scope channels:read" in said["slack channel"].cure


@pytest.mark.parametrize(
    ("change", "message", "cure"),
    [
        ("missing", "there is no channel #sales that the bot can see", "if it is private, type /invite @handraiser"),
        ("archived", "#sales is archived", "unarchive it, or name another"),
        ("outside", "the bot is not in #sales", "type /invite @handraiser in it"),
    ],
)
async def test_a_channel_that_will_not_do(slack: Slack, sales: Channel, change: str, message: str, cure: str) -> None:
    if change == "archived":
        slack.archives(sales)
    if change == "outside":
        sales.members.remove(BOT_USER)
    if change == "missing":
        sales.name = "other"
    said = (await remarks(slack))["slack channel"]
    assert (said.verdict, said.message) == ("failed", message)
    assert cure in said.cure


async def test_no_channel_at_all(slack: Slack) -> None:
    said = (await remarks(slack, channel=None))["slack channel"]
    assert (said.verdict, said.cure) == ("warning", 'name one: [slack] channel = "#sales"')


@pytest.mark.parametrize(
    ("fault", "message", "cure"),
    [
        (refused("invalid_auth"), "Slack refuses apps.connections.open: invalid_auth", "know [slack] app_token"),
        (refused("missing_scope", needed="connections:write"), "missing_scope", "the scope connections:write"),
        (refused("socket_mode_not_enabled"), "socket_mode_not_enabled", "switch it on (Socket Mode)"),
        (Status(503), "Slack has trouble of its own", "try again in a minute"),
    ],
)
async def test_socket_mode_that_cannot_be_opened(
    slack: Slack, sales: Channel, fault: Any, message: str, cure: str
) -> None:
    slack.fails("apps.connections.open", fault)
    said = (await remarks(slack))["slack events"]
    assert said.verdict == "failed"
    assert message in said.message and cure in said.cure


@pytest.mark.parametrize(
    ("base_url", "verdict", "message"),
    [
        (PUBLIC, "ok", "Slack has to call https://chat.example.com/slack/events"),
        ("http://localhost:8080", "warning", "http://localhost:8080/slack/events, which is not reachable from outside"),
        ("http://chat.example.com", "warning", "which is not encrypted"),
    ],
)
async def test_over_http_slack_has_to_reach_us(
    slack: Slack, sales: Channel, base_url: str, verdict: str, message: str
) -> None:
    said = (await remarks(slack, base_url, mode="http"))["slack events"]
    assert said.verdict == verdict and message in said.message
    assert not any(call.method == "apps.connections.open" for call in slack.calls)


@pytest.mark.parametrize("fault", [refused("invalid_auth"), Status(500)])
async def test_no_secret_is_told(slack: Slack, sales: Channel, fault: Any) -> None:
    slack.fails("*", fault)
    told = repr(await remarks(slack))
    assert not any(secret in told for secret in (slack.bot_token, slack.app_token, slack.signing_secret))


@pytest.mark.parametrize(
    ("change", "verdict", "message", "cure"),
    [
        ("", "ok", "they can talk in direct messages and in #community", ""),
        ("missing", "failed", "there is no channel #community that the bot can see", "or type /invite @handraiser"),
        ("outside", "failed", "the bot is not in #community", "type /invite @handraiser in it"),
        ("archived", "failed", "there is no channel #community that the bot can see", "correct [slack]"),
        ("mixed", "failed", "{sales} is where leads are shown to sales", "name another channel"),
        ("files", "warning", "files they send cannot be read", "add the scope files:read"),
    ],
)
async def test_where_visitors_talk(
    slack: Slack, sales: Channel, anna: Person, change: str, verdict: str, message: str, cure: str
) -> None:
    if change != "missing":
        community = slack.workspace.add_channel("community", anna)
        community.is_archived = change == "archived"
        if change == "outside":
            community.members.discard(BOT_USER)
    if change == "files":
        slack.bot.scopes -= {"files:read"}
    channels = ("#community", sales.id) if change == "mixed" else ("#community",)
    said = (await remarks(slack, visitors=True, visitor_channels=channels))["slack visitors"]
    assert said.verdict == verdict
    assert message.format(sales=sales.id) in said.message and cure in said.cure
    assert "slack visitors" not in await remarks(slack)
