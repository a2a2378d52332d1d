"""Links by which people of ours fetch a file that a visitor sent: signed, for one file, for a time."""

from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from bot.ports import Clock

PATH = "/files/"
"""Where the links lead: ``/files/{id}/{signed}``."""
LASTS = timedelta(days=30)
"""How long a link lasts at least; it lasts less than twice as long."""
_LONGEST = 300


class FileLinks:
    """Makes links that begin with ``base_url``, and reads them. ``key`` is the same on every node, for good."""

    def __init__(self, base_url: str, key: str, clock: Clock) -> None:
        self._base_url = base_url
        self._signing = URLSafeSerializer(key, salt="file")
        self._clock = clock

    def link(self, upload: str, sent_at: datetime) -> str:
        """A link to a file. It is the same for ``LASTS`` and then another one, so that what shows it changes seldom."""
        periods = max(0, (self._clock() - sent_at) // LASTS)
        expires = int((sent_at + (periods + 2) * LASTS).timestamp())
        return f"{self._base_url}{PATH}{upload}/{self._signing.dumps([upload, expires])}"

    def allows(self, upload: str, signed: str) -> bool:
        """Whether what follows the id in an address is our word that this very file may be fetched now."""
        if len(signed) > _LONGEST:
            return False
        try:
            named, expires = self._signing.loads(signed)
        except (BadData, ValueError, TypeError):
            return False
        return named == upload and isinstance(expires, int) and self._clock().timestamp() < expires
