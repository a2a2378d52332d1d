"""Updates that Telegram brings to ``/telegram/webhook``: acknowledged when they are on disk, never before.

https://core.telegram.org/bots/api#setwebhook: whatever is not answered by a 2xx is brought again, and holds back what
follows in its chat. So everything that Telegram signed is taken, and only what cannot be saved is to be brought again.
"""

import json
import logging

from aiohttp import web

from bot.channels.errands import Errand
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.intake import Intake
from bot.webhooks import acknowledge, is_secret, only_value, read_body

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """``start`` tells Telegram where we are. ``base_url``: how our server is reached."""

    def __init__(self, client: TelegramClient, intake: Intake, base_url: str) -> None:
        self._client = client
        self._intake = intake
        self._url = base_url + PATH
        self._announcing = Errand("Telegram", self._announce)

    def routes(self) -> list[web.RouteDef]:
        """What our server has to serve."""
        return [web.post(PATH, self.receive)]

    def start(self) -> None:
        """Tell Telegram our address; as often as it takes."""
        self._announcing.begin()

    async def stop(self) -> None:
        """Trouble Telegram no more. The address stays: other processes may be there, and updates wait for us."""
        await self._announcing.end()

    async def receive(self, request: web.Request) -> web.Response:
        """One update, or something of somebody who would like to be Telegram."""
        if not is_secret(only_value(request.headers, SECRET), self._client.settings.secret):
            return web.Response(status=403)
        text = (await read_body(request)).decode("utf-8", "replace")
        try:
            update = json.loads(text)
        except (ValueError, RecursionError):
            saving = self._intake.take_unreadable(text, "it is no JSON that could be read")
        else:
            saving = self._intake.take([update])
        return await acknowledge(saving, "Telegram")

    async def _announce(self) -> None:
        await self._client.set_webhook(self._url, self._client.settings.secret)
        log.info("Telegram: updates come to %s", self._url)
