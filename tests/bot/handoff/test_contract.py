"""Every handoff target keeps the contract: whoever adds one says here how it is made."""

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.handoff import HANDOFF_TARGETS
from bot.handoff.terminal import TerminalTarget
from bot.ports import Handoff, HandoffTarget, LeadFacts
from dialogs.state import Receipt

AT = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)


def terminal() -> tuple[HandoffTarget, Callable[[], str]]:
    stream = io.StringIO()
    return TerminalTarget(stream), stream.getvalue


MAKERS: Mapping[str, Callable[[], tuple[HandoffTarget, Callable[[], str]]]] = {"terminal": terminal}
"""How to make each target, and how to see what people were told."""
TARGETS = sorted(HANDOFF_TARGETS)


def lead(**changes: Any) -> LeadFacts:
    facts: dict[str, Any] = {
        "id": "lead-7",
        "name": "Ada Lovelace",
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


def handoff(id: str = "h-1", reason: str = "Ready to buy", **changes: Any) -> Handoff:
    return Handoff(id=id, to="sales", reason=reason, at=AT, lead=lead(**changes))


def test_every_target_can_be_tried() -> None:
    assert set(MAKERS) == set(HANDOFF_TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_is_registered_under_its_own_name(name: str) -> None:
    target, _ = MAKERS[name]()
    assert target.name == HANDOFF_TARGETS[name].name == name
    assert isinstance(target, HANDOFF_TARGETS[name])


@pytest.mark.parametrize("name", TARGETS)
async def test_people_learn_who_it_is_why_it_is_urgent_and_how_to_reach_them(name: str) -> None:
    target, told = MAKERS[name]()
    await target.hand_over(handoff())
    for fact in (
        "Ada Lovelace",
        "ada@example.com",
        "+4917112345678",
        "Ready to buy",
        "Team size",
        "80",
        "MQL",
        "+30 Team of 50 or more",
        "google / cpc",
        "this month",
        "handraiser leads show lead-7",
    ):
        assert fact in told()


@pytest.mark.parametrize("name", TARGETS)
async def test_a_repeat_of_the_same_handoff_is_told_once_and_another_one_again(name: str) -> None:
    target, told = MAKERS[name]()
    await target.hand_over(handoff())
    once = told()
    await target.hand_over(handoff())
    assert told() == once
    await target.hand_over(handoff("h-2"))
    assert len(told()) > len(once)


@pytest.mark.parametrize("name", TARGETS)
async def test_a_lead_of_whom_nothing_is_known_is_told_too(name: str) -> None:
    target, told = MAKERS[name]()
    await target.hand_over(
        handoff(
            reason="asked",
            name=None,
            contacts=[],
            answers=[],
            receipts=[],
            source={},
            variants={},
            tags=[],
            magnets=[],
            consents={},
            last_lines=[],
            stage="cold",
            fit=0,
            engagement=0,
        )
    )
    assert "asks for a person" in told()
    assert "no name yet" in told()
    assert "None" not in told()
