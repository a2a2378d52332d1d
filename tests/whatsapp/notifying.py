"""Notifications: signed, repeated until they are taken, perhaps twice, late or in another order.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import aiohttp

from tests.whatsapp import payloads
from tests.whatsapp.core import Core
from tests.whatsapp.messages import Message
from tests.whatsapp.refusals import Json, Refusal

KEPT_SECONDS = 7 * 24 * 3600.0
LONGEST_GAP = 3600.0


class Signed(Enum):
    """How a notification is signed."""

    RIGHTLY = "rightly"
    WITH_ANOTHER_SECRET = "with another secret"
    OVER_OTHER_BYTES = "over other bytes"
    NOT_AT_ALL = "not at all"
    WITH_JUNK = "with junk"


@dataclass(eq=False, kw_only=True)
class Notification:
    """One notification, and how it was taken."""

    body: Json
    at: float
    statuses: list[int | None] = field(default_factory=list)
    """Of every try; None where no answer came."""

    @property
    def taken(self) -> bool:
        """Whether it was answered with 200."""
        return bool(self.statuses) and self.statuses[-1] == 200

    @property
    def values(self) -> list[Json]:
        """What stands in it."""
        return [change["value"] for entry in self.body["entry"] for change in entry["changes"]]


def written(body: Json) -> bytes:
    """The bytes as Meta writes them: slashes and all beyond ASCII are escaped, so only raw bytes can be verified."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


class Notifier:
    """Tells the business of what happens."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.url: str | None = None
        self.signed = Signed.RIGHTLY
        self.sent: list[Notification] = []
        self.holding = False
        self._held: list[Json] = []

    def tell(self, value: Json) -> None:
        """Tell of one thing, beside."""
        if self.holding:
            self._held.append(value)
        else:
            self.notify(payloads.envelope(self._core, value))

    def notify(self, body: Json) -> Notification:
        """Send a notification as it is, beside, again and again until it is taken."""
        notification = Notification(body=body, at=self._core.now())
        self.sent.append(notification)
        if self.url is not None:
            self._core.beside(self._deliver(notification))
        return notification

    def let_go(self, *, backwards: bool = False, together: bool = False) -> None:
        """What was held back comes now."""
        self.holding = False
        held, self._held = self._held, []
        held = held[::-1] if backwards else held
        for values in [held] if together and held else [[one] for one in held]:
            self.notify(payloads.envelope(self._core, *values))

    def tell_statuses(self, message: Message, failure: Refusal | None) -> None:
        """What becomes of the business's message, as far as nobody reads it."""
        if failure is not None:
            message.status = "failed"
            self.tell(payloads.status(self._core, message, "failed", failure))
            return
        message.status = "sent"
        if self._core.tells_statuses:
            self.tell(payloads.status(self._core, message, "sent"))
        if not message.user.offline:
            self.delivered(message)

    def delivered(self, message: Message) -> None:
        """It reached the phone."""
        message.status = "delivered"
        if self._core.tells_statuses:
            self.tell(payloads.status(self._core, message, "delivered"))

    async def _deliver(self, notification: Notification) -> None:
        gap = 0.0
        while self.url is not None:
            status = await self.post(written(notification.body))
            notification.statuses.append(status)
            self._core.news()
            if status == 200:
                return
            gap = min(gap * 2, LONGEST_GAP) if gap else 1.0
            if self._core.now() - notification.at + gap > KEPT_SECONDS:
                return
            await asyncio.sleep(gap * self._core.second)

    def headers(self, raw: bytes) -> dict[str, str]:
        """The headers of a notification, signed as ``signed`` says."""
        secret, signed = self._core.app_secret, raw
        match self.signed:
            case Signed.NOT_AT_ALL:
                return {"Content-Type": "application/json"}
            case Signed.WITH_JUNK:
                return {"Content-Type": "application/json", "X-Hub-Signature-256": "sha256=zz-\u00e4"}
            case Signed.WITH_ANOTHER_SECRET:
                secret = f"not {secret}"
            case Signed.OVER_OTHER_BYTES:
                signed = raw.replace(b"\\/", b"/") + b" "
            case Signed.RIGHTLY:
                pass
        digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}

    async def post(self, raw: bytes) -> int | None:
        """Send any bytes, signed; the status, None where no answer came."""
        assert self.url is not None, "nobody has subscribed"
        timeout = aiohttp.ClientTimeout(total=self._core.patience)
        headers = self.headers(raw)
        try:
            async with self._core.session.post(
                self.url, data=raw, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def verify(self, url: str, verify_token: str, challenge: str | None = None) -> bool:
        """Whether the address answers the challenge, and nothing but it."""
        challenge = challenge or str(uuid.uuid4().int % 10**10)
        asked: dict[str, Any] = {
            "hub.mode": "subscribe",
            "hub.verify_token": verify_token,
            "hub.challenge": challenge,
        }
        begun = time.monotonic()
        async with self._core.session.get(url, params=asked, allow_redirects=False) as response:
            text = await response.text()
            return response.status == 200 and text == challenge and time.monotonic() - begun < self._core.patience
