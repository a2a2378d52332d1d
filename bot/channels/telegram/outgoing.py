"""What we do in a chat, as plain values; the client turns each into one call of the Bot API."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message: it says ``data`` to us, or opens ``url``."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineKeyboard:
    """Buttons under a message."""

    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyKeyboard:
    """Buttons in place of the keyboard: ``contact`` shares the phone number, ``location`` where somebody is, the others
    say their label."""

    contact: str = ""
    location: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoKeyboard:
    """Takes a reply keyboard away."""


Keyboard = InlineKeyboard | ReplyKeyboard | NoKeyboard


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Say something."""

    text: str
    code: tuple[int, int] | None = None
    """What of it is copied by a touch: where it begins and how long it is, in UTF-16 units."""
    keyboard: Keyboard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Show a picture, with a text under it."""

    url: str
    caption: str = ""
    keyboard: Keyboard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Send a file of ours, with a text under it."""

    name: str
    path: Path
    caption: str = ""
    keyboard: Keyboard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Change the text of a message of ours."""

    message: int
    text: str
    keyboard: InlineKeyboard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take a message of ours away."""

    message: int


Step = Text | Picture | Document | Change | TakeBack
