"""A person of ours talks with a visitor on a messenger exactly as on the website, and need not know where they are."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest_asyncio

from bot.app import Application
from bot.channels.contract import OutsideWindow
from bot.desk.contract import Person as Colleague
from dialogs.desk.acts import Claim, GiveBack, Join, RepAct, Revise, Speak
from dialogs.state import Status
from storage import chats
from tests.application import HeardTarget
from tests.bot.messengers.conftest import Run
from tests.bot.messengers.looking import stored
from tests.bot.messengers.test_hearing import at_email
from tests.messenger import CAPABILITIES, NAME, Carrier, Person

ANNA = Colleague(target="terminal", id="anna", name="Anna Berg")
Act = Callable[[RepAct], Awaitable[None]]


async def asked(application: Application, carrier: Carrier, target: HeardTarget, number: int) -> tuple[Person, Act]:
    """Somebody who asked for a person, and how that person acts."""
    ada = await at_email(carrier, number)
    await ada.says("a person please")
    view = await target.wait()
    acts = iter(range(1000))

    async def act(act: RepAct) -> None:
        acted = await application.desk.act(ANNA, view.handoff, act, f"a{number}-{next(acts)}")
        assert acted.whispers == ()

    return ada, act


@pytest_asyncio.fixture
async def talk(application: Application, carrier: Carrier, target: HeardTarget) -> tuple[Person, Act]:
    ada, act = await asked(application, carrier, target, 1)
    await act(Claim())
    await act(Join())
    await ada.sees("Anna Berg has joined the chat.")
    return ada, act


async def test_words_go_both_ways_in_order(
    application: Application, talk: tuple[Person, Act], target: HeardTarget
) -> None:
    ada, act = talk
    await act(Speak(text="Hello Ada", reference="r1"))
    await act(Speak(text="How are you?", reference="r2"))
    await ada.sees("Anna Berg: How are you?")
    assert ada.texts[-2:] == ["Anna Berg: Hello Ada", "Anna Berg: How are you?"]
    await ada.says("Fine, thanks")
    while not any(one["text"] == "Fine, thanks" for view in target.shown for one in view.messages):
        await target.wait_shown()
    assert target.shown[-1].visitor_is_here
    await act(GiveBack())
    await ada.sees("Where shall it go, Ada?")
    assert (await stored(application, 1)).state.status is Status.ASKING


async def test_words_that_are_changed_or_taken_back_are_so_on_the_visitors_screen(talk: tuple[Person, Act]) -> None:
    ada, act = talk
    await act(Speak(text="Helo", reference="r1"))
    await act(Speak(text="Secret", reference="r2"))
    await ada.sees("Anna Berg: Secret")
    await act(Revise(reference="r1", text="Hello"))
    await act(Revise(reference="r2", text=None))
    await act(Speak(text="So", reference="r3"))
    await ada.sees("Anna Berg: So")
    assert ada.texts[-2:] == ["Anna Berg: Hello", "Anna Berg: So"]
    assert [one.is_edited for one in ada.screen[-2:]] == [True, False]


async def test_where_nothing_can_be_changed_the_new_words_are_said(
    run: Run, carrier: Carrier, target: HeardTarget
) -> None:
    async with run(replace(CAPABILITIES, edits=False)) as application:
        ada, act = await asked(application, carrier, target, 2)
        await act(Speak(text="Helo", reference="r1"))
        await act(Revise(reference="r1", text="Hello"))
        await act(Revise(reference="r1", text=None))
        await act(Speak(text="So", reference="r2"))
        await ada.sees("Anna Berg: So")
        assert ada.texts[-3:] == ["Anna Berg: Helo", "Anna Berg: Correction: Hello", "Anna Berg: So"]


async def test_a_text_that_grows_or_shrinks_when_it_is_changed_has_all_its_parts(
    run: Run, carrier: Carrier, target: HeardTarget
) -> None:
    async with run(replace(CAPABILITIES, text_characters=40)) as application:
        ada, act = await asked(application, carrier, target, 3)
        await act(Speak(text="one " * 12, reference="r1"))
        await act(Revise(reference="r1", text="short"))
        await act(Revise(reference="r1", text="two " * 30))
        await act(Speak(text="So", reference="r2"))
        await ada.sees("Anna Berg: So")
        words = " ".join(ada.texts)
        assert "one" not in words.split()
        assert words.count("two") == 30


async def test_the_visitor_sees_that_somebody_writes(
    application: Application, talk: tuple[Person, Act], carrier: Carrier, target: HeardTarget
) -> None:
    ada, _ = talk
    carrier.typing.clear()
    await application.desk.typing(target.shown[-1].handoff, ANNA)
    assert carrier.typing == [ada.sender.address]


async def test_words_that_may_not_be_sent_now_wait_and_people_learn_that_the_visitor_is_away(
    application: Application, talk: tuple[Person, Act], carrier: Carrier, target: HeardTarget
) -> None:
    ada, act = talk
    carrier.trouble = lambda _: OutsideWindow("24 hours are over")
    await act(Speak(text="Are you there?", reference="r1"))
    while not target.shown[-1].desk.left:
        await target.wait_shown()
    assert not target.shown[-1].visitor_is_here
    carrier.trouble = lambda _: None
    await ada.says("Back again")
    await ada.sees("Anna Berg: Are you there?")


async def test_words_to_somebody_who_blocked_us_reach_them_when_they_are_back(
    application: Application, talk: tuple[Person, Act], carrier: Carrier, target: HeardTarget
) -> None:
    ada, act = talk
    carrier.blocked.add(ada.sender.address)
    await act(Speak(text="Are you there?", reference="r1"))
    while not target.shown[-1].desk.left:
        await target.wait_shown()
    await act(Speak(text="I'll wait.", reference="r2"))
    carrier.blocked.clear()
    await ada.says("Sorry")
    await ada.sees("Anna Berg: I'll wait.")
    assert "Anna Berg: Are you there?" in ada.texts

    def read(tx: Any) -> Any:
        return chats.find(tx, NAME, ada.sender.address)

    chat = await application.database.read(read)
    assert not chat.is_silenced
    await asyncio.sleep(0.01)


async def test_what_a_visitor_changes_while_a_person_talks_is_theirs_to_read(
    application: Application, talk: tuple[Person, Act], target: HeardTarget
) -> None:
    ada, _ = talk
    said = await ada.says("I am at home")
    await ada.edits(said, "I am in the office")
    while not any("✎ I am in the office" in one["text"] for view in target.shown for one in view.messages):
        await target.wait_shown()
    assert (await stored(application, 1)).state.status is Status.TALKING
