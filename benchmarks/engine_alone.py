"""The engine alone, on one core: understanding, deciding, wording; nothing is kept, nothing is sent.

There is no limit to compare it with: the figure is this machine's, by CPU time, so that whatever else it does does not
count.
"""

import time
from datetime import UTC, datetime, timedelta

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

_MORNING = datetime(2027, 1, 5, 9, tzinfo=UTC)


async def measure(effort: Effort) -> Result:
    """Turns a second on one core."""
    script = compiled()
    _conversations(script, 5)  # What is computed once is computed.
    readings = [_conversations(script, max(1, effort.turns // TURNS)) for _ in range(effort.rounds)]
    figure = summed_up(readings)
    rate, cpu = figure.turns_per_second, figure.cpu_microseconds
    section = Section(
        title="Engine alone, on one core",
        columns=("turns/s", "CPU µs", "turns/s of CPU"),
        rows=[(f"{rate:,.0f}", f"{cpu:,.1f}", f"{1e6 / cpu:,.0f}")],
        note="a figure of this machine: there is nothing to compare it with",
    )
    figures: Figures = {"engine_turns_per_second": round(1e6 / cpu)}
    return Result(section=section, figures=figures)


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
