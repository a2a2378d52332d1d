"""Socket Mode: connections that we open, through which Slack sends what it would otherwise send over HTTP.

https://docs.slack.dev/apis/events-api/using-socket-mode. Two connections, so that events come in while Slack renews
one; a new one is open before an old one is let go; each envelope is acknowledged on the connection it came by, and only
when it is on disk. (slack_sdk's own client closes first and opens then, acknowledges on whichever connection it has,
and tries a used ticket again.)
"""

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.client import SlackClient

log = logging.getLogger(__name__)

CONNECTIONS = 2
"""Of the ten that Slack allows an app, for each of our servers."""
PING_SECONDS = 10.0
HELLO_SECONDS = 15.0
"""How long Slack may take to say that a connection works."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Between tries to connect."""
REFUSED_PAUSE = 60.0
"""Before asking again when a person has to change something first."""
GRACE_SECONDS = 30.0
"""How long a connection that Slack renews is still listened to."""
LARGEST_ENVELOPE = 8 * 1024 * 1024

Dispatch = Callable[[object], Awaitable[Mapping[str, Any] | None]]
"""Takes in a payload and gives what the acknowledgement carries; raises when it must not be acknowledged."""
_CARRIES = ("events_api", "interactive", "slash_commands")


class SocketMode:
    """Keeps ``connections`` connections open from ``start`` to ``stop``."""

    def __init__(self, client: SlackClient, dispatch: Dispatch, *, connections: int = CONNECTIONS) -> None:
        self._client = client
        self._dispatch = dispatch
        self._count = connections
        self._tasks: list[asyncio.Task[None]] = []
        self._open: set[aiohttp.ClientWebSocketResponse] = set()
        self.problem = ""
        """Why there is no connection; "" when nothing is wrong."""

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._open)

    def start(self) -> None:
        """Begin to connect."""
        self._tasks = [asyncio.create_task(self._keep_connected()) for _ in range(self._count)]

    async def stop(self) -> None:
        """Close every connection."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_connected(self) -> None:
        """One connection after the other, the next one before the last has gone."""
        pause = SHORTEST_PAUSE
        async with asyncio.TaskGroup() as lines:
            while True:
                over = asyncio.Event()
                try:
                    socket = await self._connect()
                except Undeliverable as refused:
                    self._tell(str(refused))
                    await asyncio.sleep(REFUSED_PAUSE)
                    continue
                except Exception as error:  # Whatever it is, it is tried again.
                    self._tell(str(error) if isinstance(error, TryLater) else _why(error))
                    wait = error.seconds if isinstance(error, TryLater) and error.seconds else 0.0
                    await asyncio.sleep(max(wait, pause * random.uniform(0.5, 1.0)))
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                self._tell("")
                lines.create_task(self._listen(socket, over))
                began = asyncio.get_running_loop().time()
                await over.wait()
                if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
                    pause = SHORTEST_PAUSE
                else:  # It did not hold: not at once again.
                    await asyncio.sleep(pause * random.uniform(0.5, 1.0))
                    pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> aiohttp.ClientWebSocketResponse:
        """A connection over which Slack has said hello."""
        answer = await self._client.call("apps.connections.open", token=self._client.settings.app_token)
        url = answer.get("url")
        if not isinstance(url, str) or not url.startswith(("wss://", "ws://")):
            raise TryLater("Slack named no address for Socket Mode")
        socket = await self._client.session.ws_connect(
            url, heartbeat=PING_SECONDS, max_msg_size=LARGEST_ENVELOPE, timeout=aiohttp.ClientWSTimeout(ws_close=5.0)
        )
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                message = _parsed(await socket.receive())
        except BaseException as error:
            await socket.close()
            if isinstance(error, TimeoutError):
                raise TryLater("Slack opened a connection and said nothing") from None
            raise
        if message.get("type") != "hello":
            await socket.close()
            raise TryLater(f"Slack closed the connection at once ({message.get('reason') or 'no reason given'})")
        return socket

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse, over: asyncio.Event) -> None:
        """Take what comes until the connection is closed. ``over`` is set when the next one is needed."""
        self._open.add(socket)
        try:
            async with asyncio.TaskGroup() as answers:
                await self._receive(socket, over, answers)
        finally:
            self._open.discard(socket)
            over.set()
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await socket.close()

    async def _receive(
        self, socket: aiohttp.ClientWebSocketResponse, over: asyncio.Event, answers: asyncio.TaskGroup
    ) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None) as grace:
                async for frame in socket:
                    message = _parsed(frame)
                    if message.get("type") == "disconnect":
                        log.info("Slack renews a connection (%s)", str(message.get("reason"))[:100])
                        self._open.discard(socket)
                        over.set()
                        if message.get("reason") in ("too_many_websockets", "link_disabled"):
                            return
                        grace.reschedule(asyncio.get_running_loop().time() + GRACE_SECONDS)
                    elif "envelope_id" in message:
                        answers.create_task(self._answer(socket, message))

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, envelope: Mapping[str, Any]) -> None:
        """Take in one envelope, then acknowledge it where it came from."""
        payload = envelope.get("payload") if envelope.get("type") in _CARRIES else dict(envelope)
        try:
            told = await self._dispatch(payload)
        except Exception as error:  # Not on disk: Slack brings it again.
            log.warning("Slack: an envelope is not acknowledged: %s", error)
            return
        answer: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        if told is not None:
            answer["payload"] = told
        try:
            await socket.send_str(json.dumps(answer))
        except (aiohttp.ClientError, OSError, RuntimeError):  # It is closed; Slack brings it again, it is known then.
            log.info("Slack: a connection closed before an acknowledgement could be sent")

    def _tell(self, problem: str) -> None:
        """Say once what is wrong, and once that it is over. Nothing is wrong while another connection is open."""
        if problem and self._open:
            log.info("Slack: one connection for Socket Mode is missing: %s", problem)
            return
        if problem and not self.problem:
            log.error("Slack: no connection for Socket Mode: %s", problem)
        elif self.problem and not problem:
            log.info("Slack: Socket Mode is connected again")
        self.problem = problem


def _parsed(frame: aiohttp.WSMessage) -> dict[str, Any]:
    """The object in a frame; an empty one when it holds none."""
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        message = json.loads(frame.data)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _why(error: Exception) -> str:
    """Without the address, which holds a ticket."""
    return f"the connection failed ({type(error).__name__})"
