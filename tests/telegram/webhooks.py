"""Webhooks: setting them, and how Telegram delivers: in order for each chat, again and again with growing gaps.

https://core.telegram.org/bots/api#setwebhook; the gaps are those of the Bot API server, scaled by ``core.second``.
"""

import asyncio
import ipaddress
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.telegram.chats import Json
from tests.telegram.core import Core
from tests.telegram.refusals import Malformed, Refusal
from tests.telegram.updates import KEPT_SECONDS, Update

PORTS = {443, 80, 88, 8443}
LONGEST_GAP = 60
LONGEST_RETRY_AFTER = 3600
GONE_SECONDS = 23 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One try to tell the bot."""

    update: Update
    number: int
    """1 for the first try."""
    status: int | None
    """None where no answer came."""
    at: float
    """Of ``time.monotonic``."""
    seconds: float
    gap: float | None = None
    """Telegram's seconds until the next try; None where it was taken."""


class Webhook:
    """Where the bot wants to be told, and the telling."""

    def __init__(self, core: Core, in_answer: Callable[[Json], Awaitable[None]]) -> None:
        self._core = core
        self._in_answer = in_answer
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.deliveries: list[Delivery] = []
        self.last_error: tuple[int, str] | None = None
        self.send_secret: str | None = None
        """Send this as the secret token, whatever was set; an empty text sends none."""
        self._gone_since: float | None = None
        self._slots = asyncio.Semaphore(40)
        self._lines: dict[int, asyncio.Task[Any]] = {}

    async def set_webhook(self, core: Core, given: Json) -> bool:
        """``setWebhook``; without a URL it is deleted."""
        url = given.get("url", "")
        if not url:
            return await self.delete_webhook(core, given)
        self._check(url, given.get("secret_token", ""))
        await self._stop()
        if given.get("drop_pending_updates"):
            core.updates.clear()
        if isinstance(given.get("allowed_updates"), list):
            core.updates.allow(given["allowed_updates"])
        self.url, self.secret = url, given.get("secret_token", "")
        self.max_connections = min(max(given.get("max_connections", 40), 1), 100)
        self._slots = asyncio.Semaphore(self.max_connections)
        self.last_error = self._gone_since = None
        for update in list(core.updates.waiting):
            self.wake(update)
        return True

    def _check(self, url: str, secret: str) -> None:
        if len(secret) > 256:
            raise Malformed("secret token is too long")
        if not re.fullmatch("[A-Za-z0-9_-]*", secret):
            raise Malformed("secret token contains unallowed characters")
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Malformed("invalid webhook URL specified")
        if self._core.local_mode:
            return
        if parts.scheme != "https":
            raise Malformed("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise Malformed("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        try:
            address = ipaddress.ip_address(parts.hostname)
        except ValueError:
            if self._core.reached(url) is None:
                why = "bad webhook: Failed to resolve host: Name or service not known"
                raise Refusal(400, why) from None
        else:
            if not address.is_global:
                raise Malformed(f"bad webhook: IP address {address} is reserved")

    async def delete_webhook(self, core: Core, given: Json) -> bool:
        """``deleteWebhook``."""
        await self._stop()
        if given.get("drop_pending_updates"):
            core.updates.clear()
        self.url = self.secret = ""
        core.news()
        return True

    async def get_webhook_info(self, core: Core, given: Json) -> Json:
        """``getWebhookInfo``."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(core.updates.waiting),
        }
        if self.url:
            info |= {"max_connections": self.max_connections, "ip_address": "203.0.113.5"}
        if self.last_error is not None and self.url:
            info |= {"last_error_date": self.last_error[0], "last_error_message": self.last_error[1]}
        if core.updates.allowed is not None:
            info["allowed_updates"] = sorted(core.updates.allowed)
        return info

    async def _stop(self) -> None:
        lines, self._lines = list(self._lines.values()), {}
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    def wake(self, update: Update) -> None:
        """See to it that this source's updates are delivered."""
        line = self._lines.get(update.source)
        if self.url and (line is None or line.done()):
            self._lines[update.source] = self._core.beside(self._deliver_all(update.source))

    async def _deliver_all(self, source: int) -> None:
        """One after the other: the next only when the one before is taken or too old."""
        while (update := self._next(source)) is not None and self.url:
            number, gap = 1, 1.0
            while update in self._core.updates.waiting:
                done, asked = await self._deliver(update, number, gap)
                if done:
                    self._core.updates.drop(update)
                    self._core.news()
                    break
                if asked == 0 and number > 1:
                    gap = min(gap * 2, LONGEST_GAP)
                    asked = int(gap)
                if self._core.now() - update.at + asked > KEPT_SECONDS:
                    self._core.updates.drop(update)
                    break
                await asyncio.sleep(asked * self._core.second)
                number += 1

    def _next(self, source: int) -> Update | None:
        self._core.updates.forget_old(self._core.now())
        return next((one for one in self._core.updates.waiting if one.source == source), None)

    async def _deliver(self, update: Update, number: int, gap: float) -> tuple[bool, int]:
        """One try: whether it was taken, and the seconds asked for where not."""
        at = time.monotonic()
        async with self._slots:
            status, retry_after, body = await self.post(update.body)
        done = status is not None and 200 <= status < 300
        following = None if done else float(retry_after or (min(gap * 2, LONGEST_GAP) if number > 1 else 0))
        seconds = time.monotonic() - at
        self.deliveries.append(
            Delivery(update=update, number=number, status=status, at=at, seconds=seconds, gap=following)
        )
        if done:
            self._gone_since = None
            if isinstance(body, dict) and body.get("method"):
                await self._in_answer(body)
        else:
            await self._went_wrong(status)
        self._core.news()
        return done, retry_after

    async def _went_wrong(self, status: int | None) -> None:
        text = "Webhook connection closed" if status is None else f"Wrong response from the webhook: {status}"
        self.last_error = (self._core.date(), text)
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self._core.now()
        elif self._core.now() - self._gone_since > GONE_SECONDS:
            self.url = ""

    async def post(self, body: Json) -> tuple[int | None, int, Any]:
        """Send one request to the webhook: the status, ``Retry-After``, and what came back."""
        where = self._core.reached(self.url)
        secret = self.secret if self.send_secret is None else self.send_secret
        headers = {"Content-Type": "application/json"}
        if secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        if where is None:
            return None, 0, None
        try:
            async with self._core.session.post(
                where,
                data=json.dumps(body).encode(),
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=self._core.patience),
                allow_redirects=False,
            ) as response:
                text = await response.text(errors="replace")
                asked = response.headers.get("Retry-After", "")
                seconds = min(int(asked), LONGEST_RETRY_AFTER) if asked.isdecimal() else 0
                return response.status, seconds, _json(text)
        except (aiohttp.ClientError, TimeoutError):
            return None, 0, None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
