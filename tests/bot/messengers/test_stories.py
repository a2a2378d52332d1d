"""The starter scripts' stories, told on messengers of every kind: they come to the same as on the website."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

import dialogs
from bot.app import Application
from bot.channels.choosing import choices_of
from bot.channels.contract import Capabilities, Said
from bot.channels.rendering import render
from dialogs.events import VisitorDid
from dialogs.state import ConversationState, Status
from storage.erasing import erase_talk
from storage.outbox import DELIVER, backlog_by_kind
from tests.application import HeardTarget, config_for, running
from tests.bot.messengers.looking import stored
from tests.clock import StoppedClock
from tests.dialogs.library_stories import STORIES, Story
from tests.dialogs.test_library import person_of, script_named
from tests.messenger import CAPABILITIES, NAME, Carrier, Person

LIBRARY = Path(dialogs.__file__).parent / "library"
ROOMY = replace(CAPABILITIES, buttons=100, label_characters=64, text_characters=4096)
NARROW = replace(
    CAPABILITIES, buttons=3, label_characters=20, text_characters=1024, link_buttons=False, edits=False, files=False
)
BARE = replace(NARROW, buttons=0, label_characters=0, text_characters=160, pictures=False, shares_contact=False)
KINDS = {"roomy": ROOMY, "narrow": NARROW, "bare": BARE}
TOLD = [story for story in STORIES if not story.unavailable]


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest_asyncio.fixture(params=KINDS)
async def telling(
    request: pytest.FixtureRequest, sqlite_url: str, clock: StoppedClock
) -> AsyncIterator[tuple[Application, Carrier]]:
    """The application with every starter script, on a messenger of some kind."""
    carrier = Carrier(KINDS[request.param])
    config = replace(config_for(sqlite_url, LIBRARY), sections={NAME: {"on": True}})
    kinds = {NAME: lambda: carrier.kind}
    targets = {"terminal": HeardTarget()}
    async with running(config, targets=targets, messengers=kinds, clock=clock) as application:
        yield application, carrier


async def shown(application: Application, person: Person, script: str, can: Capabilities) -> None:
    """Return when everything that was said to somebody is on their screen."""
    one = await stored(application, person.sender.address, script)
    wanted = []
    for message in await application.manager.messages_after(one.id, 0):
        parts = render(message, can, conversation=one.id, language=one.state.language, base_url="https://x")
        wanted += [f"{one.public_id}:{message['seq']}:{number}" for number in range(len(parts))]
    await person.waits(lambda: {seen.id for seen in person.screen} >= set(wanted))
    async with asyncio.timeout(60):  # Else a jump of the clock would end the lease of what is just being struck off.
        while DELIVER in await application.database.read(lambda tx: backlog_by_kind(tx, application.clock())):
            await asyncio.sleep(0.01)
    assert [seen.id for seen in person.screen] == wanted


async def press(application: Application, person: Person, script: str, label: str) -> None:
    """Press a button, or write its number where there are none."""
    one = await stored(application, person.sender.address, script)
    messages = await application.manager.messages_after(one.id, 0)
    asked = next(message for message in reversed(messages) if message.get("choices"))
    labels = [choice.label for choice in choices_of(asked, one.state.language)]
    number = labels.index(label)
    keys = {button.key for seen in person.screen for button in seen.shown.buttons}
    key = f"b:{one.id}:{asked['seq']}:{number}"
    if key in keys:
        await person.does(Said(text=label, button=key))
    else:
        await person.says(str(number + 1))


@pytest.mark.parametrize("script", sorted({story.script for story in TOLD}))
async def test_a_story_comes_to_the_same_on_a_messenger(
    telling: tuple[Application, Carrier], script: str, clock: StoppedClock
) -> None:
    application, carrier = telling
    for number, story in enumerate(one for one in TOLD if one.script == script):
        key = person_of(script_named(script), story.arm) if story.arm else f"{NAME}:{number}"
        person = carrier.person(f"chat{number}", language=story.language, key=key)
        await tell(application, carrier, person, story, clock)
        one = await stored(application, person.sender.address, script)
        check(story, one.state)
        # So that the next one who draws the same arm is a stranger.
        await application.database.write(partial(erase_talk, conversation_id=one.id, at=clock()))


async def tell(application: Application, carrier: Carrier, person: Person, story: Story, clock: StoppedClock) -> None:
    await person.starts(story.script)
    for line in story.lines.split(" | "):
        await shown(application, person, story.script, carrier.capabilities)
        if line == "...":
            await wait_over(application, person, story.script, clock)
        elif line.startswith(">"):
            one = await stored(application, person.sender.address, story.script)
            await application.manager.handle(one.id, VisitorDid(at=clock(), act=line[1:]), None)
        elif line.startswith("["):
            await press(application, person, story.script, line[1:-1])
        else:
            await person.says(line)
    await shown(application, person, story.script, carrier.capabilities)


async def wait_over(application: Application, person: Person, script: str, clock: StoppedClock) -> None:
    before = await stored(application, person.sender.address, script)
    clock.pass_(days=40)
    application.outbox.hint()
    async with asyncio.timeout(60):
        while (await stored(application, person.sender.address, script)).turns == before.turns:
            await asyncio.sleep(0.01)


def check(story: Story, state: ConversationState) -> None:
    assert {name: state.answers.get(name) for name in story.answers} == dict(story.answers), story.about
    assert state.magnets == story.given, story.about
    assert {purpose: state.consents[purpose].given for purpose in story.consents} == dict(story.consents)
    assert state.disqualified == story.disqualified
    assert (state.stage, state.status) == (story.stage, Status.ENDED), story.about
