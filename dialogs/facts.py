"""What is counted: facts of a turn, recorded as they happen, from which every chart derives.

A rate is never stored. "Reached", "answered", "left" and the rest are rows, stamped by storage with channel,
script, version, variant and source of the conversation at that moment, so that history never changes in retrospect.
"""

from enum import StrEnum
from typing import NamedTuple


class FactKind(StrEnum):
    """Everything that is counted."""

    STARTED = "started"
    """``detail`` is the door that the page brought the visitor to, if any."""
    RETURNED = "returned"
    REACHED = "reached"
    """A question was put to the visitor."""
    ANSWERED = "answered"
    INVALID = "invalid"
    """An answer was not understood; ``detail`` is the reason's code."""
    CORRECTED = "corrected"
    SKIPPED = "skipped"
    WENT_BACK = "went_back"
    SIDE_QUESTION = "side_question"
    """A question of the visitor's; ``detail`` is the entry of the FAQ that answered it, or ``unanswered``."""
    CONSENT = "consent"
    OFFERED = "offered"
    UNAVAILABLE = "unavailable"
    """A magnet could not be given: none left, or not meant for this person."""
    DID = "did"
    TAGGED = "tagged"
    VARIANT = "variant"
    STAGE = "stage"
    DISQUALIFIED = "disqualified"
    HANDED_OFF = "handed_off"
    ASKED_FOR_PERSON = "asked_for_person"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    ENDED = "ended"
    LEFT = "left"
    PREFILLED = "prefilled"
    """The page answered for the visitor; ``detail`` is the field."""
    SIGNED_IN = "signed_in"
    """The site has signed who the visitor is."""
    ENTERED = "entered"
    """The page brought the visitor to a door of the script, the ``detail``."""
    CAME_OVER = "came_over"
    """The visitor goes on here what they began on another channel, the ``detail``."""
    WENT_OVER = "went_over"
    """The visitor goes on on another channel, the ``detail``."""

    ROUTED = "routed"
    """It was decided where a lead goes; ``detail`` is the route."""
    OFFERED_TO = "offered_to"
    """One person of ours was asked; ``detail`` here and below is their key."""
    ALERTED = "alerted"
    """The first word of it was out; ``detail`` is the target."""
    SEEN = "seen"
    CLAIMED = "claimed"
    SPOKEN = "spoken"
    """The first human word to the visitor."""
    GAVE_BACK = "gave_back"
    """The bot talks again; ``detail`` is ``visitor`` when that was the visitor's wish."""
    TAKEN_BACK = "taken_back"
    """Somebody who had it was silent for too long."""
    ESCALATED = "escalated"
    FELL_BACK = "fell_back"
    """The visitor was told that nobody is free."""
    FILLED = "filled"
    """A person of ours answered for the visitor; ``detail`` is the field."""
    VERDICT = "verdict"
    """``detail`` is what was said of the lead."""


class Fact(NamedTuple):
    """One thing that happened in a turn, to be counted."""

    kind: FactKind
    step: str = ""
    detail: str = ""
    """The field, purpose, magnet, tag, stage, arm or code the fact is about."""
