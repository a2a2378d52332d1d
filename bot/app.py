"""The composition root: the one room that constructs, starts and stops everything. It decides nothing itself."""

import asyncio
import contextlib
import logging
import secrets
import socket
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.campaigns import PLACEHOLDER, note_ways
from bot.catching_up import CatchingUp
from bot.channels import MESSENGERS
from bot.channels.web import way_to_website
from bot.channels.web_windows import WebChannel
from bot.claim_links import ClaimLinks
from bot.config import Config
from bot.desk import roster
from bot.desk.acting import DeskAtWork
from bot.desk.contract import HandoffTarget
from bot.desk.digests import Digests
from bot.desk.dispatching import Dispatching
from bot.desk.facts import DeskViews
from bot.desk.opening import open_slack, open_targets
from bot.desk.roster import Roster
from bot.desk.showing import Showing
from bot.folder import Outcome, Refused, ScriptFolder, told
from bot.granting import MagnetGiver
from bot.human_checks import sources_of
from bot.magnets import MAGNET_OPTIONS, MAGNETS
from bot.manager import Manager, utc_now
from bot.messengers.delivering import Delivering
from bot.messengers.files import SentFiles
from bot.messengers.gifts import Gifts
from bot.messengers.house import HouseAtWork
from bot.messengers.opening import Messengers, Registry, channel_limits, configured, first_scripts
from bot.outbox import Outbox
from bot.ports import TIMER_ID, Clock
from bot.scripts import Scripts
from bot.slack.settings import SlackSettings
from bot.slack.settings import read_settings as read_slack_settings
from bot.uploads.keeping import Uploads
from bot.uploads.links import FileLinks
from bot.visible import visible
from bot.web.answers import SERVER_LOG, careful, page_policy
from bot.web.api import ChatApi, cors
from bot.web.claims import Claims
from bot.web.downloads import Downloads
from bot.web.health import Health
from bot.web.humans import open_humans
from bot.web.identity import Identities
from bot.web.launcher import Launcher
from bot.web.links import OpenedLinks
from bot.web.listening import Room, listen, take_in
from bot.web.origins import Origins
from bot.web.pages import Pages
from bot.web.plain import PlainFrames
from bot.web.presence import Presence
from bot.web.socket import VisitorSocket
from bot.web.telling import Telling
from bot.web.uploads import UploadApi
from bot.web.visitors import Visitors
from dialogs.desk.hours import Schedule
from dialogs.desk.known_names import known_names
from dialogs.desk.team import Known
from dialogs.events import TimerElapsed, VisitorLeft
from storage import settings
from storage.database import Database, open_database
from storage.hints import open_hints
from storage.outbox import (
    DELIVER,
    DELIVER_WORDS,
    DIGEST,
    FORGET_FILES,
    FORGET_POSTS,
    HAND_OFF,
    RENEW_LIST,
    SHOW_DESK,
    SHOW_LATER,
    TIMER,
    DueEffect,
)
from storage.scripts import CHANGED
from storage.transaction import Hint

if TYPE_CHECKING:
    from bot.slack.door import SlackDoor

log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0
"""How long requests under way may take to finish when the server stops."""
_KEEP_ALIVE_SECONDS = 30
"""How long an idle connection is kept."""


class Application:
    """The whole bot, running in this process. ``start``, then ``stop``."""

    def __init__(
        self,
        config: Config,
        *,
        clock: Clock = utc_now,
        targets: Mapping[str, HandoffTarget] | None = None,
        messengers: Registry = MESSENGERS,
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
        self.desk: DeskAtWork
        self.channel = WebChannel()
        self.problems: list[Refused] = []
        """Script files that could not be published when the server started."""
        self._targets = targets
        self._registry = messengers
        self.messengers = Messengers(config, configured(config, messengers))
        section = config.sections.get("slack")
        self._slack_settings = read_slack_settings(section, config.path) if section else None
        self._slack: SlackDoor | None = None
        self._quiet = quiet
        self._room = Room()
        self._exit = contextlib.AsyncExitStack()
        self._beside: set[asyncio.Task[None]] = set()

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
        listening = listen(config.web.host, config.web.port)
        self._exit.callback(listening.close)
        here = replace(config.web, port=listening.getsockname()[1], public_url=None)
        self.listens_at = here.base_url
        self.base_url = config.web.public_url or self.listens_at

        self.database = await self._exit.enter_async_context(await open_database(config.storage.url))
        for change in self.database.migrated:
            self._tell(f"Database: {change}")

        self.scripts = Scripts(self.database, MAGNET_OPTIONS)
        await self.scripts.refresh()
        limits = channel_limits(config, self._registry)
        folder = ScriptFolder(config.dialogs.folder, self.database, self.scripts, MAGNET_OPTIONS, self.clock, limits)
        for outcome in await folder.scan(starting=True):
            self._tell_outcome(outcome)
            if isinstance(outcome, Refused):
                self.problems.append(outcome)

        self.uploads = Uploads(self.database, config.uploads, self.clock)
        giver = MagnetGiver(MAGNETS, self.base_url)
        self.manager = Manager(self.database, self.scripts, giver, self.clock, "/pictures")
        self._visitors = await self._let_in()
        self._file_links = FileLinks(self.base_url, await self._secret("file-links"), self.clock)
        await self._open_messengers(giver, folder.path / "files")
        await self._open_desk()
        await self._serve(giver, folder.path, listening)
        self._exit.push_async_callback(self._end_beside)
        await self._listen_for_hints()
        self._run_beside(self.outbox.run())
        self._run_beside(self.scripts.keep_fresh())
        self._run_beside(note_ways(self.database, self.clock, lambda: self.messengers.links(PLACEHOLDER)))
        self._run_beside(self.uploads.run())
        self._run_beside(Presence(self.channel, self._left).run())
        self._run_beside(self._sockets.rounds.run())
        self._run_beside(self._room.run())
        if config.dialogs.watch:
            self._run_beside(folder.watch(config.dialogs.check_seconds, self._tell_outcome))
        if config.handoff.team is not None:
            self._run_beside(self._roster.watch(config.dialogs.check_seconds, self._tell_team))

    async def _let_in(self) -> Visitors:
        config = self.config.web
        humans = await open_humans(self.config, self.database, self.clock)
        if humans is not None:
            self.manager.deciding.before_saving = humans.before_saving
        return Visitors(
            self.manager,
            self.channel,
            Origins(self.base_url, config.allowed_origins),
            self.clock,
            self.uploads,
            first_script=self.config.dialogs.first,
            messages_a_minute=config.messages_a_minute,
            conversations_an_hour=config.conversations_an_hour,
            telling=Telling(self.manager, Identities(config.identity_secret, self.clock), self.clock),
            humans=humans,
            trusted_proxies=config.trusted_proxies,
        )

    async def _open_messengers(self, giver: MagnetGiver, files: Path) -> None:
        """Every messenger that is configured, and the house behind them."""
        database, manager, clock, messengers = self.database, self.manager, self.clock, self.messengers
        first = first_scripts(self.config, configured(self.config, self._registry))
        sent = SentFiles(self.uploads, messengers.fetch)
        house = HouseAtWork(database, manager, clock, messengers.capabilities, first, sent)
        await messengers.open(house, clock, self.base_url, self._exit)
        gifts = Gifts(database, giver, files, self.base_url, clock)
        self._delivering = Delivering(database, manager, gifts, messengers.by_name, clock, self.base_url)
        manager.deciding.pushed = frozenset(messengers.by_name)
        manager.deciding.ways = messengers.ways() | {"web": way_to_website(self.base_url)}

    async def _show_typing(self, conversation_id: int, name: str) -> None:
        """Let a visitor see that a person of ours writes, wherever they are."""
        await self.channel.show_typing(conversation_id, name)
        await self._delivering.show_typing(conversation_id)

    async def _open_desk(self) -> None:
        """Everything that brings leads to people, and people's acts to conversations."""
        database, scripts, manager, clock = self.database, self.scripts, self.manager, self.clock
        targets: dict[str, HandoffTarget] = {}
        self._links = ClaimLinks(self.base_url, await self._secret("claim-links"), clock)

        async def known() -> Known:
            return known_names(await scripts.live(), targets)

        self._roster = Roster(self.config.handoff.team, known)
        views = DeskViews(database, scripts, clock, self.channel.is_here, self._file_links.link)
        show = self._visitors.show
        self.desk = DeskAtWork(database, scripts, manager, self._roster, views, clock, show, self._show_typing)
        targets |= await self._open_targets()
        if outcome := await self._roster.look():
            for line in roster.told(outcome):
                self._tell(line)
        dispatching = Dispatching(database, scripts, manager, self._roster, clock, show)
        showing = Showing(database, views, targets, clock)
        self._digests = Digests(database, self._roster, self.desk, targets, clock)
        await self._digests.plan()
        kinds = {
            TIMER: self._wake,
            HAND_OFF: dispatching.route,
            SHOW_DESK: showing.show,
            SHOW_LATER: showing.show_later,
            FORGET_POSTS: showing.forget,
            DIGEST: self._digests.send,
            RENEW_LIST: self._digests.renew,
            DELIVER: self._delivering.deliver,
            DELIVER_WORDS: self._delivering.deliver_words,
            FORGET_FILES: self.uploads.forget,
        }
        self.outbox = Outbox(database, clock, kinds)

    async def _secret(self, name: str) -> str:
        """A secret of this installation, the same on every node."""
        fresh, now = secrets.token_hex(32), self.clock()
        return await self.database.write(lambda tx: settings.secret(tx, name, fresh, now))

    async def _open_targets(self) -> Mapping[str, HandoffTarget]:
        """Every place where people are told of leads."""
        own = self._targets
        targets = dict(open_targets(self.config, self.desk, self._links) if own is None else own)
        if self._slack_settings is not None:
            targets["slack"] = await self._open_slack(self._slack_settings)
        return targets

    async def _open_slack(self, settings: SlackSettings) -> HandoffTarget:
        """Slack, on both its sides: for people of ours, and for visitors where they are let in."""
        from bot.channels.slack.messenger import SlackMessenger

        visitors = self.messengers.by_name.get("slack")
        shared = isinstance(visitors, SlackMessenger)
        target, self._slack = await open_slack(self._exit, settings, self.desk, self.clock, shared=shared)
        if isinstance(visitors, SlackMessenger):
            self._slack.let_visitors_in(visitors.intake, self.desk)
        return target

    async def _serve(self, giver: MagnetGiver, folder: Path, listening: socket.socket) -> None:
        config, visitors = self.config.web, self._visitors
        downloads = Downloads(self.database, self.manager, visitors, giver, folder / "files", self.clock)
        policy = page_policy(sources_of(self.config.human_check.kind), config.allowed_origins)
        pages = Pages(self.scripts, folder / "pictures", self.base_url, policy)
        health = Health(self.database, self.channel, self._figures)
        # Careful within as well: a website may read errors, too, so they are answers before it is let through.
        middlewares = [careful, self._room.door, cors(visitors), careful]
        app = web.Application(middlewares=middlewares, client_max_size=config.max_body_bytes)
        self._sockets = VisitorSocket(visitors, config.max_frame_bytes)
        app.add_routes([web.get("/ws", self._sockets.serve)])
        launcher = Launcher(visitors, self.database, self._team_hours)
        opened = OpenedLinks(visitors.campaigns, self.scripts, visitors, self.base_url)
        api, claims = ChatApi(visitors, self.base_url), Claims(self.desk, self._links)
        plain = PlainFrames(visitors, self._sockets.dealing)
        uploads = UploadApi(self.uploads, visitors, self._file_links)
        for room in (api, plain, uploads, pages, downloads, health, claims, launcher, opened):
            app.add_routes(room.routes())
        if self._slack is not None:
            app.add_routes(self._slack.routes())
        app.add_routes(self.messengers.routes())
        runner = web.AppRunner(
            app,
            access_log=None,
            logger=SERVER_LOG,
            handle_signals=False,
            shutdown_timeout=DRAIN_SECONDS,
            keepalive_timeout=_KEEP_ALIVE_SECONDS,
        )
        await runner.setup()
        self._room.watch(runner.server, self._sockets.quiet)
        self._exit.push_async_callback(runner.cleanup)
        self._exit.push_async_callback(self._sockets.finish, DRAIN_SECONDS)
        self._exit.push_async_callback(self.channel.close)
        await take_in(runner, listening)
        if self._slack is not None:
            self._exit.push_async_callback(self._slack.stop)
            await self._slack.start()
        self._exit.push_async_callback(self.messengers.stop)
        await self.messengers.start()

    async def _listen_for_hints(self) -> None:
        """Show what other processes, timers and people said, and look for work, as soon as it is committed."""
        catching_up = CatchingUp(self.channel, self.manager, self._run_beside)

        def heard(hint: Hint) -> None:
            if hint.work or hint.conversation_id is None:
                self.outbox.hint()
            if hint == CHANGED or hint.conversation_id is None:
                self.scripts.hint()
            catching_up.hint(hint)

        hints = await self._exit.enter_async_context(open_hints(self.database))
        hints.listen(heard)

    def _team_hours(self) -> Schedule:
        team = self._roster.team
        return Schedule() if team is None else team.schedule

    async def _wake(self, effect: DueEffect) -> None:
        """Bring a timer back as an event."""
        if effect.conversation_id is None:
            return
        elapsed = TimerElapsed(at=self.clock(), name=effect.payload["name"])
        handled = await self.manager.handle(effect.conversation_id, elapsed, f"{TIMER_ID}{effect.id}")
        await self._visitors.show(effect.conversation_id, handled)

    async def _left(self, conversation_id: int) -> None:
        """Let people know that the visitor they deal with has gone."""
        if await self.manager.is_with_people(conversation_id):
            await self.manager.handle(conversation_id, VisitorLeft(at=self.clock()), None)

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

    def _tell_team(self, outcome: roster.Outcome) -> None:
        for line in roster.told(outcome):
            self._tell(line)
        if isinstance(outcome, roster.Taken):
            self._run_beside(self._digests.plan())

    def _tell_outcome(self, outcome: Outcome) -> None:
        for line in told(outcome):
            self._tell(line)
