"""Every handoff target keeps the contract: whoever adds one says here how it is made."""

import io
from collections.abc import Callable, Mapping

import pytest

from bot.desk.contract import HandoffTarget
from bot.handoff import HANDOFF_TARGETS
from bot.handoff.terminal import TerminalTarget
from tests.desk import MemoryPosts, view


def terminal() -> tuple[HandoffTarget, Callable[[], str]]:
    stream = io.StringIO()
    return TerminalTarget(stream), stream.getvalue


MAKERS: Mapping[str, Callable[[], tuple[HandoffTarget, Callable[[], str]]]] = {"terminal": terminal}
"""How to make each target, and how to see what people were told."""
TARGETS = sorted(HANDOFF_TARGETS)


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
    await target.show(view(), MemoryPosts())
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
async def test_the_same_handoff_is_told_once_and_another_one_again(name: str) -> None:
    target, told = MAKERS[name]()
    posts = MemoryPosts()
    await target.show(view(), posts)
    once = told()
    await target.show(view(), posts)
    assert told() == once
    assert posts.find("card") is not None
    await target.show(view(2), MemoryPosts())
    assert len(told()) > len(once)


@pytest.mark.parametrize("name", TARGETS)
async def test_a_lead_of_whom_nothing_is_known_is_told_too(name: str) -> None:
    target, told = MAKERS[name]()
    await target.show(
        view(
            reason="asked",
            name=None,
            company=None,
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
        ),
        MemoryPosts(),
    )
    assert "asks for a person" in told()
    assert "no name yet" in told()
    assert "None" not in told()
