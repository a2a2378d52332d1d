"""How fast sales hears of a hot lead: from the acknowledged answer to the post that arrives at Slack; beside the bare
limit, the same process posting the same JSON straight after a durable commit.

Slack is stood in for by the least that can be: a server of this process that notes when a post arrives. Its own pace of
a message a second in a channel is not measured. Visitors come one after the other: how long an alert takes is asked
here, not how many there can be at once.
"""

import asyncio
import contextlib
import json
import math
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, ClassVar

import aiohttp
from aiohttp import web

from benchmarks.effort import Effort
from benchmarks.lead_dialog import WrongAnswer
from benchmarks.table import Result, Section
from bot.app import Application
from bot.config import Config, DialogsSettings, StorageSettings, WebSettings
from bot.desk.contract import HandoffTarget
from bot.handoff.slack.target import SlackTarget
from bot.slack.client import SlackClient
from bot.slack.pacing import Pacer
from bot.slack.settings import read_settings

NAME = "alert"
SCRIPT = """
dialog: alert
title: Alert
persona: {name: Mia}
fields:
  first_name: {type: name, label: First name}
  email: {type: email, label: E-mail}
  team_size: {type: number, label: Team size, min: 1}
steps:
  - ask: first_name
    text: What may I call you?
  - ask: email
    text: Where may we write to?
  - ask: team_size
    text: How many people?
  - end: Thank you!
scoring: {fit: {rules: [{when: team_size >= 50, points: 30, because: Team of 50 or more}]}}
stages: {mql: fit >= 30}
handoff:
  - {when: stage == "mql", to: sales, because: Ready to buy, say: One moment.}
"""
_SETTINGS = {"bot_token": "xoxb-1-1-bench", "signing_secret": "0" * 32, "channel": "#sales", "mode": "http"}
_WAIT_SECONDS = 30.0


class Arrivals:
    """Takes every call and says ok; notes when each post arrives, and what it was."""

    def __init__(self) -> None:
        self._posts: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        self._number = 0

    async def serve(self, request: web.Request) -> web.Response:
        """One call of Slack's Web API."""
        body = await request.read()
        at = perf_counter()
        self._number += 1
        if request.match_info["method"] == "chat.postMessage":
            self._posts.put_nowait((at, body))
        return web.json_response({"ok": True, "channel": "C0SALES00", "ts": f"1700000000.{self._number:06d}"})

    async def next(self) -> tuple[float, bytes]:
        """When the next post arrived, and its body."""
        async with asyncio.timeout(_WAIT_SECONDS):
            return await self._posts.get()

    @property
    def waiting(self) -> int:
        """Posts that nobody has asked for."""
        return self._posts.qsize()


@contextlib.asynccontextmanager
async def _slack(arrivals: Arrivals) -> AsyncIterator[str]:
    """The address of its Web API."""
    app = web.Application(client_max_size=2**22)
    app.router.add_route("*", "/api/{method}", arrivals.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


class _LateTarget:
    """The target for Slack, which needs the desk that the application opens after it."""

    name: ClassVar[str] = "slack"

    def __init__(self, client: SlackClient) -> None:
        self._client = client
        self._inner: HandoffTarget | None = None

    def meets(self, app: Application) -> None:
        """Take the desk of the application."""
        self._inner = SlackTarget(self._client, app.desk)

    async def show(self, view: Any, posts: Any) -> None:
        """As the contract says."""
        assert self._inner is not None
        await self._inner.show(view, posts)

    async def forget(self, references: Any) -> None:
        """Nothing is erased here."""


async def measure(effort: Effort) -> Result:
    """Milliseconds from an acknowledged hot answer to its post at Slack, of so many handoffs."""
    count = effort.alone * 10
    arrivals = Arrivals()
    with TemporaryDirectory(prefix="handraiser-bench-") as name:
        folder = Path(name)
        async with _slack(arrivals) as api_url:
            waits, body = await _ours(folder, api_url, arrivals, count)
            bare = await _bare(folder, api_url, arrivals, count, body)
    rows = [(label, f"{_part(waits, part):,.1f}", f"{_part(bare, part):,.1f}") for label, part in _PARTS]
    section = Section(
        title=f"From a hot answer to the alert at Slack, {count} leads one after the other",
        columns=("", "ours ms", "limit ms"),
        rows=rows,
        note="limit: a durable commit by raw sqlite3 and the same JSON posted by aiohttp in the same process",
    )
    return Result(
        section=section,
        figures={
            "alert_p50_milliseconds": round(_part(waits, 0.5), 2),
            "alert_p99_milliseconds": round(_part(waits, 0.99), 2),
            "alert_limit_p50_milliseconds": round(_part(bare, 0.5), 2),
            "alert_limit_p99_milliseconds": round(_part(bare, 0.99), 2),
        },
    )


_PARTS = (("p50", 0.5), ("p99", 0.99), ("slowest", 1.0))


def _part(waits: list[float], part: float) -> float:
    """Milliseconds within which this part of them came."""
    return sorted(waits)[math.ceil(len(waits) * part) - 1] * 1e3


async def _ours(folder: Path, api_url: str, arrivals: Arrivals, count: int) -> tuple[list[float], bytes]:
    """The application, with visitors who speak to it over their socket; and the JSON of an alert."""
    scripts = folder / "dialogs"
    scripts.mkdir()
    (scripts / f"{NAME}.yaml").write_text(SCRIPT, "utf-8")
    config = replace(
        Config(),
        storage=StorageSettings(url=f"sqlite:///{folder}/alert.db"),
        web=replace(WebSettings(), port=0, messages_a_minute=1_000_000, conversations_an_hour=10_000_000),
        dialogs=replace(DialogsSettings(), folder=scripts, watch=False),
    )
    settings = read_settings({**_SETTINGS, "api_url": api_url}, None)
    waits, body = [], b""
    async with SlackClient(settings, pacer=Pacer(seconds=0)) as client, aiohttp.ClientSession() as session:
        target = _LateTarget(client)
        app = Application(config, targets={"slack": target}, quiet=True)
        await app.start()
        try:
            target.meets(app)
            for number in range(count):
                hot = await _becomes_hot(session, app.base_url, number)
                at, body = await arrivals.next()
                if f"v{number}@example.com".encode() not in body:
                    raise WrongAnswer(f"the alert of visitor {number} does not say who it is")
                waits.append(at - hot)
        finally:
            await app.stop()
    if arrivals.waiting:
        raise WrongAnswer(f"{count} leads led to {arrivals.waiting} posts too many")
    return waits, body


async def _becomes_hot(session: aiohttp.ClientSession, base_url: str, number: int) -> float:
    """A visitor answers everything; when the acknowledgement of the last answer came."""
    async with session.ws_connect(f"{base_url}/ws") as socket:
        await socket.send_json({"type": "hello", "script": NAME, "token": None, "after": 0})
        await _frame(socket, "welcome")
        at = 0.0
        for place, text in enumerate(("Ada Lovelace", f"v{number}@example.com", "80")):
            client_id = f"{number}-{place}"
            await socket.send_json({"type": "say", "id": client_id, "text": text})
            await _frame(socket, "ack", client_id)
            at = perf_counter()
        return at


async def _frame(socket: aiohttp.ClientWebSocketResponse, kind: str, about: str | None = None) -> None:
    """Read on to a frame of this kind."""
    while True:
        frame = await socket.receive_json(timeout=_WAIT_SECONDS)
        if frame["type"] == "error":
            raise WrongAnswer(f"the server says {frame}")
        if frame["type"] == kind and about in (None, frame.get("id")):
            return


async def _bare(folder: Path, api_url: str, arrivals: Arrivals, count: int, body: bytes) -> list[float]:
    """Commit, then post."""
    waits = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as raw:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE alerts(body TEXT)"):
            raw.execute(statement).fetchall()
        async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
            for _ in range(count):
                began = perf_counter()
                raw.execute("INSERT INTO alerts VALUES (?)", (json.dumps(json.loads(body)),))
                async with session.post(f"{api_url}chat.postMessage", data=body) as answer:
                    await answer.read()
                at, _ = await arrivals.next()
                waits.append(at - began)
    return waits
