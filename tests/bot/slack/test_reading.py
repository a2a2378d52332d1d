"""Payloads become values; what is unknown, unreadable or nobody's business is told apart, and nothing raises."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.slack.identity import event_id_of
from bot.slack.listening import (
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
from bot.slack.reading import read
from bot.slack.sorting import alarm, needs_nobody
from tests.bot.slack.payloads import BOT_USER, callback, commanded, message, pressed, submitted

JUNK: list[Any] = [None, 1.5, True, "", [], {}, [[]], {"id": []}, "\ud83d"]


def test_a_message_in_a_thread() -> None:
    file = {"id": "F1", "name": "offer.pdf", "mimetype": "application/pdf", "size": 12, "permalink": "https://x/F1"}
    body = message("! See you &amp; good luck", files=[file, {"id": "F2", "mode": "tombstone"}], subtype="file_share")
    event = read(body)
    assert isinstance(event, MessagePosted)
    assert (event.event_id, event.team, event.user, event.bot_id) == (body["event_id"], "T0001", "U0001", "")
    assert (event.channel, event.thread_ts, event.channel_type) == ("C0001", "1789999999.000100", "channel")
    assert (event.ts, event.client_msg_id) == (body["event"]["ts"], body["event"]["client_msg_id"])
    assert event.text == "! See you &amp; good luck"
    assert [(one.id, one.name, one.size, one.permalink) for one in event.files] == [
        ("F1", "offer.pdf", 12, "https://x/F1")
    ]
    assert not event.late and not event.is_broadcast


def test_a_reply_shown_in_the_channel_too_is_still_of_its_thread() -> None:
    event = read(message(subtype="thread_broadcast"))
    assert isinstance(event, MessagePosted)
    assert event.is_broadcast and event.thread_ts == "1789999999.000100"


def changed(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    event = {"type": "message", "subtype": "message_changed", "channel": "C0001", "ts": "9.9", "hidden": True}
    return callback(event | {"message": now, "previous_message": before})


def test_an_edit_names_the_message_and_not_the_change() -> None:
    now = {"user": "U0001", "text": "! Tuesday", "ts": "5.5", "thread_ts": "1.1", "client_msg_id": "m"}
    event = read(changed(now, {"user": "U0001", "text": "! Monday", "ts": "5.5"}))
    assert isinstance(event, MessageChanged)
    assert (event.ts, event.thread_ts, event.user) == ("5.5", "1.1", "U0001")
    assert (event.text, event.text_before) == ("! Tuesday", "! Monday")


@pytest.mark.parametrize("is_first", [False, True])
def test_a_deletion_names_the_message_that_is_gone_and_who_wrote_it(is_first: bool) -> None:
    before = {"user": "U0001", "text": "! Monday", "ts": "5.5", "thread_ts": "1.1"}
    event = {"type": "message", "subtype": "message_deleted", "channel": "C0001", "ts": "9.9", "deleted_ts": "5.5"}
    body = callback(event | {"previous_message": before})
    if is_first:  # Of a thread that has replies: Slack leaves a tombstone.
        body = changed({"subtype": "tombstone", "text": "This message was deleted.", "ts": "5.5"}, before)
    deleted = read(body)
    assert isinstance(deleted, MessageDeleted)
    assert (deleted.ts, deleted.thread_ts, deleted.user, deleted.text_before) == ("5.5", "1.1", "U0001", "! Monday")


def test_a_mention() -> None:
    event = read(callback({"type": "app_mention", "user": "U1", "text": "<@U2> hi", "ts": "1.2", "channel": "C1"}))
    assert isinstance(event, AppMention)
    assert (event.channel, event.ts, event.thread_ts, event.text) == ("C1", "1.2", "", "<@U2> hi")


def test_the_home_tab() -> None:
    event = read(
        callback({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "view": {"id": "V1"}})
    )
    assert isinstance(event, AppHomeOpened)
    assert (event.user, event.tab, event.view and event.view.id) == ("U1", "home", "V1")


def test_a_reaction_to_a_message_and_not_to_a_file() -> None:
    item = {"type": "message", "channel": "C1", "ts": "1.2"}
    given = {"type": "reaction_added", "user": "U1", "reaction": "eyes", "item_user": "U2"}
    event = read(callback(given | {"item": item}))
    assert isinstance(event, ReactionAdded)
    assert (event.reaction, event.channel, event.ts, event.item_user) == ("eyes", "C1", "1.2", "U2")
    assert read(callback(given | {"item": {"type": "file", "file": "F1"}})) is None


def test_a_button() -> None:
    event = read(pressed("claim"))
    assert isinstance(event, BlockAction)
    assert (event.action_id, event.value, event.user, event.user_name) == ("claim", "7", "U0001", "anna")
    assert (event.channel, event.message_ts, event.thread_ts) == ("C0001", "1789999999.000100", "")
    assert event.trigger_id and event.response_url and not event.is_ephemeral


@pytest.mark.parametrize(
    ("element", "value", "chosen"),
    [
        ({"type": "static_select", "selected_option": {"value": "anna"}}, "anna", ()),
        ({"type": "static_select", "selected_option": None}, "", ()),
        ({"type": "multi_static_select", "selected_options": [{"value": "a"}, {"value": "b"}]}, "", ("a", "b")),
        ({"type": "checkboxes", "selected_options": []}, "", ()),
        ({"type": "datepicker", "selected_date": "2026-12-01"}, "2026-12-01", ()),
        ({"type": "timepicker", "selected_time": "09:30"}, "09:30", ()),
        ({"type": "datetimepicker", "selected_date_time": 1790000000}, "2026-09-21T14:13:20+00:00", ()),
        ({"type": "users_select", "selected_user": "U9"}, "U9", ()),
        ({"type": "multi_users_select", "selected_users": ["U8", "U9"]}, "", ("U8", "U9")),
        ({"type": "conversations_select", "selected_conversation": "C9"}, "C9", ()),
        ({"type": "number_input", "value": "12.5"}, "12.5", ()),
    ],
)
def test_every_kind_of_choice(element: dict[str, Any], value: str, chosen: tuple[str, ...]) -> None:
    event = read(pressed(actions=[{"action_id": "x", "block_id": "b", **element}]))
    assert isinstance(event, BlockAction)
    assert (event.value, event.chosen) == (value, chosen)


def test_a_form_and_what_was_filled_in() -> None:
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
        {"type": "text", "text": "See "}, {"type": "link", "url": "https://a.example"}]}]}  # fmt: skip
    values = {
        "words": {"text": {"type": "plain_text_input", "value": "Hello"}},
        "empty": {"text": {"type": "plain_text_input", "value": None}},
        "rich": {"text": {"type": "rich_text_input", "rich_text_value": rich}},
    }
    event = read(submitted(values))
    assert isinstance(event, ViewSubmission)
    view = event.view
    assert (view.callback_id, view.private_metadata, view.hash, view.inputs) == ("reply", "7", "1.a", ("words",))
    assert (view.value("words", "text"), view.value("words"), view.value("empty")) == ("Hello", "Hello", None)
    assert view.value("rich") == "See https://a.example"
    assert view.value("missing") is None


def test_a_form_that_was_closed() -> None:
    event = read(submitted(type="view_closed", is_cleared=True))
    assert isinstance(event, ViewClosed)
    assert event.is_cleared and event.view.callback_id == "reply"


def test_a_command() -> None:
    event = read(commanded("ada"), late=True)
    assert isinstance(event, SlashCommand)
    assert (event.command, event.text, event.user, event.user_name) == ("/handraiser", "ada", "U0001", "anna")
    assert (event.channel, event.late) == ("C0001", True)


def test_what_cannot_be_stored_is_left_out_of_texts() -> None:
    event = read(message("a\x00b\ud83dc"))
    assert isinstance(event, MessagePosted)
    assert event.text == "a\ufffdb\ufffdc"


def test_the_same_event_has_the_same_name_and_another_another() -> None:
    assert event_id_of(message() | {"event_id": "Ev9"}) == "Ev9"
    once = pressed()
    assert event_id_of(once) == event_id_of({**once, "token": "rotated", "response_url": "https://other"})
    assert event_id_of(once) != event_id_of(pressed())
    without = {**once, "trigger_id": ""}
    assert event_id_of(without) == event_id_of({**without, "message": {}})
    other = {**once["actions"][0], "action_id": "release"}
    assert event_id_of(without) != event_id_of({**without, "actions": [other]})
    assert event_id_of(without) != event_id_of({**without, "user": {"id": "U0002"}})
    assert event_id_of({"type": "x"}) != event_id_of({"type": "y"})


def test_a_form_sent_again_after_its_mistakes_were_shown_is_another_event() -> None:
    first = submitted()
    again = submitted() | {"view": first["view"]}
    assert event_id_of(first) != event_id_of(again)


@pytest.mark.parametrize("event_id", ["", "x" * 101, "a b", "é", 5, None, ["Ev1"]])
def test_an_id_that_is_none_is_replaced(event_id: Any) -> None:
    assert event_id_of(message() | {"event_id": event_id}).startswith("sha256:")


def by_bot(**more: Any) -> dict[str, Any]:
    return message(bot_id="B0001", user=BOT_USER, **more)


@pytest.mark.parametrize(
    "body",
    [
        by_bot(),
        message(subtype="bot_message", bot_id="B777"),
        message(user=BOT_USER),
        message(subtype="channel_join"),
        message(subtype="huddle_thread"),
        changed({"bot_id": "B0001", "text": "x", "ts": "1.1"}, {"bot_id": "B0001", "text": "y", "ts": "1.1"}),
        callback({"type": "message", "subtype": "message_deleted", "previous_message": {"bot_id": "B0001"}}),
        callback({"type": "app_mention", "bot_id": "B0002", "text": "<@UBOT00001>", "ts": "1.1", "channel": "C1"}),
        callback({"type": "reaction_added", "user": BOT_USER, "reaction": "x", "item": {"channel": "C", "ts": "1"}}),
    ],
)
def test_bots_and_notices_need_nobody(body: dict[str, Any]) -> None:
    assert needs_nobody(body)


@pytest.mark.parametrize("body", [message(), pressed(), submitted(), commanded(), message(subtype="thread_broadcast")])
def test_people_need_somebody(body: dict[str, Any]) -> None:
    assert not needs_nobody(body) and alarm(body) is None


def test_being_limited_or_locked_out_is_told() -> None:
    assert "30,000" in (alarm({"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}) or "")
    assert "install it again" in (alarm(callback({"type": "app_uninstalled"})) or "")
    assert "revoked" in (alarm(callback({"type": "tokens_revoked", "tokens": {"bot": ["U1"]}})) or "")


@pytest.mark.parametrize("body", [message(), changed({"ts": "1"}, {}), pressed(), submitted(), commanded()])
def test_whatever_stands_in_whatever_place_nothing_raises(body: dict[str, Any]) -> None:
    for spoilt in _spoilt(body):
        event_id_of(spoilt), read(spoilt), needs_nobody(spoilt), alarm(spoilt)


def _spoilt(value: Any) -> Any:
    """The payload with junk in each place in turn, and with each place missing."""
    if not isinstance(value, dict | list):
        return
    places = value.keys() if isinstance(value, dict) else range(len(value))
    for place in list(places):
        for junk in JUNK:
            copy = value.copy()
            copy[place] = junk
            yield copy
        for inner in _spoilt(value[place]):
            copy = value.copy()
            copy[place] = inner
            yield copy


@pytest.mark.skipif("HANDRAISER_CORPORA" not in os.environ, reason="name other people's payloads in HANDRAISER_CORPORA")
@pytest.mark.parametrize("name", ["bolt_payloads", "java_sdk_field_shapes"])
def test_other_peoples_payloads(name: str) -> None:
    cases = json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "slack" / f"{name}.json").read_text())["cases"]
    known = ("block_actions", "view_submission", "view_closed", "slash_command")
    for case in cases:
        body = case["body"]
        event = read(body)
        needs_nobody(body), alarm(body), event_id_of(body)
        if name == "bolt_payloads" and (
            case["kind"] in known or case.get("event") in ("message", "reaction_added", "app_home_opened")
        ):
            assert event is not None, case["from"]
        if case["kind"] in ("shortcut", "message_action", "dialog_submission", "block_suggestion"):
            assert event is None
