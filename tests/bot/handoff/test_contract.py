"""Every handoff target keeps the contract: whoever adds one says in ``makers`` how it is made."""

import pytest

from bot.desk.contract import TryLater, Undeliverable
from bot.handoff import HANDOFF_TARGETS
from tests.bot.handoff.makers import MAKERS
from tests.bot.handoff.test_terminal import HOSTILE, everywhere
from tests.desk import MemoryPosts, view

TARGETS = sorted(HANDOFF_TARGETS)
FOR_PEOPLE = sorted(set(HANDOFF_TARGETS) - {"webhook"})
"""Those whose words are read by people, not by programs."""


def test_every_target_can_be_tried() -> None:
    assert set(MAKERS) == set(HANDOFF_TARGETS)


@pytest.mark.parametrize("name", TARGETS)
async def test_a_target_is_registered_under_its_own_name(name: str) -> None:
    async with MAKERS[name]() as (target, _):
        assert target.name == HANDOFF_TARGETS[name].name == name
        assert isinstance(target, HANDOFF_TARGETS[name])


@pytest.mark.parametrize("name", TARGETS)
async def test_people_learn_who_it_is_why_it_is_urgent_and_how_to_reach_them(name: str) -> None:
    async with MAKERS[name]() as (target, told):
        await target.show(view(), MemoryPosts())
        for fact in (
            "Ada Lovelace",
            "ada@example.com",
            "+4917112345678",
            "Ready to buy",
            "Team size",
            "80",
            "mql",
            "30",
            "Team of 50 or more",
            "google",
            "cpc",
            "this month",
            "lead-7",
        ):
            assert fact.casefold() in told().casefold()


@pytest.mark.parametrize("name", FOR_PEOPLE)
async def test_people_learn_it_in_their_words(name: str) -> None:
    async with MAKERS[name]() as (target, told):
        await target.show(view(), MemoryPosts())
        for words in ("Hot lead", "MQL", "+30 Team of 50 or more", "google / cpc", "handraiser leads show lead-7"):
            assert words in told()


@pytest.mark.parametrize("name", TARGETS)
async def test_the_same_handoff_is_told_once_and_another_one_again(name: str) -> None:
    async with MAKERS[name]() as (target, told):
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
    async with MAKERS[name]() as (target, told):
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
        assert "asked" in told() or "asks for a person" in told()
        assert "None" not in told()
        if name in FOR_PEOPLE:
            assert "no name yet" in told()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", TARGETS)
async def test_whatever_a_visitor_types_the_lead_is_told_in_bounds(name: str, text: str) -> None:
    async with MAKERS[name]() as (target, told):
        posts = MemoryPosts()
        await target.show(view(company=text, **everywhere(text)), posts)
        assert posts.find("card") is not None
        assert "lead-7" in told()
        assert len(told()) < 500_000


@pytest.mark.parametrize("name", TARGETS)
async def test_what_was_told_about_somebody_who_was_erased_can_be_forgotten(name: str) -> None:
    async with MAKERS[name]() as (target, _):
        posts = MemoryPosts()
        await target.show(view(), posts)
        references = [(key, post.reference) for key, post in posts.kept.items()]
        await target.forget(references)
        await target.forget([*references, ("card", "of somebody else"), ("", "")])
        await target.forget([])


@pytest.mark.parametrize("name", sorted(set(HANDOFF_TARGETS) - {"terminal", "slack"}))
async def test_whoever_is_not_there_is_told_later(name: str) -> None:
    async with MAKERS[name]() as (target, _):
        pass  # What it tells is gone by now.
    posts = MemoryPosts()
    with pytest.raises((TryLater, Undeliverable)) as trouble:
        await target.show(view(), posts)
    assert isinstance(trouble.value, TryLater)
    assert name.replace("email", "e-mail") in str(trouble.value)
    assert posts.kept == {}
