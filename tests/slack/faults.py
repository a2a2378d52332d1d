"""What goes wrong on demand."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refused:
    """HTTP 200, ``ok: false`` with this error."""

    error: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """An HTTP status with a body that is not JSON, as proxies answer."""

    status: int = 500
    body: str = "<html>upstream failed</html>"


@dataclass(frozen=True, slots=True)
class TooMany:
    """HTTP 429 with ``Retry-After`` in seconds."""

    retry_after: int = 30


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is cut without an answer; what was asked for is done before, unless told otherwise."""

    applied: bool = True


@dataclass(frozen=True, slots=True)
class Hang:
    """The request is read and never answered; what was asked for is done or not."""

    applied: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The answer comes after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are no HTTP: what a TLS server says to a client that speaks plainly."""

    data: bytes = b"\x15\x03\x01\x00\x02\x02\x28"


Fault = Refused | Status | TooMany | Cut | Hang | Slow | Garbage


@dataclass(eq=False, kw_only=True)
class Planned:
    """One fault, and when it strikes."""

    method: str
    fault: Fault
    times: int | None
    every: int
    channel: str | None
    asked: int = 0
    struck: int = 0

    def strikes(self, method: str, channel: str | None) -> bool:
        """Whether this call meets it."""
        if self.method not in {"*", method} or (self.channel is not None and self.channel != channel):
            return False
        if self.times is not None and self.struck >= self.times:
            return False
        self.asked += 1
        if self.asked % self.every:
            return False
        self.struck += 1
        return True


class Faults:
    """The faults that are planned; the newest is looked at first."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def plan(
        self, method: str, fault: Fault, *, times: int | None = None, every: int = 1, channel: str | None = None
    ) -> Planned:
        """Let calls of ``method`` (``*``: all) fail: the next ``times`` ones, every n-th, into one channel."""
        planned = Planned(method=method, fault=fault, times=times, every=every, channel=channel)
        self._planned.insert(0, planned)
        return planned

    def clear(self) -> None:
        """All is well again."""
        self._planned.clear()

    def for_call(self, method: str, channel: str | None) -> Fault | None:
        """What this call meets."""
        return next((one.fault for one in self._planned if one.strikes(method, channel)), None)
