"""Handoffs as targets see them, and what targets put out, for tests without a database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.desk.contract import DeskView, Post
from bot.ports import LeadFacts
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Desk
from dialogs.state import Receipt

AT = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)


class MemoryPosts:
    """What a target has put out about one handoff, remembered here."""

    def __init__(self, attempts: int = 0) -> None:
        self.attempts = attempts
        self.kept: dict[str, Post] = {}
        self.seq = 0

    def find(self, key: str) -> Post | None:
        return self.kept.get(key)

    def keys(self) -> Sequence[str]:
        return tuple(self.kept)

    async def keep(self, key: str, reference: str, digest: str = "") -> None:
        self.kept[key] = Post(reference=reference, digest=digest)

    async def relayed(self, seq: int) -> None:
        assert seq >= self.seq, "what was passed on cannot be taken back"
        self.seq = seq


def lead(**changes: Any) -> LeadFacts:
    """A lead of whom much is known."""
    facts: dict[str, Any] = {
        "id": "lead-7",
        "name": "Ada Lovelace",
        "company": "Analytical Engines",
        "contacts": [("email", "ada@example.com"), ("phone", "+4917112345678")],
        "answers": [("First name", "Ada"), ("Work e-mail", "ada@example.com"), ("Team size", "80")],
        "stage": "mql",
        "fit": 45,
        "engagement": 12,
        "receipts": [
            Receipt(
                rule="fit.1",
                axis="fit",
                points=30,
                because="Team of 50 or more",
                evidence="Team size = 80",
                at=AT,
                version="v1",
            )
        ],
        "script": "demo-request",
        "channel": "web",
        "language": "en",
        "source": {"first": {"utm_source": "news"}, "last": {"utm_source": "google", "utm_medium": "cpc"}},
        "variants": {"opening": "short"},
        "tags": ["vip"],
        "magnets": ["guide"],
        "consents": {"call_me": True, "keep_in_touch": False},
        "last_lines": [("bot", "When would you like to start?"), ("visitor", "this month")],
        "created_at": AT,
        "conversation": "c-1",
    }
    return LeadFacts(**{**facts, **changes})


def desk(handoff: int = 1, reason: str = "Ready to buy", **changes: Any) -> Desk:
    """A handoff that has just been routed."""
    facts: dict[str, Any] = {"to": "sales", "reasons": (reason,), "at": AT, "plan": Plan()}
    return Desk(handoff=handoff, **{**facts, **changes})


def view(handoff: int = 1, reason: str = "Ready to buy", standing: Desk | None = None, **changes: Any) -> DeskView:
    """A handoff as targets see it; ``changes`` are the lead's."""
    return DeskView(
        handoff=handoff,
        id=f"handoff-{handoff}",
        lead=lead(**changes),
        desk=standing or desk(handoff, reason),
        at=AT,
    )
