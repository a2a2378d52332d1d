"""The composition root: the one room that constructs, starts and stops everything. It decides nothing itself."""

import asyncio
import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from bot.channels.web import WebChannel
from bot.config import Config
from bot.folder import Outcome, Refused, ScriptFolder, told
from bot.granting import MagnetGiver
from bot.handoff.terminal import TerminalTarget
from bot.hot_leads import HandoffWriter
from bot.magnets import MAGNET_OPTIONS, MAGNETS
from bot.manager import Manager, utc_now
from bot.outbox import Outbox
from bot.ports import Clock, HandoffTarget
from bot.redaction import Redaction
from bot.scripts import Scripts
from bot.visible import visible
from bot.web.answers import SERVER_LOG, careful
from bot.web.api import ChatApi, cors
from bot.web.downloads import Downloads
from bot.web.health import Health
from bot.web.origins import Origins
from bot.web.pages import Pages
from bot.web.socket import VisitorSocket
from bot.web.visitors import Visitors
from dialogs.events import TimerElapsed
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.hints import open_hints
from storage.scripts import CHANGED
from storage.transaction import Hint

log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0
"""How long requests under way may take to finish when the server stops."""
_KEEP_ALIVE_SECONDS = 30
"""How long an idle connection is kept."""
_SWEEP_SECONDS = 0.02
"""How long hints are gathered before those connected are caught up."""
_UNKNOWN_SEQ = 2**62


class Application:
    """The whole bot, running in this process. ``start``, then ``stop``."""

    def __init__(
        self,
        config: Config,
        *,
        clock: Clock = utc_now,
        targets: Mapping[str, HandoffTarget] | None = None,
        quiet: bool = False,
    ) -> None:
        self.config = config
        self.clock = clock
        self.base_url = config.web.base_url
        """How visitors reach it."""
        self.listens_at = self.base_url
        """Where it listens itself, once it has started."""
        self.database: Database
        self.manager: Manager
        self.scripts: Scripts
        self.outbox: Outbox
        self.channel = WebChannel()
        self.problems: list[Refused] = []
        """Script files that could not be published when the server started."""
        self._targets = targets if targets is not None else _targets(config)
        self._quiet = quiet
        self._exit = contextlib.AsyncExitStack()
        self._beside: set[asyncio.Task[None]] = set()
        self._hinted: dict[int, int] = {}
        self._sweeping = False

    async def start(self) -> None:
        """Open the database, publish the scripts, begin to listen. Raises ``StorageError`` and ``OSError``."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop listening, finish what is under way, let go of everything. May be called twice."""
        await self._exit.aclose()

    async def _start(self) -> None:
        config = self.config
        listening = _listen(config.web.host, config.web.port)
        self._exit.callback(listening.close)
        here = replace(config.web, port=listening.getsockname()[1], public_url=None)
        self.listens_at = here.base_url
        self.base_url = config.web.public_url or self.listens_at

        self.database = await self._exit.enter_async_context(await open_database(config.storage.url))
        for change in self.database.migrated:
            self._tell(f"Database: {change}")

        self.scripts = Scripts(self.database, MAGNET_OPTIONS)
        await self.scripts.refresh()
        folder = ScriptFolder(config.dialogs.folder, self.database, self.scripts, MAGNET_OPTIONS, self.clock)
        for outcome in await folder.scan(starting=True):
            self._tell_outcome(outcome)
            if isinstance(outcome, Refused):
                self.problems.append(outcome)

        giver = MagnetGiver(MAGNETS, self.base_url)
        self.manager = Manager(self.database, self.scripts, giver, self.clock, "/pictures")
        writer = HandoffWriter(self.database, self.scripts)
        self.outbox = Outbox(self.database, self.clock, self._wake, writer.describe, self._targets)
        await self._serve(giver, folder.path, listening)
        self._exit.push_async_callback(self._end_beside)
        await self._listen_for_hints()
        self._run_beside(self.outbox.run())
        self._run_beside(self.scripts.keep_fresh())
        if config.dialogs.watch:
            self._run_beside(folder.watch(config.dialogs.check_seconds, self._tell_outcome))

    async def _serve(self, giver: MagnetGiver, folder: Path, listening: socket.socket) -> None:
        config, clock = self.config.web, self.clock
        visitors = Visitors(
            self.manager,
            self.channel,
            Origins(self.base_url, config.allowed_origins),
            clock,
            first_script=self.config.dialogs.first,
            messages_a_minute=config.messages_a_minute,
            conversations_an_hour=config.conversations_an_hour,
            trusted_proxies=config.trusted_proxies,
        )
        self._visitors = visitors
        downloads = Downloads(self.database, self.manager, visitors, giver, folder / "files", clock)
        pages = Pages(self.scripts, folder / "pictures", self.base_url, config.allowed_origins)
        health = Health(self.database, self.channel, self._figures)
        app = web.Application(middlewares=[careful, cors(visitors)], client_max_size=config.max_body_bytes)
        app.add_routes([web.get("/ws", VisitorSocket(visitors, config.max_frame_bytes).serve)])
        for room in (ChatApi(visitors, self.base_url), pages, downloads, health):
            app.add_routes(room.routes())
        runner = web.AppRunner(
            app,
            access_log=None,
            logger=SERVER_LOG,
            handle_signals=False,
            shutdown_timeout=DRAIN_SECONDS,
            keepalive_timeout=_KEEP_ALIVE_SECONDS,
        )
        await runner.setup()
        self._exit.push_async_callback(runner.cleanup)
        self._exit.push_async_callback(self.channel.close)
        await web.SockSite(runner, listening, backlog=4096).start()

    async def _listen_for_hints(self) -> None:
        """Show what other processes, timers and people said, and look for work, as soon as it is committed."""
        hints = await self._exit.enter_async_context(open_hints(self.database))
        hints.listen(self._on_hint)

    def _on_hint(self, hint: Hint) -> None:
        """Remember who may lack something. Turns of this process show their words themselves, mostly sooner."""
        if hint.work or hint.conversation_id is None:
            self.outbox.hint()
        if hint == CHANGED or hint.conversation_id is None:
            self.scripts.hint()
        for number in self.channel.conversations() if hint.conversation_id is None else (hint.conversation_id,):
            if self.channel.watches(number) is not None:
                self._hinted[number] = hint.last_seq if hint.conversation_id is not None else _UNKNOWN_SEQ
        if self._hinted and not self._sweeping:
            self._sweeping = True
            asyncio.get_running_loop().call_later(_SWEEP_SECONDS, self._sweep)

    def _sweep(self) -> None:
        self._sweeping = False
        hinted, self._hinted = self._hinted, {}
        for number, last_seq in hinted.items():
            watermark = self.channel.watches(number)
            if watermark is not None and last_seq > watermark:
                self._run_beside(self._catch_up(number))

    async def _catch_up(self, conversation_id: int) -> None:
        """Show what is in the transcript to whoever is connected here and has not been sent it."""
        after = self.channel.watches(conversation_id)
        if after is None:
            return
        messages = await self.manager.messages_after(conversation_id, after)
        if messages:
            await self.channel.show(conversation_id, messages, await self.manager.status(conversation_id))

    async def _wake(self, conversation_id: int, name: str, external_id: str) -> None:
        elapsed = TimerElapsed(at=self.clock(), name=name)
        await self._visitors.show(conversation_id, await self.manager.handle(conversation_id, elapsed, external_id))

    def _figures(self) -> dict[str, float]:
        return {
            "handraiser_effects_performed": float(self.outbox.performed),
            "handraiser_effects_failed": float(self.outbox.failed),
        }

    def _run_beside(self, work: Coroutine[None, None, None]) -> None:
        """Run something for as long as it takes, or until the application stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside_ended)

    def _beside_ended(self, task: asyncio.Task[None]) -> None:
        self._beside.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("something that runs beside ended: %r", error, exc_info=error)

    async def _end_beside(self) -> None:
        while tasks := tuple(self._beside):  # Again, should one have missed it.
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=5)

    def _tell(self, line: str) -> None:
        if not self._quiet:
            print(visible(line), flush=True)

    def _tell_outcome(self, outcome: Outcome) -> None:
        for line in told(outcome):
            self._tell(line)


def _targets(config: Config) -> Mapping[str, HandoffTarget]:
    return {"terminal": TerminalTarget(sys.stdout, redaction=Redaction(config.secrets))}


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``OSError`` with a sentence for people."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(4096)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _cannot_listen(host, port, error) from error
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> OSError:
    setting = "port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "host"
    return OSError(
        error.errno,
        f"cannot listen on {host}:{port}: {error.strerror}. "
        f"Choose another {setting} with [web] {setting} or HANDRAISER_WEB__{setting.upper()}.",
    )


async def serve(config: Config) -> int:
    """Run until a signal asks to stop; the process's exit status."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopping.set)
    application = Application(config)
    try:
        await application.start()
    except (StorageError, OSError) as error:
        print(f"Handraiser cannot start: {error.strerror if isinstance(error, OSError) else error}", file=sys.stderr)
        return 1
    # What stands now stays: the collector need not look through it again and again while visitors wait.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    names = application.scripts.names()
    elsewhere = f" (for visitors {application.base_url}/)" if application.base_url != application.listens_at else ""
    print(f"Handraiser is ready: {application.listens_at}/{elsewhere}", flush=True)
    print(
        f"Chats: {', '.join(names) if names else 'none yet; put a script into ' + str(config.dialogs.folder)}",
        flush=True,
    )
    try:
        await stopping.wait()
    finally:
        print("Stopping ...", flush=True)
        await application.stop()
    return 0
