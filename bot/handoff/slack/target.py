"""Slack as a place where people are told of leads: what they see there is made to agree with how a handoff stands.

1. The card is put out first, then the offer to whoever is asked, then what belongs into the thread, in order.
2. What is out is remembered before anything else is put out. When it is not known whether something is out, Slack is
   read first: by what its posts carry of us, nothing is put out twice.
3. A channel that is gone keeps no lead from people: the usual channel gets it, and says for which it was meant.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from bot.desk.contract import Board, DeskView, Posts, SalesDesk, TryLater, Undeliverable
from bot.handoff.slack.card import card, digest_of, erased_card
from bot.handoff.slack.colleagues import TARGET, Colleagues
from bot.handoff.slack.happenings import PINGING, escalation_elsewhere, is_channel
from bot.handoff.slack.lists import Lists
from bot.handoff.slack.offering import NOBODY, Offering
from bot.handoff.slack.posting import Mark, Poster, Reference, read_reference
from bot.handoff.slack.thread import Piece, entry_key, pieces
from bot.ports import Clock
from bot.slack.client import SlackClient
from bot.slack.mrkdwn import neutral
from bot.slack.refusals import SlackRefused
from dialogs.desk.standing import Phase

log = logging.getLogger(__name__)

CARD = "card"
ELSEWHERE = "elsewhere:"
"""How keys of calls for help in other channels begin."""
_MOVED = "moved:"
"""How the digest of a card begins that stands in another channel than it was meant for."""


def _now() -> datetime:
    return datetime.now(UTC)


class SlackTarget:
    """Shows handoffs in Slack. ``client`` is open while it does."""

    name: ClassVar[str] = TARGET

    def __init__(
        self,
        client: SlackClient,
        desk: SalesDesk,
        colleagues: Colleagues | None = None,
        *,
        clock: Clock = _now,
        shared: bool = False,
    ) -> None:
        """``shared``: visitors are in the workspace, too."""
        self._settings = client.settings
        self._poster = Poster(client)
        self._colleagues = colleagues or Colleagues(client, desk)
        self._lists = Lists(client, desk, self._colleagues, clock, shared=shared)
        self._offering = Offering(self._poster, self._colleagues)

    async def show(self, view: DeskView, posts: Posts) -> None:
        """Make card, offers and thread agree with how the handoff stands."""
        root = await self._show_card(view, posts)
        await self._offering.show(view, posts, root)
        try:
            await self._show_thread(view, posts, root)
        except SlackRefused as error:
            if not (error.post_is_gone or error.channel_is_gone or error.error == "cannot_reply_to_message"):
                raise
            root = await self._post_card(view, posts)  # Somebody deleted the card, or archived its channel.
            await self._show_thread(view, posts, root)

    async def forget(self, references: Sequence[tuple[str, str]]) -> None:
        """Take down what was put out; a card says that the lead was erased, so that its thread makes sense.

        Raises ``TryLater`` when Slack could not be reached; it may be repeated.
        """
        trouble: TryLater | None = None
        for key, text in references:
            reference = read_reference(text)
            if reference is None:
                continue
            try:
                await self._take_down(key, reference)
            except TryLater as error:
                trouble = error
            except Undeliverable as error:
                log.warning("a message about an erased lead could not be taken down (%s): %s", reference, error)
        if trouble is not None:
            raise trouble

    async def send_digest(self, to: str | None, board: Board, key: str, name: str = "") -> None:
        """Send a work list to a person's id or a channel (None: the usual one), unless there is nothing to do."""
        await self._lists.send_digest(to, board, key, name)

    async def renew(self, key: str, reference: str) -> None:
        """Let a list show what there is to do now."""
        await self._lists.renew(key, reference)

    async def _show_card(self, view: DeskView, posts: Posts) -> Reference:
        known = posts.find(CARD)
        reference = None if known is None else read_reference(known.reference)
        if known is None or reference is None:
            return await self._post_card(view, posts)
        moved = known.digest.startswith(_MOVED)
        shown = card(
            view,
            reply_prefix=self._settings.reply_prefix,
            meant_for=view.desk.plan.channel or "" if moved else "",
        )
        digest_now = digest_of(shown)
        if digest_now == known.digest.removeprefix(_MOVED):
            return reference
        try:
            await self._poster.update(reference, shown, Mark(id=view.id, key=CARD, handoff=view.handoff))
        except SlackRefused as error:
            if not (error.post_is_gone or error.channel_is_gone):
                raise
            return await self._post_card(view, posts)
        await posts.keep(CARD, str(reference), f"{_MOVED if moved else ''}{digest_now}")
        return reference

    async def _post_card(self, view: DeskView, posts: Posts) -> Reference:
        """Put the card out where it is meant to be, or else where leads usually go."""
        channels = list(dict.fromkeys(one for one in (view.desk.plan.channel, self._settings.channel) if one))
        if not channels:
            raise Undeliverable('Slack: no channel is named for leads; set channel = "#…" under [slack]')
        refused: SlackRefused | None = None
        for channel in channels:
            try:
                return await self._post_card_in(channel, view, posts, moved=refused is not None)
            except SlackRefused as error:
                if not error.channel_is_gone:
                    raise
                refused = error
                log.warning("a lead's card cannot be posted in %s: %s", channel, error)
        assert refused is not None
        raise refused

    async def _post_card_in(self, channel: str, view: DeskView, posts: Posts, *, moved: bool) -> Reference:
        shown = card(
            view,
            reply_prefix=self._settings.reply_prefix,
            meant_for=view.desk.plan.channel or "" if moved else "",
        )
        mark = Mark(id=view.id, key=CARD, handoff=view.handoff)
        reference = None
        if posts.attempts and posts.find(CARD) is None:
            reference = await self._poster.find(channel, mark, view.desk.at)
        if reference is None:
            reference = await self._poster.post(channel, shown, mark)
        else:
            await self._poster.update(reference, shown, mark)  # It may show how things stood before.
        await posts.keep(CARD, str(reference), f"{_MOVED if moved else ''}{digest_of(shown)}")
        return reference

    async def _show_thread(self, view: DeskView, posts: Posts, root: Reference) -> None:
        known = set(posts.keys())
        pings = any(entry.what in PINGING and entry_key(entry) not in known for entry in view.desk.entries)
        mentioned = await self._colleagues.mentions() if pings else neutral
        missing = list(pieces(view, known, mentioned, str(root)))
        out: set[str] = set()
        if posts.attempts and any(piece.shown is not None for piece in missing):
            found = await self._poster.thread(root, view.id)
            out = set(found)
            view = await _remember(view, posts, found)
            missing = list(pieces(view, known, mentioned, str(root)))  # Grouped anew: part of a group may be out.
        for piece in missing:
            await self._put(piece, view, posts, root, is_out=piece.key in out)
        last = next((one for one in reversed(view.desk.entries) if one.what == "escalated"), None)
        if last is not None and view.desk.phase is Phase.OPEN and view.desk.escalated:
            await self._call_elsewhere(f"{ELSEWHERE}{entry_key(last)}", view, posts, root)

    async def _put(self, piece: Piece, view: DeskView, posts: Posts, root: Reference, *, is_out: bool) -> None:
        """Put one piece into the thread, unless it is there, and remember it."""
        if piece.shown is not None and not is_out:
            mark = Mark(id=view.id, key=piece.key, through=piece.through)
            place, broadcast = root.channel, piece.broadcast
            reference = await self._poster.post(place, piece.shown, mark, thread=root.ts, broadcast=broadcast)
            await posts.keep(piece.key, str(reference))
        if piece.through is not None:
            await posts.relayed(piece.through)

    async def _call_elsewhere(self, key: str, view: DeskView, posts: Posts, root: Reference) -> None:
        """Call for help in the channel that the team file names for it, unless that was done."""
        to = view.desk.plan.escalate_to or ""
        if not is_channel(to) or posts.find(key) is not None:
            return
        mark = Mark(id=view.id, key=key)
        reference = await self._poster.find(to, mark, view.desk.at) if posts.attempts else None
        if reference is None:
            shown = escalation_elsewhere(view, await self._poster.link(root))
            try:
                reference = await self._poster.post(to, shown, mark)
            except SlackRefused as error:
                if not error.channel_is_gone:
                    raise
                log.warning("nobody can be called in %s: %s", to, error)
                await posts.keep(key, NOBODY)
                return
        await posts.keep(key, str(reference))

    async def _take_down(self, key: str, reference: Reference) -> None:
        try:
            if key == CARD:
                await self._poster.update(reference, erased_card(), Mark(id="erased", key=CARD))
            else:
                await self._poster.delete(reference)
        except SlackRefused as error:
            if error.error in ("message_not_found", "channel_not_found"):
                return
            if key == CARD or not error.post_is_gone:
                raise
            await self._poster.update(reference, erased_card(), Mark(id="erased", key=key))


async def _remember(view: DeskView, posts: Posts, found: Mapping[str, tuple[Reference, Mark]]) -> DeskView:
    """Remember what stands in the thread; the view without the words that were passed on."""
    known = set(posts.keys())
    for key, (reference, _) in found.items():
        if key not in known:
            await posts.keep(key, str(reference))
    passed_on = max((mark.through or 0 for _, mark in found.values()), default=0)
    rest = [message for message in view.messages if int(message["seq"]) > passed_on]
    if len(rest) < len(view.messages):
        await posts.relayed(passed_on)
    return replace(view, messages=rest)
