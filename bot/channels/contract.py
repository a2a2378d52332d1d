"""What messengers and the house promise each other.

A messenger (Telegram, WhatsApp, Slack) hears and says: it turns raw events into ``Incoming`` and messages of the
transcript into calls of its platform, two pure translations each. Everything else is the house's: order, repeats,
conversations, what is to be said, when to try again.

1. What comes in is put on disk (``House.take_in``) before the platform is told that it arrived. Then it is dealt with
   (``House.receive``) and struck off. What cannot be read is put aside, acknowledged, and never blocks the next.
2. What goes out is told by level: the house hands over everything that was not delivered yet, in order, and
   remembers each part's reference at once. It is rendered already (``bot.channels.rendering``): a part is one message
   of the platform, within its ``Capabilities``.
3. A button carries an opaque key of ours (``button_key``), never the answer itself.
4. A kind of messenger is one line in the registry (``bot.channels.MESSENGERS``): its ``MessengerKind``.

A little longer than other files: whoever adds a messenger reads this one, and nothing here does anything.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

from aiohttp import web

from bot.ports import Clock


class Unreachable(Exception):
    """This person can not be written to: they blocked us or are gone. Nothing is sent there until they write again."""


class OutsideWindow(Exception):
    """The platform allows no free text to this person now (WhatsApp: 24 hours after their last message)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can show and do; rendering and the publish gate go by it. Sizes in characters."""

    name: str
    """As in the configuration: ``telegram``."""
    title: str
    """As people call it: ``Telegram``."""
    buttons: int
    """Most quick replies under one message; 0 where choices are written out as a numbered list."""
    label_characters: int
    """Longest label of a button that is not cut."""
    text_characters: int
    """Longest text of one message; longer ones are split between words."""
    counts_utf16: bool = False
    """Whether the platform counts texts in UTF-16 units, of which an emoji has two. Labels are always counted so."""
    caption_characters: int = 1024
    """Longest text that can stand with a picture or a file."""
    files: bool = True
    """Whether files can be sent as such; else their link is written."""
    file_bytes: int = 20 * 1024 * 1024
    """Largest file that can be sent; of a larger one the link is written."""
    pictures: bool = True
    describes_pictures: bool = False
    """Whether a picture takes words for those who do not see it; else they stand in the text."""
    link_buttons: bool = True
    """Whether a link can be a button; else it is written out."""
    edits: bool = False
    """Whether what was said can be changed and taken back."""
    typing: bool = False
    shares_contact: bool = False
    """Whether a phone question can be answered by a button of the platform's own."""
    shares_location: bool = False
    """Whether a question for a place can be answered by a button of the platform's own."""
    formatting: bool = False
    names: bool = False
    """Whether a message can be shown as a certain person's; else the name of a person of ours stands before their
    words."""
    window_hours: float | None = None
    """Hours after the person's last message in which they may be written to freely; None for always."""
    list_above: int | None = None
    """Choices above which they are no buttons, but rows of a list that opens; None where there are no lists."""
    list_label_characters: int = 0
    """Longest label of a row that is not cut; at least that of a button."""

    def label_most(self, choices: int) -> int:
        """Longest label of one of so many choices under a message."""
        is_list = self.list_above is not None and choices > self.list_above
        return self.list_label_characters if is_list else self.label_characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote, in the channel's own terms."""

    address: str
    """Where to answer: with the channel and the script the conversation's key."""
    person: str
    """Stays with the person on this channel; proven by the platform: ``telegram:4711``."""
    name: str = ""
    phone: str = ""
    """E.164, where the platform vouches that it is theirs; "" where it does not say."""
    language: str | None = None
    """BCP 47."""
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """They opened the chat; ``code`` came with the link that brought them (a campaign, or a conversation to go on)."""

    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """They wrote, or pressed one of our buttons (``button`` is its key, ``text`` its label where that is known)."""

    text: str
    button: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContact:
    """They shared a phone number; ``own`` where the platform vouches that it is theirs."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLocation:
    """They shared where they are, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """They sent a file; ``fetch`` is the channel's own key to get it by."""

    name: str
    content_type: str
    size: int | None
    fetch: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """They changed an earlier message."""

    reference: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A command that every channel has: ``stop human language mydata forgetme restart help``."""

    command: str
    words: str = ""
    """What stood behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """They blocked us or left; nothing more is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """They may be written to again."""


Heard = Began | Said | SharedContact | SharedLocation | SentFile | Edited | Wished | Left | CameBack
"""Everything a messenger hears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """What they pressed on another platform to write to us, as far as that tells. None of it is trusted."""

    kind: str = ""
    """``ad``, ``post``."""
    id: str = ""
    headline: str = ""
    url: str = ""
    click_id: str = ""
    """With the network's name for it: ``ctwa_clid:ARAk…``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event of a messenger, read."""

    channel: str
    event_id: str
    """The platform's name for it, by which a repeat is recognised."""
    sender: Sender
    heard: Heard
    reference: str = ""
    """The platform's name for the message."""
    order: int = 0
    """Grows with every message of a chat, where the platform numbers them: what is older than what was dealt with
    last is kept, and does not turn the talk back."""
    sent_at: datetime | None = None
    advert: Advert | None = None
    """What brought them, where the platform tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A quick reply."""

    key: str
    """Comes back when it is pressed, as ``Said.button``: see ``button_key``."""
    label: str
    """One line, within ``Capabilities.label_most``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkButton:
    """A button that opens a page: http or https, of a host with a dot in its name."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file of ours to be sent."""

    name: str
    """With its extension, as the person will see it."""
    content_type: str
    path: Path
    """On this machine; exists, and is within ``Capabilities.file_bytes``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One message of the platform, all of it within its ``Capabilities``. Never empty: text, picture or file."""

    text: str = ""
    """Plain text; the caption where there is a picture or a file. "" only there."""
    buttons: tuple[Button, ...] = ()
    links: tuple[LinkButton, ...] = ()
    picture: str = ""
    """Whole address; never together with ``file``."""
    alt: str = ""
    """What the picture shows, on channels that take that (``Capabilities.describes_pictures``)."""
    file: AttachedFile | None = None
    ask_contact: str = ""
    """Label of the platform's own button that shares the phone number; "" for none. Only where it shares contacts."""
    ask_location: str = ""
    """Label of the platform's own button that shares where somebody is; "" for none. Only where it shares places."""
    speaker: str = ""
    """Who says it, on channels that can show that (``Capabilities.names``)."""
    speaker_picture: str = ""
    code: str = ""
    """The part of the text that people will want to copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message of the platform on its way to a person."""

    address: str
    id: str
    """Stays the same when it is tried again: ``conversation:seq:part``."""
    shown: Shown
    language: str
    revises: str = ""
    """Reference of the message that this one changes (only where the channel ``edits``)."""
    removes: str = ""
    """Reference of the message that is to be taken back; ``shown`` is empty then (only where the channel ``edits``)."""
    attempts: int = 0
    """How often it was tried before: above 0, it may be out already."""


KEY_CHARACTERS_MOST = 40
"""Of a button's key; all are letters, digits and colons of ASCII."""


def button_key(conversation: int, seq: int, number: int) -> str:
    """The key of a button: of message ``seq`` of a conversation, the ``number``-th, from 0."""
    return f"b:{conversation}:{seq}:{number}"


def read_button_key(key: str) -> tuple[int, int, int] | None:
    """Conversation, message and number of a button; None for a key that is none of ours."""
    head, *parts = key.split(":") if len(key) <= KEY_CHARACTERS_MOST else ("",)
    if head != "b" or len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    conversation, seq, number = map(int, parts)
    return conversation, seq, number


class House(Protocol):
    """What messengers may ask of the house."""

    async def take_in(self, channel: str, event_id: str, raw: str) -> bool:
        """Put a raw event on disk. False when it stands there, or was dealt with, already."""
        ...

    async def receive(self, incoming: Incoming) -> None:
        """Deal with an event; returns when everything it caused is on disk, and strikes it off."""
        ...

    async def set_aside(self, channel: str, event_id: str, reason: str) -> None:
        """Put an event aside that cannot be read, or is of no concern to us (then ``reason`` is empty)."""
        ...

    async def left_over(self, channel: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        """(event id, raw) of what came in, so long ago at least, and was not dealt with, in order.

        With ``seconds`` it is what other processes took in and died with, and one process at a time is told of it.
        """
        ...

    async def lead(self, channel: str, seconds: float) -> bool:
        """Whether this process is the one that polls for a channel, for so many seconds from now."""
        ...

    async def recall(self, channel: str, key: str) -> str | None:
        """What a channel remembered."""
        ...

    async def remember(self, channel: str, key: str, value: str) -> None:
        """Remember something for a channel, durably.

        What has the key ``chat:ADDRESS``, or one that begins with ``chat:ADDRESS:``, goes when that person is erased.
        """
        ...


class Messenger(Protocol):
    """A channel that pushes messages to people."""

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]

    def routes(self) -> Sequence[web.RouteDef]:
        """What our server has to serve for it."""
        ...

    async def start(self) -> None:
        """Begin to hear."""
        ...

    async def stop(self) -> None:
        """Let what is under way finish, and hear no more."""
        ...

    async def deliver(self, outgoing: Outgoing) -> str:
        """Say something, in one message; the platform's name for it, to change it by ("" where there is none).

        What cannot be changed or taken back any more is no error: the reference stays as it is. Raises ``TryLater``,
        ``Undeliverable`` (see ``bot.desk.contract``), ``Unreachable`` and ``OutsideWindow``.
        """
        ...

    async def show_typing(self, address: str) -> None:
        """Show that somebody writes; best effort."""
        ...

    async def fetch(self, file: SentFile, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger."""
        ...

    def link(self, code: str) -> str | None:
        """An address that opens a chat with us and brings ``code`` (64 of A-Z a-z 0-9 _ - at most); None for none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a messenger is made of."""

    section: Mapping[str, Any]
    """Its section of the configuration, as written, with secrets read from their files."""
    path: Path | None
    """The configuration's file; None when there is none."""
    house: House
    clock: Clock
    base_url: str
    """How visitors, and platforms, reach our server."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a look at one thing that a messenger needs has found; for ``handraiser doctor``."""

    subject: str
    verdict: Literal["ok", "warning", "failed"]
    message: str
    cure: str = ""
    """What to do about it."""


Examine = Callable[[Mapping[str, Any], Path | None, str], AsyncIterator[Remark]]
"""Looks at everything that a platform can be asked, given the section, the configuration's file and how our server is
reached; changes nothing. Raises ``ConfigError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessengerKind:
    """A kind of messenger: what it can do, and how one is opened."""

    capabilities: Capabilities
    """Its name is the section of the configuration."""
    open: Callable[[Opening], AbstractAsyncContextManager[Messenger]]
    """Opens what it needs (connections, no listening yet: that is ``Messenger.start``). Raises ``ConfigError``."""
    examine: Examine | None = None
    """Says whether all is well; None where that is said elsewhere."""
    is_wanted: Callable[[Mapping[str, Any]], bool] = bool
    """Whether a section asks for it: one that serves other purposes, too, may not. Else every section with anything in
    it does."""
