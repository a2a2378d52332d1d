"""Turns of the sales desk as the engine makes them, short enough to read in a test."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.desk.acts import Claim, Entry, RepAct
from dialogs.desk.people import Rep
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Desk, Phase
from dialogs.effects import Effect, HandOff, ShowDesk
from dialogs.events import Event, HandoffRouted, RepDid
from dialogs.facts import Fact, FactKind
from dialogs.state import Status
from dialogs.values import Value
from storage.conversations import StoredConversation
from storage.database import Database
from tests.storage.samples import NOON, later, lead_with, new_turn, said, saved

ANNA = Rep(key="anna", name="Anna Berg", picture="https://example.com/anna.png")
BEN = Rep(key="ben", name="Ben")
PLAN = Plan(route="enterprise", reps=(ANNA, BEN), trace=("Anna: first.", "Ben: second."))
READY = HandOff(to="sales", reason="Ready")


async def handed_off(
    database: Database, address: str = "a", answers: Mapping[str, Value] | None = None, *, at: datetime = NOON
) -> tuple[StoredConversation, int]:
    """A lead that has just become hot, and the number of its handoff, which nobody has routed yet."""
    stored = await lead_with(database, address, answers or {"first_name": "Ada"})
    facts = (Fact(FactKind.HANDED_OFF, "", "sales"),)
    turn = await saved(database, stored, new_turn(said("now", at), stored.state, effects=(READY,), facts=facts))
    return turn.conversation, turn.handoffs[0]


def routing(handoff: int, at: datetime = NOON) -> Event:
    """It was decided where the lead goes."""
    return HandoffRouted(at=at, handoff=handoff, to="sales", reason="Ready", plan=PLAN)


def did(handoff: int, act: RepAct, by: Rep = ANNA, at: datetime = NOON) -> Event:
    """A person of ours did something."""
    return RepDid(at=at, handoff=handoff, rep=by, act=act)


def line(what: str, by: str = "", text: str = "", at: datetime = NOON) -> Entry:
    """A line of the history."""
    return Entry(at=at, what=what, by=by, text=text)


async def on_desk(
    database: Database,
    stored: StoredConversation,
    event: Event,
    *lines: Entry,
    status: Status | None = None,
    state: Mapping[str, Any] | None = None,
    effects: tuple[Effect, ...] | None = None,
    facts: tuple[Fact, ...] = (),
    **changes: Any,
) -> StoredConversation:
    """The conversation after a turn that changed its desk."""
    desk = stored.state.desk
    assert desk is not None
    desk = replace(desk, **({"entries": (*desk.entries, *lines)} | changes))
    after = replace(stored.state, desk=desk, status=status or stored.state.status, **(state or {}))
    shown = (ShowDesk(handoff=desk.handoff),) if effects is None else effects
    return (await saved(database, stored, new_turn(event, after, effects=shown, facts=facts))).conversation


async def route(
    database: Database, stored: StoredConversation, handoff: int, *, at: datetime = NOON, **changes: Any
) -> StoredConversation:
    """The conversation once it was decided where its lead goes: to everybody."""
    changes = {"phase": Phase.OPEN, "entries": (line("routed", at=at),)} | changes
    desk = Desk(handoff=handoff, to="sales", reasons=("Ready",), at=at, plan=PLAN, **changes)
    new = new_turn(routing(handoff, at), replace(stored.state, desk=desk), effects=(ShowDesk(handoff=handoff),))
    return (await saved(database, stored, new)).conversation


async def routed(
    database: Database,
    address: str = "a",
    answers: Mapping[str, Value] | None = None,
    *,
    at: datetime = NOON,
    **changes: Any,
) -> tuple[StoredConversation, int]:
    """A lead that is open to everybody, and the number of its handoff."""
    stored, handoff = await handed_off(database, address, answers, at=at)
    return await route(database, stored, handoff, at=at, **changes), handoff


async def claimed(
    database: Database, address: str = "a", by: Rep = ANNA, *, at: datetime = NOON, **further: Any
) -> tuple[StoredConversation, int]:
    """A lead that somebody has taken, and the number of its handoff."""
    stored, handoff = await routed(database, address, **further)
    claim = line("claimed", by.name, at=at)
    event = did(handoff, Claim(), by, at)
    stored = await on_desk(database, stored, event, claim, phase=Phase.CLAIMED, rep=by, claimed_at=at)
    return stored, handoff


def minutes(count: float) -> datetime:
    """A moment after noon."""
    return later(60 * count)
