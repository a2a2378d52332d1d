"""What the closed chat is told, by whoever's page asks, and what it counts."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from bot.config import HandoffSettings
from bot.web.launcher import COUNTS_AN_HOUR
from storage import tallies
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.clock import StoppedClock

ATTRACT = """
doors: [bye]
page_acts: [calculator, video]
look: {accent: "#0b6b57", radius: 12px}
personas:
  ben: {name: Ben, picture: ben.svg}
attract:
  - name: prices
    pages: /pricing*
    when: {did: calculator, seen_for: 20 seconds}
    tease: {en: Questions about prices?, de: Fragen zum Preis?}
    choices: [{en: What does it cost?, de: Was kostet es?}]
    persona: ben
    at_most: [once a visit, 3 times]
  - name: nobody-is-here
    only_if: {hours: closed}
    tease: {en: Leave us a note!, de: Schreiben Sie uns!}
  - name: german
    only_if: {language: de}
    tease: {en: Hello Germans, de: Hallo!}
"""
TEAM = """
time_zone: UTC
hours: {mon-fri: "09:00-17:00"}
reps:
  anna: {name: Anna, email: anna@example.com}
"""
WITH_ATTRACT = (
    SCRIPT.replace("steps:\n", f"{ATTRACT}steps:\n", 1)
    .replace("  - end: Thank you", "  - step: bye\n    end: Thank you")
    .replace("{on: guide.opened,", "{on: page.calculator, points: 2, most: 3, because: Reckoned}, {on: guide.opened,")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(WITH_ATTRACT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4 the guide")
    (folder / "files" / "codes.txt").write_text("ALPHA\n", "utf-8")
    return folder


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest_asyncio.fixture
async def app(database_url: str, folder: Path, target: HeardTarget, clock: StoppedClock) -> AsyncIterator[Application]:
    config = config_for(database_url, folder, allowed_origins=("https://shop.example.com",))
    (folder / "team.txt").write_text(TEAM, "utf-8")
    config = replace(config, handoff=replace(HandoffSettings(), team=folder / "team.txt"))
    async with running(config, targets={"terminal": target}, clock=clock) as application:
        yield application


Session = aiohttp.ClientSession


async def card(app: Application, session: Session, language: str = "en", name: str = "welcome") -> dict[str, Any]:
    url = f"{app.base_url}/api/v1/scripts/{name}/launcher"
    async with session.get(url, params={"language": language}) as response:
        assert response.status == 200
        assert response.headers["Cache-Control"] == "public, max-age=60"
        told: dict[str, Any] = await response.json()
        return told


async def test_the_closed_chat_is_told_what_it_needs_and_no_more(app: Application, session: Session) -> None:
    told = await card(app, session)
    assert told == {
        "name": "welcome",
        "title": "Welcome",
        "persona": {"name": "Mia"},
        "look": {"accent": "#0b6b57", "radius": "12px"},
        "attract": {
            "acts": ["calculator", "video"],
            "close": "Close",
            "teasers": [
                {
                    "name": "prices",
                    "where": r"^(?:[^/]*\/pricing.*\/?(?:\?.*)?)$",
                    "when": {"page.calculator": 1, "seen_for": 20.0},
                    "tease": "Questions about prices?",
                    "choices": ["What does it cost?"],
                    "persona": {"name": "Ben", "picture": "/pictures/ben.svg"},
                    "at_most": {"visit": 1, "ever": 3},
                    "ends": ["closed", "engaged"],
                }
            ],
        },
    }
    assert await card(app, session, name="") == told


async def test_a_visitor_is_told_of_in_their_language_and_within_the_teams_hours(
    app: Application, session: Session, clock: StoppedClock
) -> None:
    german = (await card(app, session, "de-AT"))["attract"]["teasers"]
    assert [(one["name"], one["tease"]) for one in german] == [("prices", "Fragen zum Preis?"), ("german", "Hallo!")]
    clock.pass_(hours=12)
    assert [one["name"] for one in (await card(app, session, "fr"))["attract"]["teasers"]] == [
        "prices", "nobody-is-here",
    ]  # fmt: skip


async def test_pages_of_allowed_websites_ask_and_ask_again_only_for_news(app: Application, session: Session) -> None:
    url = f"{app.base_url}/api/v1/scripts/welcome/launcher"
    async with session.get(url, headers={"Origin": "https://shop.example.com"}) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "https://shop.example.com"
        tag = response.headers["ETag"]
    async with session.get(url, headers={"If-None-Match": tag}) as response:
        assert (response.status, await response.read()) == (304, b"")
    async with session.get(url, headers={"Origin": "https://evil.example.net"}) as response:
        assert response.status == 403
    async with session.get(f"{app.base_url}/api/v1/scripts/nobody/launcher") as response:
        assert response.status == 404


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    """A body that does not say beforehand how long it is."""
    for start in range(0, len(body), 500):
        yield body[start : start + 500]


async def count(app: Application, session: Session, told: object) -> int:
    body = told if isinstance(told, bytes | AsyncIterator) else json.dumps(told).encode()
    # A browser that leaves a page sends it as plain text.
    url, headers = f"{app.base_url}/api/v1/scripts/welcome/attract", {"Content-Type": "text/plain;charset=UTF-8"}
    async with session.post(url, data=body, headers=headers) as response:
        return response.status


async def test_teasers_are_counted_and_nothing_else_is(app: Application, session: Session, clock: StoppedClock) -> None:
    assert await count(app, session, {"prices": {"shown": 2, "closed": 1}, "nobody": {"shown": 5}}) == 204
    assert await count(app, session, {"prices": {"shown": 10**30, "engaged": -1, "closed": "1", "x": 1}}) == 204
    assert await count(app, session, [1]) == 400
    assert await count(app, session, b"{") == 400
    assert await count(app, session, b" " * 5000) == 413
    assert await count(app, session, in_pieces(b" " * 5000)) == 413
    since = clock() - timedelta(days=1)
    told = await app.database.read(lambda tx: tallies.teasers(tx, "welcome", since))
    assert told == {"prices": {"attract.shown": 12, "attract.closed": 1, "attract.engaged": 0}}


async def test_who_counts_without_end_is_not_heard(app: Application, session: Session) -> None:
    answers = [await count(app, session, {}) for _ in range(COUNTS_AN_HOUR + 1)]
    assert answers == [*[204] * COUNTS_AN_HOUR, 429]


async def test_acts_of_a_page_count_once_each_and_only_those_the_script_knows(
    app: Application, session: Session
) -> None:
    visitor = WireVisitor(session, app.base_url, "welcome")
    before = [{"id": "one", "act": "calculator"}, {"id": "two", "act": "unheard_of"}, "x", {"id": 3, "act": []}]
    await visitor.connect(acts=before)
    for act_id in ("one", "three", "three"):
        await visitor.send({"type": "did", "id": act_id, "act": "calculator"})
        answer = await visitor.receive()
        assert (answer["type"], answer["id"]) == ("ack", act_id)
    await visitor.send({"type": "did", "id": "four", "act": "<script>"})
    answer = await visitor.receive()
    assert (answer["type"], answer["code"], answer["id"]) == ("error", "unknown_act", "four")
    standing = await app.manager.find_public(visitor.welcome["conversation"])
    assert standing is not None
    acts = await acts_of(app, standing.conversation_id)
    assert acts == ["visit", "page.calculator", "page.calculator"]
    url = f"{app.base_url}/api/v1/conversations/{visitor.welcome['conversation']}/acts"
    headers = {"Authorization": f"Bearer {visitor.token}"}
    async with session.post(url, json={"id": "five", "act": "video"}, headers=headers) as response:
        assert (response.status, (await response.json())["ack"]["id"]) == (200, "five")
    for number in range(40):
        await visitor.send({"type": "did", "id": f"more-{number}", "act": "calculator"})
        await visitor.receive()
    acts = await acts_of(app, standing.conversation_id)
    assert (acts.count("page.calculator"), acts.count("page.video")) == (20, 1)
    await visitor.close()


async def acts_of(app: Application, conversation_id: int) -> list[str]:
    from storage import conversations

    stored = await app.database.read(lambda tx: conversations.find_by_id(tx, conversation_id))
    assert stored is not None
    return [act.name for act in stored.state.acts]


async def test_the_closing_button_speaks_the_teasers_language(app: Application, session: Session) -> None:
    assert (await card(app, session, "de"))["attract"]["close"] == "Schließen"
    assert (await card(app, session, "fr"))["attract"]["close"] == "Close"
