import asyncio

from storage import settings
from storage.database import Database, open_database
from tests.storage.samples import NOON, later


async def test_a_setting_is_remembered_replaced_and_forgotten(database: Database) -> None:
    assert await database.read(lambda tx: settings.get(tx, "key")) is None
    await database.write(lambda tx: settings.put(tx, "key", "one", NOON))
    await database.write(lambda tx: settings.put(tx, "key", "two", later(1)))
    assert await database.read(lambda tx: settings.get(tx, "key")) == "two"
    assert await database.write(lambda tx: settings.remove(tx, "key"))
    assert not await database.write(lambda tx: settings.remove(tx, "key"))


async def test_a_secret_is_made_once_for_all_nodes(database: Database, database_url: str) -> None:
    async with await open_database(database_url) as elsewhere:

        async def secret(node: Database, fresh: str) -> str:
            return await node.write(lambda tx: settings.secret(tx, "links", fresh, NOON))

        nodes = (database, elsewhere)
        made = await asyncio.gather(*(secret(nodes[number % 2], f"{number:064x}") for number in range(8)))
    assert len(set(made)) == 1
    assert await database.write(lambda tx: settings.secret(tx, "other", "f" * 64, NOON)) == "f" * 64
