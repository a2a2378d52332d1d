"""A sum for the browser, unseen: find the number that gives a hash. It asks nobody else and keeps nothing.

A person does not notice it; a program that wants a thousand answers needs a thousand times as long. Signed with a key
that all nodes have: whichever node set it, any of them takes the answer, for ten minutes, and once. Only what is signed
and right is looked up: whoever wants to give the database work has to do more of it themselves. The salt ends before
the number begins: digits cannot be moved from one to the other.
"""

import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from bot.human_checks.contract import Means

LASTS = 600
"""Seconds for which a puzzle may be solved."""
MOST = 60_000
"""The largest number it may be: half as many hashes on the average, about a tenth of a second."""
_REMEMBERED = 10_000
"""Answers that were used here lately: repeating one costs us nothing."""
_PROOF = re.compile(r"([A-Za-z0-9_-]{16,40}\.([0-9]{1,12}))\.([0-9]{1,9})\.([0-9a-f]{64})", re.ASCII)


class Puzzle:
    """See the module."""

    kind: ClassVar[str] = "puzzle"

    def __init__(self, means: Means) -> None:
        self._key = hashlib.sha256(f"human check {means.key}".encode()).digest()
        self._spend = means.spend
        self._used: OrderedDict[str, None] = OrderedDict()

    def challenge(self, now: datetime) -> Mapping[str, Any]:
        """A salt, the hash to be found, and our signature on both."""
        salt = f"{secrets.token_urlsafe(15)}.{int(now.timestamp()) + LASTS}"
        found = _hash(salt, secrets.randbelow(MOST))
        return {"kind": self.kind, "salt": salt, "hash": found, "most": MOST, "signature": self._sign(salt, found)}

    async def verify(self, proof: str, address: str, now: datetime) -> bool:
        """Whether ``salt.number.signature`` is one of ours, in time and not used before."""
        match = _PROOF.fullmatch(proof)
        if match is None:
            return False
        salt, expires, number, signature = match.groups()
        if int(expires) < now.timestamp() or salt in self._used:
            return False
        if not hmac.compare_digest(self._sign(salt, _hash(salt, int(number))), signature):
            return False
        is_first = await self._spend(salt, datetime.fromtimestamp(int(expires), UTC))
        self._used[salt] = None
        if len(self._used) > _REMEMBERED:
            self._used.popitem(last=False)
        return is_first

    def _sign(self, salt: str, found: str) -> str:
        return hmac.new(self._key, f"{salt}.{found}".encode(), hashlib.sha256).hexdigest()


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}.{number}".encode()).hexdigest()
