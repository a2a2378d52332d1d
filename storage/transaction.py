"""A transaction as a unit of work sees it: the same on every database.

A unit is a plain function of a transaction. It commits when it returns and is undone when it raises. It may be run
more than once (another process was in the way, the connection broke), so it must do nothing outside the
database, and it must not wait for anything: on SQLite every writer waits behind it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from storage.statements import Dialects, Parameters, Statement

Result = TypeVar("Result")


class Hint(NamedTuple):
    """Something may be new. Hints may be lost or come twice: who gets one looks into the database."""

    conversation_id: int | None
    """None for "look at everything"."""
    last_seq: int
    """Number of the conversation's last message."""
    work: bool
    """Whether an effect or a timer was queued."""


class Transaction(ABC):
    """One transaction. Only valid inside the unit it was given to."""

    __slots__ = ("hints",)

    dialect: Dialects

    def __init__(self) -> None:
        self.hints: list[Hint] = []

    @property
    @abstractmethod
    def connection(self) -> Connection:
        """SQLAlchemy's connection, for everything off the message path. Never commit or roll it back yourself."""

    @abstractmethod
    def rows(self, statement: Statement, parameters: Parameters) -> Sequence[Sequence[Any]]:
        """Run a statement that returns rows."""

    @abstractmethod
    def run(self, statement: Statement, parameters: Parameters) -> int:
        """Run a statement that changes rows; how many it changed."""

    @abstractmethod
    def run_many(self, statement: Statement, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each of many sets of values."""

    def row(self, statement: Statement, parameters: Parameters) -> Sequence[Any] | None:
        """Run a statement that returns one row, or none."""
        found = self.rows(statement, parameters)
        return found[0] if found else None

    def hint(self, conversation_id: int, last_seq: int, *, work: bool = False) -> None:
        """Tell whoever listens, once this is committed, that a conversation has something new."""
        self.hints.append(Hint(conversation_id, last_seq, work))


Unit = Callable[[Transaction], Result]
