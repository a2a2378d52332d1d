"""Puts messages to visitors into Slack, changes them and takes them back.

Slack knows no key by which a repeated post is recognised. So every message carries the house's id of it in its
metadata, and when it may be out already, Slack is read before it is said again.
"""

import logging
from typing import Any

from bot.channels.contract import Outgoing, Unreachable
from bot.channels.slack.addresses import Address, read_address, read_reference, reference_of
from bot.channels.slack.writing import write
from bot.desk.contract import Undeliverable
from bot.slack.client import SlackClient
from bot.slack.inputs import mapping, sequence, text
from bot.slack.refusals import SlackRefused

log = logging.getLogger(__name__)

EVENT_TYPE = "handraiser_message"
_PAGE = 200
_PAGES_MOST = 10
_NO_PICTURE = frozenset({"invalid_blocks", "invalid_attachments", "invalid_arguments"})
"""What Slack says when it cannot get a picture."""


class Saying:
    """Says things. ``client`` is open."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    async def say(self, outgoing: Outgoing) -> str:
        """One message; its reference. Raises as ``Messenger.deliver``."""
        changed = outgoing.revises or outgoing.removes
        try:
            address = read_address(outgoing.address)
            place = read_reference(changed) if changed else None
        except ValueError as error:
            raise Undeliverable(str(error)) from None
        if place is not None:
            await self._change(outgoing, address, *place)
            return changed
        try:
            return await self._post(outgoing, address)
        except SlackRefused as refused:
            if refused.channel_is_gone or refused.post_is_gone or refused.error == "cannot_reply_to_message":
                raise Unreachable(str(refused)) from None
            raise

    async def _post(self, outgoing: Outgoing, address: Address) -> str:
        if address.is_whisper:
            await self._put("chat.postEphemeral", outgoing, address, channel=address.channel, user=address.user)
            return ""
        if outgoing.attempts and (found := await self._find(outgoing.id, address)):
            return found
        answer = await self._put(
            "chat.postMessage",
            outgoing,
            address,
            channel=address.place,
            thread_ts=address.thread or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"id": outgoing.id}},
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        return reference_of(str(answer["channel"]), str(answer["ts"]))

    async def _change(self, outgoing: Outgoing, address: Address, channel: str, ts: str) -> None:
        """Change a message or take it back; one that is gone stays as it is."""
        try:
            if outgoing.removes:
                await self._client.call("chat.delete", channel=channel, ts=ts)
            else:
                await self._put("chat.update", outgoing, address, channel=channel, ts=ts)
        except SlackRefused as refused:
            if not (refused.post_is_gone or refused.channel_is_gone or refused.error.endswith("prevent_deletion")):
                raise
            log.info("Slack: a message can not be changed any more: %s", refused)

    async def _put(self, method: str, outgoing: Outgoing, address: Address, **where: Any) -> dict[str, Any]:
        """Call ``method`` with the message; with its picture's address where Slack cannot get the picture."""
        shown = outgoing.shown
        notice, blocks = write(shown, address, outgoing.language)
        try:
            return await self._client.call(method, text=notice, blocks=blocks, **where)
        except SlackRefused as refused:
            if refused.error not in _NO_PICTURE or not any(one["type"] == "image" for one in blocks):
                raise
            log.warning("Slack: a picture cannot be shown, its address is sent instead: %s", refused)
        notice, blocks = write(shown, address, outgoing.language, picture=False)
        return await self._client.call(method, text=notice, blocks=blocks, **where)

    async def _find(self, id: str, address: Address) -> str:
        """The reference of a message that is out already; "" when it is not."""
        if address.is_direct:
            opened = await self._client.call("conversations.open", users=address.user)
            channel = text(mapping(opened.get("channel")).get("id"))
            method, where, pages = "conversations.history", {"channel": channel}, 1  # The newest come first.
        else:
            channel = address.channel
            method, where, pages = "conversations.replies", {"channel": channel, "ts": address.thread}, _PAGES_MOST
        cursor: str | None = None
        for _ in range(pages):
            answer = await self._client.call(method, **where, include_all_metadata=True, limit=_PAGE, cursor=cursor)
            for message in map(mapping, sequence(answer.get("messages"))):
                metadata = mapping(message.get("metadata"))
                if metadata.get("event_type") == EVENT_TYPE and mapping(metadata.get("event_payload")).get("id") == id:
                    return reference_of(channel, text(message.get("ts")))
            cursor = text(mapping(answer.get("response_metadata")).get("next_cursor")) or None
            if cursor is None:
                break
        return ""
