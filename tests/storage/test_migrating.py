import asyncio
import sys

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage import migrating
from storage.database import Database, open_database
from storage.errors import ForeignDatabase, NewerSchema
from tests.databases import execute_on, with_name
from tests.storage.samples import begun


def directory() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_the_revisions_known_by_heart_are_the_ones_on_disk() -> None:
    scripts = directory()
    written = {script.revision: script.doc for script in reversed(list(scripts.walk_revisions()))}
    assert written == migrating.REVISIONS
    assert scripts.get_current_head() == migrating.HEAD


async def test_tables_and_migrations_agree(database: Database) -> None:
    await database.write(lambda tx: migrating.check(tx.connection))


def test_a_revision_says_what_is_missing() -> None:
    assert migrating.missing(None, "x") == tuple(migrating.REVISIONS.values())
    assert migrating.missing(migrating.HEAD, "x") == ()
    with pytest.raises(NewerSchema, match="newer version"):
        migrating.missing("9999", "x")


@pytest.mark.postgres
async def test_many_may_start_at_once_on_an_empty_postgres(postgres_server: str) -> None:
    await execute_on(postgres_server, "CREATE DATABASE empty")
    url = with_name(postgres_server, "empty")
    databases = await asyncio.gather(*(open_database(url) for _ in range(4)))
    try:
        assert sorted(len(database.migrated) for database in databases) == [0, 0, 0, len(migrating.REVISIONS)]
        await begun(databases[3])
    finally:
        for database in databases:
            await database.close()
    await execute_on(postgres_server, "DROP DATABASE empty WITH (FORCE)")


@pytest.mark.postgres
async def test_a_postgres_of_somebody_else_is_refused(postgres_server: str) -> None:
    await execute_on(postgres_server, "CREATE DATABASE theirs")
    url = with_name(postgres_server, "theirs")
    await execute_on(url, "CREATE TABLE leads (name text)")
    with pytest.raises(ForeignDatabase, match="theirs"):
        await open_database(url)
    await execute_on(url, "DROP TABLE leads")
    await (await open_database(url)).close()
    await execute_on(postgres_server, "DROP DATABASE theirs WITH (FORCE)")


@pytest.mark.postgres
async def test_a_postgres_from_the_future_is_refused(postgres_url: str) -> None:
    await execute_on(postgres_url, f"UPDATE {migrating.TABLE} SET version_num = '9999'")
    with pytest.raises(NewerSchema, match="newer version"):
        await open_database(postgres_url)


async def test_alembic_is_not_loaded_when_nothing_is_missing(sqlite_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from storage.database import open_database\n"
        "async def main():\n"
        "    async with await open_database(sys.argv[1]) as database:\n"
        "        print(database.migrated, 'alembic' in sys.modules)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, sqlite_url, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert output.decode().strip() == "() False"


async def test_the_schema_says_its_revision(database: Database) -> None:
    query = text(f"SELECT version_num FROM {migrating.TABLE}")
    assert await database.read(lambda tx: tx.connection.execute(query).scalar()) == migrating.HEAD
