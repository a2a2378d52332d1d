"""The whole application on Telegram: real scripts, a real database, the strict stand-in; nobody is written to who does
not want it, and a person takes over as on the website."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import dialogs
from bot.app import Application
from bot.channels.telegram import client as room
from dialogs.events import VisitorSaid
from storage import chats, conversations
from storage.conversations import StoredConversation
from tests.application import HeardTarget, config_for, running
from tests.bot.channels.telegram.conftest import quick
from tests.colleagues import anna
from tests.telegram.chats import Message
from tests.telegram.people import Person
from tests.telegram.server import Telegram

LIBRARY = Path(dialogs.__file__).parent / "library"
HELP = """
dialog: help
title: Help
language: en
persona: {name: Mia}
fields:
  first_name: {type: name, label: First name}
  phone: {type: phone, label: Phone}
  place: {type: text, label: Place, place: true}
  colour: {type: choice, label: Colour, options: {red: Red, green: Green}}
steps:
  - ask: first_name
    text: What may I call you?
  - ask: phone
    text: What is your number, {{ first_name }}?
  - ask: place
    text: Where are you?
  - ask: colour
    text: Which colour?
  - end: Thank you, {{ first_name }}!
"""


@pytest.fixture(autouse=True)
def _without_our_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "Pacer", quick)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small script."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "help.yaml").write_text(HELP, "utf-8")
    return tmp_path / "scripts"


@asynccontextmanager
async def serving(
    telegram: Telegram, url: str, folder: Path, script: str = "help", target: HeardTarget | None = None, **more: Any
) -> AsyncIterator[Application]:
    """The application, which fetches what happens on Telegram."""
    api_url = telegram.base_url.removesuffix("/bot")
    sections = {"telegram": {"token": telegram.token, "api_url": api_url, "script": script, **more}}
    config = dataclasses.replace(config_for(url, folder), sections=sections)
    async with running(config, targets={"terminal": target or HeardTarget()}) as app:
        yield app
        telegram.release()


def told(telegram: Telegram, who: Person) -> list[Message]:
    """What the bot has said to somebody."""
    return [one for one in telegram.messages(who.chat) if one.author is not who]


async def sees(telegram: Telegram, who: Person, words: str) -> Message:
    """The newest message in which these words stand, once it is there."""

    def found() -> list[Message]:
        return [one for one in told(telegram, who) if words in telegram.shown(one)]

    return (await telegram.until(found))[-1]


async def answer(telegram: Telegram, who: Person, line: str) -> None:
    """Press a button of that label, or write; returns when something is said to that."""
    seen = len(told(telegram, who))
    last = told(telegram, who)[-1] if seen else None
    if last is not None and any(line in row for row in last.buttons):
        await who.presses(last, line)
    else:
        await who.says(line)
    await telegram.until(lambda: len(told(telegram, who)) > seen)


async def stored(app: Application, who: Person) -> StoredConversation:
    """Their conversation."""
    found = await app.database.read(lambda tx: conversations.find(tx, "telegram", f"{who.id}/help"))
    assert found is not None
    return found


async def at_rest(app: Application) -> None:
    """Wait until nothing is to be said or dealt with."""
    busy = text("SELECT (SELECT count(*) FROM effects WHERE kind = 'deliver') + (SELECT count(*) FROM inbox)")
    async with asyncio.timeout(60):
        while await app.database.read(lambda tx: tx.connection.execute(busy).scalar_one()):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("script", sorted(one.stem for one in LIBRARY.glob("*.yaml")))
async def test_every_starter_script_can_be_talked_through(
    telegram: Telegram, ada: Person, sqlite_url: str, script: str
) -> None:
    async with serving(telegram, sqlite_url, LIBRARY, script) as app:
        await answer(telegram, ada, "/start")
        for _ in range(6):
            await at_rest(app)
            labels = [label for row in told(telegram, ada)[-1].buttons for label in row]
            await answer(telegram, ada, labels[0] if labels else "ada@example.com")


async def test_a_talk_with_a_shared_number_and_a_correction(
    telegram: Telegram, ada: Person, database_url: str, folder: Path
) -> None:
    async with serving(telegram, database_url, folder) as app:
        await answer(telegram, ada, "/start")
        name = await ada.says("Ava")
        await sees(telegram, ada, "What is your number, Ava?")
        telegram.sends_update({"hologram": {"from": {"id": ada.id}, "chat": {"id": ada.id}}})  # Nobody waits for it.
        await ada.taps("Share my phone number")
        await sees(telegram, ada, "Where are you?")
        await ada.taps("Share where I am")
        await sees(telegram, ada, "Which colour?")
        await ada.edits(name, "Ada")
        await sees(telegram, ada, "Ada")
        await at_rest(app)
        await ada.presses(await sees(telegram, ada, "Which colour?"), "Green")
        await sees(telegram, ada, "Thank you, Ada!")
        state = (await stored(app, ada)).state
        assert (state.answers["first_name"], state.answers["colour"]) == ("Ada", "green")
        assert state.answers["place"] == "52.52000, 13.40500"
        known = text("SELECT kind, value FROM identities WHERE strength = 'proven'")
        found = await app.database.read(lambda tx: tx.connection.execute(known).all())
        assert ("phone", "+442079460000") in [tuple(one) for one in found]


async def test_who_blocked_the_bot_is_not_written_to_until_they_come_back(
    telegram: Telegram, ada: Person, sqlite_url: str, folder: Path
) -> None:
    async with serving(telegram, sqlite_url, folder) as app:
        await answer(telegram, ada, "/start")
        await at_rest(app)
        number = (await stored(app, ada)).id
        await ada.blocks_the_bot()
        await telegram.heard()
        await at_rest(app)
        calls = len(telegram.calls_of("sendMessage"))
        for one in range(3):
            event = VisitorSaid(at=app.clock(), text="", choice="wish.repeat")
            await app.manager.handle(number, event, f"again{one}")
            app.outbox.hint()
            await at_rest(app)
        assert len(telegram.calls_of("sendMessage")) == calls
        chat = await app.database.read(lambda tx: chats.find(tx, "telegram", str(ada.id)))
        assert chat is not None
        assert chat.unreachable is not None
        seen = len(told(telegram, ada))
        await ada.starts()
        await telegram.until(lambda: len(told(telegram, ada)) > seen)
        await at_rest(app)
        await ada.says("Ada")
        await sees(telegram, ada, "What is your number, Ada?")
        asked = [one.text for one in told(telegram, ada)]
        assert asked == ["What may I call you?", "What may I call you?", "What is your number, Ada?"]  # Nothing missed.


async def test_who_said_stop_hears_nothing_until_they_write(
    telegram: Telegram, ada: Person, sqlite_url: str, folder: Path
) -> None:
    async with serving(telegram, sqlite_url, folder) as app:
        await answer(telegram, ada, "/start")
        await answer(telegram, ada, "/stop")
        await at_rest(app)
        calls = len(telegram.calls_of("sendMessage"))
        event = VisitorSaid(at=app.clock(), text="", choice="wish.repeat")
        await app.manager.handle((await stored(app, ada)).id, event, "again")
        app.outbox.hint()
        await at_rest(app)
        assert len(telegram.calls_of("sendMessage")) == calls
        await answer(telegram, ada, "Ada")


async def test_a_person_takes_over_and_gives_back_as_on_the_website(
    telegram: Telegram, ada: Person, sqlite_url: str, folder: Path
) -> None:
    target = HeardTarget()
    async with serving(telegram, sqlite_url, folder, target=target) as app:
        await answer(telegram, ada, "/start")
        await answer(telegram, ada, "/human")
        colleague = anna(app)
        await colleague.alerted(target)
        await colleague.claims()
        await colleague.joins()
        await sees(telegram, ada, "Anna Berg has joined the chat.")
        reference = await colleague.says("Helo Ada")
        said = await sees(telegram, ada, "Anna Berg: Helo Ada")
        await colleague.revises(reference, "Hello Ada <b>&amp; all</b>")
        await telegram.until(lambda: said.text == "Anna Berg: Hello Ada <b>&amp; all</b>")
        secret = await colleague.says("a secret")
        shown = await sees(telegram, ada, "a secret")
        await colleague.revises(secret, None)
        await telegram.until(lambda: shown.deleted)
        await ada.says("Thank you, Anna")
        await target.sees(lambda view: any(one["text"] == "Thank you, Anna" for one in view.messages))
        await colleague.gives_back()
        await telegram.until(lambda: told(telegram, ada)[-1].text == "What may I call you?")
        await answer(telegram, ada, "Ada")


async def test_a_group_is_told_once_that_it_is_for_one_at_a_time(
    telegram: Telegram, ada: Person, sqlite_url: str, folder: Path
) -> None:
    async with serving(telegram, sqlite_url, folder) as app:
        group = telegram.group("Team", ada)
        await telegram.adds_the_bot(group, ada)
        for line in ("/start", "/help", "@ava_acme_bot hello"):
            await ada.says(line, group)
        await telegram.heard()
        await telegram.until(lambda: [one for one in telegram.messages(group) if one.author is not ada])
        await at_rest(app)
        spoken = [one.text for one in telegram.messages(group) if one.author is not ada]
        assert len(spoken) == 1
        assert "one person at a time" in spoken[0]
