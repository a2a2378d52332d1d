"""What visitors do, on its way from the door to the house: on disk, then acknowledged, then dealt with in order.

Of what people write in threads of a channel only that is kept which somebody writes who mentioned the bot there.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.channels.contract import House
from bot.channels.slack.addresses import NAME, Address
from bot.channels.slack.reading import address_of
from bot.channels.slack.writing import LINK
from bot.slack.filing import VISITORS
from bot.slack.inbox import PAUSES, Inbox
from bot.slack.listening import Ack, AppMention, BlockAction, SlackEvent, SlackListener, SlashCommand
from bot.slack.sides import Grounds

_KEPT_MOST = 10_000


class Threads:
    """Remembers in which threads we talk with whom."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, None] = {}

    async def begin(self, address: Address) -> None:
        """From now on we talk there."""
        if not await self.know(address):
            await self._house.remember(NAME, self._key(address), "yes")
            self._keep(address)

    async def know(self, address: Address) -> bool:
        """Whether we talk there."""
        if str(address) in self._known:
            return True
        if not await self._house.recall(NAME, self._key(address)):
            return False
        self._keep(address)
        return True

    def _keep(self, address: Address) -> None:
        if len(self._known) >= _KEPT_MOST:
            self._known.clear()
        self._known[str(address)] = None

    def _key(self, address: Address) -> str:
        return f"thread:{address}"


class Intake:
    """The visitors' inbox. ``start`` deals with what was left over, ``stop`` leaves the rest on disk."""

    def __init__(
        self,
        house: House,
        threads: Threads,
        listener: SlackListener,
        *,
        respond: Callable[..., Awaitable[None]] | None = None,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._threads = threads
        shelf = _Shelf(house)
        self._inbox = Inbox(shelf, listener, filing=VISITORS, respond=respond, pauses=pauses)

    async def start(self) -> None:
        """Begin with what came in before and was not dealt with."""
        await self._inbox.start()

    async def stop(self) -> None:
        """Let what is under way finish, for a few seconds."""
        await self._inbox.stop()

    async def take_event(self, body: Mapping[str, Any], event: SlackEvent, grounds: Grounds) -> Ack | None:
        """Take in one event of a visitor; see ``Reception``."""
        if isinstance(event, BlockAction) and event.action_id.startswith(LINK):
            return None  # They opened a page.
        address = address_of(event)
        if address is not None and not address.is_direct and not isinstance(event, BlockAction | SlashCommand):
            if isinstance(event, AppMention):
                if event.channel in grounds.visitor_channels:
                    await self._threads.begin(address)
            elif not await self._threads.know(address):
                return None
        return await self._inbox.take_event(body, event)


class _Shelf:
    """The house's disk, as the inbox wants it. What was dealt with the house strikes off itself."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def take_in(self, target: str, event_id: str, raw: str) -> bool:
        return await self._house.take_in(target, event_id, raw)

    async def dealt_with(self, target: str, event_id: str) -> None:
        """Nothing: see ``House.receive``."""

    async def quarantine(self, target: str, event_id: str, reason: str) -> None:
        await self._house.set_aside(target, event_id, reason)

    async def left_over(self, target: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        return await self._house.left_over(target, seconds)
