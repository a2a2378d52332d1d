"""The durable turn through the visitor's WebSocket: ``handraiser run`` in its own process, lean visitors here."""

import asyncio
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.effort import Effort
from benchmarks.lead_dialog import TURNS
from benchmarks.lean_visitor import connect
from benchmarks.measuring import Reading, interleaved, new_visitors
from benchmarks.our_program import check_saved
from benchmarks.servers import Server, allow_many_sockets, bare_server, bare_url, our_server, our_url, prepare_bare
from benchmarks.table import Rates, Result


async def measure(effort: Effort) -> Result:
    """Turns a second over 1, 50, 500 connections; a turn is complete when the bot's words have come."""
    allow_many_sockets()
    rates = Rates(
        "Durable turn through the socket", "socket", "bare aiohttp WebSocket, bare state machine, raw sqlite3"
    )
    talked = 0
    with TemporaryDirectory(prefix="handraiser-bench-") as name:
        folder = Path(name)
        await prepare_bare(folder)
        async with our_server(folder) as ours, bare_server(folder) as bare:
            for at_once in effort.at_once:
                batches = effort.batches(at_once, TURNS)
                pair = [partial(talk, server, at_once, batches) for server in (ours, bare)]
                rates.add(at_once, *await interleaved(pair[0], pair[1], effort.rounds))
                talked += at_once * batches * effort.rounds
        await check_saved(our_url(folder), talked)
        await check_saved(bare_url(folder), talked)
    return rates.result()


async def talk(server: Server, at_once: int, batches: int) -> Reading:
    """Lead so many conversations at once from their greeting to their end; connecting is not timed."""
    waits: list[float] = []
    seconds = cpu_seconds = 0.0
    for _ in range(batches):
        visitors = await connect(server.port, new_visitors(at_once))
        began, cpu_began = perf_counter(), server.cpu_seconds()
        await asyncio.gather(*(visitor.converse() for visitor in visitors))
        seconds += perf_counter() - began
        cpu_seconds += server.cpu_seconds() - cpu_began
        waits += chain.from_iterable(visitor.waits for visitor in visitors)
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return Reading(turns=len(waits), seconds=seconds, cpu_seconds=cpu_seconds, waits=waits)
