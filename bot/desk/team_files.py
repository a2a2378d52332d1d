"""The team file as it lies on disk: reading it, and telling it from a script."""

import re
from pathlib import Path

from dialogs.desk.team import Known
from dialogs.desk.team_file import TeamResult, load_team
from dialogs.loading import Problem

_LARGEST = 4 * 1024 * 1024
"""More than a team file may have: what is larger is not even read."""
_SECTION = re.compile(rb"^(?:reps|routes|groups)\s*:", re.MULTILINE)
_DIALOG = re.compile(rb"^['\"]?dialog['\"]?\s*:", re.MULTILINE)


def read_team(path: Path, called: str, known: Known) -> TeamResult:
    """Read one team file; never raises. ``called`` is its path as problems name it."""
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return TeamResult(None, (Problem(called, 1, 1, f"the file cannot be read: {why}"),))
    return load_team(body, called, known)


def is_team_file(path: Path) -> bool:
    """Whether a file that somebody names is a team file and no script; no for what cannot be read."""
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST)
    except OSError:
        return False
    return _SECTION.search(body) is not None and _DIALOG.search(body) is None
