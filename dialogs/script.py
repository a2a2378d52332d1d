"""The model of a dialog script: what a YAML file means once it is read, checked and compiled.

Everything is frozen, shared between conversations, and equal only to itself. Steps form a closed union; each
knows by id the step that follows it, so that walking a script is looking up ids. Positions are kept for the
publish gate's errors.

Longer than other files because the model is read as one: nothing here does anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import BaseModel

from dialogs.attracting import Teaser
from dialogs.conditions import Expression
from dialogs.looks import PLAIN, Look
from dialogs.questions.base import QuestionType
from dialogs.stages import Stage
from dialogs.texts import Text
from dialogs.values import Value

PURPOSES = ("answer_me", "keep_in_touch", "call_me")
"""Purposes of consent that every script knows; it may declare more."""

AUTOMATIC_STEPS_PER_TURN = 50
"""How many steps may be walked in one turn before the loop guard stops it."""


class Place(NamedTuple):
    """Where something stands in the script's file; both from 1."""

    line: int
    column: int


START = Place(1, 1)
"""Where a file begins."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Persona:
    """Who speaks: a name and a picture."""

    key: str
    name: str
    picture: str | None = None
    """An https address, or a file name in the folder's ``pictures``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """A named, typed answer."""

    name: str
    type: QuestionType[Any]
    options: BaseModel
    label: Text
    why: Text | None = None
    """What to say when the visitor asks why we ask."""
    purpose: str | None = None
    """The purpose of consent this answer serves."""
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Magnet:
    """An entry of the catalogue of lead magnets."""

    key: str
    kind: str
    title: Text
    options: Mapping[str, Any]
    """What this kind needs (``file``, ``codes``, ``url``, ``starts`` …), validated by the kind's own room."""
    lasts: float | None = None
    """Seconds for which what was given can be used; None for good."""
    description: Text | None = None
    when: Expression | None = None
    """Who may have it."""
    otherwise: str | None = None
    """Key of the magnet given instead to those who may not, or when there is none left."""
    again: bool = False
    """Whether somebody who has it is given it once more."""
    already: Text | None = None
    """What is said to somebody who has it."""
    empty: Text | None = None
    """What is said when there is none left and nothing to give instead."""
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Experiment:
    """Arms and their weights (whole numbers, not necessarily summing to 100)."""

    name: str
    arms: Mapping[str, int]
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Faq:
    """A question visitors ask on the side, and its answer."""

    key: str
    questions: tuple[str, ...]
    """Ways to ask it, in any of the script's languages."""
    answer: Text
    go: str | None = None
    """A step to go to after the answer instead of asking the open question again."""
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pattern:
    """What an admin changed about one of the things a visitor can always say (back, stop, a person, …)."""

    key: str
    phrases: tuple[str, ...] = ()
    """Further ways to say it."""
    say: Text | None = None
    """What the bot answers, instead of its own words."""
    go: str | None = None
    """Where it leads, where that makes sense (a person, stop)."""
    off: bool = False
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """Points for a condition (fit) or an act (engagement)."""

    id: str
    """``fit.1``, ``engagement.downloads.2``: axis, group, number within it; stays with the rule's place in the file."""
    points: int
    because: str
    when: Expression | None = None
    on: str | None = None
    """The act that earns the points, such as ``guide.opened``."""
    most: int = 1
    """How many occurrences of the act count; 1 for once."""
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Rules that share a ceiling."""

    name: str
    rules: tuple[Rule, ...]
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axis:
    """Fit or engagement: groups of rules, a ceiling for all, and how fast points fade."""

    name: str
    groups: tuple[Group, ...]
    cap: int | None = None
    half_life: float | None = None
    """Seconds; None for points that stay."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Disqualifier:
    """A rule that ends the courtship politely, checked after every answer and before anything is offered."""

    id: str
    when: Expression
    because: str
    say: Text | None = None
    go: str | None = None
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HandoffRule:
    """When a lead is passed to people by itself."""

    id: str
    when: Expression
    to: str
    because: str
    say: Text | None = None
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepChoice:
    """One quick reply of a menu."""

    key: str
    label: Text
    go: str | None = None
    when: Expression | None = None
    synonyms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    values: Mapping[str, Value | Expression] = field(default_factory=dict)
    """Fields it sets."""
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkSpec:
    """A link under a message."""

    label: Text
    url: Text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """What every step has."""

    id: str
    """The author's name for it, or one made from its kind and field (``ask.email``, ``say.3``)."""
    next: str = ""
    """Id of the step after it; "" for the end of its list."""
    when: Expression | None = None
    """The step is taken only if this holds; else the walk goes on to ``otherwise`` or ``next``."""
    otherwise: str | None = None
    persona: str | None = None
    place: Place = START


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SayStep(Step):
    """Say something; with choices, wait for one (a menu)."""

    text: Text
    choices: tuple[StepChoice, ...] = ()
    free: str | None = None
    """Step to go to when the visitor types something that is none of the choices; None asks again."""
    picture: str | None = None
    alt: Text | None = None
    """What the picture shows, for those who do not see it; None for one that says nothing of its own."""
    links: tuple[LinkSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskStep(Step):
    """Ask for a field and read the answer."""

    field: str
    text: Text | None = None
    """The question; None asks by the field's label."""
    again: bool = False
    """Ask although the answer is known."""
    optional: bool = False
    """The visitor may skip it."""
    attempts: int = 3
    """Answers that are not understood before the way out is taken."""
    way_out: str | None = None
    """The step to go to then; None leaves the field open and goes on."""
    retry: Text | None = None
    """What to say to an answer that is not understood, instead of the reason."""
    gather_seconds: float = 0.0
    """How long to wait for further messages that belong to the same answer."""
    picture: str | None = None
    alt: Text | None = None
    """What the picture shows; see ``SayStep``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConsentStep(Step):
    """Ask for consent to one purpose. A known word on the same version is not asked again."""

    purpose: str
    text: Text
    version: str
    """The author's, or a hash of the wording in all languages."""
    yes: Text | None = None
    no: Text | None = None
    why: Text | None = None
    """What to say when the visitor asks why we ask."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OfferStep(Step):
    """Give a lead magnet."""

    magnet: str
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoStep(Step):
    """Go on somewhere else."""

    target: str


class Case(NamedTuple):
    """One way out of a branch; without a condition it always holds."""

    when: Expression | None
    go: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BranchStep(Step):
    """Take the first case that holds, or go on."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CallStep(Step):
    """Walk a sub-dialog and come back."""

    dialog: str
    first: str
    """Id of the sub-dialog's first step."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReturnStep(Step):
    """Come back from a sub-dialog before its end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetStep(Step):
    """Set fields to values or to the results of formulas."""

    values: Mapping[str, Value | Expression]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaitStep(Step):
    """Say nothing for a while; a message from the visitor ends the wait."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VariantStep(Step):
    """Draw this person's arm of an experiment, once and for good."""

    experiment: str
    ways: Mapping[str, str]
    """Arm to step; an arm that is not named goes on."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TagStep(Step):
    """Add and remove tags."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HandoffStep(Step):
    """Bring in people at this point."""

    to: str
    because: str
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DisqualifyStep(Step):
    """Mark the lead as not a fit, politely."""

    because: str
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EndStep(Step):
    """End the conversation."""

    text: Text | None = None


AnyStep = (
    SayStep
    | AskStep
    | ConsentStep
    | OfferStep
    | GoStep
    | BranchStep
    | CallStep
    | ReturnStep
    | SetStep
    | WaitStep
    | VariantStep
    | TagStep
    | HandoffStep
    | DisqualifyStep
    | EndStep
)
"""The closed union of steps."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script:
    """A dialog script, ready to be walked."""

    name: str
    """The ``dialog:`` line; part of addresses."""
    version: str
    """SHA-256 of the file's text, the first 16 hexadecimal digits."""
    title: Text
    """What the talk is called; nothing is filled in, as with its description: nobody is known yet."""
    description: Text | None = None
    """What previews of links to its page say of it."""
    picture: str | None = None
    """What previews of links to its page show: an https address, or a file name in the folder's ``pictures``."""
    alt: Text | None = None
    """What that picture shows, for those who do not see it."""
    indexed: bool = False
    """Whether search engines may list its page."""
    progress: bool = False
    """Whether visitors see how far they have come."""
    language: str
    """The author's own language, which every text has."""
    languages: tuple[str, ...]
    """Every language it speaks, its own first."""
    persona: Persona
    personas: Mapping[str, Persona]
    fields: Mapping[str, Field]
    page: Mapping[str, Field]
    """What the page around the chat may tell of itself."""
    doors: tuple[str, ...]
    """Steps that a page may begin at."""
    purposes: tuple[str, ...]
    magnets: Mapping[str, Magnet]
    experiments: Mapping[str, Experiment]
    faq: tuple[Faq, ...]
    patterns: Mapping[str, Pattern]
    axes: tuple[Axis, ...]
    stages: tuple[tuple[Stage, Expression], ...]
    """From the highest to the lowest."""
    disqualifiers: tuple[Disqualifier, ...]
    handoffs: tuple[HandoffRule, ...]
    first: str
    """Id of the first step."""
    steps: Mapping[str, AnyStep]
    """Every step of the main list and of the sub-dialogs, by id."""
    dialogs: Mapping[str, tuple[str, ...]]
    """Sub-dialog to the ids of its steps, in order."""
    page_acts: tuple[str, ...] = ()
    """Acts that pages may report, as ``page.NAME``."""
    attract: tuple[Teaser, ...] = ()
    look: Look = PLAIN
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where its title, its description and the words for its picture stand, by key."""
    source: str
    """The file's text."""
    path: str = ""
    """The file's name, for messages."""
