import asyncio

import pytest
from sqlalchemy import select, text
from sqlmodel import Session

from storage import settings
from storage.database import Database, open_database
from storage.errors import StorageError, StorageUnavailable
from storage.tables import SETTINGS, Setting
from storage.transaction import Transaction
from tests.storage.samples import NOON


async def names(database: Database) -> list[str]:
    return await database.read(
        lambda tx: list(tx.connection.execute(select(SETTINGS.c.key).order_by(SETTINGS.c.key)).scalars())
    )


async def test_what_a_unit_returned_is_there_for_everybody(database: Database, database_url: str) -> None:
    await database.write(lambda tx: settings.put(tx, "a", "1", NOON))
    async with await open_database(database_url) as elsewhere:
        assert elsewhere.migrated == ()
        assert await names(elsewhere) == ["a"]


async def test_a_unit_that_raises_leaves_nothing_and_disturbs_nobody(database: Database) -> None:
    def failing(tx: Transaction) -> None:
        settings.put(tx, "half", "1", NOON)
        raise LookupError("on purpose")

    outcomes = await asyncio.gather(
        *(database.write(lambda tx, n=number: settings.put(tx, f"{n}", "1", NOON)) for number in range(3)),  # type: ignore[misc]
        database.write(failing),
        *(database.write(lambda tx, n=number: settings.put(tx, f"{n}", "1", NOON)) for number in range(3, 6)),  # type: ignore[misc]
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [LookupError]
    assert await names(database) == ["0", "1", "2", "3", "4", "5"]


async def test_a_unit_may_use_a_session_and_is_undone_all_the_same(database: Database) -> None:
    def unit(tx: Transaction, key: str, fail: bool) -> None:
        with Session(tx.connection) as session:
            session.add(Setting(key=key, value="x", updated=NOON))
            session.flush()
        settings.put(tx, f"{key} too", "x", NOON)
        if fail:
            raise LookupError

    await database.write(lambda tx: unit(tx, "kept", False))
    with pytest.raises(LookupError):
        await database.write(lambda tx: unit(tx, "undone", True))
    await database.write(lambda tx: unit(tx, "later", False))
    assert await names(database) == ["kept", "kept too", "later", "later too"]
    assert await database.read(lambda tx: tx.connection.execute(select(SETTINGS.c.updated)).scalars().first()) == NOON


async def test_reading_cannot_write(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    # PostgreSQL's refusal is also what a server says that is being replaced, and is waited for.
    monkeypatch.setattr("storage.postgres.PATIENCE_SECONDS", 0.1)
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await database.read(lambda tx: settings.put(tx, "a", "1", NOON))
    await database.write(lambda tx: settings.put(tx, "b", "1", NOON))
    assert await names(database) == ["b"]


async def test_a_closed_database_says_so(database_url: str) -> None:
    database = await open_database(database_url)
    writing = [
        asyncio.create_task(database.write(lambda tx, n=number: settings.put(tx, f"{n}", "1", NOON)))  # type: ignore[misc]
        for number in range(5)
    ]
    await asyncio.sleep(0)
    await database.close()
    await database.close()
    await asyncio.gather(*writing)
    for work in (database.write, database.read):
        with pytest.raises(StorageUnavailable, match="closed"):
            await work(lambda tx: None)
    async with await open_database(database_url) as again:
        assert len(await names(again)) == 5


async def test_a_mistake_in_sql_is_the_units_own(database: Database) -> None:
    with pytest.raises(Exception, match="nonsense") as caught:
        await database.write(lambda tx: tx.connection.execute(text("SELECT * FROM nonsense")))
    assert not isinstance(caught.value, StorageError)
    await database.write(lambda tx: settings.put(tx, "a", "1", NOON))


async def test_many_write_at_once_and_nothing_is_lost(database: Database) -> None:
    await asyncio.gather(
        *(database.write(lambda tx, n=number: settings.put(tx, f"{n:03}", "1", NOON)) for number in range(200))  # type: ignore[misc]
    )
    assert len(await names(database)) == 200


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///", "/var/x.db", ""])
async def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:///data/handraiser\.db"):
        await open_database(url)
