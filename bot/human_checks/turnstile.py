"""Cloudflare Turnstile (https://developers.cloudflare.com/turnstile/get-started/server-side-validation/)."""

from bot.human_checks.contract import Means
from bot.human_checks.elsewhere import Elsewhere


def turnstile(means: Means) -> Elsewhere:
    """The check."""
    return Elsewhere(
        "turnstile",
        means,
        script="https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
        url="https://challenges.cloudflare.com/turnstile/v0/siteverify",
    )
