"""Users of WhatsApp, and the messages between them and the business."""

from dataclasses import dataclass, field
from typing import Literal

from tests.whatsapp.refusals import Json

Status = Literal["accepted", "sent", "delivered", "read", "failed"]


@dataclass(eq=False, kw_only=True)
class User:
    """Somebody with a number."""

    wa_id: str
    """The number, digits only."""
    name: str
    user_id: str = ""
    """Their id at this business, such as ``DE.13491208655302741918``; told beside the number where there is one."""
    hides_number: bool = False
    """Whether they show a username instead of the number."""
    on_whatsapp: bool = True
    blocks: bool = False
    offline: bool = False
    """Messages are sent, and delivered only when this is over."""
    last_wrote: float | None = None
    """When the window of 24 hours was opened last."""
    log: list["Message"] = field(default_factory=list)

    def contact(self) -> Json:
        """How a notification names them."""
        return {"profile": {"name": self.name}, **self.ids("wa_id", "user_id")}

    def ids(self, number: str, user_id: str) -> Json:
        """The number and the id, as far as the business is told, under these names."""
        told = {number: "" if self.hides_number else self.wa_id, user_id: self.user_id}
        return {name: value for name, value in told.items() if value}


@dataclass(eq=False, kw_only=True)
class File:
    """What is sent as a file."""

    id: str
    name: str
    mime: str
    data: bytes
    uploaded_at: float


@dataclass(eq=False, kw_only=True)
class Message:
    """One message, of the business or of a person."""

    id: str
    user: User
    mine: bool
    """Whether the business sent it."""
    kind: str
    body: Json
    """As it was sent: the object under the name of its type."""
    at: float
    status: Status = "accepted"
    answers: str | None = None
    """The id of the message it answers to."""
    file: File | None = None
    referral: Json | None = None
    """The ad by which a person came, with their first message."""
    text: str = ""
    """What is read: a body, a caption, a template with its parameters."""
    buttons: list[Json] = field(default_factory=list)
    """What can be pressed: ``{"kind", "id", "title"}``."""
    seen_by_business: bool = False
    """Whether the business marked it as read."""
    reactions: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Message {self.kind} {self.text!r} {self.status}>"

    @property
    def labels(self) -> list[str]:
        """The titles of what can be pressed or chosen."""
        return [one["title"] for one in self.buttons]
