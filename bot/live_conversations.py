"""Conversations in memory: how each stood last, and the lock that keeps its turns in order.

What is forgotten is read again: memory makes turns quicker, never different.
"""

import asyncio
from collections import OrderedDict

from storage import conversations
from storage.conversations import StoredConversation
from storage.database import Database

REMEMBERED_MOST = 20_000
"""Conversations whose state is kept in memory."""


class UnknownConversation(LookupError):
    """There is no such conversation."""


class LiveConversation:
    """A conversation in memory."""

    __slots__ = ("lock", "stored")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        """Held while a turn is decided and saved."""
        self.stored: StoredConversation | None = None
        """How it stood last; None where the database is to be asked."""


class LiveConversations:
    """The conversations that somebody was in lately."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._live: OrderedDict[int, LiveConversation] = OrderedDict()
        self._by_public_id: OrderedDict[str, int] = OrderedDict()
        self.known = self._live.get
        """The conversation of this number, where it is in memory; None where it is not."""

    async def at_hand(self, number: int) -> LiveConversation:
        """The conversation of this number, read where it is not in memory. Raises ``UnknownConversation``."""
        live = self._live.get(number)
        if live is None:
            live = self._live[number] = LiveConversation()
            self._trim()
        else:
            self._live.move_to_end(number)
        if live.stored is None:
            await self.load(live, number)
        return live

    async def stored(self, number: int) -> StoredConversation:
        """How a conversation stands. Raises ``UnknownConversation``."""
        live = await self.at_hand(number)
        assert live.stored is not None
        return live.stored

    async def load(self, live: LiveConversation, number: int) -> StoredConversation:
        """Read how a conversation stands. Raises ``UnknownConversation``."""
        stored = await self._database.read(lambda tx: conversations.find_by_id(tx, number))
        if stored is None:
            self._live.pop(number, None)
            raise UnknownConversation(number)
        live.stored = stored
        return stored

    def known_as(self, public_id: str) -> StoredConversation | None:
        """The conversation that the outside knows by this name, where it is in memory."""
        number = self._by_public_id.get(public_id)
        live = self._live.get(number) if number is not None else None
        return None if live is None else live.stored

    def remember(self, stored: StoredConversation) -> None:
        """Keep how a conversation stands, unless something newer is known."""
        live = self._live.get(stored.id)
        if live is None:
            live = self._live[stored.id] = LiveConversation()
            self._trim()
        if live.stored is None or live.stored.row_version < stored.row_version:
            live.stored = stored
        self._by_public_id[stored.public_id] = stored.id

    def forget(self, number: int) -> None:
        """Look into the database next time: somebody else may have changed the conversation."""
        live = self._live.get(number)
        if live is not None and not live.lock.locked():
            live.stored = None

    def _trim(self) -> None:
        while len(self._live) > REMEMBERED_MOST:
            number, live = next(iter(self._live.items()))
            if live.lock.locked():
                self._live.move_to_end(number)
                return
            del self._live[number]
        while len(self._by_public_id) > REMEMBERED_MOST:
            self._by_public_id.popitem(last=False)
