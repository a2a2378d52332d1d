"""A crowd: what an open idle conversation weighs, how long a turn takes beside thousands of them, and how long it takes
until everybody is back after a restart. Beside the bare server.
"""

import asyncio
import resource
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.effort import Effort
from benchmarks.lead_dialog import TURNS
from benchmarks.lean_visitor import LeanVisitor, come, connect
from benchmarks.measuring import new_visitors
from benchmarks.servers import Server, allow_many_sockets, bare_server, our_server, prepare_bare
from benchmarks.table import Result, Section

TURNS_A_SECOND = 50
_OTHER_FILES = 1000
"""Open files that are left for everything but the idle conversations."""

Start = Callable[[Path], AbstractAsyncContextManager[Server]]


@dataclass(frozen=True, slots=True)
class _Crowd:
    kib_each: float
    p50: float
    """Milliseconds of a turn while everybody is connected."""
    p99: float
    known: Sequence[LeanVisitor]
    """Some of those who were there."""


async def measure(effort: Effort) -> Result:
    """Memory of each idle conversation, turns beside all of them, and everybody back after a restart."""
    allow_many_sockets()
    idle = min(effort.idle, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _OTHER_FILES)
    with TemporaryDirectory(prefix="handraiser-bench-") as name:
        folder = Path(name)
        ours = await _crowd(our_server, folder, idle, effort)
        back = await _come_back(folder, ours.known)
        await prepare_bare(folder)
        bare = await _crowd(bare_server, folder, idle, effort)
    rows = [
        (f"memory per open conversation (of {idle:,}), KiB", f"{ours.kib_each:.1f}", f"{bare.kib_each:.1f}"),
        (f"turn beside them, {TURNS_A_SECOND} a second, p50 ms", f"{ours.p50:.1f}", f"{bare.p50:.1f}"),
        (f"turn beside them, {TURNS_A_SECOND} a second, p99 ms", f"{ours.p99:.1f}", f"{bare.p99:.1f}"),
        (f"{len(ours.known):,} back at once and answered after a restart, s", f"{back:.1f}", ""),
    ]
    return Result(
        section=Section(title="A crowd", columns=("", "ours", "bare server"), rows=rows),
        figures={
            "idle_conversations": idle,
            "kib_per_open_conversation": round(ours.kib_each, 2),
            "limit_kib_per_open_conversation": round(bare.kib_each, 2),
            "crowd_p99_milliseconds": round(ours.p99, 2),
            "limit_crowd_p99_milliseconds": round(bare.p99, 2),
            "returning_visitors": len(ours.known),
            "returning_seconds": round(back, 2),
        },
    )


async def _crowd(start: Start, folder: Path, idle: int, effort: Effort) -> _Crowd:
    async with start(folder) as server:
        talking = await connect(server.port, new_visitors(ceil(effort.paced / TURNS)))
        (first,) = await connect(server.port, new_visitors(1))
        await first.converse()
        before = server.resident_kib()
        crowd = await connect(server.port, new_visitors(idle))
        kib_each = (server.resident_kib() - before) / idle
        await _talk_in_turn(talking)
        waits = sorted(wait for one in talking for wait in one.waits)
        await asyncio.gather(*(one.leave() for one in (first, *talking, *crowd)))
    known = crowd[: effort.returning]
    return _Crowd(kib_each, waits[len(waits) // 2] * 1e3, waits[len(waits) * 99 // 100] * 1e3, known)


async def _talk_in_turn(visitors: Sequence[LeanVisitor]) -> None:
    """Everybody says everything, one after the other and again, so many lines a second whoever is still waiting."""
    began = perf_counter()

    async def talk(place: int, visitor: LeanVisitor) -> None:
        for line in range(TURNS):
            due = began + (line * len(visitors) + place) / TURNS_A_SECOND
            await asyncio.sleep(max(0.0, due - perf_counter()))
            await visitor.say()

    await asyncio.gather(*(talk(place, visitor) for place, visitor in enumerate(visitors)))


async def _come_back(folder: Path, known: Sequence[LeanVisitor]) -> float:
    """Start the server again, everybody in the same moment: seconds until the last one has said something and heard
    the answer. Without the pause by chance that the widget makes before it comes back.
    """
    async with our_server(folder) as server:
        visitors = [LeanVisitor(one.number, one.token) for one in known]
        began = perf_counter()
        await come(server.port, visitors)
        await asyncio.gather(*(one.say() for one in visitors))
        seconds = perf_counter() - began
        if {one.token for one in visitors} != {one.token for one in known}:
            raise RuntimeError("somebody who came back was taken for a stranger")
        await asyncio.gather(*(one.leave() for one in visitors))
    return seconds
