"""Finds out who is who in the workspace, and which channels are whose: asks Slack now and then, and keeps the answer.

Who is a colleague has to be known before anything is taken for a visitor's: as long as nothing is known, nothing is
taken in, and Slack brings it again. What was known once serves while Slack does not answer.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from bot.desk.contract import Colleague, TryLater
from bot.slack.client import SlackClient
from bot.slack.inputs import mapping, sequence, text
from bot.slack.refusals import SlackRefused
from bot.slack.sides import Grounds

log = logging.getLogger(__name__)

TARGET = "slack"
KEEP_SECONDS = 300.0
"""How long Slack's answer is believed."""
TEAM_SECONDS = 5.0
"""How long the team is believed to be the same."""
PATIENCE = 2.0
"""How long an event waits for the first answer: Slack waits 3 seconds for us."""
_PAGE = 200
_PAGES_MOST = 100


class Team(Protocol):
    """Whoever knows the team: the sales desk."""

    async def colleagues(self) -> Collection[Colleague]:
        """Everybody of the team."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """What Slack said, and until when it is believed."""

    leads: str
    members: frozenset[str]
    visitor_channels: frozenset[str]
    until: float


class Survey:
    """Knows the grounds. ``client`` is open. ``now``: seconds of a clock that never goes back."""

    def __init__(
        self, client: SlackClient, team: Team, *, now: Callable[[], float] = monotonic, patience: float = PATIENCE
    ) -> None:
        self._client = client
        self._team = team
        self._now = now
        self._patience = patience
        self._found: _Found | None = None
        self._colleagues: frozenset[str] = frozenset()
        self._team_until = float("-inf")
        self._asking: asyncio.Task[None] | None = None
        self._missed: set[str] = set()

    def start(self) -> None:
        """Begin to ask."""
        self._ask()

    async def stop(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait({self._asking})

    async def grounds(self) -> Grounds:
        """How it is. Raises ``TryLater`` while it is not known, and whatever keeps the team from being read."""
        if self._now() >= self._team_until:
            team = await self._team.colleagues()
            self._colleagues = frozenset(one.ids[TARGET] for one in team if one.ids.get(TARGET))
            self._team_until = self._now() + TEAM_SECONDS
        found = self._found
        if found is None or self._now() >= found.until:
            asking = self._ask()
            if found is None:
                await asyncio.wait({asking}, timeout=self._patience)
                found = self._found
        if found is None:
            raise TryLater("it is not known yet who in Slack is a colleague")
        return Grounds(
            colleagues=self._colleagues | found.members, leads=found.leads, visitor_channels=found.visitor_channels
        )

    def _ask(self) -> asyncio.Task[None]:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._look())
        return self._asking

    async def _look(self) -> None:
        settings = self._client.settings
        try:
            names = [one for one in (settings.channel, *settings.visitor_channels) if one]
            ids = await find_channels(self._client, names)
            self._complain(name for name in settings.visitor_channels if name not in ids)
            leads = ids.get(settings.channel or "", "")
            members = await self._members(leads) if leads else frozenset()
            channels = frozenset(ids[one] for one in settings.visitor_channels if one in ids) - {leads}
            self._found = _Found(leads, members, channels, self._now() + KEEP_SECONDS)
        except (TryLater, SlackRefused) as error:
            log.warning("Slack does not say who is where: %s", error)

    async def _members(self, channel: str) -> frozenset[str]:
        """Who is in a channel; nobody where the bot may not look."""
        found: set[str] = set()
        cursor: str | None = None
        for _ in range(_PAGES_MOST):
            try:
                answer = await self._client.call("conversations.members", channel=channel, limit=_PAGE, cursor=cursor)
            except SlackRefused as refused:
                if not refused.channel_is_gone:
                    raise
                break
            found.update(filter(None, map(text, sequence(answer.get("members")))))
            cursor = text(mapping(answer.get("response_metadata")).get("next_cursor")) or None
            if cursor is None:
                break
        return frozenset(found)

    def _complain(self, missing: Iterable[str]) -> None:
        """Say once which channels are not there."""
        now = set(missing)
        for name in sorted(now - self._missed):
            log.error("Slack: there is no channel %s that the bot can see; correct [slack] visitor_channels", name)
        self._missed = now


async def find_channels(client: SlackClient, names: Collection[str]) -> dict[str, str]:
    """The ids of channels, by what they are called in the settings: ``#name``, or the id itself.

    Archived ones, and those the bot cannot see, are not found. Raises as ``SlackClient.call`` does.
    """
    found = {name: name for name in names if not name.startswith("#")}
    wanted = {name.removeprefix("#") for name in names if name.startswith("#")}
    cursor: str | None = None
    for _ in range(_PAGES_MOST if wanted else 0):
        answer = await client.call(
            "conversations.list",
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=_PAGE * 5,
            cursor=cursor,
        )
        for channel in map(mapping, sequence(answer.get("channels"))):
            if (name := text(channel.get("name"))) in wanted and text(channel.get("id")):
                found[f"#{name}"] = text(channel["id"])
        cursor = text(mapping(answer.get("response_metadata")).get("next_cursor")) or None
        if cursor is None or len(found) == len(set(names)):
            break
    return found
