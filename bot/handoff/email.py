"""Tells people of leads by mail, with a link by which the first one takes it.

1. One mail each, and few: the alert, that it is one's turn or one's own now, that nobody has taken it yet, that
   somebody has, and at most once that it is free again.
2. A mail that is sent again, because it is not known whether it arrived, has the same Message-ID.
3. A mailbox that refuses keeps no other from being told.
"""

from collections.abc import Awaitable, Callable, Container, Iterator, Mapping, Sequence
from typing import ClassVar

from bot.claim_links import ClaimLinks
from bot.desk.contract import Colleague, DeskView, Post, Posts, TryLater, Undeliverable
from bot.handoff.letters import CARD, Letter, write
from bot.outbound import AddressRefused, MailRefused, MailServer, NotReached, Outbound
from bot.redaction import Redaction
from bot.settings.outside import Mailbox, MailboxKind
from dialogs.desk.people import Rep
from dialogs.desk.standing import Desk, Phase

_TAKEN = "taken"
"""Digest of an alert that said already who has it."""
Colleagues = Callable[[], Awaitable[Sequence[Colleague]]]


class EmailTarget:
    """Sends mails from ``sender`` to whoever a route names, else to ``to``, and to people of the team themselves."""

    name: ClassVar[str] = "email"

    def __init__(
        self,
        door: Outbound,
        server: MailServer,
        sender: Mailbox,
        to: Sequence[Mailbox],
        links: ClaimLinks,
        colleagues: Colleagues,
        *,
        redaction: Redaction | None = None,
    ) -> None:
        self._door = door
        self._server = server
        self._sender = sender
        self._to = to
        self._links = links
        self._colleagues = colleagues
        self._redact = redaction or Redaction()

    async def show(self, view: DeskView, posts: Posts) -> None:
        """Send what has to be said by now and was not said yet. Raises ``TryLater`` and ``Undeliverable``."""
        if not view.desk.is_live:
            return
        addresses = {one.rep.key: one.ids[self.name] for one in await self._colleagues() if self.name in one.ids}
        trouble: Undeliverable | TryLater | None = None
        for letter in _letters(view, posts, self._recipients(view), addresses, self._links):
            try:
                await self._send(letter, view)
            except _Refused as refused:
                # The others are told nevertheless. What may still work is what decides when to try again.
                if trouble is None or not refused.for_good:
                    trouble = Undeliverable(str(refused)) if refused.for_good else TryLater(str(refused))
                continue
            await posts.keep(letter.key, letter.to.address, letter.digest)
        if trouble is not None:
            raise trouble

    async def forget(self, references: Sequence[tuple[str, str]]) -> None:
        """Nothing: a mail cannot be called back. Its link leads to a page that says the lead was erased."""

    def _recipients(self, view: DeskView) -> list[Mailbox]:
        """Whom the route names, if it names addresses; else the usual ones."""
        named = [found for part in (view.desk.plan.channel or "").split(",") if (found := _mailbox(part))]
        return list({one.address: one for one in named or self._to}.values())

    async def _send(self, letter: Letter, view: DeskView) -> None:
        message = write(letter, view, self._sender, self._redact)
        try:
            await self._server.send(self._door, message, self._sender.address, letter.to.address)
        except AddressRefused as error:
            raise Undeliverable(f"e-mail: {error}") from None
        except NotReached as error:
            raise TryLater(f"e-mail: {error}") from None
        except MailRefused as error:
            told = f"e-mail to {letter.to.address}: {error}"
            raise _Refused(self._redact(told), for_good=error.for_good) from None


class _Refused(Exception):
    """The server does not take a mail to somebody."""

    def __init__(self, message: str, *, for_good: bool) -> None:
        super().__init__(message)
        self.for_good = for_good


def _letters(
    view: DeskView, posts: Posts, recipients: Sequence[Mailbox], addresses: Mapping[str, str], links: ClaimLinks
) -> Iterator[Letter]:
    """What is to be sent, in order."""
    desk = view.desk
    yield from _alerts(view, posts, recipients, addresses, links)
    told = {to.address: post for to in recipients if (post := posts.find(_alert_key(to, recipients)))}
    yield from _personal(view, posts, told, addresses, links)
    if desk.rep is not None:
        yield from _taken(desk, desk.rep, posts, recipients, told, addresses)
        return
    for to in recipients:
        knew = posts.find(f"taken:{to.address}") or (to.address in told and told[to.address].digest == _TAKEN)
        if knew and posts.find(f"free:{to.address}") is None:
            yield Letter(
                key=f"free:{to.address}",
                to=to,
                opening=("It is free again.",),
                link=links.link(view.handoff, to.address),
                prefix="Free again: ",
                answers_alert=True,
            )
    if desk.escalated:
        called = _called(desk, addresses)
        for to in (called,) if called else recipients:
            if posts.find(f"escalated:{to.address}") is None:
                yield Letter(
                    key=f"escalated:{to.address}",
                    to=to,
                    opening=("Nobody has taken it yet.",),
                    link=links.link(view.handoff, to.address),
                    prefix="Still waiting: ",
                    answers_alert=to.address in told,
                )


def _alerts(
    view: DeskView, posts: Posts, recipients: Sequence[Mailbox], addresses: Mapping[str, str], links: ClaimLinks
) -> Iterator[Letter]:
    """The alert to everybody who is told of every lead."""
    desk = view.desk
    for to in recipients:
        key = _alert_key(to, recipients)
        if posts.find(key) is not None:
            continue
        if desk.rep is not None:
            yield Letter(key=key, to=to, opening=(f"{desk.rep.name} has taken it.",), digest=_TAKEN)
            continue
        asked = desk.offered_to if desk.phase is Phase.OFFERED else None
        theirs = asked is not None and addresses.get(asked.key) == to.address
        opening = _turn(desk) if theirs else (f"{asked.name} is asked first.",) if asked else ()
        link = links.link(view.handoff, to.address)
        yield Letter(key=key, to=to, opening=opening, link=link, prefix="For you: " if theirs else "")


def _personal(
    view: DeskView, posts: Posts, told: Container[str], addresses: Mapping[str, str], links: ClaimLinks
) -> Iterator[Letter]:
    """To whoever is asked, unless they have the alert, and to whom somebody gave it."""
    desk = view.desk
    if desk.phase is Phase.OFFERED and desk.offered_to is not None:
        to, key = _box_of(desk.offered_to, addresses), f"offer:{desk.offered_to.key}"
        if to and to.address not in told and posts.find(key) is None:
            link = links.link(view.handoff, to.address)
            yield Letter(key=key, to=to, opening=_turn(desk), link=link, prefix="For you: ")
    if desk.rep is not None and (given := _given_by(desk)) is not None:
        to, key = _box_of(desk.rep, addresses), f"yours:{desk.rep.key}:{desk.claimed_at}"
        if to and posts.find(key) is None:
            by, context = given
            yield Letter(
                key=key,
                to=to,
                opening=(f"{by} has given it to you{f': {context}' if context else '.'}",),
                link=links.link(view.handoff, to.address),
                prefix="Yours: ",
                answers_alert=to.address in told,
            )


def _taken(
    desk: Desk,
    rep: Rep,
    posts: Posts,
    recipients: Sequence[Mailbox],
    told: Mapping[str, Post],
    addresses: Mapping[str, str],
) -> Iterator[Letter]:
    """To whoever has the alert: that they need not do anything."""
    for to in recipients:
        key = f"taken:{to.address}"
        knows = to.address not in told or told[to.address].digest == _TAKEN or to.address == addresses.get(rep.key)
        if not knows and posts.find(key) is None:
            said = f"{rep.name} has taken it."
            yield Letter(key=key, to=to, opening=(said,), full=False, prefix="Taken: ", answers_alert=True)


def _alert_key(to: Mailbox, recipients: Sequence[Mailbox]) -> str:
    return CARD if to == recipients[0] else f"{CARD}:{to.address}"


def _turn(desk: Desk) -> tuple[str, ...]:
    until = f" until {desk.until:%H:%M:%S %Z}" if desk.until else ""
    return (f"It is your turn{until}; then others are asked. You can take it for as long as nobody has.",)


def _given_by(desk: Desk) -> tuple[str, str] | None:
    """(who, with which words) gave it to whoever has it; None when they took it themselves."""
    for entry in reversed(desk.entries):
        if entry.what == "claimed":
            return None
        if entry.what == "passed_on":
            return entry.by, entry.text.partition(": ")[2]
    return None


def _called(desk: Desk, addresses: Mapping[str, str]) -> Mailbox | None:
    """Who is called when nobody takes it, if that is somebody with an address."""
    called = desk.plan.escalate_to or ""
    return _mailbox(addresses.get(called, called))


def _box_of(rep: Rep, addresses: Mapping[str, str]) -> Mailbox | None:
    found = _mailbox(addresses.get(rep.key, ""))
    return None if found is None else Mailbox(found.address, rep.name)


def _mailbox(text: str) -> Mailbox | None:
    """An address, where a text is one; ``#sales`` is none."""
    if "@" not in text:
        return None
    try:
        return MailboxKind().read(text)
    except ValueError:
        return None
