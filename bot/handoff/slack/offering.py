"""Tells the one colleague who is asked, or to whom a lead was passed on, in a message to them alone."""

import logging

from bot.desk.contract import DeskView, Posts
from bot.handoff.slack.card import Shown, digest_of
from bot.handoff.slack.colleagues import Colleagues
from bot.handoff.slack.offers import is_asked, offer, passed_on
from bot.handoff.slack.posting import Mark, Poster, Reference, read_reference
from bot.handoff.slack.thread import entry_key
from bot.slack.refusals import SlackRefused
from dialogs.desk.people import Rep

log = logging.getLogger(__name__)

OFFER, PASSED_ON = "offer:", "passed_on:"
"""How keys of these messages begin."""
NOBODY = "-"
"""Reference of a message that could not be sent."""


class Offering:
    """Offers, rewritten when they are over."""

    def __init__(self, poster: Poster, colleagues: Colleagues) -> None:
        self._poster = poster
        self._colleagues = colleagues

    async def show(self, view: DeskView, posts: Posts, root: Reference) -> None:
        """Ask who is to be asked now, and tell those who were asked before what became of it."""
        asked = view.desk.offered_to
        if asked is not None and is_asked(view, asked) and posts.find(f"{OFFER}{asked.key}") is None:
            await self._send(view, posts, root, f"{OFFER}{asked.key}", asked)
        await self._tell_owner(view, posts, root)
        for key in tuple(posts.keys()):
            if key.startswith(OFFER):
                await self._rewrite(view, posts, root, key)

    async def _send(self, view: DeskView, posts: Posts, root: Reference, key: str, rep: Rep) -> None:
        await self._out(view, posts, key, rep, offer(view, rep, card_link=await self._poster.link(root)))

    async def _tell_owner(self, view: DeskView, posts: Posts, root: Reference) -> None:
        """Whoever has it now because somebody passed it on to them."""
        entry = next((one for one in reversed(view.desk.entries) if one.what == "passed_on"), None)
        owner = view.desk.rep
        if entry is None or owner is None or not view.desk.is_live:
            return
        name, _, words = entry.text.partition(": ")
        key = f"{PASSED_ON}{entry_key(entry)}"
        if name == owner.name and posts.find(key) is None:
            link = await self._poster.link(root)
            await self._out(view, posts, key, owner, passed_on(view, entry.by, words, card_link=link))

    async def _out(self, view: DeskView, posts: Posts, key: str, rep: Rep, shown: Shown) -> None:
        """Send it, unless it is out. Somebody whom Slack does not know is asked by the card alone."""
        user = await self._colleagues.user_of(rep)
        mark = Mark(id=view.id, key=key, handoff=view.handoff)
        if user is None:
            await posts.keep(key, NOBODY)
            return
        try:
            reference = await self._poster.find(user, mark, view.desk.at) if posts.attempts else None
            if reference is None:
                reference = await self._poster.post(user, shown, mark)
        except SlackRefused as error:
            if error.locks_out and error.error != "missing_scope":
                raise
            log.warning("%s cannot be told of a lead: %s", rep.name, error)
            await posts.keep(key, NOBODY)
            return
        await posts.keep(key, str(reference), digest_of(shown))

    async def _rewrite(self, view: DeskView, posts: Posts, root: Reference, key: str) -> None:
        post = posts.find(key)
        reference = None if post is None else read_reference(post.reference)
        if post is None or reference is None:
            return
        rep = _rep_of(view, key.removeprefix(OFFER))
        shown = offer(view, rep, card_link=await self._poster.link(root))
        digest = digest_of(shown)
        if digest == post.digest:
            return
        try:
            await self._poster.update(reference, shown, Mark(id=view.id, key=key, handoff=view.handoff))
        except SlackRefused as error:
            if not (error.post_is_gone or error.channel_is_gone):
                raise
            log.warning("an offer could not be rewritten: %s", error)
        await posts.keep(key, str(reference), digest)


def _rep_of(view: DeskView, key: str) -> Rep:
    """The colleague of the plan with this key."""
    known = (*view.desk.plan.reps, view.desk.offered_to, view.desk.rep)
    return next((rep for rep in known if rep is not None and rep.key == key), Rep(key=key, name=key))
