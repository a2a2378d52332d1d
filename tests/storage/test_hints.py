import asyncio
import sqlite3

import asyncpg
import pytest

from storage.database import Database, open_database
from storage.hints import open_hints
from storage.outbox import NewEffect
from storage.transaction import Hint
from tests.databases import raw_sqlite
from tests.storage.samples import begun, new_turn, said, saved, visitor


class Heard:
    """Hints as they come in."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Hint] = asyncio.Queue()
        self.hear = self._queue.put_nowait

    async def next(self) -> Hint:
        return await asyncio.wait_for(self._queue.get(), 20)

    def nothing(self) -> bool:
        return self._queue.empty()


async def test_what_this_process_commits_is_hinted_at(database: Database) -> None:
    heard = Heard()
    async with open_hints(database) as hints:
        stop = hints.listen(heard.hear)
        stored = await begun(database)
        assert await heard.next() == Hint(stored.id, 1, False)
        work = (NewEffect(kind="deliver", payload={}),)
        stored = (
            await saved(database, stored, new_turn(said("x"), stored.state, [visitor("x")], queue=work))
        ).conversation
        assert await heard.next() == Hint(stored.id, 2, True)
        stop()
        await saved(database, stored, new_turn(said("x"), stored.state, [visitor("x")]))
        assert heard.nothing()


async def test_a_unit_that_fails_hints_at_nothing(database: Database) -> None:
    heard = Heard()
    async with open_hints(database) as hints:
        hints.listen(heard.hear)

        def fail(tx: object) -> None:
            tx.hint(99, 1)  # type: ignore[attr-defined]
            raise LookupError

        with pytest.raises(LookupError):
            await database.write(fail)
        stored = await begun(database)
        assert (await heard.next()).conversation_id == stored.id


async def test_what_another_process_commits_is_hinted_at(database: Database, database_url: str) -> None:
    heard = Heard()
    async with open_hints(database) as hints, await open_database(database_url) as elsewhere:
        hints.listen(heard.hear)
        stored = await begun(elsewhere)
        hint = await heard.next()
        assert hint.conversation_id in (stored.id, None)


async def test_one_callback_that_fails_does_not_silence_the_others(database: Database) -> None:
    heard = Heard()

    def broken(hint: Hint) -> None:
        raise RuntimeError

    async with open_hints(database) as hints:
        hints.listen(broken)
        hints.listen(heard.hear)
        stored = await begun(database)
        assert (await heard.next()).conversation_id == stored.id


@pytest.mark.postgres
async def test_after_the_listening_connection_broke_everything_is_looked_at(postgres_url: str) -> None:
    heard = Heard()
    async with await open_database(postgres_url) as database, open_hints(database) as hints:
        hints.listen(heard.hear)
        killer = await asyncpg.connect(postgres_url)
        await killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        await killer.close()
        assert await heard.next() == Hint(None, 0, True)
        async with await open_database(postgres_url) as elsewhere:
            stored = await begun(elsewhere)
        assert await heard.next() == Hint(stored.id, 1, False)


async def test_reading_alone_is_no_news(sqlite_url: str) -> None:
    heard = Heard()
    async with await open_database(sqlite_url) as database, open_hints(database) as hints:
        hints.listen(heard.hear)
        elsewhere: sqlite3.Connection = raw_sqlite(sqlite_url)
        assert elsewhere.execute("SELECT count(*) FROM leads").fetchone() == (0,)
        elsewhere.close()
        stored = await begun(database)
        assert (await heard.next()).conversation_id == stored.id
