"""On disk, then acknowledged, then dealt with; once each, in order within a thread, and never in anybody's way."""

import asyncio
import json
import logging
from typing import Any

import pytest

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.identity import event_id_of
from bot.slack.inbox import Inbox
from bot.slack.listening import Ack, BlockAction, MessagePosted
from tests.bot.slack.desk import DiskFull, Heard, InboxDesk, eventually
from tests.bot.slack.payloads import BOT_USER, callback, commanded, message, pressed, submitted


class Set:
    """An inbox with its desk and listener. ``pauses``: between tries, none by default."""

    def __init__(self, desk: InboxDesk | None = None, **more: Any) -> None:
        self.desk = desk or InboxDesk()
        self.heard = Heard()
        self.responses: list[tuple[str, dict[str, Any]]] = []
        self.inbox = Inbox(self.desk, self.heard, respond=self._respond, **({"pauses": (0.0, 0.0)} | more))

    async def _respond(self, url: str, **payload: Any) -> None:
        self.responses.append((url, payload))


async def test_it_is_on_disk_before_it_is_acknowledged_and_struck_off_when_it_is_dealt_with() -> None:
    one = Set()
    body = message("! Hello")
    one.heard.hold["! Hello"] = asyncio.Event()
    assert await one.inbox.take(body) is None
    assert list(one.desk.waiting) == [body["event_id"]]
    assert one.heard.events == []
    one.heard.hold["! Hello"].set()
    (event,) = await one.heard.wait_for(1)
    assert isinstance(event, MessagePosted) and event.text == "! Hello" and not event.late
    await eventually(lambda: one.desk.struck == [body["event_id"]])


async def test_no_token_goes_to_the_disk() -> None:
    one = Set()
    body = pressed()
    await one.inbox.take(body)
    raw = json.loads(one.desk.taken[event_id_of(body)])
    assert raw == {key: value for key, value in body.items() if key != "token"}
    await one.inbox.stop()


async def test_what_cannot_be_saved_is_not_acknowledged_and_comes_again() -> None:
    one = Set()
    body = message()
    one.desk.broken = DiskFull()
    with pytest.raises(DiskFull):
        await one.inbox.take(body)
    assert one.heard.tries == 0
    one.desk.broken = None
    await one.inbox.take(body)
    await one.heard.wait_for(1)


async def test_a_repeat_is_acknowledged_at_once_and_dealt_with_once() -> None:
    one = Set()
    body = pressed()
    one.heard.hold["claim"] = asyncio.Event()
    for _ in range(3):
        assert await one.inbox.take(body) is None
    one.heard.hold["claim"].set()
    await eventually(lambda: len(one.desk.struck) == 1)
    assert await one.inbox.take(body) is None
    await one.inbox.stop()
    assert len(one.heard.events) == one.heard.tries == 1


async def test_a_repeat_while_the_first_is_being_saved() -> None:
    one = Set()
    body = message()
    saving = asyncio.Event()
    one.desk.before_saving = saving.wait
    takes = [asyncio.create_task(one.inbox.take(body)) for _ in range(2)]
    await asyncio.sleep(0)
    saving.set()
    await asyncio.gather(*takes)
    await one.inbox.stop()
    assert one.heard.tries == 1


async def test_who_goes_away_while_it_is_being_saved_takes_nothing_with_them() -> None:
    one = Set()
    saving = asyncio.Event()
    one.desk.before_saving = saving.wait
    taking = asyncio.create_task(one.inbox.take(message()))
    await asyncio.sleep(0)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    saving.set()
    await one.heard.wait_for(1)
    await eventually(lambda: not one.desk.waiting)


async def test_messages_of_a_thread_are_dealt_with_in_order_and_others_do_not_wait() -> None:
    one = Set()
    first, repeat, second = message("! one"), None, message("! two")
    repeat = dict(first)
    other = message("! other", thread_ts="5.5")
    one.heard.hold["! one"] = asyncio.Event()
    for body in (first, repeat, second, other):
        await one.inbox.take(body)
    await one.heard.wait_for(1)
    one.heard.hold["! one"].set()
    events = await one.heard.wait_for(3)
    assert [event.text for event in events if isinstance(event, MessagePosted)] == ["! other", "! one", "! two"]
    await eventually(lambda: not one.desk.waiting)
    assert not one.inbox._tails


async def test_a_click_does_not_wait_for_the_thread() -> None:
    one = Set()
    one.heard.hold["! one"] = asyncio.Event()
    await one.inbox.take(message("! one"))
    await one.inbox.take(pressed())
    events = await one.heard.wait_for(1)
    assert isinstance(events[0], BlockAction)
    one.heard.hold["! one"].set()
    await one.inbox.stop()


async def test_what_fails_is_tried_again_and_known_to_be_late(caplog: pytest.LogCaptureFixture) -> None:
    one = Set()
    one.heard.fails = [DiskFull("no"), TryLater("busy")]
    await one.inbox.take(pressed())
    (event,) = await one.heard.wait_for(1)
    assert event.late and one.heard.tries == 3
    await eventually(lambda: not one.desk.waiting)
    assert "DiskFull: no" in caplog.text


async def test_what_never_works_is_put_aside_and_the_next_one_of_the_thread_goes_on() -> None:
    one = Set()
    one.heard.fails = [ValueError("odd")] * 3
    poison, next_one = message("! poison"), message("! next")
    await one.inbox.take(poison)
    await one.inbox.take(next_one)
    await one.heard.wait_for(1)
    assert one.desk.aside == {poison["event_id"]: "ValueError: odd"}
    await eventually(lambda: one.desk.struck == [next_one["event_id"]])


async def test_what_was_dealt_with_but_cannot_be_struck_off_is_not_dealt_with_again() -> None:
    one = Set(pauses=(0.0,) * 50)
    one.heard.hold["! x"] = asyncio.Event()
    await one.inbox.take(message("! x"))
    one.desk.broken = DiskFull()
    one.heard.hold["! x"].set()
    await one.heard.wait_for(1)
    one.desk.broken = None
    await eventually(lambda: not one.desk.waiting)
    assert one.heard.tries == 1


@pytest.mark.parametrize(
    "body",
    [
        {"type": "message_action", "trigger_id": "1.2.3", "user": {"id": "U1"}},
        callback({"type": "pin_added", "user": "U1"}),
        callback({"type": "message", "subtype": "from_the_future", "channel": "C1", "ts": "1.1"}),
        {"hello": "world"},
    ],
)
async def test_unknown_kinds_are_acknowledged_and_put_aside(body: dict[str, Any]) -> None:
    one = Set()
    assert await one.inbox.take(body) is None
    await eventually(lambda: one.desk.aside == {event_id_of(body): "it is of a kind that is not known"})
    assert one.heard.tries == 0


@pytest.mark.parametrize(
    "body", [message(user=BOT_USER, bot_id="B1"), message(bot_id="B2"), message(subtype="channel_topic")]
)
async def test_bots_are_not_even_stored(body: dict[str, Any]) -> None:
    one = Set()
    assert await one.inbox.take(body) is None
    assert not one.desk.taken


async def test_being_rate_limited_is_told_and_acknowledged(caplog: pytest.LogCaptureFixture) -> None:
    one = Set()
    assert await one.inbox.take({"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}) is None
    assert "Slack holds back events" in caplog.text
    assert not one.desk.taken


async def test_a_form_is_answered_by_the_listener() -> None:
    one = Set()
    one.heard.answer = Ack(errors={"words": "Too long."})
    assert await one.inbox.take(submitted()) == one.heard.answer
    await eventually(lambda: not one.desk.waiting)


async def test_a_form_that_fails_asks_to_send_it_again_and_is_not_dealt_with_twice() -> None:
    one = Set()
    one.heard.fails = [DiskFull("no")]
    body = submitted()
    ack = await one.inbox.take(body)
    assert ack is not None and list(ack.errors) == ["words"] and "try again" in ack.errors["words"]
    await eventually(lambda: event_id_of(body) in one.desk.aside)
    assert one.heard.tries == 1


async def test_a_form_that_was_dealt_with_but_not_told_of_closes_and_is_brought_again_by_its_name() -> None:
    one = Set()
    one.heard.fails = [TryLater("busy")]
    body = submitted()
    assert await one.inbox.take(body) is None
    (event,) = await one.heard.wait_for(1)
    assert event.event_id == event_id_of(body) and event.late
    await eventually(lambda: not one.desk.waiting)


@pytest.mark.parametrize("make", [pressed, submitted, message])
async def test_what_slack_will_never_take_is_put_aside_at_once(make: Any) -> None:
    one = Set()
    one.heard.fails = [Undeliverable("the token was revoked")]
    body = make()
    assert await one.inbox.take(body) is None
    await eventually(lambda: one.desk.aside == {event_id_of(body): "Undeliverable: the token was revoked"})
    assert one.heard.tries == 1


async def test_a_form_without_a_place_for_mistakes_closes_and_is_tried_again() -> None:
    one = Set()
    one.heard.fails = [DiskFull("no")]
    body = submitted()
    body["view"]["blocks"] = body["view"]["blocks"][:1]
    assert await one.inbox.take(body) is None
    await one.heard.wait_for(1)
    await eventually(lambda: not one.desk.waiting)


async def test_a_command_that_fails_says_so() -> None:
    one = Set()
    one.heard.fails = [DiskFull("no")]
    ack = await one.inbox.take(commanded())
    assert ack is not None and "try again" in ack.text


async def test_an_answer_that_takes_long_reaches_the_person_afterwards() -> None:
    one = Set(answer_seconds=0.01)
    one.heard.answer = Ack(text="3 leads")
    one.heard.hold["ada"] = asyncio.Event()
    body = commanded("ada")
    assert await one.inbox.take(body) is None
    one.heard.hold["ada"].set()
    await eventually(lambda: one.responses != [])
    assert one.responses == [(body["response_url"], {"text": "3 leads", "blocks": None})]
    await eventually(lambda: not one.desk.waiting)


async def test_what_was_left_over_is_dealt_with_at_the_next_start_before_anything_new() -> None:
    killed = Set()
    first, second = message("! one"), message("! two")
    killed.heard.hold = {"! one": asyncio.Event()}
    for body in (first, second):
        await killed.inbox.take(body)
    for task in killed.inbox._tasks:
        task.cancel()
    await killed.inbox.stop()
    assert list(killed.desk.waiting) == [first["event_id"], second["event_id"]]

    again = Set(killed.desk)
    await again.inbox.start()
    await again.inbox.take(message("! three"))
    events = await again.heard.wait_for(3)
    assert [(event.text, event.late) for event in events if isinstance(event, MessagePosted)] == [
        ("! one", True),
        ("! two", True),
        ("! three", False),
    ]
    await eventually(lambda: not again.desk.waiting)


async def test_what_a_server_that_died_took_in_is_dealt_with_by_another_that_runs() -> None:
    one = Set()
    await one.inbox.start()
    mine, theirs = message("! mine"), message("! theirs")
    one.heard.hold = {"! mine": asyncio.Event()}
    await one.inbox.take(mine)
    await one.desk.take_in("slack", theirs["event_id"], json.dumps(theirs))
    await one.inbox.take_over()
    one.heard.hold["! mine"].set()
    await eventually(lambda: not one.desk.waiting)
    texts = [event.text for event in one.heard.events if isinstance(event, MessagePosted)]
    assert sorted(texts) == ["! mine", "! theirs"]
    await one.inbox.stop()


@pytest.mark.parametrize("raw", ["{", "[]", '{"type": "unknown"}', "[" * 100_000])
async def test_what_was_left_over_and_cannot_be_read_is_put_aside(raw: str) -> None:
    desk = InboxDesk()
    await desk.take_in("slack", "Ev1", raw)
    one = Set(desk)
    await one.inbox.start()
    assert list(desk.aside) == ["Ev1"]


async def test_stopping_waits_for_what_is_under_way() -> None:
    one = Set()
    one.heard.hold["! x"] = asyncio.Event()
    await one.inbox.take(message("! x"))
    stopping = asyncio.create_task(one.inbox.stop())
    await asyncio.sleep(0)
    one.heard.hold["! x"].set()
    await stopping
    assert not one.desk.waiting


async def test_nothing_is_logged_as_an_error_when_all_is_well(caplog: pytest.LogCaptureFixture) -> None:
    one = Set()
    for body in (message(), pressed(), submitted(), commanded()):
        await one.inbox.take(body)
    await one.inbox.stop()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
