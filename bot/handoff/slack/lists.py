"""Lists of leads in Slack: the morning's work list, and the home tab.

What a list names is remembered as soon as it is out: where somebody on it is erased, it is shown anew without them.
"""

import logging
from datetime import timedelta

from bot.desk.contract import Board, Person, SalesDesk
from bot.handoff.slack.colleagues import TARGET, Colleagues
from bot.handoff.slack.digest import digest
from bot.handoff.slack.home import empty_home, home
from bot.handoff.slack.posting import Mark, Poster, Reference, read_reference
from bot.ports import Clock
from bot.slack.client import SlackClient
from bot.slack.refusals import SlackRefused

log = logging.getLogger(__name__)

DIGEST = "digest"
"""What the id of a work list says, where others say the handoff's; and how the desk's key for one begins."""
HOME = "home"
"""How the desk's key for a home tab begins; the rest is whose it is."""
CHANNEL = "channel"
"""How the key of a work list ends that a whole channel reads, where others end with the reader's key."""
_DIGESTS_FOR = timedelta(days=7)
"""How long lists of earlier days are looked for."""


class Lists:
    """Puts out lists, and shows them anew. All raise ``TryLater`` or ``SlackRefused`` as ``SlackClient.call`` does."""

    def __init__(
        self, client: SlackClient, desk: SalesDesk, colleagues: Colleagues, clock: Clock, *, shared: bool = False
    ) -> None:
        """``shared``: visitors are in the workspace, too, whose home tabs are none of ours."""
        self._client = client
        self._desk = desk
        self._colleagues = colleagues
        self._clock = clock
        self._shared = shared
        self._poster = Poster(client)

    async def publish_home(self, who: Person) -> None:
        """Show somebody their home tab."""
        board = await self._desk.board(who)
        view = home(board, await self._desk.availability(who), self._clock())
        await self._client.call("views.publish", user_id=who.id, view=view)
        await self._desk.keep_list(TARGET, f"{HOME}:{who.id}", who.id, board.handoffs)

    async def send_digest(self, to: str | None, board: Board, key: str, name: str = "") -> None:
        """Send a work list to a person's id or a channel (None: the usual one), unless there is nothing to do.

        ``key`` tells the day and the reader (``2027-01-05:anna``): a list that is out already is not sent again. The
        list of the day before is taken down: what it asked for is done, or stands in the new one.
        """
        shown, place = digest(board, name), to or self._client.settings.channel
        if place is None:
            return
        try:
            out = await self._poster.find_all(place, DIGEST, self._clock() - _DIGESTS_FOR)
            if shown is not None:
                mark = Mark(id=DIGEST, key=key)
                if key not in out:
                    reference = await self._poster.post(place, shown, mark)
                else:  # It was not remembered, perhaps, what it names.
                    reference, _ = out[key]
                    await self._poster.update(reference, shown, mark)
                await self._desk.keep_list(TARGET, f"{DIGEST}:{key}", str(reference), board.handoffs)
            for old, (reference, _) in out.items():
                if old != key and _reader(old) == _reader(key):
                    await self._take_down(old, reference)
        except SlackRefused as error:
            if error.locks_out and error.error != "missing_scope":
                raise
            log.warning("the work list for %s cannot be sent to %s: %s", name or "the channel", place, error)

    async def renew(self, key: str, reference: str) -> None:
        """Let a list show what there is to do now; ``key`` and ``reference`` are those that the desk was told."""
        kind, _, rest = key.partition(":")
        try:
            if kind == HOME:
                await self._renew_home(rest)
            elif (place := read_reference(reference)) is not None:
                await self._renew_digest(rest, place)
        except SlackRefused as error:
            if error.locks_out and error.error != "missing_scope":
                raise
            log.warning("a list that named an erased lead could not be shown anew (%s): %s", key, error)

    async def _renew_home(self, user: str) -> None:
        """Without lists where it is not certain that they are still somebody of ours."""
        if self._shared and not await self._colleagues.is_of_team(user):
            await self._client.call("views.publish", user_id=user, view=empty_home())
            await self._desk.keep_list(TARGET, f"{HOME}:{user}", user, ())
        else:
            await self.publish_home(await self._colleagues.person(user))

    async def _renew_digest(self, key: str, place: Reference) -> None:
        reader = _reader(key)
        board, name = Board(), ""
        if reader == CHANNEL:
            board = (await self._desk.board(Person(target=TARGET, id="", name=""))).of_nobody
        elif colleague := await self._colleagues.by_key(reader):
            name = colleague.rep.name
            user = colleague.ids.get(TARGET, "")
            board = (await self._desk.board(Person(target=TARGET, id=user, name=name))).of_reader
        shown = digest(board, name)
        if shown is None:
            await self._take_down(key, place)
            return
        try:
            await self._poster.update(place, shown, Mark(id=DIGEST, key=key))
        except SlackRefused as error:
            if not error.post_is_gone:
                raise
            await self._take_down(key, place)
        else:
            await self._desk.keep_list(TARGET, f"{DIGEST}:{key}", str(place), board.handoffs)

    async def _take_down(self, key: str, place: Reference) -> None:
        try:
            await self._poster.delete(place)
        except SlackRefused as error:
            if error.error not in ("message_not_found", "channel_not_found"):
                raise
        await self._desk.keep_list(TARGET, f"{DIGEST}:{key}", str(place), ())


def _reader(key: str) -> str:
    """Whom a work list is for, by its key."""
    return key.partition(":")[2]
