"""How often a turn waits for the disk: ``fsync`` and ``fdatasync``, counted by a few lines of C in front of libc.

The counting needs Linux and a C compiler; where either is missing, that is said instead of a number.
"""

import asyncio
import ctypes
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.effort import Effort
from benchmarks.lead_dialog import TURNS
from benchmarks.measuring import talk
from benchmarks.table import Result, Section, not_measured

TITLE = "Waiting for the disk (fsync and fdatasync), SQLite, in one process"
AT_ONCE = (1, 50)


async def measure(effort: Effort) -> Result:
    """Syncs per turn with 1 and with 50 conversations at once; a conversation's beginning is a turn, too."""
    names = [f"fsyncs_per_turn_{at_once}" for at_once in AT_ONCE]
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return not_measured(TITLE, "needs Linux and a C compiler (cc)", *names)
    with TemporaryDirectory(prefix="handraiser-bench-") as folder:
        try:
            counter = await asyncio.to_thread(_compile, compiler, Path(folder))
            counted = await asyncio.to_thread(_count_in_child, counter, Path(folder), effort)
        except subprocess.CalledProcessError as error:
            return not_measured(TITLE, error.stderr.decode().strip()[-500:], *names)
    rows = [(f"{at_once}", f"{counted[at_once]:.3f}") for at_once in AT_ONCE]
    section = Section(title=TITLE, columns=("at once", "syncs a turn"), rows=rows)
    return Result(section=section, figures={f"fsyncs_per_turn_{one}": round(counted[one], 4) for one in AT_ONCE})


def _compile(compiler: str, folder: Path) -> Path:
    library = folder / "count_syncs.so"
    source = Path(__file__).with_name("count_syncs.c")
    subprocess.run(
        [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True, capture_output=True
    )
    return library


def _count_in_child(counter: Path, folder: Path, effort: Effort) -> dict[int, float]:
    """Syncs per turn, by conversations at once, as a process that was started with the counter says."""
    batches = [str(effort.batches(at_once, TURNS)) for at_once in AT_ONCE]
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.syncs", str(counter), str(folder), *batches],
        env=os.environ | {"LD_PRELOAD": str(counter), "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=True,
        capture_output=True,
    )
    return {int(at_once): syncs for at_once, syncs in json.loads(child.stdout).items()}


async def _count(counter: Path, folder: Path, batches: list[int]) -> dict[int, float]:
    from benchmarks.our_program import our_program
    from storage.database import open_database

    syncs_so_far = ctypes.CDLL(str(counter)).syncs_so_far
    syncs_so_far.restype = ctypes.c_long
    counted = {}
    async with our_program(await open_database(f"sqlite:///{folder}/counted.db")) as program:
        for at_once, how_many in zip(AT_ONCE, batches, strict=True):
            before = syncs_so_far()
            await talk(program, at_once, how_many)
            counted[at_once] = (syncs_so_far() - before) / (at_once * how_many * (TURNS + 1))
    return counted


if __name__ == "__main__":
    library, folder, *numbers = sys.argv[1:]
    print(json.dumps(asyncio.run(_count(Path(library), Path(folder), [int(number) for number in numbers]))))
