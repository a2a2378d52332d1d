"""Visitors at the door: who they are by their token, what they may ask for, and where they stand.

The socket and the HTTP API are two ways in; this is the hall behind both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from aiohttp import web

from bot.channels.web import (
    NAME,
    FrameError,
    WebChannel,
    address_of,
    new_token,
    person_of,
    read_arrival,
    read_return,
    read_ticket,
)
from bot.crossing import come_over
from bot.manager import Handled, Manager, Standing
from bot.ports import Clock
from bot.web.limits import Limiter
from bot.web.origins import Origins
from bot.web.regions import region_of_zone
from dialogs.script import Script

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi", "ps", "sd", "ckb", "dv")
"""Languages written from right to left."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """A visitor who has come in: their token, and where they stand."""

    token: str
    standing: Standing
    script: Script
    pictures: str
    """Address below which the script's pictures are."""

    def dump(self) -> dict[str, Any]:
        """The fields of a welcome, without messages."""
        script, persona = self.script, self.script.persona
        language = self.standing.language
        return {
            "token": self.token,
            "conversation": self.standing.public_id,
            "status": self.standing.status,
            "script": {
                "name": script.name,
                "title": script.title,
                "language": language,
                "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
                "persona": {"name": persona.name, "picture": picture_address(persona.picture, self.pictures)},
            },
        }


class Visitors:
    """Lets visitors in and keeps them within bounds."""

    def __init__(
        self,
        manager: Manager,
        channel: WebChannel,
        origins: Origins,
        clock: Clock,
        *,
        first_script: str | None,
        messages_a_minute: int,
        conversations_an_hour: int,
        trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = (),
    ) -> None:
        self.manager = manager
        self.channel = channel
        self.origins = origins
        self.clock = clock
        self._first_script = first_script
        self._said = Limiter(messages_a_minute, 60)
        self._said_from = Limiter(messages_a_minute * 20, 60)
        self._begun = Limiter(conversations_an_hour, 3600)
        self._trusted = trusted_proxies

    async def hello(self, address: str, data: Mapping[str, Any]) -> Welcome:
        """Let a visitor in: back to where they stood, or to a conversation that begins now.

        ``address`` is their network address.
        """
        script_name = self._script_name(data)
        token = data.get("token")
        if token is not None and not (isinstance(token, str) and 20 <= len(token) <= 200):
            raise FrameError("unknown_token", "This conversation is not known here; begin anew without a token.")
        person = person_of(token) if token is not None else None
        standing = None
        if (code := read_ticket(data)) and (came := await self._come_over(code, token, person)):
            standing, token = came
        elif person is not None:
            standing = await self.manager.find(NAME, address_of(person, script_name))
            if standing is None and not await self.manager.knows(person):
                raise FrameError("unknown_token", "This conversation is not known here; begin anew without a token.")
        if standing is None:
            standing, token = await self._begin(address, data, script_name, token, person)
        elif data.get("visit") is True:
            self.check_rate(address, standing.conversation_id, None)
            returned = read_return(data, self.clock())
            await self.show(
                standing.conversation_id, await self.manager.handle(standing.conversation_id, returned, None)
            )
        assert token is not None
        script = await self.manager.scripts.version(standing.script, standing.version)
        return Welcome(token, standing, script, self.manager.pictures)

    async def _come_over(self, code: str, token: str | None, person: str | None) -> tuple[Standing, str] | None:
        """Go on with the conversation of another channel; None where the code is not, or no more, a ticket for one."""
        if token is None or person is None:
            token = new_token()
            person = person_of(token)
        handled = await come_over(
            self.manager,
            code,
            channel=NAME,
            person=person,
            address_of=partial(address_of, person),
            at=self.clock(),
        )
        if handled is None:
            return None
        await self.show(handled.conversation_id, handled)
        standing = await self.manager.standing(handled.conversation_id)
        return None if standing is None else (standing, token)

    async def _begin(
        self, address: str, data: Mapping[str, Any], script_name: str, token: str | None, person: str | None
    ) -> tuple[Standing, str]:
        wait = self._begun.wait(address)
        if wait:
            message = "Too many conversations were begun from here. Please try again later."
            raise FrameError("too_many", message, retry_after=wait)
        if token is None or person is None:
            token = new_token()
            person = person_of(token)
        zone = data.get("time_zone")
        region = region_of_zone(zone) if isinstance(zone, str) else None
        arrived = read_arrival(data, person, self.clock(), region)
        standing = await self.manager.begin(NAME, address_of(person, script_name), script_name, arrived)
        return standing, token

    def check_rate(self, address: str, conversation_id: int, client_id: str | None) -> None:
        """Raise ``FrameError`` when a conversation, or a network address, says too much at once."""
        wait = self._said.wait(str(conversation_id)) or self._said_from.wait(address)
        if wait:
            message = f"That was a little fast. Please wait {max(1, round(wait + 0.5))} seconds."
            raise FrameError("too_many", message, client_id=client_id, retry_after=wait)

    async def show(self, conversation_id: int, handled: Handled) -> None:
        """Show what a turn said to everyone connected to its conversation."""
        if handled.messages:
            await self.channel.show(conversation_id, handled.messages, handled.status)

    def address(self, request: web.Request) -> str:
        """The visitor's network address: the last one that a trusted proxy vouches for.

        IPv6 addresses count by their /64 network, which one household has.
        """
        address = request.remote or "unknown"
        if self._trusted and self._is_trusted(address):
            for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
                address = hop.strip() or address
                if not self._is_trusted(address):
                    break
        try:
            parsed = ip_address(address)
        except ValueError:
            return address[:64]
        return str(IPv6Network((parsed, 64), strict=False)) if parsed.version == 6 else address

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._trusted)

    def _script_name(self, data: Mapping[str, Any]) -> str:
        name = data.get("script") or self._first_script or self.manager.scripts.first()
        if not isinstance(name, str) or name not in self.manager.scripts.names():
            raise FrameError("unknown_script", "There is no chat of this name.")
        return name


def picture_address(picture: str | None, pictures: str) -> str | None:
    """Where a browser finds a picture: an address stays, a file name stands below ``pictures``."""
    if picture is None or picture.startswith(("https://", "http://")):
        return picture
    return f"{pictures}/{picture}"
