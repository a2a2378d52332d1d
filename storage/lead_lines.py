"""A lead at a glance: what a list shows of it, and what every closer look begins with."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from dialogs.source import Source, load_touch
from dialogs.stages import Stage
from dialogs.values import Value
from storage.tables import IDENTITIES, LEADS
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """An answer as people read it."""

    field: str
    label: str
    shown: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """A lead at a glance."""

    id: int
    public_id: str
    answers: tuple[ShownAnswer, ...]
    identities: tuple[tuple[str, str], ...]
    """E-mail addresses and phone numbers, as (kind, value)."""
    stage: Stage
    fit: int
    engagement: int
    tags: tuple[str, ...]
    disqualified: str | None
    hot: bool
    hot_at: datetime | None
    owner: str | None
    owned_at: datetime | None
    script: str
    version: str
    channel: str
    language: str
    source: Source | None
    person_id: int
    """The same for all leads that seem to be one person."""
    linked: int
    """How many more leads this person has."""
    created: datetime
    updated: datetime


def lead_lines(tx: Transaction, rows: Sequence[Mapping[Any, Any]]) -> tuple[LeadLine, ...]:
    """The leads that rows of their table tell of, with what other tables add to them."""
    identities = _identities(tx, [row["id"] for row in rows])
    sizes = _group_sizes(tx, {row["person_lead_id"] or row["id"] for row in rows})
    return tuple(_line(row, identities[row["id"]], sizes) for row in rows)


def _line(row: Mapping[Any, Any], identities: list[tuple[str, str]], sizes: Mapping[int, int]) -> LeadLine:
    fields, labels, source = row["fields"], row["labels"], row["source"]
    person = row["person_lead_id"] or row["id"]
    return LeadLine(
        id=row["id"],
        public_id=row["public_id"],
        answers=tuple(
            ShownAnswer(field=field, label=label, shown=shown, value=fields.get(field))
            for field, (label, shown) in labels.items()
        ),
        identities=tuple(identities),
        stage=Stage(row["stage"]),
        fit=row["fit"],
        engagement=row["engagement"],
        tags=tuple(row["tags"]),
        disqualified=row["disqualified"],
        hot=row["hot"],
        hot_at=row["hot_at"],
        owner=row["owner"],
        owned_at=row["owned_at"],
        script=row["script"],
        version=row["version"],
        channel=row["channel"],
        language=row["language"],
        source=source and Source(first=load_touch(source["first"]), last=load_touch(source["last"])),
        person_id=person,
        linked=sizes[person] - 1,
        created=row["created"],
        updated=row["updated"],
    )


def _identities(tx: Transaction, leads: list[int]) -> defaultdict[int, list[tuple[str, str]]]:
    query = (
        select(IDENTITIES.c.lead_id, IDENTITIES.c.kind, IDENTITIES.c.value)
        .where(IDENTITIES.c.lead_id.in_(leads), IDENTITIES.c.kind.in_(("email", "phone")))
        .order_by(IDENTITIES.c.id.desc())
    )
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for lead_id, kind, value in tx.connection.execute(query):
        found[lead_id].append((kind, value))
    return found


def _group_sizes(tx: Transaction, persons: set[int]) -> dict[int, int]:
    person = func.coalesce(LEADS.c.person_lead_id, LEADS.c.id)
    query = (
        select(person, func.count())
        .where(or_(LEADS.c.id.in_(persons), LEADS.c.person_lead_id.in_(persons)))
        .group_by(person)
    )
    return dict(tx.connection.execute(query).all())
