"""hCaptcha (https://docs.hcaptcha.com/#verify-the-user-response-server-side)."""

from collections.abc import Mapping
from typing import ClassVar

from bot.human_checks.elsewhere import Elsewhere


class Hcaptcha(Elsewhere):
    """The check. Its tokens are good for two minutes, and once: asked twice, it refuses, so that it is asked once."""

    kind: ClassVar[str] = "hcaptcha"
    script: ClassVar[str] = "https://js.hcaptcha.com/1/api.js?render=explicit&onload=handraiserCheck"
    url: ClassVar[str] = "https://api.hcaptcha.com/siteverify"
    sources: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("script-src", "frame-src", "style-src", "connect-src"), "https://hcaptcha.com https://*.hcaptcha.com"
    )
    longest: ClassVar[int] = 8192

    def more(self) -> dict[str, str]:
        """The site's key: a token that was made for another site of the same account is refused."""
        return {"sitekey": self._means.site_key}
