"""Lead magnets over real HTTP: a link of one's own, counted when opened; codes given once; links that expire."""

from datetime import timedelta

import aiohttp

from bot.app import Application
from tests.application import WireVisitor


async def to_the_guide(visitor: WireVisitor, name: str = "Ada") -> str:
    await visitor.says(name)
    await visitor.says(f"{name.lower()}@example.com")
    return str([one["card"]["url"] for _, one in sorted(visitor.messages.items()) if "card" in one][-1])


async def test_the_guide_is_downloaded_from_a_link_of_ones_own_and_counted(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    url = await to_the_guide(visitor)
    async with session.head(url) as answer:
        assert answer.status == 200
    standing = await app.manager.find_public(visitor.welcome["conversation"])
    assert standing is not None
    for _ in range(2):
        async with session.get(url) as answer:
            assert await answer.read() == b"%PDF-1.4 the guide"
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    state = await app.manager.state_of(standing.conversation_id)
    assert [act.name for act in state.acts].count("guide.opened") == 1
    assert state.engagement == 10


async def test_a_link_that_is_made_up_or_changed_leads_nowhere(
    app: Application, session: aiohttp.ClientSession, visitor: WireVisitor
) -> None:
    url = await to_the_guide(visitor)
    for bad in (
        f"{url[:-5]}{'A' if url[-5] != 'A' else 'B'}{url[-4:]}",
        f"{app.base_url}/m/x",
        f"{url}/../../secret",
        f"{url}/x",
    ):
        async with session.get(bad) as answer:
            assert answer.status == 404


async def test_a_code_is_given_once_and_when_they_are_used_up_the_guide_is_given_instead(
    app: Application, session: aiohttp.ClientSession
) -> None:
    codes, last_cards = [], []
    for name in ("Ada", "Grace", "Joan"):
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        await to_the_guide(visitor, name)
        before = len([one for one in visitor.messages.values() if "card" in one])
        await visitor.says("20")
        cards = [one["card"] for one in visitor.messages.values() if "card" in one][before:]
        last_cards.append(cards)
        codes += [card["code"] for card in cards if card["kind"] == "code"]
        assert visitor.transcript[-1][1] == "When?"
        await visitor.close()
    assert sorted(codes) == ["ALPHA", "BETA"]
    assert last_cards[2] == []  # The guide is given instead, and Joan has it already: she is told so.


async def test_a_link_expires(database_url: str, folder, session: aiohttp.ClientSession) -> None:  # type: ignore[no-untyped-def]
    from tests.application import config_for, running
    from tests.clock import StoppedClock

    clock = StoppedClock()
    async with running(config_for(database_url, folder), targets={}, clock=clock) as app:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        url = await to_the_guide(visitor)
        clock.now += timedelta(days=31)
        async with session.get(url) as answer:
            assert answer.status == 410
        await visitor.says("start over")
        new = await to_the_guide(visitor)  # "Ask for a new one in the chat" is kept.
        assert new != url
        async with session.get(new) as answer:
            assert answer.status == 200
        await visitor.close()
