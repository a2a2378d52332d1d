"""How turns are timed: conversations side by side, ours and the limit by turns, medians of both."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from statistics import median
from typing import Protocol

from benchmarks.effort import Effort
from benchmarks.lead_dialog import TURNS, check, lines

_numbers = count(1)


class Program(Protocol):
    """Something that can lead the dialog with many visitors."""

    @property
    def begun(self) -> int:
        """Conversations that have begun so far."""

    async def begin(self, number: int) -> None:
        """Begin the conversation of this visitor."""

    async def say(self, number: int, text: str) -> str:
        """Say something in it; the answer, once everything is on disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One round: how many turns took how long."""

    turns: int
    seconds: float
    cpu_seconds: float
    """Of the program that is measured, all threads."""
    waits: Sequence[float] = ()
    """Seconds that each turn took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What several rounds come to: medians."""

    turns_per_second: float
    cpu_microseconds: float
    """CPU of one turn."""
    p50: float
    """Milliseconds within which half of the turns were done."""
    p99: float


Measure = Callable[[], Awaitable[Reading]]


async def interleaved(ours: Measure, limit: Measure, rounds: int) -> tuple[Figure, Figure]:
    """Measure both in turn, so that whatever else the machine does meets both: A B, B A, A B, …."""
    ours_read: list[Reading] = []
    limit_read: list[Reading] = []
    sides = [(ours, ours_read), (limit, limit_read)]
    for _ in range(rounds):
        for measure, readings in sides:
            readings.append(await measure())
        sides.reverse()
    return summed_up(ours_read), summed_up(limit_read)


def summed_up(readings: Sequence[Reading]) -> Figure:
    """The medians of several rounds."""
    waits = sorted(wait for reading in readings for wait in reading.waits) or [0.0]
    return Figure(
        turns_per_second=median(reading.turns / reading.seconds for reading in readings),
        cpu_microseconds=median(reading.cpu_seconds / reading.turns for reading in readings) * 1e6,
        p50=waits[len(waits) // 2] * 1e3,
        p99=waits[len(waits) * 99 // 100] * 1e3,
    )


async def compared(ours: Program, limit: Program, at_once: int, effort: Effort) -> tuple[Figure, Figure]:
    """Lead so many conversations at once with both programs of this process."""
    batches = effort.batches(at_once, TURNS)
    return await interleaved(
        partial(talk, ours, at_once, batches), partial(talk, limit, at_once, batches), effort.rounds
    )


async def talk(program: Program, at_once: int, batches: int) -> Reading:
    """Lead so many conversations at once from their greeting to their end; beginning them is not timed."""
    waits: list[float] = []
    seconds = cpu_seconds = 0.0
    for _ in range(batches):
        visitors = new_visitors(at_once)
        await asyncio.gather(*(program.begin(number) for number in visitors))
        began, cpu_began = time.perf_counter(), time.process_time()
        await asyncio.gather(*(_converse(program, number, waits) for number in visitors))
        seconds += time.perf_counter() - began
        cpu_seconds += time.process_time() - cpu_began
    return Reading(turns=batches * at_once * TURNS, seconds=seconds, cpu_seconds=cpu_seconds, waits=waits)


def new_visitors(how_many: int) -> list[int]:
    """Numbers of visitors who have not been here."""
    return [next(_numbers) for _ in range(how_many)]


async def _converse(program: Program, number: int, waits: list[float]) -> None:
    for line in lines(number):
        began = time.perf_counter()
        answer = await program.say(number, line.text)
        waits.append(time.perf_counter() - began)
        check(line, answer)
