"""Law 2: what was acknowledged survives, and nothing is half there: killed, cut off from power, or both."""

import asyncio
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from storage import conversations, files
from storage.database import Database, open_database
from storage.transaction import Transaction
from tests.storage.samples import begun, bot, new_turn, said, saved, visitor

ROOT = Path(__file__).parents[2]


async def kill_after(url: str, run: int, lines: int) -> list[str]:
    """Have another process write until it has acknowledged so many turns, then kill it; all it acknowledged."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.writer", url, f"{run}", stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    said_so: list[str] = []
    try:
        while len(said_so) < lines:
            line = await process.stdout.readline()
            assert line, "the writer ended by itself"
            said_so.append(line.decode().strip())
    finally:
        process.kill()
    said_so += (await process.stdout.read()).decode().split("\n")[:-1]  # Acknowledged, and not read yet.
    await process.wait()
    return said_so


def whole(tx: Transaction) -> set[str]:
    """Everything the visitors said; asserts that no turn is half there."""
    connection = tx.connection
    rows = connection.execute(
        text(
            "SELECT c.id, c.turns, c.last_seq, c.row_version, c.address, "
            "(SELECT count(*) FROM turns t WHERE t.conversation_id = c.id), "
            "(SELECT max(t.last_seq) FROM turns t WHERE t.conversation_id = c.id), "
            "(SELECT count(*) FROM facts f WHERE f.conversation_id = c.id), "
            "(SELECT count(*) FROM answers a WHERE a.conversation_id = c.id), "
            "(SELECT count(*) FROM effects e WHERE e.conversation_id = c.id AND e.kind = 'deliver'), "
            "(SELECT count(*) FROM effects e WHERE e.conversation_id = c.id AND e.kind = 'timer'), "
            "(SELECT l.fields FROM leads l WHERE l.id = c.lead_id) "
            "FROM conversations c"
        )
    ).all()
    spoken: set[str] = set()
    for number, turns, last_seq, version, address, *counted in rows:
        answered = turns - 1
        fields = f'{{"number":{answered}}}' if answered else None
        assert counted == [turns, last_seq, turns, answered, answered, min(answered, 1), fields], address
        assert version == turns
        messages = conversations.messages_after(tx, number, 0, limit=1_000_000)
        assert [message["seq"] for message in messages] == list(range(1, last_seq + 1))
        spoken |= {message["text"] for message in messages if message["from"] == "visitor"}
    return spoken


async def test_a_killed_process_loses_nothing_it_acknowledged(database_url: str) -> None:
    chance = random.Random(7)
    acknowledged: list[str] = []
    for run in range(3):
        acknowledged += await kill_after(database_url, run, lines=chance.randint(1, 120))
        async with await open_database(database_url) as database:
            spoken = await database.read(whole)
        assert set(acknowledged) <= spoken
    assert len(set(acknowledged)) == len(acknowledged)


async def test_a_log_that_was_cut_off_anywhere_behind_the_last_commit_keeps_all_that_was_acknowledged(
    sqlite_url: str, tmp_path: Path
) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    log = path.with_name(path.name + "-wal")
    async with await open_database(sqlite_url) as database:
        await database.scrub()
        await _say(database, "before", 10)
        safe = log.stat().st_size
        await _say(database, "after", 10)
        shutil.copy(path, tmp_path / "copy.db")
        everything = log.read_bytes()
    chance = random.Random(11)
    survived = set()
    for number in range(40):
        keep = chance.randint(safe, len(everything))
        garbage = chance.randbytes(chance.choice((0, 24, 4120)))
        survived.add(await _survivors(tmp_path, number, everything[:keep] + garbage))
    assert min(survived) >= 10
    assert max(survived) > min(survived)


async def _say(database: Database, word: str, times: int) -> None:
    stored = await begun(database, address=word)
    for number in range(times):
        new = new_turn(said(word), stored.state, [visitor(f"{word} {number}"), bot("ok")])
        stored = (await saved(database, stored, new)).conversation


async def _survivors(folder: Path, number: int, log: bytes) -> int:
    """How many of the messages are in the copy with this log; asserts that the first ten of them are."""
    path = folder / f"cut-{number}" / "copy.db"
    path.parent.mkdir()
    shutil.copy(folder / "copy.db", path)
    path.with_name("copy.db-wal").write_bytes(log)
    async with await open_database(f"sqlite:///{path}") as database:
        assert await asyncio.to_thread(files.damage, path) is None
        rows = await database.read(
            lambda tx: tx.connection.execute(text("SELECT id, turns, last_seq FROM conversations")).all()
        )
        texts: list[str] = []
        for conversation, turns, last_seq in rows:
            history = await database.read(lambda tx, n=conversation: conversations.history(tx, n))  # type: ignore[misc]
            assert (len(history), history[-1].last_seq) == (turns, last_seq)
            texts += [one["text"] for turn in history for one in turn.messages if one["from"] == "visitor"]
    assert {f"before {n}" for n in range(10)} <= set(texts)
    return len(texts)


def test_a_file_copied_with_its_log_is_what_the_process_had(tmp_path: Path) -> None:
    """What the two tests above build upon: SQLite reads a copied log."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("CREATE TABLE t (x)")
        raw.execute("INSERT INTO t VALUES (1)")
        raw.commit()
        for name in ("a.db", "a.db-wal"):
            shutil.copy(tmp_path / name, tmp_path / name.replace("a.db", "b.db"))
        with closing(sqlite3.connect(tmp_path / "b.db")) as copy:
            assert copy.execute("SELECT x FROM t").fetchall() == [(1,)]
