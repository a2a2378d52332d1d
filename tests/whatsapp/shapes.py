"""What the parameters of a call look like: which keys there are, which must be there, how long they may be.

Graph refuses a key it does not know with 100, a missing one with 131008, a wrong value with 131009.
"""

from dataclasses import dataclass
from typing import Any

from tests.whatsapp.refusals import Json, Malformed


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its kind, whether it must be there, the most characters or entries."""

    kind: type[Any]
    required: bool = False
    most: int | None = None
    values: tuple[str, ...] = ()


Keys = dict[str, Key]


def text(most: int | None = None, *, required: bool = False) -> Key:
    """A text of at least one character."""
    return Key(str, required, most)


def one_of(*values: str, required: bool = False) -> Key:
    """One of these texts."""
    return Key(str, required, None, values)


FLAG = Key(bool)
OBJECT = Key(dict)
LIST = Key(list)


def must(key: Key) -> Key:
    """The same, and it must be there."""
    return Key(key.kind, True, key.most, key.values)


def check(value: Any, keys: Keys, where: str) -> Json:
    """The object, if it is as it should be. Raises ``Malformed``."""
    if not isinstance(value, dict):
        raise Malformed(100, f"Param {where} must be a JSON object.")
    for name in value:
        if name not in keys:
            raise Malformed(100, f'Unexpected key "{name}" on param "{where}".')
    for name, key in keys.items():
        if value.get(name) is None:
            if key.required:
                raise Malformed(131008, f"The parameter {where}['{name}'] is required.")
            continue
        _check_value(value[name], key, f"{where}['{name}']")
    return value


def _check_value(value: Any, key: Key, where: str) -> None:
    if not isinstance(value, key.kind) or (isinstance(value, bool) and key.kind is not bool):
        raise Malformed(100, f"Param {where} must be of type {key.kind.__name__}.")
    if key.values and value not in key.values:
        raise Malformed(100, f"Param {where} must be one of {{{', '.join(key.values).upper()}}} - got {value!r}.")
    if key.kind is str and not key.values and not value.strip():
        raise Malformed(100, f"Param {where} must be a non-empty string.")
    if key.most is not None and len(value) > key.most:
        unit = "characters long" if key.kind is str else "entries"
        raise Malformed(100 if key.kind is str else 131009, f"Param {where} must be at most {key.most} {unit}.")
