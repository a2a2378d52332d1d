"""hCaptcha (https://docs.hcaptcha.com/#verify-the-user-response-server-side)."""

from bot.human_checks.contract import Means
from bot.human_checks.elsewhere import Elsewhere


def hcaptcha(means: Means) -> Elsewhere:
    """The check."""
    return Elsewhere(
        "hcaptcha",
        means,
        script="https://js.hcaptcha.com/1/api.js?render=explicit",
        url="https://api.hcaptcha.com/siteverify",
    )
