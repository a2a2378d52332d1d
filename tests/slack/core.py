"""What the rooms of the stand-in share: the workspace, what was called, what was delivered, and the clock."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.slack.signing import Signed
from tests.slack.tokens import Token, first_tokens
from tests.slack.workspace import BOT_USER, Channel, Json, Message, Workspace
from tests.stand_ins.faults import Fault
from tests.stand_ins.listening import Listening

if TYPE_CHECKING:
    from tests.slack.delivering import Delivery
    from tests.slack.response_urls import ResponseUrl
    from tests.slack.socket_mode import SocketMode

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


class Core(Listening):
    """The state of the stand-in; ``server.Slack`` is the whole."""

    socket_mode: "SocketMode"

    def __init__(self, *, signing_secret: str = "f0e1d2c3b4a5968778695a4b3c2d1e0f") -> None:
        super().__init__()
        self.signing_secret = signing_secret
        self.workspace = Workspace()
        self.tokens = first_tokens()
        self.events: set[str] = set(EVENTS)
        """The subscribed events, as the app's manifest names them."""
        self.calls: list[Call] = []
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

    def summary(self) -> str:
        """What happened so far, for messages of failing tests."""
        calls = ", ".join(f"{one.method}({one.error or 'ok'})" for one in self.calls[-10:])
        return f"last calls: {calls or 'none'}; violations: {self.violations}"

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
