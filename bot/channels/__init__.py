"""Every kind of messenger: one file, or folder, and one line each. The website (``web``) is always there.

A kind is imported when it is configured: the libraries of platforms that nobody uses cost nothing.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels.contract import MessengerKind

MESSENGERS: Mapping[str, "Callable[[], MessengerKind]"] = {}
"""By section of the configuration."""
