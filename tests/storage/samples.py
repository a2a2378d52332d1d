"""Turns as the engine makes them, short enough to read in a test."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.effects import Effect
from dialogs.events import Event, VisitorArrived, VisitorSaid
from dialogs.facts import Fact, FactKind
from dialogs.source import Source, Touch
from dialogs.state import ConversationState
from dialogs.turn import LeadChange, Turn
from dialogs.values import Value
from storage.conversations import NewEffect, NewGrant, NewTurn, SavedTurn, StoredConversation, begin, save_turn
from storage.database import Database

NOON = datetime(2027, 1, 5, 12, 0, 0, 123456, tzinfo=UTC)


def later(seconds: float) -> datetime:
    """A moment after noon."""
    return NOON + timedelta(seconds=seconds)


def state(**changes: Any) -> ConversationState:
    """A conversation that has just begun."""
    standing = ConversationState(
        script="guide",
        version="aaaa000011112222",
        person="person-1",
        channel="web",
        language="en",
        started_at=NOON,
        source=Source(
            first=Touch(at=NOON, utm_source="news", utm_campaign="spring"), last=Touch(at=NOON, utm_source="ads")
        ),
        variants={"opening": "short"},
    )
    return replace(standing, **changes)


def arrived(at: datetime = NOON) -> Event:
    """The visitor opened the chat."""
    return VisitorArrived(at=at, person="person-1", channel="web")


def said(text: str, at: datetime = NOON) -> Event:
    """The visitor wrote something."""
    return VisitorSaid(at=at, text=text)


def bot(text: str) -> dict[str, Any]:
    """A message of the bot."""
    return {"from": "bot", "at": NOON.isoformat(), "text": text}


def visitor(text: str) -> dict[str, Any]:
    """A message of the visitor."""
    return {"from": "visitor", "at": NOON.isoformat(), "text": text}


def answering(
    answers: Mapping[str, Value], *, identities: Sequence[tuple[str, str]] = (), **further: Any
) -> LeadChange:
    """The change that answers make."""
    return LeadChange(
        answers=answers,
        labels={name: (name.replace("_", " ").capitalize(), str(value)) for name, value in answers.items()},
        identities=tuple(identities),
        **further,
    )


def new_turn(
    event: Event | None,
    after: ConversationState,
    messages: Sequence[Mapping[str, Any]] = (),
    *,
    lead: LeadChange | None = None,
    effects: tuple[Effect, ...] = (),
    facts: tuple[Fact, ...] = (Fact(FactKind.REACHED, "ask.email"),),
    external_id: str | None = None,
    queue: tuple[NewEffect, ...] = (),
    grants: tuple[NewGrant, ...] = (),
    proven: tuple[tuple[str, str], ...] = (),
    at: datetime | None = None,
) -> NewTurn:
    """A turn to be saved."""
    return NewTurn(
        event=event,
        at=at or (event.at if event else NOON),
        turn=Turn(state=after, effects=effects, facts=facts, lead=lead),
        messages=messages,
        external_id=external_id,
        effects=queue,
        grants=grants,
        proven=proven,
    )


async def begun(
    database: Database, *, address: str = "a", person: str = "person-1", **further: Any
) -> StoredConversation:
    """A conversation whose visitor was greeted."""
    new = new_turn(arrived(), state(person=person), [bot("Hello!")], **further)

    saved = await database.write(
        lambda tx: begin(tx, channel="web", address=address, public_id=f"public-{address}", new=new)
    )
    return saved.conversation


async def saved(database: Database, stored: StoredConversation, new: NewTurn) -> SavedTurn:
    """The turn after its commit."""
    return await database.write(lambda tx: save_turn(tx, stored, new))


async def lead_with(
    database: Database, address: str, answers: Mapping[str, Value], *, person: str | None = None, **further: Any
) -> StoredConversation:
    """A conversation in which something was answered; each address is another visitor unless ``person`` says so."""
    stored = await begun(database, address=address, person=person or f"person-{address}")
    identities = [(kind, str(answers[kind])) for kind in ("email", "phone") if kind in answers]
    tags = (*stored.state.tags, *further.get("tags_added", ()))
    after = replace(stored.state, answers={**stored.state.answers, **answers}, tags=tags)
    change = answering(answers, identities=identities, **further)
    return (await saved(database, stored, new_turn(said("…"), after, [visitor("…")], lead=change))).conversation
