"""Visitors at the door: who they are by their token, what they may ask for, and where they stand.

The socket and the HTTP API are two ways in; this is the hall behind both.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from aiohttp import web

from bot.campaigns import Campaigns, told_by
from bot.channels.web import (
    NAME,
    FrameError,
    address_of,
    new_token,
    person_of,
    read_acts,
    read_arrival,
    read_file,
    read_return,
    read_said,
    read_ticket,
)
from bot.channels.web_windows import WebChannel
from bot.crossing import come_over
from bot.live_conversations import UnknownConversation
from bot.manager import Handled, Manager, Standing
from bot.ports import Clock
from bot.refusals import wording
from bot.uploads.keeping import Uploads
from bot.web.humans import Humans
from bot.web.languages import speak
from bot.web.limits import Limiter
from bot.web.network_addresses import network_address
from bot.web.origins import Origins
from bot.web.regions import region_of_zone
from bot.web.telling import Telling, problems_of
from bot.web.widget_parts import parts_for
from dialogs.attracting import PAGE_ACT
from dialogs.effects import Whisper
from dialogs.events import VisitorArrived, VisitorDid
from dialogs.file_types import accepted
from dialogs.script import Script
from dialogs.told import Told
from storage import crossings
from storage.links import Link
from storage.uploads import UploadGone

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
    uploads: Mapping[str, Any]
    """What files are taken."""
    notes: tuple[Whisper, ...] = ()
    """What the page told and was not taken."""
    begun: bool = False
    """Whether the conversation began with this."""
    parts: str = ""
    """What the widget loads along with its talk, see ``widget_parts``."""

    def dump(self) -> dict[str, Any]:
        """The fields of a welcome, without messages."""
        script, persona = self.script, self.script.persona
        language = self.standing.language
        more: dict[str, Any] = {"problems": problems_of(self.notes)} if self.notes else {}
        if self.begun:
            more["begun"] = True
        if self.parts:
            more["parts"] = self.parts
        return more | {
            "token": self.token,
            "conversation": self.standing.public_id,
            "status": self.standing.status,
            "uploads": dict(self.uploads),
            "script": {
                "name": script.name,
                "title": script.title.render(language, {}),
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
        uploads: Uploads,
        *,
        first_script: str | None,
        messages_a_minute: int,
        conversations_an_hour: int,
        telling: Telling,
        humans: Humans | None = None,
        trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = (),
    ) -> None:
        self.manager = manager
        self.campaigns = Campaigns(manager.database, clock)
        self.channel = channel
        self.origins = origins
        self.clock = clock
        self.uploads = uploads
        taken = uploads.settings
        self._taken = {"largest": taken.largest, "in_talks": taken.in_talks, "accept": accepted(taken.types)}
        self._first_script = first_script
        self._said = Limiter(messages_a_minute, 60)
        self._said_from = Limiter(messages_a_minute * 20, 60)
        self._begun = Limiter(conversations_an_hour, 3600)
        self._telling = telling
        self._humans = humans
        self._trusted = trusted_proxies

    async def hello(self, address: str, data: Mapping[str, Any]) -> Welcome:
        """Let a visitor in: back to where they stood, or to a conversation that begins now.

        ``address`` is their network address.
        """
        script_name = self.script_name(data)
        token = data.get("token")
        if token is not None and not (isinstance(token, str) and 20 <= len(token) <= 200):
            raise FrameError("unknown_token", "This conversation is not known here; begin anew without a token.")
        person = person_of(token) if token is not None else None
        told, amiss = self._telling.read_kindly(data, script_name)
        if person is not None:
            await self._telling.check_person(person, told)
        standing = None
        ticket = read_ticket(data)
        if ticket is not None and (came := await self._come_over(ticket, token, person)):
            (standing, token), ticket = came, None
        elif person is not None:
            standing = await self.manager.find(NAME, address_of(person, script_name))
            if standing is None and not await self.manager.knows(person):
                raise FrameError("unknown_token", "This conversation is not known here; begin anew without a token.")
        begins = standing is None
        if standing is None:
            stale = ticket is not None
            standing, token = await self._begin(address, data, script_name, token, person, told, stale_link=stale)
            notes = standing.notes
        else:
            notes = await self._come_back(address, data, standing, told, ticket)
            standing = await self.manager.standing(standing.conversation_id) or standing
        for act_id, act in read_acts(data):
            with suppress(FrameError):
                await self.did(address, standing.conversation_id, act_id, act)
        assert token is not None
        script = await self.manager.scripts.version(standing.script, standing.version)
        notes = (*amiss, *notes)
        parts = parts_for(script, tells=told is not None or bool(notes))
        return Welcome(token, standing, script, self.manager.pictures, self._taken, notes, begins, parts)

    async def _come_back(
        self,
        address: str,
        data: Mapping[str, Any],
        standing: Standing,
        told: Told | None,
        ticket: str | None,
    ) -> tuple[Whisper, ...]:
        """Note a new visit, and what the page tells; what of that was not taken."""
        number = standing.conversation_id
        if data.get("visit") is True:
            self.check_rate(address, number, None)
            stale = ticket is not None and not await self._brought_here(ticket, standing)
            returned = replace(read_return(data, self.clock()), stale_link=stale)
            if (link := await self.campaigns.came_by(returned.touch)) and returned.touch is not None:
                returned = replace(returned, touch=told_by(link, returned.touch))
            await self.show(number, await self.manager.handle(number, returned, None))
        if told is None:
            return ()
        self.check_rate(address, number, None)
        await self._prove(data, number, address)
        # Where the talk has begun long ago, a hello is no wish to begin elsewhere.
        handled = await self._telling.tell(number, standing.person, replace(told, start=None))
        if handled is not None:
            await self.show(handled.conversation_id, handled)
        return handled.notes if handled is not None else ()

    async def tell(self, conversation_id: int, data: Mapping[str, Any], address: str, client_id: str) -> Handled:
        """What the page tells during the talk; returns when it is saved. Raises ``FrameError``."""
        standing = await self.manager.standing(conversation_id)
        if standing is None:
            raise UnknownConversation(conversation_id)
        self.check_rate(address, conversation_id, client_id)
        told = self._telling.read(data, standing.script)
        if told is None:
            raise FrameError("bad_frame", "Nothing is told: fields, data, identity or start.", client_id=client_id)
        await self._telling.check_person(standing.person, told)
        await self._prove(data, conversation_id, address)
        handled = await self._telling.tell(conversation_id, standing.person, told, client_id)
        assert handled is not None
        return handled

    async def _prove(self, data: Mapping[str, Any], conversation_id: int, address: str) -> None:
        """Look at the proof that a frame may carry; raises ``FrameError`` for one that is none."""
        if self._humans is not None and "proof" in data:
            await self._humans.take(data, (await self.manager.state_of(conversation_id)).person, address)

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

    async def _brought_here(self, ticket: str, standing: Standing) -> bool:
        """Whether it was this ticket that brought the visitor here before."""
        into = await self.manager.database.read(lambda tx: crossings.used_for(tx, ticket))
        return into == standing.conversation_id

    async def did(self, address: str, conversation_id: int, act_id: str, act: str) -> Handled:
        """Take note of an act that the visitor's page reports, once; raises ``FrameError``."""
        standing = await self.manager.standing(conversation_id)
        if standing is None:
            raise UnknownConversation(conversation_id)
        script = await self.manager.scripts.version(standing.script, standing.version)
        if act not in script.page_acts:
            message = f'The script has no act "{act}"; see page_acts.'
            raise FrameError("unknown_act", message, client_id=act_id)
        self.check_rate(address, conversation_id, act_id)
        event = VisitorDid(at=self.clock(), act=f"{PAGE_ACT}{act}")
        handled = await self.manager.handle(conversation_id, event, act_id)
        await self.show(handled.conversation_id, handled)
        return handled

    async def _begin(
        self,
        address: str,
        data: Mapping[str, Any],
        script_name: str,
        token: str | None,
        person: str | None,
        told: Told | None,
        *,
        stale_link: bool,
    ) -> tuple[Standing, str]:
        wait = self._begun.wait(address)
        if wait:
            raise FrameError("too_many", wording("too_many_talks"), retry_after=wait)
        if token is None or person is None:
            token = new_token()
            person = person_of(token)
        if self._humans is not None:
            await self._humans.take(data, person, address)
            await self._humans.check_begin(person, address)
        zone = data.get("time_zone")
        region = region_of_zone(zone) if isinstance(zone, str) else None
        arrived = read_arrival(data, person, self.clock(), region, told)
        if stale_link:
            arrived = replace(arrived, stale_link=True)
        if link := await self.campaigns.came_by(arrived.touch, arrived.landed):
            arrived = _by_link(arrived, link, script_name)
        standing = await self.manager.begin(NAME, address_of(person, script_name), script_name, arrived)
        return standing, token

    async def owned(self, request: web.Request) -> Standing:
        """The conversation in a request's address, if the token is its visitor's; else the same error as for none."""
        standing = await self.manager.find_public(request.match_info["conversation"])
        token = bearer(request)
        if standing is None or token is None or standing.person != person_of(token):
            raise FrameError("unknown_conversation", wording("unknown_conversation"))
        speak(request, standing.language)
        return standing

    async def say(self, conversation_id: int, data: Mapping[str, Any], address: str) -> tuple[str, Handled]:
        """Deal with what a visitor said, perhaps with a file that they sent before; their id for it, and what became
        of it. Raises ``FrameError``."""
        client_id, said = read_said(data, self.clock())
        self.check_rate(address, conversation_id, client_id)
        await self._prove(data, conversation_id, address)
        file = read_file(data)
        gone = FrameError("unknown_file", wording("unknown_file"), client_id=client_id)
        if file is not None:
            upload = await self.uploads.find(file)
            if upload is None or upload.conversation_id != conversation_id:
                raise gone
            said = replace(said, file=upload.value())
        try:
            return client_id, await self.manager.handle(conversation_id, said, client_id)
        except UploadGone:
            raise gone from None

    def check_rate(self, address: str, conversation_id: int, client_id: str | None) -> None:
        """Raise ``FrameError`` when a conversation, or a network address, says too much at once."""
        wait = self._said.wait(str(conversation_id)) or self._said_from.wait(address)
        if wait:
            message = wording("too_fast", seconds=max(1, round(wait + 0.5)))
            raise FrameError("too_many", message, client_id=client_id, retry_after=wait)

    async def show(self, conversation_id: int, handled: Handled) -> None:
        """Show what a turn said to everyone connected to its conversation."""
        if handled.messages:
            await self.channel.show(conversation_id, handled.messages, handled.status)

    def admits(self, request: web.Request) -> bool:
        """Whether the page that a request comes from may talk to us."""
        return self.origins.allows(request.headers.getall("Origin", []), request.headers.get("Host"))

    def address(self, request: web.Request) -> str:
        """The network address that counts as the visitor's: the last one that a trusted proxy vouches for."""
        return network_address(request.remote, request.headers.getall("X-Forwarded-For", []), self._trusted)

    def script_name(self, data: Mapping[str, Any]) -> str:
        """The script that a client asks for by name, or the first one; raises ``FrameError``."""
        name = data.get("script") or self._first_script or self.manager.scripts.first()
        if not isinstance(name, str) or name not in self.manager.scripts.names():
            raise FrameError("unknown_script", wording("unknown_script"))
        return name


def _by_link(arrived: VisitorArrived, link: Link, script: str) -> VisitorArrived:
    """The arrival of somebody who came to ``script`` by a campaign link; where the page says to begin goes first."""
    touch, landed = (one and told_by(link, one) for one in (arrived.touch, arrived.landed))
    told = arrived.told or Told()
    if link.step is not None and link.script == script and told.start is None:
        told = replace(told, start=link.step)
    return replace(arrived, touch=touch, landed=landed, told=None if told == Told() else told)


def picture_address(picture: str | None, pictures: str) -> str | None:
    """Where a browser finds a picture: an address stays, a file name stands below ``pictures``."""
    if picture is None or picture.startswith(("https://", "http://")):
        return picture
    return f"{pictures}/{picture}"


def bearer(request: web.Request) -> str | None:
    """The token that a request brings along."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
