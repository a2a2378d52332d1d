"""``handraiser scripts``: what is published, what was, and what differs."""

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bot.cli.checking import shown
from bot.cli.command import DONE, FAILED, Arguments, CalledWrongly, Command, CommandFailed, nearest_or_all
from bot.cli.options import add_config, add_json, configuration, now, with_database
from bot.cli.script_files import files_in, load_file
from bot.cli.terminal import coloured, print_json, table
from bot.visible import visible
from dialogs.script import Script
from storage import magnets
from storage import scripts as stored
from storage.database import Database
from storage.transaction import Transaction

_FILE, _LIVE = "file", "live"


def _list(options: argparse.Namespace) -> int:
    live = with_database(options, lambda database: database.read(stored.live))
    if options.json:
        print_json(
            [
                {"name": one.name, "version": one.version, "published": one.published.isoformat(), "file": one.path}
                for one in live
            ]
        )
    elif live:
        rows = [(one.name, one.version, f"{one.published:%Y-%m-%d %H:%M}", one.path, one.note) for one in live]
        print(table(("NAME", "VERSION", "LIVE SINCE (UTC)", "FILE", "NOTE"), rows))
    else:
        print("Nothing is published yet. `handraiser run` publishes the scripts' folder, `scripts publish` one file.")
    return DONE


def _publish(options: argparse.Namespace) -> int:
    path: Path = options.path
    if not path.is_file():
        raise CalledWrongly(f"there is no file {path}")
    result = load_file(path)
    for problem in result.problems:
        print(shown(problem), file=sys.stderr)
    if result.script is None:
        print(f"{path} was not published; what was live before goes on.", file=sys.stderr)
        return FAILED
    script = result.script
    new = with_database(options, partial(_save, script=script, path=path, note=options.note), must_exist=False)
    if options.json:
        print_json({"name": script.name, "version": script.version, "published": new})
    elif new:
        print(f"{script.name} is live, version {script.version}. Conversations under way go over to it where they can.")
    else:
        print(f"{script.name} was live already in this version, {script.version}.")
    return DONE


async def _save(database: Database, *, script: Script, path: Path, note: str) -> bool:
    for pool, codes in _pools(script, path):
        await database.write(partial(magnets.load_codes, pool=pool, codes=codes))
    publish = partial(
        stored.publish,
        name=script.name,
        version=script.version,
        text=script.source,
        path=path.name,
        note=note,
        at=now(),
    )
    return await database.write(publish)


def _pools(script: Script, path: Path) -> Iterator[tuple[str, list[str]]]:
    """The codes that the script gives away, by the file they stand in."""
    for magnet in script.magnets.values():
        pool = magnet.options.get("codes")
        file = path.parent / "files" / pool if isinstance(pool, str) else None
        if isinstance(pool, str) and file is not None and file.is_file():
            yield pool, [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]


def _diff(options: argparse.Namespace) -> int:
    name = options.name
    before, after = options.before or _LIVE, options.after or (_LIVE if options.before else _FILE)
    folder = configuration(options).dialogs.folder

    def both(tx: Transaction) -> tuple[tuple[str, str], tuple[str, str]]:
        return _text(tx, name, before, folder), _text(tx, name, after, folder)

    (called_before, text_before), (called_after, text_after) = with_database(options, lambda db: db.read(both))
    lines = list(
        difflib.unified_diff(
            text_before.splitlines(), text_after.splitlines(), called_before, called_after, lineterm=""
        )
    )
    if not lines:
        print(f"{called_before} and {called_after} are the same.", file=sys.stderr)
    for line in lines:
        colour = {"+": "green", "-": "red", "@": "blue"}.get(line[0])
        print(coloured(visible(line), colour) if colour else visible(line))
    return DONE


def _text(tx: Transaction, name: str, version: str, folder: Path) -> tuple[str, str]:
    """What a version is called, and its text."""
    if version == _FILE:
        for path in files_in(folder):
            if (script := load_file(path).script) is not None and script.name == name:
                return str(path), script.source
        raise CommandFailed(f'there is no file of a script "{name}" without mistakes in {folder}; name two versions')
    found = _version(tx, name, version)
    text = stored.text_of(tx, name, found)
    assert text is not None
    return f"{name}@{found}", text


def _version(tx: Transaction, name: str, version: str) -> str:
    """The one version that begins so; ``live`` is the live one."""
    known = stored.versions(tx, name)
    if not known:
        names = [one.name for one in stored.live(tx)]
        raise CommandFailed(f'no script "{name}" was ever published{nearest_or_all(name, names)}')
    if version == _LIVE:
        return next(one.version for one in known if one.live)
    matching = [one.version for one in known if one.version.startswith(version.lower())]
    if len(matching) == 1:
        return matching[0]
    listed = ", ".join(one.version for one in known)
    problem = "is no version" if not matching else "is the beginning of several versions"
    raise CommandFailed(f'"{version}" {problem} of {name}; there are {listed}')


def _rollback(options: argparse.Namespace) -> int:
    def go_back(tx: Transaction) -> str:
        wanted = _version(tx, options.name, options.version or _LIVE)
        try:
            return stored.rollback(
                tx, name=options.name, version=wanted if options.version else None, note=options.note, at=now()
            )
        except stored.UnknownVersion as error:
            raise CommandFailed(str(error)) from error

    version = with_database(options, lambda database: database.write(go_back))
    if options.json:
        print_json({"name": options.name, "version": version})
    else:
        print(f"{options.name} is live in version {version}. Saving its file again publishes the file again.")
    return DONE


def _named(arguments: Arguments, extra: Sequence[tuple[str, str, str]] = ()) -> None:
    arguments.add_argument("name", metavar="NAME", help="the script's name")
    for name, metavar, text in extra:
        arguments.add_argument(name, metavar=metavar, nargs="?", help=text)
    add_config(arguments)


def _list_arguments(arguments: Arguments) -> None:
    add_config(arguments)
    add_json(arguments)


def _publish_arguments(arguments: Arguments) -> None:
    arguments.add_argument("path", metavar="PATH", type=Path, help="the script's file")
    arguments.add_argument("--note", default="", metavar="TEXT", help="why, for those who look at the versions later")
    add_config(arguments)
    add_json(arguments)


def _diff_arguments(arguments: Arguments) -> None:
    _named(
        arguments,
        (
            ("before", "A", "a version or its first digits, or live (default: live)"),
            ("after", "B", "likewise, or file for the file in the folder (default: file, or live when A is given)"),
        ),
    )


def _rollback_arguments(arguments: Arguments) -> None:
    _named(arguments, (("version", "VERSION", "a version or its first digits (default: the one before)"),))
    arguments.add_argument("--note", default="", metavar="TEXT", help="why, for those who look at the versions later")
    add_json(arguments)


LIST = Command(
    description="Show the scripts that visitors get.", examples="scripts list", arguments=_list_arguments, run=_list
)
PUBLISH = Command(
    description="Check a script and make it live, if it has no mistakes. The same text is the same version.",
    examples="scripts publish dialogs/demo.yaml --note 'shorter opening'",
    arguments=_publish_arguments,
    run=_publish,
)
DIFF = Command(
    description="Show what differs between two versions of a script, or between the live one and its file.",
    examples="scripts diff demo\nscripts diff demo 3f2a\nscripts diff demo 3f2a live",
    arguments=_diff_arguments,
    run=_diff,
)
ROLLBACK = Command(
    description="Make an earlier version of a script live again.",
    examples="scripts rollback demo\nscripts rollback demo 3f2a --note 'the new opening confuses people'",
    arguments=_rollback_arguments,
    run=_rollback,
)
