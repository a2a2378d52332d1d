"""What a human check promises: a challenge for the browser, and a word on what came back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from bot.outbound.door import Outbound


HUMAN_ACTS = ("begin", "code", "file", "handoff")
"""What may be checked before: beginning a talk, giving lead magnets of these kinds, bringing in people."""


Spend = Callable[[str, datetime], Awaitable[bool]]
"""Notes that something was used, for good until a moment; False where it was before, on any node. Raises
``StorageError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a check may work with."""

    key: str = field(repr=False)
    """A secret of this installation, the same on every node."""
    door: "Outbound"
    spend: Spend
    site_key: str = ""
    secret: str = field(default="", repr=False)
    url: str | None = None
    """Where answers are checked, if not where they usually are."""


class HumanCheck(Protocol):
    """One kind of check."""

    kind: ClassVar[str]

    def challenge(self, now: datetime) -> Mapping[str, Any]:
        """What the browser is to do: ``kind``, and what that kind needs. JSON."""
        ...

    async def verify(self, proof: str, address: str, now: datetime) -> bool:
        """Whether what came back from ``address`` is the answer of a person (or of a program that took the trouble).

        Never raises for what is in it; ``StorageError`` where it counts once and that could not be noted. Where the
        check itself cannot be asked, people are let through: a lead that is turned away costs more than a program that
        gets in, and the limits hold all the same.
        """
        ...
