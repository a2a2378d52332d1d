"""Where a lead goes and how long each waits: decided once, when it is routed, and kept with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dialogs.desk.people import Rep, dump_rep, load_rep


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """How long each stage of a handoff may last, in seconds."""

    offer: float = 30.0
    """For each person it is offered to."""
    unclaimed: float = 300.0
    """Open to everybody before it is escalated."""
    fallback: float = 600.0
    """Open to everybody before the visitor is told honestly that nobody is free."""
    silent: float = 600.0
    """A person who took it, or whom the visitor wrote to, may say nothing before it is taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What routing decided about one lead."""

    route: str = ""
    """Name of the rule that matched; "" when there are no rules."""
    targets: tuple[str, ...] = ()
    """Handoff targets that are told; all that are configured when empty."""
    channel: str | None = None
    """Where the target tells it, in the target's own terms (``#enterprise``); None for its usual place."""
    reps: tuple[Rep, ...] = ()
    """People to whom it is offered, one after the other, before everybody may take it."""
    escalate_to: str | None = None
    """Who is called when nobody takes it: a channel, or a person's key."""
    clocks: Clocks = Clocks()
    opens_at: datetime | None = None
    """When business hours begin, if the lead came outside of them: clocks start then."""
    booking_url: str | None = None
    """Where a meeting may be booked, for the fallback and for people to send."""
    trace: tuple[str, ...] = ()
    """Why, in sentences for people: every rule that was tried, everybody who was considered."""


def dump_plan(plan: Plan) -> dict[str, Any]:
    """The plan as JSON; what is unset is left out."""
    data: dict[str, Any] = {
        "route": plan.route,
        "targets": list(plan.targets),
        "channel": plan.channel,
        "reps": [dump_rep(rep) for rep in plan.reps],
        "escalate_to": plan.escalate_to,
        "clocks": None if plan.clocks == Clocks() else asdict(plan.clocks),
        "opens_at": None if plan.opens_at is None else plan.opens_at.isoformat(),
        "booking_url": plan.booking_url,
        "trace": list(plan.trace),
    }
    return {name: value for name, value in data.items() if value}


def load_plan(data: Mapping[str, Any]) -> Plan:
    """The plan that ``dump_plan`` wrote."""
    values = dict(data)
    for name in ("targets", "trace"):
        if name in values:
            values[name] = tuple(values[name])
    if "reps" in values:
        values["reps"] = tuple(load_rep(one) for one in values["reps"])
    if "clocks" in values:
        values["clocks"] = Clocks(**values["clocks"])
    if "opens_at" in values:
        values["opens_at"] = datetime.fromisoformat(values["opens_at"])
    return Plan(**values)
