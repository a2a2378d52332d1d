"""Files of visitors, as far as the database knows them."""

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete, update

from storage import crossings, outbox, uploads
from storage.conversations import find_by_id
from storage.database import Database, open_database
from storage.leads import erase_lead, export_leads, show_lead
from storage.tables import RUNNING_TOTALS
from storage.uploads import StoredUpload, UploadGone, UploadLimit, UploadLimits
from tests.storage.samples import NOON, begun, later, lead_with, new_turn, said, saved, visitor

PLENTY = UploadLimits(files_in_conversation=10, bytes_a_day=10_000, bytes_in_all=100_000)


def upload(conversation: int, number: int, at: datetime = NOON, **more: Any) -> StoredUpload:
    values: dict[str, Any] = {
        "id": f"{number:032x}", "conversation_id": conversation, "client_id": f"c{number}", "name": f"{number}.pdf",
        "type": "application/pdf", "size": 1000, "sha256": "0" * 64, "at": at,
    }  # fmt: skip
    return StoredUpload(**(values | more))


async def added(database: Database, new: StoredUpload, limits: UploadLimits = PLENTY) -> StoredUpload:
    return await database.write(lambda tx: uploads.add(tx, new, limits))


async def test_a_file_comes_back_as_it_was_kept_and_a_repeat_adds_none(database: Database) -> None:
    stored = await begun(database)
    new = upload(stored.id, 1, name="über\0 好.pdf", withheld="the scanner objected")
    first = await added(database, new)
    assert await added(database, replace(new, id="f" * 32)) == await database.read(
        lambda tx: uploads.find(tx, first.id)
    )
    found = await database.read(lambda tx: uploads.find_all(tx, [first.id, "f" * 32]))
    assert found == {first.id: replace(new, name="über\ufffd 好.pdf", sender="person-1")}


async def test_the_turn_that_refers_to_a_file_holds_it_or_is_not_saved(database: Database) -> None:
    stored = await begun(database)
    await added(database, upload(stored.id, 1))
    turn = replace(new_turn(said("here"), stored.state, [visitor("here")]), file=f"{1:032x}")
    after = await saved(database, stored, turn)
    assert await database.write(lambda tx: uploads.sweep(tx, later(1e6))) == []
    assert [one.said for one in await database.read(lambda tx: uploads.of_conversation(tx, stored.id))] == [NOON]
    gone = replace(new_turn(said("and"), stored.state, [visitor("and")]), file="f" * 32)
    with pytest.raises(UploadGone):
        await saved(database, after.conversation, gone)
    now = await database.read(lambda tx: find_by_id(tx, stored.id))
    assert now is not None and now.last_seq == after.last_seq


async def test_what_nobody_refers_to_is_swept_when_it_is_old(database: Database) -> None:
    stored = await begun(database)
    for number, at in ((1, NOON), (2, later(100))):
        await added(database, upload(stored.id, number, at))
    assert await database.write(lambda tx: uploads.sweep(tx, later(50))) == [f"{1:032x}"]
    assert await database.write(lambda tx: uploads.sweep(tx, later(50))) == []
    assert await database.read(uploads.total) == 1000
    await database.write(lambda tx: uploads.mark_said(tx, f"{2:032x}", later(101)))
    assert await database.write(lambda tx: uploads.sweep(tx, later(1e6), later(99))) == []
    assert await database.write(lambda tx: uploads.sweep(tx, later(50), later(101))) == [f"{2:032x}"]
    assert await database.read(uploads.total) == 0


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (replace(PLENTY, files_in_conversation=2), "conversation"),
        (replace(PLENTY, bytes_a_day=2500), "day"),
        (replace(PLENTY, bytes_in_all=2500), "everything"),
    ],
)
async def test_limits_are_kept(database: Database, limits: UploadLimits, limit: str) -> None:
    stored = await begun(database)
    for number in (1, 2):
        await added(database, upload(stored.id, number), limits)
    with pytest.raises(UploadLimit) as error:
        await database.read(lambda tx: uploads.check_room(tx, stored.id, 1000, limits, NOON))
    assert error.value.limit == limit
    await database.read(lambda tx: uploads.check_room(tx, stored.id, 1000, PLENTY, NOON, 97_000))
    with pytest.raises(UploadLimit):
        await database.read(lambda tx: uploads.check_room(tx, stored.id, 1000, PLENTY, NOON, 97_001))
    with pytest.raises(UploadLimit):
        await added(database, upload(stored.id, 3), limits)


async def test_two_nodes_never_keep_more_together_than_may_be_kept_in_all(database_url: str) -> None:
    limits = replace(PLENTY, files_in_conversation=1000, bytes_a_day=10**9, bytes_in_all=10_500)
    async with await open_database(database_url) as one, await open_database(database_url) as other:
        talks = [await begun(one, address=f"{number}", person=f"p{number}") for number in range(4)]
        both = [(one, other)[number % 2] for number in range(40)]
        sent = (added(node, upload(talks[number % 4].id, number), limits) for number, node in enumerate(both))
        came = await asyncio.gather(*sent, return_exceptions=True)
        refused = [one for one in came if isinstance(one, BaseException)]
        assert len(refused) == 30
        assert {type(one) for one in refused} == {UploadLimit}
        assert await other.read(uploads.total) == await one.write(uploads.recount) == 10_000


async def test_the_total_is_put_right_where_it_was_lost(database: Database) -> None:
    stored = await begun(database)
    await added(database, upload(stored.id, 1))
    await database.write(lambda tx: tx.connection.execute(delete(RUNNING_TOTALS)))
    assert await database.read(uploads.total) == 0
    with pytest.raises(UploadLimit):
        await added(database, upload(stored.id, 2), replace(PLENTY, bytes_in_all=1500))
    await added(database, upload(stored.id, 3))
    assert await database.read(uploads.total) == 2000
    await database.write(lambda tx: tx.connection.execute(update(RUNNING_TOTALS).values(value=9)))
    assert await database.write(uploads.recount) == await database.read(uploads.total) == 2000


async def test_a_day_counts_all_talks_of_a_person_and_of_a_lead_and_only_a_day(database: Database) -> None:
    limits = replace(PLENTY, bytes_a_day=1500)
    one = await begun(database, address="a", person="p")
    two = await begun(database, address="b", person="p")
    other = await begun(database, address="c", person="q")
    await added(database, upload(one.id, 1), limits)
    with pytest.raises(UploadLimit):
        await added(database, upload(two.id, 2), limits)
    await added(database, upload(other.id, 3), limits)
    await added(database, upload(two.id, 4, later(86_401)), limits)


async def test_files_of_a_lead_are_shown_exported_and_erased_with_it(database: Database) -> None:
    stored = await lead_with(database, "ada", {"email": "ada@example.com"})
    await added(database, upload(stored.id, 1))
    await added(database, upload(stored.id, 2))
    turn = replace(new_turn(said("here"), stored.state, [visitor("here")]), file=f"{1:032x}")
    await saved(database, stored, turn)
    sheet = await database.read(lambda tx: show_lead(tx, "ada@example.com"))
    assert sheet is not None
    assert [one.name for one in sheet.files] == ["1.pdf"]
    (row,) = [row async for row in export_leads(database)]
    assert row["files"] == f"1.pdf ({1:032x})"
    erasure = await database.write(lambda tx: erase_lead(tx, sheet.lead.public_id, NOON))
    assert erasure is not None and erasure.files == (f"{1:032x}", f"{2:032x}")
    assert await database.read(uploads.total) == 0
    take = partial(outbox.due, now=later(1), limit=9, owner="me", lease_seconds=60)
    (effect,) = [one for one in await database.write(take) if one.kind == outbox.FORGET_FILES]
    assert (effect.conversation_id, effect.payload) == (None, {"files": list(erasure.files)})
    with pytest.raises(UploadGone):
        await added(database, upload(stored.id, 3))


async def test_files_go_along_to_another_channel(database: Database) -> None:
    source, into = await begun(database, address="a"), await begun(database, address="b", person="p2")
    await added(database, upload(source.id, 1))
    await added(database, upload(into.id, 2, client_id="c1"))
    await database.write(lambda tx: crossings.carry(tx, source, into.id, 1, "p2", NOON))
    found = await database.read(lambda tx: uploads.find(tx, f"{1:032x}"))
    assert found is not None and (found.conversation_id, found.sender) == (into.id, source.state.person)
