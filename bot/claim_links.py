"""Links by which somebody who was told of a lead by mail can take it: signed, for one lead and one address, for a time.

Whoever has the link may use it, as whoever can open a mailbox may read what is in it.
"""

from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer

from bot.ports import Clock

PATH = "/desk/claim/"
"""Where the links lead."""
LASTS = timedelta(days=30)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who was told of which lead."""

    handoff: int
    address: str


class ClaimLinks:
    """Makes links that begin with ``base_url``, and reads them. ``key`` is the same on every node, for good."""

    def __init__(self, base_url: str, key: str, clock: Clock) -> None:
        self._base_url = base_url
        self._signing = URLSafeSerializer(key, salt="claim")
        self._clock = clock

    def link(self, handoff: int, address: str) -> str:
        """The link for somebody who is told of a handoff now."""
        expires = int((self._clock() + LASTS).timestamp())
        return f"{self._base_url}{PATH}{self._signing.dumps([handoff, address, expires])}"

    def read(self, signed: str) -> Claimant | None:
        """Whose link it is, by what follows the path; None when it is none of ours, or its time is over."""
        if len(signed) > _LONGEST:
            return None
        try:
            handoff, address, expires = self._signing.loads(signed)
        except (BadData, ValueError, TypeError):
            return None
        if not (isinstance(handoff, int) and isinstance(address, str) and isinstance(expires, int)):
            return None
        return Claimant(handoff, address) if self._clock().timestamp() < expires else None
