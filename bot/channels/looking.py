"""Careful looks into JSON of any shape. Pure; never raises."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTENT_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}", re.IGNORECASE)
_LARGEST = 2**62
_LATEST = 253_402_300_799
"""The last second of the year 9999."""
_NAME_MOST = 200


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


def moment(given: object) -> datetime | None:
    """A Unix time, as a number or in digits; None for anything else."""
    digits = text(given)
    seconds = int(digits) if re.fullmatch("[0-9]{1,12}", digits) else whole(given)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds <= _LATEST else None


def content_type(given: object, otherwise: str) -> str:
    """What kind of file something is, in lower case and without parameters; ``otherwise`` for what says none."""
    kind = text(given).partition(";")[0].strip()
    return kind.lower() if _CONTENT_TYPE.fullmatch(kind) else otherwise


def file_name(given: object) -> str:
    """A file's name without folders and control characters, its ending kept; "" for what is none."""
    last = "".join(one for one in re.split(r"[/\\]", text(given))[-1] if one.isprintable()).strip(" .")
    if len(last) <= _NAME_MOST:
        return last
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: _NAME_MOST - 20]}{dot}{ending[:19]}" if dot else last[:_NAME_MOST]
