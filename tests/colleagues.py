"""People of ours who act on the real desk, the way a click or a line in a chat of theirs does."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.app import Application
from bot.desk.contract import Acted, Person
from dialogs.desk.acts import Claim, GiveBack, Join, PassOn, RepAct, Revise, Speak
from dialogs.desk.people import Rep
from tests.application import HeardTarget


@dataclass(slots=True, kw_only=True)
class Colleague:
    """Somebody in sales, and the handoff they deal with."""

    app: Application
    person: Person
    handoff: int = 0
    _events: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def alerted(self, target: HeardTarget) -> None:
        """Wait until the visitor's wish has come to the target."""
        self.handoff = (await target.wait()).handoff

    async def claims(self) -> Acted:
        return await self._acts(Claim())

    async def joins(self) -> Acted:
        return await self._acts(Join())

    async def says(self, text: str, reference: str = "") -> str:
        """Say something to the visitor; the name it can be changed by."""
        reference = reference or f"{self.person.id}:{next(self._events)}"
        acted = await self._acts(Speak(text=text, reference=reference))
        assert acted.whispers == ()
        return reference

    async def revises(self, reference: str, text: str | None) -> None:
        acted = await self._acts(Revise(reference=reference, text=text))
        assert acted.whispers == ()

    async def gives_back(self) -> Acted:
        return await self._acts(GiveBack())

    async def passes_on(self, other: "Colleague") -> None:
        who = other.person
        rep = Rep(key=f"{who.target}:{who.id}", name=who.name, picture=who.picture)
        await self._acts(PassOn(to=rep))

    async def types(self) -> None:
        await self.app.desk.typing(self.handoff, self.person)

    async def _acts(self, act: RepAct) -> Acted:
        acted = await self.app.desk.act(self.person, self.handoff, act, f"{self.person.id}.{next(self._events)}")
        assert acted.view is not None
        return acted


def anna(app: Application) -> Colleague:
    """Anna, who has a picture."""
    picture = f"{app.base_url}/pictures/anna.svg"
    return Colleague(app=app, person=Person(target="slack", id="U1", name="Anna Berg", picture=picture))


def ben(app: Application) -> Colleague:
    """Ben, who has none."""
    return Colleague(app=app, person=Person(target="slack", id="U2", name="Ben Hart"))
