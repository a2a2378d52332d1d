"""Where visitors come from: campaign links, and what a browser remembers of how a visit began."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from bot.campaigns import new_code
from bot.web.links import MISSES_A_MINUTE
from dialogs.source import Source, Touch
from storage import conversations, links
from storage.links import Link
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.web.test_launcher import clock, folder  # noqa: F401  # Fixtures.
from tests.clock import StoppedClock

ADS = "https://shop.example.com/landing?utm_source=ads&utm_campaign=spring&gclid=abc"


@pytest_asyncio.fixture
async def app(
    database_url: str,
    folder: Any,  # noqa: F811
    target: HeardTarget,
    clock: StoppedClock,  # noqa: F811
) -> AsyncIterator[Application]:
    async with running(config_for(database_url, folder), targets={"terminal": target}, clock=clock) as application:
        yield application


async def made(app: Application, **more: Any) -> Link:
    link = Link(code=new_code(), name="Poster", script="welcome", created=app.clock(), **more)
    assert await app.database.write(lambda tx: links.add(tx, link))
    return link


async def opened(app: Application, session: aiohttp.ClientSession, path: str, **more: Any) -> tuple[int, str]:
    async with session.get(f"{app.base_url}{path}", allow_redirects=False, **more) as response:
        return response.status, response.headers.get("Location", "")


async def source_of(app: Application, visitor: WireVisitor) -> Source:
    standing = await app.manager.find_public(visitor.welcome["conversation"])
    assert standing is not None
    stored = await app.database.read(lambda tx: conversations.find_by_id(tx, standing.conversation_id))
    assert stored is not None
    assert stored.state.source is not None
    return stored.state.source


async def arrive(app: Application, session: aiohttp.ClientSession, **hello: Any) -> tuple[WireVisitor, Source]:
    visitor = WireVisitor(session, app.base_url, "welcome")
    await visitor.connect(**hello)
    source = await source_of(app, visitor)
    await visitor.close()
    return visitor, source


async def test_a_link_leads_to_the_chat_and_says_where_it_was_seen(
    app: Application, session: aiohttp.ClientSession
) -> None:
    link = await made(app, step="bye", source={"utm_source": "fair", "utm_medium": "poster"})
    status, target = await opened(app, session, f"/l/{link.code}")
    assert (status, target) == (302, f"{app.base_url}/chat/welcome?hr={link.code}")
    visitor, source = await arrive(app, session, page=target)
    assert visitor.transcript == [("bot", "Thank you!")]
    assert source.first == source.last
    assert (source.first.utm_source, source.first.utm_medium, source.first.campaign_code) == (
        "fair", "poster", link.code,
    )  # fmt: skip
    counted = await app.database.read(lambda tx: links.count(tx, link.code))
    assert (counted.opened, counted.talks, counted.leads) == (1, 1, 0)


async def test_a_link_to_a_page_keeps_its_query_and_the_page_has_the_last_word(
    app: Application, session: aiohttp.ClientSession
) -> None:
    page = "https://shop.example.com/prices?a=1&hr=old&utm_source=page#top"
    link = await made(app, page=page, source={"utm_source": "mail", "utm_campaign": "may"})
    _, target = await opened(app, session, f"/l/{link.code}")
    assert target == f"https://shop.example.com/prices?a=1&utm_source=page&hr={link.code}#top"
    _, source = await arrive(app, session, page=target)
    assert (source.first.utm_source, source.first.utm_campaign) == ("page", "may")


async def test_a_link_whose_step_is_gone_begins_at_the_start(app: Application, session: aiohttp.ClientSession) -> None:
    link = await made(app, step="no_such_step")
    visitor, _ = await arrive(app, session, page=f"https://shop.example.com/?hr={link.code}")
    assert visitor.transcript == [("bot", "What may I call you?")]


async def test_a_link_that_is_over_still_leads_to_the_chat_and_counts_no_more(
    app: Application,
    session: aiohttp.ClientSession,
    clock: StoppedClock,  # noqa: F811
) -> None:
    link = await made(app, expires=app.clock() + timedelta(days=1), source={"utm_source": "fair"})
    clock.pass_(days=2)
    assert await opened(app, session, f"/l/{link.code}") == (302, f"{app.base_url}/chat/welcome")
    assert (await app.database.read(lambda tx: links.count(tx, link.code))).opened == 0
    _, source = await arrive(app, session, page=f"https://shop.example.com/?hr={link.code}")
    assert source.first.utm_source is None


async def test_a_look_ahead_does_not_count(app: Application, session: aiohttp.ClientSession) -> None:
    link = await made(app)
    assert (await opened(app, session, f"/l/{link.code}", headers={"Sec-Purpose": "prefetch;prerender"}))[0] == 302
    async with session.head(f"{app.base_url}/l/{link.code}", allow_redirects=False) as response:
        assert response.status == 302
    assert (await app.database.read(lambda tx: links.count(tx, link.code))).opened == 0


async def test_who_tries_codes_is_stopped_and_nobody_else(app: Application, session: aiohttp.ClientSession) -> None:
    link = await made(app)
    for _ in range(3):
        scanned = await asyncio.gather(*(opened(app, session, f"/l/{link.code}") for _ in range(MISSES_A_MINUTE)))
        assert {status for status, _ in scanned} == {302}
    tried = await asyncio.gather(*(opened(app, session, f"/l/{new_code()}") for _ in range(300)))
    missed = [status for status, _ in tried].count(404)
    assert MISSES_A_MINUTE <= missed < 100
    assert {status for status, _ in tried} == {404, 429}


@pytest.mark.parametrize("code", ["%00", "..%2f..%2fetc", "x" * 5000, "'%20OR%201=1--", "%F0%9F%92%A9", "<script>"])
async def test_a_hostile_code_is_no_link(app: Application, session: aiohttp.ClientSession, code: str) -> None:
    assert (await opened(app, session, f"/l/{code}"))[0] == 404
    _, source = await arrive(app, session, page=f"https://shop.example.com/?hr={code}")
    assert source.first.utm_source is None


async def test_how_a_visit_began_survives_until_the_talk_begins(
    app: Application, session: aiohttp.ClientSession
) -> None:
    touch = {"page": ADS, "referrer": "https://search.example.net/q?secret"}
    here = {"page": "https://shop.example.com/prices", "referrer": "https://shop.example.com/landing"}
    _, source = await arrive(app, session, touch=touch, **here)
    landed = Touch(
        at=source.first.at,
        utm_source="ads",
        utm_campaign="spring",
        click_id="gclid:abc",
        referrer="https://search.example.net/q",
        landing_page="https://shop.example.com/landing",
    )
    assert source.first == landed
    assert source.last.utm_source == "ads"
    assert source.last.landing_page == "https://shop.example.com/prices"


async def test_a_page_that_says_more_is_the_last_touch_and_not_the_first(
    app: Application, session: aiohttp.ClientSession
) -> None:
    _, source = await arrive(app, session, touch={"page": ADS}, page="https://shop.example.com/?utm_source=mail")
    assert (source.first.utm_source, source.last.utm_source) == ("ads", "mail")
    assert (source.last.utm_campaign, source.last.click_id) == (None, None)


@pytest.mark.parametrize("touch", [None, 7, "x", [], {}, {"page": 7}, {"page": "javascript:alert(1)"}, {"page": {}}])
async def test_whatever_is_no_touch_is_passed_over(
    app: Application, session: aiohttp.ClientSession, touch: object
) -> None:
    visitor, source = await arrive(app, session, touch=touch, page="https://shop.example.com/")
    assert visitor.transcript == [("bot", "What may I call you?")]
    assert source.first.landing_page == "https://shop.example.com/"


async def test_a_source_of_any_length_is_cut(app: Application, session: aiohttp.ClientSession) -> None:
    long = "https://shop.example.com/?utm_source=" + "x" * 15_000
    _, source = await arrive(app, session, touch={"page": long, "referrer": long}, page=long)
    assert source.first.utm_source is not None
    assert len(source.first.utm_source) == 300
    url = f"{app.base_url}/api/v1/conversations"
    async with session.post(url, json={"script": "welcome", "page": long + "x" * 1_000_000}) as response:
        assert response.status == 413


async def test_a_ticket_that_is_too_old_is_told_of_kindly(app: Application, session: aiohttp.ClientSession) -> None:
    page = f"{app.base_url}/chat/welcome?hrc={'x' * 22}"
    visitor, _ = await arrive(app, session, page=page)
    assert [text for _, text in visitor.transcript][1:] == ["What may I call you?"]
    assert visitor.transcript[0][1].startswith("The link you came by worked once, for 15 minutes.")
    await visitor.connect(page=page)
    assert len(visitor.transcript) == 2
    await visitor.connect(page=page, visit=True)
    assert len(visitor.transcript) == 3
    await visitor.close()
