"""Sections that adapters read themselves: from what was written to frozen values, mistakes told with their lines."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.settings.layers import Given, Layer, variable
from bot.settings.places import find_lines
from bot.settings.problems import ConfigError, ConfigProblem
from bot.settings.reading import Reader, keys_of

Settings = TypeVar("Settings")


def needing(messages: Mapping[str, str]) -> Callable[[object], Mapping[str, str]]:
    """For ``lacking``: keys without which nothing works, each with what to say where it is missing."""
    return lambda settings: {key: told for key, told in messages.items() if not getattr(settings, key)}


def read_adapter_section(
    name: str,
    model: type[Settings],
    section: Mapping[str, Any],
    path: Path | None,
    lacking: Callable[[Settings], Mapping[str, str]],
) -> Settings:
    """A section's values. ``path``: the file it stands in; what it does not hold comes from the environment.

    ``lacking`` says what is missing, by key. Raises ``ConfigError`` with everything that is wrong or missing.
    """
    places = _places(path)
    known = keys_of(cast(type[Any], model))
    table = {key: _given(name, key, value, places, path, is_known=key in known) for key, value in section.items()}
    reader = Reader((Layer(table={name: table}),), path.parent if path is not None else Path.cwd())
    settings = reader.section(name, model)
    wrong = {problem.key.rpartition(".")[2].rpartition("__")[2].lower() for problem in reader.problems}
    where = f"{path}:{places[name,]}" if (name,) in places else ""
    reader.problems.extend(
        ConfigProblem(where, f"{name}.{key}", message) for key, message in lacking(settings).items() if key not in wrong
    )
    if reader.problems:
        raise ConfigError(reader.problems)
    return settings


def _given(
    name: str, key: str, value: object, places: Mapping[tuple[str, ...], int], path: Path | None, *, is_known: bool
) -> Given:
    lines = (line for place, line in places.items() if place[:2] in ((name, key), (name, f"{key}_file")))
    line = min(lines, default=None)
    if path is not None and line is not None:
        return Given(value, f"{path}:{line}", f"{name}.{key}", path.parent, False)
    if path is not None:
        return Given(value, "", variable(name, key), Path(), isinstance(value, str))
    # Without a file it comes from the environment, where everything is text, or from a program.
    return Given(value, "", f"{name}.{key}", Path(), isinstance(value, str) and is_known)


def _places(path: Path | None) -> Mapping[tuple[str, ...], int]:
    if path is None:
        return {}
    try:
        return find_lines(path.read_text("utf-8-sig").replace("\r\n", "\n"))
    except (OSError, ValueError):
        return {}
