"""What comes in: on disk first, in order, once; kept where it is no answer; nothing sent where nothing may be."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.app import Application
from bot.channels.contract import Began, CameBack, Edited, Left, Said, SentFile, SharedLocation, Wished
from dialogs.events import VisitorReturned
from dialogs.state import Status
from storage import chats, inbox
from storage.errors import StorageError
from storage.tables import HEARD_EVENTS
from tests.bot.messengers.conftest import Run
from tests.bot.messengers.looking import stored, transcript
from tests.clock import StoppedClock
from tests.messenger import NAME, Carrier, Person


async def at_email(carrier: Carrier, number: int | str) -> Person:
    person = carrier.person(number)
    await person.starts()
    await person.sees("What may I call you?")
    await person.says("Ada")
    await person.sees("Where shall it go, Ada?")
    return person


async def test_every_event_three_times_and_a_replay_of_last_week_are_one_effect_each(
    application: Application, carrier: Carrier, clock: StoppedClock
) -> None:
    ada = await at_email(carrier, 1)
    events = [ada.event(Said(text=text)) for text in ("ada@example.com", "20")]
    for event in events:
        for _ in range(3):
            await ada.messenger.hear(event)
    await ada.sees("When?")
    before = await transcript(application, 1)
    clock.pass_(days=7)
    for event in (*events, ada.event(Began(), event_id=events[0].event_id)):
        await ada.messenger.hear(event)
    assert await transcript(application, 1) == before
    assert before.count(("visitor", "20")) == 1
    assert await application.database.read(lambda tx: inbox.waiting(tx, NAME)) == []


async def test_an_event_that_stood_on_disk_when_the_process_ended_is_dealt_with_at_the_next_start(
    run: Run, carrier: Carrier
) -> None:
    async with run() as application:
        ada = await at_email(carrier, 2)
        await ada.messenger.take_in_only(ada.event(Said(text="ada@example.com")))
        assert (await stored(application, 2)).state.answers == {"first_name": "Ada"}
    async with run() as application:
        await ada.sees("How many people?")
        assert (await stored(application, 2)).state.answers["email"] == "ada@example.com"


async def test_an_event_whose_turn_was_saved_but_not_struck_off_is_answered_from_the_record(
    run: Run, carrier: Carrier
) -> None:
    async with run() as application:
        ada = await at_email(carrier, 3)
        event = await ada.says("ada@example.com")
        await ada.sees("How many people?")
        before = await transcript(application, 3)
        # As if the process had ended after the turn's commit.
        await application.database.write(
            lambda tx: (
                tx.connection.execute(delete(HEARD_EVENTS).where(HEARD_EVENTS.c.external_id == event.event_id)).rowcount
            )
        )
        await ada.messenger.house.receive(event)
        assert await transcript(application, 3) == before


async def test_what_cannot_be_read_stands_aside_and_blocks_nobody(application: Application, carrier: Carrier) -> None:
    ada = await at_email(carrier, 4)
    house = ada.messenger.house
    for number, raw in enumerate(("{", "[]", "nothing", "\x00\ud800")):
        assert await house.take_in(NAME, f"poison-{number}", raw)
        await ada.messenger._deal(f"poison-{number}", raw)
    await ada.says("ada@example.com")
    await ada.sees("How many people?")
    aside = await application.database.read(inbox.quarantined)
    assert [(one.external_id, one.reason) for one in aside] == [
        (f"poison-{number}", "it cannot be read") for number in range(4)
    ]
    assert not await house.take_in(NAME, "poison-0", "{")


async def test_events_of_one_chat_are_dealt_with_in_order_and_chats_side_by_side(
    application: Application, carrier: Carrier
) -> None:
    people = [await at_email(carrier, f"p{number}") for number in range(5)]
    events = [person.event(Said(text=line)) for line in ("ada@example.com", "20", "Later") for person in people]
    messenger = carrier.messengers[-1]
    for event in events:
        await messenger.take_in_only(event)
    await asyncio.gather(*(messenger.house.receive(event) for event in events))
    for number in range(5):
        state = (await stored(application, f"p{number}")).state
        assert (state.answers["email"], state.answers["team_size"], state.status) == (
            "ada@example.com", 20, Status.WAITING,
        )  # fmt: skip


async def test_what_is_older_than_what_was_dealt_with_is_kept_and_turns_nothing_back(
    application: Application, carrier: Carrier
) -> None:
    ada = await at_email(carrier, 5)
    await ada.says("ada@example.com", order=100)
    await ada.sees("How many people?")
    await ada.says("Augusta Ada", order=99)
    assert ("visitor", "Augusta Ada") in await transcript(application, 5)
    state = (await stored(application, 5)).state
    assert (state.answers["first_name"], state.attempts) == ("Ada", 0)
    await ada.says("20", order=101)
    await ada.sees("When?")


async def test_an_answer_whose_message_is_changed_is_corrected(application: Application, carrier: Carrier) -> None:
    ada = await at_email(carrier, 6)
    said = await ada.says("ada@exmaple.org")
    await ada.sees("How many people?")
    await ada.edits(said, "ada@example.com")
    assert (await stored(application, 6)).state.answers["email"] == "ada@example.com"
    assert ("visitor", "✎ ada@example.com") in await transcript(application, 6)
    before = await transcript(application, 6)
    await ada.edits(said, "ada@exmaple.org")
    await ada.edits(said, "ada@exmaple.org")
    await ada.does(Edited(reference="m-unknown", text="something"))
    after = await transcript(application, 6)
    assert ("visitor", "✎ something") in after
    assert len(after) > len(before)


async def test_places_and_files_stand_in_the_transcript_and_the_question_is_put_again(
    application: Application, carrier: Carrier
) -> None:
    ada = await at_email(carrier, 7)
    await ada.does(SharedLocation(latitude=52.52, longitude=13.405))
    await ada.waits(lambda: ada.texts.count("Where shall it go, Ada?") == 2)
    file = SentFile(
        name="brief\n.pdf", content_type="application/pdf", size=12_345, fetch="f1", caption="ada@example.com"
    )
    await ada.does(file)
    await ada.sees("How many people?")
    said = [text for who, text in await transcript(application, 7) if who == "visitor"]
    assert said[1].startswith("📍 52.52000, 13.40500 https://")
    assert said[2:] == ["📎 brief .pdf.txt (10 bytes)\nada@example.com"]


PLACES = """
dialog: places
title: Places
language: en
fields: {place: {type: text, label: Place, place: true}, note: {type: text, label: Note}}
steps:
  - ask: place
    text: Where are you?
  - ask: note
    text: What do you see there?
  - end: Thank you.
"""


async def test_a_place_that_is_asked_for_is_an_answer(run: Run, folder: Path, carrier: Carrier) -> None:
    (folder / "places.yaml").write_text(PLACES, "utf-8")
    async with run(script="places") as application:
        ada = carrier.person(1)
        await ada.starts()
        asked = await ada.sees("Where are you?")
        assert asked.shown.ask_location == "Share where I am"
        await ada.does(SharedLocation(latitude=52.52, longitude=13.405))
        assert (await ada.sees("What do you see there?")).shown.ask_location == ""
        await ada.does(SharedLocation(latitude=1, longitude=2))  # Nobody asked for that.
        await ada.waits(lambda: ada.texts.count("What do you see there?") == 2)
        answers = (await stored(application, 1, "places")).state.answers
        assert answers == {"place": "52.52000, 13.40500"}


async def test_groups_are_told_once_and_then_left_alone(application: Application, carrier: Carrier) -> None:
    group = carrier.person(-100, language="de")
    group.sender = replace(group.sender, is_group=True)
    for text in ("hello", "anybody?", "hm"):
        await group.says(text)
    await group.sees("Ich unterhalte mich nur unter vier Augen.")
    other = await at_email(carrier, 8)
    assert len(group.screen) == 1
    assert other.screen
    found = await application.database.read(lambda tx: chats.find(tx, NAME, "-100"))
    assert found is not None
    assert found.conversation_id is None


async def test_nothing_goes_to_somebody_who_left_until_they_write(
    application: Application, carrier: Carrier, clock: StoppedClock
) -> None:
    ada = await at_email(carrier, 9)
    await ada.says("ada@example.com")
    await ada.says("20")
    await ada.sees("When?")
    await ada.presses("Later")
    await ada.does(Left())
    shown = len(ada.screen)
    clock.pass_(days=3)
    application.outbox.hint()
    other = await at_email(carrier, 10)  # By then the timer has run out.
    await other.waits(lambda: other.screen)
    while (await stored(application, 9)).state.status is not Status.ENDED:
        await asyncio.sleep(0.01)
    await ada.does(CameBack())
    assert len(ada.screen) == shown
    await ada.says("thanks")
    await ada.waits(lambda: len(ada.screen) > shown)
    assert "Thank you, Ada!" not in ada.texts  # Said while they were away; it is too late for that.


async def test_stop_is_answered_and_then_nothing_is_said_until_they_write(
    application: Application, carrier: Carrier
) -> None:
    ada = await at_email(carrier, 11)
    await ada.does(Wished(command="stop"))
    await ada.sees("All right, I'll stop here.")
    shown = len(ada.screen)
    one = await stored(application, 11)
    await application.manager.handle(one.id, VisitorReturned(at=application.clock()), None)
    chat = await application.database.read(lambda tx: chats.find(tx, NAME, "11"))
    assert chat is not None
    assert chat.is_silenced
    assert len(ada.screen) == shown
    await ada.says("hello again")
    await ada.sees("Good to have you back.")
    chat = await application.database.read(lambda tx: chats.find(tx, NAME, "11"))
    assert chat is not None
    assert not chat.is_silenced


async def test_a_mistake_of_ours_puts_the_event_aside(
    application: Application, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await at_email(carrier, 12)

    async def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake")

    with monkeypatch.context() as broken:
        broken.setattr(application.manager, "handle", stumble)
        await ada.says("ada@example.com")
    (aside,) = await application.database.read(inbox.quarantined)
    assert aside.reason == "RuntimeError: a mistake"
    await ada.says("ada@example.com")
    await ada.sees("How many people?")


async def test_without_a_database_nothing_is_struck_off(
    application: Application, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await at_email(carrier, 13)

    async def away(*_: object, **__: object) -> None:
        raise StorageError("the database is away")

    event = ada.event(Said(text="ada@example.com"))
    with monkeypatch.context() as broken:
        broken.setattr(application.manager, "handle", away)
        with pytest.raises(StorageError):
            await ada.messenger.hear(event)
    assert len(await ada.messenger.house.left_over(NAME)) == 1
    await ada.messenger.house.receive(event)
    await ada.sees("How many people?")
    assert await ada.messenger.house.left_over(NAME) == []


async def test_one_process_polls_at_a_time(run: Run, carrier: Carrier, clock: StoppedClock) -> None:
    async with run(), run():
        first, second = (messenger.house for messenger in carrier.messengers)
        assert await first.lead(NAME, 60)
        assert not await second.lead(NAME, 60)
        clock.pass_(seconds=30)
        assert await first.lead(NAME, 60)
        clock.pass_(seconds=59)
        assert not await second.lead(NAME, 60)
        clock.pass_(seconds=2)
        assert await second.lead(NAME, 60)
        assert not await first.lead(NAME, 60)
        await first.remember(NAME, "offset", "17")
        await first.remember(NAME, "offset", "18")
        assert await second.recall(NAME, "offset") == "18"
        assert await second.recall(NAME, "nothing") is None


async def test_names_of_events_are_forgotten_after_a_month(application: Application, clock: StoppedClock) -> None:
    at = clock()
    await application.database.write(lambda tx: inbox.strike_off(tx, NAME, "old", at))
    await application.database.write(lambda tx: inbox.strike_off(tx, NAME, "new", at + timedelta(days=31)))
    assert await application.database.write(lambda tx: inbox.forget_heard(tx, at + timedelta(days=30))) == 1
    for name, is_taken in (("old", True), ("new", False)):
        take = partial(inbox.take_in_once, channel=NAME, external_id=name, raw="x", at=at)
        assert await application.database.write(take) is is_taken
