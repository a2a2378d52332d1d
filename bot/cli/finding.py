"""Script files as the command line finds them: by path or by name."""

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.cli.command import CalledWrongly, nearest_or_all
from bot.cli.options import configuration, now
from bot.config import ConfigError
from bot.desk.team_files import read_team
from bot.magnets import MAGNET_OPTIONS
from bot.script_files import ENDINGS, declared_name, files_in, load_with_files
from dialogs.checking import WEB_ONLY, Limits
from dialogs.desk.known_names import known_names
from dialogs.desk.team import Known
from dialogs.desk.team_file import TeamResult
from dialogs.loading import LoadResult


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


def load_file(path: Path, channels: Mapping[str, Limits] = WEB_ONLY) -> LoadResult:
    """Read and check one script, with the files it names, for the channels it is served on. Raises ``OSError``."""
    return load_with_files(path, called(path), MAGNET_OPTIONS, channels, now().date())


def channels_of(options: argparse.Namespace) -> Mapping[str, Limits]:
    """The channels that are configured; where the configuration is not right, the website."""
    from bot.messengers.opening import channel_limits

    try:
        return channel_limits(configuration(options))
    except ConfigError:
        return WEB_ONLY


def load_team_file(path: Path, scripts: Iterable[LoadResult]) -> TeamResult:
    """Read and check the team file against the scripts that there are; with a broken one among them, or with none at
    all, it may speak of anything."""
    from bot.handoff import HANDOFF_TARGETS

    results = list(scripts)
    good = [result.script for result in results if result.script is not None]
    certain = bool(good) and len(good) == len(results)
    known = known_names(good, tuple(HANDOFF_TARGETS)) if certain else Known(targets=frozenset(HANDOFF_TARGETS))
    return read_team(path, called(path), known)


def find_script(name: str, folder: Path) -> Path:
    """The file of a script: by its path, by its name within ``folder``, or by what its line ``dialog:`` says.

    Raises ``CalledWrongly``.
    """
    path = Path(name)
    if path.is_file():
        return path
    if path.suffix in ENDINGS or "/" in name:
        if path.name == name and (folder / name).is_file():
            return folder / name
        raise CalledWrongly(f"there is no file {name}")
    files = files_in(folder)
    by_file = {file.stem: file for file in reversed(files)}
    by_dialog = {dialog: file for file in reversed(files) if (dialog := declared_name(file))}
    names = by_file | by_dialog
    if name not in names:
        raise CalledWrongly(f'there is no script "{name}" in {folder}{nearest_or_all(name, sorted(names))}')
    return names[name]


def called(path: Path) -> str:
    """The path as messages name it: from the current folder where it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
