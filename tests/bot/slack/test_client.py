"""Calls to Slack: what works, and what every way of not working is made of."""

import asyncio
import logging
from typing import Any

import pytest

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.client import SlackClient
from bot.slack.pacing import Pacer
from bot.slack.refusals import SlackRefused
from tests.bot.slack.conftest import settings_for
from tests.slack.faults import refused
from tests.slack.server import Slack
from tests.slack.workspace import BOT_ID, BOT_USER, TEAM_ID, Channel, Person
from tests.stand_ins.faults import Cut, Fault, Garbage, Hang, Status, TooMany

BUTTON = {"type": "button", "action_id": "claim", "text": {"type": "plain_text", "text": "Claim"}, "value": "7"}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]


async def test_a_post_with_blocks_and_metadata(slack: Slack, client: SlackClient, sales: Channel) -> None:
    posted = await client.call(
        "chat.postMessage",
        channel="#sales",
        text="A lead & more",
        blocks=BLOCKS,
        metadata={"event_type": "handraiser_post", "event_payload": {"id": "h7"}},
        unfurl_links=False,
        thread_ts=None,
    )
    (message,) = slack.messages(sales)
    assert (posted["channel"], posted["ts"]) == (sales.id, message.ts)
    read = await client.call("conversations.history", channel=sales.id, include_all_metadata=True, limit=10)
    assert read["messages"][0]["metadata"]["event_payload"] == {"id": "h7"}


async def test_reading_and_writing_methods_of_every_kind(
    slack: Slack, client: SlackClient, sales: Channel, anna: Person
) -> None:
    posted = await client.call("chat.postMessage", channel=sales.id, text="one")
    ts = posted["ts"]
    await client.call("chat.update", channel=sales.id, ts=ts, text="two")
    await client.call("reactions.add", channel=sales.id, timestamp=ts, name="eyes")
    await client.call("chat.postEphemeral", channel=sales.id, user=anna.id, text="for you")
    await client.call("conversations.replies", channel=sales.id, ts=ts)
    await client.call("conversations.list", types=["public_channel", "private_channel"], exclude_archived=True)
    await client.call("conversations.info", channel=sales.id)
    await client.call("conversations.members", channel=sales.id)
    await client.call("chat.getPermalink", channel=sales.id, message_ts=ts)
    assert (await client.call("users.info", user=anna.id))["user"]["id"] == anna.id
    await client.call("users.lookupByEmail", email="anna@acme.example")
    await client.call("users.getPresence", user=anna.id)
    direct = await client.call("conversations.open", users=anna.id)
    await client.call("chat.postMessage", channel=direct["channel"]["id"], text="hi")
    await client.call("views.publish", user_id=anna.id, view={"type": "home", "blocks": []})
    await client.call("chat.delete", channel=sales.id, ts=ts)


async def test_who_we_are(client: SlackClient) -> None:
    identity = await client.identify()
    assert (identity.user_id, identity.bot_id, identity.team_id) == (BOT_USER, BOT_ID, TEAM_ID)
    assert identity.scopes is not None and "chat:write" in identity.scopes


async def test_the_app_token_opens_connections(client: SlackClient, slack: Slack) -> None:
    answer = await client.call("apps.connections.open", token=slack.app_token)
    assert answer["url"].startswith("ws://")


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "conversations.info"])
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Status(500), "Slack has trouble of its own"),
        (Status(503), "Slack has trouble of its own"),
        (Status(200), "something unreadable"),
        (Status(200, ""), "something unreadable"),
        (Status(403, "<html>blocked</html>"), "is not Slack"),
        (Cut(applied=False), "the connection to Slack broke"),
        (Garbage(), "the connection to Slack broke"),
        (Garbage(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"ok": tr'), "Slack"),
        (Garbage(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"), "unreadable"),
        (Garbage(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"), "unreadable"),
        (Garbage(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\nnull"), "unreadable"),
        (Garbage(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"), "Slack"),
        (refused("fatal_error"), "fatal_error"),
        (refused("service_unavailable"), "service_unavailable"),
    ],
)
async def test_what_may_pass_is_to_be_tried_later(
    slack: Slack, client: SlackClient, sales: Channel, method: str, fault: Fault, told: str
) -> None:
    slack.fails(method, fault)
    with pytest.raises(TryLater) as raised:
        await client.call(method, **_arguments(method, sales))
    assert told in str(raised.value)
    assert raised.value.seconds is None
    if method != "conversations.info":  # What only reads, aiohttp tries a second time on a connection that broke.
        assert [call.method for call in slack.calls] == [method], "nothing is tried again by itself"


async def test_no_answer_is_waited_for_only_so_long(slack: Slack, sales: Channel) -> None:
    slack.fails("chat.postMessage", Hang())
    async with SlackClient(settings_for(slack), seconds=0.1) as client:
        with pytest.raises(TryLater, match=r"did not answer chat\.postMessage within 0 seconds; it is not known"):
            await client.call("chat.postMessage", channel=sales.id, text="x")
    slack.recovers()


async def test_slack_down_and_back(slack: Slack, client: SlackClient, sales: Channel) -> None:
    await slack.goes_down()
    with pytest.raises(TryLater, match="Slack cannot be reached"):
        await client.call("chat.postMessage", channel=sales.id, text="x")
    await slack.comes_back()
    await client.call("chat.postMessage", channel=sales.id, text="x")


async def test_a_post_whose_answer_was_lost_is_not_posted_twice_by_itself(
    slack: Slack, client: SlackClient, sales: Channel
) -> None:
    slack.fails("chat.postMessage", Cut(applied=True), times=1)
    with pytest.raises(TryLater, match="it is not known whether it was done"):
        await client.call("chat.postMessage", channel=sales.id, text="x")
    assert len(slack.messages(sales)) == 1


async def test_too_many_calls_leave_that_channel_alone_for_as_long_as_slack_says(
    slack: Slack, client: SlackClient, sales: Channel, anna: Person
) -> None:
    other = slack.workspace.add_channel("other", anna)
    slack.fails("chat.postMessage", TooMany(30), times=1)
    with pytest.raises(TryLater) as raised:
        await client.call("chat.postMessage", channel=sales.id, text="x")
    assert raised.value.seconds == 30.0
    for method in ("chat.postMessage", "chat.update"):
        with pytest.raises(TryLater) as raised:
            await client.call(method, **_arguments(method, sales))
        assert raised.value.seconds is not None and 29 < raised.value.seconds <= 30
    await client.call("chat.postMessage", channel=other.id, text="x")
    assert slack.impatient == []
    assert [call.arguments["channel"] for call in slack.calls] == [sales.id, other.id]


async def test_a_channel_is_the_same_by_name_and_by_id(slack: Slack, client: SlackClient, sales: Channel) -> None:
    await client.call("chat.postMessage", channel="#sales", text="x")
    slack.fails("chat.postMessage", TooMany(30), times=1)
    with pytest.raises(TryLater):
        await client.call("chat.postMessage", channel="#sales", text="x")
    with pytest.raises(TryLater):
        await client.call("chat.postMessage", channel=sales.id, text="x")
    assert len(slack.calls) == 2


async def test_posts_keep_the_pace_that_slack_allows(slack: Slack, sales: Channel) -> None:
    slack.rate_limits = True

    async def sleep(seconds: float) -> None:
        slack.pass_(seconds)
        moments.append(moments[-1] + seconds)

    moments = [0.0]
    pacer = Pacer(burst=1, clock=lambda: moments[-1], sleep=sleep)
    async with SlackClient(settings_for(slack), pacer=pacer) as client:
        for _ in range(5):
            await client.call("chat.postMessage", channel=sales.id, text="x")
    assert len(slack.messages(sales)) == 5
    assert moments == [0.0, 1.0, 2.0, 3.0, 4.0]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("channel_not_found", "there is no channel #sales"),
        ("not_in_channel", "/invite @handraiser in it"),
        ("is_archived", "#sales is archived"),
        ("account_inactive", "[slack] bot_token belongs to an app or person that was removed"),
        ("something_new", "Slack refused chat.postMessage with something_new"),
    ],
)
async def test_what_will_not_pass_says_what_to_do(
    slack: Slack, client: SlackClient, sales: Channel, error: str, told: str
) -> None:
    await client.identify()
    slack.fails("chat.postMessage", refused(error))
    with pytest.raises(Undeliverable) as raised:
        await client.call("chat.postMessage", channel="#sales", text="x")
    assert told in str(raised.value)
    assert isinstance(raised.value, SlackRefused) and raised.value.error == error


async def test_the_scope_that_is_missing_is_named(slack: Slack, client: SlackClient, sales: Channel) -> None:
    slack.bot.scopes.discard("chat:write")
    with pytest.raises(Undeliverable, match="the app lacks the scope chat:write"):
        await client.call("chat.postMessage", channel=sales.id, text="x")


async def test_an_archived_channel_and_a_revoked_token(slack: Slack, client: SlackClient, sales: Channel) -> None:
    slack.archives(sales)
    with pytest.raises(SlackRefused) as raised:
        await client.call("chat.postMessage", channel=sales.id, text="x")
    assert raised.value.channel_is_gone
    slack.revokes_the_token()
    with pytest.raises(SlackRefused) as raised:
        await client.call("chat.postMessage", channel=sales.id, text="x")
    assert raised.value.locks_out


async def test_our_own_mistake_is_called_one(slack: Slack, client: SlackClient, sales: Channel) -> None:
    with pytest.raises(Undeliverable, match=r"invalid_blocks.*a mistake of Handraiser's"):
        await client.call("chat.postMessage", channel=sales.id, text="x", blocks=[{"type": "nothing"}])
    assert slack.violations.pop().startswith("chat.postMessage: invalid_blocks")
    assert slack.violations == []


async def test_no_token_is_ever_told(
    slack: Slack, client: SlackClient, sales: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    faults: list[Fault] = [Cut(), Status(500), TooMany(0), refused("invalid_auth"), Garbage()]
    for fault in faults:
        slack.fails("*", fault, times=1)
        with pytest.raises((TryLater, Undeliverable)) as raised:
            await client.call("apps.connections.open", token=slack.app_token)
        told = f"{raised.value!r} {raised.value.__cause__!r}"
        assert slack.app_token not in told and slack.bot_token not in told
    assert slack.app_token not in caplog.text and slack.bot_token not in caplog.text
    assert "apps.connections.open" not in caplog.text


async def test_an_answer_to_a_click(
    slack: Slack, house: Any, client: SlackClient, sales: Channel, anna: Person
) -> None:
    await client.call("chat.postMessage", channel=sales.id, text="card", blocks=BLOCKS)
    await slack.click(anna, slack.messages(sales)[0], "claim")
    (event,) = await house.heard.wait_for(1)
    for number in range(5):
        await client.respond(event.response_url, response_type="ephemeral", replace_original=False, text=f"{number}")
    assert [one.text for one in slack.ephemerals(anna)] == ["0", "1", "2", "3", "4"]
    with pytest.raises(SlackRefused, match="5 are allowed, within 30 minutes"):
        await client.respond(event.response_url, text="more")


@pytest.mark.parametrize(
    "url",
    ["", "http://hooks.slack.com/x", "https://evil.example/x", "https://slack.com.evil.example/", "//x", "https://[x"],
)
async def test_answers_go_to_slack_alone(client: SlackClient, url: str) -> None:
    with pytest.raises(SlackRefused, match="no address of Slack's"):
        await client.respond(url, text="x")


async def test_many_calls_at_once_use_one_session(slack: Slack, client: SlackClient, sales: Channel) -> None:
    await asyncio.gather(*(client.call("chat.postMessage", channel=sales.id, text=str(n)) for n in range(20)))
    assert len(slack.messages(sales)) == 20


def _arguments(method: str, channel: Channel) -> dict[str, Any]:
    return {
        "chat.postMessage": {"channel": channel.id, "text": "x"},
        "chat.update": {"channel": channel.id, "ts": "1.1", "text": "x"},
        "conversations.info": {"channel": channel.id},
    }[method]
