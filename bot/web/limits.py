"""How much one visitor or one address may ask for: token buckets, bounded in number."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic


class Limiter:
    """Allows ``most`` acts in ``seconds`` for each key, refilled evenly; forgets the keys least recently seen.

    Nodes count each for themselves: a limit is a guard against floods, not an exact quota.
    """

    def __init__(
        self, most: int, seconds: float, *, keys: int = 50_000, clock: Callable[[], float] = monotonic
    ) -> None:
        self._most = float(most)
        self._rate = most / seconds
        self._keys = keys
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """0.0 and one act counted, if ``key`` may act now; else the seconds until it may."""
        now = self._clock()
        left, at = self._buckets.pop(key, (self._most, now))
        left = min(self._most, left + (now - at) * self._rate)
        allowed = left >= 1.0
        self._buckets[key] = (left - 1.0 if allowed else left, now)
        if len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1.0 - left) / self._rate

    def give_back(self, key: str) -> None:
        """Have an act of ``key`` that was counted count for nothing."""
        if (found := self._buckets.get(key)) is not None:
            left, at = found
            self._buckets[key] = (min(self._most, left + 1.0), at)
