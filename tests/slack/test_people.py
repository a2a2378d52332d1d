"""What people do reaches the app as Slack sends it."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.an_app import AnApp, running_app
from tests.slack.server import Slack
from tests.slack.signing import Signed
from tests.slack.test_chat import CARD
from tests.slack.workspace import BOT_USER, Channel, Message, Person


@pytest.fixture
async def card(slack: Slack, client: AsyncWebClient, sales: Channel, app: AnApp) -> Message:
    await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    await slack.settled()
    app.heard.clear()
    return slack.messages(sales)[0]


async def test_a_click_is_told_signed_and_its_acknowledgement_observed(
    slack: Slack, app: AnApp, card: Message, anna: Person
) -> None:
    delivery = await slack.click(anna, card, "claim")
    (heard,) = app.heard
    assert (delivery.status, delivery.accepted) == (200, True)
    assert heard["type"] == "block_actions"
    assert heard["user"]["id"] == anna.id
    assert heard["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": card.channel.id,
        "is_ephemeral": False,
    }
    assert heard["actions"][0]["action_id"] == "claim"
    assert heard["actions"][0]["value"] == "7"
    assert heard["message"]["ts"] == card.ts


async def test_a_click_on_an_old_screen_shows_what_was_there(
    slack: Slack, client: AsyncWebClient, app: AnApp, card: Message, anna: Person
) -> None:
    await client.chat_update(channel=card.channel.id, ts=card.ts, text="taken")
    await slack.settled()
    with pytest.raises(AssertionError, match="nothing to click: 'claim'"):
        await slack.click(anna, card, "claim")
    await slack.click(anna, card, "claim", version=0)
    assert app.heard[-1]["actions"][0]["value"] == "7"


async def test_what_is_typed_comes_escaped_with_links_and_mentions(
    slack: Slack, app: AnApp, sales: Channel, anna: Person
) -> None:
    await slack.say(anna, sales, "@ben a < b & c, see https://example.com/a?b=1. Mail ada@acme.example")
    (event,) = app.events
    assert event["text"] == (
        "<@U0BENOKAFOR> a &lt; b &amp; c, see <https://example.com/a?b=1>. "
        "Mail <mailto:ada@acme.example|ada@acme.example>"
    )
    assert (event["type"], event["channel_type"], event["user"]) == ("message", "channel", anna.id)
    assert event["client_msg_id"]


async def test_a_mention_comes_as_a_message_and_as_a_mention(
    slack: Slack, app: AnApp, sales: Channel, anna: Person
) -> None:
    message = await slack.mention(anna, sales, "hello")
    assert [one["type"] for one in app.events] == ["message", "app_mention"]
    assert {one["ts"] for one in app.events} == {message.ts}
    assert len({one["event_id"] for one in app.heard}) == 2
    assert all(one["text"] == f"<@{BOT_USER}> hello" for one in app.events)


async def test_the_app_hears_its_own_messages_too(
    slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel
) -> None:
    posted = await client.chat_postMessage(channel=sales.id, text="one")
    await client.chat_update(channel=sales.id, ts=posted["ts"], text="two")
    await client.chat_delete(channel=sales.id, ts=posted["ts"])
    await slack.settled()
    posted_event, changed, deleted = sorted(app.events, key=lambda one: str(one["event_ts"]))
    assert posted_event["bot_id"] and posted_event["user"] == BOT_USER
    assert changed["subtype"] == "message_changed"
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("two", "one")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", posted["ts"])


async def test_edits_deletions_and_previews_are_told_apart(
    slack: Slack, app: AnApp, sales: Channel, anna: Person
) -> None:
    message = await slack.say(anna, sales, "helo")
    await slack.unfurl(message)
    await slack.edit(message, "hello")
    await slack.delete(message)
    _, previewed, edited, deleted = app.events
    assert "edited" not in previewed["message"]
    assert previewed["message"]["text"] == previewed["previous_message"]["text"]
    assert edited["message"]["edited"]["user"] == anna.id
    assert edited["message"]["client_msg_id"] == message.client_msg_id
    assert (edited["previous_message"]["text"], edited["message"]["text"]) == ("helo", "hello")
    assert deleted["subtype"] == "message_deleted"


async def test_a_deleted_root_with_replies_leaves_a_tombstone(
    slack: Slack, app: AnApp, sales: Channel, anna: Person
) -> None:
    root = await slack.say(anna, sales, "root")
    await slack.say(anna, sales, "reply", root.ts)
    await slack.delete(root)
    assert app.events[-1]["subtype"] == "message_changed"
    assert app.events[-1]["message"]["subtype"] == "tombstone"


async def test_where_the_app_is_not_it_hears_nothing(slack: Slack, app: AnApp, anna: Person) -> None:
    await slack.say(anna, slack.workspace.add_channel("board", anna, with_app=False), "secret")
    slack.events.discard("message.channels")
    await slack.say(anna, slack.workspace.add_channel("talk", anna), "unsubscribed")
    assert app.heard == []


@pytest.mark.parametrize("how", [one for one in Signed if one is not Signed.RIGHTLY])
async def test_wrong_signatures_are_refused_by_the_sdk(
    slack: Slack, app: AnApp, sales: Channel, anna: Person, how: Signed
) -> None:
    slack.signs(how)
    await slack.say(anna, sales, "hello")
    assert app.heard == []
    assert slack.deliveries[-1].status == 401


async def test_an_event_is_told_again_with_the_reason(slack: Slack, app: AnApp, sales: Channel, anna: Person) -> None:
    async def fails(payload: dict[str, Any]) -> web.Response:
        return web.Response(status=500 if len(app.heard) < 3 else 200)

    app.reply = fails
    await slack.say(anna, sales, "hello")
    assert len({one["event_id"] for one in app.heard}) == 1
    retries = [(one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in app.headers]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert slack.deliveries[-1].accepted


async def test_an_event_is_told_four_times_at_most_and_not_again_where_the_app_says_so(
    slack: Slack, app: AnApp, sales: Channel, anna: Person
) -> None:
    headers: dict[str, str] = {}

    async def fails(payload: dict[str, Any]) -> web.Response:
        return web.Response(status=503, headers=headers)

    app.reply = fails
    await slack.say(anna, sales, "one")
    assert len(app.heard) == 4
    headers["x-slack-no-retry"] = "1"
    await slack.say(anna, sales, "two")
    assert len(app.heard) == 5


async def test_an_acknowledgement_that_comes_too_late_is_none(
    slack: Slack, app: AnApp, card: Message, anna: Person
) -> None:
    async def waits(payload: dict[str, Any]) -> web.Response:
        await slack.until(lambda: slack.deliveries[-1].done)
        return web.Response()

    app.reply = waits
    slack.patience = 0.05
    delivery = await slack.click(anna, card, "claim")
    assert (delivery.accepted, delivery.last.failure) == (False, "http_timeout")
    assert len(delivery.attempts) == 1, "a click is not told again"


async def test_the_request_url_answers_the_challenge(slack: Slack, app: AnApp) -> None:
    async def answers(payload: dict[str, Any]) -> web.Response:
        return web.json_response({"challenge": payload["challenge"]})

    assert not await slack.verifies_the_url()
    app.reply = answers
    assert await slack.verifies_the_url()


async def test_other_apps_and_files_are_told_as_such(slack: Slack, app: AnApp, sales: Channel, anna: Person) -> None:
    root = await slack.say(anna, sales, "root")
    await slack.another_app_says(sales, "I am a bot, too", root.ts)
    await slack.shares(anna, sales, "offer.pdf", "here it is", root.ts)
    _, other, shared = app.events
    assert (other["bot_id"], other["app_id"]) == ("B0SOMEOTHER", "A0SOMEOTHER")
    assert (shared["subtype"], shared["files"][0]["name"]) == ("file_share", "offer.pdf")
    assert [one.text for one in slack.thread(sales, root.ts)] == ["I am a bot, too", "here it is"]


async def test_the_end_of_a_channel_and_of_a_token_are_told(slack: Slack, app: AnApp, sales: Channel) -> None:
    slack.archives(sales)
    slack.revokes_the_token()
    await slack.settled()
    assert sorted(one["type"] for one in app.events) == ["channel_archive", "tokens_revoked"]


async def test_the_same_may_be_told_once_more(slack: Slack, app: AnApp, card: Message, anna: Person) -> None:
    delivery = await slack.click(anna, card, "claim")
    await slack.redelivers(delivery)
    assert app.heard[0] == app.heard[1]


async def test_two_nodes_hear_two_clicks(slack: Slack, app: AnApp, card: Message, anna: Person, ben: Person) -> None:
    async with running_app(slack.signing_secret) as other:
        await asyncio.gather(slack.click(anna, card, "claim"), slack.click(ben, card, "claim", to=other.url))
        assert [one["user"]["id"] for one in (*app.heard, *other.heard)] == [anna.id, ben.id]


async def test_any_bytes_may_be_sent(slack: Slack, app: AnApp) -> None:
    assert await slack.sends_raw(b'{"type": "event_callback"}') == (200, "")
    slack.signs(Signed.OTHER_BODY)
    assert (await slack.sends_raw(b'{"type": "event_callback"}'))[0] == 401
    assert len(app.heard) == 1
