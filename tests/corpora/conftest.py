"""The application under attack: with a few cases of our own always, with other people's where there are some."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from tests.application import HeardTarget, config_for, running
from tests.browser.conftest import browser, contexts  # noqa: F401  # Fixtures.
from tests.corpora.reading import Corpora

VARIABLE = "HANDRAISER_CORPORA"
CANARY = "canary-4711-of-the-mine"
"""Stands in files that nobody may get."""

PATTERNS = ("back", "skip", "repeat", "why", "stop", "restart", "person", "help", "correct", "unanswered", "way_out")

ECHO = """
dialog: {name}
title: Echo
language: en
persona: {{name: Mia}}
fields:
  note: {{type: text, label: Note}}
  first_name: {{type: name, label: First name}}
patterns: {{{off}}}
steps:
  - step: begin
    ask: note
    again: true
    text: What is on your mind?
  - say: "{{{{ note }}}}"
  - {then}
"""
ONCE = """ask: first_name
    text: And your name?
    attempts: {most: 1, then: {go: bye}}
  - step: bye
    end: "Bye {{ first_name }}"
"""
AGAIN = """when: note == "the end of it"
    go: bye
    else: begin
  - step: bye
    end: Bye
"""


def script(name: str, then: str) -> str:
    """A script that says what it is told; nothing a visitor says has a meaning of its own."""
    off = ", ".join(f"{word}: {{off: true}}" for word in PATTERNS)
    return ECHO.format(name=name, then=then, off=off)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without other people's strings, one test stands for all that need them and says what would bring them."""
    if os.environ.get(VARIABLE):
        return
    needing = [item for item in items if "corpora" in getattr(item, "fixturenames", ())]
    for item in needing[1:]:
        items.remove(item)
    config.hook.pytest_deselected(items=needing[1:])
    for item in needing[:1]:
        reason = f"other people's attack strings are not here; name their folder in {VARIABLE}"
        item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def corpora() -> Corpora:
    """Other people's attack strings."""
    return Corpora(Path(os.environ[VARIABLE]))


@pytest.fixture(autouse=True)
def without_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An attack may be refused; it never shows a mistake of ours."""
    yield
    told = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert told == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scripts: one that ends after one answer, one that asks again and again."""
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "once.yaml").write_text(script("once", ONCE), "utf-8")
    (folder / "again.yaml").write_text(script("again", AGAIN), "utf-8")
    return folder


@pytest_asyncio.fixture
async def app(database_url: str, folder: Path) -> AsyncIterator[Application]:
    """The application, running on each kind of database."""
    async with running(config_for(database_url, folder), targets={"terminal": HeardTarget()}) as application:
        assert application.problems == []
        yield application


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
