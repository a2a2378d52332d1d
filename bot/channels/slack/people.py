"""What visitors are called and what language they speak, as far as Slack says: asked once an hour at most."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.client import SlackClient
from bot.slack.inputs import mapping, text
from bot.slack.mrkdwn import one_line

log = logging.getLogger(__name__)

_KEEP_SECONDS = 3600.0
_AGAIN_SECONDS = 60.0
"""After Slack did not answer."""
_KEPT_MOST = 5000
_NAME_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody, as Slack describes them."""

    name: str = ""
    language: str | None = None
    """BCP 47: ``en-US``."""


class People:
    """Looks people up. ``now``: seconds of a clock that never goes back."""

    def __init__(self, client: SlackClient, now: Callable[[], float] = monotonic) -> None:
        self._client = client
        self._now = now
        self._known: OrderedDict[str, tuple[Visitor, float]] = OrderedDict()

    async def visitor(self, user: str) -> Visitor:
        """Somebody; nothing is known of them where Slack does not answer."""
        known, until = self._known.get(user, (Visitor(), float("-inf")))
        if self._now() < until:
            return known
        keep = _KEEP_SECONDS
        try:
            answer = await self._client.call("users.info", user=user, include_locale=True)
            known = _read(answer.get("user"))
        except (TryLater, Undeliverable) as error:
            log.info("Slack does not say who a visitor is: %s", error)
            keep = _AGAIN_SECONDS
        self._known[user] = (known, self._now() + keep)
        self._known.move_to_end(user)
        if len(self._known) > _KEPT_MOST:
            self._known.popitem(last=False)
        return known


def _read(given: object) -> Visitor:
    user = mapping(given)
    profile = mapping(user.get("profile"))
    name = text(profile.get("real_name")) or text(user.get("real_name")) or text(profile.get("display_name"))
    locale = text(user.get("locale"))
    is_language = len(locale) <= 35 and all(part.isascii() and part.isalnum() for part in locale.split("-"))
    return Visitor(name=one_line(name)[:_NAME_MOST], language=locale if is_language else None)
