"""Whether a request comes from Slack: slack-bolt's verification, kept from stumbling over junk.

https://docs.slack.dev/authentication/verifying-requests-from-slack: HMAC-SHA256 over the raw body and a moment that is
at most 5 minutes away.
"""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.webhooks import only_value

if TYPE_CHECKING:
    from multidict import CIMultiDictProxy
    from slack_sdk.signature import SignatureVerifier

TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Signatures:
    """Judges requests by a signing secret. ``now``: seconds since 1970; the system's clock by default."""

    def __init__(self, secret: str, now: Callable[[], float] | None = None) -> None:
        from slack_bolt.middleware.request_verification.async_request_verification import AsyncRequestVerification

        self._verifier: SignatureVerifier = AsyncRequestVerification(secret).verifier
        if now is not None:
            self._verifier.clock = _clock(now)

    def accept(self, body: bytes, headers: "CIMultiDictProxy[str] | Mapping[str, str]") -> bool:
        """Whether Slack signed these bytes just now. Anything odd is a no, never an error."""
        timestamp, signature = only_value(headers, TIMESTAMP), only_value(headers, SIGNATURE)
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except ValueError:  # The body is no UTF-8, as Slack's always is.
            return False


def _clock(now: Callable[[], float]) -> "Clock":  # type: ignore[name-defined]  # noqa: F821
    from slack_sdk.signature import Clock

    class Given(Clock):
        def now(self) -> float:
            return now()

    return Given()
