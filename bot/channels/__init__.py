"""Every kind of messenger: one file, or folder, and one line each. The website (``web``) is always there.

A kind is imported when it is configured: the libraries of platforms that nobody uses cost nothing.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels.contract import MessengerKind


def _telegram() -> "MessengerKind":
    from bot.channels.telegram.messenger import KIND

    return KIND


def _slack() -> "MessengerKind":
    from bot.channels.slack.messenger import KIND

    return KIND


def _whatsapp() -> "MessengerKind":
    from bot.channels.whatsapp import KIND

    return KIND


MESSENGERS: Mapping[str, "Callable[[], MessengerKind]"] = {
    "telegram": _telegram,
    "whatsapp": _whatsapp,
    "slack": _slack,
}
"""By section of the configuration."""
