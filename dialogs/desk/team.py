"""The sales team: who is there, when, and which lead goes to whom. What a team file means once it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from dialogs.conditions import Expression
from dialogs.desk.hours import Schedule
from dialogs.desk.people import Rep
from dialogs.desk.plan import Clocks
from dialogs.script import START, Place
from dialogs.texts import Text

OFFER_TO = 3
"""How many people are asked in turn where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the team, and which leads they are for."""

    rep: Rep
    ids: Mapping[str, str] = field(default_factory=dict)
    """Their name on each handoff target: ``{"slack": "U012AB3CD", "email": "anna@example.com"}``."""
    languages: frozenset[str] = frozenset()
    """Primary languages they speak (``de``); any when none is said."""
    territories: frozenset[str] = frozenset()
    """Countries they are for (ISO 3166-1 alpha-2); all when none is said."""
    tags: frozenset[str] = frozenset()
    """What else they are for, in words of the team's own."""
    weight: int = 1
    """Somebody of weight 2 is given twice as many leads as somebody of weight 1."""
    most: int | None = None
    """Open leads they may have before they are offered no more; None for any number."""
    schedule: Schedule = field(default_factory=Schedule)
    place: Place = START

    @property
    def key(self) -> str:
        """Their name in the team file."""
        return self.rep.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where some of the leads go."""

    name: str
    handoffs: frozenset[str] = frozenset()
    """Names of handoffs in scripts (``sales``) that it is for; all when empty."""
    scripts: frozenset[str] = frozenset()
    """Scripts that it is for; all when empty."""
    when: Expression | None = None
    members: tuple[str, ...] = ()
    """Keys of the people it leads to, each once."""
    tags: frozenset[str] = frozenset()
    """Only those people who have all of these."""
    by_language: bool = False
    """Only those who speak the visitor's language."""
    by_territory: bool = False
    """Only those who are for the visitor's country."""
    owner_first: bool = True
    """Whether the person who has the lead already is asked before all others."""
    offer_to: int = OFFER_TO
    """How many are asked in turn before everybody may take it."""
    channel: str | None = None
    """Where it is told, in the target's own terms; None for the target's usual place."""
    targets: tuple[str, ...] = ()
    """Handoff targets that are told; all that are configured when empty."""
    escalate_to: str | None = None
    """A channel, or a person's key."""
    clocks: Clocks = field(default_factory=Clocks)
    schedule: Schedule | None = None
    """Its business hours; None when it is open whenever one of its people works."""
    booking_url: str | None = None
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """Words ready to be sent to a visitor."""

    title: str
    text: Text
    """May hold answers, and ``{{ rep_name }}``."""
    scripts: frozenset[str] = frozenset()
    """Scripts whose visitors it is for; all when empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The list of what there is to do, every working day."""

    at: time
    """On the clock on the team's wall."""
    channel: str | None = None
    """Where; None for the target's usual place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The whole team file."""

    schedule: Schedule = field(default_factory=Schedule)
    """The team's business hours, zone and holidays; always open, in UTC, when nothing is said."""
    members: Mapping[str, Member] = field(default_factory=dict)
    """By key, in the order of the file."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of people."""
    routes: tuple[Route, ...] = ()
    """The first that matches is taken."""
    rest: Route = field(default_factory=lambda: Route(name=""))
    """Where leads go that no route matches: everybody's channel, or all in turn where there are no routes at all."""
    canned: tuple[Canned, ...] = ()
    digest: Digest | None = None

    def member_of(self, target: str, id: str) -> Member | None:
        """Whom a handoff target means by a name of its own, whatever the case it writes it in; None for strangers."""
        wanted = id.casefold()
        return next((one for one in self.members.values() if one.ids.get(target, "").casefold() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What scripts and configuration offer a team file to speak of. None where that is not known: anything goes."""

    fields: Mapping[str, str] | None = None
    """Fields of scripts, and the type that conditions know each by."""
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The options of those fields that have some, for all scripts together."""
    languages: frozenset[str] | None = None
    """What scripts speak."""
    handoffs: frozenset[str] | None = None
    """Names that scripts hand leads off to."""
    scripts: frozenset[str] | None = None
    targets: frozenset[str] | None = None
    """Handoff targets."""
