"""What one event caused: the next state, what the bot wants done, what is counted, what is new about the lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogs.effects import Effect
from dialogs.events import Act, ConsentRecord
from dialogs.facts import Fact
from dialogs.state import ConversationState, Receipt
from dialogs.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChange:
    """What a turn changed about the lead; storage applies it to the lead's own rows."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    """Fields that were answered or changed."""
    forgotten: tuple[str, ...] = ()
    """Fields whose answers no longer hold, because they depended on one that was corrected."""
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """For each changed field its label and its value as people read them, in the script's own language."""
    identities: tuple[tuple[str, str], ...] = ()
    """Claimed identities, as (kind, normalised value): ``("email", "ada@example.com")``, ``("phone", "+49…")``."""
    consents: Mapping[str, ConsentRecord] = field(default_factory=dict)
    consent_texts: Mapping[str, str] = field(default_factory=dict)
    """The wording each consent was given to."""
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    receipts_added: tuple[Receipt, ...] = ()
    receipts_withdrawn: tuple[str, ...] = ()
    """Rules whose points no longer hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One event and everything it caused; saved together or not at all."""

    state: ConversationState
    effects: tuple[Effect, ...] = ()
    facts: tuple[Fact, ...] = ()
    lead: LeadChange | None = None
    """None when nothing about the lead changed (its stage and points are in the state)."""
    happened: tuple[Mapping[str, Any], ...] = ()
    """What the page around the chat hears with the last message (see ``dialogs.happenings``)."""
    proven: tuple[tuple[str, str], ...] = ()
    """Identities that the visitor has proven, as (kind, value)."""
