"""Puts messages into Slack, changes them, takes them down, and finds again what may be out already.

Slack knows no key by which a repeated post is recognised. So every post carries what it is in its ``metadata``, and
when it is not known whether one is out, the channel is read before it is put out again.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from bot.desk.contract import Undeliverable
from bot.handoff.slack.card import Shown
from bot.slack.client import SlackClient

log = logging.getLogger(__name__)

EVENT_TYPE = "handraiser_post"
_PAGES_MOST = 10
_PAGE = 200
_EARLIER = timedelta(minutes=10)
"""Clocks of ours and Slack's differ by less."""


class Reference(NamedTuple):
    """Where a message is: how ``Posts`` and the desk know it, ``C024BE91L:1503435956.000247``."""

    channel: str
    ts: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.ts}"


def read_reference(text: str) -> Reference | None:
    """The reference that ``str`` wrote; None for anything else."""
    channel, colon, ts = text.partition(":")
    return Reference(channel, ts) if colon and channel and ts.replace(".", "", 1).isdigit() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a post is: of which handoff, under which key, and up to which message of the talk it goes."""

    id: str
    key: str
    through: int | None = None
    handoff: int | None = None
    """The handoff's number, in what people may answer."""

    def metadata(self) -> dict[str, Any]:
        """As Slack keeps it."""
        payload: dict[str, Any] = {"id": self.id, "key": self.key}
        if self.through is not None:
            payload["through"] = self.through
        if self.handoff is not None:
            payload["handoff"] = self.handoff
        return {"event_type": EVENT_TYPE, "event_payload": payload}


def read_mark(message: dict[str, Any]) -> Mark | None:
    """What one of our posts is; None for anything else."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    if metadata.get("event_type") != EVENT_TYPE or not isinstance(payload.get("key"), str):
        return None
    through, handoff = payload.get("through"), payload.get("handoff")
    return Mark(
        id=str(payload.get("id")),
        key=payload["key"],
        through=through if isinstance(through, int) else None,
        handoff=handoff if isinstance(handoff, int) else None,
    )


class Poster:
    """The few calls that a target needs. All raise ``TryLater`` or ``SlackRefused`` as ``SlackClient.call`` does."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client
        self._channels: dict[str, str] = {}
        self._links: dict[Reference, str] = {}

    async def post(
        self, channel: str, shown: Shown, mark: Mark, *, thread: str | None = None, broadcast: bool = False
    ) -> Reference:
        """Put a message out: into a channel, to a person, or into the thread of ``thread``."""
        text, blocks = shown
        answer = await self._client.call(
            "chat.postMessage",
            channel=channel,
            text=text,
            blocks=blocks,
            thread_ts=thread,
            reply_broadcast=True if broadcast else None,
            metadata=mark.metadata(),
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        return Reference(str(answer["channel"]), str(answer["ts"]))

    async def update(self, reference: Reference, shown: Shown, mark: Mark | None = None) -> None:
        """Let a message show something else."""
        text, blocks = shown
        await self._client.call(
            "chat.update",
            channel=reference.channel,
            ts=reference.ts,
            text=text,
            blocks=blocks,
            metadata=None if mark is None else mark.metadata(),
        )

    async def delete(self, reference: Reference) -> None:
        """Take a message down."""
        await self._client.call("chat.delete", channel=reference.channel, ts=reference.ts)

    async def link(self, reference: Reference) -> str:
        """The message's address for colleagues; "" where Slack gives none."""
        if reference not in self._links:
            try:
                answer = await self._client.call(
                    "chat.getPermalink", channel=reference.channel, message_ts=reference.ts
                )
            except Undeliverable as error:
                log.warning("no link to a lead's card: %s", error)
                return ""
            if len(self._links) > 1000:
                self._links.clear()
            self._links[reference] = str(answer.get("permalink") or "")
        return self._links[reference]

    async def thread(self, root: Reference, view_id: str) -> dict[str, tuple[Reference, Mark]]:
        """What of a handoff stands in a thread, by key."""
        return await self._marked("conversations.replies", view_id, channel=root.channel, ts=root.ts)

    async def find(self, channel: str, mark: Mark, since: datetime) -> Reference | None:
        """A post in a channel, by what it is."""
        found = await self.find_all(channel, mark.id, since)
        return found[mark.key][0] if mark.key in found else None

    async def find_all(self, channel: str, view_id: str, since: datetime) -> dict[str, tuple[Reference, Mark]]:
        """What of a handoff stands in a channel, by key.

        A channel's name is looked up; a person's id means the messages to them.
        """
        place = await self._place(channel)
        if place is None:
            return {}
        oldest = f"{(since.astimezone(UTC) - _EARLIER).timestamp():.6f}"
        return await self._marked("conversations.history", view_id, channel=place, oldest=oldest)

    async def handoff_at(self, reference: Reference) -> int | None:
        """The handoff that a post of ours is about, by what it carries; None for anything else."""
        try:
            answer = await self._client.call(
                "conversations.replies",
                channel=reference.channel, ts=reference.ts, include_all_metadata=True, limit=1,
            )  # fmt: skip
        except Undeliverable as error:
            log.info("what %s is about cannot be read: %s", reference, error)
            return None
        first = next((one for one in answer.get("messages") or () if one.get("ts") == reference.ts), None)
        mark = None if first is None else read_mark(first)
        return None if mark is None else mark.handoff

    async def _marked(self, method: str, view_id: str, **arguments: Any) -> dict[str, tuple[Reference, Mark]]:
        """Our posts of one handoff, page by page."""
        found: dict[str, tuple[Reference, Mark]] = {}
        cursor: str | None = None
        for _ in range(_PAGES_MOST):
            answer = await self._client.call(method, **arguments, include_all_metadata=True, limit=_PAGE, cursor=cursor)
            for message in answer.get("messages") or ():
                mark = read_mark(message)
                if mark is not None and mark.id == view_id:
                    found.setdefault(mark.key, (Reference(arguments["channel"], str(message["ts"])), mark))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                break
        return found

    async def _place(self, channel: str) -> str | None:
        """The id of a channel's name or of the messages with a person; None where there is no such channel."""
        if channel.startswith(("C", "G", "D")):
            return channel
        if channel in self._channels:
            return self._channels[channel]
        if channel.startswith(("U", "W")):
            answer = await self._client.call("conversations.open", users=channel)
            self._channels[channel] = str(answer["channel"]["id"])
        else:
            await self._learn_names()
        return self._channels.get(channel)

    async def _learn_names(self) -> None:
        cursor: str | None = None
        for _ in range(_PAGES_MOST * 2):
            answer = await self._client.call(
                "conversations.list",
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=_PAGE * 5,
                cursor=cursor,
            )
            self._channels |= {f"#{one['name']}": str(one["id"]) for one in answer.get("channels") or ()}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                break
