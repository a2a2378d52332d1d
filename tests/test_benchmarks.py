"""The benchmarks run, say what they promise to say, and refuse a program that is fast and wrong. Nothing is timed."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from benchmarks.__main__ import ROOMS, main
from benchmarks.bare import BareProgram, SQLiteWriter
from benchmarks.effort import TINY
from benchmarks.lead_dialog import WrongAnswer
from benchmarks.lean_visitor import frame_of
from benchmarks.measuring import Figure, talk
from benchmarks.our_program import our_program
from benchmarks.recording import record
from benchmarks.servers import our_server
from benchmarks.table import Rates, targets
from benchmarks.through_socket import talk as talk_over
from storage.database import open_database
from storage.transaction import Transaction

FIGURES = {
    "engine": ("engine_turns_per_second",),
    "sqlite": ("durable_sqlite_ratio_1", "durable_sqlite_turns_per_second_2", "durable_sqlite_statements_per_turn"),
    "syncs": ("fsyncs_per_turn_1", "fsyncs_per_turn_50"),
    "socket": ("socket_ratio_1", "socket_turns_per_second_2"),
    "postgres": ("postgres_ratio_1", "postgres_ratio_2"),
    "alert": ("alert_p50_milliseconds", "alert_p99_milliseconds", "alert_limit_p99_milliseconds"),
    "start": ("cold_start_ratio", "resident_mib_after_start"),
    "crowd": ("crowd_p99_milliseconds", "limit_crowd_p99_milliseconds", "returning_seconds"),
    "widget": ("widget_closed_kib", "widget_first_message_kib", "widget_all_parts_kib"),
}


def test_every_room_says_which_figures_it_yields() -> None:
    assert FIGURES.keys() == ROOMS.keys()


@pytest.mark.parametrize("room", ROOMS)
async def test_each_room_measures_and_its_last_line_is_json(room: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert await main([room], TINY) == 0
    said = capsys.readouterr().out.splitlines()
    figures = json.loads(said[-1])
    if any("not measured: " in line for line in said):
        pytest.skip(next(line for line in said if "not measured: " in line))
    assert set(FIGURES[room]) <= figures.keys()
    assert all(value > 0 for name, value in figures.items() if name in FIGURES[room])


async def test_an_unknown_room_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert await main(["engin"], TINY) == 2
    assert "engin" in capsys.readouterr().err


class Parrot:
    """A program that is fast and wrong."""

    begun = 0

    async def begin(self, number: int) -> None: ...

    async def say(self, number: int, text: str) -> str:
        return text


async def test_a_wrong_answer_is_no_measurement() -> None:
    with pytest.raises(WrongAnswer, match="hello there"):
        await talk(Parrot(), 1, 1)


async def test_the_limit_writes_the_same_rows_as_we_do(tmp_path: Path) -> None:
    url = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("ours", "bare")}
    await (await open_database(url["bare"])).close()
    async with our_program(await open_database(url["ours"])) as ours:
        await talk(ours, 3, 1)
    with closing(SQLiteWriter(tmp_path / "bare.db")) as writer:
        await talk(BareProgram(await record(), writer), 3, 1)
    counted = {name: await rows_of(one) for name, one in url.items()}
    assert counted["ours"]["leads"] == 3
    assert counted["ours"] == counted["bare"]


async def rows_of(url: str) -> dict[str, int]:
    """Rows by table, but for those that tell of scripts."""

    def count(tx: Transaction) -> dict[str, int]:
        tables = [table for table in SQLModel.metadata.sorted_tables if "script" not in table.name]
        return {
            table.name: tx.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
            if table.name != "publications"
        }

    async with await open_database(url) as database:
        return await database.read(count)


async def test_a_visitor_of_the_socket_notices_a_wrong_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.servers.SCRIPT", "dialog: quote\ntitle: Hm\nsteps:\n  - say: Hm\n  - end: Bye\n")
    async with our_server(tmp_path) as server:
        with pytest.raises(WrongAnswer):
            await talk_over(server, 1, 1)


@pytest.mark.parametrize(
    ("size", "head"), [(3, b"\x81\x83\0\0\0\0"), (125, b"\x81\xfd\0\0\0\0"), (300, b"\x81\xfe\x01\x2c\0\0\0\0")]
)
def test_a_frame_says_how_long_it_is(size: int, head: bytes) -> None:
    assert frame_of(b"x" * size) == head + b"x" * size


def test_a_target_that_is_missed_is_called_missed() -> None:
    said = str(targets({"engine_turns_per_second": 29_999, "fsyncs_per_turn_1": 1.0, "socket_ratio_50": None}))
    assert "MISSED" in said.split("engine_turns_per_second")[1].splitlines()[0]
    assert "met" in said.split("fsyncs_per_turn_1")[1].splitlines()[0]
    assert "socket_ratio_50" not in said


def test_a_ratio_is_ours_to_the_limit() -> None:
    ours, limit = (Figure(turns_per_second=rate, cpu_microseconds=10, p50=1, p99=2) for rate in (250, 1000))
    rates = Rates("Turns", "turns", "bare")
    rates.add(50, ours, limit)
    result = rates.result()
    assert result.figures["turns_ratio_50"] == 0.25
    assert "25%" in str(result.section)
