"""The door over HTTP, with the stand-in knocking: who is let in, what is acknowledged when, and nobody gets a 500."""

import asyncio
import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from slack_bolt.response import BoltResponse

from bot.slack.client import SlackClient
from bot.slack.door import SlackDoor
from bot.slack.listening import (
    Ack,
    AppHomeOpened,
    AppMention,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)
from bot.webhooks import LARGEST_BODY
from tests.bot.slack import payloads
from tests.bot.slack.conftest import House, open_door, settings_for
from tests.bot.slack.desk import DiskFull, Heard, InboxDesk, eventually
from tests.slack.server import Slack
from tests.slack.signing import Signed, signed_headers
from tests.slack.workspace import Channel, Message, Person

BUTTON = {"type": "button", "action_id": "claim", "text": {"type": "plain_text", "text": "Claim"}, "value": "7"}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]
INPUT = {"type": "plain_text_input", "action_id": "text"}
MODAL = {
    "type": "modal",
    "callback_id": "reply",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Reply"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {"type": "input", "block_id": "words", "label": {"type": "plain_text", "text": "Words"}, "element": INPUT}
    ],
}


@pytest.fixture
async def card(slack: Slack, house: House, client: SlackClient, sales: Channel) -> Message:
    """A message of ours with a button."""
    await client.call("chat.postMessage", channel=sales.id, text="card", blocks=BLOCKS)
    await slack.settled()
    return slack.messages(sales)[0]


async def test_our_own_posts_come_back_and_go_no_further(slack: Slack, house: House, card: Message) -> None:
    assert [(one.accepted, one.status) for one in slack.deliveries] == [(True, 200)]
    assert not house.desk.taken


async def test_what_people_write_edit_delete_and_react_to(
    slack: Slack, house: House, card: Message, sales: Channel, anna: Person
) -> None:
    said = await slack.say(anna, sales, "! Hello & welcome", thread_ts=card.ts)
    await slack.edit(said, "! Hello")
    await slack.react(anna, said, "eyes")
    await slack.delete(said)
    posted, changed, reaction, deleted = await house.heard.wait_for(4)
    assert isinstance(posted, MessagePosted) and isinstance(changed, MessageChanged)
    assert isinstance(reaction, ReactionAdded) and isinstance(deleted, MessageDeleted)
    assert (posted.user, posted.channel, posted.ts, posted.thread_ts) == (anna.id, sales.id, said.ts, card.ts)
    assert posted.text == "! Hello &amp; welcome"
    assert (changed.ts, changed.thread_ts, changed.text_before) == (said.ts, card.ts, "! Hello &amp; welcome")
    assert (reaction.ts, reaction.reaction) == (said.ts, "eyes")
    assert (deleted.ts, deleted.thread_ts, deleted.text_before) == (said.ts, card.ts, "! Hello")
    assert all(one.accepted for one in slack.deliveries)
    await eventually(lambda: len(house.desk.struck) == 4)


async def test_a_mention_and_the_home(slack: Slack, house: House, sales: Channel, anna: Person) -> None:
    said = await slack.mention(anna, sales, "who is that?")
    await slack.open_home(anna)
    events = await house.heard.wait_for(3)
    assert {type(one) for one in events} == {MessagePosted, AppMention, AppHomeOpened}
    assert {one.ts for one in events if isinstance(one, MessagePosted | AppMention)} == {said.ts}


async def test_a_click_opens_a_form_whose_mistakes_are_shown_before_it_closes(
    slack: Slack, house: House, client: SlackClient, card: Message, anna: Person
) -> None:
    await slack.click(anna, card, "claim")
    (click,) = await house.heard.wait_for(1)
    assert isinstance(click, BlockAction)
    assert (click.action_id, click.value, click.message_ts, click.user) == ("claim", "7", card.ts, anna.id)
    await client.call("views.open", trigger_id=click.trigger_id, view=MODAL)
    (form,) = slack.modals(anna)

    house.heard.answer = Ack(errors={"words": "Too short."})
    refused = await slack.submit(anna, form, {"words": "Hi"})
    assert refused.errors == {"words": "Too short."} and slack.modals(anna) == [form]
    house.heard.answer = None
    sent = await slack.submit(anna, form, {"words": "Hello there"})
    assert sent.accepted and slack.modals(anna) == []
    submissions = [one for one in house.heard.events if isinstance(one, ViewSubmission)]
    assert [one.view.value("words") for one in submissions] == ["Hi", "Hello there"]


@pytest.mark.parametrize(
    ("ack", "told"),
    [
        (Ack(update=MODAL), {"response_action": "update", "view": MODAL}),
        (Ack(push=MODAL), {"response_action": "push", "view": MODAL}),
        (Ack(clear=True), {"response_action": "clear"}),
        (Ack(), {}),
    ],
)
async def test_every_answer_to_a_form(slack: Slack, house: House, ack: Ack, told: dict[str, Any]) -> None:
    house.heard.answer = ack
    delivery = await slack.sends(payloads.submitted())
    assert delivery.accepted and delivery.answer == told


async def test_a_form_that_was_closed(
    slack: Slack, house: House, client: SlackClient, card: Message, anna: Person
) -> None:
    await slack.click(anna, card, "claim")
    (click,) = await house.heard.wait_for(1)
    assert isinstance(click, BlockAction)
    await client.call("views.open", trigger_id=click.trigger_id, view=MODAL)
    await slack.close(anna, slack.modals(anna)[0])
    assert isinstance((await house.heard.wait_for(2))[1], ViewClosed)


async def test_a_command_and_its_answer(slack: Slack, house: House, anna: Person) -> None:
    house.heard.answer = Ack(text="2 leads")
    delivery = await slack.command(anna, "/handraiser", "ada & co")
    assert delivery.answer == {"response_type": "ephemeral", "text": "2 leads"}
    (event,) = house.heard.events
    assert isinstance(event, SlashCommand) and event.text == "ada & co"
    assert [one.text for one in slack.ephemerals(anna)] == ["2 leads"]


async def test_an_answer_to_a_command_that_is_late_is_shown_all_the_same(
    slack: Slack, client: SlackClient, anna: Person
) -> None:
    http = SlackClient(settings_for(slack, mode="http"))
    async with http, open_door(http, answer_seconds=0.01) as house:
        house.heard.answer = Ack(text="2 leads")
        house.heard.hold["ada"] = asyncio.Event()
        delivery = await slack.command(anna, "/handraiser", "ada", to=house.url)
        assert delivery.accepted and delivery.answer == {}
        house.heard.hold["ada"].set()
        await slack.until(lambda: slack.ephemerals(anna))
        assert [one.text for one in slack.ephemerals(anna)] == ["2 leads"]


async def test_the_request_url_is_verified_and_the_certificate_looked_at(slack: Slack, house: House) -> None:
    assert await slack.verifies_the_url()
    assert slack.calls == [], "which asks Slack nothing"
    slack.signs(Signed.ABSENT)
    form = "application/x-www-form-urlencoded"
    assert await slack.sends_raw(b"ssl_check=1&token=x", content_type=form) == (200, "")
    assert not house.desk.taken
    assert await slack.sends_raw(b"ssl_check=1", content_type="application/json") == (200, "")
    assert (await slack.sends_raw(b"ssl_check=1&command=/handraiser&user_id=U1", content_type=form))[0] == 200
    assert not house.desk.taken and not house.heard.events


@pytest.mark.parametrize("how", [one for one in Signed if one is not Signed.RIGHTLY])
@pytest.mark.parametrize("make", [payloads.message, payloads.pressed, payloads.commanded])
async def test_whoever_is_not_slack_is_refused_and_leaves_nothing(
    slack: Slack, house: House, how: Signed, make: Any
) -> None:
    slack.signs(how)
    delivery = await slack.sends(make())
    assert (delivery.status, delivery.last.no_retry) == (401, True)
    assert len(delivery.attempts) == 1
    assert not house.desk.taken and not house.heard.events


async def test_what_cannot_be_saved_is_brought_again_by_slack_and_dealt_with_once(
    slack: Slack, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.desk.broken = DiskFull()
    tries = 0

    async def recover() -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            house.desk.broken = None

    house.desk.before_saving = recover
    delivery = await slack.sends(payloads.message())
    assert [one.status for one in delivery.attempts] == [503, 503, 200]
    await house.heard.wait_for(1)
    assert house.heard.tries == 1


async def test_a_click_that_cannot_be_saved_is_not_acknowledged(slack: Slack, house: House) -> None:
    house.desk.broken = DiskFull()
    delivery = await slack.sends(payloads.pressed())
    assert (delivery.accepted, delivery.status) == (False, 503)


async def test_it_is_on_disk_when_slack_hears_that_it_is(slack: Slack, house: House) -> None:
    body = payloads.message("! x")
    house.heard.hold["! x"] = asyncio.Event()
    delivery = await slack.sends(body)
    assert delivery.accepted and list(house.desk.waiting) == [body["event_id"]]
    house.heard.hold["! x"].set()


async def test_slacks_repeats_are_known_by_the_event_and_not_by_the_header(slack: Slack, house: House) -> None:
    body = payloads.message()
    raw = json.dumps(body).encode()
    again = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    assert (await slack.sends_raw(raw, **again))[0] == 200  # The first try never reached us: this one counts.
    await house.heard.wait_for(1)
    assert (await slack.sends_raw(raw, **again))[0] == 200
    assert (await slack.sends_raw(raw))[0] == 200
    other = json.dumps(payloads.message("! another")).encode()
    assert (await slack.sends_raw(other, **again))[0] == 200
    await house.heard.wait_for(2)
    assert house.heard.tries == 2


async def test_the_same_event_at_two_nodes_at_once(slack: Slack, house: House, client: SlackClient) -> None:
    http = SlackClient(settings_for(slack, mode="http"))
    async with http, open_door(http, house.desk) as other:
        body = payloads.message()
        await asyncio.gather(slack.sends(body), slack.sends(body, to=other.url))
        await eventually(lambda: house.desk.struck == [body["event_id"]])
        assert house.heard.tries + other.heard.tries == 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"[]", "application/json"),
        (b'["ssl_check"]', "application/json"),
        (b"{", "application/json"),
        (b"", "application/json"),
        (b"null", "application/json"),
        (b'"text"', "application/json"),
        (b"12", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=[1]", "application/x-www-form-urlencoded"),
        (b"payload=", "application/x-www-form-urlencoded"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"a=b\x00c", "text/plain"),
        (b'{"type": "event_callback", "event": "x", "team": "y", "user": 5}', "application/json"),
        (b'{"type": ["event_callback"], "event": {"type": {"a": 1}}, "event_id": {}}', "application/json"),
        (b'{"type": "event_callback", "event": {"user": {"id": [1]}, "channel": 7}}', "application/json"),
        (b'{"type": "block_actions", "user": "x", "team": [], "actions": {"a": 1}, "view": 3}', "application/json"),
        (b'{"type": "event_callback", "authorizations": [5], "event": {"type": "message"}}', "application/json"),
        (b'{"type": "event_callback", "authorizations": {}, "enterprise": "E"}', "application/json"),
    ],
)
async def test_well_signed_junk_is_acknowledged_put_aside_and_blocks_nothing(
    slack: Slack, house: House, body: bytes, content_type: str
) -> None:
    assert await slack.sends_raw(body, content_type=content_type) == (200, "")
    await eventually(lambda: len(house.desk.aside) == 1)
    assert (await slack.sends(payloads.message())).accepted
    await house.heard.wait_for(1)


async def test_what_slack_bolt_stumbles_over_is_acknowledged_and_put_aside(
    slack: Slack, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: Any) -> BoltResponse:
        return BoltResponse(status=500, body="")

    monkeypatch.setattr(house.door._app, "async_dispatch", stumble)
    assert (await slack.sends(payloads.message())).accepted
    await eventually(lambda: len(house.desk.aside) == 1)


async def test_unknown_kinds_are_acknowledged_and_put_aside(slack: Slack, house: House) -> None:
    for body in (
        payloads.callback({"type": "function_executed"}),
        {"type": "message_action", "callback_id": "x", "trigger_id": "1.2", "user": {"id": "U1"}, "team": {"id": "T"}},
        {"type": "from_the_future"},
    ):
        assert (await slack.sends(body)).accepted
    await eventually(lambda: len(house.desk.aside) == 3)


async def test_being_rate_limited_is_acknowledged(slack: Slack, house: House) -> None:
    body = {"token": "x", "type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1, "api_app_id": "A1"}
    assert (await slack.sends(body)).accepted
    assert not house.desk.taken


async def test_a_message_of_a_megabyte_is_taken_and_more_than_slack_sends_is_not(slack: Slack, house: House) -> None:
    assert (await slack.sends(payloads.message("! " + "x" * 1_000_000))).accepted
    await house.heard.wait_for(1)
    headers = signed_headers(slack.signing_secret, b"")
    large = BytesIO(b" " * (LARGEST_BODY + 1))
    async with aiohttp.ClientSession() as session, session.post(house.url, data=large, headers=headers) as response:
        assert response.status == 413


async def test_a_body_that_never_ends_does_not_stay(
    slack: Slack, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.webhooks.BODY_SECONDS", 0.05)

    async def dripping() -> Any:
        yield b"{"
        await asyncio.sleep(5)

    async with aiohttp.ClientSession() as session:
        headers = signed_headers(slack.signing_secret, b"{")
        async with session.post(house.url, data=dripping(), headers=headers) as response:
            assert response.status == 408


async def test_what_was_left_over_is_dealt_with_when_the_door_opens(slack: Slack, client: SlackClient) -> None:
    desk = InboxDesk()
    body = payloads.message("! before the kill")
    await desk.take_in("slack", body["event_id"], json.dumps(body))
    http = SlackClient(settings_for(slack, mode="http"))
    async with http, open_door(http, desk) as house:
        (event,) = await house.heard.wait_for(1)
        assert isinstance(event, MessagePosted) and event.late and event.text == "! before the kill"
        slack.request_url = house.url
        assert (await slack.sends(body)).accepted
        await eventually(lambda: desk.struck == [body["event_id"]])
        assert house.heard.tries == 1


async def test_before_the_door_is_open_slack_is_asked_to_come_again(slack: Slack, house: House) -> None:
    house.door._app = None
    delivery = await slack.sends(payloads.pressed())
    assert delivery.status == 503 and not house.desk.taken


async def test_slack_being_away_keeps_nothing_from_being_taken_in(slack: Slack, house: House) -> None:
    raw = json.dumps(payloads.message()).encode()
    await slack.goes_down()
    async with aiohttp.ClientSession() as session:
        headers = {"Content-Type": "application/json"} | signed_headers(slack.signing_secret, raw)
        async with session.post(house.url, data=raw, headers=headers) as response:
            assert response.status == 200
    await house.heard.wait_for(1)
    await slack.comes_back()


async def test_a_listener_that_takes_its_time_keeps_no_event_waiting(slack: Slack, house: House) -> None:
    house.heard.hold["! slow"] = asyncio.Event()
    for body in (payloads.message("! slow"), payloads.message("! next")):
        assert (await slack.sends(body)).accepted
    house.heard.hold["! slow"].set()
    await house.heard.wait_for(2)


async def test_in_socket_mode_no_address_is_served(slack: Slack, client: SlackClient) -> None:
    door = SlackDoor(client, InboxDesk(), Heard())
    assert client.settings.is_socket and door.routes() == []
