"""A messenger without a platform: it holds the house to the contract, and people use it by hand.

What it can do is given; what goes out is held to that. Raw events are JSON that only it reads.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from typing import Any, ClassVar

from aiohttp import web

from bot.channels import contract
from bot.channels.contract import (
    AttachedFile,
    Began,
    CameBack,
    Capabilities,
    Edited,
    Heard,
    House,
    Incoming,
    Left,
    Messenger,
    MessengerKind,
    Opening,
    Outgoing,
    Said,
    Sender,
    SentFile,
    SharedContact,
    SharedLocation,
    Shown,
    Wished,
)
from bot.channels.splitting import length
from bot.graphemes import units

NAME = "carrier"
CAPABILITIES = Capabilities(
    name=NAME, title="Carrier", buttons=8, label_characters=30, text_characters=2000, counts_utf16=True, edits=True,
    typing=True, shares_contact=True, shares_location=True,
)  # fmt: skip
KINDS = {
    kind.__name__: kind
    for kind in (Began, Said, SharedContact, SharedLocation, SentFile, Edited, Wished, Left, CameBack)
}


@dataclass
class Seen:
    """One message as a person sees it."""

    id: str
    reference: str
    shown: Shown
    is_edited: bool = False
    sent: list[str] = field(default_factory=list)


class Carrier:
    """The platform, seen from outside: what everybody sees, and what is wrong with it at present."""

    def __init__(self, capabilities: Capabilities = CAPABILITIES) -> None:
        self.capabilities = capabilities
        self.screens: dict[str, list[Seen]] = defaultdict(list)
        self.typing: list[str] = []
        self.trouble: Callable[[Outgoing], Exception | None] = lambda outgoing: None
        """What goes wrong before a message is out."""
        self.trouble_after: Callable[[Outgoing], BaseException | None] = lambda outgoing: None
        """What goes wrong when it is out."""
        self.blocked: set[str] = set()
        self.files: dict[str, bytes | Exception] = {}
        """What is fetched by a key, or why it cannot be."""
        self.fetched: list[str] = []
        """Every key by which something was fetched."""
        self.news = asyncio.Event()
        self.messengers: list[CarrierMessenger] = []
        self.calls = 0
        self._numbers = count(1)

    @property
    def kind(self) -> MessengerKind:
        """Its line in the registry."""
        return MessengerKind(capabilities=self.capabilities, open=self._open)

    @asynccontextmanager
    async def _open(self, opening: Opening) -> AsyncIterator[Messenger]:
        kind = type("CarrierMessenger", (CarrierMessenger,), {"capabilities": self.capabilities})
        messenger: CarrierMessenger = kind(self, opening.house)
        self.messengers.append(messenger)
        yield messenger

    def person(self, number: int | str, **more: Any) -> "Person":
        """Somebody who uses it."""
        return Person(self, str(number), **more)

    # What comes from us.

    def post(self, outgoing: Outgoing) -> str:
        """Show a message, as the platform would; raises for whatever the contract forbids."""
        self.calls += 1
        if (trouble := self.trouble(outgoing)) is not None:
            raise trouble
        if outgoing.address in self.blocked:
            raise contract.Unreachable("blocked by the user")
        can, screen = self.capabilities, self.screens[outgoing.address]
        if outgoing.removes or outgoing.revises:
            assert can.edits
            (seen,) = [one for one in screen if one.reference == (outgoing.removes or outgoing.revises)]
            if outgoing.removes:
                assert outgoing.shown == Shown()
                screen.remove(seen)
            else:
                _check(outgoing.shown, can)
                seen.shown, seen.is_edited = outgoing.shown, True
            reference = ""
        else:
            _check(outgoing.shown, can)
            reference = f"m{next(self._numbers)}"
            screen.append(Seen(outgoing.id, reference, outgoing.shown))
        self.news.set()
        if (after := self.trouble_after(outgoing)) is not None:
            raise after
        return reference


def _check(shown: Shown, can: Capabilities) -> None:
    """Refuse what the contract says that is never handed over."""
    most = min(can.caption_characters, can.text_characters) if shown.picture or shown.file else can.text_characters
    assert length(shown.text, utf16=can.counts_utf16) <= most, "the text is too long"
    assert shown.text.strip() or shown.picture or shown.file, "there is nothing to be shown"
    assert not (shown.picture and shown.file)
    assert len(shown.buttons) + len(shown.links) <= can.buttons, "there are too many buttons"
    for button in shown.buttons:
        assert button.label.strip()
        assert units(button.label) <= can.label_characters, "a label is too long"
        assert contract.read_button_key(button.key), "the key says something"
    assert not shown.links or can.link_buttons
    for link in shown.links:
        assert link.url.startswith(("http://", "https://"))
        assert units(link.label) <= can.label_characters
    assert not shown.picture or (can.pictures and shown.picture.startswith(("http://", "https://")))
    assert not shown.ask_contact or can.shares_contact
    assert not shown.ask_location or can.shares_location
    if shown.file is not None:
        _check_file(shown.file, can)


def _check_file(file: AttachedFile, can: Capabilities) -> None:
    assert can.files
    assert file.path.is_file()
    assert file.path.stat().st_size <= can.file_bytes
    assert "." in file.name


class CarrierMessenger:
    """See ``bot.channels.contract.Messenger``."""

    name: ClassVar[str] = NAME
    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, carrier: Carrier, house: House) -> None:
        self.carrier = carrier
        self.house = house
        self.is_started = False

    def routes(self) -> Sequence[web.RouteDef]:
        """None."""
        return ()

    async def start(self) -> None:
        """Begin with what was left over."""
        self.is_started = True
        await self.take_over(0.0)

    async def take_over(self, seconds: float) -> int:
        """Deal with what came in so long ago and was not dealt with; how many."""
        left = await self.house.left_over(NAME, seconds)
        for event_id, raw in left:
            await self._deal(event_id, raw)
        return len(left)

    async def stop(self) -> None:
        """Hear no more."""
        self.is_started = False

    async def deliver(self, outgoing: Outgoing) -> str:
        """Show it at once."""
        assert outgoing.id
        return self.carrier.post(outgoing)

    async def show_typing(self, address: str) -> None:
        """Remember it."""
        self.carrier.typing.append(address)

    async def fetch(self, file: SentFile, most_bytes: int) -> bytes:
        """What was put there, else the name of the file."""
        self.carrier.fetched.append(file.fetch)
        content = self.carrier.files.get(file.fetch, file.name.encode())
        if isinstance(content, Exception):
            raise content
        if len(content) > most_bytes:
            raise ValueError("larger")
        return content

    def link(self, code: str) -> str | None:
        """An address of the platform's."""
        assert len(code) <= 64
        return f"https://carrier.example.com/hello?start={code}"

    async def hear(self, incoming: Incoming) -> None:
        """Take an event in, as the platform brings it, and deal with it."""
        raw = json.dumps(_dumped(incoming))
        if await self.house.take_in(NAME, incoming.event_id, raw):
            await self._deal(incoming.event_id, raw)

    async def take_in_only(self, incoming: Incoming) -> None:
        """Take an event in, and go no further: as if the process had ended there."""
        await self.house.take_in(NAME, incoming.event_id, json.dumps(_dumped(incoming)))

    async def _deal(self, event_id: str, raw: str) -> None:
        incoming = _loaded(raw)
        if incoming is None:
            await self.house.set_aside(NAME, event_id, "it cannot be read")
        else:
            await self.house.receive(incoming)


def _dumped(incoming: Incoming) -> dict[str, Any]:
    data = asdict(replace(incoming, sent_at=None))
    data["heard"]["kind"] = type(incoming.heard).__name__
    return data


def _loaded(raw: str) -> Incoming | None:
    try:
        data = json.loads(raw)
        heard = data.pop("heard")
        heard = KINDS[heard.pop("kind")](**heard)
        return Incoming(**{**data, "sender": Sender(**data["sender"]), "heard": heard})
    except (ValueError, KeyError, TypeError):
        return None


class Person:
    """Somebody on the platform."""

    _events: ClassVar[Any] = count(1)

    def __init__(self, carrier: Carrier, number: str, language: str | None = None, key: str | None = None) -> None:
        self.carrier = carrier
        self.sender = Sender(address=number, person=key or f"{NAME}:{number}", language=language)
        self._orders = count(1)

    @property
    def screen(self) -> list[Seen]:
        """What they see, the oldest first; not what they wrote."""
        return self.carrier.screens[self.sender.address]

    @property
    def texts(self) -> list[str]:
        """The texts of what they see."""
        return [one.shown.text for one in self.screen]

    @property
    def messenger(self) -> CarrierMessenger:
        """The process that hears them."""
        return self.carrier.messengers[-1]

    def event(self, heard: Heard, **more: Any) -> Incoming:
        """Something they did, that has not come in yet."""
        number = next(self._events)
        more.setdefault("order", next(self._orders))
        values: dict[str, Any] = {"event_id": f"e{number}", "reference": f"p{number}"} | more
        return Incoming(channel=NAME, sender=self.sender, heard=heard, **values)

    async def does(self, heard: Heard, **more: Any) -> Incoming:
        """Do something; returns when it has been dealt with."""
        incoming = self.event(heard, **more)
        await self.messenger.hear(incoming)
        return incoming

    async def starts(self, code: str = "") -> Incoming:
        """Open the chat."""
        return await self.does(Began(code=code))

    async def says(self, text: str, **more: Any) -> Incoming:
        """Write something."""
        return await self.does(Said(text=text), **more)

    async def presses(self, label: str) -> Incoming:
        """Press the newest button of this label."""
        for seen in reversed(self.screen):
            for button in seen.shown.buttons:
                if button.label == label:
                    return await self.does(Said(text=label, button=button.key))
        offered = [button.label for seen in self.screen for button in seen.shown.buttons]
        raise AssertionError(f"no button {label!r} among {offered}")

    async def edits(self, incoming: Incoming, text: str) -> Incoming:
        """Change an earlier message."""
        return await self.does(Edited(reference=incoming.reference, text=text))

    async def sees(self, text: str) -> Seen:
        """Wait until they see a message in which a text occurs; the newest one."""
        seen: Seen = await self.waits(lambda: self._newest(text))
        return seen

    def _newest(self, text: str) -> Seen | None:
        return next((one for one in reversed(self.screen) if text in one.shown.text), None)

    async def waits(self, find: Callable[[], Any]) -> Any:
        """Wait until there is something."""
        try:
            async with asyncio.timeout(60):
                while not (found := find()):
                    self.carrier.news.clear()
                    await self.carrier.news.wait()
        except TimeoutError:
            raise AssertionError(f"it never came; they see {self.texts}") from None
        return found
