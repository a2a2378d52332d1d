"""Tells the operator of websites that ask for a chat and may not have it: most of them are the operator's own."""

import logging

from bot.visible import visible

log = logging.getLogger(__name__)

MOST = 20
"""Websites that are told of; anybody can make up more."""
_LONGEST = 200


class Strangers:
    """Websites that were refused, each told of once."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def note(self, origin: str | None) -> None:
        """A page of ``origin`` was refused."""
        shown = visible((origin or "")[:_LONGEST])
        if shown in self._told or len(self._told) == MOST:
            return
        self._told.add(shown)
        log.warning(
            "A page of %s asked for a chat, and is not among the allowed_origins of [web]. "
            "If it is yours, add it there and start Handraiser again.",
            shown,
        )
