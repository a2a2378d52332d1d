"""A visitor in the browser, and a person of ours who talks with them through the real desk."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import Application
from bot.desk.contract import Acted, Person
from dialogs.desk.acts import Claim, GiveBack, Join, PassOn, RepAct, Revise, Speak
from dialogs.desk.people import Rep
from tests.application import HeardTarget

SCRIPT = """
dialog: ladders
title: Ladders, and how to choose one
description: Finds the right ladder.
language: en
languages: [en, de]
persona: {name: Mia Winter}
fields:
  email: {type: email, label: E-mail}
  height: {type: choice, label: Height, options: {low: Up to 3 m, high: Higher}}
steps:
  - say: Hi, I'm Mia. Let us find the right ladder for you.
  - ask: email
    text: Where shall I send our catalogue?
  - ask: height
    text: How high does it have to reach?
  - end: Thank you! It is on its way.
handoff:
  - {when: height == "high", to: sales, because: Wants a high one}
"""

FACE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="#f3c9a5"/>
<rect width="80" height="80" fill="#7fb6c9"/><path d="M12 80c0-20 12-28 28-28s28 8 28 28Z" fill="#334b68"/>
<path d="M22 36c0-18 8-26 18-26s18 8 18 26l-2 16H24Z" fill="#5b3a29"/>
<ellipse cx="40" cy="34" rx="13" ry="16" fill="#f1c7a3"/>
<path d="M26 30c4-10 20-10 28 0-1-14-8-18-14-18s-13 4-14 18Z" fill="#5b3a29"/></svg>"""


def dialogs_folder(base: Path) -> Path:
    """A scripts' folder with the script, and a face."""
    folder = base / "dialogs"
    (folder / "pictures").mkdir(parents=True)
    (folder / "ladders.yaml").write_text(SCRIPT, "utf-8")
    (folder / "pictures" / "anna.svg").write_text(FACE, "utf-8")
    return folder


@dataclass(slots=True, kw_only=True)
class Colleague:
    """Somebody in sales, who acts the way a click or a line in a chat of theirs does."""

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
