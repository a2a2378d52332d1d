from dataclasses import replace
from typing import Any

import pytest

from dialogs.facts import Fact, FactKind
from dialogs.source import Source, Touch
from storage import reports
from storage.conversations import begin, save_turn
from storage.database import Database
from storage.reports import Funnel
from tests.storage.samples import NOON, arrived, later, new_turn, said, state

EMAIL, SIZE = "ask.email", "ask.team_size"
REACHED, ANSWERED, INVALID, SKIPPED = FactKind.REACHED, FactKind.ANSWERED, FactKind.INVALID, FactKind.SKIPPED


async def visit(database: Database, address: str, *facts: tuple[float, FactKind, str], **changes: Any) -> None:
    """A conversation in which this happened, at these seconds after noon."""
    standing = replace(state(person=address), **changes)
    first = new_turn(arrived(), standing, facts=(Fact(FactKind.STARTED),))
    turn = await database.write(lambda tx: begin(tx, channel="web", address=address, public_id=address, new=first))
    for seconds, kind, about in facts:
        asked = kind in (REACHED, ANSWERED, INVALID, SKIPPED)
        fact = Fact(kind, about, "x") if asked else Fact(kind, "", about)
        new = new_turn(said("…", later(seconds)), turn.conversation.state, facts=(fact,))
        turn = await database.write(lambda tx, s=turn.conversation, new=new: save_turn(tx, s, new))  # type: ignore[misc]


async def funnels(database: Database, *arguments: Any, **further: Any) -> list[Funnel]:
    return await database.read(lambda tx: reports.funnel(tx, "guide", NOON, *arguments, **further))


def numbers(funnel: Funnel) -> dict[str, tuple[int, ...]]:
    return {one.step: (one.reached, one.answered, one.skipped, one.left, one.open, one.invalid) for one in funnel.steps}


async def test_a_funnel_tells_where_visitors_stop(database: Database) -> None:
    await visit(database, "a", (1, REACHED, EMAIL), (2, ANSWERED, EMAIL), (3, REACHED, SIZE), (4, SKIPPED, SIZE))
    await visit(database, "b", (1, REACHED, EMAIL), (2, INVALID, EMAIL), (3, REACHED, EMAIL), (4, INVALID, EMAIL))
    await visit(database, "c", (1, REACHED, EMAIL), (2, ANSWERED, EMAIL), (90, REACHED, SIZE))
    (funnel,) = await funnels(database, left_before=later(60))
    assert funnel.group is None
    assert numbers(funnel) == {EMAIL: (3, 2, 0, 1, 0, 2), SIZE: (2, 0, 1, 0, 1, 0)}
    assert [one.step for one in funnel.steps] == [EMAIL, SIZE]
    assert funnel.milestones["started"] == 3
    assert funnel.milestones["answered"] == 2
    (funnel,) = await funnels(database)
    assert numbers(funnel)[SIZE] == (2, 0, 1, 1, 0, 0)


async def test_a_funnel_counts_persons_once_at_each_milestone(database: Database) -> None:
    await visit(
        database,
        "a",
        (1, FactKind.OFFERED, "guide"),
        (2, FactKind.OFFERED, "prices"),
        (3, FactKind.STAGE, "mql"),
        (4, FactKind.HANDED_OFF, "sales"),
        (5, FactKind.TAGGED, "mql"),
    )
    (funnel,) = await funnels(database)
    assert {name: count for name, count in funnel.milestones.items() if count} == {
        "started": 1, "offered": 1, "mql": 1, "handed_off": 1,
    }  # fmt: skip


async def test_a_funnel_is_split_by_source_the_largest_first(database: Database) -> None:
    other = Touch(at=NOON, utm_source="ads", utm_medium="cpc")
    await visit(database, "a", (1, REACHED, EMAIL))
    for name in "bc":
        await visit(database, name, (1, REACHED, EMAIL), source=Source(first=other, last=other))
    await visit(database, "d", source=None)
    assert [(one.group, one.milestones["started"]) for one in await funnels(database, "source")] == [
        ("ads", 2), ("news", 1), (None, 1),
    ]  # fmt: skip
    assert [one.group for one in await funnels(database, "medium")] == ["cpc", None]
    assert [one.group for one in await funnels(database, "channel")] == ["web"]


async def test_what_happened_before_the_draw_counts_for_the_arm(database: Database) -> None:
    await visit(database, "a", (1, REACHED, EMAIL), variants={"opening": "long"})
    first = new_turn(arrived(), state(person="b", variants={}), facts=(Fact(FactKind.STARTED),))
    turn = await database.write(lambda tx: begin(tx, channel="web", address="b", public_id="b", new=first))
    drawn = new_turn(said("x", later(1)), state(person="b", variants={"opening": "short"}))
    await database.write(lambda tx: save_turn(tx, turn.conversation, drawn))
    found = await funnels(database, "variant", experiment="opening")
    assert [(one.group, one.milestones["started"]) for one in found] == [("long", 1), ("short", 1)]
    assert [one.group for one in await funnels(database, "variant", experiment="other")] == [None]


async def test_a_report_covers_the_time_that_was_asked_for(database: Database) -> None:
    await visit(database, "a", (100, REACHED, EMAIL))
    found = await database.read(lambda tx: reports.funnel(tx, "guide", later(50)))
    assert found[0].milestones["started"] == 0
    assert [one.step for one in found[0].steps] == [EMAIL]
    found = await database.read(lambda tx: reports.funnel(tx, "guide", NOON, until=later(50)))
    assert (found[0].milestones["started"], found[0].steps) == (1, ())
    assert await database.read(lambda tx: reports.funnel(tx, "other", NOON)) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "first_source; DROP TABLE facts"},
        {"by": "variant"},
        {"by": "variant", "experiment": '"); DROP TABLE facts --'},
    ],
)
async def test_a_report_is_split_by_known_names_only(database: Database, asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="report"):
        await funnels(database, **asked)
