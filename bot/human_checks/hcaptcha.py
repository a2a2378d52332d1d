"""hCaptcha (https://docs.hcaptcha.com/#verify-the-user-response-server-side)."""

from typing import ClassVar

from bot.human_checks.elsewhere import Elsewhere


class Hcaptcha(Elsewhere):
    """The check."""

    kind: ClassVar[str] = "hcaptcha"
    script: ClassVar[str] = "https://js.hcaptcha.com/1/api.js?render=explicit"
    url: ClassVar[str] = "https://api.hcaptcha.com/siteverify"
