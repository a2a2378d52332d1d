from datetime import timedelta

from dialogs.desk.acts import Judge, Note, Snooze, Verdict
from dialogs.desk.people import Availability, Load
from dialogs.desk.standing import Phase
from storage import boards, colleagues
from storage.boards import StoredBoard, StoredBoardLine
from storage.database import Database
from tests.storage.desk_samples import ANNA, BEN, claimed, did, handed_off, minutes, on_desk, routed
from tests.storage.samples import NOON, begun

DAY = 24 * 60
NOW = minutes(3 * DAY)
DAY_END = NOW + timedelta(hours=12)


async def board(database: Database, **further: int) -> StoredBoard:
    return await database.read(lambda tx: boards.board(tx, "anna", NOW, DAY_END, **further))


def numbers(lines: object) -> list[int]:
    assert isinstance(lines, list)
    return [line.handoff.id for line in lines if isinstance(line, StoredBoardLine)]


async def test_a_board_tells_what_there_is_to_do(database: Database) -> None:
    _, untouched = await claimed(database, "untouched", at=NOON)
    stored, moved = await claimed(database, "moved", at=minutes(5))
    await on_desk(database, stored, did(moved, Note(text="called"), at=minutes(2 * DAY + 1)), until=None)
    _, bens = await claimed(database, "ben", by=BEN)
    _, waiting = await routed(database, "waiting", at=minutes(20))
    _, offered = await routed(database, "offered", at=minutes(10), phase=Phase.OFFERED, offered_to=ANNA)
    await handed_off(database, "not routed")
    await begun(database, address="nobody")
    snoozed = {}
    for name, until in (("today", minutes(3 * DAY + 60)), ("overdue", minutes(DAY)), ("next week", minutes(9 * DAY))):
        stored, snoozed[name] = await claimed(database, name)
        act = did(snoozed[name], Snooze(until=until), at=minutes(1))
        await on_desk(database, stored, act, phase=Phase.SNOOZED, snoozed_until=until)
    stored, closed = await claimed(database, "closed")
    judged = did(closed, Judge(verdict=Verdict.LOST))
    await on_desk(database, stored, judged, phase=Phase.CLOSED, verdict=Verdict.LOST)

    found = await board(database)
    assert numbers(found.mine) == [moved, *snoozed.values(), untouched]
    assert numbers(found.unclaimed) == [offered, waiting]
    assert numbers(found.cooling) == [untouched]
    assert numbers(found.today) == [snoozed["overdue"], snoozed["today"]]
    (line,) = found.cooling
    assert (line.lead.answers[0].shown, line.lead.script, line.handoff.rep and line.handoff.rep.name) == (
        "Ada", "guide", "Anna Berg",
    )  # fmt: skip
    assert numbers((await board(database, most=1)).mine) == [moved]
    assert await database.read(boards.unclaimed_count) == 2
    assert bens not in numbers(found.mine)


async def test_it_can_be_told_how_much_each_person_has(database: Database) -> None:
    await claimed(database, "old", at=minutes(-40 * DAY))
    await claimed(database, "new", at=minutes(3))
    stored, closed = await claimed(database, "closed", at=minutes(5))
    await on_desk(database, stored, did(closed, Judge(verdict=Verdict.WON)), phase=Phase.CLOSED)
    await claimed(database, "ben", by=BEN, at=minutes(1))
    await routed(database, "waiting")
    await database.write(lambda tx: colleagues.set_availability(tx, "slack", "U2", BEN, Availability.BUSY, minutes(1)))
    found = await database.read(lambda tx: boards.loads(tx, ["anna", "ben", "zoe"], minutes(-30 * DAY)))
    assert found == {
        "anna": Load(open=2, assigned=2, assigned_at=minutes(5)),
        "ben": Load(availability=Availability.BUSY, open=1, assigned=1, assigned_at=minutes(1)),
        "zoe": Load(),
    }
    assert await database.read(lambda tx: boards.loads(tx, [], NOON)) == {}


async def test_an_empty_desk_has_an_empty_board(database: Database) -> None:
    assert await board(database) == StoredBoard(mine=[], unclaimed=[], cooling=[], today=[])
    assert await database.read(boards.unclaimed_count) == 0
