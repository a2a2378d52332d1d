"""``handraiser init``: a folder to begin with."""

import argparse
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.cli.command import DONE, Arguments, CalledWrongly, Command, CommandFailed, nearest_or_all
from bot.cli.finding import load_file
from bot.config import STARTER_SCRIPTS
from bot.script_files import files_in, named_files
from bot.visible import visible

_STARTER_FILE = Path(__file__).with_name("starter.toml")


def _arguments(arguments: Arguments) -> None:
    arguments.add_argument("folder", metavar="DIR", type=Path, help="a new or empty folder")
    arguments.add_argument("--script", metavar="NAME", help="which of the starter scripts (default: the first)")


def _run(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    starters = {path.stem: path for path in files_in(STARTER_SCRIPTS)}
    name = options.script or next(iter(starters))
    if name not in starters:
        raise CalledWrongly(f'there is no starter script "{name}"{nearest_or_all(name, starters)}')
    _refuse_to_overwrite(folder)
    dialogs = folder / "dialogs"
    (dialogs / "files").mkdir(parents=True, exist_ok=True)
    (dialogs / "pictures").mkdir(exist_ok=True)
    shutil.copyfile(_STARTER_FILE, folder / "handraiser.toml")
    script = dialogs / starters[name].name
    shutil.copyfile(starters[name], script)
    missing = _copy_files(starters[name], dialogs)
    print(f"Made {visible(str(folder))}:")
    print("  handraiser.toml           settings, all explained")
    print(f"  {'dialogs/' + script.name:24}  a script to change to your liking")
    print("  dialogs/files/            what visitors may download")
    print("  dialogs/pictures/         faces and pictures\n")
    if missing:
        print(f"Put {' and '.join(missing)} into dialogs/files: the script gives it away.\n")
    print("Next:")
    for command, purpose in _next_steps(folder, script):
        print(f"  {command:26}  # {purpose}" if purpose else f"  {command}")
    return DONE


def _next_steps(folder: Path, script: Path) -> Iterator[tuple[str, str]]:
    """What to type now, line by line as it stands, and what for."""
    if (activate := _activation()) is not None:
        yield f"source {shlex.quote(str(activate))}", "so that handraiser is found, once in each terminal"
    yield f"cd {visible(shlex.quote(str(folder)))}", ""
    yield f"handraiser chat {script.stem}", "talk to it here"
    yield "handraiser check", "see mistakes, by line and column"
    yield "handraiser run", "serve it, and change the script while it runs"


def _activation() -> Path | None:
    """What makes ``handraiser`` known to the shell, where it was called by its path."""
    activate = Path(sys.executable).with_name("activate")
    return activate if shutil.which("handraiser") is None and activate.is_file() else None


def _refuse_to_overwrite(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CommandFailed(f"{folder} is a file")
    for name in ("handraiser.toml", "dialogs"):
        if (folder / name).exists():
            raise CommandFailed(f"{folder / name} exists already, and nothing is overwritten; name another folder")


def _copy_files(starter: Path, dialogs: Path) -> list[str]:
    """Copy what the script names; what there is none of, by name."""
    script = load_file(starter).script
    missing = []
    for kind, name in named_files(script) if script is not None else ():
        source, target = starter.parent / kind / name, dialogs / kind / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        else:
            missing.append(name)
    return missing


INIT = Command(
    description="Make a folder with a script and a configuration to begin with. Nothing is overwritten.",
    examples="init my-chats\ninit . --script crm-guide",
    arguments=_arguments,
    run=_run,
)
