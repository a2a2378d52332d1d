"""A clock that stands still until it is told to pass."""

from datetime import UTC, datetime, timedelta


class StoppedClock:
    """Call it for the present moment; ``pass_`` moves it on."""

    def __init__(self, now: datetime = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        """``clock.pass_(minutes=5)``."""
        self.now += timedelta(**span)
