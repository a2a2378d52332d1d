"""How much is measured: everything a room needs to know about how long it may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """One size for all rooms."""

    rounds: int
    """How often ours and what it is compared with are measured, by turns."""
    turns: int
    """Turns of one round, at least; every conversation is talked to its end."""
    at_once: tuple[int, ...] = (1, 50, 500)
    """Conversations at once."""
    alone: int = 40
    """Conversations of one round where there is one at a time: each of their turns waits for the disk."""
    idle: int = 10_000
    """Open idle conversations whose memory is weighed, as far as there may be so many open files."""
    paced: int = 2000
    """Turns that are taken beside them, 50 a second."""
    returning: int = 2000
    """Visitors who come back at once after a restart."""
    starts: int = 3
    """How often a server is started anew."""

    def batches(self, at_once: int, turns_each: int) -> int:
        """How many batches of conversations make up one round."""
        return self.alone if at_once == 1 else max(1, self.turns // (at_once * turns_each))


FULL = Effort(rounds=5, turns=4000)
QUICK = Effort(rounds=3, turns=2000, alone=10, idle=1000, paced=200, returning=500, starts=1)
TINY = Effort(rounds=1, turns=16, at_once=(1, 2), alone=1, idle=4, paced=16, returning=4, starts=1)
"""Only to see that everything works."""
