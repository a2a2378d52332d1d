"""Campaign links at work: what a code says of somebody who comes by it, and where it leads.

A code is opaque and says nothing about who comes: it is looked up, never read. What is none of ours, or not valid any
more, is a code like any other that somebody put into an address.
"""

import asyncio
import contextlib
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.ports import Clock
from dialogs.source import Touch, with_campaign
from storage import links, settings, tallies
from storage.database import Database
from storage.errors import StorageError
from storage.links import Link
from storage.transaction import Transaction

PARAMETER = "hr"
"""Of a page's address: the code somebody came by."""
PATH = "/l/"
"""Below it, on our server, every link that is valid leads on."""
LONGEST_WAIT = 300.0
"""Seconds between two looks at how messengers are reached."""
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that look alike on a poster."""
_CHARACTERS = 10
_CODE = re.compile(f"[{_LETTERS}]{{{_CHARACTERS}}}", re.ASCII)
PLACEHOLDER = "CAMPAIGN-CODE"
"""Stands for a code in the address at which a messenger is reached."""


def new_code() -> str:
    """A code that nobody guesses: one of 800 million million."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CHARACTERS))


def is_code(text: str) -> bool:
    """Whether a text has the shape of a code."""
    return _CODE.fullmatch(text) is not None


def short_address(base_url: str, code: str) -> str:
    """What is printed on the poster."""
    return f"{base_url}{PATH}{code}"


def destination(link: Link, base_url: str, script: str | None, *, with_code: bool = True) -> str:
    """Where a link leads on the web: its page, or else the chat of ``script`` on a page of its own."""
    query = {PARAMETER: link.code} if with_code else {}
    if link.page is None:
        where = f"{base_url}/chat/{script}" if script else f"{base_url}/"
        return f"{where}?{urlencode(query)}" if query else where
    parts = urlsplit(link.page)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != PARAMETER]
    return urlunsplit(parts._replace(query=urlencode([*kept, *query.items()])))


class Campaigns:
    """Knows links by their codes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find(self, code: str | None) -> Link | None:
        """The link of a code, valid or not; None for whatever is no code of ours."""
        if code is None or not is_code(code):
            return None
        wanted = code
        return await self._database.read(lambda tx: links.find(tx, wanted))

    async def valid(self, code: str | None) -> Link | None:
        """The link of a code that leads somewhere now."""
        link = await self.find(code)
        return link if link is not None and link.is_valid(self._clock()) else None

    async def came_by(self, *touches: Touch | None) -> Link | None:
        """The link by which somebody came, by the first touch that has a valid code."""
        for touch in touches:
            if touch is not None and touch.campaign_code is not None:
                link = await self.valid(touch.campaign_code)
                if link is not None:
                    return link
        return None

    async def opened(self, link: Link) -> None:
        """Count that a link was opened."""
        at = self._clock()
        await self._database.write(lambda tx: tallies.add(tx, tallies.LINK_OPENED, link.code, at))


def told_by(link: Link, touch: Touch) -> Touch:
    """A touch with what its link says of it; another link's stays as it is."""
    return with_campaign(touch, link.source) if touch.campaign_code == link.code else touch


def chat_touch(link: Link, channel: str, at: datetime) -> Touch:
    """Where somebody came from who opened a chat on a messenger by a link."""
    told = {"utm_source": channel, "utm_medium": "chat"} | dict(link.source)
    return with_campaign(Touch(at=at, campaign_code=link.code), told)


# How messengers are reached, for whoever makes links while the server does not run.


def way_key(channel: str) -> str:
    """Under which setting a messenger's way is remembered."""
    return f"way:{channel}"


async def note_ways(database: Database, clock: Clock, ways: Callable[[], Mapping[str, str | None]]) -> None:
    """Remember how messengers are reached, for as long as the task lives: a platform may say only later who we are.

    ``ways`` tells, by channel, the addresses that bring ``PLACEHOLDER``; None where it is not known, or there is none.
    """
    noted: dict[str, str] = {}
    wait = 1.0
    while True:
        news = {channel: way for channel, way in ways().items() if way is not None and noted.get(channel) != way}
        if news:
            with contextlib.suppress(StorageError):
                await database.write(partial(_note, news=news, at=clock()))
                noted |= news
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _note(tx: Transaction, news: Mapping[str, str], at: datetime) -> None:
    for channel, way in news.items():
        settings.put(tx, way_key(channel), way, at)


def along(way: str, code: str) -> str:
    """The address that brings a code along a way."""
    return way.replace(PLACEHOLDER, code)
