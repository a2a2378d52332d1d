"""What a text is made of once it is read: fixed pieces, shown answers, and branches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Values: TypeAlias = Mapping[Any, Any]
Show: TypeAlias = Callable[[Values, Values], str]
"""The text to put in, of what people read and of the answers themselves; "" when there is none."""
Test: TypeAlias = Callable[[Values, Values], bool]


@dataclass(frozen=True, slots=True)
class Branch:
    """The first of several ways whose test holds."""

    ways: "tuple[tuple[Test, Parts], ...]"


Part: TypeAlias = "str | Show | Branch"
Parts: TypeAlias = "tuple[Part, ...]"
