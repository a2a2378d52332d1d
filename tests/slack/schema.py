"""Small checks that add up to the rules of Block Kit; each finds all that is wrong, and where.

The wording follows Slack's own ``response_metadata.messages``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Found:
    """What was found wrong."""

    problems: list[str] = field(default_factory=list)

    def add(self, problem: str, where: str) -> None:
        """Note one problem; ``where`` is a JSON pointer."""
        self.problems.append(f"[ERROR] {problem} [json-pointer:{where}]")


Check = Callable[[Any, str, Found], None]
"""Looks at a value that stands at a JSON pointer."""


def text(most: int, least: int = 1) -> Check:
    """A string of so many characters."""

    def check(value: Any, where: str, found: Found) -> None:
        if not isinstance(value, str):
            found.add("must be a string", where)
        elif len(value) > most:
            found.add(f"must be less than {most + 1} characters", where)
        elif len(value) < least:
            found.add(f"must be more than {least - 1} characters", where)

    return check


def flag(value: Any, where: str, found: Found) -> None:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        found.add("must be a boolean", where)


def whole(least: int, most: int) -> Check:
    """A whole number between two others, both included."""

    def check(value: Any, where: str, found: Found) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            found.add("must be an integer", where)
        elif not least <= value <= most:
            found.add(f"must be between {least} and {most}", where)

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, where: str, found: Found) -> None:
        if value not in values:
            found.add(f"must be a valid enum value: {', '.join(values)}", where)

    return check


def matching(pattern: Callable[[str], object], what: str, most: int = 3000) -> Check:
    """A string that means something."""

    def check(value: Any, where: str, found: Found) -> None:
        text(most)(value, where, found)
        if isinstance(value, str) and not pattern(value):
            found.add(f"must be {what}", where)

    return check


def many(item: Check, most: int, least: int = 1) -> Check:
    """A list of so many things."""

    def check(value: Any, where: str, found: Found) -> None:
        if not isinstance(value, list):
            found.add("must be an array", where)
            return
        if len(value) > most:
            found.add(f"no more than {most} items allowed", where)
        if len(value) < least:
            found.add(f"no fewer than {least} items allowed", where)
        for index, one in enumerate(value):
            item(one, f"{where}/{index}", found)

    return check


def thing(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with exactly these properties; ``type`` is looked at by ``kinds``."""
    all_of = {**required, **(optional or {})}

    def check(value: Any, where: str, found: Found) -> None:
        if not isinstance(value, dict):
            found.add("must be an object", where)
            return
        for key in required:
            if key not in value:
                found.add(f"missing required field: {key}", where)
        for key, one in value.items():
            if key == "type":
                continue
            if key not in all_of:
                found.add(f"invalid additional property: {key}", where)
            else:
                all_of[key](one, f"{where}/{key}", found)

    return check


def kinds(table: Mapping[str, Check]) -> Check:
    """An object whose ``type`` says what else it must be."""

    def check(value: Any, where: str, found: Found) -> None:
        if not isinstance(value, dict):
            found.add("must be an object", where)
        elif "type" not in value:
            found.add("missing required field: type", where)
        elif not isinstance(value["type"], str) or value["type"] not in table:
            found.add(f"unsupported type: {value['type']}", f"{where}/type")
        else:
            table[value["type"]](value, where, found)

    return check


def both(*checks: Check) -> Check:
    """All of these."""

    def check(value: Any, where: str, found: Found) -> None:
        for one in checks:
            one(value, where, found)

    return check
