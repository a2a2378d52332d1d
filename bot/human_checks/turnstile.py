"""Cloudflare Turnstile (https://developers.cloudflare.com/turnstile/get-started/server-side-validation/)."""

from typing import ClassVar

from bot.human_checks.elsewhere import Elsewhere


class Turnstile(Elsewhere):
    """The check."""

    kind: ClassVar[str] = "turnstile"
    script: ClassVar[str] = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit"
    url: ClassVar[str] = "https://challenges.cloudflare.com/turnstile/v0/siteverify"
