"""What people write in a lead's thread: what is marked for the visitor reaches them, nothing else ever does."""

import json
from typing import Any

import pytest

from bot.handoff.slack.replies import read_reply
from bot.slack.reading import read
from tests.bot.handoff.slack.conftest import Floor
from tests.bot.handoff.slack.test_clicks import dealt_with, press
from tests.slack.workspace import Message, Person


async def say(floor: Floor, person: Person, text: str, **more: Any) -> Message:
    """Write in the thread, and wait until it was dealt with."""
    message = await floor.slack.say(person, floor.sales, text, thread_ts=floor.card.ts, **more)
    await dealt_with(floor)
    return message


def is_marked_sent(floor: Floor, message: Message) -> bool:
    return message.reactions.get("white_check_mark") == ["U0HANDRAISE"]


async def test_words_with_the_prefix_reach_the_visitor_and_are_marked(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "! Hello Ada & Co, see https://example.com/a")
    assert staffed.office.heard == ["Hello Ada & Co, see https://example.com/a"]
    assert is_marked_sent(staffed, message)
    assert staffed.office.desk.rep.key == "anna", "who speaks has it"
    assert not any("→ visitor" in line for line in staffed.thread), "everybody has read it already"
    assert staffed.office.posts.relayed_to == len(staffed.office.messages)


@pytest.mark.parametrize(
    "text",
    [
        "Let us give her ten percent",
        "!! careful, she is from a competitor",
        "!!!",
        "I would say ! nothing",
        "@ben ! look at this",
        "what does @handraiser do here?",
        "`! code`",
        "> ! quoted",
        "",
    ],
)
async def test_everything_else_stays_private(staffed: Floor, anna: Person, text: str) -> None:
    await staffed.hot()
    if text:
        message = await say(staffed, anna, text)
        assert not message.reactions
    assert staffed.office.heard == []
    assert staffed.office.acts == []
    assert staffed.whispers(anna) == []


async def test_words_that_begin_with_a_mention_of_the_bot_reach_the_visitor_once(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await staffed.slack.mention(anna, staffed.sales, "Hello there", thread_ts=staffed.card.ts)
    await dealt_with(staffed)
    assert staffed.office.heard == ["Hello there"]
    assert is_marked_sent(staffed, message)


async def test_a_mention_outside_of_a_lead_explains_how_things_work(staffed: Floor, anna: Person) -> None:
    await staffed.slack.mention(anna, staffed.sales, "hi")
    await dealt_with(staffed)
    (told,) = staffed.whispers(anna)
    assert "words that begin with !" in told


async def test_words_to_the_bot_alone_explain_how_things_work(staffed: Floor, anna: Person) -> None:
    await staffed.slack.say(anna, staffed.slack.workspace.direct(anna.id), "Who are you?")
    await dealt_with(staffed)
    (told,) = staffed.whispers(anna)
    assert "/handraiser ada looks leads up" in told


async def test_words_in_a_thread_that_is_no_leads_reach_nobody(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    root = await staffed.slack.say(anna, staffed.sales, "Lunch?")
    await staffed.slack.say(anna, staffed.sales, "! Yes", thread_ts=root.ts)
    await staffed.slack.say(anna, staffed.sales, "! Not in a thread at all")
    await dealt_with(staffed)
    assert staffed.office.heard == []
    assert staffed.office.acts == []


async def test_words_under_an_offer_reach_the_visitor_and_stand_in_the_thread_for_the_others(
    staffed: Floor, anna: Person
) -> None:
    await staffed.hot()
    (offered,) = staffed.slack.direct_messages(anna)
    await staffed.slack.say(anna, offered.channel, "! Hello from my phone", thread_ts=offered.ts)
    await dealt_with(staffed)
    assert staffed.office.heard == ["Hello from my phone"]
    assert "Anna Berg → visitor: Hello from my phone" in staffed.thread
    written = offered.channel.replies(offered.ts)[-1]
    await staffed.slack.edit(written, "! Hello from my train")
    await dealt_with(staffed)
    assert staffed.thread[-1] == "Anna Berg → visitor (changed): Hello from my train"
    await staffed.slack.delete(written)
    await dealt_with(staffed)
    assert staffed.thread[-1] == "Anna Berg → visitor (changed): (taken back)"
    assert staffed.office.heard == []


async def test_somebody_else_is_told_who_has_it_and_nothing_is_sent(staffed: Floor, anna: Person, ben: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    message = await say(staffed, ben, "! I can help")
    assert staffed.office.heard == []
    assert staffed.whispers(ben) == ["Anna Berg has it already."]
    assert not message.reactions


async def test_words_to_a_visitor_who_has_gone_are_sent_and_it_is_said(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    staffed.office.leaves()
    await staffed.office.settled()
    message = await say(staffed, anna, "! Are you there?")
    assert staffed.office.heard == ["Are you there?"]
    assert is_marked_sent(staffed, message)
    assert staffed.whispers(anna) == ["The visitor has gone; they will read it when they come back."]


async def test_an_edit_changes_what_the_visitor_sees(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "! It costs 10")
    before = len(staffed.thread)
    await staffed.slack.edit(message, "! It costs 100")
    await dealt_with(staffed)
    assert len(staffed.thread) == before, "everybody saw the edit itself"
    assert staffed.office.heard == ["It costs 100"]
    assert is_marked_sent(staffed, message)


async def test_taking_the_mark_away_takes_the_words_back(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "! Secret")
    await staffed.slack.edit(message, "Secret")
    await dealt_with(staffed)
    assert staffed.office.heard == []
    assert not message.reactions
    await staffed.slack.edit(message, "Secret, among us")
    await dealt_with(staffed)
    assert staffed.office.heard == []


async def test_deleting_takes_the_words_back(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "! Sorry, wrong window")
    await staffed.slack.delete(message)
    await dealt_with(staffed)
    assert staffed.office.heard == []
    assert staffed.whispers(anna) == []


async def test_words_that_are_marked_afterwards_are_sent(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "Hello Ada")
    assert staffed.office.heard == []
    await staffed.slack.edit(message, "! Hello Ada")
    await dealt_with(staffed)
    assert staffed.office.heard == ["Hello Ada"]
    assert is_marked_sent(staffed, message)


async def test_a_preview_that_slack_adds_is_no_edit(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "! See https://example.com/")
    acts = len(staffed.office.acts)
    await staffed.slack.unfurl(message)
    await dealt_with(staffed)
    assert len(staffed.office.acts) == acts


async def test_deleting_or_editing_private_words_is_nobodys_business(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    message = await say(staffed, anna, "Between us")
    await staffed.slack.edit(message, "Between the two of us")
    await staffed.slack.delete(message)
    await dealt_with(staffed)
    assert staffed.office.acts == []
    assert staffed.whispers(anna) == []


async def test_nothing_but_the_mark_sends_nothing_and_says_so(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await say(staffed, anna, "! ")
    assert staffed.office.acts == []
    assert "nothing was sent" in staffed.whispers(anna)[0]


async def test_files_reach_the_visitor_as_links_where_they_can_open_them(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    public = {
        "id": "F1", "name": "offer.pdf", "permalink": "https://acme.slack.com/files/F1",
        "permalink_public": "https://slack-files.com/T0-F1-abc", "public_url_shared": True,
    }  # fmt: skip
    private = {"id": "F2", "name": "internal.xlsx", "permalink": "https://acme.slack.com/files/F2"}
    await say(staffed, anna, "! Our offer", files=[public, private])
    assert staffed.office.heard == ["Our offer\nhttps://slack-files.com/T0-F1-abc"]
    assert "internal.xlsx" in staffed.whispers(anna)[0]


async def test_emoji_reach_the_visitor_as_signs(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await say(staffed, anna, "! Hello :wave:")
    assert staffed.office.heard == ["Hello 👋"]


async def test_words_after_the_lead_was_erased_are_answered(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    staffed.office.erased()
    message = await say(staffed, anna, "! Hello?")
    assert staffed.whispers(anna) == ["This lead was erased; nothing about them is left."]
    assert not message.reactions


def test_another_prefix_can_be_set() -> None:
    found = read_reply("?? hello", (), prefix="??")
    assert found is not None and found.text == "hello"
    assert read_reply("! hello", (), prefix="??") is None
    assert read_reply("???? hello", (), prefix="??") is None
    assert read_reply("<@U0OTHER> hello", (), prefix="!", bot="U0HANDRAISE") is None
    assert read_reply("<@U0HANDRAISE>: hello", (), prefix="!", bot="U0HANDRAISE") is not None


async def test_the_same_words_brought_twice_are_said_once(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await say(staffed, anna, "! Once")
    (event_id,) = [one for one in staffed.office.struck if staffed.office.taken[one].find("Once") >= 0]
    event = read(json.loads(staffed.office.taken[event_id]))
    assert event is not None
    await staffed.listener.hear(event)
    assert staffed.office.heard == ["Once"]
