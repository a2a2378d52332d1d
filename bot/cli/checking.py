"""``handraiser check``."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.cli.command import DONE, FAILED, Arguments, CalledWrongly, Command
from bot.cli.finding import called, files_of, load_file
from bot.cli.options import add_config, add_json, configuration
from bot.cli.terminal import coloured, print_json
from bot.script_files import files_in
from bot.visible import visible
from dialogs.loading import LoadResult, Problem, Severity


def _arguments(arguments: Arguments) -> None:
    arguments.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="scripts or folders; without any, those of the configuration",
    )
    add_config(arguments)
    add_json(arguments)


def _run(options: argparse.Namespace) -> int:
    files = files_of(options.paths) if options.paths else _configured(options)
    results = [(path, load_file(path)) for path in files]
    problems = [problem for _, result in results for problem in result.problems]
    problems += _name_clashes(results)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if options.json:
        print_json(_as_json(results, problems, errors, warnings))
        return FAILED if errors else DONE
    for problem in problems:
        print(shown(problem))
    print(f"{_count(len(files), 'script')}: {_count(errors, 'error')}, {_count(warnings, 'warning')}")
    return FAILED if errors else DONE


def shown(problem: Problem) -> str:
    """The problem in one line; errors and warnings in their colours."""
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    return f"{coloured(visible(place), colour)} {visible(str(problem).removeprefix(place).strip())}"


def _configured(options: argparse.Namespace) -> list[Path]:
    config = configuration(options)
    if config.path is not None and not options.json:
        print(f"{config.path}: the configuration is right", file=sys.stderr)
    files = files_in(config.dialogs.folder)
    if not files:
        raise CalledWrongly(f"there is no script (*.yaml) in {config.dialogs.folder}")
    return files


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
    results: Sequence[tuple[Path, LoadResult]], problems: Sequence[Problem], errors: int, warnings: int
) -> dict[str, Any]:
    files = [
        {"path": str(path), "name": script.name, "version": script.version} if (script := result.script) else
        {"path": str(path), "name": None, "version": None}
        for path, result in results
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
    return {"files": files, "problems": listed, "errors": errors, "warnings": warnings}


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


CHECK = Command(
    description="""\
Find mistakes in scripts, each as file:line:column. Errors keep a script from going live; warnings do not.
Without a path the configuration is checked, and every script of its folder.""",
    examples="check\ncheck dialogs/demo.yaml\ncheck dialogs --json",
    arguments=_arguments,
    run=_run,
)
