"""Campaign links: a short code that says which poster, advertisement or mail somebody came by.

A code is opaque: it says where somebody came from, and never who they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, distinct, func, select

from dialogs.facts import FactKind
from storage import tallies
from storage.columns import json_text, maybe_moment, micros, moment, plain
from storage.statements import Statement, insert_new
from storage.tables import CAMPAIGN_LINKS, CONVERSATIONS, FACTS, IDENTITIES
from storage.transaction import Transaction

_CONTACTS = ("email", "phone")
"""Kinds of identities by which somebody can be reached."""
_COLUMNS = ("code", "name", "script", "step", "page", "source", "created", "expires")
_ADD = insert_new(CAMPAIGN_LINKS, *_COLUMNS)
_FIND = Statement(
    select(*(CAMPAIGN_LINKS.c[name] for name in _COLUMNS)).where(CAMPAIGN_LINKS.c.code == bindparam("code"))
)
_ALL = Statement(select(*(CAMPAIGN_LINKS.c[name] for name in _COLUMNS)).order_by(CAMPAIGN_LINKS.c.created))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a campaign."""

    code: str
    name: str
    """For people."""
    script: str
    step: str | None = None
    """Where the talk begins; None at its beginning."""
    page: str | None = None
    """Address of the page that it opens; None for the chat's own."""
    source: Mapping[str, str] = field(default_factory=dict)
    """``utm_source`` and the like."""
    created: datetime
    expires: datetime | None = None

    def is_valid(self, at: datetime) -> bool:
        """Whether it still leads anywhere."""
        return self.expires is None or at < self.expires


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCount:
    """What a link has brought."""

    opened: int
    """On our server; a chat on a messenger is opened without us."""
    talks: int
    leads: int
    """People with an address or a number among those who talked."""


def add(tx: Transaction, link: Link) -> bool:
    """Remember a link; False where its code is taken."""
    row = {
        "code": link.code,
        "name": plain(link.name),
        "script": plain(link.script),
        "step": None if link.step is None else plain(link.step),
        "page": None if link.page is None else plain(link.page),
        "source": json_text(dict(link.source)),
        "created": micros(link.created),
        "expires": None if link.expires is None else micros(link.expires),
    }
    return tx.run(_ADD, row) > 0


def find(tx: Transaction, code: str) -> Link | None:
    """The link with this code, valid or not."""
    row = tx.row(_FIND, {"code": plain(code)})
    return None if row is None else _link(row)


def every(tx: Transaction) -> list[Link]:
    """All of them, the oldest first."""
    return [_link(row) for row in tx.rows(_ALL, {})]


def remove(tx: Transaction, code: str) -> bool:
    """Forget a link, and how often it was opened; whether there was one. Who came by it keeps that in their source."""
    tallies.forget(tx, tallies.LINK_OPENED, code)
    found = tx.connection.execute(delete(CAMPAIGN_LINKS).where(CAMPAIGN_LINKS.c.code == plain(code)))
    return found.rowcount > 0


def count(tx: Transaction, code: str) -> LinkCount:
    """What a link has brought until now."""
    came = (
        select(FACTS.c.conversation_id)
        .distinct()
        .where(FACTS.c.campaign_code == code, FACTS.c.kind.in_((FactKind.STARTED.value, FactKind.RETURNED.value)))
        .subquery()
    )
    talks = tx.connection.execute(select(func.count()).select_from(came)).scalar_one()
    reached = (
        select(func.count(distinct(CONVERSATIONS.c.lead_id)))
        .join(IDENTITIES, IDENTITIES.c.lead_id == CONVERSATIONS.c.lead_id)
        .where(CONVERSATIONS.c.id.in_(select(came)), IDENTITIES.c.kind.in_(_CONTACTS))
    )
    leads = tx.connection.execute(reached).scalar_one()
    opened = tallies.total(tx, tallies.LINK_OPENED, code)
    return LinkCount(opened=opened, talks=int(talks), leads=int(leads))


def _link(row: Sequence[Any]) -> Link:
    code, name, script, step, page, source, created, expires = row
    return Link(
        code=code,
        name=name,
        script=script,
        step=step,
        page=page,
        source=json.loads(source),
        created=moment(created),
        expires=maybe_moment(expires),
    )
