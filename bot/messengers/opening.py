"""Which messengers are configured, what they can show, and how they are opened, started and stopped."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web

from bot.channels import MESSENGERS
from bot.channels.contract import Capabilities, House, Messenger, MessengerKind, Opening, SentFile
from bot.config import Config
from bot.ports import ChannelLimits, Clock
from bot.tickets import Way
from dialogs.checking import WEB_ONLY, Limits

Registry = Mapping[str, Callable[[], MessengerKind]]
SCRIPT = "script"
"""Key of a messenger's section that names the script with which it begins."""


def configured(config: Config, registry: Registry = MESSENGERS) -> dict[str, MessengerKind]:
    """The kinds of messengers that are configured, by section."""
    kinds = {}
    for name, kind_of in registry.items():
        section = config.sections.get(name)
        if section is not None and (kind := kind_of()).is_wanted(section):
            kinds[name] = kind
    return kinds


def limits_of(can: Capabilities) -> ChannelLimits:
    """What the publish gate has to know of a messenger."""
    return ChannelLimits(
        name=can.name,
        buttons=can.buttons,
        label_characters=can.label_characters,
        text_characters=can.text_characters,
        files=can.files,
        formatting=can.formatting,
        list_above=can.list_above,
        list_label_characters=can.list_label_characters,
        sees_opening=not can.files,
    )


def channel_limits(config: Config, registry: Registry = MESSENGERS) -> Mapping[str, Limits]:
    """The limits of every channel on which scripts are served, by the name that people know it by."""
    kinds = configured(config, registry).values()
    return {**WEB_ONLY, **{kind.capabilities.title: limits_of(kind.capabilities) for kind in kinds}}


def first_scripts(config: Config, kinds: Mapping[str, MessengerKind]) -> dict[str, str | None]:
    """The script with which each messenger begins, where its section names one."""
    named: dict[str, str | None] = {}
    for section, kind in kinds.items():
        script: Any = config.sections[section].get(SCRIPT)
        named[kind.capabilities.name] = script if isinstance(script, str) and script else None
    return named


class Messengers:
    """The messengers of this process. ``open`` makes them, ``start`` lets them hear, ``stop`` ends that."""

    def __init__(self, config: Config, kinds: Mapping[str, MessengerKind]) -> None:
        self._config = config
        self._kinds = kinds
        self.by_name: dict[str, Messenger] = {}
        """Those that are open."""

    @property
    def capabilities(self) -> dict[str, Capabilities]:
        """What each can do, by name."""
        return {kind.capabilities.name: kind.capabilities for kind in self._kinds.values()}

    async def open(self, house: House, clock: Clock, base_url: str, stack: AsyncExitStack) -> None:
        """Open every messenger; ``stack`` closes them. Raises ``ConfigError``."""
        for section, kind in self._kinds.items():
            opening = Opening(
                section=self._config.sections[section],
                path=self._config.path,
                house=house,
                clock=clock,
                base_url=base_url,
            )
            self.by_name[kind.capabilities.name] = await stack.enter_async_context(kind.open(opening))

    def routes(self) -> list[web.RouteDef]:
        """What our server has to serve for them."""
        return [route for messenger in self.by_name.values() for route in messenger.routes()]

    def ways(self) -> dict[str, Way]:
        """How each is gone over to."""
        return {name: _way(messenger) for name, messenger in self.by_name.items()}

    def links(self, code: str) -> dict[str, str | None]:
        """The address at which each is opened with a code, where it has one."""
        return {name: messenger.link(code) for name, messenger in self.by_name.items()}

    async def fetch(self, channel: str, file: SentFile, most_bytes: int) -> bytes:
        """A file that somebody sent on a channel; see ``Messenger.fetch``."""
        return await self.by_name[channel].fetch(file, most_bytes)

    async def start(self) -> None:
        """Begin to hear."""
        for messenger in self.by_name.values():
            await messenger.start()

    async def stop(self) -> None:
        """Let what is under way finish, and hear no more."""
        for messenger in self.by_name.values():
            await messenger.stop()


def _way(messenger: Messenger) -> Way:
    return lambda code, script: messenger.link(code)
