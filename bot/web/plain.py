"""The socket's frames over plain HTTP, for browsers whose WebSockets are blocked: ``POST /api/v1/frames``."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.channels.web import FrameError, person_of, read_after
from bot.channels.web_windows import Socket
from bot.web.answers import read_json, stopping
from bot.web.api import WAIT_MOST
from bot.web.dealing import Dealing, refused
from bot.web.languages import language_of, spoken
from bot.web.visitors import Visitors


class _Answer:
    """A wire whose other end is one answer: it keeps what is sent."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self.closed = False

    def send(self, *texts: bytes) -> None:
        """Keep texts for the answer."""
        self.texts += texts

    async def drained(self) -> None:
        """Nobody reads before the answer is whole."""

    def close(self, code: int, reason: str) -> None:
        """Nothing more is sent."""
        self.closed = True

    def abort(self) -> None:
        """Nothing more is sent."""
        self.closed = True


class PlainFrames:
    """Serves ``/api/v1/frames``: a frame in, the frames that come of it out."""

    def __init__(self, visitors: Visitors, dealing: Dealing) -> None:
        self._visitors = visitors
        self._dealing = dealing

    def routes(self) -> list[web.RouteDef]:
        """Its route."""
        return [web.post("/api/v1/frames", self.hear)]

    async def hear(self, request: web.Request) -> web.Response:
        """Deal with a frame, which brings its conversation and token along.

        What was wrong with it is a frame of the answer, too. It may call itself text/plain, so that a browser asks at
        once, without a preflight request; see ``ChatApi.hello``. Where nothing can be read now the request itself is
        refused: who polls would take a frame for news, and ask again at once.
        """
        frame = await read_json(request, as_text=True)
        wire = _Answer()
        socket = Socket(wire, self._visitors.address(request))
        socket.language = language_of(request)
        try:
            await self._open(socket, frame)
            error = await self._dealing.attempt(socket, frame)
        except FrameError as refusal:
            error = refusal
        finally:
            self._visitors.channel.leave(socket)
        if error is not None:
            if frame.get("type") == "catch_up" and error.code in ("too_many", "not_saved"):
                raise error
            socket.send(refused(error, socket.language))
        elif frame.get("wait") and not wire.texts and self._visitors.channel.closing:
            raise stopping()
        body = b'{"frames":[%b]}' % b",".join(wire.texts)
        return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-store"})

    async def _open(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        """Open the conversation that a frame is about, if its token is the visitor's; raises ``FrameError``."""
        if frame.get("type") == "hello":
            return
        self._visitors.rates.check_reading(socket.network_address)
        name, token = frame.get("conversation"), frame.get("token")
        standing = await self._visitors.manager.find_public(name) if isinstance(name, str) else None
        if standing is None or not isinstance(token, str) or standing.person != person_of(token):
            raise FrameError("unknown_token", "This conversation is not known here, or is not yours; begin anew.")
        socket.language = spoken(standing.language) or socket.language
        number = socket.conversation_id = standing.conversation_id
        if frame.get("type") == "catch_up":
            self._visitors.rates.check_reading(None, number)
        if wait := frame.get("wait"):
            if isinstance(wait, bool) or not isinstance(wait, int | float) or not 0 <= wait <= WAIT_MOST:
                raise FrameError("bad_frame", f'"wait" must be a number of seconds from 0 to {WAIT_MOST:.0f}.')
            channel = self._visitors.channel
            if not channel.closing and not await self._visitors.manager.some_after(number, read_after(frame)):
                await channel.wait(number, wait)
