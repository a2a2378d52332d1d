"""Leads as people look at them: a list with one row for each person, and rows for a table of one's own.

One person may have several leads (see ``storage.identities``). The list shows the one that changed last among those
that fit the filter, and says how many more there are; exports have a row for each lead, and the person's number.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Text, func, not_, or_, select, tuple_, type_coerce

from dialogs.stages import Stage
from storage import uploads
from storage.columns import json_text, micros, moment, plain
from storage.database import Database
from storage.erasing import Erasure, erase_lead, was_erased
from storage.identities import part_leads
from storage.lead_lines import LeadLine, ShownAnswer, lead_lines
from storage.profiles import profile_of
from storage.sheets import AmbiguousLead, LeadSheet, show_lead
from storage.tables import ANSWERS, LEADS
from storage.transaction import Transaction

__all__ = [
    "AmbiguousLead", "Erasure", "LeadFilter", "LeadLine", "LeadPage", "LeadSheet", "ShownAnswer", "answered_fields",
    "erase_lead", "export_leads", "list_leads", "number_of", "part_leads", "profile_of", "show_lead", "was_erased",
]  # fmt: skip
"""What others know as verbs of leads; some live in rooms of their own."""

WORDS_MOST = 8
"""Words of a search that count."""
_TOUCH = (
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "click_id", "campaign_code", "referrer",
    "landing_page",
)  # fmt: skip
EXPORTED_AT_ONCE = 500
"""Leads read in one transaction by an export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """Which leads; every condition that is set must hold."""

    hot: bool | None = None
    stage: Stage | None = None
    tag: str | None = None
    script: str | None = None
    owner: str | None = None
    search: str = ""
    """Words that all occur in the answers, or begin the lead's id."""
    since: datetime | None = None
    """Changed at this moment or later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """Some leads of a list."""

    leads: tuple[LeadLine, ...]
    next: str | None
    """What to ask for to get the following ones; None at the end."""


def list_leads(
    tx: Transaction, filters: LeadFilter | None = None, *, limit: int = 50, after: str | None = None
) -> LeadPage:
    """People who fit the filter, those who changed last first. Raises ``ValueError`` for a bad ``after``."""
    filters = filters or LeadFilter()
    other = LEADS.alias("other")
    person = func.coalesce(LEADS.c.person_lead_id, LEADS.c.id)
    # Not a window over all leads: this looks at one person at a time, and only until the page is full.
    newer = (
        select(other.c.id)
        .where(
            or_(other.c.id == person, other.c.person_lead_id == person),
            tuple_(other.c.updated, other.c.id) > tuple_(LEADS.c.updated, LEADS.c.id),
            *_conditions(other, filters),
        )
        .exists()
    )
    return _page(tx, select(LEADS).where(not_(newer), *_conditions(LEADS, filters)), limit, after)


async def export_leads(
    database: Database,
    filters: LeadFilter | None = None,
    prepare: Callable[[tuple[LeadLine, ...]], Awaitable[tuple[LeadLine, ...]]] | None = None,
) -> AsyncIterator[dict[str, Any]]:
    """A flat row for each lead that fits the filter, read a few hundred at a time, those who changed last first.

    ``prepare`` may bring the leads up to date before they are written.

    Answers stand under ``answer.<field>`` as people read them, objects and lists too. What is shown may be anything
    that a visitor typed: escape it for where it goes.
    """
    filters = filters or LeadFilter()
    after: str | None = None
    while True:
        page = await database.read(
            lambda tx, after=after: _page(  # type: ignore[misc]  # mypy knows no default in a lambda.
                tx, select(LEADS).where(*_conditions(LEADS, filters)), EXPORTED_AT_ONCE, after
            )
        )
        sent = await database.read(partial(uploads.of_leads, leads=[line.id for line in page.leads]))
        for line in page.leads if prepare is None else await prepare(page.leads):
            yield _flat(line) | {"files": "; ".join(f"{one.name} ({one.id})" for one in sent.get(line.id, ()))}
        after = page.next
        if after is None:
            return


def answered_fields(tx: Transaction) -> list[str]:
    """Every field that any lead has answered, also of versions and questions that are gone, in a steady order."""
    query = select(ANSWERS.c.field).group_by(ANSWERS.c.field).order_by(func.min(ANSWERS.c.id))
    return list(tx.connection.execute(query).scalars())


def number_of(tx: Transaction, public_id: str) -> int | None:
    """The number of the lead with this id."""
    return tx.connection.execute(select(LEADS.c.id).where(LEADS.c.public_id == plain(public_id))).scalar()


def _page(tx: Transaction, query: Select[Any], limit: int, after: str | None) -> LeadPage:
    if after is not None:
        query = query.where(tuple_(LEADS.c.updated, LEADS.c.id) < _cursor(after))
    query = query.order_by(LEADS.c.updated.desc(), LEADS.c.id.desc()).limit(limit + 1)
    rows = tx.connection.execute(query).mappings().all()
    lines = lead_lines(tx, rows[:limit])
    following = f"{micros(lines[-1].updated)}.{lines[-1].id}" if len(rows) > limit else None
    return LeadPage(leads=lines, next=following)


def _cursor(after: str) -> tuple[datetime, int]:
    updated, _, number = after.partition(".")
    try:
        return moment(int(updated)), int(number)
    except (ValueError, OverflowError) as error:
        raise ValueError("this is not a place in the list") from error


def _conditions(lead: FromClause, filters: LeadFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.hot is not None:
        conditions.append(lead.c.hot if filters.hot else not_(lead.c.hot))
    for column, wanted in (("stage", filters.stage), ("script", filters.script), ("owner", filters.owner)):
        if wanted is not None:
            conditions.append(lead.c[column] == plain(wanted))
    if filters.tag is not None:
        conditions.append(_holds(type_coerce(lead.c.tags, Text), json_text(filters.tag)))
    if filters.since is not None:
        conditions.append(lead.c.updated >= filters.since)
    words = plain(filters.search).casefold().split()[:WORDS_MOST]
    return conditions + [
        or_(_holds(lead.c.search, word), lead.c.public_id.startswith(word, autoescape=True)) for word in words
    ]


def _holds(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return column.contains(text, autoescape=True)


def _flat(line: LeadLine) -> dict[str, Any]:
    first, last = (line.source.first, line.source.last) if line.source else (None, None)
    contacts = dict(reversed(line.identities))
    row: dict[str, Any] = {
        "id": line.public_id,
        "person": line.person_id,
        "created": line.created.isoformat(),
        "updated": line.updated.isoformat(),
        "stage": line.stage.value,
        "fit": line.fit,
        "engagement": line.engagement,
        "score": line.fit + line.engagement,
        "hot": line.hot,
        "hot_at": line.hot_at and line.hot_at.isoformat(),
        "owner": line.owner,
        "disqualified": line.disqualified,
        "tags": ", ".join(line.tags),
        "email": contacts.get("email"),
        "phone": contacts.get("phone"),
        "script": line.script,
        "version": line.version,
        "channel": line.channel,
        "language": line.language,
    }
    for name, touch in (("first", first), ("last", last)):
        for part in _TOUCH:
            row[f"{name}_{part}"] = touch and getattr(touch, part)
    return row | {f"answer.{answer.field}": answer.shown for answer in line.answers}
