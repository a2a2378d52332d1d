"""The application over real HTTP, on a real SQLite and a real PostgreSQL, with one small script."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from tests.application import HeardTarget, WireVisitor, config_for, running

SCRIPT = """
dialog: welcome
title: Welcome
description: A small welcome.
language: en
languages: [en, de]
persona: {name: Mia}
fields:
  first_name: {type: name, label: First name}
  email: {type: email, label: E-mail}
  team_size: {type: number, label: Team size, min: 1}
  timeline: {type: choice, label: Timeline, options: {now: This month, later: Later}}
magnets:
  guide: {kind: file, title: The guide, file: guide.pdf, expires: 30 days}
  discount: {kind: code, title: Ten percent, codes: codes.txt, when: team_size >= 10, otherwise: guide}
steps:
  - ask: first_name
    text: {en: What may I call you?, de: Wie darf ich Sie nennen?}
  - ask: email
    text: Where shall it go, {{ first_name }}?
  - offer: guide
  - ask: team_size
    text: How many people?
  - offer: discount
  - ask: timeline
    text: When?
  - when: timeline == "later"
    wait: 2 days
  - end: Thank you, {{ first_name }}!
scoring:
  fit: {rules: [{when: team_size >= 50, points: 30, because: Team of 50 or more}]}
  engagement: {half_life: 30 days, rules: [{on: guide.opened, points: 10, because: Opened the guide}]}
stages: {warm: engagement > 0, mql: fit >= 30}
handoff:
  - {when: stage == "mql" and timeline == "now", to: sales, because: Ready to buy, say: One moment.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scripts' folder with what the script gives."""
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4 the guide")
    (folder / "files" / "codes.txt").write_text("ALPHA\nBETA\n", "utf-8")
    return folder


@pytest.fixture
def target() -> HeardTarget:
    return HeardTarget()


@pytest_asyncio.fixture
async def app(database_url: str, folder: Path, target: HeardTarget) -> AsyncIterator[Application]:
    """The application, running on each kind of database."""
    async with running(config_for(database_url, folder), targets={"terminal": target}) as application:
        yield application


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture
async def visitor(app: Application, session: aiohttp.ClientSession) -> AsyncIterator[WireVisitor]:
    """A visitor who has said hello."""
    visitor = WireVisitor(session, app.base_url, "welcome")
    await visitor.connect()
    yield visitor
    await visitor.close()
