"""What another process publishes, takes back or takes off reaches the visitors of a running server."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.magnets import MAGNET_OPTIONS
from bot.manager import utc_now
from bot.scripts import Scripts
from storage import scripts as stored
from storage.database import Database, open_database
from tests.application import WireVisitor, config_for, running

SCRIPT = """\
dialog: welcome
title: Welcome
language: en
persona: {name: Mia}
fields:
  first_name: {type: name, label: First name}
steps:
  - ask: first_name
    text: What may I call you?
  - end: Hello, {{ first_name }}!
"""
SECOND = SCRIPT.replace("What may I call you?", "And you are?")


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something has been noticed."""
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


async def publish(database: Database, text: str, version: str) -> None:
    unit = partial(stored.publish, name="welcome", version=version, text=text, path="welcome.yaml", at=utc_now())
    await database.write(unit)


async def first_words(app: Application, session: aiohttp.ClientSession) -> str:
    """What a new visitor gets to hear, or the code of the refusal."""
    visitor = WireVisitor(session, app.base_url, "welcome")
    frame = await visitor.connect()
    await visitor.close()
    return visitor.transcript[0][1] if frame["type"] == "welcome" else str(frame["code"])


async def test_visitors_get_what_another_process_makes_live(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "welcome.yaml").write_text(SCRIPT, "utf-8")
    async with (
        running(config_for(database_url, tmp_path), targets={}) as app,
        await open_database(database_url) as elsewhere,
        aiohttp.ClientSession() as session,
    ):
        first = app.scripts.live_version("welcome")
        assert await first_words(app, session) == "What may I call you?"
        talking = WireVisitor(session, app.base_url, "welcome")
        await talking.connect()

        await publish(elsewhere, SECOND, "second")
        await until(lambda: app.scripts.live_version("welcome") == "second")
        assert await first_words(app, session) == "And you are?"

        await elsewhere.write(partial(stored.rollback, name="welcome", at=utc_now()))
        await until(lambda: app.scripts.live_version("welcome") == first)
        assert await first_words(app, session) == "What may I call you?"

        await elsewhere.write(partial(stored.retire, name="welcome", at=utc_now()))
        await until(lambda: app.scripts.live_version("welcome") is None)
        assert await first_words(app, session) == "unknown_script"
        assert await talking.says("Ada") == "Hello, Ada!"
        await talking.close()


async def test_pages_show_another_look_at_their_next_load_while_visitors_talk_on(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "welcome.yaml").write_text(SCRIPT, "utf-8")
    dressed = SCRIPT.replace("{name: Mia}", "{name: Zoe}") + "look: {accent: teal}\nattract: [{tease: Hello there!}]\n"
    async with (
        running(config_for(database_url, tmp_path), targets={}) as app,
        await open_database(database_url) as elsewhere,
        aiohttp.ClientSession() as session,
    ):
        card = f"{app.base_url}/api/v1/scripts/welcome/launcher"

        async def loaded(tag: str = "") -> tuple[int, str]:
            """What a page gets that has the card of this tag already."""
            async with session.get(card, headers={"If-None-Match": tag}) as answer:
                assert answer.headers["Cache-Control"] == "no-cache", "a browser asks anew"
                told = await answer.json() if answer.status == 200 else {}
                shown = [told.get("persona", {}).get("name"), told.get("look"), "attract" in told]
                assert shown in ([None, None, False], ["Mia", None, False], ["Zoe", {"accent": "#008080"}, True])
                return answer.status, answer.headers["ETag"]

        talking = WireVisitor(session, app.base_url, "welcome")
        await talking.connect()
        plain = (await loaded())[1]
        assert await loaded(plain) == (304, plain)
        await publish(elsewhere, dressed, "dressed")
        await until(lambda: app.scripts.live_version("welcome") == "dressed")
        status, other = await loaded(plain)
        assert (status, other != plain) == (200, True)
        await elsewhere.write(partial(stored.rollback, name="welcome", at=utc_now()))
        await until(lambda: app.scripts.live_version("welcome") != "dressed")
        assert await loaded(other) == (200, plain)
        assert await talking.says("Ada") == "Hello, Ada!"
        await talking.close()


async def test_what_no_hint_tells_of_is_noticed_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.scripts.FRESH_SECONDS", 0.01)
    scripts = Scripts(database, MAGNET_OPTIONS)
    task = asyncio.create_task(scripts.keep_fresh())
    await publish(database, SCRIPT, "first")
    await until(lambda: scripts.names() == ["welcome"])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_database_that_is_away_for_a_while_stops_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from storage.errors import StorageUnavailable

    async def away(*_: object) -> None:
        raise StorageUnavailable("it is away")

    scripts = Scripts(database, MAGNET_OPTIONS)
    await publish(database, SCRIPT, "first")
    with monkeypatch.context() as trouble:
        trouble.setattr(database, "read", away)
        task = asyncio.create_task(scripts.keep_fresh())
        scripts.hint()
        await until(lambda: "cannot be looked up: it is away" in caplog.text)
    scripts.hint()
    await until(lambda: scripts.names() == ["welcome"])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
