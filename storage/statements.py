"""SQL statements that are declared once and compiled once for each database, for the path every message takes."""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, Literal

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Dialects = Literal["sqlite", "postgresql"]
Parameters = Mapping[str, Any]
"""Values by bind name, already in the shape the driver takes: moments as microseconds, JSON as text."""

Compiled = tuple[str, tuple[Any, ...]]
_Order = Callable[[Parameters], tuple[Any, ...]]
_Recipe = tuple[str, Parameters, _Order]
"""SQL, the constants in it, and how to put values into its order."""

_SQLITE: Dialect = sqlite.dialect(paramstyle="qmark")
_POSTGRES: Dialect = asyncpg_dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy has no types there.


class Statement:
    """One statement, as SQLAlchemy Core writes it, or a function that makes it from a table's insert.

    ``columns`` names the columns that an insert or an update sets; each becomes a bind of the same name. Values
    are handed to the driver as they are: columns' own conversions do not take part here.
    """

    __slots__ = ("_columns", "_core", "_postgres", "_sqlite")

    def __init__(self, core: ClauseElement | Callable[[type[Any]], ClauseElement], *columns: str) -> None:
        self._core = core
        self._columns = list(columns) or None
        # Several threads may compile at the same time: each is set at once, and to the same.
        self._sqlite: _Recipe | None = None
        self._postgres: _Recipe | None = None

    def for_sqlite(self, parameters: Parameters) -> Compiled:
        """The SQL and the values, in their order, for SQLite."""
        if self._sqlite is None:
            self._sqlite = self._compile(_SQLITE, sqlite.Insert)
        sql, constants, order = self._sqlite
        return sql, order({**constants, **parameters} if constants else parameters)

    def for_postgres(self, parameters: Parameters) -> Compiled:
        """The SQL and the values, in their order, for PostgreSQL."""
        if self._postgres is None:
            self._postgres = self._compile(_POSTGRES, postgresql.Insert)
        sql, constants, order = self._postgres
        return sql, order({**constants, **parameters} if constants else parameters)

    def _compile(self, dialect: Dialect, insert: type[Any]) -> _Recipe:
        core = self._core if isinstance(self._core, ClauseElement) else self._core(insert)
        compiled = core.compile(dialect=dialect, column_keys=self._columns)
        assert isinstance(compiled, SQLCompiler)
        return compiled.string, _constants(compiled), _order(compiled.positiontup or [])


def _constants(compiled: SQLCompiler) -> dict[str, Any]:
    """Constants written into the statement: they are binds, too, and bring their value."""
    return {name: bind.effective_value for name in compiled.params if not (bind := compiled.binds[name]).required}


def insert_into(table: Table, *columns: str) -> Statement:
    """A plain insert of these columns."""
    return Statement(table.insert(), *columns)


def insert_new(table: Table, *columns: str) -> Statement:
    """An insert of these columns that does nothing where the row is there already."""
    return Statement(lambda insert: insert(table).on_conflict_do_nothing(), *columns)


def _nothing(parameters: Parameters) -> tuple[Any, ...]:
    return ()


def _order(names: list[str]) -> _Order:
    if not names:
        return _nothing
    if len(names) == 1:
        (name,) = names
        return lambda parameters: (parameters[name],)
    return itemgetter(*names)
