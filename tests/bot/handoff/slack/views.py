"""Leads and handoffs as tests need them: a full one, an empty one, and one in every phase."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.desk.contract import DeskView
from bot.ports import LeadFacts, LeadFile
from dialogs.desk.acts import Entry, Verdict
from dialogs.desk.people import Rep
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Desk, Phase
from dialogs.state import Receipt

AT = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)
FILE_LINK = "https://chat.example.com/files/9f86/WyI5Zjg2"
ANNA = Rep(key="anna", name="Anna Berg", picture="https://pictures.example/anna.png")
BEN = Rep(key="ben", name="Ben Okafor")


def receipt(number: int = 1, because: str = "Team of 50 or more", evidence: str = "Team size = 80") -> Receipt:
    return Receipt(rule=f"fit.{number}", axis="fit", points=30, because=because, evidence=evidence, at=AT, version="v1")


def facts(**changes: Any) -> LeadFacts:
    known: dict[str, Any] = {
        "id": "lead-7",
        "name": "Ada Lovelace",
        "company": "Analytical Engines",
        "contacts": [("email", "ada@example.com"), ("phone", "+4917112345678")],
        "answers": [("First name", "Ada"), ("Work e-mail", "ada@example.com"), ("Team size", "80")],
        "stage": "mql",
        "fit": 45,
        "engagement": 12,
        "receipts": [receipt()],
        "script": "demo-request",
        "channel": "web",
        "language": "en",
        "source": {
            "first": {"utm_source": "news"},
            "last": {
                "utm_source": "google",
                "utm_medium": "cpc",
                "landing_page": "https://www.example.com/pricing",
                "referrer": "https://www.google.com/",
            },
        },
        "variants": {"opening": "short"},
        "tags": ["vip"],
        "magnets": ["guide"],
        "consents": {"call_me": True, "keep_in_touch": False},
        "last_lines": [("bot", "When would you like to start?"), ("visitor", "this month")],
        "created_at": AT,
        "conversation": "c-1",
    }
    return LeadFacts(**(known | changes))


def file(name: str = "brief.pdf", **changes: Any) -> LeadFile:
    known: dict[str, Any] = {
        "name": name, "type": "application/pdf", "size": 48_211, "sent_at": AT,
        "link": FILE_LINK,
    }  # fmt: skip
    return LeadFile(**(known | changes))


def nobody(**changes: Any) -> LeadFacts:
    """A lead of whom nothing is known."""
    bare: dict[str, Any] = {
        "name": None, "company": None, "contacts": [], "answers": [], "stage": "cold", "fit": 0, "engagement": 0,
        "receipts": [], "source": {}, "variants": {}, "tags": [], "magnets": [], "consents": {}, "last_lines": [],
    }  # fmt: skip
    return facts(**(bare | changes))


def desk(**changes: Any) -> Desk:
    plan = Plan(
        route="enterprise",
        reps=(ANNA, BEN),
        booking_url="https://cal.example.com/anna",
        trace=('Route "enterprise": team_size >= 50 holds.', "Anna Berg: first, has 2 of 5 leads."),
    )
    known: dict[str, Any] = {"handoff": 7, "to": "sales", "reasons": ("Ready to buy",), "at": AT, "plan": plan}
    return Desk(**(known | changes))


def view(standing: Desk | None = None, lead: LeadFacts | None = None, **changes: Any) -> DeskView:
    known: dict[str, Any] = {
        "handoff": 7,
        "id": "handoff-7",
        "lead": lead or facts(),
        "desk": standing or desk(),
        "visitor_is_here": True,
        "at": AT + timedelta(seconds=5),
    }
    return DeskView(**(known | changes))


def _verdict(verdict: Verdict, **more: Any) -> Desk:
    said = Entry(at=AT, what="verdict", by="Anna Berg", text=verdict.value)
    return desk(phase=Phase.CLOSED, rep=ANNA, verdict=verdict, entries=(said,), **more)


STANDINGS: dict[str, Desk] = {
    "offered": desk(phase=Phase.OFFERED, offered_to=ANNA, until=AT + timedelta(seconds=30)),
    "offered to the last": desk(phase=Phase.OFFERED, offered_to=BEN, passed_over=("anna",)),
    "open": desk(until=AT + timedelta(minutes=5)),
    "open, closed house": desk(plan=Plan(opens_at=AT + timedelta(hours=10))),
    "escalated": desk(escalated=True),
    "fell back": desk(escalated=True, fell_back=True),
    "claimed": desk(phase=Phase.CLAIMED, rep=ANNA, claimed_at=AT, until=AT + timedelta(minutes=10)),
    "accepted": desk(phase=Phase.CLAIMED, rep=ANNA, claimed_at=AT, verdict=Verdict.ACCEPTED),
    "talking": desk(phase=Phase.TALKING, rep=ANNA, claimed_at=AT, spoken_at=AT),
    "waited for": desk(phase=Phase.TALKING, rep=ANNA, unanswered=True, until=AT + timedelta(minutes=10)),
    "left": desk(phase=Phase.CLAIMED, rep=ANNA, left=True),
    "snoozed": desk(phase=Phase.SNOOZED, rep=ANNA, snoozed_until=AT + timedelta(days=1)),
    "won": _verdict(Verdict.WON, amount="12000", currency="EUR"),
    "lost": _verdict(Verdict.LOST, verdict_reason="Price: too expensive"),
    "not a fit": _verdict(Verdict.NOT_A_FIT, verdict_reason="Too small"),
    "no answer": _verdict(Verdict.NO_ANSWER),
    "closed without a word": desk(phase=Phase.CLOSED),
}
"""A handoff at each point of its way."""


def filled_with(text: str) -> LeadFacts:
    """A lead in which everything a visitor, or a script's author, can fill in says the same."""
    return facts(
        name=text,
        company=text,
        contacts=[("email", text), (text, text)],
        answers=[(text, text), (text, text + text)],
        receipts=[receipt(because=text, evidence=text)],
        language=text,
        script=text,
        source={"last": {"utm_source": text, "utm_campaign": text, "referrer": text, "landing_page": text}},
        variants={text: text},
        tags=[text],
        magnets=[text],
        consents={text: True, text + "2": False},
        last_lines=[("visitor", text), (text, text), ("bot", text)],
        files=[file(text, type=text), file(text, link="", withheld=text)],
    )


def colleague_says(text: str) -> Desk:
    """A handoff in which everything a colleague can fill in says the same."""
    rep = Rep(key="anna", name=text or "Anna")
    entries = tuple(
        Entry(at=AT, what=what, by=text, text=text)
        for what in ("note", "passed_on", "verdict", "asked_again", "released", "taken_back", "escalated", "joined")
    )
    return desk(
        phase=Phase.CLAIMED,
        rep=rep,
        reasons=(text, text),
        verdict_reason=text,
        amount=text,
        currency=text,
        entries=entries,
        plan=replace(desk().plan, route=text, trace=(text,), reps=(rep,)),
    )
