"""Brings what somebody did to the desk, and shows them what became of it."""

import logging

from bot.desk.contract import Acted, DeskView, Person, SalesDesk, TryLater, Undeliverable
from bot.handoff.slack.card import Shown, card, erased_card
from bot.handoff.slack.colleagues import TARGET, Colleagues
from bot.handoff.slack.lists import Lists
from bot.handoff.slack.offers import erased_offer, offer
from bot.handoff.slack.posting import Poster, Reference
from bot.handoff.slack.whispering import Whispering
from bot.ports import Clock
from bot.slack.client import SlackClient
from bot.slack.listening import SlackEvent
from dialogs.desk.acts import RepAct

log = logging.getLogger(__name__)


class Acting:
    """What all that hear of clicks, windows and words have in common."""

    def __init__(self, client: SlackClient, desk: SalesDesk, colleagues: Colleagues, clock: Clock) -> None:
        self.client = client
        self.desk = desk
        self.colleagues = colleagues
        self.clock = clock
        self.whispering = Whispering(client)
        self._poster = Poster(client)
        self._lists = Lists(client, desk, colleagues, clock)

    async def who(self, event: SlackEvent) -> Person:
        """Who did it."""
        return await self.colleagues.person(event.user, event.user_name)

    async def act(self, event: SlackEvent, handoff: int, act: RepAct, event_id: str = "") -> Acted:
        """Let the desk deal with it. Raises ``StorageError`` when it could not be saved."""
        return await self.desk.act(await self.who(event), handoff, act, event_id or event.event_id)

    async def handoff_at(self, reference: Reference) -> int | None:
        """The handoff to which a card or offer belongs. One that was put out just now, or by a process that died
        before it could remember it, is known by what it carries. Raises as ``SlackClient.call`` does when it cannot
        be looked at now."""
        known = await self.desk.handoff_at(TARGET, str(reference))
        return await self._poster.handoff_at(reference) if known is None else known

    async def rewrite(self, reference: Reference, view: DeskView | None, user: str) -> None:
        """Let the message that somebody pressed in show how things stand; best effort.

        An old card, or one of a lead that was erased, would otherwise offer buttons that do nothing.
        """
        if not reference.channel or not reference.ts:
            return
        try:
            await self._poster.update(reference, await self._shown(reference, view, user))
        except (TryLater, Undeliverable) as error:
            log.info("a message that was out of date could not be rewritten (%s): %s", reference, error)

    async def publish_home(self, event: SlackEvent) -> None:
        """Show somebody their home tab. Raises as ``SlackClient.call`` does."""
        await self._lists.publish_home(await self.who(event))

    async def refresh_home(self, event: SlackEvent) -> None:
        """The same, best effort."""
        try:
            await self.publish_home(event)
        except (TryLater, Undeliverable) as error:
            log.info("the home tab of %s could not be renewed: %s", event.user, error)

    async def _shown(self, reference: Reference, view: DeskView | None, user: str) -> Shown:
        is_direct = reference.channel.startswith("D")
        if view is None:
            return erased_offer() if is_direct else erased_card()
        if is_direct:
            return offer(view, await self.colleagues.rep(user))
        return card(view, reply_prefix=self.client.settings.reply_prefix)
