"""The visitor's socket at ``/ws``: hello, say, acknowledge after the commit, show, catch up."""

import asyncio

from aiohttp import web

from bot.channels.web import FrameError
from bot.channels.web_windows import Socket
from bot.web.answers import refusal, stopping
from bot.web.connection import Connection, hand_over, shakes_hands
from bot.web.dealing import Dealing, refused
from bot.web.rounds import Rounds
from bot.web.visitors import Visitors

ERRORS_MOST = 20
"""Frames in a row that could not be understood before the socket is closed."""
HELLO_SECONDS = 30.0
"""How long a socket may stay open without a conversation."""


class VisitorSocket:
    """Serves ``/ws``. ``rounds`` are to run beside the server."""

    def __init__(self, visitors: Visitors, frame_bytes: int) -> None:
        self.visitors = visitors
        self.dealing = Dealing(visitors)
        self.rounds = Rounds()
        self.working: set[asyncio.Task[None]] = set()
        """What is being dealt with."""
        self._strangers: set[_Guest] = set()
        self._frame_bytes = frame_bytes

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Shake hands; what comes then is heard by a connection of its own."""
        visitors = self.visitors
        if not visitors.admits(request):
            return refusal("foreign_origin", "This website may not use this chat; see allowed_origins and public_url.")
        accept = shakes_hands(request)
        if accept is None:
            return refusal("bad_frame", "This address speaks WebSocket, version 13.", status=426)
        if visitors.channel.closing:
            raise stopping()
        return hand_over(request, accept, _Guest(self, visitors.address(request), self._frame_bytes))

    def opened(self, guest: "_Guest") -> None:
        """Expect a hello of a guest."""
        self._strangers.add(guest)

    def known(self, guest: "_Guest") -> None:
        """Expect a guest's hello no longer."""
        self._strangers.discard(guest)

    def quiet(self) -> list[Connection]:
        """Those who have not said hello, and with whom nothing is under way."""
        return [guest for guest in self._strangers if not guest.at_work]

    async def finish(self, seconds: float) -> None:
        """Return when everything that is being dealt with is done, or after ``seconds``."""
        if self.working:
            await asyncio.wait(self.working, timeout=seconds)


class _Guest(Connection):
    """One visitor's connection, from their hello to their end."""

    __slots__ = ("_errors", "_home", "_overdue", "_socket")

    def __init__(self, home: VisitorSocket, address: str, frame_bytes: int) -> None:
        super().__init__(frame_bytes)
        self._home = home
        self._socket = Socket(self, address)
        self._errors = 0
        self._overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a hello, but not for ever."""
        super().connection_made(transport)
        self._home.visitors.channel.opened(self._socket)
        self._home.rounds.take_in(self)
        self._home.opened(self)
        self._overdue = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._expect_hello)

    def begun(self, work: "asyncio.Task[None]") -> None:
        """Remember the work until it is done."""
        self._home.working.add(work)
        work.add_done_callback(self._home.working.discard)

    def ended(self) -> None:
        """The visitor has gone."""
        self._home.rounds.let_out(self)
        self._home.visitors.channel.closed(self._socket)
        self._expect_no_more()

    def _expect_hello(self) -> None:
        """Close a socket that opens nothing but itself."""
        self._overdue = None
        if self._socket.conversation_id is None:
            self.close(1008, "no hello")

    def _expect_no_more(self) -> None:
        self._home.known(self)
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    async def heard(self, text: str | None) -> None:
        """Deal with a frame; say so if that did not work."""
        if text is None:
            error: FrameError | None = FrameError("bad_frame", "Frames are text, not binary.")
        else:
            error = await self._home.dealing.hear(self._socket, text)
        if self._socket.conversation_id is not None:
            self._expect_no_more()
        if error is None:
            self._errors = 0
            return
        self._errors += error.code != "too_many"
        self._socket.send(refused(error, self._socket.language))
        if self._errors > ERRORS_MOST:
            self.close(1008, "too many errors")
