"""The real application with a messenger that only tests use, on a real SQLite and a real PostgreSQL."""

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.app import Application
from bot.channels.contract import Capabilities
from tests.application import HeardTarget, config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.clock import StoppedClock
from tests.messenger import CAPABILITIES, NAME, Carrier

HELP = """
dialog: help
title: Help
language: en
persona: {name: Mia}
fields:
  colour: {type: choice, label: Colour, options: {red: Red, green: Green, blue: Blue, grey: Grey}}
  phone: {type: phone, label: Phone}
steps:
  - say: How can I help?
    choices: [{label: Prices, key: prices}, {label: A question, key: question, go: asked}]
  - ask: phone
    text: What is your number?
  - ask: colour
    text: Which colour?
  - step: asked
    end: Somebody will be with you.
"""

Run = Callable[..., AbstractAsyncContextManager[Application]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scripts' folder with what the scripts give."""
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "a-welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "help.yaml").write_text(HELP, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4 the guide")
    (folder / "files" / "codes.txt").write_text("ALPHA\nBETA\n", "utf-8")
    return folder


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def target() -> HeardTarget:
    return HeardTarget()


@pytest.fixture
def run(database_url: str, folder: Path, carrier: Carrier, target: HeardTarget, clock: StoppedClock) -> Run:
    """Runs the application, as often as a test wants, always on the same database."""

    @contextlib.asynccontextmanager
    async def run(capabilities: Capabilities = CAPABILITIES, **section: Any) -> AsyncIterator[Application]:
        carrier.capabilities = capabilities
        config = replace(config_for(database_url, folder), sections={NAME: {"on": True} | section})
        kinds = {NAME: lambda: carrier.kind}
        async with running(config, targets={"terminal": target}, messengers=kinds, clock=clock) as application:
            yield application

    return run


@pytest_asyncio.fixture
async def application(run: Run) -> AsyncIterator[Application]:
    """The application, running."""
    async with run() as application:
        yield application
