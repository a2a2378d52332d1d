"""Hears what people do in Slack and brings it to the desk; the other half of ``SlackTarget``."""

import logging
from typing import assert_never

from bot.desk.contract import SalesDesk
from bot.handoff.slack.acting import Acting
from bot.handoff.slack.clicks import Clicks
from bot.handoff.slack.colleagues import Colleagues
from bot.handoff.slack.home import availability_said
from bot.handoff.slack.lookup import Help, LookUp, found, help_text, read_command
from bot.handoff.slack.speaking import Speaking
from bot.handoff.slack.submissions import Submissions
from bot.ports import Clock
from bot.slack.client import SlackClient
from bot.slack.listening import (
    Ack,
    AppHomeOpened,
    AppMention,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    SlackEvent,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)

log = logging.getLogger(__name__)

_FOUND_MOST = 10
COMMAND = "/handraiser"


class DeskListener:
    """Turns what comes in into acts of the sales desk. Everything may be brought twice."""

    def __init__(
        self, client: SlackClient, desk: SalesDesk, clock: Clock, colleagues: Colleagues | None = None
    ) -> None:
        self._desk = desk
        self._prefix = client.settings.reply_prefix
        self._acting = Acting(client, desk, colleagues or Colleagues(client, desk), clock)
        self._clicks = Clicks(self._acting)
        self._submissions = Submissions(self._acting)
        self._speaking = Speaking(self._acting)

    async def hear(self, event: SlackEvent) -> Ack | None:
        """Deal with it. Raises what could not be done and is to be brought again."""
        match event:
            case BlockAction():
                await self._clicks.hear(event)
            case ViewSubmission():
                return await self._submissions.hear(event)
            case MessagePosted():
                if not await self._speaking.hear(event) and event.channel_type == "im":
                    await self._explain(event)
            case AppMention():
                if not await self._speaking.hear(event):
                    await self._explain(event)
            case MessageChanged():
                await self._speaking.hear_change(event)
            case MessageDeleted():
                await self._speaking.hear_end(event)
            case AppHomeOpened():
                if event.tab == "home":
                    await self._acting.publish_home(event)
            case SlashCommand():
                return await self._command(event)
            case ViewClosed() | ReactionAdded():
                pass
            case _:
                assert_never(event)
        return None

    async def _command(self, event: SlashCommand) -> Ack:
        wish = read_command(event.text)
        if isinstance(wish, Help):
            return Ack(text=help_text(event.command, self._prefix, wish.remark))
        if isinstance(wish, LookUp):
            text, blocks = found(wish.text, await self._desk.look_up(wish.text, _FOUND_MOST), _FOUND_MOST)
            return Ack(text=text, blocks=tuple(blocks))
        await self._desk.set_availability(await self._acting.who(event), wish)
        return Ack(text=availability_said(wish))

    async def _explain(self, event: MessagePosted | AppMention) -> None:
        """Somebody spoke to the bot itself, where there is no lead: they get the help."""
        if not event.late and not event.thread_ts:
            await self._acting.whispering.explain(event.user, event.channel, help_text(COMMAND, self._prefix))
