"""``chat.*`` as Slack's own client meets it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import Slack
from tests.slack.workspace import BOT_USER, Channel, Person

CARD: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "Ada Lovelace"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Acme* &amp; Co"}, "block_id": "who"},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "text": {"type": "plain_text", "text": "Claim"}, "action_id": "claim", "value": "7"}
        ],
    },
]


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_message_stands_in_the_channel_as_it_was_posted(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    answer = await client.chat_postMessage(channel=sales.id, text="Ada is hot", blocks=CARD)
    (message,) = slack.messages(sales)
    assert answer["ts"] == message.ts
    assert answer["message"]["bot_id"] == message.bot_id
    assert all("block_id" in one for one in answer["message"]["blocks"])
    assert slack.shown(message) == "Ada Lovelace\nAcme & Co\n[Claim]"


@pytest.mark.parametrize("reference", ["#sales", "sales"])
async def test_a_public_channel_may_be_named(
    slack: Slack, client: AsyncWebClient, sales: Channel, reference: str
) -> None:
    answer = await client.chat_postMessage(channel=reference, text="hello")
    assert answer["channel"] == sales.id


async def test_a_person_is_reached_in_their_direct_messages(slack: Slack, client: AsyncWebClient, anna: Person) -> None:
    answer = await client.chat_postMessage(channel=anna.id, text="a lead for you")
    assert answer["channel"].startswith("D")
    assert [one.text for one in slack.direct_messages(anna)] == ["a lead for you"]


async def test_replies_stand_in_the_thread_and_not_in_the_channel(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    root = await client.chat_postMessage(channel=sales.id, text="card")
    await client.chat_postMessage(channel=sales.id, text="first", thread_ts=root["ts"])
    await client.chat_postMessage(channel=sales.id, text="second", thread_ts=root["ts"], reply_broadcast=True)
    assert [one.text for one in slack.thread(sales, root["ts"])] == ["first", "second"]
    assert [one.text for one in slack.messages(sales)] == ["card", "second"]


async def test_a_change_keeps_blocks_only_where_no_text_is_given(
    slack: Slack, client: AsyncWebClient, sales: Channel
) -> None:
    posted = await client.chat_postMessage(
        channel=sales.id,
        text="one",
        blocks=CARD,
        metadata={"event_type": "handraiser_post", "event_payload": {"id": "7"}},
    )
    (message,) = slack.messages(sales)
    await client.api_call("chat.update", json={"channel": sales.id, "ts": posted["ts"], "blocks": CARD[:1]})
    assert slack.shown(message) == "Ada Lovelace"
    await client.chat_update(channel=sales.id, ts=posted["ts"], text="two")
    assert slack.shown(message) == "two"
    assert [len(one.get("blocks", ())) for one in message.versions] == [3, 1]
    assert message.metadata == {"event_type": "handraiser_post", "event_payload": {"id": "7"}}


async def test_a_change_takes_less_text_than_a_post(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    posted = await client.chat_postMessage(channel=sales.id, text="x" * 40_000)
    call = client.chat_update(channel=sales.id, ts=posted["ts"], text="x" * 4_001)
    assert await refusal(call) == "msg_too_long"
    await client.chat_update(channel=sales.id, ts=posted["ts"], text="x" * 4_000)
    assert len(slack.violations) == 1
    slack.violations.clear()


async def test_a_whisper_is_seen_by_one_person(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person, ben: Person
) -> None:
    answer = await client.chat_postEphemeral(channel=sales.id, user=ben.id, text="Anna has it already.")
    assert [slack.shown(one) for one in slack.ephemerals(ben)] == ["Anna has it already."]
    assert slack.ephemerals(anna) == []
    assert slack.messages(sales) == []
    assert await refusal(client.chat_update(channel=sales.id, ts=answer["message_ts"], text="x")) == "message_not_found"


async def test_only_own_messages_are_changed_and_deleted(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    hers = await slack.say(anna, sales, "mine")
    assert await refusal(client.chat_update(channel=sales.id, ts=hers.ts, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel=sales.id, ts=hers.ts)) == "cant_delete_message"
    posted = await client.chat_postMessage(channel=sales.id, text="ours")
    await client.chat_delete(channel=sales.id, ts=posted["ts"])
    assert [one.text for one in slack.messages(sales)] == ["mine"]
    assert await refusal(client.chat_delete(channel=sales.id, ts=posted["ts"])) == "message_not_found"


async def test_where_nobody_may_post(slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person) -> None:
    outside = slack.workspace.add_channel("board", anna, with_app=False)
    hidden = slack.workspace.add_channel("hidden", anna, private=True, with_app=False)
    archived = slack.workspace.add_channel("old", anna)
    slack.archives(archived)
    assert await refusal(client.chat_postMessage(channel=outside.id, text="x")) == "not_in_channel"
    assert await refusal(client.chat_postMessage(channel=hidden.id, text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel="C404", text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel=archived.id, text="x")) == "is_archived"
    assert await refusal(client.chat_postEphemeral(channel=sales.id, user="U404", text="x")) == "user_not_in_channel"
    slack.bot.scopes.add("chat:write.public")
    assert (await client.chat_postMessage(channel=outside.id, text="x"))["ok"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": " \n"}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]}, "invalid_blocks"),
        (
            {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 4},
            "msg_blocks_too_long",
        ),
        ({"text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"text": "x", "metadata": {"event_type": "a", "payload": {}}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"x": "y" * 9000}}}, "metadata_too_large"),
        ({"text": "x", "colour": "red"}, "invalid_arguments"),
        ({"text": "x", "thread_ts": 1.5}, "invalid_arguments"),
    ],
)
async def test_what_no_message_may_be_is_refused_and_noted(
    slack: Slack, client: AsyncWebClient, sales: Channel, content: dict[str, Any], error: str
) -> None:
    assert await refusal(client.api_call("chat.postMessage", json={"channel": sales.id, **content})) == error
    assert len(slack.violations) == 1
    assert slack.messages(sales) == []
    slack.violations.clear()


async def test_another_name_and_picture_need_a_scope(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=sales.id, text="x", username="Ada")
    assert caught.value.response["needed"] == "chat:write.customize"
    slack.bot.scopes.add("chat:write.customize")
    await client.chat_postMessage(channel=sales.id, text="x", username="Ada")
    (message,) = slack.messages(sales)
    assert (message.subtype, message.username, message.user) == ("bot_message", "Ada", BOT_USER)


async def test_a_message_has_an_address(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    posted = await client.chat_postMessage(channel=sales.id, text="card")
    answer = await client.chat_getPermalink(channel=sales.id, message_ts=posted["ts"])
    assert answer["permalink"].endswith(f"/archives/{sales.id}/p{posted['ts'].replace('.', '')}")
