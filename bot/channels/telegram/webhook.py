"""Updates that Telegram brings to ``/telegram/webhook``: acknowledged when they are on disk, never before.

https://core.telegram.org/bots/api#setwebhook: whatever is not answered by a 2xx is brought again, and holds back what
follows in its chat. So everything that Telegram signed is taken, and only what cannot be saved is to be brought again.
"""

import asyncio
import hmac
import json
import logging

from aiohttp import web

from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.intake import Intake
from bot.desk.contract import TryLater, Undeliverable

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes; more than Telegram ever sends."""
BODY_SECONDS = 10.0
PAUSES = (1.0, 5.0, 30.0, 120.0)
"""Seconds between tries to tell Telegram our address."""
_RETRY_AFTER = {"Retry-After": "1"}


class Webhook:
    """``start`` tells Telegram where we are. ``base_url``: how our server is reached."""

    def __init__(self, client: TelegramClient, intake: Intake, base_url: str) -> None:
        self._client = client
        self._intake = intake
        self._url = base_url + PATH
        self._secret = client.settings.secret.encode()
        self._task: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """What our server has to serve."""
        return [web.post(PATH, self.receive)]

    def start(self) -> None:
        """Tell Telegram our address; as often as it takes."""
        self._task = asyncio.get_running_loop().create_task(self._announce())

    async def stop(self) -> None:
        """Trouble Telegram no more. The address stays: other processes may be there, and updates wait for us."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def receive(self, request: web.Request) -> web.Response:
        """One update, or something of somebody who would like to be Telegram."""
        secrets = request.headers.getall(SECRET, [])
        if len(secrets) != 1 or not hmac.compare_digest(secrets[0].encode("utf-8", "replace"), self._secret):
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        text = body.decode("utf-8", "replace")
        try:
            try:
                update = json.loads(text)
            except (ValueError, RecursionError):
                await self._intake.take_unreadable(text, "it is no JSON that could be read")
            else:
                await self._intake.take([update])
        except Exception as error:
            log.error("Telegram: an update could not be saved, it will come again: %s", type(error).__name__)
            return web.Response(status=503, headers=_RETRY_AFTER)
        return web.Response()

    async def _announce(self) -> None:
        tries = 0
        while True:
            try:
                await self._client.set_webhook(self._url, self._client.settings.secret)
            except (TryLater, Undeliverable) as error:
                log.error("Telegram: %s cannot be set as the webhook: %s", self._url, error)
                rest = getattr(error, "seconds", None) or 0.0
                await asyncio.sleep(max(PAUSES[min(tries, len(PAUSES) - 1)], rest))
                tries += 1
            else:
                log.info("Telegram: updates come to %s", self._url)
                return


async def _body(request: web.Request) -> bytes | None:
    """The raw body; None when it is too large. Whoever does not finish it gets an error, and the connection closes."""
    parts = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.content.iter_any():
                parts += part
                if len(parts) > LARGEST_BODY:
                    return None
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(parts)
