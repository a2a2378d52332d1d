"""What a look at one thing that Handraiser needs has found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How it is."""

    GOOD = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, how it is, and what to do."""

    subject: str
    verdict: Verdict
    message: str
    cure: str = ""
    """What to do about it; "" when there is nothing to do."""

    def dump(self) -> dict[str, str]:
        """For programs."""
        return {"subject": self.subject, "verdict": self.verdict.value, "message": self.message, "cure": self.cure}
