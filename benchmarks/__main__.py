"""``python -m benchmarks [ROOM …]``: measures ours beside the physical limit, in the same run.

Prints a table for people; the last line is one JSON object of named ratios and figures. ``QUICK=1`` takes less than
two minutes. What the bot answers is checked all the while: a wrong answer ends the run with status 1.
"""

import asyncio
import json
import logging
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

from benchmarks import (
    crowd,
    engine_alone,
    in_process,
    postgres,
    sales_alert,
    start_and_memory,
    syncs,
    through_socket,
    widget_weight,
)
from benchmarks.effort import FULL, QUICK, Effort
from benchmarks.table import Figures, Result, targets

ROOMS: Mapping[str, Callable[[Effort], Awaitable[Result]]] = {
    "engine": engine_alone.measure,
    "sqlite": in_process.measure,
    "syncs": syncs.measure,
    "socket": through_socket.measure,
    "postgres": postgres.measure,
    "alert": sales_alert.measure,
    "start": start_and_memory.measure,
    "crowd": crowd.measure,
    "widget": widget_weight.measure,
}


async def main(names: Sequence[str], effort: Effort) -> int:
    """Measure the rooms of these names, or all; the process's exit status."""
    if unknown := [name for name in names if name not in ROOMS]:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(ROOMS)}", file=sys.stderr)
        return 2
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores; "
        "one conversation is a beginning and eight messages of the visitor.\n"
    )
    figures: Figures = {}
    for name in names or ROOMS:
        began = time.perf_counter()
        result = await ROOMS[name](effort)
        print(f"{result.section}\n  took {time.perf_counter() - began:.0f} s\n", flush=True)
        figures |= result.figures
    print(f"{targets(figures)}\n")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    sys.exit(asyncio.run(main(sys.argv[1:], QUICK if os.environ.get("QUICK", "0") not in ("", "0") else FULL)))
