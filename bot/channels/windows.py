"""Who wrote when, for platforms on which people may be written to for some hours after that.

What is noted of somebody goes when they are erased: see ``House.remember``.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

from bot.channels.contract import House, Incoming, Left
from bot.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What is remembered of a chat."""

    phone: str = ""
    name: str = ""
    heard: float = 0.0
    """When they wrote last, as a Unix time; 0 where that is not known, as of somebody who was erased."""
    message: str = ""
    """What they wrote last: its reference."""


class Windows:
    """The chats of ``channel``, whose platform lets us write for so many ``hours``."""

    def __init__(self, house: House, channel: str, hours: float, clock: Clock) -> None:
        self._house = house
        self._channel = channel
        self._seconds = hours * 3600
        self._clock = clock

    async def receive(self, incoming: Incoming) -> None:
        """Remember when they wrote, then have the house deal with it."""
        if not isinstance(incoming.heard, Left):
            sender, sent_at = incoming.sender, incoming.sent_at or self._clock()
            before = await self.chat(sender.address)
            chat = Chat(
                phone=sender.phone or before.phone,
                name=sender.name or before.name,
                heard=max(before.heard, min(sent_at, self._clock()).timestamp()),
                message=incoming.reference,
            )
            await self._house.remember(self._channel, f"chat:{sender.address}", json.dumps(asdict(chat)))
        await self._house.receive(incoming)

    async def chat(self, address: str) -> Chat:
        """What is remembered of a chat; an empty one where nothing is."""
        return Chat(**json.loads(await self._house.recall(self._channel, f"chat:{address}") or "{}"))

    def is_closed(self, chat: Chat) -> bool:
        """Whether they wrote too long ago. Of whom that is not known the platform decides."""
        return bool(chat.heard) and self._clock().timestamp() - chat.heard >= self._seconds

    async def invite_once(self, address: str, chat: Chat, invite: Callable[[], Awaitable[object]]) -> None:
        """Invite them to write, unless that was done since they wrote last, or they never did."""
        # A note of its own: meanwhile they may write, and what is noted of that must not be written over.
        key, since = f"chat:{address}:invited", str(chat.heard)
        if chat.heard and await self._house.recall(self._channel, key) != since:
            await invite()
            await self._house.remember(self._channel, key, since)
