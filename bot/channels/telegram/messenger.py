"""Telegram as a messenger of the house: opens what it needs, says what it is given."""

import hashlib
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.contract import (
    Capabilities,
    House,
    Messenger,
    MessengerKind,
    Opening,
    Outgoing,
    Remark,
    SentFile,
    Unreachable,
)
from bot.channels.errands import Errand
from bot.channels.telegram.addresses import Address, read_address
from bot.channels.telegram.checkup import examine
from bot.channels.telegram.client import Moved, TelegramClient
from bot.channels.telegram.commands import menus
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.moves import Moves
from bot.channels.telegram.outgoing import NoKeyboard, Picture, ReplyKeyboard, Step, Text
from bot.channels.telegram.polling import Polling, Rhythm
from bot.channels.telegram.reading import NAME, Bot
from bot.channels.telegram.refusals import BadMarkup, NoSuchFile, NotChangeable, NotChanged
from bot.channels.telegram.settings import read_settings
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.writing import CAPABILITIES, plainly, taking_keyboard_away, without_picture, write
from bot.desk.contract import TryLater, Undeliverable

log = logging.getLogger(__name__)

LARGEST_PICTURE = 10_000_000
"""Bytes: https://core.telegram.org/bots/api#sendphoto."""
_MOVES_MOST = 3


class TelegramMessenger:
    """Telegram. ``client`` is open. ``base_url``: how our server is reached. ``rhythm``: of fetching updates."""

    name: ClassVar[str] = NAME
    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, client: TelegramClient, house: House, base_url: str, *, rhythm: Rhythm | None = None) -> None:
        self.client = client
        settings = client.settings
        self._house = house
        self._base_url = base_url
        self._moves = Moves(house)
        self.intake = Intake(house, client, self._moves, groups=settings.groups)
        self.polling = Polling(client, house, self.intake, rhythm or Rhythm()) if settings.mode == "polling" else None
        self.webhook = Webhook(client, self.intake, base_url) if settings.mode == "webhook" else None
        self._introducing = Errand("Telegram", self._introduce)

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook, where updates come in by it."""
        return self.webhook.routes() if self.webhook is not None else ()

    async def start(self) -> None:
        """Deal with what was left over, then hear. Telegram itself need not be reachable yet."""
        self._know(await self._house.recall(NAME, self._key("username")) or "")
        await self.intake.start()
        self._introducing.begin()
        if self.polling is not None:
            self.polling.start()
        if self.webhook is not None:
            self.webhook.start()

    async def stop(self) -> None:
        """Let what is under way finish, and hear no more."""
        await self._introducing.end()
        for way_in in (self.polling, self.webhook):
            if way_in is not None:
                await way_in.stop()
        await self.intake.stop()

    async def deliver(self, outgoing: Outgoing) -> str:
        """Say something, in one message; see ``Messenger.deliver``."""
        try:
            address = read_address(outgoing.address)
            step = write(outgoing, address)
        except ValueError as error:
            raise Undeliverable(str(error)) from None
        for _ in range(_MOVES_MOST):
            try:
                sent = await self._perform(step, await self._moves.current(address))
            except Moved as moved:
                await self._moves.remember(str(address.chat), str(moved.chat))
            except (NotChanged, NotChangeable):
                return outgoing.revises or outgoing.removes
            else:
                return str(sent) if sent is not None else ""
        raise TryLater("the group moves again and again")

    async def show_typing(self, address: str) -> None:
        """Show that somebody writes; best effort."""
        with suppress(TryLater, Undeliverable, Unreachable, Moved, ValueError):
            await self.client.show_typing(await self._moves.current(read_address(address)))

    async def fetch(self, file: SentFile, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger, else as ``deliver`` does."""
        return await self.client.fetch(file.fetch, most_bytes)

    def link(self, code: str) -> str | None:
        """An address that opens a chat with us and brings ``code``; None while Telegram has not said who we are."""
        username = self.intake.bot.username
        return f"https://t.me/{username}?start={code}" if username else None

    async def _perform(self, step: Step, address: Address) -> int | None:
        step = await self._with_keyboard(step, address)
        try:
            sent = await self.client.perform(step, address, await self._content(step))
        except BadMarkup as error:
            log.error("Telegram: a message was refused and is sent again without its formatting: %s", error)
            sent = await self.client.perform(plainly(step), address)
        except NoSuchFile as error:
            if not isinstance(step, Picture):
                raise
            log.warning("Telegram: a picture cannot be shown, its address is sent instead: %s", error)
            sent = await self.client.perform(without_picture(step), address)
        await self._remember_keyboard(step, address)
        return sent

    async def _with_keyboard(self, step: Step, address: Address) -> Step:
        """With the order to take the phone question's keyboard away, where it is still there."""
        if not isinstance(step, Text) or step.keyboard is not None or address.chat < 0:
            return step
        is_there = await self._house.recall(NAME, f"keyboard:{address.chat}")
        return taking_keyboard_away(step) if is_there else step

    async def _remember_keyboard(self, step: Step, address: Address) -> None:
        keyboard = step.keyboard if isinstance(step, Text) else None
        if not isinstance(keyboard, ReplyKeyboard | NoKeyboard):
            return
        is_there = "yes" if isinstance(keyboard, ReplyKeyboard) else ""
        try:
            await self._house.remember(NAME, f"keyboard:{address.chat}", is_there)
        except Exception as error:  # The message is out, and must not be sent again for this.
            log.warning("Telegram: a keyboard is forgotten: %s", type(error).__name__)

    async def _content(self, step: Step) -> bytes | None:
        """A picture of our own: Telegram may not reach our server, so we bring it ourselves."""
        if not isinstance(step, Picture) or not step.url.startswith(f"{self._base_url}/"):
            return None
        try:
            return await self.client.download(step.url, LARGEST_PICTURE)
        except (TryLater, ValueError) as error:
            log.warning("Telegram: the picture %s cannot be sent: %s", urlsplit(step.url).path, error)
            return None

    async def _introduce(self) -> None:
        """Learn who we are, and set the menu of commands."""
        identity = await self.client.identify()
        self._know(identity.username)
        await self._house.remember(NAME, self._key("username"), identity.username)
        await self._set_commands()
        log.info("Telegram: the bot is @%s", identity.username)

    async def _set_commands(self) -> None:
        """Set the menu in every language, unless it stands there already."""
        settings = self.client.settings
        everything = menus(settings.commands)
        digest = hashlib.sha256(json.dumps([everything, settings.groups]).encode()).hexdigest()
        if await self._house.recall(NAME, self._key("commands")) == digest:
            return
        for language, commands in everything.items():
            await self.client.set_commands(commands, language, everywhere=settings.groups)
        await self._house.remember(NAME, self._key("commands"), digest)

    def _know(self, username: str) -> None:
        self.intake.bot = Bot(id=self.client.settings.bot_id, username=username)

    def _key(self, what: str) -> str:
        return f"{what}:{self.client.settings.bot_id}"


@asynccontextmanager
async def open_telegram(opening: Opening) -> AsyncIterator[Messenger]:
    """Telegram, with its connections open; it hears nothing before it is started. Raises ``ConfigError``."""
    settings = read_settings(opening.section, opening.path)
    async with TelegramClient(settings) as client:
        yield TelegramMessenger(client, opening.house, opening.base_url)


def look(section: Mapping[str, Any], path: Path | None, base_url: str) -> AsyncIterator[Remark]:
    """What Telegram says of us. Raises ``ConfigError``."""
    return examine(read_settings(section, path), base_url)


KIND = MessengerKind(capabilities=CAPABILITIES, open=open_telegram, examine=look)
"""For the registry."""
