"""Every table, and nothing but tables: what is remembered, and by which key it is found.

Longer than other files because whoever asks what is stored about a person should have one place to look.

1. Times are microseconds since 1970 in UTC (``columns.Moment``); JSON is text (``columns.Json``).
2. Indexes exist for the searches that this package makes, no others: each costs every turn a little.
3. Facts survive the erasure of a person, everything else of the person goes.
4. A number that leaves the database, or that facts remember, is never given twice (``AUTOINCREMENT``).
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, Index, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import BigKey, Json, Moment

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


_NEVER_TWICE = {"sqlite_autoincrement": True}


def _number() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigKey)


def _to(column: str, *, index: bool = False) -> Any:
    return Field(default=None, foreign_key=column, sa_type=BigKey, index=index)


def _moment() -> Any:
    return Field(sa_type=Moment)


def _maybe() -> Any:
    return Field(default=None, sa_type=Moment)


def _json() -> Any:
    return Field(sa_type=Json)


class Lead(SQLModel, table=True):
    """What a visitor turned out to be, as far as it is known."""

    __tablename__ = "leads"
    __table_args__ = (
        Index("ix_leads_hot", "hot_at", sqlite_where=text("hot = 1"), postgresql_where=text("hot")),
        _NEVER_TWICE,
    )

    id: int | None = _number()
    public_id: str = Field(unique=True)
    fields: Any = _json()
    """Answer by field name."""
    labels: Any = _json()
    """By field name: its label, and its value as people read it."""
    tags: Any = _json()
    stage: str
    fit: int
    engagement: int
    disqualified: str | None
    """Why, when the lead is disqualified."""
    hot: bool
    """Whether people were brought in."""
    hot_at: datetime | None = _maybe()
    owner: str | None
    """The person of ours who has taken this lead."""
    owned_at: datetime | None = _maybe()
    script: str
    version: str
    channel: str
    language: str
    source: Any = _json()
    """First and last touch, or null."""
    search: str
    """Everything one may look for, in lower case."""
    person_lead_id: int | None = _to("leads.id", index=True)
    """The oldest lead that seems to be the same person; None for that lead itself."""
    created: datetime = _moment()
    updated: datetime = Field(sa_type=Moment, index=True)


class Conversation(SQLModel, table=True):
    """One visitor on one channel, and where they stand."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "address"), _NEVER_TWICE)

    id: int | None = _number()
    public_id: str = Field(unique=True)
    channel: str
    address: str
    """Where on the channel; with the channel the conversation's key."""
    person: str = Field(index=True)
    lead_id: int | None = _to("leads.id", index=True)
    script: str
    version: str
    state: Any = _json()
    row_version: int
    """Grows with every turn; a writer that read an older one has lost."""
    last_seq: int
    """Number of the last message."""
    turns: int
    """Number of the last turn."""
    status: str
    rep: str | None
    """The person of ours who talks here; the bot is silent."""
    created: datetime = _moment()
    updated: datetime = _moment()
    visited: datetime = _moment()
    """When the visitor last did anything."""


class Turn(SQLModel, table=True):
    """One event and what it made the bot say: the transcript, and the record that answers a repeat."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "external_id"),
        Index("ix_turns_seq", "conversation_id", "last_seq"),
    )

    id: int | None = _number()
    conversation_id: int = _to("conversations.id")
    number: int
    external_id: str | None
    """The channel's name for the event; None where nothing came from outside."""
    event: str | None
    """JSON; None for words of a person of ours."""
    messages: str
    """JSON list."""
    first_seq: int
    last_seq: int
    at: datetime = _moment()


class Fact(SQLModel, table=True):
    """One thing that is counted, with what was true at that moment."""

    __tablename__ = "facts"
    __table_args__ = (Index("ix_facts_script_at", "script", "at"),)

    id: int | None = _number()
    at: datetime = _moment()
    kind: str
    step: str
    detail: str
    conversation_id: int = Field(sa_type=BigKey)
    """Stays after an erasure, when nothing bears this number any more: so that visits can still be told apart."""
    channel: str
    script: str
    version: str
    variants: str
    """JSON: arm by experiment."""
    language: str
    first_source: str | None
    first_medium: str | None
    first_campaign: str | None
    last_source: str | None
    last_medium: str | None
    last_campaign: str | None
    campaign_code: str | None


class Identity(SQLModel, table=True):
    """By what a lead may be recognised."""

    __tablename__ = "identities"
    __table_args__ = (
        UniqueConstraint("lead_id", "kind", "value"),
        Index("ix_identities_value", "kind", "value"),
        Index(
            "uq_identities_proven",
            "kind",
            "value",
            unique=True,
            sqlite_where=text("strength = 'proven'"),
            postgresql_where=text("strength = 'proven'"),
        ),
    )

    id: int | None = _number()
    lead_id: int = _to("leads.id")
    kind: str
    """visitor, email, phone or external."""
    value: str
    strength: str
    """proven or claimed."""
    at: datetime = _moment()


class Parting(SQLModel, table=True):
    """Two leads that somebody said are not the same person."""

    __tablename__ = "partings"

    lead_id: int = Field(primary_key=True, foreign_key="leads.id", sa_type=BigKey)
    """The smaller number of the two."""
    other_id: int = Field(primary_key=True, foreign_key="leads.id", sa_type=BigKey, index=True)


class Answer(SQLModel, table=True):
    """An answer as it was given; a correction is one more."""

    __tablename__ = "answers"

    id: int | None = _number()
    lead_id: int = _to("leads.id", index=True)
    conversation_id: int = _to("conversations.id")
    field: str
    value: Any = _json()
    label: str
    shown: str
    forgotten: bool
    """Whether this row says that the answer no longer holds."""
    version: str
    at: datetime = _moment()


class Consent(SQLModel, table=True):
    """A yes or a no to one purpose. Never changed, only followed by another."""

    __tablename__ = "consents"

    id: int | None = _number()
    lead_id: int = _to("leads.id", index=True)
    conversation_id: int = _to("conversations.id")
    purpose: str
    given: bool
    version: str
    wording: str
    at: datetime = _moment()


class Receipt(SQLModel, table=True):
    """Why a lead has points."""

    __tablename__ = "receipts"

    id: int | None = _number()
    lead_id: int = _to("leads.id", index=True)
    conversation_id: int = _to("conversations.id")
    rule: str
    axis: str
    points: float
    because: str
    evidence: str
    version: str
    half_life: float | None
    at: datetime = _moment()
    withdrawn_at: datetime | None = _maybe()


class Act(SQLModel, table=True):
    """Something a lead did that may count."""

    __tablename__ = "acts"

    id: int | None = _number()
    lead_id: int = _to("leads.id", index=True)
    conversation_id: int = _to("conversations.id")
    name: str
    at: datetime = _moment()


class Handoff(SQLModel, table=True):
    """A lead that was passed to people, and what became of it: the last word is the conversation's state.

    The columns below are written from it by the turns that change it, so that it can be searched.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_rep", "rep", "claimed_at"),
        Index(
            "ix_handoffs_live",
            "phase",
            sqlite_where=text("phase <> 'closed'"),
            postgresql_where=text("phase <> 'closed'"),
        ),
        _NEVER_TWICE,
    )

    id: int | None = _number()
    lead_id: int = _to("leads.id", index=True)
    conversation_id: int = _to("conversations.id", index=True)
    target: str
    """The name the script used."""
    reason: str
    at: datetime = _moment()
    sent_at: datetime | None = _maybe()
    """When people were first told."""
    phase: str | None
    """None until it is routed; for good where it only added a reason to an earlier one that people had already."""
    offered_to: str | None
    """Key of the person who is being asked."""
    until: datetime | None = _maybe()
    """When the present wait is over."""
    rep: str | None
    """Key of the person of ours who has it."""
    rep_name: str | None
    seen_at: datetime | None = _maybe()
    claimed_at: datetime | None = _maybe()
    spoken_at: datetime | None = _maybe()
    """When a person first wrote to the visitor."""
    moved_at: datetime = _moment()
    """When the visitor or a person last did anything."""
    snoozed_until: datetime | None = _maybe()
    closed_at: datetime | None = _maybe()
    verdict: str | None
    verdict_reason: str
    amount: str | None
    """What it is worth, as a decimal number."""
    currency: str | None
    route: str
    trace: Any = _json()
    """Why it went where it went, in sentences."""


class DeskEntry(SQLModel, table=True):
    """One line of a handoff's history."""

    __tablename__ = "desk_entries"

    id: int | None = _number()
    handoff_id: int = _to("handoffs.id", index=True)
    at: datetime = _moment()
    what: str
    by: str
    """Name of the person of ours; "" for the bot."""
    text: str


class Post(SQLModel, table=True):
    """Something that a handoff target has put out in the outside world."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("handoff_id", "target", "key"),
        Index("ix_posts_reference", "target", "reference"),
    )

    id: int | None = _number()
    handoff_id: int = _to("handoffs.id")
    target: str
    """The adapter: ``slack``."""
    key: str
    """What it is, in the target's own words: ``card``."""
    reference: str
    """The target's own name for it."""
    digest: str
    """Tells whether what it shows has changed since."""
    at: datetime = _moment()
    """When it was put out first."""


class Relay(SQLModel, table=True):
    """How far a target has passed on what was said."""

    __tablename__ = "relays"

    handoff_id: int = Field(primary_key=True, foreign_key="handoffs.id", sa_type=BigKey)
    target: str = Field(primary_key=True)
    seq: int
    """Number of the last message that was passed on."""


class Colleague(SQLModel, table=True):
    """A person of ours, as a target knows them."""

    __tablename__ = "colleagues"

    target: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    """The target's own name for them."""
    key: str = Field(index=True)
    """Of the person, whichever target they use: see ``dialogs.desk.people.Rep``."""
    name: str
    picture: str | None
    availability: str | None
    """What they said last of whether they take leads; None while they never did."""
    at: datetime | None = _maybe()
    """When they said so."""


class Grant(SQLModel, table=True):
    """A lead magnet that was given to somebody."""

    __tablename__ = "grants"

    id: int | None = _number()
    token: str = Field(unique=True)
    """Opaque; stands in the link."""
    conversation_id: int = _to("conversations.id", index=True)
    magnet: str
    kind: str
    script: str
    version: str
    payload: Any = _json()
    given: datetime = _moment()
    expires: datetime | None = _maybe()
    opened: int
    first_opened: datetime | None = _maybe()
    last_opened: datetime | None = _maybe()


class Code(SQLModel, table=True):
    """A code that can be given once."""

    __tablename__ = "codes"
    __table_args__ = (
        UniqueConstraint("pool", "code"),
        Index(
            "ix_codes_left",
            "pool",
            "id",
            sqlite_where=text("taken IS NULL"),
            postgresql_where=text("taken IS NULL"),
        ),
    )

    id: int | None = _number()
    pool: str
    code: str
    taken: datetime | None = _maybe()
    token: str | None
    """Of the grant it was given with."""


class Effect(SQLModel, table=True):
    """Something that is still to be done in the outside world, or a timer that has not run out."""

    __tablename__ = "effects"
    __table_args__ = (
        Index("ix_effects_due", "due", sqlite_where=text("dead = 0"), postgresql_where=text("NOT dead")),
        Index("ix_effects_order", "conversation_id", "id"),
        _NEVER_TWICE,
    )

    id: int | None = _number()
    conversation_id: int | None = _to("conversations.id")
    kind: str
    payload: str
    """JSON."""
    key: str | None = Field(unique=True)
    """Only one effect bears it: ``timer:<conversation>:<name>``."""
    due: datetime = _moment()
    """When it may be tried next; while somebody is at it, when their lease ends."""
    attempts: int
    owner: str | None
    error: str | None
    dead: bool
    """Given up; a person decides."""
    created: datetime = _moment()
    first_try: datetime | None = _maybe()
    """When it was tried first."""


class ScriptVersion(SQLModel, table=True):
    """A published script. Never changed."""

    __tablename__ = "script_versions"

    name: str = Field(primary_key=True)
    version: str = Field(primary_key=True)
    text: str
    path: str
    note: str
    created: datetime = _moment()


class Publication(SQLModel, table=True):
    """Which version of a script went live when; the last one of a name is live."""

    __tablename__ = "publications"

    id: int | None = _number()
    name: str = Field(index=True)
    version: str
    note: str
    at: datetime = _moment()


class Setting(SQLModel, table=True):
    """One thing to remember about the installation itself."""

    __tablename__ = "settings"

    key: str = Field(primary_key=True)
    value: str
    updated: datetime = _moment()


class Inbound(SQLModel, table=True):
    """A raw event that was taken in before it was dealt with, or that nobody could read."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: int | None = _number()
    channel: str
    external_id: str
    address: str | None
    """Of the conversation it belongs to, where that could be read."""
    raw: str
    received: datetime = _moment()
    attempts: int
    reason: str | None
    """Why it stands in quarantine; None while it waits."""


class Chat(SQLModel, table=True):
    """A place on a pushed channel where somebody is: whether they may be written to, and what is talked about there."""

    __tablename__ = "chats"

    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    """In the channel's own terms; conversations there add the script's name."""
    person: str
    conversation_id: int | None = _to("conversations.id", index=True)
    """The conversation that goes on there."""
    heard: datetime | None = _maybe()
    """When they last wrote."""
    last_order: int = Field(sa_type=BigInteger)
    """The channel's number of the last message that was dealt with, where it has such."""
    unreachable: datetime | None = _maybe()
    """Since when nothing may be sent there: they blocked us, or left."""
    stopped: datetime | None = _maybe()
    """When they asked that nothing be sent until they write again."""
    told: datetime | None = _maybe()
    """When it was told, once, that we do not talk in groups."""


class Delivery(SQLModel, table=True):
    """One message on a pushed channel: a part of one of ours, or one of the visitor's."""

    __tablename__ = "deliveries"

    conversation_id: int = Field(primary_key=True, foreign_key="conversations.id", sa_type=BigKey)
    seq: int = Field(primary_key=True)
    """Number of the message."""
    part: int = Field(primary_key=True)
    """Which part of it, from 0."""
    reference: str = Field(index=True)
    """The channel's own name for it; "" where it has none, or where it could not be delivered."""
    at: datetime = _moment()


class Watermark(SQLModel, table=True):
    """How far a conversation on a pushed channel has been delivered."""

    __tablename__ = "watermarks"

    conversation_id: int = Field(primary_key=True, foreign_key="conversations.id", sa_type=BigKey)
    seq: int
    """Number of the last message that was delivered whole."""


class HeardEvent(SQLModel, table=True):
    """An event of a channel that was dealt with: it is not dealt with again. Kept for some weeks."""

    __tablename__ = "heard_events"

    channel: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)


class ChannelNote(SQLModel, table=True):
    """Something that a channel remembers for itself."""

    __tablename__ = "channel_notes"

    channel: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
    updated: datetime = _moment()


class Poller(SQLModel, table=True):
    """Which process asks a channel for news at present."""

    __tablename__ = "pollers"

    channel: str = Field(primary_key=True)
    holder: str
    until: datetime = _moment()


class Crossing(SQLModel, table=True):
    """A link that brings a conversation to another channel, once."""

    __tablename__ = "crossings"

    hash: str = Field(primary_key=True)
    """Of the code in the link, from which it cannot be found."""
    conversation_id: int = _to("conversations.id", index=True)
    expires: datetime = _moment()
    used: datetime | None = _maybe()
    into_id: int | None = _to("conversations.id", index=True)
    """The conversation that went on."""


class CampaignLink(SQLModel, table=True):
    """A link of ours for a poster, an advertisement, a mail: its code says which."""

    __tablename__ = "campaign_links"

    code: str = Field(primary_key=True)
    name: str
    script: str
    step: str | None
    """Where the talk begins."""
    page: str | None
    """Address of the page that it opens; None for the chat's own."""
    source: Any = _json()
    """Parts of a touch, by name."""
    created: datetime = _moment()
    expires: datetime | None = _maybe()


class Tally(SQLModel, table=True):
    """How often something happened on one day that belongs to no conversation: a teaser was shown, a link opened."""

    __tablename__ = "tallies"

    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    """In UTC, as ``2027-01-31``."""
    count: int = Field(sa_type=BigInteger)


class Upload(SQLModel, table=True):
    """A file that a visitor sent. Its bytes stand in the folder of uploads, under this id."""

    __tablename__ = "uploads"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)

    id: str = Field(primary_key=True)
    """Random: it names the file on disk, and nothing that the visitor says does."""
    conversation_id: int = _to("conversations.id", index=True)
    client_id: str
    """The sender's name for it, by which a repeat is recognised."""
    name: str
    """As it was called, made fit to be shown."""
    type: str
    """By its content."""
    size: int = Field(sa_type=BigInteger)
    sha256: str
    at: datetime = _moment()
    said: datetime | None = _maybe()
    """When a message referred to it; one that none does is swept away after a while."""
    withheld: str | None = None
    """Why nobody may fetch it, when a scanner objected."""
    sender: str | None = None
    """The person who sent it, wherever the conversation went on since; None for one from before this was noted."""


class RunningTotal(SQLModel, table=True):
    """A sum over many rows, kept by whoever changes them, so that a limit on it is one row to look at."""

    __tablename__ = "running_totals"

    key: str = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger)


class SpentProof(SQLModel, table=True):
    """The answer to a human check that was used, and is not taken a second time on any node."""

    __tablename__ = "spent_proofs"

    name: str = Field(primary_key=True)
    until: datetime = Field(sa_type=Moment, index=True)
    """When it is too old to be taken anyway."""


class ClearedVisitor(SQLModel, table=True):
    """Somebody who passed the human check, and is not asked again for a while by any node."""

    __tablename__ = "cleared_visitors"

    person: str = Field(primary_key=True)
    until: datetime = Field(sa_type=Moment, index=True)


class Tombstone(SQLModel, table=True):
    """Somebody who was erased, as a hash that only tells whether it is the same one."""

    __tablename__ = "tombstones"

    hash: str = Field(primary_key=True)
    at: datetime = _moment()


def _table(model: type[SQLModel]) -> Table:
    return cast(Table, model.__table__)  # type: ignore[attr-defined]  # SQLModel adds it to table models.


ACTS = _table(Act)
ANSWERS = _table(Answer)
CAMPAIGN_LINKS = _table(CampaignLink)
CHANNEL_NOTES = _table(ChannelNote)
CHATS = _table(Chat)
CLEARED_VISITORS = _table(ClearedVisitor)
CODES = _table(Code)
COLLEAGUES = _table(Colleague)
CONSENTS = _table(Consent)
CONVERSATIONS = _table(Conversation)
CROSSINGS = _table(Crossing)
DELIVERIES = _table(Delivery)
DESK_ENTRIES = _table(DeskEntry)
EFFECTS = _table(Effect)
FACTS = _table(Fact)
GRANTS = _table(Grant)
HANDOFFS = _table(Handoff)
HEARD_EVENTS = _table(HeardEvent)
IDENTITIES = _table(Identity)
INBOX = _table(Inbound)
LEADS = _table(Lead)
PARTINGS = _table(Parting)
POLLERS = _table(Poller)
POSTS = _table(Post)
PUBLICATIONS = _table(Publication)
RECEIPTS = _table(Receipt)
RELAYS = _table(Relay)
RUNNING_TOTALS = _table(RunningTotal)
SCRIPT_VERSIONS = _table(ScriptVersion)
SETTINGS = _table(Setting)
SPENT_PROOFS = _table(SpentProof)
TALLIES = _table(Tally)
TOMBSTONES = _table(Tombstone)
TURNS = _table(Turn)
UPLOADS = _table(Upload)
WATERMARKS = _table(Watermark)

TABLES = tuple(SQLModel.metadata.tables)
"""The names of all tables."""
