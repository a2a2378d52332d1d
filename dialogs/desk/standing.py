"""Where a handoff stands: part of the conversation's state, so that a turn changes both or neither."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.desk.acts import Entry, Verdict, dump_entry, load_entry
from dialogs.desk.people import Rep, dump_rep, load_rep
from dialogs.desk.plan import Plan, dump_plan, load_plan

ENTRIES_MOST = 30
"""Lines of history that the state keeps, the newest; storage keeps all."""
SAID_MOST = 50
"""Words to the visitor that can still be changed, the newest."""


class Phase(StrEnum):
    """How far a handoff is."""

    OFFERED = "offered"
    """One person after the other is asked."""
    OPEN = "open"
    """Anybody may take it."""
    CLAIMED = "claimed"
    """Somebody has it; the bot still talks."""
    TALKING = "talking"
    """A person talks with the visitor; the bot is silent."""
    SNOOZED = "snoozed"
    """Somebody has it and wants to be reminded."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One handoff."""

    handoff: int
    """Number of the stored handoff."""
    to: str
    """The name the script used."""
    reasons: tuple[str, ...]
    """Why people were brought in; ``asked`` when the visitor asked for a person. The first one first."""
    at: datetime
    """When the lead became hot."""
    plan: Plan
    phase: Phase = Phase.OPEN
    offered_to: Rep | None = None
    passed_over: tuple[str, ...] = ()
    """Keys of people who were asked and did not take it, or lost it again."""
    until: datetime | None = None
    """When the present wait is over."""
    escalated: bool = False
    fell_back: bool = False
    """Whether the visitor was told that nobody is free."""
    rep: Rep | None = None
    """Who has it."""
    seen_at: datetime | None = None
    claimed_at: datetime | None = None
    spoken_at: datetime | None = None
    """When a person first wrote to the visitor."""
    unanswered: bool = False
    """Whether the visitor wrote and the person has not answered yet."""
    said: tuple[str, ...] = ()
    """References of what people said to the visitor, the newest: nothing else can be revised."""
    paused: str = ""
    """What the conversation was doing when a person came in: its status, to go on with; ``filled`` when the question
    that was open has been answered by one of us since."""
    left: bool = False
    """Whether the visitor has gone."""
    verdict: Verdict | None = None
    verdict_reason: str = ""
    amount: str | None = None
    currency: str | None = None
    snoozed_until: datetime | None = None
    entries: tuple[Entry, ...] = ()
    """The newest lines of its history, oldest first."""

    @property
    def is_live(self) -> bool:
        """Whether people still have something to do with it."""
        return self.phase is not Phase.CLOSED


def dump_desk(desk: Desk) -> dict[str, Any]:
    """The handoff as JSON; what is unset is left out."""
    data: dict[str, Any] = {}
    for one in fields(desk):
        value = getattr(desk, one.name)
        match value:
            case None | "" | False | ():
                continue
            case datetime():
                value = value.isoformat()
            case Rep():
                value = dump_rep(value)
            case Plan():
                value = dump_plan(value)
            case _ if one.name == "entries":
                value = [dump_entry(entry) for entry in value]
            case tuple():
                value = list(value)
        data[one.name] = value
    return data


def load_desk(data: Mapping[str, Any]) -> Desk:
    """The handoff that ``dump_desk`` wrote."""
    values = dict(data)
    for name in ("at", "until", "seen_at", "claimed_at", "spoken_at", "snoozed_until"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    for name in ("offered_to", "rep"):
        if name in values:
            values[name] = load_rep(values[name])
    for name in ("reasons", "passed_over", "said"):
        if name in values:
            values[name] = tuple(values[name])
    values["plan"] = load_plan(values.get("plan", {}))
    values["phase"] = Phase(values["phase"])
    if "verdict" in values:
        values["verdict"] = Verdict(values["verdict"])
    values["entries"] = tuple(load_entry(one) for one in values.get("entries", ()))
    return Desk(**values)
