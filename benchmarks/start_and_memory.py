"""From nothing to the first answer, and what the server weighs then; beside the bare server."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.effort import Effort
from benchmarks.lean_visitor import connect
from benchmarks.measuring import new_visitors
from benchmarks.servers import Server, bare_server, our_server, prepare_bare
from benchmarks.table import Result, Section

Start = Callable[[Path], AbstractAsyncContextManager[Server]]


async def measure(effort: Effort) -> Result:
    """Seconds to the first answer, on a new and on an existing database; memory at rest."""
    with TemporaryDirectory(prefix="handraiser-bench-") as name:
        folder = Path(name)
        first, _ = await _first_answer(our_server, folder)
        await prepare_bare(folder)
        ours, bare = [], []
        for _ in range(effort.starts):
            ours.append(await _first_answer(our_server, folder))
            bare.append(await _first_answer(bare_server, folder))
    (start, our_rest), (bare_start, bare_rest) = (map(median, zip(*starts, strict=True)) for starts in (ours, bare))
    rows = [
        ("first start, new database, s", f"{first:.2f}", ""),
        ("start to first answer, s", f"{start:.2f}", f"{bare_start:.2f}"),
        ("memory after the start, MiB", f"{our_rest / 1024:.1f}", f"{bare_rest / 1024:.1f}"),
    ]
    return Result(
        section=Section(title="Start and memory", columns=("", "ours", "bare server"), rows=rows),
        figures={
            "first_start_seconds": round(first, 3),
            "cold_start_seconds": round(start, 3),
            "cold_start_ratio": round(start / bare_start, 3),
            "resident_mib_after_start": round(our_rest / 1024, 1),
        },
    )


async def _first_answer(start: Start, folder: Path) -> tuple[float, int]:
    """Start a server, say hello, say something: seconds until the bot has answered, and the server's memory in KiB."""
    began = perf_counter()
    async with start(folder) as server:
        (visitor,) = await connect(server.port, new_visitors(1))
        await visitor.converse(most=1)
        seconds = perf_counter() - began
        at_rest = server.resident_kib()
        await visitor.leave()
    return seconds, at_rest
