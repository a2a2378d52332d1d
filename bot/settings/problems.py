"""What is wrong with a configuration, said so that it can be put right without reading anything else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHOWN_MOST = 15
"""Problems that are listed: what fits on one screen."""


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing that is wrong."""

    where: str
    """``handraiser.toml:3``, the file alone, or "" for the environment, whose key says it all."""
    key: str
    """``web.port`` or ``HANDRAISER_WEB__PORT``; "" when it is about the file as a whole."""
    message: str
    """Why it is wrong and what would be right. Never holds a secret."""

    @property
    def line(self) -> int:
        """The line in the file; 0 when it is about no line."""
        match = re.search(r":(\d+)(?::\d+)?$", self.where)
        return int(match[1]) if match else 0

    def __str__(self) -> str:
        """``handraiser.toml:3: web.port: must be …``."""
        return ": ".join(part for part in (self.where, self.key, self.message) if part)


class ConfigError(Exception):
    """The configuration cannot be used; says everything that is wrong with it at once."""

    def __init__(self, problems: Sequence[ConfigProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, one a line, as many as fit on a screen."""
        count = len(self.problems)
        head = "The configuration has a mistake:" if count == 1 else f"The configuration has {count} mistakes:"
        lines = [head, *(f"  {problem}" for problem in self.problems[:SHOWN_MOST])]
        if count > SHOWN_MOST:
            lines.append(f"  and {count - SHOWN_MOST} more; correct these first")
        return "\n".join(lines)


def shown(value: object) -> str:
    """A value in an error: short, in one line, in the file's own notation."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            text = value if len(value) <= 40 else f"{value[:37]}..."
            return '"' + "".join(one if one.isprintable() else "?" for one in text) + '"'
        case int() | float():
            return shown(str(value))[1:-1]
        case dict():
            return "a section"
        case list() | tuple():
            return "a list"
        case _:
            return "a date or time"
