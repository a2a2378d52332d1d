"""Who is who: people of ours as Slack, the team file and the desk know them."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.contract import Colleague, Person, SalesDesk, TryLater, Undeliverable
from bot.slack.client import SlackClient
from bot.slack.mrkdwn import mention, neutral, one_line
from dialogs.desk.people import Rep

log = logging.getLogger(__name__)

TARGET = "slack"
_KEY = re.compile(r"slack:([UW][A-Z0-9]{2,30})")
_KEEP_SECONDS = 3600.0
_KEPT_MOST = 5000


@dataclass(frozen=True, slots=True)
class _Known:
    """What Slack says of somebody, and until when it is believed."""

    profile: dict[str, Any]
    until: float


class Colleagues:
    """People, looked up once an hour at most."""

    def __init__(self, client: SlackClient, desk: SalesDesk) -> None:
        self._client = client
        self._desk = desk
        self._known: dict[str, _Known] = {}

    async def person(self, user: str, handle: str = "") -> Person:
        """Somebody who did something, as the desk wants to know them.

        Whom the team file names is known without asking Slack; others go by their handle where Slack does not answer.
        """
        if known := await self._of_team(user):
            return Person(target=TARGET, id=user, name=known.name, picture=known.picture)
        profile = await self._profile(user)
        shown = profile.get("profile") or {}
        name = one_line(str(shown.get("real_name") or profile.get("real_name") or shown.get("display_name") or ""))
        picture = str(shown.get("image_192") or "")
        return Person(
            target=TARGET,
            id=user,
            name=name[:80] or handle or user,
            picture=picture if picture.startswith("https://") else None,
        )

    async def zone(self, user: str) -> ZoneInfo:
        """Somebody's time zone; UTC where it is not known."""
        try:
            return ZoneInfo(str((await self._profile(user)).get("tz") or "UTC"))
        except (KeyError, ValueError, OSError):
            return ZoneInfo("UTC")

    async def is_bot(self, user: str) -> bool:
        """Whether it is an app, as far as Slack says."""
        return (await self._profile(user)).get("is_bot") is True

    async def rep(self, user: str) -> Rep:
        """Somebody of this workspace as a colleague: by the team file if it names them."""
        if known := await self._of_team(user):
            return known
        person = await self.person(user)
        return Rep(key=f"{TARGET}:{user}", name=person.name, picture=person.picture)

    async def is_of_team(self, user: str) -> bool:
        """Whether the team file names them."""
        return await self._of_team(user) is not None

    async def _of_team(self, user: str) -> Rep | None:
        return next((one.rep for one in await self._desk.colleagues() if one.ids.get(TARGET) == user), None)

    async def by_key(self, key: str) -> Colleague | None:
        """Somebody of the team file."""
        return next((one for one in await self._desk.colleagues() if one.rep.key == key), None)

    async def user_of(self, rep: Rep) -> str | None:
        """A colleague's id in Slack; None for somebody who has none."""
        if found := _KEY.fullmatch(rep.key):
            return found[1]
        colleague = await self.by_key(rep.key)
        return None if colleague is None else colleague.ids.get(TARGET)

    async def mentions(self) -> Callable[[str], str]:
        """How colleagues are pinged, by key or name; whom Slack does not know is called by name."""
        team = await self._desk.colleagues()
        ids = {one.rep.name: one.ids[TARGET] for one in team if one.ids.get(TARGET)}
        ids |= {one.rep.key: one.ids[TARGET] for one in team if one.ids.get(TARGET)}
        names = {one.rep.key: one.rep.name for one in team}

        def mentioned(who: str) -> str:
            if found := _KEY.fullmatch(who):
                return mention(found[1])
            return mention(ids[who]) if who in ids else neutral(names.get(who, who))

        return mentioned

    async def _profile(self, user: str) -> dict[str, Any]:
        known = self._known.get(user)
        if known is not None and known.until > monotonic():
            return known.profile
        try:
            answer = await self._client.call("users.info", user=user)
        except (TryLater, Undeliverable) as error:
            log.warning("Slack does not say who %s is: %s", user, error)
            return {} if known is None else known.profile
        if len(self._known) >= _KEPT_MOST:
            self._known.clear()
        found = answer.get("user")
        profile = found if isinstance(found, dict) else {}
        self._known[user] = _Known(profile, monotonic() + _KEEP_SECONDS)
        return profile
