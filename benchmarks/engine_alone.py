"""The engine alone, on one core: understanding, deciding, wording; nothing is kept, nothing is sent.

There is no limit to compare it with, so the machine is weighed beside it: by the CPU time of a piece of work in a
library, which is known from the machine on which the target was set.
"""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

from itsdangerous import URLSafeTimedSerializer

from benchmarks.compiling import compiled
from benchmarks.effort import Effort
from benchmarks.lead_dialog import TURNS, WrongAnswer, check, lines
from benchmarks.measuring import Reading, new_visitors, summed_up
from benchmarks.table import Figures, Result, Section
from dialogs.effects import Say
from dialogs.engine import take_turn
from dialogs.events import VisitorArrived, VisitorSaid
from dialogs.script import Script
from dialogs.state import Status
from dialogs.turn import Turn

REFERENCE_MICROSECONDS = 19.0
"""CPU time in which itsdangerous signed a small value where the target of turns a second was set."""
_SIGNATURES = 2000
_MORNING = datetime(2027, 1, 5, 9, tzinfo=UTC)


async def measure(effort: Effort) -> Result:
    """Turns a second on one core."""
    script = compiled()
    _conversations(script, 5)  # What is computed once is computed.
    readings, signing = [], []
    for _ in range(effort.rounds):
        readings.append(_conversations(script, max(1, effort.turns // TURNS)))
        signing.append(_signing_microseconds())
    figure = summed_up(readings)
    rate, cpu, slowness = figure.turns_per_second, figure.cpu_microseconds, median(signing) / REFERENCE_MICROSECONDS
    section = Section(
        title="Engine alone, on one core",
        columns=("turns/s", "CPU µs", "this machine's slowness", "turns/s without it"),
        rows=[(f"{rate:,.0f}", f"{cpu:,.1f}", f"{slowness:.2f}", f"{1e6 / cpu * slowness:,.0f}")],
        note=f"slowness: CPU time of a signature by itsdangerous, divided by {REFERENCE_MICROSECONDS:g} µs",
    )
    # By CPU time: what else the machine does is not the engine's doing.
    figures: Figures = {
        "engine_turns_per_second": round(1e6 / cpu),
        "machine_slowness": round(slowness, 3),
        "engine_turns_per_second_at_reference_speed": round(1e6 / cpu * slowness),
    }
    return Result(section=section, figures=figures)


def _signing_microseconds() -> float:
    """CPU time of one signature."""
    signer = URLSafeTimedSerializer("a secret of the benchmark")
    began = time.process_time()
    for _ in range(_SIGNATURES):
        signer.dumps({"a": 1})
    return (time.process_time() - began) / _SIGNATURES * 1e6


def _conversations(script: Script, how_many: int) -> Reading:
    """Lead so many conversations from their greeting to their end; what was said is checked when the clock stands."""
    arrived = VisitorArrived(at=_MORNING, person="web:1", channel="web", language="en")
    begun = take_turn(script, None, arrived).state
    seconds = cpu_seconds = 0.0
    for number in new_visitors(how_many):
        spoken = lines(number)
        events = [VisitorSaid(at=_MORNING + timedelta(seconds=n), text=line.text) for n, line in enumerate(spoken, 1)]
        turns: list[Turn] = []
        began, cpu_began = time.perf_counter(), time.process_time()
        state = begun
        for event in events:
            turn = take_turn(script, state, event)
            state = turn.state
            turns.append(turn)
        seconds += time.perf_counter() - began
        cpu_seconds += time.process_time() - cpu_began
        for line, turn in zip(spoken, turns, strict=True):
            check(line, "\n".join(effect.text for effect in turn.effects if isinstance(effect, Say)))
        if state.status is not Status.ENDED:
            raise WrongAnswer("the conversation did not come to its end")
    return Reading(turns=how_many * TURNS, seconds=seconds, cpu_seconds=cpu_seconds)
