"""The whole application in this process, over real HTTP and a real database, with a clock that can be moved."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import Application
from bot.config import Config, DialogsSettings, StorageSettings, UploadSettings, WebSettings
from bot.desk.contract import DeskView, Posts


class HeardTarget:
    """A handoff target that remembers what it was told; can be told to fail."""

    name = "terminal"

    def __init__(self) -> None:
        self.heard: list[DeskView] = []
        """Each handoff as it was told first."""
        self.shown: list[DeskView] = []
        """Every view of every handoff."""
        self.failures = 0
        self._told = asyncio.Event()

    async def show(self, view: DeskView, posts: Posts) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the target is down")
        if posts.find("card") is None:
            await posts.keep("card", view.id)
            self.heard.append(view)
        for message in view.messages:
            await posts.relayed(message["seq"])
        self.shown.append(view)
        self._told.set()

    async def forget(self, references: Sequence[tuple[str, str]]) -> None:
        """Nothing."""

    async def wait_shown(self) -> None:
        """Return when something was shown."""
        self._told.clear()
        async with asyncio.timeout(60):
            await self._told.wait()

    async def wait(self) -> DeskView:
        """The next handoff, once it comes."""
        async with asyncio.timeout(60):
            while not self.heard:
                self._told.clear()
                await self._told.wait()
        return self.heard.pop(0)

    async def sees(self, there: Callable[[DeskView], bool]) -> DeskView:
        """The handoff as it was shown last, once that is so."""
        async with asyncio.timeout(60):
            while not (self.shown and there(self.shown[-1])):
                self._told.clear()
                await self._told.wait()
        return self.shown[-1]


def config_for(url: str, folder: Path, **web: Any) -> Config:
    """A configuration for tests: any free port, generous limits."""
    limits = {"messages_a_minute": 100_000, "conversations_an_hour": 100_000, "port": 0} | web
    return replace(
        Config(),
        storage=StorageSettings(url=url),
        web=replace(WebSettings(), **limits),
        dialogs=replace(DialogsSettings(), folder=folder, watch=False),
        uploads=replace(UploadSettings(), folder=folder.parent / "uploads"),
    )


@contextlib.asynccontextmanager
async def running(config: Config, **more: Any) -> AsyncIterator[Application]:
    """The application, running until the block ends."""
    application = Application(config, quiet=True, **more)
    await application.start()
    try:
        yield application
    finally:
        await application.stop()


class WireVisitor:
    """A visitor who speaks the chat protocol over a real socket."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, script: str | None = None) -> None:
        self._session = session
        self._base_url = base_url
        self.script = script
        self.token: str | None = None
        self.messages: dict[int, dict[str, Any]] = {}
        self.frames: list[dict[str, Any]] = []
        self.status = ""
        self.welcome: dict[str, Any] = {}
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def connect(self, **hello: Any) -> dict[str, Any]:
        """Open the socket and say hello; the welcome (or the error)."""
        self._socket = await self._session.ws_connect(f"{self._base_url}/ws", heartbeat=None)
        after = max(self.messages, default=0)
        await self.send({"type": "hello", "script": self.script, "token": self.token, "after": after, **hello})
        frame = await self.receive()
        while frame["type"] not in ("welcome", "error", "closed"):
            frame = await self.receive()
        if frame["type"] == "welcome":
            self.welcome, self.token = frame, frame["token"]
        return frame

    async def send(self, frame: Any) -> None:
        """Send a frame: a value as JSON, a text or bytes as they are."""
        assert self._socket is not None
        if isinstance(frame, bytes):
            await self._socket.send_frame(frame, aiohttp.WSMsgType.TEXT)
            return
        await self._socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def receive(self) -> dict[str, Any]:
        """The next frame; messages are gathered on the way."""
        assert self._socket is not None
        async with asyncio.timeout(60):
            message = await self._socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            return {"type": "closed", "code": self._socket.close_code, "data": message.data}
        frame: dict[str, Any] = json.loads(message.data)
        self.frames.append(frame)
        for one in frame.get("messages", ()):
            assert one["seq"] not in self.messages or self.messages[one["seq"]] == one
            self.messages[one["seq"]] = one
        self.status = frame.get("status", self.status)
        return frame

    async def says(
        self, text: str, choice: str | None = None, step: str | None = None, client_id: str | None = None
    ) -> str:
        """Say something and wait for the acknowledgement and the answer; the bot's new words."""
        client_id = client_id or str(uuid.uuid4())
        frame: dict[str, Any] = {"type": "say", "id": client_id, "text": text}
        if choice is not None:
            frame |= {"choice": choice, "step": step}
        before = set(self.messages)
        await self.send(frame)
        answer = await self.receive()
        while not (answer["type"] in ("ack", "error") and answer.get("id") == client_id):
            answer = await self.receive()
        if answer["type"] == "error":
            return f"error: {answer['code']}"
        # What was said comes after the acknowledgement, or before it when a hint of the commit was faster.
        while answer["seq"] not in self.messages:
            await self.receive()
        new = [one for seq, one in sorted(self.messages.items()) if seq not in before]
        return "\n".join(one["text"] for one in new if one["from"] == "bot")

    async def presses(self, label: str) -> str:
        """Press the button of this label under the last message that has buttons."""
        message = next(one for _, one in sorted(self.messages.items(), reverse=True) if one.get("choices"))
        key = next(one["key"] for one in message["choices"] if one["label"] == label)
        return await self.says(label, key, message.get("step"))

    @property
    def transcript(self) -> list[tuple[str, str]]:
        """Everything shown so far, as (who, text)."""
        return [(one["from"], one["text"]) for _, one in sorted(self.messages.items())]

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
