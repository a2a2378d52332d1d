"""What can happen in a conversation: frozen facts in the past tense, the only thing the engine reacts to.

Events are stored with the turn they caused and can be dumped and loaded, so that any conversation can be
replayed: the same script and the same events give the same turns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.desk.acts import RepAct, dump_act, load_act
from dialogs.desk.people import Rep, dump_rep, load_rep
from dialogs.desk.plan import Plan, dump_plan, load_plan
from dialogs.source import Touch, dump_touch, load_touch
from dialogs.stages import Stage
from dialogs.told import Told, dump_told, load_told
from dialogs.values import Value


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did that may count for engagement, such as ``guide.opened``."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """A person's word on one purpose, with the version of the text they saw."""

    given: bool
    version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is already known about a visitor whom we recognise, and may use towards them.

    Only what this very person told us over a channel they hold (the same browser, the same account): never
    what somebody else stored under an e-mail address that this visitor merely typed.
    """

    answers: Mapping[str, Value] = field(default_factory=dict)
    consents: Mapping[str, ConsentRecord] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    magnets: tuple[str, ...] = ()
    """Lead magnets already given."""
    acts: tuple[Act, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    """Arms already drawn, by experiment."""
    stage: Stage = Stage.COLD
    visits: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorArrived:
    """A visitor opened the chat: the conversation begins (or, after its end, begins anew)."""

    at: datetime
    person: str
    """A key that stays with the person (the visitor's id): experiments are drawn from it."""
    channel: str
    language: str | None = None
    """BCP 47 tag the visitor prefers; the script decides which of its languages that means."""
    region: str | None = None
    time_zone: str | None = None
    """IANA name."""
    touch: Touch | None = None
    landed: Touch | None = None
    """How this visit began, where that was on an earlier page."""
    stale_link: bool = False
    """They came by a link that was to go on with a conversation, and was used or is too old."""
    profile: Profile = field(default_factory=Profile)
    told: Told | None = None
    """What the page around the chat told at once."""
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorReturned:
    """The visitor of a running conversation came back in a new visit, perhaps from another source."""

    at: datetime
    touch: Touch | None = None
    language: str | None = None
    stale_link: bool = False
    """They came by a link that was to go on with a conversation, and was used or is too old."""
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorSaid:
    """A message, or a pressed button."""

    at: datetime
    text: str
    choice: str | None = None
    """Key of the button that was pressed."""
    step: str | None = None
    """The step whose buttons these were; a button of an older step is recognised as stale by it."""
    file: Mapping[str, int | float | str | None] | None = None
    """A file that came with it, as a value of the question type ``file``; ``text`` is what they wrote beside it."""
    lost: str | None = None
    """Why the file is not here, where it is not: ``too_large``, ``wrong_type``, ``not_fetched`` and so on. ``file`` is
    then what its sender says of it, without an id."""
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorCorrected:
    """The visitor changed an earlier message of theirs, on a channel where that is possible."""

    at: datetime
    text: str
    """What it says now."""
    step: str
    """The step whose question was open when it was written; "" where none was."""
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorCameOver:
    """The visitor came from another channel and goes on here where they stood there."""

    at: datetime
    person: str
    channel: str
    came_from: str
    """The channel they come from."""
    state: Mapping[str, Any]
    """How they stood there, as ``dialogs.state.dump_state`` wrote it."""
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorWentOver:
    """The visitor goes on on another channel; here it is over."""

    at: datetime
    channel: str
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorDid:
    """An act outside the conversation's words: a download was opened, a link followed."""

    at: datetime
    act: str
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTold:
    """The page around the chat told something about its visitor, or wants to begin somewhere."""

    at: datetime
    told: Told
    profile: Profile = field(default_factory=Profile)
    """What is known of somebody who was recognised by it."""
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerElapsed:
    """A timer that the conversation set has run out."""

    at: datetime
    name: str
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorLeft:
    """The visitor has gone: no window of theirs is open any more."""

    at: datetime
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffRouted:
    """It was decided where a lead goes, by rules and by who is free."""

    at: datetime
    handoff: int
    """Number of the stored handoff."""
    to: str
    reason: str
    plan: Plan
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepDid:
    """A person of ours did something with the lead."""

    at: datetime
    handoff: int
    """The handoff that they see before them; it may be an old one."""
    rep: Rep
    act: RepAct
    unavailable: tuple[str, ...] = ()


Event = (
    VisitorArrived
    | VisitorReturned
    | VisitorSaid
    | VisitorCorrected
    | VisitorCameOver
    | VisitorWentOver
    | VisitorDid
    | VisitorLeft
    | PageTold
    | TimerElapsed
    | HandoffRouted
    | RepDid
)  # fmt: skip
"""Everything that can happen. ``unavailable`` names the lead magnets that turned out to be used up while this
very turn was being saved; the turn is then decided again, knowing it."""

_KINDS: dict[str, type[Any]] = {
    "arrived": VisitorArrived,
    "returned": VisitorReturned,
    "said": VisitorSaid,
    "corrected": VisitorCorrected,
    "came_over": VisitorCameOver,
    "went_over": VisitorWentOver,
    "did": VisitorDid,
    "left": VisitorLeft,
    "page_told": PageTold,
    "timer": TimerElapsed,
    "routed": HandoffRouted,
    "rep_did": RepDid,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_DUMPS: dict[str, Any] = {"plan": dump_plan, "rep": dump_rep, "act": dump_act}
_LOADS: dict[str, Any] = {"plan": load_plan, "rep": load_rep, "act": load_act}
"""By name of the part: those of events of the sales desk. ``act`` of ``VisitorDid`` is a plain text."""
_PARTS = {kind: tuple(name for name in kind.__slots__ if name != "at") for kind in _NAMES}


def dump_event(event: Event) -> dict[str, Any]:
    """The event as JSON; what is unset is left out."""
    kind = type(event)
    data: dict[str, Any] = {"kind": _NAMES[kind], "at": event.at.isoformat()}
    for name in _PARTS[kind]:
        value = getattr(event, name)
        if isinstance(value, Touch):
            data[name] = dump_touch(value)
        elif isinstance(value, Profile):
            if known := dump_profile(value):
                data[name] = known
        elif isinstance(value, Told):
            data[name] = dump_told(value)
        elif name in _DUMPS and not isinstance(value, str):
            data[name] = _DUMPS[name](value)
        elif value is not None and value is not False and value != ():
            data[name] = value  # JSON writes a tuple as a list.
    return data


def load_event(data: Mapping[str, Any]) -> Event:
    """The event that ``dump_event`` wrote. Raises ``KeyError`` for an unknown kind."""
    values = {key: value for key, value in data.items() if key != "kind"}
    values["at"] = datetime.fromisoformat(values["at"])
    for name in ("touch", "landed"):
        if name in values:
            values[name] = load_touch(values[name])
    if "profile" in values:
        values["profile"] = load_profile(values["profile"])
    if "told" in values:
        values["told"] = load_told(values["told"])
    for name, load in _LOADS.items():
        if name in values and not isinstance(values[name], str):
            values[name] = load(values[name])
    if "unavailable" in values:
        values["unavailable"] = tuple(values["unavailable"])
    event: Event = _KINDS[data["kind"]](**values)
    return event


def dump_consents(consents: Mapping[str, ConsentRecord]) -> dict[str, Any]:
    """Consents by purpose, as JSON."""
    return {
        purpose: {"given": record.given, "version": record.version, "at": record.at.isoformat()}
        for purpose, record in consents.items()
    }


def load_consents(data: Mapping[str, Any]) -> dict[str, ConsentRecord]:
    """The consents that ``dump_consents`` wrote."""
    return {
        purpose: ConsentRecord(one["given"], one["version"], datetime.fromisoformat(one["at"]))
        for purpose, one in data.items()
    }


def dump_acts(acts: tuple[Act, ...]) -> list[list[str]]:
    """Acts as JSON pairs of name and time."""
    return [[act.name, act.at.isoformat()] for act in acts]


def load_acts(data: list[list[str]]) -> tuple[Act, ...]:
    """The acts that ``dump_acts`` wrote."""
    return tuple(Act(name, datetime.fromisoformat(at)) for name, at in data)


def dump_profile(profile: Profile) -> dict[str, Any]:
    """The profile as JSON; what is empty is left out."""
    data: dict[str, Any] = {
        "answers": dict(profile.answers),
        "consents": dump_consents(profile.consents),
        "tags": list(profile.tags),
        "magnets": list(profile.magnets),
        "acts": dump_acts(profile.acts),
        "variants": dict(profile.variants),
        "stage": None if profile.stage is Stage.COLD else profile.stage.value,
        "visits": None if profile.visits == 1 else profile.visits,
    }
    return {key: value for key, value in data.items() if value}


def load_profile(data: Mapping[str, Any]) -> Profile:
    """The profile that ``dump_profile`` wrote."""
    return Profile(
        answers=data.get("answers", {}),
        consents=load_consents(data.get("consents", {})),
        tags=tuple(data.get("tags", ())),
        magnets=tuple(data.get("magnets", ())),
        acts=load_acts(data.get("acts", [])),
        variants=data.get("variants", {}),
        stage=Stage(data.get("stage", "cold")),
        visits=data.get("visits", 1),
    )
