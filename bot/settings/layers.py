"""Where settings come from: the file and, over it, the environment; each as a table of what was given where."""

import re
import stat
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.settings.places import find_lines, line_of, named_in
from bot.settings.problems import ConfigProblem
from dialogs.spelling import did_you_mean

PREFIX = "HANDRAISER_"
FILE_VARIABLE = "HANDRAISER_CONFIG"
"""Names the file."""
_LARGEST_FILE = 1024 * 1024
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TWICE = re.compile(r"Cannot (?:overwrite|declare|redefine|mutate|add)")


@dataclass(frozen=True, slots=True)
class Given:
    """One value that somebody wrote."""

    value: Any = field(repr=False)
    where: str
    """File and line, or "" for the environment."""
    called: str
    """What it is called there: ``web.port`` or ``HANDRAISER_WEB__PORT``."""
    folder: Path
    """Relative paths count from here."""
    is_text: bool
    """Whether it comes from the environment, where everything is text."""

    def problem(self, message: str) -> ConfigProblem:
        """What is wrong with it."""
        return ConfigProblem(self.where, self.called, message)


Table = dict[str, dict[str, Given]]
"""Section to key to value."""


@dataclass(slots=True)
class Layer:
    """Everything one source says."""

    table: Table = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    """Where each section of a file begins."""
    problems: list[ConfigProblem] = field(default_factory=list)


def read_file(path: Path, sections: Collection[str]) -> Layer:
    """What a file says. Whatever is wrong with the file as a whole is its layer's only problem."""
    layer = Layer()
    text = _text_of(path, layer)
    if text is None:
        return layer
    try:
        data = tomllib.loads(text)
    except RecursionError:
        layer.problems.append(ConfigProblem(str(path), "", "is nested too deeply to be read"))
        return layer
    except ValueError as error:
        layer.problems.append(_broken(path, text, str(error)))
        return layer
    lines = find_lines(text)
    for section, keys in data.items():
        line = line_of(lines, (section,))
        where = f"{path}:{line}" if line else str(path)
        if not isinstance(keys, dict):
            layer.problems.append(ConfigProblem(where, section, _no_section(section, sections)))
            continue
        layer.sections[section] = where
        layer.table[section] = {}
        for key, value in keys.items():
            line = line_of(lines, (section, key))
            where = f"{path}:{line}" if line else str(path)
            layer.table[section][key] = Given(value, where, f"{section}.{key}", path.parent.absolute(), False)
    return layer


def read_environment(environ: Mapping[str, str], known: Mapping[str, Collection[str]]) -> Layer:
    """What the environment says: ``HANDRAISER_WEB__PORT`` is ``port`` of ``[web]``. ``known``: keys by section."""
    layer = Layer()
    folder = Path.cwd()
    for name, value in environ.items():
        if not name.startswith(PREFIX) or name == FILE_VARIABLE:
            continue
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if not separator:
            if meant := _one_underscore(name, value, known):
                layer.problems.append(ConfigProblem("", name, f"needs two underscores: {meant}"))
        elif not section or not key:
            layer.problems.append(ConfigProblem("", name, "must look like HANDRAISER_WEB__PORT"))
        else:
            layer.table.setdefault(section, {})[key] = Given(value, "", name, folder, True)
    return layer


def variable(section: str, key: str) -> str:
    """The name of a setting in the environment."""
    return f"{PREFIX}{section}__{key}".upper()


def _one_underscore(name: str, value: str, known: Mapping[str, Collection[str]]) -> str | None:
    """The setting that was probably meant. Kubernetes sets names alike for its services: those are no mistake."""
    if value.startswith(("tcp://", "udp://", "sctp://")):
        return None
    settings = (variable(section, key) for section, keys in known.items() for key in keys)
    return next((setting for setting in settings if setting.replace("__", "_") == name), None)


def _text_of(path: Path, layer: Layer) -> str | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise IsADirectoryError
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            layer.problems.append(ConfigProblem(str(path), "", "is larger than 1 MiB; is it the right file?"))
            return None
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        message = "there is no such file; config.example.toml shows all settings, and without a file defaults are used"
    except IsADirectoryError:
        message = "is no file"
    except PermissionError:
        message = "may not be read by this user; change its owner or its permissions (chmod u+r)"
    except UnicodeDecodeError:
        message = "is not UTF-8 text; save it as UTF-8"
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or 'its name is no path'}"
    layer.problems.append(ConfigProblem(str(path), "", message))
    return None


def _broken(path: Path, text: str, error: str) -> ConfigProblem:
    """What is wrong with the TOML; never quotes the file, which may hold secrets."""
    match = _AT.search(error)
    line, column = (int(match[1]), int(match[2])) if match and match[1] else (text.count("\n") + 1, 1)
    what = error[: match.start()] if match else "a number is too long"
    if _TWICE.match(what):
        what = _said_before(text, line)
    elif what.startswith("Invalid value"):
        what = 'this value cannot be read; texts stand in "quotation marks", and it is true and false in lower case'
    elif "after key" in what or "Invalid statement" in what:
        what = "this is neither a [section] nor a setting such as port = 8080"
    else:
        what = f"this is no TOML: {what[:1].lower()}{what[1:]}"
    return ConfigProblem(f"{path}:{line}:{column}", "", what)


def _said_before(text: str, line: int) -> str:
    """That what a line names was named before, and where."""
    path = next((path for number, path in named_in(text) if number == line), ())
    first = find_lines(text).get(path, line)
    if first == line:
        return "this stands here for the second time"
    if len(path) == 1:
        return f"the section [{path[0]}] begins in line {first} already; write its settings there"
    return f"{path[-1]} stands in line {first} already; keep one of them"


def _no_section(key: str, sections: Collection[str]) -> str:
    if key in sections:
        return f"must be a section: [{key}]"
    meant = did_you_mean(key, sections)
    return f"stands outside of any section{meant}" if meant else "stands outside of any section, such as [web]"
