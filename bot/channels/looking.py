"""Careful looks into JSON of any shape. Pure; never raises."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LARGEST = 2**62


def text(given: object) -> str:
    """A text, without what no database takes (NUL, halves of characters); "" for anything else."""
    return _UNSTORABLE.sub("\ufffd", given) if isinstance(given, str) else ""


def whole(given: object) -> int | None:
    """A whole number; None for anything else."""
    return given if isinstance(given, int) and not isinstance(given, bool) and abs(given) < _LARGEST else None


def mapping(given: object) -> Mapping[str, Any]:
    """An object; an empty one for anything else."""
    return given if isinstance(given, dict) else {}


def sequence(given: object) -> Sequence[Any]:
    """A list; an empty one for anything else."""
    return given if isinstance(given, list) else ()
