"""``handraiser check``."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.cli.command import DONE, FAILED, Arguments, CalledWrongly, Command
from bot.cli.finding import called, channels_of, files_of, load_file, load_team_file
from bot.cli.options import add_config, add_json, configuration
from bot.cli.terminal import coloured, print_json
from bot.desk.team_files import is_team_file
from bot.script_files import files_in
from bot.visible import visible
from dialogs.desk.team_file import TeamResult
from dialogs.loading import LoadResult, Problem, Severity


def _arguments(arguments: Arguments) -> None:
    arguments.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="scripts, folders or a team file; without any, those of the configuration",
    )
    add_config(arguments)
    add_json(arguments)


def _run(options: argparse.Namespace) -> int:
    files, teams = _named(options) if options.paths else _configured(options)
    channels = channels_of(options)
    results = [(path, load_file(path, channels)) for path in files]
    teams_read = [(path, load_team_file(path, [result for _, result in results])) for path in teams]
    problems = [problem for _, result in results for problem in result.problems]
    problems += [*_name_clashes(results), *(problem for _, team in teams_read for problem in team.problems)]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if options.json:
        print_json(_as_json(results, teams_read, problems, errors, warnings))
        return FAILED if errors else DONE
    for problem in problems:
        print(shown(problem))
    print(f"{_looked_at(len(files), len(teams))}: {_count(errors, 'error')}, {_count(warnings, 'warning')}")
    return FAILED if errors else DONE


def shown(problem: Problem) -> str:
    """The problem in one line; errors and warnings in their colours."""
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    return f"{coloured(visible(place), colour)} {visible(str(problem).removeprefix(place).strip())}"


def _looked_at(scripts: int, teams: int) -> str:
    parts = [_count(scripts, "script")] if scripts or not teams else []
    return " and ".join([*parts, _count(teams, "team file")] if teams else parts)


def _named(options: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """The scripts and the team files that are named."""
    teams = [path for path in options.paths if path.is_file() and is_team_file(path)]
    return files_of(path for path in options.paths if path not in teams), list(dict.fromkeys(teams))


def _configured(options: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """The scripts and the team file of the configuration."""
    config = configuration(options)
    if config.path is not None and not options.json:
        print(f"{config.path}: the configuration is right", file=sys.stderr)
    files = files_in(config.dialogs.folder)
    if not files:
        raise CalledWrongly(f"there is no script (*.yaml) in {config.dialogs.folder}")
    team = config.handoff.team
    return files, [team] if team is not None else []


def _name_clashes(results: Sequence[tuple[Path, LoadResult]]) -> Iterable[Problem]:
    """Two files of one name: the one that is saved last would be what visitors get."""
    files: dict[str, Path] = {}
    for path, result in results:
        if result.script is None:
            continue
        other = files.setdefault(result.script.name, path)
        if other is not path and other.parent == path.parent:
            message = f'"{result.script.name}" is also the name of the script in {other.name}; give it another one'
            yield Problem(called(path), 1, 1, message)


def _as_json(
    results: Sequence[tuple[Path, LoadResult]],
    teams: Sequence[tuple[Path, TeamResult]],
    problems: Sequence[Problem],
    errors: int,
    warnings: int,
) -> dict[str, Any]:
    files = [
        {"path": str(path), "name": script.name, "version": script.version} if (script := result.script) else
        {"path": str(path), "name": None, "version": None}
        for path, result in results
    ]  # fmt: skip
    found = [
        {"path": str(path), "people": len(team.members), "routes": len(team.routes)} if (team := result.team) else
        {"path": str(path), "people": None, "routes": None}
        for path, result in teams
    ]  # fmt: skip
    listed = [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity.value,
            "message": problem.message,
        }
        for problem in problems
    ]
    return {"files": files, "teams": found, "problems": listed, "errors": errors, "warnings": warnings}


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


CHECK = Command(
    description="""\
Find mistakes in scripts and in the team file, each as file:line:column. Errors keep a file from going live; warnings
do not. Without a path the configuration is checked, every script of its folder, and its team file. A team file is
checked against the scripts that are checked with it.""",
    examples="check\ncheck dialogs/demo.yaml\ncheck dialogs team.yaml\ncheck dialogs --json",
    arguments=_arguments,
    run=_run,
)
