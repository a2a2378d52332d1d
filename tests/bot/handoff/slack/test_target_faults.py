"""Slack refuses, hangs, cuts the line, and processes die: every lead is told, once as well as Slack allows."""

from collections import Counter

import pytest

from bot.desk.contract import TryLater
from dialogs.desk.acts import Claim, Speak
from tests.bot.handoff.slack.conftest import Floor
from tests.bot.handoff.slack.office import Killed
from tests.bot.handoff.slack.test_target import does
from tests.dialogs.desk.people import ANNA
from tests.slack.faults import refused
from tests.slack.workspace import Channel, Message, Person
from tests.stand_ins.faults import Cut, Fault, Hang, Status, TooMany


def everything(floor: Floor) -> Counter[str]:
    """What stands anywhere, and how often."""
    found = [
        (channel.id, floor.slack.shown(one).split("\n")[0]) for channel in floor.slack.workspace.channels.values()
        for one in channel.lasting
    ]  # fmt: skip
    return Counter(f"{place}: {line}" for place, line in found)


async def a_story(floor: Floor) -> None:
    """An alert, an offer that passes, a claim, a talk."""
    floor.office.becomes_hot()
    await floor.office.settled()
    floor.office.waits()
    await floor.office.settled()
    await does(floor, ANNA, Claim())
    await does(floor, ANNA, Speak(text="Hello Ada!", reference="view:V1"))
    floor.office.says("One")
    floor.office.says("Two")
    await floor.office.settled()
    floor.office.leaves()
    await floor.office.settled()


STORY = 13
"""Posts and relays of the story, at least: the points at which a process is killed."""


@pytest.mark.parametrize(
    "fault", [Cut(), Cut(applied=False), Status(500), refused("fatal_error"), refused("internal_error")]
)
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
async def test_every_second_call_fails_and_nothing_is_lost_or_told_twice(
    floor: Floor, fault: Fault, method: str
) -> None:
    floor.slack.fails(method, fault, every=2)
    await a_story(floor)
    found = everything(floor)
    assert {line: times for line, times in found.items() if times > 1} == {}
    assert floor.office.dead == []
    assert [line for line in floor.thread if line.startswith("Visitor")][-2:] == [
        "Visitor Ada Lovelace: One",
        "Visitor Ada Lovelace: Two",
    ]


@pytest.mark.parametrize("point", range(STORY))
async def test_a_process_that_dies_between_post_and_memory_tells_nothing_twice(floor: Floor, point: int) -> None:
    floor.office.kill_after = point
    await a_story(floor)
    assert not floor.office.survived
    assert {line: times for line, times in everything(floor).items() if times > 1} == {}
    assert "Anna Berg is talking with the visitor" in floor.reads
    assert floor.office.posts.relayed_to == len(floor.office.messages)


async def test_a_message_that_was_posted_and_forgotten_is_found_again(floor: Floor) -> None:
    """The process died after Slack had taken the post, and before that was remembered."""
    floor.slack.fails("chat.postMessage", Cut(), times=3)
    await floor.hot()
    assert len(floor.slack.messages(floor.sales)) == 1
    assert len(floor.thread) == 1
    assert "conversations.history" in {call.method for call in floor.slack.calls}


async def test_what_was_found_again_shows_how_things_stand_now(floor: Floor) -> None:
    floor.slack.fails("chat.postMessage", Cut(), times=1)
    floor.office.becomes_hot()
    assert not await floor.office.show_once()
    floor.office.waits()
    await floor.office.settled()
    assert "Offered to Ben Krause" in floor.reads


async def test_429_is_handed_on_with_its_seconds_and_left_alone_meanwhile(floor: Floor) -> None:
    floor.slack.fails("chat.postMessage", TooMany(30), times=1)
    floor.office.becomes_hot()
    view = await floor.office.view(7)
    assert view is not None
    with pytest.raises(TryLater) as told:
        await floor.target.show(view, floor.office.posts)
    assert told.value.seconds == 30
    with pytest.raises(TryLater):
        await floor.target.show(view, floor.office.posts)
    assert floor.slack.impatient == []
    assert [call.method for call in floor.slack.calls].count("chat.postMessage") == 1


async def test_slack_that_hangs_does_not_hold_us_up_for_ever(floor: Floor) -> None:
    floor.slack.fails("chat.postMessage", Hang(applied=True), times=1)
    await floor.hot()
    floor.slack.recovers()
    assert len(floor.slack.messages(floor.sales)) == 1


async def test_slack_that_is_down_keeps_what_was_said_for_later_in_order(floor: Floor) -> None:
    await floor.hot()
    await floor.slack.goes_down()
    for number in range(30):
        floor.office.says(f"line {number}")
    assert not await floor.office.show_once()
    await floor.slack.comes_back()
    await floor.office.settled()
    said = "\n".join(floor.thread)
    places = [said.index(f"line {number}\n" if number < 29 else "line 29") for number in range(30)]
    assert places == sorted(places)
    assert len(floor.thread) < 10


async def test_a_revoked_token_ends_in_a_dead_letter_that_says_what_to_do(floor: Floor) -> None:
    floor.slack.revokes_the_token()
    floor.office.becomes_hot()
    await floor.office.settled()
    (dead,) = floor.office.dead
    assert "install the app again" in str(dead)


async def test_blocks_that_slack_would_refuse_are_never_sent(floor: Floor, sales: Channel) -> None:
    floor.office.facts = {"name": "x" * 5000, "answers": [("a" * 500, "b" * 9000)] * 50, "company": "\u202e" * 200}
    await floor.hot()
    floor.office.says("y" * 4096)
    floor.office.says("😀" * 2000)
    await floor.office.settled()
    assert floor.office.dead == []
    assert floor.slack.violations == []


async def test_erasing_is_tried_again_when_slack_is_away(floor: Floor, anna: Person) -> None:
    await floor.hot()
    references = floor.office.erased()
    floor.slack.fails("chat.delete", Status(503))
    with pytest.raises(TryLater):
        await floor.target.forget(references)
    floor.slack.recovers()
    await floor.target.forget(references)
    left: list[Message] = [one for channel in floor.slack.workspace.channels.values() for one in channel.lasting]
    assert [floor.slack.shown(one)[:70] for one in left] == [floor.reads[:70]]


def test_a_killed_process_is_no_exception_that_anybody_catches() -> None:
    assert not issubclass(Killed, Exception)
