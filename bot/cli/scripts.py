"""``handraiser scripts``: what is published, what was, and what differs."""

import argparse
import difflib
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.checking import shown
from bot.cli.command import DONE, FAILED, Arguments, CalledWrongly, Command, CommandFailed, nearest_or_all
from bot.cli.finding import channels_of, load_file
from bot.cli.options import add_config, add_json, configuration, now, with_database
from bot.cli.terminal import coloured, print_json, table
from bot.folder import load_codes
from bot.script_files import files_in
from bot.visible import visible
from dialogs.script import Script
from storage import scripts as stored
from storage.database import Database
from storage.scripts import StoredVersion
from storage.transaction import Transaction

_FILE, _LIVE = "file", "live"


def _list(options: argparse.Namespace) -> int:
    if options.name is not None:
        return _list_versions(options)
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


def _list_versions(options: argparse.Namespace) -> int:
    versions = with_database(options, lambda database: database.read(partial(_versions, name=options.name)))
    if options.json:
        print_json([_version_as_json(one) for one in versions])
        return DONE
    rows = [
        ("live" if one.live else "", one.version, f"{one.published:%Y-%m-%d %H:%M}", one.path, _notes(one))
        for one in versions
    ]
    print(table(("", "VERSION", "WENT LIVE (UTC)", "FILE", "NOTE"), rows))
    if not any(one.live for one in versions):
        print(f"{options.name} was taken off: no visitor gets it.", file=sys.stderr)
    return DONE


def _version_as_json(one: StoredVersion) -> dict[str, Any]:
    return {
        "version": one.version,
        "live": one.live,
        "created": one.created.isoformat(),
        "published": one.published.isoformat(),
        "file": one.path,
        "note": one.note,
        "why": one.why,
    }


def _notes(one: StoredVersion) -> str:
    """Why it was made, and if that is another reason, why it went live last."""
    return "; ".join(dict.fromkeys(filter(None, (one.note, one.why))))


def _publish(options: argparse.Namespace) -> int:
    path: Path = options.path
    if not path.is_file():
        raise CalledWrongly(f"there is no file {path}")
    result = load_file(path, channels_of(options))
    for problem in result.problems:
        print(shown(problem), file=sys.stderr)
    if result.script is None:
        print(f"{path} was not published; what was live before goes on.", file=sys.stderr)
        return FAILED
    script = result.script
    save = partial(_save, script=script, path=path, called=_called(path, options), note=options.note)
    new = with_database(options, save, must_exist=False)
    if options.json:
        print_json({"name": script.name, "version": script.version, "published": new})
    elif new:
        print(f"{script.name} is live, version {script.version}. Conversations under way go over to it where they can.")
    else:
        print(f"{script.name} was live already in this version, {script.version}.")
    return DONE


async def _save(database: Database, *, script: Script, path: Path, called: str, note: str) -> bool:
    await load_codes(database, script, path)
    publish = partial(
        stored.publish,
        name=script.name,
        version=script.version,
        text=script.source,
        path=called,
        note=note,
        at=now(),
    )
    return await database.write(publish)


def _called(path: Path, options: argparse.Namespace) -> str:
    """The file as it is remembered: by its name within the scripts' folder, by all of its path elsewhere."""
    whole = path.resolve()
    return path.name if whole.parent == configuration(options).dialogs.folder.resolve() else str(whole)


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
    known = _versions(tx, name)
    if version == _LIVE:
        live = next((one.version for one in known if one.live), None)
        if live is None:
            raise CommandFailed(f"no version of {name} is live: it was taken off; there are {_listed(known)}")
        return live
    matching = [one.version for one in known if one.version.startswith(version.lower())]
    if len(matching) == 1:
        return matching[0]
    problem = "is no version" if not matching else "is the beginning of several versions"
    raise CommandFailed(f'"{version}" {problem} of {name}; there are {_listed(known)}')


def _versions(tx: Transaction, name: str) -> list[StoredVersion]:
    """Every version of a script. Raises ``CommandFailed`` when there is none."""
    known = stored.versions(tx, name)
    if not known:
        names = [one.name for one in stored.live(tx)]
        raise CommandFailed(f'no script "{name}" was ever published{nearest_or_all(name, names)}')
    return known


def _listed(versions: Sequence[StoredVersion]) -> str:
    return ", ".join(one.version for one in versions)


def _rollback(options: argparse.Namespace) -> int:
    name = options.name

    def go_back(tx: Transaction) -> str:
        _versions(tx, name)
        wanted = _version(tx, name, options.version) if options.version else None
        try:
            return stored.rollback(tx, name=name, version=wanted, note=options.note, at=now())
        except stored.UnknownVersion as error:
            raise CommandFailed(f"{error}; `handraiser scripts list {name}` shows all there are") from error

    version = with_database(options, lambda database: database.write(go_back))
    if options.json:
        print_json({"name": options.name, "version": version})
    else:
        print(f"{options.name} is live in version {version}. Saving its file again publishes the file again.")
    return DONE


def _retire(options: argparse.Namespace) -> int:
    name = options.name

    def take_off(tx: Transaction) -> str:
        _versions(tx, name)
        try:
            return stored.retire(tx, name=name, note=options.note, at=now())
        except stored.UnknownVersion as error:
            raise CommandFailed(f"{name} was taken off already") from error

    version = with_database(options, lambda database: database.write(take_off))
    if options.json:
        print_json({"name": name, "retired": version})
        return DONE
    print(f"{name} is taken off: nobody begins it any more; conversations under way go on to their end.")
    print(f"`handraiser scripts rollback {name}` brings it back, and so does saving its file again.")
    return DONE


def _named(arguments: Arguments, extra: Sequence[tuple[str, str, str]] = ()) -> None:
    arguments.add_argument("name", metavar="NAME", help="the script's name")
    for name, metavar, text in extra:
        arguments.add_argument(name, metavar=metavar, nargs="?", help=text)
    add_config(arguments)


def _list_arguments(arguments: Arguments) -> None:
    arguments.add_argument("name", metavar="NAME", nargs="?", help="show all versions of this script")
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
    _named(arguments, (("version", "VERSION", "a version or its first digits (default: what was live before)"),))
    arguments.add_argument("--note", default="", metavar="TEXT", help="why, for those who look at the versions later")
    add_json(arguments)


def _retire_arguments(arguments: Arguments) -> None:
    _named(arguments)
    arguments.add_argument("--note", default="", metavar="TEXT", help="why, for those who look at the versions later")
    add_json(arguments)


LIST = Command(
    description="Show the scripts that visitors get, or every version of one, that which went live last first.",
    examples="scripts list\nscripts list demo --json",
    arguments=_list_arguments,
    run=_list,
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
    description="""\
Make an earlier version of a script live again: the one named, or what was live before the present one was
published. Saving the script's file again publishes the file again.""",
    examples="scripts rollback demo\nscripts rollback demo 3f2a --note 'the new opening confuses people'",
    arguments=_rollback_arguments,
    run=_rollback,
)
RETIRE = Command(
    description="""\
Take a script off: no visitor begins it any more. Conversations under way go on to their end; nothing is deleted.""",
    examples="scripts retire demo\nscripts retire demo --note 'the offer is over'",
    arguments=_retire_arguments,
    run=_retire,
)
