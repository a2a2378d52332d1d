"""The visitor's socket at ``/ws``: hello, say, acknowledge after the commit, show, catch up."""

import asyncio
import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.channels.web import FrameError, id_of, read_act, read_after, read_file, read_frame, read_said, read_tell_id
from bot.channels.web_windows import Socket
from bot.manager import AT_ONCE, UnknownConversation
from bot.ports import Message
from bot.refusals import wording
from bot.web.answers import refusal
from bot.web.connection import Connection, hand_over, shakes_hands
from bot.web.languages import spoken
from bot.web.rounds import Rounds
from bot.web.telling import problems_of
from bot.web.visitors import Visitors, Welcome
from storage.errors import StorageError

log = logging.getLogger(__name__)

ERRORS_MOST = 20
"""Frames in a row that could not be understood before the socket is closed."""
HELLO_SECONDS = 30.0
"""How long a socket may stay open without a conversation."""
_FRAME_CHARACTERS = 64 * 1024
"""About how long a frame with many messages may become; what does not fit goes into further ones."""
_HELD = 2**53
"""Watermark of a socket that is being caught up: what is said meanwhile is sent to it at the end, in order."""


class VisitorSocket:
    """Serves ``/ws``. ``rounds`` are to run beside the server."""

    def __init__(self, visitors: Visitors, frame_bytes: int) -> None:
        self.visitors = visitors
        self.rounds = Rounds()
        self.working: set[asyncio.Task[None]] = set()
        """What is being dealt with."""
        self._frame_bytes = frame_bytes

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Shake hands; what comes then is heard by a connection of its own."""
        visitors = self.visitors
        if not visitors.origins.allows(request.headers.get("Origin"), request.host):
            return refusal("foreign_origin", "This website may not use this chat; see allowed_origins.")
        accept = shakes_hands(request)
        if accept is None:
            return refusal("bad_frame", "This address speaks WebSocket, version 13.", status=426)
        if visitors.channel.closing:
            return refusal("server_stopping", "The server restarts; connect again.", retry_after=1, status=503)
        return hand_over(request, accept, _Guest(self, visitors.address(request), self._frame_bytes))

    async def finish(self, seconds: float) -> None:
        """Return when everything that is being dealt with is done, or after ``seconds``."""
        if self.working:
            await asyncio.wait(self.working, timeout=seconds)


class _Guest(Connection):
    """One visitor's connection, from their hello to their end."""

    __slots__ = ("_errors", "_home", "_language", "_overdue", "_socket")

    def __init__(self, home: VisitorSocket, address: str, frame_bytes: int) -> None:
        super().__init__(frame_bytes)
        self._home = home
        self._socket = Socket(self, address)
        self._errors = 0
        self._language = "en"
        """In which the visitor is told that something is refused."""
        self._overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a hello, but not for ever."""
        super().connection_made(transport)
        self._home.visitors.channel.opened(self._socket)
        self._home.rounds.take_in(self)
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
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    async def heard(self, text: str | None) -> None:
        """Deal with a frame; say so if that did not work."""
        if text is None:
            error: FrameError | None = FrameError("bad_frame", "Frames are text, not binary.")
        else:
            error = await self._try(text)
        if error is None:
            self._errors = 0
            return
        self._errors += error.code != "too_many"
        self._refuse(error)
        if self._errors > ERRORS_MOST:
            self.close(1008, "too many errors")

    async def _try(self, text: str) -> FrameError | None:
        """Deal with a frame; what to answer if that did not work. Nothing a visitor sends ends their socket."""
        frame: Mapping[str, Any] = {}
        try:
            frame = read_frame(text)
            await self._do(frame)
        except FrameError as error:
            error.client_id = error.client_id or id_of(frame)
            return error
        except UnknownConversation:
            self._home.visitors.channel.leave(self._socket)
            gone = "This conversation is not known here any more; begin anew without a token."
            return FrameError("unknown_token", gone, client_id=id_of(frame))
        except StorageError as error:
            log.warning("not saved: %s", error)
            return FrameError("not_saved", wording("not_saved"), client_id=id_of(frame))
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            mark = secrets.token_hex(4)
            log.exception("error %s while dealing with a frame", mark)
            return FrameError("not_saved", wording("internal", mark=mark), client_id=id_of(frame))
        return None

    async def _do(self, frame: Mapping[str, Any]) -> None:
        kind = frame.get("type")
        if kind == "say":
            await self._say(frame)
        elif kind == "ping":
            self.send(b'{"type":"pong"}')
        elif kind == "hello":
            await self._hello(frame)
        elif kind == "catch_up":
            await self._catch_up(self._conversation(), read_after(frame))
        elif kind == "did":
            await self._did(frame)
        elif kind == "restart":
            await self._restart()
        elif kind == "tell":
            await self._tell(frame)
        else:
            raise FrameError("bad_frame", f"Unknown type {str(kind)[:40]!r}; see docs/chat-protocol.md.")

    def _conversation(self, client_id: str | None = None) -> int:
        """The conversation that was opened; raises ``FrameError``."""
        if self._socket.conversation_id is None:
            raise FrameError("hello_first", "Say hello first.", client_id=client_id)
        return self._socket.conversation_id

    async def _hello(self, frame: Mapping[str, Any]) -> None:
        visitors, socket = self._home.visitors, self._socket
        after = read_after(frame)
        wished = spoken(frame.get("language"))
        self._language = wished or self._language
        welcome = await visitors.hello(socket.network_address, frame)
        self._language = wished or spoken(welcome.standing.language) or self._language
        number = welcome.standing.conversation_id
        # Joined before reading, so that nothing said in between is missed.
        visitors.channel.join(socket, number)
        self._expect_no_more()
        if self.gone:
            visitors.channel.leave(socket)
            return
        await self._catch_up(number, after, welcome)

    async def _say(self, frame: Mapping[str, Any]) -> None:
        visitors, socket = self._home.visitors, self._socket
        client_id, said = read_said(frame, visitors.clock())
        number = self._conversation(client_id)
        visitors.check_rate(socket.network_address, number, client_id)
        if "proof" in frame:
            await visitors.prove_in(number, frame, socket.network_address)
        handled = await visitors.say(number, client_id, said, read_file(frame))
        socket.acknowledge(client_id, handled.first_seq, handled.messages, handled.status)
        await visitors.show(number, handled)

    async def _did(self, frame: Mapping[str, Any]) -> None:
        act_id, act = read_act(frame)
        number = self._conversation(act_id)
        handled = await self._home.visitors.did(self._socket.network_address, number, act_id, act)
        self._socket.send({"type": "ack", "id": act_id, "seq": handled.first_seq})

    async def _tell(self, frame: Mapping[str, Any]) -> None:
        visitors, socket = self._home.visitors, self._socket
        client_id = read_tell_id(frame)
        number = self._conversation(client_id)
        handled = await visitors.tell(number, frame, socket.network_address, client_id)
        problems = {"problems": problems_of(handled.notes)} if handled.notes else {}
        socket.send({"type": "ack", "id": client_id, "seq": handled.first_seq - 1, **problems})
        await visitors.show(number, handled)

    async def _catch_up(self, number: int, after: int, welcome: Welcome | None = None) -> None:
        """Send everything after a message number, as fast as it is read; then what was said meanwhile."""
        manager, socket = self._home.visitors.manager, self._socket
        socket.sent_seq = _HELD
        try:
            status = welcome.standing.status if welcome is not None else await manager.status(number)
            more = True
            while more and not self.closed:
                messages = await manager.some_after(number, after)
                more = len(messages) == AT_ONCE
                frames = _in_frames(messages)
                if welcome is not None:
                    some = next(frames, [])
                    after = some[-1]["seq"] if some else after
                    socket.send({"type": "welcome", **welcome.dump(), "seq": after, "messages": some})
                    welcome = None
                for some in frames:
                    await self.drained()
                    after = some[-1]["seq"]
                    socket.send({"type": "messages", "messages": some, "status": status})
                await self.drained()
        finally:
            socket.sent_seq = after
        # Said after it was looked for last, and before the watermark was let go.
        if messages := await manager.some_after(number, after):
            socket.tell(messages, await manager.status(number))

    async def _restart(self) -> None:
        visitors, number = self._home.visitors, self._conversation()
        visitors.check_rate(self._socket.network_address, number, None)
        await visitors.show(number, await visitors.manager.restart(number))

    def _refuse(self, error: FrameError) -> None:
        frame: dict[str, Any] = {"type": "error", "code": error.code, "message": error.said(self._language)}
        if error.client_id is not None:
            frame["id"] = error.client_id
        if error.retry_after is not None:
            frame["retry_after"] = round(error.retry_after, 1)
        if error.challenge is not None:
            frame["challenge"] = error.challenge
        self._socket.send(frame)


def _in_frames(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    """As many of the messages as go into one frame, and again."""
    some: list[Message] = []
    size = 0
    for message in messages:
        size += len(message["text"]) + 200
        if some and size > _FRAME_CHARACTERS:
            yield some
            some, size = [], len(message["text"]) + 200
        some.append(message)
    if some:
        yield some
