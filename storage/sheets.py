"""Everything that is known about one lead, with where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from dialogs.desk.acts import Entry
from dialogs.events import Act
from dialogs.stages import Stage
from dialogs.state import Receipt
from dialogs.values import Value
from storage import conversations, handoffs, magnets, uploads
from storage.columns import plain
from storage.handoffs import StoredHandoff
from storage.lead_lines import LeadLine, lead_lines
from storage.magnets import StoredGrant
from storage.standings import scored_last
from storage.tables import ACTS, ANSWERS, CONSENTS, CONVERSATIONS, IDENTITIES, LEADS, RECEIPTS
from storage.transaction import Transaction
from storage.uploads import StoredUpload

SHORTEST_PREFIX = 4
"""Characters of a lead's id that are enough to name it, if no other id begins with them."""


class AmbiguousLead(LookupError):
    """More than one lead is meant; ``public_ids`` are all of them."""

    def __init__(self, key: str, public_ids: tuple[str, ...]) -> None:
        super().__init__(f"{key!r} may mean any of {len(public_ids)} leads: {', '.join(public_ids)}")
        self.public_ids = public_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityShown:
    """By what the lead may be recognised."""

    kind: str
    value: str
    strength: str
    """``proven`` or ``claimed``."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """An answer as it was given, perhaps corrected since."""

    field: str
    label: str
    shown: str
    value: Value
    forgotten: bool
    """Whether this says that the answer no longer held."""
    version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptShown:
    """Why the lead has points, or had them."""

    receipt: Receipt
    conversation: str
    withdrawn_at: datetime | None
    counted: bool
    """Whether it is part of the score now: not withdrawn, and of the conversation that scored last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """A yes or a no to one purpose."""

    purpose: str
    given: bool
    version: str
    wording: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationShown:
    """One conversation of the lead, with every word."""

    public_id: str
    channel: str
    script: str
    version: str
    status: str
    rep: str | None
    created: datetime
    updated: datetime
    messages: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedLead:
    """Another lead that seems to be the same person, and what makes it seem so."""

    public_id: str
    stage: Stage
    created: datetime
    shared: tuple[tuple[str, str], ...]
    """Identities that both have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadSheet:
    """Everything about one lead. Lists are in the order in which things happened."""

    lead: LeadLine
    identities: tuple[IdentityShown, ...]
    history: tuple[AnswerGiven, ...]
    receipts: tuple[ReceiptShown, ...]
    consents: tuple[ConsentGiven, ...]
    acts: tuple[Act, ...]
    grants: tuple[StoredGrant, ...]
    handoffs: tuple[StoredHandoff, ...]
    desk: Mapping[int, Sequence[Entry]]
    """What people did with each handoff, by its number."""
    conversations: tuple[ConversationShown, ...]
    linked: tuple[LinkedLead, ...]
    files: tuple[StoredUpload, ...] = ()


def show_lead(tx: Transaction, key: str) -> LeadSheet | None:
    """The lead with this id, or the beginning of one, or with this e-mail address or phone number.

    Where there is none, the lead whose e-mail address begins so.

    Leads that are linked are one person: an address that they share means the one that changed last. Raises
    ``AmbiguousLead``.
    """
    row = _find(tx, plain(key.strip()))
    return None if row is None else _sheet(tx, row)


def sheet_of(tx: Transaction, lead_id: int) -> LeadSheet | None:
    """The lead with this number."""
    row = tx.connection.execute(select(LEADS).where(LEADS.c.id == lead_id)).mappings().first()
    return None if row is None else _sheet(tx, row)


def _sheet(tx: Transaction, row: Mapping[Any, Any]) -> LeadSheet:
    (line,) = lead_lines(tx, [row])
    number = line.id
    conversations_of = select(CONVERSATIONS).where(CONVERSATIONS.c.lead_id == number).order_by(CONVERSATIONS.c.id)
    talks = tx.connection.execute(conversations_of).mappings().all()
    passed_on = handoffs.of_lead(tx, number)
    return LeadSheet(
        lead=line,
        identities=_identities(tx, number),
        history=_history(tx, number),
        receipts=_receipts(tx, number),
        consents=_consents(tx, number),
        acts=tuple(Act(*row) for row in tx.connection.execute(_of(ACTS, number, "name", "at"))),
        grants=tuple(grant for talk in talks for grant in magnets.grants_of(tx, talk["id"])),
        handoffs=tuple(passed_on),
        desk={one.id: tuple(handoffs.entries_of(tx, one.id)) for one in passed_on},
        conversations=tuple(_conversation(tx, talk) for talk in talks),
        linked=_linked(tx, line),
        files=tuple(uploads.of_lead(tx, number)),
    )


def _find(tx: Transaction, key: str) -> Mapping[Any, Any] | None:
    exact = tx.connection.execute(select(LEADS).where(LEADS.c.public_id == key)).mappings().first()
    if exact is not None:
        return exact
    sharing = select(IDENTITIES.c.lead_id).where(
        IDENTITIES.c.kind.in_(("email", "phone", "external")), IDENTITIES.c.value.in_((key, key.casefold()))
    )
    meant: ColumnElement[bool] = LEADS.c.id.in_(sharing)
    if len(key) >= SHORTEST_PREFIX:
        meant = or_(meant, LEADS.c.public_id.startswith(key, autoescape=True))
    if (row := _only(tx, key, meant)) is not None or not key:
        return row
    begins_so = IDENTITIES.c.value.startswith(key.casefold(), autoescape=True)
    beginning = select(IDENTITIES.c.lead_id).where(IDENTITIES.c.kind == "email", begins_so)
    return _only(tx, key, LEADS.c.id.in_(beginning))


def _only(tx: Transaction, key: str, meant: ColumnElement[bool]) -> Mapping[Any, Any] | None:
    """The lead that is meant; of one person's leads that which changed last. Raises ``AmbiguousLead``."""
    query = select(LEADS).where(meant).order_by(LEADS.c.updated.desc(), LEADS.c.id.desc())
    found = tx.connection.execute(query).mappings().all()
    if len({row["person_lead_id"] or row["id"] for row in found}) > 1:
        raise AmbiguousLead(key, tuple(row["public_id"] for row in found))
    return found[0] if found else None


def _of(table: Any, lead_id: int, *columns: str) -> Select[Any]:
    return select(*(table.c[name] for name in columns)).where(table.c.lead_id == lead_id).order_by(table.c.id)


def _identities(tx: Transaction, lead_id: int) -> tuple[IdentityShown, ...]:
    rows = tx.connection.execute(_of(IDENTITIES, lead_id, "kind", "value", "strength", "at")).mappings()
    return tuple(IdentityShown(**row) for row in rows)


def _history(tx: Transaction, lead_id: int) -> tuple[AnswerGiven, ...]:
    columns = ("field", "label", "shown", "value", "forgotten", "version", "at")
    return tuple(AnswerGiven(**row) for row in tx.connection.execute(_of(ANSWERS, lead_id, *columns)).mappings())


def _consents(tx: Transaction, lead_id: int) -> tuple[ConsentGiven, ...]:
    columns = ("purpose", "given", "version", "wording", "at")
    return tuple(ConsentGiven(**row) for row in tx.connection.execute(_of(CONSENTS, lead_id, *columns)).mappings())


def _receipts(tx: Transaction, lead_id: int) -> tuple[ReceiptShown, ...]:
    last_conversation = next((talk for talk, _, _ in scored_last(tx, [lead_id]).values()), None)
    columns = ("rule", "axis", "points", "because", "evidence", "at", "version", "half_life")
    query = (
        select(
            *(RECEIPTS.c[name] for name in columns),
            RECEIPTS.c.withdrawn_at,
            CONVERSATIONS.c.id,
            CONVERSATIONS.c.public_id,
        )
        .join(CONVERSATIONS, CONVERSATIONS.c.id == RECEIPTS.c.conversation_id)
        .where(RECEIPTS.c.lead_id == lead_id)
        .order_by(RECEIPTS.c.id)
    )
    return tuple(
        ReceiptShown(
            receipt=Receipt(**dict(zip(columns, values, strict=True))),
            conversation=public_id,
            withdrawn_at=withdrawn_at,
            counted=withdrawn_at is None and conversation_id == last_conversation,
        )
        for *values, withdrawn_at, conversation_id, public_id in tx.connection.execute(query)
    )


def _conversation(tx: Transaction, talk: Mapping[Any, Any]) -> ConversationShown:
    return ConversationShown(
        public_id=talk["public_id"],
        channel=talk["channel"],
        script=talk["script"],
        version=talk["version"],
        status=talk["status"],
        rep=talk["rep"],
        created=talk["created"],
        updated=talk["updated"],
        messages=tuple(message for turn in conversations.history(tx, talk["id"]) for message in turn.messages),
    )


def _linked(tx: Transaction, line: LeadLine) -> tuple[LinkedLead, ...]:
    group = or_(LEADS.c.id == line.person_id, LEADS.c.person_lead_id == line.person_id)
    query = (
        select(LEADS.c.id, LEADS.c.public_id, LEADS.c.stage, LEADS.c.created)
        .where(group, LEADS.c.id != line.id)
        .order_by(LEADS.c.id)
    )
    own = {(identity.kind, identity.value) for identity in _identities(tx, line.id)}
    return tuple(
        LinkedLead(
            public_id=public_id,
            stage=Stage(stage),
            created=created,
            shared=tuple((one.kind, one.value) for one in _identities(tx, number) if (one.kind, one.value) in own),
        )
        for number, public_id, stage, created in tx.connection.execute(query)
    )
