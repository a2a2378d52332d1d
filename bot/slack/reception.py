"""One door, two sides: what comes in goes to the sales desk or to the visitors, and what is nobody's is not kept."""

import logging
from collections.abc import Mapping
from typing import Any, Protocol

from bot.slack.inbox import Inbox, read_event
from bot.slack.listening import Ack, SlackEvent
from bot.slack.sides import Grounds, Side, side_of
from bot.slack.sorting import alarm, needs_nobody
from bot.slack.survey import Survey

log = logging.getLogger(__name__)


class VisitorsInbox(Protocol):
    """Takes in what visitors do."""

    async def take_event(self, body: Mapping[str, Any], event: SlackEvent, grounds: Grounds) -> Ack | None:
        """Take in one event of theirs; it may be acknowledged when this returns. Raises as ``Inbox.take`` does."""
        ...


class Reception:
    """Stands in the inbox's place behind the door.

    ``start`` and ``stop`` are the desk's side alone: the visitors' begins and ends with their channel.
    """

    def __init__(self, desk: Inbox, visitors: VisitorsInbox, survey: Survey) -> None:
        self._desk = desk
        self._visitors = visitors
        self._survey = survey

    async def start(self) -> None:
        """Begin with what was left over."""
        self._survey.start()
        await self._desk.start()

    async def stop(self) -> None:
        """Let what is under way finish."""
        await self._survey.stop()
        await self._desk.stop()

    async def take(self, body: Mapping[str, Any]) -> Ack | None:
        """Take in one payload on the side it belongs to; see ``Inbox.take``."""
        if told := alarm(body):
            log.error("Slack: %s", told)
            return None
        if needs_nobody(body):
            return None
        event = read_event(body)
        if event is None:
            return await self._desk.take_event(body, None)
        grounds = await self._survey.grounds()
        match side_of(event, grounds):
            case Side.DESK:
                return await self._desk.take_event(body, event)
            case Side.VISITORS:
                return await self._visitors.take_event(body, event, grounds)
            case Side.NOBODY:
                return None

    async def take_unreadable(self, raw: str, reason: str) -> None:
        """Take in what is no payload at all, and put it aside."""
        await self._desk.take_unreadable(raw, reason)
