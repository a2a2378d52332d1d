"""What the rooms of the stand-in share: the workspace, what was called, what was delivered, and the clock."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp

from tests.slack.faults import Fault, Faults
from tests.slack.signing import Signed
from tests.slack.tokens import Token, first_tokens
from tests.slack.workspace import BOT_USER, Channel, Json, Message, Workspace

if TYPE_CHECKING:
    from tests.slack.delivering import Delivery
    from tests.slack.response_urls import ResponseUrl
    from tests.slack.socket_mode import SocketMode

Seen = TypeVar("Seen")

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 1800.0
RESPONSE_URL_USES = 5

EVENTS = frozenset({
    "app_home_opened", "app_mention", "app_rate_limited", "app_uninstalled", "channel_archive", "channel_unarchive",
    "member_joined_channel", "member_left_channel", "message.channels", "message.groups", "message.im",
    "reaction_added", "reaction_removed", "team_join", "tokens_revoked", "user_change",
})  # fmt: skip
"""The events that the app is subscribed to unless a test says otherwise."""


@dataclass(eq=False, kw_only=True)
class Call:
    """One call of the Web API."""

    method: str
    arguments: Json
    token: str | None
    at: float
    """Of ``time.monotonic``."""
    fault: Fault | None = None
    status: int | None = None
    answer: Json | None = None

    @property
    def error(self) -> str | None:
        """The error it was refused with."""
        return None if self.answer is None else self.answer.get("error")


@dataclass(eq=False, kw_only=True)
class Trigger:
    """The right to open a modal, for three seconds and once."""

    user: str
    at: float
    used: bool = False
    view: "View | None" = None
    """The modal that was clicked in: the one that ``views.push`` puts another upon."""


@dataclass(eq=False, kw_only=True)
class View:
    """A modal that is open, or somebody's home."""

    id: str
    user: str
    body: Json
    """As the app gave it, block ids filled in."""
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, Json] = field(default_factory=dict)
    """What stands in its inputs now."""
    is_open: bool = True

    def __repr__(self) -> str:
        return f"<View {self.id} {self.title!r}>"

    @property
    def title(self) -> str:
        """What stands above a modal."""
        title: str = self.body.get("title", {}).get("text", "")
        return title

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        blocks: list[Json] = self.body["blocks"]
        return blocks


class Core:
    """The state of the stand-in; ``server.Slack`` is the whole."""

    socket_mode: "SocketMode"

    def __init__(self, *, signing_secret: str = "f0e1d2c3b4a5968778695a4b3c2d1e0f") -> None:
        self.signing_secret = signing_secret
        self.workspace = Workspace()
        self.tokens = first_tokens()
        self.events: set[str] = set(EVENTS)
        """The subscribed events, as the app's manifest names them."""
        self.faults = Faults()
        self.calls: list[Call] = []
        self.violations: list[str] = []
        """What no caller that reads the documentation would do. The fixture wants none at the end."""
        self.impatient: list[Call] = []
        """Calls that came before the ``Retry-After`` of the one before had passed."""
        self.deliveries: list[Delivery] = []
        self.request_url: str | None = None
        """Where the app takes events, clicks and commands over HTTP; Socket Mode where None."""
        self.signed = Signed.RIGHTLY
        self.patience = 3.0
        """Seconds until an acknowledgement is too late."""
        self.retry_waits: tuple[float, ...] = (0.0, 0.01, 0.02)
        """Seconds before each new try of an event; at the real Slack 0, 60 and 300."""
        self.rate_limits = False
        """Whether more than about one ``chat.postMessage`` a second and channel is refused."""
        self.home_is_enabled = True
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.views: dict[str, View] = {}
        self.open_views: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.uploads: dict[str, Json] = {}
        self.url = ""
        self.released = asyncio.Event()
        """Set when everything that hangs must let go."""
        self._shift = 0.0
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: aiohttp.ClientSession | None = None

    @property
    def api_url(self) -> str:
        """The base of the Web API, with a slash at the end."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The token of the app's bot user."""
        return next(one.value for one in self.tokens.values() if one.kind == "bot")

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return next(one.value for one in self.tokens.values() if one.kind == "app")

    @property
    def bot(self) -> Token:
        """The bot token with its scopes and fate."""
        return self.tokens[self.bot_token]

    @property
    def session(self) -> aiohttp.ClientSession:
        """For what Slack sends."""
        assert self._session is not None, "the stand-in is not started"
        return self._session

    def now(self) -> float:
        """Seconds of the clock by which triggers and response URLs grow old."""
        return time.monotonic() + self._shift

    def pass_(self, seconds: float) -> None:
        """Let triggers, response URLs and rate limits grow older by so much."""
        self._shift += seconds

    def violation(self, what: str) -> None:
        """Note what no caller should do."""
        self.violations.append(what)
        self.news()

    def news(self) -> None:
        """Wake those that wait for something to be so."""
        self._news.set()
        self._news = asyncio.Event()

    async def until(self, seen: Callable[[], Seen], seconds: float = 60.0) -> Seen:
        """Wait until ``seen()`` is truthy, looking whenever something happened here; what it was then."""
        try:
            async with asyncio.timeout(seconds):
                while not (result := seen()):
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"it did not come to be within {seconds} s; {self.summary()}") from None
        return result

    def summary(self) -> str:
        """What happened so far, for messages of failing tests."""
        calls = ", ".join(f"{one.method}({one.error or 'ok'})" for one in self.calls[-10:])
        return f"last calls: {calls or 'none'}; violations: {self.violations}"

    def beside(self, work: Any) -> None:
        """Do something beside: tell the app of what it did itself."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until everything that happens beside is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def channel_for(self, reference: str) -> Channel | None:
        """The channel by id or name, or a person's direct messages by their id."""
        if reference in self.workspace.people and reference != BOT_USER:
            return self.workspace.direct(reference)
        return self.workspace.named(reference)

    def new_trigger(self, user: str, view: View | None = None) -> str:
        """A fresh ``trigger_id``."""
        number = self.workspace.number()
        identity = f"{number}.1111111111.{number:032x}"
        self.triggers[identity] = Trigger(user=user, at=self.now(), view=view)
        return identity

    def forget_message(self, message: Message) -> None:
        """Take a message away for everybody."""
        message.deleted = True
        self.news()
