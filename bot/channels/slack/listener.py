"""Hears what visitors do in Slack and brings it to the house. Everything may be brought twice."""

import logging

from bot.channels.contract import Heard, House, Incoming, Sender
from bot.channels.slack.addresses import NAME, Address, reference_of
from bot.channels.slack.intake import Threads
from bot.channels.slack.people import People
from bot.channels.slack.reading import Spoken, address_of, order_of, read_heard, read_value, sent_at
from bot.channels.slack.words import word
from bot.desk.contract import TryLater, Undeliverable
from bot.slack.client import SlackClient
from bot.slack.kit import context, section
from bot.slack.listening import Ack, AppHomeOpened, AppMention, BlockAction, MessageChanged, SlackEvent, SlashCommand
from bot.slack.mrkdwn import escape

log = logging.getLogger(__name__)


class VisitorListener:
    """Turns what comes in into what the house hears. ``client`` is open."""

    def __init__(self, client: SlackClient, house: House, threads: Threads, people: People) -> None:
        self._client = client
        self._house = house
        self._threads = threads
        self._people = people
        self._bot = ""

    async def hear(self, event: SlackEvent) -> Ack | None:
        """Deal with it. Raises what is to be brought again."""
        if isinstance(event, AppHomeOpened):
            await self._show_home(event.user)
        address = address_of(event)
        if isinstance(event, BlockAction) and address is not None and await self._is_for_another(event, address):
            address = None
        heard = read_heard(event, await self._own_id(event)) if address is not None else None
        if heard is None or address is None:
            await self._house.set_aside(NAME, event.event_id, "")
            return None
        await self._house.receive(await self._incoming(event, address, heard))
        if isinstance(event, SlashCommand) and not event.channel.startswith("D"):
            return Ack(text=word("answered_directly", (await self._people.visitor(event.user)).language))
        return None

    async def _incoming(self, event: SlackEvent, address: Address, heard: Heard) -> Incoming:
        is_elsewhere = isinstance(event, AppMention) and not address.is_direct and not await self._threads.know(address)
        if is_elsewhere:
            address = Address(user=address.user, channel=address.channel)
        visitor = await self._people.visitor(address.user)
        return Incoming(
            channel=NAME,
            event_id=event.event_id,
            sender=Sender(
                address=str(address),
                person=f"{NAME}:{address.user}",
                name=visitor.name,
                language=visitor.language,
                is_group=is_elsewhere,
            ),
            heard=heard,
            reference=reference_of(event.channel, event.ts) if isinstance(event, Spoken | MessageChanged) else "",
            order=order_of(event),
            sent_at=sent_at(event),
        )

    async def _own_id(self, event: SlackEvent) -> str:
        """Our own user id, where a mention of us may have to be taken away."""
        if not self._bot and "<@" in getattr(event, "text", ""):
            self._bot = (await self._client.identify()).user_id
        return self._bot

    async def _is_for_another(self, event: BlockAction, address: Address) -> bool:
        """Whether somebody pressed what was shown to another person; they are told."""
        key, user = read_value(event.value)
        if not key or user == event.user:
            return False
        language = (await self._people.visitor(event.user)).language
        try:
            await self._client.call(
                "chat.postEphemeral",
                channel=event.channel,
                user=event.user,
                thread_ts=address.thread or None,
                text=word("not_yours", language),
            )
        except (TryLater, Undeliverable) as error:
            log.info("Slack: nobody could be told that a button is for somebody else: %s", error)
        return True

    async def _show_home(self, user: str) -> None:
        """What visitors see under Home: how to talk to us, and nothing of sales."""
        language = (await self._people.visitor(user)).language
        blocks = [section(escape(word("home", language))), context(escape(word("home_commands", language)))]
        try:
            await self._client.call("views.publish", user_id=user, view={"type": "home", "blocks": blocks})
        except (TryLater, Undeliverable) as error:
            log.info("Slack: a visitor's home could not be shown: %s", error)
