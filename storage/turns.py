"""Turns and conversations as values: what is handed in to be saved, what comes out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from dialogs.events import Event
from dialogs.state import ConversationState
from dialogs.turn import Turn
from storage.lead_rows import LeadRow
from storage.leavings import NewEffect, NewGrant
from storage.letterheads import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConversation:
    """A conversation as it stands in the database. May be kept in memory: ``save_turn`` notices when it is old."""

    id: int
    public_id: str
    """Opaque name for the outside."""
    channel: str
    address: str
    lead_id: int | None
    state: ConversationState
    row_version: int
    last_seq: int
    """Number of the last message; 0 before the first."""
    turns: int
    rep: str | None
    """The person of ours who talks here; the bot is silent."""
    created: datetime
    updated: datetime
    visited: datetime
    """When the visitor last did anything."""
    letterhead: Letterhead | None = field(default=None, compare=False, repr=False)
    lead_row: LeadRow | None = field(default=None, compare=False, repr=False)
    """What the turn that was saved last has worked out and the next one need not, where there was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTurn:
    """A turn that was decided and is to be saved."""

    event: Event | None
    """None for something that no event caused, such as words of a person of ours."""
    at: datetime
    turn: Turn
    messages: Sequence[Mapping[str, Any]] = ()
    """What was said, the visitor's own message first, in the shape of the chat protocol, without ``seq``."""
    external_id: str | None = None
    """The channel's name for the event, by which a repeat is recognised."""
    effects: tuple[NewEffect, ...] = ()
    """What is to be performed beside the turn's own handoffs and timers, which are queued anyway."""
    grants: tuple[NewGrant, ...] = ()
    file: str | None = None
    """Id of the file that the visitor sent with it: it is held from now on."""
    proven: tuple[tuple[str, str], ...] = ()
    """Identities the visitor has proven beside their own key: ``(("external", "customer-42"),)``."""


class SavedTurn(NamedTuple):
    """A turn that was saved."""

    conversation: StoredConversation
    """How the conversation stands now."""
    number: int
    first_seq: int
    """Number of the turn's first message; one more than ``last_seq`` when it has none."""
    last_seq: int
    messages: tuple[dict[str, Any], ...]
    """The messages, numbered."""
    lead_created: bool
    handoffs: tuple[int, ...]
    """Numbers of the handoffs that were queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTurn:
    """A turn as it was saved."""

    number: int
    external_id: str | None
    event: Event | None
    messages: tuple[dict[str, Any], ...]
    first_seq: int
    last_seq: int
    at: datetime


class AlreadySaved(Exception):
    """This event was saved before; ``record`` is what it caused then."""

    def __init__(self, record: RecordedTurn) -> None:
        super().__init__(f"turn {record.number} has this event already")
        self.record = record
