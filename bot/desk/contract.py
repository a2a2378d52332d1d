"""What the sales desk and its handoff targets promise each other.

A target shows handoffs to people (``HandoffTarget``) and remembers in ``Posts`` what it has put out; what people do
there it brings to the desk (``SalesDesk``). Targets know this room, ``bot.ports`` and the values of ``dialogs``.

1. Showing is told by level, not by edge: ``show`` is given how a handoff stands now and makes what people see agree
   with it, however often it is called and wherever it was interrupted.
2. What was put out is kept in ``Posts`` at once, before the next thing is put out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol, runtime_checkable

from bot.ports import LeadFacts, Message
from dialogs.desk.acts import RepAct
from dialogs.desk.people import Availability, Rep
from dialogs.desk.standing import Desk


class TryLater(Exception):
    """It did not work now. Nothing was shown, or it is not known whether it was."""

    def __init__(self, message: str, *, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds
        """When to try this again (429, Retry-After); None where all of the target is in trouble."""


class Undeliverable(Exception):
    """It will not work until a person changes something; the message says what.

    It is tried again now and then, shown with this message meanwhile, and given up after three days.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of ours, as a target knows them."""

    target: str
    id: str
    """The target's own name for them (``U012AB3CD``, ``anna@example.com``)."""
    name: str
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """A handoff as it stands, with everything people need."""

    handoff: int
    id: str
    """Stays the same whenever this handoff is shown again."""
    lead: LeadFacts
    desk: Desk
    messages: Sequence[Message] = ()
    """What was said since the target last passed anything on, in order; see ``Posts.relayed``."""
    last_seq: int = 0
    """Number of the last message."""
    visitor_is_here: bool = False
    """Whether a window of the visitor is open at present."""
    at: datetime
    """Now, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Something a target has put out."""

    reference: str
    """The target's own name for it, such as ``C024BE91L:1503435956.000247``."""
    digest: str
    """Tells whether what it shows has changed since."""


class Posts(Protocol):
    """What one target has put out about one handoff; remembered durably."""

    @property
    def attempts(self) -> int:
        """How often showing was tried before without coming to its end: above 0, something may be out already."""
        ...

    def find(self, key: str) -> Post | None:
        """What was put out under a key of the target's (``card``, ``offer:anna``)."""
        ...

    def keys(self) -> Sequence[str]:
        """Every key, in the order in which things were put out first."""
        ...

    async def keep(self, key: str, reference: str, digest: str = "") -> None:
        """Remember what was put out. The first ``card`` counts as the alert."""
        ...

    async def relayed(self, seq: int) -> None:
        """Remember that everything up to a message's number was passed on."""
        ...


class HandoffTarget(Protocol):
    """A place where people are told of leads."""

    name: ClassVar[str]

    async def show(self, view: DeskView, posts: Posts) -> None:
        """Make what people see agree with how the handoff stands. Raises ``TryLater`` or ``Undeliverable``."""
        ...

    async def forget(self, references: Sequence[tuple[str, str]]) -> None:
        """Take down what was put out about a person who was erased: (key, reference) pairs. Best effort."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What became of a person's act."""

    view: DeskView | None
    """How the handoff stands now; None when the lead was erased."""
    whispers: tuple[str, ...] = ()
    """What the person is to be told: that somebody else was faster, why a value was not understood."""
    repeated: bool = False
    """Whether the act had been dealt with before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody of the team."""

    rep: Rep
    availability: Availability
    ids: Mapping[str, str]
    """Their name on each target: ``{"slack": "U012AB3CD", "email": "anna@example.com"}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """Words ready to be sent."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that people may fill in for the visitor."""

    field: str
    label: str
    type: str
    """Name of the question type."""
    shown: str = ""
    """The answer as people read it; "" when there is none."""
    options: Sequence[tuple[str, str]] = ()
    """(key, label) of a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One handoff in a list."""

    handoff: int
    lead: str
    """Public id of the lead."""
    name: str | None
    company: str | None
    reason: str
    stage: str
    score: int
    phase: str
    rep: Rep | None
    at: datetime
    """When it became hot."""
    moved_at: datetime
    """When the visitor or a person last did anything."""
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What there is to do, for one person."""

    mine: Sequence[BoardLine] = ()
    unclaimed: Sequence[BoardLine] = ()
    cooling: Sequence[BoardLine] = ()
    """Theirs, and untouched for a day."""
    today: Sequence[BoardLine] = ()
    """Promised for today: reminders that fall due before the day ends."""

    @property
    def of_nobody(self) -> "Board":
        """What a whole channel is told of: what nobody has."""
        return Board(unclaimed=self.unclaimed)

    @property
    def of_reader(self) -> "Board":
        """What one person is told of alone: what is theirs."""
        return Board(mine=self.mine, cooling=self.cooling, today=self.today)

    @property
    def handoffs(self) -> frozenset[int]:
        """Numbers of all the handoffs in it."""
        lists = (self.mine, self.unclaimed, self.cooling, self.today)
        return frozenset(line.handoff for lines in lists for line in lines)


@runtime_checkable
class ShowsLists(Protocol):
    """A target that shows lists of what there is to do.

    What a list names is told to the desk (``SalesDesk.keep_list``) as soon as it is out.
    """

    async def send_digest(self, to: str | None, board: Board, key: str, name: str = "") -> None:
        """Send a list to a person's id or a channel (None: its usual place), unless there is nothing to do.

        ``key`` tells the day and the reader, so that a repeat can be recognised.
        """
        ...

    async def renew(self, key: str, reference: str) -> None:
        """Let a list that is out, by what ``keep_list`` was told, show what there is to do now.

        Somebody on it was erased. Raises ``TryLater``; it may be repeated.
        """
        ...


class SalesDesk(Protocol):
    """What targets may ask of the desk."""

    async def act(self, who: Person, handoff: int, act: RepAct, event_id: str) -> Acted:
        """Deal with what somebody did; returns after the commit. ``event_id`` recognises a repeat.

        Raises ``StorageError`` when it could not be saved: it is then to be brought again.
        """
        ...

    async def view(self, handoff: int) -> DeskView | None:
        """How a handoff stands; None when the lead was erased or there is no such handoff."""
        ...

    async def handoff_at(self, target: str, reference: str) -> int | None:
        """The handoff about which a target put out something of this name, whichever key it has."""
        ...

    async def colleagues(self) -> Sequence[Colleague]:
        """Everybody of the team."""
        ...

    async def availability(self, who: Person) -> Availability:
        """Whether somebody takes leads."""
        ...

    async def set_availability(self, who: Person, availability: Availability) -> None:
        """Remember whether somebody takes leads."""
        ...

    async def board(self, who: Person) -> Board:
        """What there is to do for somebody."""
        ...

    async def keep_list(self, target: str, key: str, reference: str, handoffs: Collection[int]) -> None:
        """Remember which handoffs a list names that a target has put out, instead of those it named before.

        ``key`` and ``reference`` are the target's own names for it, which ``ShowsLists.renew`` is given.
        """
        ...

    async def look_up(self, text: str, most: int = 10) -> Sequence[LeadFacts]:
        """Leads in which a text occurs, the newest first."""
        ...

    async def questions(self, handoff: int) -> Sequence[Question]:
        """What may be filled in for the visitor."""
        ...

    async def canned_replies(self, handoff: int, who: Person) -> Sequence[CannedReply]:
        """Words ready to be sent to this visitor by somebody, with what is known filled in."""
        ...

    async def typing(self, handoff: int, who: Person) -> None:
        """Let the visitor see that somebody is writing."""
        ...

    async def take_in(self, target: str, event_id: str, raw: str) -> bool:
        """Put what came in on disk before it is acknowledged. False when it stands there already."""
        ...

    async def dealt_with(self, target: str, event_id: str) -> None:
        """Strike off what came in."""
        ...

    async def quarantine(self, target: str, event_id: str, reason: str) -> None:
        """Put aside what could not be read."""
        ...

    async def left_over(self, target: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        """(event id, raw) of what came in at least so many seconds ago and was not dealt with, in order."""
        ...
