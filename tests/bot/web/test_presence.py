"""Who has gone: nobody whose window is open or was only reloaded, everybody else, once."""

import asyncio
import logging
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

import bot.app
from bot.channels.web_windows import Socket, WebChannel
from bot.web.presence import Presence
from tests.application import HeardTarget, WireVisitor, config_for, running


class Unheard:
    """A wire at whose other end nobody listens."""

    closed = False

    def send(self, *texts: bytes) -> None: ...

    async def drained(self) -> None: ...

    def close(self, code: int, reason: str) -> None: ...

    def abort(self) -> None: ...


class Door:
    """A channel that is watched without a grace, and those who were told to have gone, in order."""

    def __init__(self) -> None:
        self.channel = WebChannel()
        self.told: list[int] = []
        self.failing: set[int] = set()
        self.presence = Presence(self.channel, self._left, seconds=0)
        self._news = asyncio.Event()

    async def _left(self, conversation_id: int) -> None:
        self.told.append(conversation_id)
        self._news.set()
        if conversation_id in self.failing:
            raise ConnectionError("the database is away")

    def opens(self, conversation_id: int) -> Socket:
        """Open a window."""
        socket = Socket(Unheard(), "127.0.0.1")
        self.channel.opened(socket)
        self.channel.join(socket, conversation_id)
        return socket

    async def hears_of(self, conversation_id: int) -> None:
        """Wait until this one is told to have gone; whoever left before it has been told by then, or never is."""
        async with asyncio.timeout(60):
            while conversation_id not in self.told:
                self._news.clear()
                await self._news.wait()


@pytest_asyncio.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    watch = asyncio.create_task(door.presence.run())
    yield door
    watch.cancel()
    await asyncio.wait([watch])


async def test_a_reload_is_no_leaving(door: Door) -> None:
    first, last = door.opens(1), door.opens(2)
    door.channel.closed(first)
    door.opens(1)
    door.channel.closed(last)
    await door.hears_of(2)
    assert door.told == [2]


async def test_who_has_another_window_is_here(door: Door) -> None:
    first, second, last = door.opens(1), door.opens(1), door.opens(2)
    door.channel.closed(first)
    door.channel.closed(last)
    await door.hears_of(2)
    assert door.told == [2]
    door.channel.closed(second)
    await door.hears_of(1)


async def test_leaving_is_told_once_for_each_time(door: Door) -> None:
    windows, last = [door.opens(1), door.opens(1)], door.opens(2)
    for window in windows:
        door.channel.closed(window)
        door.channel.closed(window)
    door.channel.closed(last)
    await door.hears_of(2)
    assert door.told == [1, 2]
    again, last = door.opens(1), door.opens(3)
    door.channel.closed(again)
    door.channel.closed(last)
    await door.hears_of(3)
    assert door.told == [1, 2, 1, 3]


async def test_who_closes_the_last_window_last_leaves_last(door: Door) -> None:
    first, other = door.opens(1), door.opens(2)
    door.channel.closed(first)
    door.channel.closed(other)
    again = door.opens(1)
    door.channel.closed(again)
    await door.hears_of(1)
    assert door.told == [2, 1]


async def test_who_polls_is_here(door: Door) -> None:
    """Over plain HTTP there is no window but the request that waits, one after the other."""
    poll = asyncio.create_task(door.channel.wait(1, 60))
    await asyncio.sleep(0)
    window, last = door.opens(1), door.opens(2)
    door.channel.closed(window)
    door.channel.closed(last)
    await door.hears_of(2)
    assert door.channel.is_here(1)
    assert door.told == [2]
    await door.channel.show(1, [], "asking")
    await poll
    assert not door.channel.is_here(1)
    await door.hears_of(1)


async def test_a_server_that_stops_says_of_nobody_that_they_left(door: Door) -> None:
    first, last = door.opens(1), door.opens(2)
    door.channel.closing = True
    door.channel.closed(first)
    door.channel.closing = False
    door.channel.closed(last)
    await door.hears_of(2)
    assert door.told == [2]


async def test_one_that_cannot_be_noted_keeps_back_nobody(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    door.failing.add(1)
    first, last = door.opens(1), door.opens(2)
    with caplog.at_level(logging.WARNING):
        door.channel.closed(first)
        door.channel.closed(last)
        await door.hears_of(2)
    assert door.told == [1, 2]
    assert "the database is away" in caplog.text


async def test_people_see_that_the_visitor_has_gone_and_is_back(
    database_url: str,
    folder: Path,
    target: HeardTarget,
    session: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.app, "Presence", partial(Presence, seconds=0.0))
    async with running(config_for(database_url, folder), targets={"terminal": target}) as app:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        await visitor.says("a person, please")
        await target.wait()
        await visitor.close()
        await target.sees(lambda view: view.desk.left)
        await visitor.connect()
        await visitor.says("Ada")
        view = await target.sees(lambda view: not view.desk.left)
        assert [entry.what for entry in view.desk.entries][-2:] == ["left", "returned"]
        await visitor.close()
