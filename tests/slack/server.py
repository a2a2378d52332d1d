"""The whole stand-in: one server that speaks as Slack does."""

from functools import partial
from typing import Any

from aiohttp import web

from tests.slack import files, response_urls
from tests.slack.calling import Gateway
from tests.slack.chat import tell_the_app
from tests.slack.delivering import deliver
from tests.slack.methods import METHODS
from tests.slack.payloads import event_callback
from tests.slack.people import People
from tests.slack.seeing import Seen
from tests.slack.signing import Signed
from tests.slack.socket_mode import SocketMode
from tests.slack.workspace import BOT_USER, Channel, Json


class Slack(People, Seen):
    """Slack, as the app and its people meet it. ``async with Slack() as slack:``."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.socket_mode = SocketMode(self)
        self._gateway = Gateway(self, METHODS)

    def routes(self, app: web.Application) -> None:
        """Say who answers what."""
        app.router.add_route("*", "/api/{method}", self._gateway.serve)
        app.router.add_get("/link/", self.socket_mode.serve)
        app.router.add_post("/upload/{file}", partial(files.take_in, self))
        app.router.add_get("/files-pri/{file}/{name}", partial(files.hand_out, self))
        app.router.add_post("/actions/{rest:.+}", partial(response_urls.serve, self))

    async def stop(self) -> None:
        """End all, what hangs too."""
        await self.socket_mode.close()
        await super().stop()

    async def goes_down(self) -> None:
        """Refuse connections and cut those that are open; what is stored stays."""
        for connection in list(self.socket_mode.connections):
            self.socket_mode.cut(connection)
        await super().goes_down()

    def revokes_the_token(self, error: str = "token_revoked") -> None:
        """The bot token is refused from now on; ``account_inactive`` where the app was removed."""
        self.bot.refused_with = error
        if "tokens_revoked" in self.events:
            event: Json = {"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}
            self.beside(deliver(self, "events_api", event_callback(self, event)))

    def archives(self, channel: Channel) -> None:
        """Archive a channel."""
        channel.is_archived = True
        event: Json = {"type": "channel_archive", "channel": channel.id, "user": "U0CREATOR00"}
        tell_the_app(self, event | {"event_ts": self.workspace.ts()}, channel)

    def signs(self, how: Signed) -> None:
        """How requests are signed from now on."""
        self.signed = how
