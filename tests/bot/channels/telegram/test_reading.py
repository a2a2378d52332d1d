"""What the house hears of an update: each kind, and anything that is none."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import (
    Began,
    CameBack,
    Edited,
    Heard,
    Incoming,
    Left,
    Said,
    SentFile,
    SharedContact,
    SharedLocation,
    Wished,
)
from bot.channels.telegram.reading import Bot, chat_of, event_id_of, moved, pressed, read

BOT = Bot(id="110201543", username="ava_acme_bot")
ADA = {"id": 4711, "is_bot": False, "first_name": "Ada", "last_name": "Byron", "language_code": "en-GB"}
PRIVATE = {"id": 4711, "type": "private", "first_name": "Ada"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Friends"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["message", "chat", "from", "id", "text", "photo", "contact", "data"]), inner)
    ),
    max_leaves=20,
)


def update(**content: Any) -> dict[str, Any]:
    return {"update_id": 900, **content}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 12, "from": ADA, "chat": chat, "date": 1_800_000_000, **content}


def heard(chat: dict[str, Any] = PRIVATE, **content: Any) -> Heard | None:
    incoming = read(update(message=message(chat, **content)), BOT)
    return incoming.heard if incoming is not None else None


def test_a_message_says_who_wrote_what_and_when() -> None:
    incoming = read(update(message=message(text="Hello")), BOT)
    assert incoming is not None
    assert (incoming.channel, incoming.event_id, incoming.reference, incoming.order) == (
        "telegram", "110201543:900", "12", 12,
    )  # fmt: skip
    assert incoming.heard == Said(text="Hello")
    assert incoming.sent_at == datetime.fromtimestamp(1_800_000_000, UTC)
    sender = incoming.sender
    assert (sender.address, sender.person, sender.name, sender.language, sender.is_group) == (
        "4711", "telegram:4711", "Ada Byron", "en-GB", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/start", Began()),
        ("/start  aB3_-x", Began(code="aB3_-x")),
        ("/START", Began()),
        ("/start two words", Began()),
        ("/start " + "x" * 65, Began()),
        ("/start@ava_acme_bot abc", Began(code="abc")),
        ("/start@Ava_Acme_Bot", Began()),
        ("/stop", Wished(command="stop")),
        ("/language de", Wished(command="language", words="de")),
        ("/human I have\na question", Wished(command="human", words="I have\na question")),
        ("/MyData", Wished(command="mydata")),
        ("/forgetme", Wished(command="forgetme")),
        ("/restart", Wished(command="restart")),
        ("/help", Wished(command="help")),
        ("/stop@another_bot", None),
        ("/price", Said(text="/price")),
        ("/", Said(text="/")),
        ("please /stop", Said(text="please /stop")),
        ("/stopped", Said(text="/stopped")),
        ("a\x00b\ud83d", Said(text="a\ufffdb\ufffd")),
        ("😀" * 20_000, Said(text="😀" * 16_384)),
    ],
)
def test_words_and_commands(text: str, meant: Heard | None) -> None:
    assert heard(text=text) == meant


def test_a_shared_contact_is_ones_own_only_where_telegram_says_so() -> None:
    card = {"phone_number": "442079460000", "first_name": "Ada", "user_id": 4711}
    assert heard(contact=card) == SharedContact(phone="+442079460000", own=True)
    assert heard(contact={**card, "phone_number": "+44 20 7946"}) == SharedContact(phone="+44 20 7946", own=True)
    assert heard(contact={**card, "user_id": 1}) == SharedContact(phone="+442079460000", own=False)
    assert heard(contact={"phone_number": "442079460000", "first_name": "Ada"}) == SharedContact(
        phone="+442079460000", own=False
    )
    assert heard(contact={"phone_number": "call me", "user_id": 4711}) is None


def test_places() -> None:
    place = {"latitude": 52.52, "longitude": 13}
    assert heard(location=place) == SharedLocation(latitude=52.52, longitude=13.0)
    assert heard(location=place, venue={"location": place, "title": "Gate"}) == heard(location=place)
    for wrong in ({"latitude": 91, "longitude": 0}, {"latitude": float("nan"), "longitude": 0}, {"latitude": "1"}):
        assert heard(location=wrong) is None


def test_files_of_every_kind() -> None:
    plan = {"file_id": "F1", "file_name": "../plan.pdf", "mime_type": "application/PDF", "file_size": 5}
    assert heard(document=plan, caption="Ours") == SentFile(
        name="plan.pdf", content_type="application/pdf", size=5, fetch="F1", caption="Ours"
    )
    sizes = [{"file_id": "S", "width": 90, "height": 90}, {"file_id": "L", "width": 800, "height": 600, "file_size": 9}]
    assert heard(photo=sizes) == SentFile(name="photo.jpg", content_type="image/jpeg", size=9, fetch="L")
    for kind, name in (
        ("voice", "voice.ogg"),
        ("video", "video.mp4"),
        ("video_note", "video.mp4"),
        ("audio", "audio.mp3"),
    ):
        found = heard(**{kind: {"file_id": "X", "mime_type": "no type"}})
        assert isinstance(found, SentFile) and (found.name, found.fetch, found.size) == (name, "X", None)
    named = heard(document={"file_id": "F", "file_name": "x" * 300 + "\u202e.p\ndf"})
    assert isinstance(named, SentFile) and len(named.name) <= 200 and named.name.endswith(".pdf")
    assert heard(document={"file_name": "nothing to get.pdf"}) is None


def test_stickers_and_dice_say_what_their_emoji_says() -> None:
    assert heard(sticker={"file_id": "S", "emoji": "👍"}) == Said(text="👍")
    assert heard(dice={"emoji": "🎲", "value": 4}) == Said(text="🎲")
    assert heard(sticker={"file_id": "S"}) is None


@pytest.mark.parametrize("kind", ["story", "poll", "game", "giveaway", "new_chat_title", "pinned_message", "checklist"])
def test_what_says_nothing_to_us_is_passed_over(kind: str) -> None:
    assert heard(**{kind: {"text": "no", "emoji": "no"}}) is None


def test_an_edit_names_the_message_it_changes() -> None:
    incoming = read(update(edited_message=message(text="Berlin", edit_date=1_800_000_100)), BOT)
    assert incoming is not None
    assert incoming.heard == Edited(reference="12", text="Berlin")
    assert incoming.order == 0
    assert incoming.sent_at == datetime.fromtimestamp(1_800_000_100, UTC)
    assert read(update(edited_message=message(photo=[])), BOT) is None


def query(data: str = "b:17:5:1", chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    keys = [[{"text": "Now", "callback_data": "b:17:5:0"}], [{"text": "Later", "callback_data": data}]]
    asked = {"message_id": 11, "chat": chat, "date": 5, "reply_markup": {"inline_keyboard": keys}}
    return update(callback_query={"id": "77", "from": ADA, "data": data, "message": asked, **more})


def test_a_pressed_button_brings_its_key_and_label() -> None:
    incoming = read(query(), BOT)
    assert incoming is not None
    assert incoming.heard == Said(text="Later", button="b:17:5:1")
    assert (incoming.sender.address, incoming.sender.person, incoming.order) == ("4711", "telegram:4711", 0)
    assert (incoming.reference, incoming.sent_at) == ("11", None)
    gone = read(query(message={"message_id": 11, "chat": PRIVATE, "date": 0}), BOT)
    assert gone is not None and gone.heard == Said(text="", button="b:17:5:1")


@pytest.mark.parametrize("data", ["", "other", "b:1", "b:1:2:3:4", "b:" + "9" * 60, "b:1:2:x", "b:1:2:3@1"])
def test_a_button_that_is_none_of_ours_says_nothing_and_still_gets_an_answer(data: str) -> None:
    assert read(query(data), BOT) is None
    assert pressed(query(data)) is not None


def test_in_a_group_a_button_is_for_one_person() -> None:
    mine, foreign = query("b:17:5:1@4711", GROUP), query("b:17:5:1@99", GROUP)
    incoming = read(mine, BOT)
    assert incoming is not None and incoming.heard == Said(text="Later", button="b:17:5:1")
    assert read(foreign, BOT) is None
    for one, is_foreign in ((mine, False), (foreign, True)):
        button = pressed(one)
        assert button is not None and button.for_somebody_else is is_foreign


def test_in_a_group_everybody_is_for_themselves() -> None:
    incoming = read(update(message=message(GROUP, text="@ava_acme_bot, hello")), BOT)
    assert incoming is not None
    assert (incoming.sender.address, incoming.sender.is_group) == ("-100123:4711", True)
    assert incoming.heard == Said(text="hello")
    topic = read(update(message=message(GROUP, text="hi", message_thread_id=7, is_topic_message=True)), BOT)
    assert topic is not None and topic.sender.address == "-100123.7:4711"
    assert heard(GROUP, text="hi", sender_chat=GROUP) is None


def change(was: str, now: str, chat: dict[str, Any] = PRIVATE) -> Incoming | None:
    body = {
        "chat": chat,
        "from": ADA,
        "date": 5,
        "old_chat_member": {"status": was},
        "new_chat_member": {"status": now},
    }
    return read(update(my_chat_member=body), BOT)


def test_blocking_and_coming_back() -> None:
    left, back = change("member", "kicked"), change("kicked", "member")
    assert left is not None and left.heard == Left()
    assert back is not None and back.heard == CameBack()
    assert change("member", "administrator") is None
    assert change("left", "member", GROUP) is None


def test_groups_that_move_name_both_ids() -> None:
    assert moved(update(message=message({"id": -5, "type": "group"}, migrate_to_chat_id=-1005))) == ("-5", "-1005")
    assert moved(update(message=message({"id": -1005}, migrate_from_chat_id=-5))) == ("-5", "-1005")
    assert moved(update(message=message(text="hi"))) is None


@pytest.mark.parametrize(
    "body",
    [
        update(channel_post=message({"id": -1, "type": "channel"}, text="news")),
        update(inline_query={"id": "1", "from": ADA, "query": "x"}),
        update(message_reaction={"chat": PRIVATE, "message_id": 1}),
        update(poll={"id": "1"}),
        update(a_kind_to_come={"chat": PRIVATE, "text": "hi"}),
        update(business_message=message(text="not for us")),
        update(message=message(text="hi") | {"from": {**ADA, "is_bot": True}}),
        update(message=message(chat={"id": "4711"}, text="hi")),
        update(message=17),
        {"update_id": 1},
        {},
        [],
        None,
        "text",
    ],
)
def test_what_is_of_no_concern_is_none(body: object) -> None:
    assert read(body, BOT) is None


@given(JSON)
def test_nothing_makes_it_stumble(body: Any) -> None:
    for one in (
        body,
        update(message=body),
        update(callback_query=body),
        update(my_chat_member=body),
        update(edited_message=body),
    ):
        incoming = read(one, BOT)
        assert incoming is None or isinstance(incoming, Incoming)
        pressed(one), moved(one), chat_of(one)
        assert event_id_of(one, BOT).startswith("110201543:")


def test_an_update_without_a_number_is_known_by_its_content() -> None:
    first, again = event_id_of({"message": {"a": 1, "b": 2}}, BOT), event_id_of({"message": {"b": 2, "a": 1}}, BOT)
    assert first == again != event_id_of({"message": {"a": 1}}, BOT)
    assert event_id_of({"update_id": True}, BOT) != event_id_of({"update_id": 1}, BOT) == "110201543:1"


@pytest.mark.skipif("HANDRAISER_CORPORA" not in os.environ, reason="name other people's updates in HANDRAISER_CORPORA")
@pytest.mark.parametrize("name", ["updates", "messages"])
def test_other_peoples_updates_are_read_or_passed_over(name: str) -> None:
    cases = json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "telegram" / f"{name}.json").read_text())["cases"]
    meant = 0
    for number, case in enumerate(cases):
        body = case["body"] if name == "updates" else {"update_id": number, "message": case["body"]}
        incoming = read(body, BOT)
        assert incoming is None or incoming.sender.person.startswith("telegram:")
        meant += incoming is not None
    assert meant > len(cases) // 3
