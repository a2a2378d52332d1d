"""A database of an earlier version, with live data in it, is brought up to date and goes on where it was."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from dialogs.effects import HandOff, dump_effect
from dialogs.state import dump_state
from storage import conversations, handoffs, leads, migrating, outbox
from storage.columns import micros
from storage.database import open_database
from storage.files import APPLICATION_ID
from storage.sqlite_connection import over
from tests.databases import execute_on, with_name
from tests.storage.desk_samples import READY, claimed, route
from tests.storage.samples import begun, later, lead_with, new_turn, said, saved, state

_numbers = count(1)


def fill(connection: Connection) -> None:
    """What a program of revision 0001 left: a handoff that was dealt with, one that waits, one that was erased."""

    def add(table: str, **values: Any) -> None:
        names = ", ".join(values)
        binds = ", ".join(f":{name}" for name in values)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({binds})"), values)

    now = micros(later(0))
    old = json.dumps(dump_state(state(answers={"first_name": "Ada"})))
    for number in (1, 2):
        add(
            "leads", id=number, public_id=f"lead-{number}", fields='{"first_name":"Ada"}',
            labels='{"first_name":["First name","Ada"]}', tags="[]", stage="mql", fit=1, engagement=0, hot=True,
            hot_at=now, owner="ben" if number == 1 else None, script="guide", version="aaaa000011112222",
            channel="web", language="en", source="null", search="ada", created=now, updated=now,
        )  # fmt: skip
        add(
            "conversations", id=number, public_id=f"public-{number}", channel="web", address=f"{number}",
            person=f"person-{number}", lead_id=number, script="guide", version="aaaa000011112222", state=old,
            row_version=1, last_seq=0, turns=1, status="asking", created=now, updated=now, visited=now,
        )  # fmt: skip
    told = {"reference": "C1:17.5", "sent_at": micros(later(1)), "claimed_by": "ben", "claimed_at": micros(later(9))}
    add("handoffs", id=3, lead_id=1, conversation_id=1, target="sales", reason="Ready", at=now, **told)
    add("handoffs", id=4, lead_id=2, conversation_id=2, target="sales", reason="Asked", at=now)
    add("handoffs", id=9, lead_id=2, conversation_id=2, target="sales", reason="Gone", at=now)
    connection.execute(text("DELETE FROM handoffs WHERE id = 9"))
    waiting = json.dumps(dump_effect(HandOff(to="sales", reason="Asked")) | {"handoff": 4})
    add(
        "effects", id=5, conversation_id=2, kind="hand_off", payload=waiting, due=now, attempts=0, dead=False,
        created=now,
    )  # fmt: skip
    if connection.dialect.name == "postgresql":
        for table, last in (("leads", 2), ("conversations", 2), ("handoffs", 9), ("effects", 5)):
            connection.execute(text(f"SELECT setval('{table}_id_seq', {last})"))


@pytest.fixture
def old_sqlite(tmp_path: Path) -> str:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        with migrating.ALONE, over(raw) as connection, connection.begin():
            migrating.upgrade(connection, "0001")
            fill(connection)
        raw.execute("PRAGMA journal_mode=WAL")
    return f"sqlite:///{path}"


@pytest_asyncio.fixture(loop_scope="session")
async def old_postgres(postgres_server: str) -> AsyncIterator[str]:
    name = f"old_{next(_numbers)}"
    await execute_on(postgres_server, f"CREATE DATABASE {name}")
    url = with_name(postgres_server, name)
    await asyncio.to_thread(asyncio.run, _make_old(url))
    yield url
    await execute_on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


async def _make_old(url: str) -> None:
    def make(connection: Connection) -> None:
        with migrating.ALONE:
            migrating.upgrade(connection, "0001")
        fill(connection)

    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    async with engine.begin() as connection:
        await connection.run_sync(make)
    await engine.dispose()


@pytest.fixture(params=["old_sqlite", pytest.param("old_postgres", marks=pytest.mark.postgres)])
def old_url(request: pytest.FixtureRequest) -> str:
    """The address of a database of revision 0001, on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(request.param)
    return url


async def test_handoffs_of_an_older_version_keep_what_was_known_of_them(old_url: str) -> None:
    async with await open_database(old_url) as database:
        assert database.migrated == tuple(migrating.REVISIONS.values())[1:]
        dealt_with = await database.read(lambda tx: handoffs.find(tx, 3))
        assert dealt_with is not None
        assert dealt_with.rep is not None
        assert (dealt_with.rep.name, dealt_with.claimed_at, dealt_with.sent_at, dealt_with.moved_at) == (
            "ben", later(9), later(1), later(9),
        )  # fmt: skip
        assert (dealt_with.phase, dealt_with.reason, dealt_with.trace) == (None, "Ready", ())
        assert await database.read(lambda tx: handoffs.find_post(tx, "sales", "C1:17.5")) == 3
        sheet = await database.read(lambda tx: leads.show_lead(tx, "lead-1"))
        assert sheet is not None
        assert (sheet.lead.owner, [one.id for one in sheet.handoffs], sheet.desk) == ("ben", [3], {3: ()})


async def test_a_lead_that_waited_for_people_during_the_upgrade_is_worked_like_any_other(old_url: str) -> None:
    async with await open_database(old_url) as database:
        (effect,) = await database.write(lambda tx: outbox.due(tx, later(1), limit=9, owner="me", lease_seconds=60))
        assert (effect.kind, effect.payload["handoff"]) == (outbox.HAND_OFF, 4)
        stored = await database.read(lambda tx: conversations.find_by_id(tx, 2))
        assert stored is not None
        stored = await route(database, stored, 4)
        one = await database.read(lambda tx: handoffs.find(tx, 4))
        assert one is not None
        assert (one.phase, one.route) == ("open", "enterprise")
        # Numbers go on behind the last one that was ever given.
        turn = await saved(database, stored, new_turn(said("again"), stored.state, effects=(READY,)))
        assert turn.handoffs == (10,)
        await begun(database, address="new")
        await lead_with(database, "newer", {"first_name": "Eve"})
        await claimed(database, "newest")
        await database.write(lambda tx: migrating.check(tx.connection))


async def test_an_upgraded_lead_is_erased_without_a_trace(old_url: str) -> None:
    async with await open_database(old_url) as database:
        erasure = await database.write(lambda tx: leads.erase_lead(tx, "lead-1", later(5)))
        assert erasure is not None
        assert erasure.references == (("sales", "card", "C1:17.5"),)
        assert await database.read(lambda tx: handoffs.find(tx, 3)) is None
