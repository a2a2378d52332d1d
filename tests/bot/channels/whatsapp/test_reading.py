"""Whatever stands in a notification is read, or refused with a reason; nothing else comes of it."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Advert, Incoming, Left, Said, SharedContact
from bot.channels.whatsapp import events_of, read

NUMBER = "106540352242922"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KINDS = (
    "audio", "button", "contacts", "document", "edit", "image", "interactive", "location", "order", "reaction",
    "request_welcome", "revoke", "sticker", "system", "text", "unknown", "unsupported", "video",
)  # fmt: skip


def notification(*messages: Any, contacts: Any = (), statuses: Any = ()) -> dict[str, Any]:
    value = {
        "metadata": {"phone_number_id": NUMBER},
        "contacts": list(contacts),
        "messages": list(messages),
        "statuses": list(statuses),
    }
    return {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}


def heard(message: dict[str, Any], **more: Any) -> Incoming | None:
    whole = {"from": "491701234567", "id": "wamid.1", "timestamp": "1736071200", **message}
    ((_, raw),) = events_of(notification(whole, **more), NUMBER)
    return read(raw)


def test_who_wrote_and_when() -> None:
    contacts = [{"profile": {"name": "Bob"}, "wa_id": "1"}, {"profile": {"name": " Ada\nB "}, "wa_id": "491701234567"}]
    incoming = heard({"type": "text", "text": {"body": "Hi"}}, contacts=contacts)
    assert incoming is not None
    assert incoming.sender.name == "Ada B"
    assert incoming.sent_at == datetime(2025, 1, 5, 10, tzinfo=UTC)
    assert (incoming.event_id, incoming.reference, incoming.heard) == ("wamid.1", "wamid.1", Said(text="Hi"))


REFERRAL = {
    "source_url": "https://fb.me/3cr4Wqqkv", "source_id": "120226305854810726", "source_type": "ad",
    "body": "Summer succulents are here!", "headline": "Chat with us", "media_type": "image",
    "image_url": "https://scontent.xx.fbcdn.net/1.jpg", "ctwa_clid": "Aff-n8ZTODiE79d22KtAwQKj9e",
    "welcome_message": {"text": "Hi there!"},
}  # fmt: skip


def test_the_ad_that_brought_them() -> None:
    incoming = heard({"type": "text", "text": {"body": "Hi"}, "referral": REFERRAL})
    assert incoming is not None
    assert incoming.advert == Advert(
        kind="ad",
        id="120226305854810726",
        headline="Chat with us",
        url="https://fb.me/3cr4Wqqkv",
        click_id="ctwa_clid:Aff-n8ZTODiE79d22KtAwQKj9e",
    )


@pytest.mark.parametrize(
    ("referral", "advert"),
    [
        ({"source_type": "post", "source_id": "7"}, Advert(kind="post", id="7")),
        ({"headline": " a\nb\x00 ", "source_id": 7}, Advert(headline="a b\ufffd")),
        ({"body": "Only words"}, None),
        ({}, None),
        ([], None),
        ("ad", None),
    ],
)
def test_an_ad_as_far_as_it_is_told(referral: Any, advert: Advert | None) -> None:
    incoming = heard({"type": "text", "text": {"body": "Hi"}, "referral": referral})
    assert incoming is not None
    assert incoming.advert == advert


@pytest.mark.parametrize("stamp", ["", "yesterday", "-5", 5, None, "9" * 30])
def test_a_time_that_is_none_is_left_out(stamp: Any) -> None:
    incoming = heard({"type": "text", "text": {"body": "Hi"}, "timestamp": stamp})
    assert incoming is not None
    assert incoming.sent_at is None


def test_a_quick_reply_of_somebody_elses_template_is_what_they_say() -> None:
    incoming = heard({"type": "button", "button": {"payload": "yes-123", "text": "Yes"}})
    assert incoming is not None
    assert incoming.heard == Said(text="Yes", button="yes-123")


def test_a_contact_is_theirs_only_when_whatsapp_says_so() -> None:
    card = {"phones": [{"phone": "+49 170 1234567"}]}
    incoming = heard({"type": "contacts", "contacts": [{}, card]})
    assert incoming is not None
    assert incoming.heard == SharedContact(phone="+49 170 1234567", own=False)
    with pytest.raises(ValueError, match="no phone number"):
        heard({"type": "contacts", "contacts": [{"name": {"formatted_name": "Bob"}}]})


def test_messages_of_groups_are_of_no_concern() -> None:
    assert heard({"type": "text", "text": {"body": "Hi all"}, "group_id": "Y2FwaQ"}) is None


def test_who_gets_another_id_has_left_under_the_old_one() -> None:
    system = {"type": "user_changed_user_id", "user_id": "DE.2", "previous_user_id": "DE.1"}
    incoming = heard({"type": "system", "from": None, "from_user_id": "DE.2", "system": system})
    assert incoming is not None
    assert (incoming.heard, incoming.sender.address) == (Left(), "DE.1")


def test_what_becomes_of_our_messages_is_kept_only_when_they_fail() -> None:
    error = {"code": 131053, "title": "Media upload error", "error_data": {"details": "webp is not supported"}}
    statuses = [{"id": f"wamid.{one}", "status": one, "recipient_id": "49170"} for one in ("sent", "delivered", "read")]
    failed = {"id": "wamid.4", "status": "failed", "recipient_id": "49170", "errors": [error]}
    ((event_id, raw),) = events_of(notification(statuses=[*statuses, failed]), NUMBER)
    assert event_id == "failed:wamid.4"
    with pytest.raises(ValueError, match=r"did not arrive: webp is not supported \(131053\)"):
        read(raw)


def test_halves_of_characters_and_nulls_reach_no_database() -> None:
    raw = '{"message": {"from": "4917012345", "id": "w", "type": "text", "text": {"body": "a\\ud83d\\u0000b"}}}'
    incoming = read(raw)
    assert incoming is not None
    assert isinstance(incoming.heard, Said)
    incoming.heard.text.encode()
    assert "\x00" not in incoming.heard.text


@given(ANYTHING)
def test_no_notification_is_too_odd(body: Any) -> None:
    for event_id, raw in events_of(body, NUMBER):
        assert event_id
        assert json.loads(raw) is not None


@given(st.sampled_from(KINDS), ANYTHING, ANYTHING)
def test_no_message_is_too_odd(kind: str, content: Any, contacts: Any) -> None:
    message = {"from": "491701234567", "id": "wamid.1", "type": kind, kind: content}
    for _, raw in events_of(notification(message, contacts=[contacts], statuses=[content]), NUMBER):
        with suppress(ValueError):
            incoming = read(raw)
            assert incoming is None or incoming.sender.address


@given(ANYTHING)
def test_whatever_stands_on_disk_is_read_or_refused(event: Any) -> None:
    with suppress(ValueError):
        incoming = read(json.dumps(event))
        assert incoming is None or incoming.sender.address
