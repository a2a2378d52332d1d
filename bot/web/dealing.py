"""What comes of a visitor's frame, whichever way it came: over a socket, or in a plain request."""

import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.channels.web import FrameError, id_of, read_act, read_after, read_frame, read_tell_id
from bot.channels.web_windows import Socket
from bot.live_conversations import UnknownConversation
from bot.manager import AT_ONCE
from bot.ports import Message
from bot.refusals import wording
from bot.web.languages import spoken
from bot.web.telling import problems_of
from bot.web.visitors import Visitors, Welcome
from storage.errors import StorageError

log = logging.getLogger(__name__)

_FRAME_CHARACTERS = 64 * 1024
"""About how long a frame with many messages may become; what does not fit goes into further ones."""
_HELD = 2**53
"""Watermark of a socket that is being caught up: what is said meanwhile is sent to it at the end, in order."""


class Dealing:
    """Deals with frames, one at a time for each socket; what comes of them is sent to it."""

    def __init__(self, visitors: Visitors) -> None:
        self._visitors = visitors

    async def hear(self, socket: Socket, text: str) -> FrameError | None:
        """Deal with a text that is to be a frame; what was wrong, if that did not work."""
        try:
            frame = read_frame(text)
            if frame.get("type") == "catch_up":
                self._visitors.rates.check_reading(socket.network_address, socket.conversation_id)
        except FrameError as error:
            return error
        return await self.attempt(socket, frame)

    async def attempt(self, socket: Socket, frame: Mapping[str, Any]) -> FrameError | None:
        """Deal with a frame; what was wrong, if that did not work. Nothing that a visitor sends ends their socket."""
        try:
            await self.deal(socket, frame)
        except FrameError as error:
            error.client_id = error.client_id or id_of(frame)
            return error
        except UnknownConversation:
            self._visitors.channel.leave(socket)
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

    async def deal(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        """Deal with a frame; raises ``FrameError`` and what storage raises."""
        kind = frame.get("type")
        if kind == "say":
            await self._say(socket, frame)
        elif kind == "ping":
            socket.wire.send(b'{"type":"pong"}')
        elif kind == "hello":
            await self._hello(socket, frame)
        elif kind == "catch_up":
            await self._catch_up(socket, conversation_of(socket), read_after(frame))
        elif kind == "did":
            await self._did(socket, frame)
        elif kind == "restart":
            await self._restart(socket)
        elif kind == "tell":
            await self._tell(socket, frame)
        else:
            raise FrameError("bad_frame", f"Unknown type {str(kind)[:40]!r}; see docs/chat-protocol.md.")

    async def _hello(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        visitors = self._visitors
        after = read_after(frame)
        wished = spoken(frame.get("language"))
        socket.language = wished or socket.language
        welcome = await visitors.hello(socket.network_address, frame)
        socket.language = wished or spoken(welcome.standing.language) or socket.language
        number = welcome.standing.conversation_id
        # Joined before reading, so that nothing said in between is missed.
        visitors.channel.join(socket, number)
        if socket.wire.closed:
            visitors.channel.leave(socket)
            return
        await self._catch_up(socket, number, after, welcome)

    async def _say(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        visitors = self._visitors
        number = conversation_of(socket)
        client_id, handled = await visitors.say(number, frame, socket.network_address)
        socket.acknowledge(client_id, handled.first_seq, handled.messages, handled.status)
        await visitors.show(number, handled)

    async def _did(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        act_id, act = read_act(frame)
        number = conversation_of(socket)
        handled = await self._visitors.did(socket.network_address, number, act_id, act)
        socket.send({"type": "ack", "id": act_id, "seq": handled.first_seq})

    async def _tell(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        visitors = self._visitors
        client_id = read_tell_id(frame)
        number = conversation_of(socket)
        handled = await visitors.tell(number, frame, socket.network_address, client_id)
        problems = {"problems": problems_of(handled.notes)} if handled.notes else {}
        socket.send({"type": "ack", "id": client_id, "seq": handled.first_seq - 1, **problems})
        await visitors.show(number, handled)

    async def _catch_up(self, socket: Socket, number: int, after: int, welcome: Welcome | None = None) -> None:
        """Send everything after a message number, as fast as it is read; then what was said meanwhile."""
        manager = self._visitors.manager
        socket.sent_seq = _HELD
        try:
            status = welcome.standing.status if welcome is not None else await manager.status(number)
            more = True
            while more and not socket.wire.closed:
                messages = await manager.some_after(number, after)
                more = len(messages) == AT_ONCE
                frames = _in_frames(messages)
                if welcome is not None:
                    some = next(frames, [])
                    after = some[-1]["seq"] if some else after
                    socket.send({"type": "welcome", **welcome.dump(), "seq": after, "messages": some})
                    welcome = None
                for some in frames:
                    await socket.wire.drained()
                    after = some[-1]["seq"]
                    socket.send({"type": "messages", "messages": some, "status": status})
                await socket.wire.drained()
        finally:
            socket.sent_seq = after
        # Said after it was looked for last, and before the watermark was let go.
        if messages := await manager.some_after(number, after):
            socket.tell(messages, await manager.status(number))

    async def _restart(self, socket: Socket) -> None:
        visitors, number = self._visitors, conversation_of(socket)
        visitors.rates.check_message(socket.network_address, number, None)
        await visitors.show(number, await visitors.manager.restart(number))


def conversation_of(socket: Socket) -> int:
    """The conversation that was opened; raises ``FrameError``."""
    if socket.conversation_id is None:
        raise FrameError("hello_first", "Say hello first.")
    return socket.conversation_id


def refused(error: FrameError, language: str) -> dict[str, Any]:
    """The frame that tells of an error, to a visitor who speaks ``language``."""
    frame: dict[str, Any] = {"type": "error", "code": error.code, "message": error.said(language)}
    if error.client_id is not None:
        frame["id"] = error.client_id
    if error.retry_after is not None:
        frame["retry_after"] = round(error.retry_after, 1)
    if error.challenge is not None:
        frame["challenge"] = error.challenge
    return frame


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
