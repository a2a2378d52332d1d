"""The contracts between the house and the world: what a channel and a lead magnet promise.

What handoff targets promise stands in ``bot/desk/contract.py``.

Adapters know these, and the values of ``dialogs``; never each other, the manager or storage. Each kind stands in
its own file and in one registry line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from pydantic import BaseModel

from dialogs.state import Receipt

Message = Mapping[str, Any]
"""One message of a transcript, as ``docs/chat-protocol.md`` describes it."""

TIMER_ID, ROUTED_ID, OPENED_ID = "timer:", "routed:", "opened:"
OWN_IDS = (TIMER_ID, ROUTED_ID, OPENED_ID)
"""How the ids of events begin that the house makes itself: no client may give such a one, or ours would be a repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One lead magnet given to one person."""

    token: str
    """Random and unguessable; names the grant in links."""
    magnet: str
    title: str
    options: Mapping[str, Any]
    """What the script says about this magnet, as the kind's own model dumped it."""
    given_at: datetime
    language: str
    link: str
    """Address under which this person, and nobody else, gets it: opening it is an act that scores."""
    code: str | None = None
    """The discount code taken from the pool."""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """Serve a file of the dialogs folder as a download."""

    name: str
    """Path below the folder's ``files``, checked by the server to stay there."""
    download_name: str
    attached: bool = True
    """Whether messengers send the file itself, which is opened out of our sight; else they show its link."""


@dataclass(frozen=True, slots=True)
class RedirectAnswer:
    """Send the visitor on to another address."""

    url: str


@dataclass(frozen=True, slots=True)
class ContentAnswer:
    """Serve bytes made on the spot."""

    body: bytes
    content_type: str
    download_name: str | None = None


Opened = FileAnswer | RedirectAnswer | ContentAnswer


class LeadMagnet(Protocol):
    """One kind of lead magnet. Stateless and pure: it turns what the script says into a card and an answer."""

    kind: ClassVar[str]
    """The word in scripts: ``kind: file``."""
    options: ClassVar[type[BaseModel]]
    """What a script says about a magnet of this kind."""

    def pool(self, magnet: str, options: Mapping[str, Any]) -> str | None:
        """Name of the pool of codes it draws from; None when it draws from none."""
        ...

    def expires_at(self, options: Mapping[str, Any], given_at: datetime) -> datetime | None:
        """When this person's link stops working; None for never."""
        ...

    def card(self, grant: Grant) -> Mapping[str, Any]:
        """What the visitor sees: a ``card`` of the chat protocol."""
        ...

    def open(self, grant: Grant, part: str) -> Opened | None:
        """What its link leads to; ``part`` is what follows the token in the address ("" or, say, "calendar.ics").

        None when there is no such part.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFile:
    """A file that a lead sent."""

    name: str
    type: str
    """By its content."""
    size: int
    """In bytes."""
    sent_at: datetime
    link: str
    """Signed, and good for a month at least; "" where nobody may fetch it."""
    withheld: str | None = None
    """Why, then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """A lead as a person from sales needs to see it."""

    id: str
    name: str | None
    contacts: Sequence[tuple[str, str]]
    """(kind, value), e-mail and phone."""
    answers: Sequence[tuple[str, str]]
    """(label, value) as people read them, in the order of the script."""
    stage: str
    fit: int
    engagement: int
    receipts: Sequence[Receipt]
    script: str
    channel: str
    language: str
    source: Mapping[str, Any]
    variants: Mapping[str, str]
    tags: Sequence[str]
    magnets: Sequence[str]
    consents: Mapping[str, bool]
    last_lines: Sequence[tuple[str, str]]
    """(who, text) of the talk's end, oldest first."""
    created_at: datetime
    conversation: str
    company: str | None = None
    files: Sequence[LeadFile] = ()
    """What they sent, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLimits:
    """What a channel can show; the publish gate and rendering go by it."""

    name: str
    buttons: int
    """Most quick replies under one message; 0 where there are no buttons."""
    label_characters: int
    """Longest label of a button that is not cut."""
    text_characters: int
    files: bool = True
    formatting: bool = False
    list_above: int | None = None
    """Choices above which they are rows of a list; None where there are no lists."""
    list_label_characters: int = 0
    sees_opening: bool = True
    """Whether it is seen that a file was opened: a file that is sent as such is opened out of our sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One event from a channel, on its way to the manager."""

    channel: str
    address: str
    """Who is there, in the channel's own terms; with the channel the conversation's key."""
    external_id: str | None
    """The event's identity on the channel: a redelivery carries the same."""
    event: Any = field(repr=False)


class Channel(Protocol):
    """A place where visitors are."""

    name: ClassVar[str]
    limits: ClassVar[ChannelLimits]

    async def deliver(self, address: str, messages: Sequence[Message]) -> None:
        """Show messages to whoever is at ``address``; raises when it did not work."""
        ...


Clock = Callable[[], datetime]
"""The one clock: the present moment in UTC, with its time zone. Replaced in tests."""
