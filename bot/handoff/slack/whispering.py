"""Words for one person alone, in answer to what they did; best effort, since what they did is saved already."""

import logging

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.client import SlackClient
from bot.slack.kit import TEXT_MOST, Block, context, modal
from bot.slack.listening import BlockAction
from bot.slack.mrkdwn import escape_within

log = logging.getLogger(__name__)

ERASED = "This lead was erased; nothing about them is left."
PRESS_AGAIN = "That took too long for Slack, and nothing was done. Press it again."


class Whispering:
    """Answers to people."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    async def answer(self, event: BlockAction, text: str) -> None:
        """Answer a press of a button where it was pressed."""
        if event.response_url and await self._respond(event.response_url, text):
            return
        if event.channel:
            await self.tell(event.user, event.channel, text, event.thread_ts)
        elif event.trigger_id and not event.late:
            await self.open(event.trigger_id, notice(text))
        else:
            await self.tell(event.user, event.user, text)

    async def tell(self, user: str, channel: str, text: str, thread: str = "") -> None:
        """Tell somebody something in a channel, or in a message to them where that is not possible."""
        words = escape_within(text, TEXT_MOST)
        try:
            if channel and channel != user:
                try:
                    await self._client.call(
                        "chat.postEphemeral", channel=channel, user=user, text=words, thread_ts=thread or None
                    )
                    return
                except Undeliverable as error:
                    log.info("%s is told in a direct message: %s", user, error)
            await self._client.call("chat.postMessage", channel=user, text=words, mrkdwn=False, unfurl_links=False)
        except (TryLater, Undeliverable) as error:
            log.warning("%s could not be told what became of what they did: %s", user, error)

    async def explain(self, user: str, channel: str, markup: str) -> None:
        """Show somebody words of our own, with their formatting."""
        try:
            await self._client.call("chat.postEphemeral", channel=channel, user=user, text=markup)
        except (TryLater, Undeliverable) as error:
            log.info("%s could not be shown how things work: %s", user, error)

    async def open(self, trigger_id: str, view: Block) -> bool:
        """Open a window. False when Slack does not let us any more, or cannot now."""
        try:
            await self._client.call("views.open", trigger_id=trigger_id, view=view)
        except (TryLater, Undeliverable) as error:
            log.warning("a window could not be opened: %s", error)
            return False
        return True

    async def react(self, channel: str, ts: str, name: str, *, away: bool = False) -> None:
        """Set a sign on a message, or take it away."""
        method = "reactions.remove" if away else "reactions.add"
        try:
            await self._client.call(method, channel=channel, timestamp=ts, name=name)
        except (TryLater, Undeliverable) as error:
            log.info("%s %s on %s:%s: %s", method, name, channel, ts, error)

    async def _respond(self, url: str, text: str) -> bool:
        try:
            await self._client.respond(
                url, response_type="ephemeral", replace_original=False, text=escape_within(text, TEXT_MOST)
            )
        except (TryLater, Undeliverable) as error:
            log.info("an answer could not be given where it was asked for: %s", error)
            return False
        return True


def notice(text: str, title: str = "Leads") -> Block:
    """A window that says one thing."""
    return modal("notice", title, [context(escape_within(text, 2000))], close="Close")
