"""The visitor's socket at ``/ws``: hello, say, acknowledge after the commit, show, catch up."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import WSMsgType, web

from bot.channels.web import FrameError, Socket, dumps, id_of, read_after, read_file, read_frame, read_said
from bot.manager import UnknownConversation
from bot.web.answers import refusal
from bot.web.visitors import Visitors
from storage.errors import StorageError

log = logging.getLogger(__name__)

ERRORS_MOST = 20
"""Frames in a row that could not be understood before the socket is closed."""
HELLO_SECONDS = 30.0
"""How long a socket may stay open without a conversation."""


class VisitorSocket:
    """Serves ``/ws``."""

    def __init__(self, visitors: Visitors, frame_bytes: int) -> None:
        self._visitors = visitors
        self._frame_bytes = frame_bytes

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One socket from its handshake to its end."""
        visitors = self._visitors
        if not visitors.origins.allows(request.headers.get("Origin"), request.host):
            return refusal("foreign_origin", "This website may not use this chat; see allowed_origins.")
        websocket = web.WebSocketResponse(max_msg_size=self._frame_bytes, compress=False, heartbeat=25.0)
        if not websocket.can_prepare(request):
            return refusal("bad_frame", "This address speaks WebSocket.", status=426)
        if visitors.channel.closing:
            return refusal("server_stopping", "The server restarts; connect again.", retry_after=1, status=503)
        await websocket.prepare(request)
        socket = Socket(websocket, visitors.address(request))
        visitors.channel.opened(socket)
        waiting = asyncio.create_task(_expect_hello(socket))
        try:
            await self._listen(request, socket)
        finally:
            waiting.cancel()
            visitors.channel.closed(socket)
        return websocket

    async def _listen(self, request: web.Request, socket: Socket) -> None:
        errors = 0
        async for message in socket.websocket:
            if message.type is not WSMsgType.TEXT:
                error: FrameError | None = FrameError("bad_frame", "Frames are text, not binary.")
            else:
                error = await self._try(request, socket, message.data)
            if error is None:
                errors = 0
                continue
            errors += error.code != "too_many"
            await self._refuse(socket, error)
            if errors > ERRORS_MOST:
                await socket.close(1008, "too many errors")
                return

    async def _try(self, request: web.Request, socket: Socket, text: str) -> FrameError | None:
        """Deal with a frame; what to answer if that did not work. Nothing a visitor sends ends their socket."""
        frame: Mapping[str, Any] = {}
        try:
            frame = read_frame(text)
            await self._deal(request, socket, frame)
        except FrameError as error:
            return error
        except UnknownConversation:
            self._visitors.channel.leave(socket)
            gone = "This conversation is not known here any more; begin anew without a token."
            return FrameError("unknown_token", gone, client_id=id_of(frame))
        except StorageError as error:
            log.warning("not saved: %s", error)
            return FrameError("not_saved", "It could not be saved just now. Send it again.", client_id=id_of(frame))
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            mark = secrets.token_hex(4)
            log.exception("error %s while dealing with a frame", mark)
            ours = f"Something went wrong on our side (error {mark})."
            return FrameError("not_saved", ours, client_id=id_of(frame))
        return None

    async def _deal(self, request: web.Request, socket: Socket, frame: Mapping[str, Any]) -> None:
        kind = frame.get("type")
        if kind == "say":
            await self._say(socket, frame)
        elif kind == "ping":
            await socket.send_text('{"type":"pong"}')
        elif kind == "hello":
            await self._hello(request, socket, frame)
        elif kind == "catch_up":
            await self._catch_up(socket, read_after(frame))
        elif kind == "restart":
            await self._restart(socket)
        else:
            raise FrameError("bad_frame", f"Unknown type {str(kind)[:40]!r}; see docs/chat-protocol.md.")

    async def _hello(self, request: web.Request, socket: Socket, frame: Mapping[str, Any]) -> None:
        after = read_after(frame)
        welcome = await self._visitors.hello(request, frame)
        standing = welcome.standing
        # Joined before reading, so that nothing said in between is missed; the watermark drops what comes twice.
        socket.sent_seq = 2**53
        self._visitors.channel.join(socket, standing.conversation_id)
        messages = await self._visitors.manager.messages_after(standing.conversation_id, after)
        socket.sent_seq = messages[-1]["seq"] if messages else after
        await socket.send({"type": "welcome", **welcome.dump(), "seq": socket.sent_seq, "messages": messages})
        await self._catch_up(socket, socket.sent_seq)

    async def _say(self, socket: Socket, frame: Mapping[str, Any]) -> None:
        visitors = self._visitors
        client_id, said = read_said(frame, visitors.clock())
        if socket.conversation_id is None:
            raise FrameError("hello_first", "Say hello first.", client_id=client_id)
        visitors.check_rate(socket.network_address, socket.conversation_id, client_id)
        handled = await visitors.say(socket.conversation_id, client_id, said, read_file(frame))
        await socket.send_text(f'{{"type":"ack","id":{dumps(client_id)},"seq":{handled.first_seq}}}')
        await visitors.show(socket.conversation_id, handled)

    async def _catch_up(self, socket: Socket, after: int) -> None:
        if socket.conversation_id is None:
            raise FrameError("hello_first", "Say hello first.")
        messages = await self._visitors.manager.messages_after(socket.conversation_id, after)
        if messages:
            socket.sent_seq = min(socket.sent_seq, after)
            status = await self._visitors.manager.status(socket.conversation_id)
            await socket.tell(messages, status)

    async def _restart(self, socket: Socket) -> None:
        visitors = self._visitors
        if socket.conversation_id is None:
            raise FrameError("hello_first", "Say hello first.")
        visitors.check_rate(socket.network_address, socket.conversation_id, None)
        await visitors.show(socket.conversation_id, await visitors.manager.restart(socket.conversation_id))

    async def _refuse(self, socket: Socket, error: FrameError) -> None:
        frame: dict[str, Any] = {"type": "error", "code": error.code, "message": error.message}
        if error.client_id is not None:
            frame["id"] = error.client_id
        if error.retry_after is not None:
            frame["retry_after"] = round(error.retry_after, 1)
        await socket.send(frame)


async def _expect_hello(socket: Socket) -> None:
    """Close a socket that opens nothing but itself."""
    await asyncio.sleep(HELLO_SECONDS)
    if socket.conversation_id is None:
        await socket.close(1008, "no hello")
