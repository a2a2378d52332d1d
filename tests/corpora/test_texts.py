"""What a visitor types is kept as it is and said back as it is: over the socket, over HTTP, in the lead."""

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

import aiohttp
import pytest

from bot.app import Application
from storage.leads import LeadFilter, export_leads
from tests.application import WireVisitor
from tests.corpora.reading import Corpora, batches
from tests.corpora.strings import ALTERED, OURS
from tests.corpora.visiting import HttpVisitor

AT_ONCE = 8
A_TALK = 250


def said(texts: Sequence[str]) -> list[str]:
    """Those that can be said: there is something to see in them."""
    return [text for text in texts if any(c.isprintable() and not c.isspace() for c in text)]


async def one_lead(app: Application, session: aiohttp.ClientSession, text: str) -> str:
    """A visitor who came by a hostile address, says ``text``, and gives it for a name, too; what they are called."""
    visitor = HttpVisitor(session, app.base_url, "once")
    page = f"https://shop.example/?utm_source={quote(text[:200])}&utm_campaign={quote(text[-200:])}"
    await visitor.arrives(page=page, referrer=f"https://{text[:50]}", language=text[:35], time_zone=text[:64])
    answer = await visitor.says(text)
    assert answer[0] == text.strip(), answer
    answer = await visitor.says(text)
    transcript = await visitor.transcript()
    assert [words for who, words in transcript if who == "visitor"] == [text, text]
    return answer[-1].removeprefix("Bye").strip() if answer[-1].startswith("Bye") else ""


async def many_leads(app: Application, session: aiohttp.ClientSession, texts: Sequence[str]) -> None:
    """A lead for each text: their notes are those texts, and they are called what they were called."""
    called = []
    for some in batches(list(texts), AT_ONCE):
        called += await asyncio.gather(*(one_lead(app, session, text) for text in some))
    leads = [row async for row in export_leads(app.database, LeadFilter(script="once"))]
    assert sorted(str(lead["answer.note"]) for lead in leads) == sorted(text.strip() for text in texts)
    assert sorted(lead.get("answer.first_name", "") for lead in leads) == sorted(called)


async def one_long_talk(app: Application, session: aiohttp.ClientSession, texts: Sequence[str]) -> None:
    """One visitor says all of them over a socket; another tab of theirs then shows them all."""
    visitor = WireVisitor(session, app.base_url, "again")
    await visitor.connect()
    for text in texts:
        answer = await visitor.says(text)
        assert answer == f"{text.strip()}\nWhat is on your mind?"
    await visitor.close()
    tab = WireVisitor(session, app.base_url, "again")
    tab.token = visitor.token
    await tab.connect()
    while len(tab.messages) < len(visitor.messages):  # A long transcript comes in several frames.
        await tab.receive()
    assert [words for who, words in tab.transcript if who == "visitor"] == list(texts)
    assert tab.transcript == visitor.transcript
    await tab.close()


async def all_of_them(app: Application, session: aiohttp.ClientSession, texts: Sequence[str]) -> None:
    """In long talks, and each in a lead of its own."""
    for some in batches(said(texts), A_TALK):
        await one_long_talk(app, session, some)
    await many_leads(app, session, said(texts))


async def test_ours_are_kept_and_said_back(app: Application, session: aiohttp.ClientSession) -> None:
    await all_of_them(app, session, OURS)


async def test_what_cannot_be_stored_is_replaced_and_the_rest_kept(
    app: Application, session: aiohttp.ClientSession
) -> None:
    visitor = HttpVisitor(session, app.base_url, "again")
    await visitor.arrives()
    for text, kept in ALTERED.items():
        assert (await visitor.says(text))[0] == kept


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_other_peoples_are_kept_and_said_back(
    app: Application, session: aiohttp.ClientSession, corpora: Corpora
) -> None:
    await all_of_them(app, session, [*corpora.strings(), *corpora.templates(), *corpora.formulas()])
