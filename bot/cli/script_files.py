"""Script files as the command line finds them: by path or by name, with what they need beside them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.cli.command import CalledWrongly, nearest_or_all
from bot.magnets import MAGNET_OPTIONS
from dialogs.checking import load_and_check
from dialogs.loading import LoadResult, Problem, Severity
from dialogs.script import START, Place, Script

ENDINGS = (".yaml", ".yml")
"""Endings of script files."""
_LARGEST_FILE = 4 * 1024 * 1024
"""More than a script may have: what is larger is not even read."""


def files_in(folder: Path) -> list[Path]:
    """The script files of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS and path.is_file())


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The script files that are named, and those of the folders that are named. Raises ``CalledWrongly``."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = files_in(path)
            if not found:
                raise CalledWrongly(f"there is no script (*.yaml) in {path}")
            files.extend(found)
        elif path.exists():
            files.append(path)
        else:
            raise CalledWrongly(f"there is no file {path}")
    return list(dict.fromkeys(files))


def load_file(path: Path) -> LoadResult:
    """Read and check one script, with the files it names. Raises ``OSError``."""
    with path.open("rb") as file:
        body = file.read(_LARGEST_FILE)
    result = load_and_check(body, called(path), MAGNET_OPTIONS)
    if result.script is None:
        return result
    problems = [*result.problems, *_missing_files(result.script, path)]
    return LoadResult(result.script, tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))))


def find_script(name: str, folder: Path) -> Path:
    """The file of a script, by its path or by the name in its line ``dialog:``. Raises ``CalledWrongly``."""
    path = Path(name)
    if path.is_file():
        return path
    if path.suffix in ENDINGS or "/" in name:
        raise CalledWrongly(f"there is no file {name}")
    names = {declared: file for file in reversed(files_in(folder)) for declared in _names_of(file)}
    if name not in names:
        raise CalledWrongly(f'there is no script "{name}" in {folder}{nearest_or_all(name, sorted(names))}')
    return names[name]


def _names_of(file: Path) -> Iterator[str]:
    """By what a script may be asked for, without reading all of it: its file's name, its own name."""
    yield file.stem
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                key, separator, value = line.partition(":")
                if separator and key == "dialog":
                    yield value.partition("#")[0].strip().strip("\"'")
                    return
    except OSError:
        return


def called(path: Path) -> str:
    """The path as messages name it: from the current folder where it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def named_files(script: Script) -> dict[tuple[str, str], Place]:
    """The files that a script names, as folder ("files" or "pictures") and name, and where it does."""
    named: dict[tuple[str, str], Place] = {}
    for magnet in script.magnets.values():
        for option in (magnet.options.get("file"), magnet.options.get("codes")):
            for name in _names_in(option):
                named.setdefault(("files", name), magnet.place)
    pictures = [(persona.picture, START) for persona in (script.persona, *script.personas.values())]
    pictures += [(getattr(step, "picture", None), step.place) for step in script.steps.values()]
    for picture, place in pictures:
        if picture and "://" not in picture:
            named.setdefault(("pictures", picture), place)
    return named


def _missing_files(script: Script, path: Path) -> Iterator[Problem]:
    """Files that a script names and that are not there: it may go live without them, but somebody will miss them."""
    for (folder, name), place in named_files(script).items():
        file = path.parent / folder / name
        if not file.is_file():
            yield Problem(called(path), place.line, place.column, f"there is no file {called(file)}", Severity.WARNING)


def _names_in(option: Any) -> tuple[str, ...]:
    """File names of an option, which may be written per language."""
    if isinstance(option, str):
        return (option,)
    return tuple(str(name) for name in option.values()) if isinstance(option, Mapping) else ()
