"""What is wrong with a script: problems with their places, and the report that gathers them."""

from dataclasses import dataclass
from enum import StrEnum

from dialogs.script import Place

MOST_ERRORS = 100
"""Errors after which reading a file stops: nobody reads on, and a hostile file should cost little."""


class Severity(StrEnum):
    """Whether a problem keeps a script from going live."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands, and what would be right."""

    path: str
    line: int
    """From 1."""
    column: int
    """From 1."""
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """``demo.yaml:14:7: unknown step "pricng", did you mean "pricing"?``; a warning says that it is one."""
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.path}:{self.line}:{self.column}: {warning}{self.message}"


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Without repeats, by their places."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column)))


class TooManyProblemsError(Exception):
    """The report is full; reading on helps nobody."""


class Report:
    """Gathers the problems of one file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._problems: list[Problem] = []
        self._errors = 0

    def error(self, place: Place, message: str) -> None:
        """Something that keeps the script from going live. Raises TooManyProblemsError at the hundredth."""
        self._problems.append(Problem(self._path, *place, message))
        self._errors += 1
        if self._errors == MOST_ERRORS:
            self._problems.append(Problem(self._path, *place, "there may be more problems; correct these first"))
            raise TooManyProblemsError

    def warn(self, place: Place, message: str) -> None:
        """Something the author should know."""
        self._problems.append(Problem(self._path, *place, message, Severity.WARNING))

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the script from going live."""
        return self._errors > 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, by their places."""
        return in_order(self._problems)
