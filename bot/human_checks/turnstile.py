"""Cloudflare Turnstile (https://developers.cloudflare.com/turnstile/get-started/server-side-validation/)."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import uuid4

from bot.human_checks.elsewhere import Elsewhere


class Turnstile(Elsewhere):
    """The check. Its tokens are good for five minutes, and once."""

    kind: ClassVar[str] = "turnstile"
    # Not turnstile.ready: it refuses wherever the script was added by another script.
    script: ClassVar[str] = (
        "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit&onload=handraiserCheck"
    )
    url: ClassVar[str] = "https://challenges.cloudflare.com/turnstile/v0/siteverify"
    sources: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("script-src", "frame-src"), "https://challenges.cloudflare.com"
    )
    longest: ClassVar[int] = 2048
    tries: ClassVar[int] = 2

    def more(self) -> dict[str, str]:
        """A key that tells a second request about the same token from the token's second use."""
        return {"idempotency_key": str(uuid4())}
