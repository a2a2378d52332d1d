"""The durable turn on SQLite in one process, without a socket: engine, manager, storage; beside the bare limit."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bare import BareProgram, SQLiteWriter
from benchmarks.effort import Effort
from benchmarks.measuring import compared
from benchmarks.our_program import check_saved, our_program
from benchmarks.recording import record, statements_per_turn
from benchmarks.table import Rates, Result
from storage.database import open_database


async def measure(effort: Effort) -> Result:
    """Turns a second with 1, 50, 500 conversations at once."""
    recorded = await record("sqlite")
    rates = Rates("Durable turn on SQLite, in one process", "durable_sqlite", "bare state machine, raw sqlite3")
    with TemporaryDirectory(prefix="handraiser-bench-") as folder:
        ours_url, bare_url = f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/bare.db"
        await (await open_database(bare_url)).close()
        async with our_program(await open_database(ours_url)) as ours:
            with closing(SQLiteWriter(Path(folder) / "bare.db")) as writer:
                bare = BareProgram(recorded, writer)
                for at_once in effort.at_once:
                    rates.add(at_once, *await compared(ours, bare, at_once, effort))
        await check_saved(ours_url, ours.begun)
        await check_saved(bare_url, bare.begun)
    return rates.result(durable_sqlite_statements_per_turn=statements_per_turn(recorded))
