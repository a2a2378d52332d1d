import asyncio

from dialogs.effects import HandOff
from dialogs.stages import Stage
from storage import handoffs, reports
from storage.database import Database
from storage.handoffs import Claim
from tests.storage.samples import NOON, begun, later, lead_with, new_turn, said, saved


async def handed_off(database: Database, address: str = "a") -> tuple[int, int, int]:
    """A handoff, its conversation, its lead."""
    stored = await lead_with(database, address, {"first_name": "Ada"})
    effects = (HandOff(to="sales", reason="Ready"),)
    turn = await saved(database, stored, new_turn(said("now"), stored.state, effects=effects))
    return turn.handoffs[0], stored.id, stored.lead_id or 0


async def test_what_became_of_a_handoff_is_kept(database: Database) -> None:
    number, conversation, lead = await handed_off(database)
    await handed_off(database, "b")
    assert await database.write(lambda tx: handoffs.sent(tx, number, "C1:17.5", later(2)))
    found = await database.read(lambda tx: handoffs.find_by_reference(tx, "sales", "C1:17.5"))
    assert found is not None
    assert (found.id, found.lead_id, found.reason, found.sent_at) == (number, lead, "Ready", later(2))
    assert await database.read(lambda tx: handoffs.find_by_reference(tx, "other", "C1:17.5")) is None
    assert [one.id for one in await database.read(lambda tx: handoffs.unclaimed(tx, later(3)))] == [number]
    await database.write(lambda tx: handoffs.spoke(tx, conversation, later(60)))
    await database.write(lambda tx: handoffs.spoke(tx, conversation, later(90)))
    (found,) = await database.read(lambda tx: handoffs.of_conversation(tx, conversation))
    assert found.spoken_at == later(60)


async def test_exactly_one_person_takes_a_lead(database: Database) -> None:
    number, _, _ = await handed_off(database)
    names = ["ben", "mia", "zoe", "tom"]
    claims = await asyncio.gather(
        *(database.write(lambda tx, by=name: handoffs.claim(tx, number, by, later(9))) for name in names)  # type: ignore[misc]
    )
    (winner,) = [claim for claim in claims if claim and claim.won]
    assert {claim.by for claim in claims if claim} == {winner.by}
    again = await database.write(lambda tx: handoffs.claim(tx, number, winner.by, later(10)))
    assert again == Claim(True, winner.by)
    assert await database.write(lambda tx: handoffs.claim(tx, 999, "ben", NOON)) is None


async def test_a_stage_said_by_people_is_counted_like_any_other(database: Database) -> None:
    _, _, lead = await handed_off(database)
    assert await database.write(lambda tx: handoffs.say_stage(tx, lead, Stage.SALES_QUALIFIED, later(100)))
    assert not await database.write(lambda tx: handoffs.say_stage(tx, 999, Stage.CUSTOMER, later(100)))
    (funnel,) = await database.read(lambda tx: reports.funnel(tx, "guide", NOON, "source"))
    assert (funnel.group, funnel.milestones["sales_qualified"]) == ("news", 1)


async def test_the_speed_of_people_is_reported(database: Database) -> None:
    for seconds in (10, 20, 600):
        number, conversation, _ = await handed_off(database, f"{seconds}")
        at = later(seconds)
        await database.write(lambda tx, n=number, at=at: handoffs.claim(tx, n, "ben", at))  # type: ignore[misc]
        if seconds < 600:
            await database.write(lambda tx, n=conversation, at=at: handoffs.spoke(tx, n, at))  # type: ignore[misc]
    await begun(database, address="nobody")
    speed = await database.read(lambda tx: reports.speed_to_lead(tx, NOON))
    assert (speed.handoffs, speed.claimed, speed.spoken) == (3, 3, 2)
    assert (speed.claim_median, speed.claim_ninetieth, speed.word_median) == (20.0, 600.0, 20.0)
    assert (await database.read(lambda tx: reports.speed_to_lead(tx, later(1)))).claim_median is None
