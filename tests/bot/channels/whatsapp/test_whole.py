"""The whole application on WhatsApp: real scripts, a real database, the strict stand-in, and people who come back."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

import dialogs
from bot.app import Application
from dialogs.events import VisitorSaid
from storage import chats, conversations
from tests.application import HeardTarget, config_for, running
from tests.bot.channels.whatsapp.conftest import VERIFY_TOKEN, section_for
from tests.whatsapp.messages import Message
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp

LIBRARY = Path(dialogs.__file__).parent / "library"
DAY = 24 * 3600


@asynccontextmanager
async def serving(whatsapp: WhatsApp, url: str, script: str, **settings: str) -> AsyncIterator[Application]:
    """The application, and WhatsApp tells it of what happens."""
    sections = {"whatsapp": section_for(whatsapp, script=script, **settings)}
    config = dataclasses.replace(config_for(url, LIBRARY), sections=sections)
    targets = {"terminal": HeardTarget()}

    def clock() -> datetime:
        return datetime.fromtimestamp(whatsapp.date(), UTC)

    async with running(config, clock=clock, targets=targets) as app:
        assert await whatsapp.subscribes(f"{app.listens_at}/whatsapp/webhook", VERIFY_TOKEN)
        yield app
        await whatsapp.settled()
        whatsapp.notifier.url = None


async def answer(whatsapp: WhatsApp, who: Person, line: str) -> list[Message]:
    """Press a button of that label, or write; what comes back."""
    seen = len(who.sees)
    if seen and line in who.sees[-1].labels:
        await who.presses(who.sees[-1], line)
    else:
        await who.says(line)
    await whatsapp.until(lambda: len(who.sees) > seen)
    await whatsapp.settled()
    return who.sees[seen:]


async def at_rest(app: Application, address: str) -> int:
    """The conversation that goes on in a chat, once that is noted and nothing waits to be delivered."""
    waiting = text("SELECT count(*) FROM effects WHERE kind = 'deliver'")
    async with asyncio.timeout(60):
        while True:
            chat = await app.database.read(lambda tx: chats.find(tx, "whatsapp", address))
            busy = await app.database.read(lambda tx: tx.connection.execute(waiting).scalar_one())
            if chat is not None and chat.conversation_id is not None and not busy:
                return chat.conversation_id


@pytest.mark.parametrize("script", sorted(one.stem for one in LIBRARY.glob("*.yaml")))
async def test_every_starter_script_can_be_talked_through(
    whatsapp: WhatsApp, wanda: Person, sqlite_url: str, script: str
) -> None:
    async with serving(whatsapp, sqlite_url, script):
        (first,) = await answer(whatsapp, wanda, "Hello")
        assert first.buttons
        for _ in range(6):
            last = wanda.sees[-1]
            await answer(whatsapp, wanda, last.labels[0] if last.buttons else "wanda@example.com")


async def test_what_waited_comes_when_they_come_back(whatsapp: WhatsApp, wanda: Person, database_url: str) -> None:
    whatsapp.template("come_back", "Hello {{1}}, shall we go on?", language="en", buttons=("Continue",))
    async with serving(whatsapp, database_url, "demo-request", template="come_back") as app:
        (question,) = await answer(whatsapp, wanda, "Hello")
        number = await at_rest(app, wanda.wa_id)
        whatsapp.pass_(DAY)
        await app.manager.handle(number, VisitorSaid(at=app.clock(), text="", choice="wish.repeat"), "again")
        app.outbox.hint()
        await whatsapp.until(lambda: wanda.sees[-1].kind == "template")
        assert whatsapp.shown(wanda.sees[-1]) == "Hello Wanda, shall we go on?\n[Continue]"
        await wanda.presses(wanda.sees[-1], "Continue")
        await whatsapp.until(lambda: len(wanda.sees) == 4)
        assert [one.text for one in wanda.sees[2:]] == [question.text] * 2
        assert wanda.typing >= 2


async def test_the_number_is_theirs_from_the_first_answer(whatsapp: WhatsApp, wanda: Person, database_url: str) -> None:
    async with serving(whatsapp, database_url, "demo-request") as app:
        await answer(whatsapp, wanda, "Hello")
        await answer(whatsapp, wanda, wanda.sees[-1].labels[0])
        query = text("SELECT kind, value FROM identities")
        known = await app.database.read(lambda tx: tx.connection.execute(query).all())
        assert ("phone", "+491701234567") in [tuple(one) for one in known]


async def test_who_is_forgotten_is_told_so_and_leaves_nothing(
    whatsapp: WhatsApp, wanda: Person, database_url: str
) -> None:
    async with serving(whatsapp, database_url, "demo-request") as app:
        await answer(whatsapp, wanda, "Hello")
        (sure,) = await answer(whatsapp, wanda, "/forgetme")
        (gone,) = await answer(whatsapp, wanda, sure.labels[0])
        assert gone.text.startswith("Done: everything we had about you is erased.")
        query = text("SELECT key FROM channel_notes WHERE key LIKE 'chat:%'")
        assert await app.database.read(lambda tx: tx.connection.execute(query).all()) == []


async def test_the_ad_that_brought_them_is_their_source(whatsapp: WhatsApp, wanda: Person, database_url: str) -> None:
    def ad(number: int) -> dict[str, str]:
        told = {"source_type": "ad", "source_id": str(number), "headline": "Spring", "ctwa_clid": f"ARA{number}"}
        return told | {"source_url": f"https://fb.me/{number}?x=1"}

    async with serving(whatsapp, database_url, "demo-request") as app:
        await wanda.says("Hello", referral=ad(1))
        await whatsapp.until(lambda: wanda.sees)
        number = await at_rest(app, wanda.wa_id)
        seen = len(wanda.sees)
        await wanda.says("Who are you?", referral=ad(2))
        await whatsapp.until(lambda: len(wanda.sees) > seen)
        stored = await app.database.read(lambda tx: conversations.find_by_id(tx, number))
    assert stored is not None
    assert stored.state.source is not None
    first, last = stored.state.source.first, stored.state.source.last
    assert (first.utm_source, first.utm_medium, first.utm_campaign) == ("whatsapp", "ad", "Spring")
    assert (first.utm_content, first.click_id, first.referrer) == ("1", "ctwa_clid:ARA1", "https://fb.me/1")
    assert (last.click_id, stored.state.visits) == ("ctwa_clid:ARA2", 2)
