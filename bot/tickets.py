"""Tickets to another channel: what is offered to a visitor who wants to go on there.

A ticket is a link with a code of 128 random bits, kept as a hash, good once and for a quarter of an hour. What happens
when it is used is decided in ``bot.crossing``.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.qr import code_of
from dialogs import phrases
from dialogs.crossing import WEB, title_of
from dialogs.effects import Link, OfferCrossing, Say
from dialogs.state import ConversationState
from storage import crossings
from storage.transaction import Transaction

TICKET_LASTS = timedelta(minutes=15)

Way = Callable[[str, str], str | None]
"""The address at which a code, of a conversation of this script, brings a visitor over; None where there is none."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is said to somebody who wants to go on elsewhere, and the code in it."""

    say: Say
    code: str | None
    """None where they cannot."""
    card: Mapping[str, Any] | None = None
    """The link as a picture for a phone, beside a chat on a website."""


def new_code() -> str:
    """128 bits, as 22 characters of A-Z a-z 0-9 _ -."""
    return secrets.token_urlsafe(16)


def ticket_for(offer: OfferCrossing, state: ConversationState, ways: Mapping[str, Way]) -> Ticket:
    """The ticket for a visitor who wants to go on on another channel."""
    language, way = state.language, ways.get(offer.to)
    code = new_code()
    address = way(code, state.script) if way is not None and offer.to != state.channel else None
    if address is None:
        return Ticket(Say(text=phrases.say("cross_nowhere", language), step=offer.step), None)
    is_web = offer.to == WEB
    text = phrases.say("cross_to_website" if is_web else "cross_to", language, channel=title_of(offer.to))
    label = phrases.say("website", language) if is_web else title_of(offer.to)
    card = None
    if state.channel == WEB:
        title = phrases.say("cross_by_code", language, channel=title_of(offer.to))
        card = {"kind": "qr", "title": title, **code_of(address).dump()}
    return Ticket(Say(text=text, step=offer.step, links=(Link(label, address),)), code, card)


def issue(tx: Transaction, tickets: Iterable[Ticket], conversation_id: int, at: datetime) -> None:
    """Make tickets valid, in the transaction that saves the turn that offers them."""
    for ticket in tickets:
        if ticket.code is not None:
            crossings.offer(tx, ticket.code, conversation_id, at + TICKET_LASTS)
