"""What is too much: one message every six seconds to one person after a burst, 80 a second in all.

https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits, …#throughput
"""

from collections import deque

from tests.whatsapp.core import Core
from tests.whatsapp.refusals import Refusal

PAIR_BURST = 45
PAIR_SECONDS = 6.0
ALL_A_SECOND = 80


class Limits:
    """Counts what is sent."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._owed: dict[str, tuple[float, float]] = {}
        self._all: deque[float] = deque()

    def count(self, to: str) -> None:
        """Count one message. Raises ``Refusal`` where it is too much."""
        if not self._core.rate_limits:
            return
        now = self._core.now()
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        if len(self._all) >= ALL_A_SECOND:
            raise Refusal(130429)
        owed, at = self._owed.get(to, (0.0, now))
        owed = max(0.0, owed - (now - at) / PAIR_SECONDS)
        if owed + 1 > PAIR_BURST:
            raise Refusal(131056)
        self._owed[to] = (owed + 1, now)
        self._all.append(now)
