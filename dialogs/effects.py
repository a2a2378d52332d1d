"""What the bot wants done: frozen wishes in the imperative, decided by the engine and performed by others.

The union is closed and matched with ``assert_never``: a new effect is rare, and the type checker then names
every place that must learn it. Effects that leave the process (``HandOff``, timers) are stored with the turn and
performed after its commit; ``Say``, ``GiveMagnet``, ``RepSay`` and ``OfferCrossing`` become messages of the transcript
in the same commit.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from dialogs.desk.people import Rep, dump_rep, load_rep
from dialogs.questions.base import Input, Option


@dataclass(frozen=True, slots=True)
class Link:
    """A button that leads to another page. The address is http, https, mailto or tel."""

    label: str
    url: str


class Say(NamedTuple):
    """One message to the visitor, in their language, as plain text."""

    text: str
    step: str = ""
    """The step it belongs to; comes back with a pressed button."""
    persona: str | None = None
    """Key of the persona that speaks; None for the script's own."""
    choices: tuple[Option, ...] = ()
    """Quick replies under the message."""
    input: Input | None = None
    """How to answer, when the message asks something."""
    picture: str | None = None
    """Address of a picture above the text."""
    alt: str = ""
    """What the picture shows, for those who do not see it; "" for one that says nothing of its own."""
    links: tuple[Link, ...] = ()
    language: str | None = None
    """Set where the conversation goes on in another language from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveMagnet:
    """Give a lead magnet: it becomes a message with a card that leads to this person's own copy."""

    magnet: str
    """Key in the script's catalogue."""
    kind: str
    """Which kind of magnet: the room that makes the card."""
    title: str
    description: str = ""
    text: str = ""
    step: str = ""
    persona: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """Bring in people: pass the lead to a handoff target."""

    to: str
    """Name of the target, as routing in the configuration knows it."""
    reason: str
    """Why, for the person who takes it: the rule's own words, or ``asked`` when the visitor asked for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimer:
    """Wake this conversation with ``TimerElapsed(name)`` at a time; a timer of the same name is replaced."""

    name: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTimer:
    """Forget a timer."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepSay:
    """Words of a person of ours: a message to the visitor, or a change of an earlier one."""

    rep: Rep
    text: str
    """"" when ``revises`` takes words back."""
    reference: str
    """The target's own name for these words; the message's ``id``."""
    revises: bool = False
    """Whether the message of this ``id`` is changed, rather than a new one said."""
    in_thread: bool = False
    """Whether the words stand in the target's thread already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCrossing:
    """Offer the visitor to go on on another channel: it becomes a message with a link that brings them there once."""

    to: str
    """The channel; what cannot be gone on to is told to the visitor."""
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDesk:
    """Bring what people of ours see of a handoff up to date: its card, and what was said since."""

    handoff: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """Words for whoever just acted (a person of ours, the page around the chat), and for nobody else.

    Not stored: they answer the act.
    """

    text: str
    code: str = ""
    """The same for programs."""
    about: str = ""
    """The name it is about."""


Effect = Say | GiveMagnet | HandOff | SetTimer | CancelTimer | RepSay | OfferCrossing | ShowDesk | Whisper

_KINDS: dict[str, type[Any]] = {
    "say": Say,
    "give_magnet": GiveMagnet,
    "hand_off": HandOff,
    "set_timer": SetTimer,
    "cancel_timer": CancelTimer,
    "rep_say": RepSay,
    "offer_crossing": OfferCrossing,
    "show_desk": ShowDesk,
    "whisper": Whisper,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def dump_effect(effect: Effect) -> dict[str, Any]:
    """The effect as JSON."""
    data = _parts(effect._asdict()) if isinstance(effect, Say) else asdict(effect)
    if isinstance(effect, SetTimer):
        data["due"] = effect.due.isoformat()
    elif isinstance(effect, RepSay):
        data |= {"rep": dump_rep(effect.rep), "text": effect.text or None}
    return {"effect": _NAMES[type(effect)]} | {key: value for key, value in data.items() if value not in (None, "", ())}


def _parts(said: dict[str, Any]) -> dict[str, Any]:
    """The parts of a message as JSON."""
    choices, links, asked = said["choices"], said["links"], said["input"]
    return said | {
        "choices": tuple(asdict(one) for one in choices),
        "links": tuple(asdict(one) for one in links),
        "input": None if asked is None else asdict(asked),
    }


def load_effect(data: Mapping[str, Any]) -> Effect:
    """The effect that ``dump_effect`` wrote. Raises ``KeyError`` for an unknown kind."""
    values = {key: value for key, value in data.items() if key != "effect"}
    if "due" in values:
        values["due"] = datetime.fromisoformat(values["due"])
    if "rep" in values:
        values = {"text": ""} | values | {"rep": load_rep(values["rep"])}
    if "choices" in values:
        values["choices"] = tuple(Option(**one) for one in values["choices"])
    if "links" in values:
        values["links"] = tuple(Link(**one) for one in values["links"])
    if "input" in values:
        asked = values["input"]
        values["input"] = Input(**{**asked, "options": tuple(Option(**one) for one in asked["options"])})
    effect: Effect = _KINDS[data["effect"]](**values)
    return effect
