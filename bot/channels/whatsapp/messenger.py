"""WhatsApp as a messenger of the house: its webhook, what is said, and the 24 hours in which it may be."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import aiohttp
from aiohttp import web

from bot.channels.contract import (
    Capabilities,
    Incoming,
    Left,
    Messenger,
    MessengerKind,
    Opening,
    Outgoing,
    OutsideWindow,
    Remark,
    SentFile,
    Unreachable,
)
from bot.channels.intake import Intake, read_body
from bot.channels.looking import text
from bot.channels.whatsapp.client import WhatsAppClient
from bot.channels.whatsapp.reading import digest, events_of, read
from bot.channels.whatsapp.settings import NAME, WhatsAppSettings, read_settings
from bot.channels.whatsapp.writing import CAPABILITIES, WINDOW_HOURS, invitation, write
from bot.desk.contract import TryLater, Undeliverable

log = logging.getLogger(__name__)

PATH = "/whatsapp/webhook"
SIGNATURE = "X-Hub-Signature-256"
PAUSES = (1.0, 5.0, 30.0, 120.0)
"""Seconds between tries to learn our own number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What is remembered of a chat."""

    phone: str = ""
    name: str = ""
    heard: float = 0.0
    """When they wrote last, as a Unix time; 0 where that is not known, as of somebody who was erased."""
    message: str = ""
    """What they wrote last: its id."""

    def to(self, address: str) -> Mapping[str, str]:
        """How the Cloud API wants to be told to whom: by their number, or by their id where they hide it."""
        phone = self.phone or (address if address.isdigit() else "")
        return {"to": phone.lstrip("+")} if phone else {"recipient": address}


class WhatsAppMessenger:
    """WhatsApp. ``client``'s session is open."""

    name: ClassVar[str] = NAME
    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, settings: WhatsAppSettings, client: WhatsAppClient, opening: Opening) -> None:
        self.settings = settings
        self._client = client
        self._house = opening.house
        self._clock = opening.clock
        self.intake = Intake(opening.house, NAME, read, self._receive)
        self._number = ""
        self._introducing: asyncio.Task[None] | None = None

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook."""
        return [web.get(PATH, self.verify), web.post(PATH, self.notified)]

    async def start(self) -> None:
        """Deal with what was left over; learn our number, for links. WhatsApp need not be reachable yet."""
        self._number = await self._house.recall(NAME, self._number_key) or ""
        await self.intake.start()
        self._introducing = asyncio.get_running_loop().create_task(self._introduce())

    async def stop(self) -> None:
        """Let what is under way finish, and hear no more."""
        if self._introducing is not None:
            self._introducing.cancel()
            await asyncio.wait({self._introducing})
        await self.intake.stop()

    async def verify(self, request: web.Request) -> web.Response:
        """Meta looks whether the address is ours."""
        asked = request.query
        given = asked.get("hub.verify_token", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self.settings.verify_token.encode()) or asked.get("hub.mode") != "subscribe":
            return web.Response(status=403)
        return web.Response(text=asked.get("hub.challenge", ""), headers={"X-Content-Type-Options": "nosniff"})

    async def notified(self, request: web.Request) -> web.Response:
        """A notification, or something of somebody who would like to be Meta. 200 when it is on disk."""
        body = await read_body(request)
        signature = hmac.new(self.settings.app_secret.encode(), body, hashlib.sha256).hexdigest()
        given = request.headers.getall(SIGNATURE, [])
        if len(given) != 1 or not hmac.compare_digest(
            given[0].encode("utf-8", "replace"), b"sha256=" + signature.encode()
        ):
            return web.Response(status=401)
        raw = body.decode("utf-8", "replace").replace("\x00", "\ufffd")
        try:
            events = events_of(json.loads(raw), self.settings.phone_number_id)
        except (ValueError, RecursionError):
            events = [(digest(raw), raw or "(nothing)")]
        try:
            await self.intake.take(events)
        except Exception as error:
            log.error("WhatsApp: a notification could not be saved, it will come again: %s", type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()

    async def deliver(self, outgoing: Outgoing) -> str:
        """Say something; see ``Messenger.deliver``. A list with a picture or file above it is two messages.

        Raises ``OutsideWindow`` when they wrote more than 24 hours ago: with a template they are invited by it, once,
        and what was to be said has to wait for their answer.
        """
        chat, shown = await self._chat(outgoing.address), outgoing.shown
        try:
            if chat.heard and self._clock().timestamp() - chat.heard >= WINDOW_HOURS * 3600:
                raise OutsideWindow("they wrote more than 24 hours ago")
            media = await self._client.upload(shown.file) if shown.file is not None else ""
            reference = ""
            for message in write(shown, outgoing.language, media):
                reference = await self._client.send(chat.to(outgoing.address), message, outgoing.id)
        except OutsideWindow:
            await self._invite(outgoing, chat)
            raise
        return reference

    async def show_typing(self, address: str) -> None:
        """Show that somebody writes, and that what they wrote was read; best effort."""
        with suppress(TryLater, Undeliverable, Unreachable, OutsideWindow):
            if message := (await self._chat(address)).message:
                await self._client.show_typing(message)

    async def fetch(self, file: SentFile, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger, else as ``deliver`` does."""
        return await self._client.download(file.fetch, most_bytes)

    def link(self, code: str) -> str | None:
        """An address that opens a chat with us, with a first message to be sent that brings ``code``."""
        return f"https://wa.me/{self._number}?text={quote(f'/start {code}')}" if self._number else None

    async def _receive(self, incoming: Incoming) -> None:
        """Remember when they wrote, then deal with it."""
        if not isinstance(incoming.heard, Left):
            sender, sent_at = incoming.sender, incoming.sent_at or self._clock()
            before = await self._chat(sender.address)
            chat = Chat(
                phone=sender.phone or before.phone,
                name=sender.name or before.name,
                heard=max(before.heard, min(sent_at, self._clock()).timestamp()),
                message=incoming.reference,
            )
            await self._house.remember(NAME, f"chat:{sender.address}", json.dumps(asdict(chat)))
        await self._house.receive(incoming)

    async def _invite(self, outgoing: Outgoing, chat: Chat) -> None:
        """Send the template, unless it was sent since they wrote last."""
        template, address = self.settings.template, outgoing.address
        # A note of its own: meanwhile they may write, and what is noted of that must not be written over.
        key, since = f"chat:{address}:invited", str(chat.heard)
        if template is None or not chat.heard or await self._house.recall(NAME, key) == since:
            return
        message = invitation(template, self.settings.template_language, chat.name)
        await self._client.send(chat.to(address), message, outgoing.id)
        await self._house.remember(NAME, key, since)

    async def _chat(self, address: str) -> Chat:
        return Chat(**json.loads(await self._house.recall(NAME, f"chat:{address}") or "{}"))

    async def _introduce(self) -> None:
        """Learn our number; as often as it takes."""
        tries = 0
        while True:
            try:
                about = await self._client.number()
            except (TryLater, Undeliverable, Unreachable, OutsideWindow) as error:
                log.error("WhatsApp: %s", error)
                rest = getattr(error, "seconds", None) or 0.0
                await asyncio.sleep(max(PAUSES[min(tries, len(PAUSES) - 1)], rest))
                tries += 1
            else:
                self._number = "".join(filter(str.isdecimal, text(about.get("display_phone_number"))))
                await self._house.remember(NAME, self._number_key, self._number)
                return

    @property
    def _number_key(self) -> str:
        return f"number:{self.settings.phone_number_id}"


@asynccontextmanager
async def open_whatsapp(opening: Opening) -> AsyncIterator[Messenger]:
    """WhatsApp, with its connections open; it hears nothing before it is started. Raises ``ConfigError``."""
    settings = read_settings(opening.section, opening.path)
    async with aiohttp.ClientSession(trust_env=True) as session:
        yield WhatsAppMessenger(settings, WhatsAppClient(settings, session), opening)


def look(section: Mapping[str, Any], path: Path | None, base_url: str) -> AsyncIterator[Remark]:
    """What WhatsApp says of us. Raises ``ConfigError``."""
    return _examine(read_settings(section, path), base_url)


async def _examine(settings: WhatsAppSettings, base_url: str) -> AsyncIterator[Remark]:
    async with aiohttp.ClientSession(trust_env=True) as session:
        try:
            about = await WhatsAppClient(settings, session).number()
        except TryLater as error:
            cure = f"may this server reach {urlsplit(settings.api_url).hostname}? Behind a proxy, set HTTPS_PROXY"
            yield Remark(NAME, "failed", str(error), cure)
        except (Undeliverable, Unreachable, OutsideWindow) as error:
            message, _, cure = str(error).partition("; ")
            yield Remark(NAME, "failed", message, cure)
        else:
            who = f"{text(about.get('display_phone_number'))}, {text(about.get('verified_name'))}"
            poor = about.get("quality_rating") == "RED"
            cure = "people block or report it: see WhatsApp Manager, Phone numbers" if poor else ""
            yield Remark(NAME, "warning" if poor else "ok", f"the number is {who}", cure)
    public = urlsplit(base_url)
    if public.scheme != "https" or public.hostname in ("localhost", "127.0.0.1", "::1"):
        cure = "give [web] public_url an https address that is reachable from outside"
        yield Remark(f"{NAME} webhook", "failed", f"Meta cannot call {base_url}{PATH}", cure)
    else:
        yield Remark(f"{NAME} webhook", "ok", f"enter {base_url}{PATH} in your Meta app, and subscribe to messages")
    if settings.template is None:
        message = "who wrote more than 24 hours ago can not be written to"
        yield Remark(f"{NAME} template", "ok", f"{message}, as there is no [whatsapp] template")


KIND = MessengerKind(capabilities=CAPABILITIES, open=open_whatsapp, examine=look)
"""For the registry."""
