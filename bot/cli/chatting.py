"""``handraiser chat``: talk to a script in the terminal, and see beside the talk what it understands and counts."""

import argparse
import json
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.cli.command import DONE, Arguments, Command, CommandFailed
from bot.cli.finding import find_script, load_file
from bot.cli.options import add_config, add_json, configuration, now
from bot.cli.rehearsal import Rehearsal
from bot.cli.terminal import coloured, print_json
from bot.cli.turns import turn_as_json, turn_lines
from bot.uploads.folder import looked_at
from bot.visible import visible
from dialogs.loading import Severity
from dialogs.script import Script
from dialogs.source import read_touch
from dialogs.state import Status, dump_state
from dialogs.turn import Turn

_HELP = """\
  /state         everything the conversation knows
  /score         why the lead has its points
  /wait          let time pass until the next timer
  /file PATH     send a file; what lies there is only looked at
  /did ACT       do something that counts: /did guide.opened
  /return        come back in a new visit
  /reload        read the script's file again and go on with it
  /restart       begin anew
  /quit          end (as does Ctrl-D)
  A number presses a button. A message that begins with / is written with two: //"""


def _arguments(arguments: Arguments) -> None:
    arguments.add_argument("script", metavar="SCRIPT", help="a file, or the name of a script in the configured folder")
    arguments.add_argument("--language", metavar="TAG", help="the visitor's: en, de-AT ...")
    arguments.add_argument("--region", metavar="COUNTRY", help="the visitor's country: DE, US ...")
    arguments.add_argument("--channel", metavar="NAME", default="web", help="the channel to be on (default: web)")
    arguments.add_argument("--page", metavar="URL", help="the page to come from, perhaps with ?utm_source=...")
    add_config(arguments)
    add_json(arguments)


def _run(options: argparse.Namespace) -> int:
    path = Path(options.script)
    if not path.is_file():
        path = find_script(options.script, configuration(options).dialogs.folder)
    talk = Rehearsal(
        script=_load(path),
        clock=now,
        person=secrets.token_hex(8),
        channel=options.channel,
        language=options.language,
        region=options.region.upper() if options.region else None,
        touch=read_touch(options.page, None, now()) if options.page else None,
    )
    desk = _Desk(talk, path, as_json=options.json)
    desk.begin()
    for text in _said(quiet=options.json):
        if not desk.hear(text):
            break
    return DONE


class _Desk:
    """Shows a talk, and does what is typed."""

    def __init__(self, talk: Rehearsal, path: Path, *, as_json: bool) -> None:
        self._talk = talk
        self._path = path
        self._as_json = as_json

    def begin(self) -> None:
        """Arrive."""
        if not self._as_json:
            version = f"{self._talk.script.name}, version {self._talk.script.version}"
            _aside(f"{version}. /help shows what can be typed beside answers.")
        self._show(None, self._talk.begin())

    def hear(self, text: str) -> bool:
        """Do what was typed; False to end."""
        if not text.startswith("/") or text.startswith("//"):
            for turn in self._talk.say(text.removeprefix("/") if text.startswith("//") else text):
                self._show(text, turn)
            return True
        command, _, rest = text[1:].strip().partition(" ")
        match command:
            case "quit" | "exit" | "q":
                return False
            case "state":
                self._tell(dump_state(self._state()))
            case "score":
                self._score()
            case "wait":
                if (woken := self._talk.wait()) is not None:
                    self._show(text, woken)
                else:
                    _aside("Nothing is being waited for.")
            case "file" if rest.strip():
                self._send(text, Path(rest.strip()).expanduser())
            case "did" if rest.strip():
                self._show(text, self._talk.do(rest.strip()))
            case "return":
                self._show(text, self._talk.come_back())
            case "restart":
                self._show(text, self._talk.begin())
            case "reload":
                self._reload()
            case _:
                print(_HELP)
        return True

    def _send(self, typed: str, path: Path) -> None:
        try:
            file = looked_at(path)
        except OSError as error:
            print(f"{visible(str(path))} cannot be read: {error.strerror}")
            return
        self._show(typed, self._talk.send(file))

    def _state(self) -> Any:
        assert self._talk.state is not None
        return self._talk.state

    def _show(self, said: str | None, turn: Turn) -> None:
        if self._as_json:
            print_json(turn_as_json(said, turn))
        else:
            for line in turn_lines(turn, self._talk):
                print(line)
            if turn.state.status is Status.ENDED:
                _aside("The conversation has ended. /restart begins anew.")
        sys.stdout.flush()

    def _tell(self, data: Any) -> None:
        if self._as_json:
            print_json(data)
        else:
            print(json.dumps(data, indent=2, ensure_ascii=(sys.stdout.encoding or "").lower() != "utf-8", default=list))

    def _score(self) -> None:
        state = self._state()
        for receipt in state.receipts:
            print(f"  {receipt.points:+g} {receipt.axis}: {visible(receipt.because)} ({visible(receipt.evidence)})")
        print(f"  fit {state.fit}, engagement {state.engagement}, {state.stage.value}")

    def _reload(self) -> None:
        try:
            script = _load(self._path)
        except CommandFailed as error:
            print(error)
            return
        self._talk.script = script
        _aside(f"{script.name}, version {script.version}, from the next message on.")


def _load(path: Path) -> Script:
    result = load_file(path)
    if result.script is None:
        errors = [str(problem) for problem in result.problems if problem.severity is Severity.ERROR]
        raise CommandFailed("\n".join((f"{path} has mistakes:", *(visible(error) for error in errors))))
    return result.script


def _said(*, quiet: bool) -> Iterator[str]:
    """What is typed, line by line; shown after the prompt when it comes from a file or a pipe."""
    if sys.stdin.isatty():
        _enable_editing()
        while True:
            try:
                yield input("> ")
            except EOFError:
                print()
                return
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not quiet:
            print(f"> {visible(text)}")
        yield text


def _enable_editing() -> None:
    try:
        import readline  # noqa: F401  # Importing it gives input() a history and arrow keys.
    except ImportError:
        return


def _aside(text: str) -> None:
    print(coloured(f"  ({text})", "dim"))


CHAT = Command(
    description="""\
Talk to a script in the terminal. Nothing is stored and nobody is told. Beside the talk stands what was understood,
which points it gave and why, and what would have been sent to whom.""",
    examples="chat crm-guide\nchat dialogs/demo.yaml --language de\nchat demo --page 'https://example.com/?utm_source=ads'",
    arguments=_arguments,
    run=_run,
)
