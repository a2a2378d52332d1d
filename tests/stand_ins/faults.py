"""What goes wrong on demand."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal in the shape of the messenger: the HTTP status and the body."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """An HTTP status with a body that is not JSON, as proxies answer."""

    status: int = 500
    body: str = "<html>upstream failed</html>"


@dataclass(frozen=True, slots=True)
class TooMany:
    """HTTP 429 in the shape of the messenger, with the seconds to wait."""

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


@dataclass(frozen=True, slots=True)
class Nonsense:
    """HTTP 200 with a body that is not what was promised."""

    body: str = '{"ok": tru'


Fault = Refused | Status | TooMany | Cut | Hang | Slow | Garbage | Nonsense


@dataclass(eq=False, kw_only=True)
class Planned:
    """One fault, and when it strikes."""

    method: str
    fault: Fault
    times: int | None
    every: int
    skip: int
    chat: str | None
    asked: int = 0
    struck: int = 0

    def strikes(self, method: str, chat: str | None) -> bool:
        """Whether this call meets it."""
        if self.method not in {"*", method} or (self.chat is not None and self.chat != chat):
            return False
        if self.times is not None and self.struck >= self.times:
            return False
        self.asked += 1
        if self.asked <= self.skip or (self.asked - self.skip) % self.every:
            return False
        self.struck += 1
        return True


class Faults:
    """The faults that are planned; the newest is looked at first."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def plan(
        self,
        method: str,
        fault: Fault,
        *,
        times: int | None = None,
        every: int = 1,
        skip: int = 0,
        chat: int | str | None = None,
    ) -> Planned:
        """Let calls of ``method`` (``*``: all) fail: ``times`` ones after ``skip``, every n-th, for one chat."""
        where = None if chat is None else str(chat)
        planned = Planned(method=method, fault=fault, times=times, every=every, skip=skip, chat=where)
        self._planned.insert(0, planned)
        return planned

    def clear(self) -> None:
        """All is well again."""
        self._planned.clear()

    def for_call(self, method: str, chat: str | None) -> Fault | None:
        """What this call meets."""
        return next((one.fault for one in self._planned if one.strikes(method, chat)), None)
