"""What ``handraiser doctor`` says of any platform: whether it answers, whether it can call us."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.channels.contract import Remark
from bot.desk.contract import TryLater

_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def trouble(subject: str, error: Exception, away: str) -> Remark:
    """What went wrong, and the cure that its message names behind a semicolon; ``away``: where nobody answers."""
    if isinstance(error, TryLater):
        return Remark(subject, "failed", str(error), away)
    message, _, cure = str(error).partition("; ")
    return Remark(subject, "failed", message, cure)


def cure_for_calls(base_url: str, platform: str, ports: Sequence[int] = ()) -> str:
    """What to do so that a platform can call our server; "" where it can. ``ports``: those it calls, () for all."""
    parts = urlsplit(base_url)
    if parts.hostname in _LOCAL or parts.scheme != "https":
        return "give [web] public_url an https address that is reachable from outside"
    if ports and (parts.port or 443) not in ports:
        return f"{platform} calls ports {', '.join(map(str, ports))} only: change the port in [web] public_url"
    return ""


def webhook(subject: str, platform: str, base_url: str, path: str, message: str) -> Remark:
    """Whether a platform can call us where it is told by hand; ``message`` says how, where it can."""
    if cure := cure_for_calls(base_url, platform):
        return Remark(subject, "failed", f"{platform} cannot call {base_url}{path}", cure)
    return Remark(subject, "ok", message)
