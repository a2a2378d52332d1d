"""Who gets which lead: decided once, from the team file, the lead and everybody's load, with a reason for each step.

1. The first route that matches is taken. A condition about an answer that nobody gave does not hold.
2. Whoever has the lead already is asked first, where the route says so and they are free.
3. Only people who are free are asked: they take leads, are within their hours, and have fewer leads than they may.
4. Who was given the fewest leads for their weight comes first; then whoever waited longest; then by key.

The same lead and the same loads give the same plan. Nothing is ever lost for want of people: a plan without any leads
to the channel, where everybody may take it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dialogs.desk.hours import is_open, opens_at
from dialogs.desk.people import Availability, Load
from dialogs.desk.plan import Plan
from dialogs.desk.routing_words import BUSY_SAYINGS, counted, listed, moment, shortened
from dialogs.desk.team import Member, Route, Team

DAYS_COUNTED = 30
"""Leads that somebody was given in so many days are what fairness goes by."""

_NO_LOAD = Load()
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A lead on its way to people."""

    to: str
    """The name the script used: ``sales``."""
    script: str = ""
    facts: Mapping[Any, Any] = field(default_factory=dict)
    """What conditions may ask for: answers and built-in names, as ``dialogs.knowledge`` gives them."""
    language: str = "en"
    """The visitor's."""
    region: str | None = None
    """The visitor's country (ISO 3166-1 alpha-2), as far as it is known."""
    owner: str | None = None
    """Key of the person who has the lead already."""


def route(team: Team | None, request: Request, loads: Mapping[str, Load], now: datetime) -> Plan:
    """Where the lead goes. ``loads`` are by the person's key; ``now`` must have a time zone.

    Without a team everybody may take it in the targets' usual places, at any hour.
    """
    if team is None:
        return Plan(trace=("There is no team file: everybody may take it.",))
    trace: list[str] = []
    found = _find_route(team, request, trace)
    opening = _opening(team, found, now, trace)
    reps = () if opening is not None else _people(team, found, request, loads, now, trace)
    return Plan(
        route=found.name,
        targets=found.targets,
        channel=found.channel,
        reps=tuple(member.rep for member in reps),
        escalate_to=found.escalate_to,
        clocks=found.clocks,
        opens_at=opening,
        booking_url=found.booking_url,
        trace=tuple(trace),
    )


# Which route.


def _find_route(team: Team, request: Request, trace: list[str]) -> Route:
    missed: list[str] = []
    for one in team.routes:
        why_not = _why_not(one, request)
        if why_not is None:
            trace += [*shortened(missed, "more routes did not match"), f'Route "{one.name}": {_why(one, request)}.']
            return one
        missed.append(f'Route "{one.name}": {why_not}.')
    trace += shortened(missed, "more routes did not match")
    trace.append("No route matched." if team.routes else "There are no routes: everybody is asked in turn.")
    return team.rest


def _why(one: Route, request: Request) -> str:
    """Why a route matches."""
    reasons = [f"for {request.to}"] if one.handoffs else []
    reasons += [f"for the script {request.script}"] if one.scripts else []
    reasons += [f"{one.when.source} holds"] if one.when is not None else []
    return ", ".join(reasons) or "takes every lead"


def _why_not(one: Route, request: Request) -> str | None:
    """Why a route does not match; None when it does."""
    if one.handoffs and request.to not in one.handoffs:
        return f"not for {request.to}"
    if one.scripts and request.script not in one.scripts:
        return f"not for the script {request.script}"
    if one.when is None or one.when.holds(request.facts):
        return None
    unknown = sorted(name for name in one.when.names if request.facts.get(name) is None)
    return f"{one.when.source} does not hold" + (f" ({listed(unknown)} not known)" if unknown else "")


# When.


def _opening(team: Team, found: Route, now: datetime, trace: list[str]) -> datetime | None:
    """When its business hours begin, if they are not now."""
    zone = (found.schedule or team.schedule).zone
    if found.schedule is not None:
        begins = opens_at(found.schedule, now)
    else:
        each = (opens_at(team.members[key].schedule, now) for key in found.members if key in team.members)
        begins = min((one for one in each if one is not None), default=None)
    if begins is None:
        trace.append("These hours do not come within two years: it is dealt with as if it were open.")
        return None
    if begins <= now:
        return None
    here = moment(now, zone)
    trace.append(f"Outside business hours ({here}): nobody is asked before {moment(begins, zone)}.")
    return begins.astimezone(zone)  # A visitor whose clock is not known is told by the team's.


# Who.


def _people(
    team: Team, found: Route, request: Request, loads: Mapping[str, Load], now: datetime, trace: list[str]
) -> tuple[Member, ...]:
    """Whom it is offered to, in order."""
    owner = _owner(team, found, request, loads, now, trace)
    if found.offer_to == 0 or not found.members:
        if owner is None:
            trace.append("Nobody is asked: straight to the channel.")
        return (owner,) if owner is not None else ()
    if found.by_territory and request.region is None:
        trace.append("The visitor's country is not known: territories are not looked at.")
    free: list[Member] = []
    passed: list[str] = []
    for key in found.members:
        member = team.members[key]
        if member is owner or (key == request.owner and found.owner_first):
            continue
        why_not = _does_not_fit(member, found, request) or _not_free(member, loads.get(key, _NO_LOAD), now)
        if why_not is None:
            free.append(member)
        else:
            passed.append(f"{member.rep.name}: {why_not}.")
    free.sort(key=lambda member: _turn(member, loads.get(member.key, _NO_LOAD)))
    asked = ([owner] if owner is not None else []) + free
    asked, others = asked[: found.offer_to], asked[found.offer_to :]
    asks = "1 is" if found.offer_to == 1 else f"{found.offer_to} are"
    places = (f"{one.rep.name}: {_place(number)}, {_burden(one, loads)}." for number, one in enumerate(asked, 1))
    waiting = (f"{one.rep.name}: free, but only {asks} asked, {_burden(one, loads)}." for one in others)
    trace += [*places, *shortened(waiting, "more are free"), *shortened(passed, "more are not free")]
    if not asked:
        trace.append("Nobody is free: straight to the channel.")
    return tuple(asked)


def _owner(
    team: Team, found: Route, request: Request, loads: Mapping[str, Load], now: datetime, trace: list[str]
) -> Member | None:
    """Whoever has the lead already, if they are to be asked first and are free."""
    if request.owner is None or not found.owner_first:
        return None
    owner = team.members.get(request.owner)
    if owner is None:
        trace.append("Whoever has the lead already is not in the team file.")
        return None
    why_not = _not_free(owner, loads.get(owner.key, _NO_LOAD), now)
    has_it = f"{owner.rep.name} has the lead already"
    trace.append(f"{has_it} and is asked first." if why_not is None else f"{has_it}, but: {why_not}.")
    return owner if why_not is None else None


def _does_not_fit(member: Member, found: Route, request: Request) -> str | None:
    """Why a person is not for this lead."""
    if missing := found.tags - member.tags:
        return f"does not have the tag {listed(sorted(missing))}"
    language = request.language.partition("-")[0].lower()
    if found.by_language and member.languages and language not in member.languages:
        return f"does not speak {language}"
    region = (request.region or "").upper()
    if found.by_territory and region and member.territories and region not in member.territories:
        return f"is not for {region}"
    return None


def _not_free(member: Member, load: Load, now: datetime) -> str | None:
    """Why a person takes no leads at present."""
    if load.availability is not Availability.TAKING:
        return BUSY_SAYINGS[load.availability]
    if not is_open(member.schedule, now):
        begins = opens_at(member.schedule, now)
        until = f" until {moment(begins, member.schedule.zone)}" if begins is not None else ""
        return f"outside working hours{until}"
    if member.most is not None and load.open >= member.most:
        return f"has {load.open} of {counted(member.most, 'lead')}"
    return None


def _turn(member: Member, load: Load) -> tuple[float, datetime, str]:
    """What people are asked in the order of."""
    return load.assigned / member.weight, load.assigned_at or _NEVER, member.key


def _place(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"number {number}")


def _burden(member: Member, loads: Mapping[str, Load]) -> str:
    load = loads.get(member.key, _NO_LOAD)
    has = f"has {load.open} of {counted(member.most, 'lead')}" if member.most else f"has {counted(load.open, 'lead')}"
    return f"{has}, given {load.assigned} in {DAYS_COUNTED} days at weight {member.weight}"
