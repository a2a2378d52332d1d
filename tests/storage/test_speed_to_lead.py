from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs.facts import Fact, FactKind
from dialogs.source import Source, Touch
from storage import handoffs, leads, reports
from storage.conversations import StoredConversation, save_turn
from storage.database import Database
from storage.reports import SpeedToLead, Wait
from tests.storage.desk_samples import ANNA, BEN, claimed, handed_off
from tests.storage.samples import NOON, begun, later, new_turn, said
from tests.storage.test_erasing import public_id

HOT, SEEN, CLAIMED, SPOKEN = FactKind.HANDED_OFF, FactKind.SEEN, FactKind.CLAIMED, FactKind.SPOKEN
NOBODY = Wait(count=0, median=None, ninetieth=None)


async def went(
    database: Database, stored: StoredConversation, *facts: tuple[float, FactKind, str], **changes: Any
) -> StoredConversation:
    """The conversation after these things happened, at so many seconds after noon."""
    for seconds, kind, detail in facts:
        new = new_turn(said("…", later(seconds)), replace(stored.state, **changes), facts=(Fact(kind, "", detail),))
        turn = await database.write(lambda tx, s=stored, new=new: save_turn(tx, s, new))  # type: ignore[misc]
        stored = turn.conversation
    return stored


async def speed(database: Database, since: datetime = NOON, *arguments: Any, **further: Any) -> list[SpeedToLead]:
    return await database.read(lambda tx: reports.speed_to_lead(tx, since, *arguments, **further))


async def test_the_speed_of_people_is_told_from_the_moment_a_lead_became_hot(database: Database) -> None:
    for seconds in (10, 20, 600):
        stored, handoff = await handed_off(database, f"{seconds}")
        await database.write(
            lambda tx, n=handoff: handoffs.keep_post(tx, n, "slack", "card", f"C1:{n}", "", later(1))  # type: ignore[misc]
        )
        stored = await went(database, stored, (seconds - 5, SEEN, "anna"), (seconds, CLAIMED, "anna"))
        if seconds < 600:
            await went(database, stored, (seconds + 2, SPOKEN, "anna"), (seconds + 9, SPOKEN, "anna"))
    await begun(database, address="nobody")
    (found,) = await speed(database)
    assert found == SpeedToLead(
        group=None,
        handoffs=3,
        alerted=Wait(count=3, median=1.0, ninetieth=1.0),
        seen=Wait(count=3, median=15.0, ninetieth=595.0),
        claimed=Wait(count=3, median=20.0, ninetieth=600.0),
        spoken=Wait(count=2, median=22.0, ninetieth=22.0),
    )


async def test_where_nobody_was_needed_there_is_nothing_to_tell(database: Database) -> None:
    await begun(database)
    assert await speed(database) == [
        SpeedToLead(group=None, handoffs=0, alerted=NOBODY, seen=NOBODY, claimed=NOBODY, spoken=NOBODY)
    ]
    assert await speed(database, NOON, "rep") == []


async def test_a_lead_that_people_have_does_not_become_hot_anew(database: Database) -> None:
    stored, _ = await handed_off(database)
    stored = await went(
        database, stored,
        (30, HOT, "sales"), (40, CLAIMED, "anna"), (50, FactKind.TAKEN_BACK, "anna"), (60, CLAIMED, "ben"),
        (70, FactKind.VERDICT, "accepted"), (80, HOT, "sales"), (90, FactKind.VERDICT, "won"),
    )  # fmt: skip
    (found,) = await speed(database)
    assert (found.handoffs, found.claimed.count, found.claimed.median) == (1, 1, 40.0)
    stored = await went(database, stored, (500, HOT, "sales"), (503, CLAIMED, "ben"))
    assert [(one.group, one.handoffs, one.claimed.median) for one in await speed(database, NOON, "rep")] == [
        ("anna", 1, 40.0), ("ben", 1, 3.0),
    ]  # fmt: skip
    # What began before the time that is asked for is not counted, though it went on in it.
    assert [(one.group, one.handoffs) for one in await speed(database, later(60), "rep")] == [("ben", 1)]
    assert [one.group for one in await speed(database, NOON, "rep", until=later(499))] == ["anna"]


async def test_speed_is_split_by_person_hour_source_and_script(database: Database) -> None:
    ads = Touch(at=NOON, utm_source="ads")
    cases = (
        (0, "anna", Source(first=ads, last=ads), "guide"),
        (60, "anna", None, "guide"),
        (3600, "ben", Source(first=ads, last=ads), "demo"),
        (7200, None, Source(first=ads, last=ads), "guide"),
    )
    for seconds, rep, source, script in cases:
        stored = await begun(database, address=f"{seconds}", person=f"person-{seconds}")
        hot = (seconds, HOT, "sales")
        facts = (hot,) if rep is None else (hot, (seconds + 9, CLAIMED, rep))
        await went(database, stored, *facts, source=source, script=script)

    async def split(by: str, **further: Any) -> list[tuple[str | None, int]]:
        return [(one.group, one.handoffs) for one in await speed(database, NOON, by, **further)]

    assert await split("rep") == [("anna", 2), ("ben", 1), (None, 1)]
    assert await split("source") == [("ads", 3), (None, 1)]
    assert await split("script") == [("guide", 3), ("demo", 1)]
    assert await split("hour") == [("12", 2), ("13", 1), ("14", 1)]
    assert await split("hour", zone=ZoneInfo("Asia/Kolkata")) == [("17", 2), ("18", 1), ("19", 1)]
    assert await split("rep", script="demo") == [("ben", 1)]
    with pytest.raises(ValueError, match="split by one of rep, hour, source, script"):
        await split("weather; DROP TABLE facts")


async def test_speed_survives_the_erasure_of_a_person(database: Database) -> None:
    for address, by in (("a", ANNA), ("b", BEN)):
        stored, _ = await claimed(database, address, by)
        await went(database, stored, (7, CLAIMED, by.key))
    before = await speed(database, NOON, "rep")
    assert [one.group for one in before] == ["anna", "ben"]
    key = await public_id(database, stored.lead_id)
    assert await database.write(lambda tx: leads.erase_lead(tx, key, later(100)))
    assert await speed(database, NOON, "rep") == before
