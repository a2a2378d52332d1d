"""Script files, and the files that they name beside them: gifts and codes in ``files``, pictures in ``pictures``.

A gift or a pool of codes that is not there keeps a script from going live; a picture that is not there does not.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dialogs.checking import WEB_ONLY, Limits, load_and_check
from dialogs.loading import LoadResult, Problem, Severity
from dialogs.script import START, Place, Script
from dialogs.spelling import did_you_mean

ENDINGS = (".yaml", ".yml")
"""Endings of script files."""
GIFTS, PICTURES = "files", "pictures"
"""Folders beside the scripts."""
_LARGEST = 4 * 1024 * 1024
"""More than a script may have: what is larger is not even read."""


def files_in(folder: Path) -> list[Path]:
    """The script files of a folder, by name. Raises ``OSError``."""
    return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS and path.is_file())


def declared_name(path: Path) -> str | None:
    """What the file's line ``dialog:`` says, without reading the rest; None when it has none or cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for line in lines:
                key, separator, value = line.partition(":")
                if separator and key.strip("\"' ") == "dialog" and not line.startswith(" "):
                    return value.partition(" #")[0].strip().strip("\"'")
    except OSError:
        pass
    return None


def load_with_files(
    path: Path,
    called: str,
    magnet_kinds: Mapping[str, type[BaseModel]],
    channels: Mapping[str, Limits] = WEB_ONLY,
    today: date | None = None,
) -> LoadResult:
    """Read and check a script and the files it names; ``script`` is None unless it may go live.

    ``called`` is its path as problems name it, ``channels`` are those it will be served on; without ``today`` nothing
    is said of what is over. Raises ``OSError`` when the
    script itself cannot be read.
    """
    with path.open("rb") as file:
        body = file.read(_LARGEST)
    result = load_and_check(body, called, magnet_kinds, channels, today)
    if result.script is None:
        return result
    found = list(_problems(result.script, path, called))
    refused = any(problem.severity is Severity.ERROR for problem in found)
    problems = sorted((*result.problems, *found), key=lambda problem: (problem.line, problem.column))
    return LoadResult(None if refused else result.script, tuple(problems))


def named_files(script: Script) -> dict[tuple[str, str], Place]:
    """The files that a script names, as folder (``GIFTS`` or ``PICTURES``) and name, and where it does."""
    named: dict[tuple[str, str], Place] = {}
    for magnet in script.magnets.values():
        for option in (magnet.options.get("file"), magnet.options.get("codes")):
            for name in _names_in(option):
                named.setdefault((GIFTS, name), magnet.place)
    pictures = [(persona.picture, START) for persona in (script.persona, *script.personas.values())]
    pictures += [(getattr(step, "picture", None), step.place) for step in script.steps.values()]
    for picture, place in pictures:
        if picture and "://" not in picture:
            named.setdefault((PICTURES, picture), place)
    return named


def pools_of(script: Script, path: Path) -> dict[str, Path]:
    """The pools of codes that a script read from ``path`` draws from, and the file of each: one code a line."""
    pools = (magnet.options.get("codes") for magnet in script.magnets.values())
    return {pool: path.parent / GIFTS / pool for pool in pools if isinstance(pool, str)}


def read_codes(file: Path) -> list[str]:
    """The codes in a file. Raises ``OSError`` and ``UnicodeDecodeError``."""
    return [code for line in file.read_text("utf-8-sig").splitlines() if (code := line.strip())]


def _problems(script: Script, path: Path, called: str) -> Iterator[Problem]:
    """Files that a script names and that cannot be given away or shown."""
    pools = pools_of(script, path).values()
    for (folder, name), place in named_files(script).items():
        file = path.parent / folder / name
        shown = (Path(called).parent / folder / name).as_posix()
        severity = Severity.ERROR if folder == GIFTS else Severity.WARNING
        if not _is_there(file):
            cure = did_you_mean(name, _files_below(path.parent / folder)) or "; put it there, or correct its name here"
            yield Problem(called, *place, f"there is no file {shown}{cure}", severity)
        elif trouble := _trouble_with(file, is_pool=file in pools):
            yield Problem(called, *place, f"{shown} {trouble}", severity)


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # No file can have such a name.
        return False


def _trouble_with(file: Path, *, is_pool: bool) -> str | None:
    try:
        if is_pool:
            read_codes(file)
        else:
            file.open("rb").close()
    except OSError as error:
        return f"cannot be read: {(error.strerror or str(error)).lower()}"
    except UnicodeDecodeError:
        return "is no text in UTF-8; save it as such, with one code a line"
    return None


def _files_below(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def _names_in(option: Any) -> tuple[str, ...]:
    """File names of an option, which may be written per language."""
    if isinstance(option, str):
        return (option,)
    return tuple(str(name) for name in option.values()) if isinstance(option, Mapping) else ()
