"""Where a conversation stands: one frozen value that the engine turns into the next one.

Everything in it is plain data; ``dump_state`` and ``load_state`` carry it through storage unchanged.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from dialogs.desk.standing import Desk, dump_desk, load_desk
from dialogs.events import (
    Act,
    ConsentRecord,
    dump_acts,
    dump_consents,
    load_acts,
    load_consents,
)
from dialogs.source import Source, dump_touch, load_touch
from dialogs.stages import Stage
from dialogs.values import Value


class Status(StrEnum):
    """What the conversation is doing."""

    ASKING = "asking"
    """A question, a menu or a consent is open."""
    WAITING = "waiting"
    """A ``wait`` step's timer runs."""
    STOPPED = "stopped"
    """The visitor said stop; the bot speaks again when they do."""
    ENDED = "ended"
    TALKING = "talking"
    """A person of ours talks with the visitor; the bot is silent."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that is understood but doubtful, waiting for the visitor's word."""

    value: Value
    suggestions: tuple[Value, ...] = ()
    """What is offered instead, in the order of the buttons."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Why a lead has points: the rule, its evidence, the script's version and the time."""

    rule: str
    """Id of the rule within its script; of a repeatable rule, with the number of the occurrence."""
    axis: str
    """``fit`` or ``engagement``."""
    points: float
    """Points given, before decay and caps."""
    because: str
    evidence: str
    """The answers or the act that earned them, for people: ``team_size = 80``."""
    at: datetime
    version: str
    half_life: float | None = None
    """Seconds in which half of the points fade; None for never."""


@dataclass(frozen=True, kw_only=True)
class ConversationState:
    """Where one conversation stands. See the fields.

    Without slots, so that a turn's draft can copy its many parts in one go.
    """

    script: str
    """Name of the dialog script."""
    version: str
    """Content hash of the script version this conversation is pinned to."""
    person: str
    channel: str
    language: str
    """One of the script's languages."""
    started_at: datetime
    region: str | None = None
    time_zone: str | None = None
    source: Source | None = None

    status: Status = Status.ASKING
    step: str = ""
    """Id of the step the conversation stands at; the end is "" with status ENDED."""
    calls: tuple[str, ...] = ()
    """Steps to go on with when the called sub-dialogs return, innermost last; "" is the end."""
    attempts: int = 0
    """Answers to the open question that were not understood."""
    asides: int = 0
    """Questions of the visitor's own, since the open question was put, that nobody had an answer to."""
    doubt: Doubt | None = None
    fragments: tuple[str, ...] = ()
    """Quick messages gathered so far for one answer."""
    insisted: bool = False
    """The open question was asked again by the visitor's wish and is not skipped though its answer is known."""
    trail: tuple[str, ...] = ()
    """Steps walked through, oldest first."""
    picks: Mapping[str, str] = field(default_factory=dict)
    """Menu step to the key that was picked."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field to what was remarked about its answer (``free_mail``)."""
    skipped: tuple[str, ...] = ()
    """Fields the visitor chose not to answer."""
    consents: Mapping[str, ConsentRecord] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    magnets: tuple[str, ...] = ()
    """Lead magnets this person has."""
    acts: tuple[Act, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    visits: int = 1

    stage: Stage = Stage.COLD
    fit: int = 0
    engagement: int = 0
    receipts: tuple[Receipt, ...] = ()
    disqualified: str | None = None
    """Why, when the lead is disqualified."""
    disqualified_by: str | None = None
    """The rule or step that said so."""
    handoffs: tuple[str, ...] = ()
    """Handoff rules and steps that have fired; each fires once."""
    desk: Desk | None = None
    """The handoff that people work on, or worked on last."""
    went_over: str = ""
    """The channel on which the visitor goes on; it is over here, unless they come back."""
    page: Mapping[str, Value] = field(default_factory=dict)
    """What the page around the chat told of itself."""
    identity: str = ""
    """The site's own name for the person, once it has signed it."""
    entry: str = ""
    """The door by which the visitor came in; "" for the script's first step."""
    untold: tuple[Mapping[str, Any], ...] = ()
    """What the page is to hear with the next message (see ``dialogs.happenings``)."""


_NOTHING: dict[str, Any] = {
    one.name: {} if one.default is MISSING else one.default
    for one in fields(ConversationState)
    if one.default is not MISSING or one.default_factory is not MISSING
}
"""What every part says when there is nothing to say, and is then left out."""
_STANDING = (
    "step", "calls", "attempts", "asides", "doubt", "fragments", "insisted", "trail", "picks", "answers", "remarks",
    "skipped", "fit", "engagement",
)  # fmt: skip
"""What any turn may change; the status, too, which is always told."""
_BACKGROUND = tuple(one.name for one in fields(ConversationState) if one.name not in (*_STANDING, "status"))
_TUPLES = tuple(name for name, nothing in _NOTHING.items() if nothing == ())

background_of: Callable[[ConversationState], tuple[Any, ...]] = attrgetter(*_BACKGROUND)
"""What of a state few turns change: who talks, about what, where they came from, what they did and agreed to. As long
as it is the same, so is what ``dump_background`` says."""


def dump_state(state: ConversationState) -> dict[str, Any]:
    """The state as JSON; defaults are left out."""
    return dump_background(state) | dump_standing(state)


def dump_background(state: ConversationState) -> dict[str, Any]:
    """``background_of`` the state, as JSON."""
    data = _said(state, _BACKGROUND)
    data["started_at"] = state.started_at.isoformat()
    if state.source:
        data["source"] = {"first": dump_touch(state.source.first), "last": dump_touch(state.source.last)}
    if state.consents:
        data["consents"] = dump_consents(state.consents)
    if state.acts:
        data["acts"] = dump_acts(state.acts)
    if state.receipts:
        data["receipts"] = [dump_receipt(receipt) for receipt in state.receipts]
    if state.desk:
        data["desk"] = dump_desk(state.desk)
    return data


def dump_standing(state: ConversationState) -> dict[str, Any]:
    """The rest of the state, as JSON."""
    data = _said(state, _STANDING)
    data["status"] = state.status.value
    if doubt := state.doubt:
        data["doubt"] = {"value": doubt.value, "suggestions": doubt.suggestions, "remarks": doubt.remarks}
    return data


def _said(state: ConversationState, names: tuple[str, ...]) -> dict[str, Any]:
    """What these parts say. JSON writes a tuple as a list, and a stage as its text."""
    values = state.__dict__
    return {name: values[name] for name in names if name not in _NOTHING or values[name] != _NOTHING[name]}


def load_state(data: Mapping[str, Any]) -> ConversationState:
    """The state that ``dump_state`` wrote."""
    values: dict[str, Any] = {name: data[name] for name in (*_BACKGROUND, *_STANDING) if name in data}
    values |= {name: tuple(data[name]) for name in _TUPLES if name in data}
    values["started_at"] = datetime.fromisoformat(data["started_at"])
    values["status"] = Status(data["status"])
    values["stage"] = Stage(data.get("stage", "cold"))
    values["consents"] = load_consents(data.get("consents", {}))
    values["acts"] = load_acts(data.get("acts", []))
    values["receipts"] = tuple(load_receipt(one) for one in data.get("receipts", []))
    values["remarks"] = {name: tuple(remarks) for name, remarks in data.get("remarks", {}).items()}
    if source := data.get("source"):
        values["source"] = Source(first=load_touch(source["first"]), last=load_touch(source["last"]))
    if doubt := data.get("doubt"):
        values["doubt"] = Doubt(doubt["value"], tuple(doubt["suggestions"]), tuple(doubt["remarks"]))
    if desk := data.get("desk"):
        values["desk"] = load_desk(desk)
    return ConversationState(**values)


def dump_receipt(receipt: Receipt) -> dict[str, Any]:
    """The receipt as JSON."""
    return {
        "rule": receipt.rule,
        "axis": receipt.axis,
        "points": receipt.points,
        "because": receipt.because,
        "evidence": receipt.evidence,
        "at": receipt.at.isoformat(),
        "version": receipt.version,
        "half_life": receipt.half_life,
    }


def load_receipt(data: Mapping[str, Any]) -> Receipt:
    """The receipt that ``dump_receipt`` wrote."""
    return Receipt(**{**data, "at": datetime.fromisoformat(data["at"])})
