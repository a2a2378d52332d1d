"""What a real conversation writes, turn by turn: the rows that the bare limit then writes, too."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, cast

from sqlalchemy import Connection
from sqlmodel import SQLModel

from benchmarks.bare import Hole, Recorded, Write, person_of
from benchmarks.lead_dialog import TURNS, check, email_of, lines
from benchmarks.our_program import our_program
from storage.database import Database, open_database
from storage.statements import Dialects, Parameters, Statement, insert_into
from storage.transaction import Result, Transaction, Unit

_NUMBERS = ("conversation", "conversation_id", "lead", "lead_id")
"""Names of values that tell which conversation or lead a row belongs to."""
_KEYS = ("external_id", "public_id", "address", "person")


class _Hole:
    """Stands in a row for a visitor's own value while it is compiled."""

    def __init__(self, what: str) -> None:
        self.what = what


class Recorder(Transaction):
    """A transaction that remembers what is written through it."""

    __slots__ = ("_through", "dialect", "written")

    def __init__(self, through: Transaction) -> None:
        super().__init__()
        self.dialect = through.dialect
        self.hints = through.hints
        self.written: list[tuple[Statement, Parameters]] = []
        self._through = through

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection; what goes through it is not recorded."""
        return self._through.connection

    def rows(self, statement: Statement, parameters: Parameters) -> Sequence[Sequence[Any]]:
        """Run a statement that returns rows; recorded if it writes, too."""
        if not statement.for_sqlite(parameters)[0].startswith("SELECT"):
            self.written.append((statement, parameters))
        return self._through.rows(statement, parameters)

    def run(self, statement: Statement, parameters: Parameters) -> int:
        """Run a statement that changes rows."""
        self.written.append((statement, parameters))
        return self._through.run(statement, parameters)

    def run_many(self, statement: Statement, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each of many sets of values."""
        self.written += [(statement, one) for one in parameters]
        self._through.run_many(statement, parameters)


class RecordingDatabase:
    """A database that remembers what each unit of work wrote; all else it leaves to the one behind."""

    def __init__(self, through: Database) -> None:
        self.units: list[list[tuple[Statement, Parameters]]] = []
        self._through = through

    def __getattr__(self, name: str) -> Any:
        return getattr(self._through, name)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._through.close()

    async def write(self, unit: Unit[Result]) -> Result:
        """Run a unit that changes something."""

        def recorded(tx: Transaction) -> tuple[Result, Recorder]:
            recorder = Recorder(tx)
            return unit(recorder), recorder

        result, recorder = await self._through.write(recorded)
        self.units.append(recorder.written)
        return result


async def record(dialect: Dialects = "sqlite") -> Recorded:
    """Lead one conversation on a database of its own, and say what each turn wrote, in the SQL of ``dialect``."""
    number = 7
    with TemporaryDirectory(prefix="handraiser-record-") as folder:
        database = RecordingDatabase(await open_database(f"sqlite:///{folder}/recorded.db"))
        async with our_program(cast(Database, database)) as program:
            database.units.clear()
            await program.begin(number)
            for line in lines(number):
                check(line, await program.say(number, line.text))
    assert len(database.units) == TURNS + 1, "one turn, one commit"
    return [[_write(*one, number, dialect) for one in unit] for unit in database.units]


def _write(statement: Statement, parameters: Parameters, number: int, dialect: Dialects) -> Write:
    """The statement with holes; a row that SQL would number gets its number from the bare program."""
    sql = statement.for_sqlite(parameters)[0]
    own = dict(_with_holes(parameters, number))
    if "RETURNING" in sql:
        own["id"] = _Hole("number")
        statement = insert_into(SQLModel.metadata.tables[sql.split()[2]], *own)
    sql, values = statement.for_sqlite(own) if dialect == "sqlite" else statement.for_postgres(own)
    return Write(
        sql,
        [None if isinstance(value, _Hole) else value for value in values],
        [Hole(position, value.what) for position, value in enumerate(values) if isinstance(value, _Hole)],
    )


def _with_holes(parameters: Parameters, number: int) -> Iterator[tuple[str, Any]]:
    by_value = {person_of(number): "person", email_of(number): "email"}
    for name, value in parameters.items():
        if name in _NUMBERS and value is not None:
            yield name, _Hole("number")
        elif name in _KEYS and value is not None:
            yield name, _Hole(name)
        elif isinstance(value, str) and value in by_value:
            yield name, _Hole(by_value[value])
        else:
            yield name, value


def save_recorded(recorded: Recorded, path: Path) -> None:
    """Write recorded rows into a file, for a process that knows nothing of ours."""
    path.write_text(json.dumps(recorded), "utf-8")


def statements_per_turn(recorded: Recorded) -> float:
    """Rows that a message of the visitor changes or adds, on average."""
    return sum(len(turn) for turn in recorded[1:]) / TURNS
