import asyncio

import pytest

from storage import magnets
from storage.conversations import NewGrant
from storage.database import Database
from storage.magnets import PoolCount, PoolEmpty
from storage.transaction import Transaction
from tests.storage.samples import NOON, begun, later, lead_with, new_turn, said, saved


async def take(database: Database, token: str, pool: str = "spring") -> str:
    return await database.write(lambda tx: magnets.take_code(tx, pool, magnet="discount", token=token, at=NOON))


async def test_each_code_is_given_once(database: Database) -> None:
    await database.write(lambda tx: magnets.load_codes(tx, "spring", ["A", " B ", "", "A", "C"]))
    await database.write(lambda tx: magnets.load_codes(tx, "autumn", ["A"]))
    taken = await asyncio.gather(*(take(database, f"t{number}") for number in range(3)))
    assert sorted(taken) == ["A", "B", "C"]
    with pytest.raises(PoolEmpty) as caught:
        await take(database, "t9")
    assert caught.value.magnet == "discount"
    assert await database.read(magnets.pools) == [
        PoolCount(pool="autumn", left=1, taken=0), PoolCount(pool="spring", left=0, taken=3),
    ]  # fmt: skip


async def test_a_code_whose_turn_was_not_saved_is_given_to_the_next_one(database: Database) -> None:
    await database.write(lambda tx: magnets.load_codes(tx, "spring", ["A"]))

    def failing(tx: Transaction) -> None:
        magnets.take_code(tx, "spring", magnet="discount", token="t1", at=NOON)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(failing)
    assert await take(database, "t2") == "A"


async def test_a_file_of_codes_can_be_loaded_again(database: Database) -> None:
    assert await database.write(lambda tx: magnets.load_codes(tx, "spring", ["A", "B"])) == 2
    await take(database, "t1")
    assert await database.write(lambda tx: magnets.load_codes(tx, "spring", ["B", "A", "C"])) == 1
    assert await database.write(lambda tx: magnets.load_codes(tx, "spring", [])) == 0
    assert [await take(database, token) for token in ("t2", "t3")] == ["B", "C"]


async def test_a_link_leads_to_what_was_given_and_its_openings_count(database: Database) -> None:
    stored = await lead_with(database, "a", {"first_name": "Ada"})
    grant = NewGrant(token="t1", magnet="guide", kind="file", payload={"file": "g.pdf"}, expires=later(50))
    await saved(database, stored, new_turn(said("x", later(1)), stored.state, grants=(grant,)))
    found = await database.read(lambda tx: magnets.grant_by_token(tx, "t1"))
    assert found is not None
    assert (found.magnet, found.kind, found.payload, found.expires) == ("guide", "file", {"file": "g.pdf"}, later(50))
    assert (found.conversation_id, found.lead_id, found.script) == (stored.id, stored.lead_id, "guide")
    assert (found.given, found.opened, found.first_opened) == (later(1), 0, None)
    await database.write(lambda tx: magnets.opened(tx, "t1", later(5)))
    again = await database.write(lambda tx: magnets.opened(tx, "t1", later(9)))
    assert again is not None
    assert (again.opened, again.first_opened, again.last_opened) == (2, later(5), later(9))


async def test_an_unknown_link_leads_nowhere(database: Database) -> None:
    await begun(database)
    for token in ("", "t1", "' OR 1=1 --", "\x00"):
        assert await database.write(lambda tx, token=token: magnets.opened(tx, token, NOON)) is None  # type: ignore[misc]
