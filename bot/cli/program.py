"""From the words of the command line to one command, and from whatever happens there to an exit status.

Exit status: 0 done, 1 it failed, 2 it was called wrongly or configured wrongly, 130 interrupted.
"""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from bot.cli.command import (
    CALLED_WRONGLY,
    DONE,
    FAILED,
    INTERRUPTED,
    CalledWrongly,
    Command,
    CommandFailed,
    nearest_or_all,
)
from bot.settings.problems import ConfigError
from dialogs.spelling import did_you_mean
from storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command is."""

    summary: str
    room: str
    """Module and name, as in ``bot.cli.reading:READ``."""

    def load(self) -> Command:
        """Import the command."""
        module, _, name = self.room.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, Command)
        return command


@dataclass(frozen=True, slots=True)
class Group:
    """Commands about one thing."""

    summary: str
    commands: Mapping[str, Entry]


COMMANDS: Mapping[str, Entry | Group] = {
    "run": Entry("serve visitors", "bot.cli.running:RUN"),
    "init": Entry("make a folder with a script and a configuration to begin with", "bot.cli.beginning:INIT"),
    "check": Entry(
        "find mistakes in scripts and the team file, or in the configuration and all it names", "bot.cli.checking:CHECK"
    ),
    "chat": Entry("talk to a script in the terminal", "bot.cli.chatting:CHAT"),
    "read": Entry("show what a question would understand", "bot.cli.reading:READ"),
    "scripts": Group(
        "see and change what is published",
        {
            "list": Entry("what visitors get, or every version of one script", "bot.cli.scripts:LIST"),
            "publish": Entry("check a script and make it live", "bot.cli.scripts:PUBLISH"),
            "diff": Entry("what differs between two versions", "bot.cli.scripts:DIFF"),
            "rollback": Entry("make an earlier version live again", "bot.cli.scripts:ROLLBACK"),
            "retire": Entry("take a script off", "bot.cli.scripts:RETIRE"),
        },
    ),
    "leads": Group(
        "look at, take out and erase leads",
        {
            "list": Entry("the newest leads, or those that are searched for", "bot.cli.leads:LIST"),
            "show": Entry("everything about one lead", "bot.cli.lead_sheet:SHOW"),
            "export": Entry("leads as CSV or JSON", "bot.cli.lead_export:EXPORT"),
            "erase": Entry("forget a person for good", "bot.cli.leads:ERASE"),
        },
    ),
    "links": Group(
        "make links and QR codes for campaigns, and see what they bring",
        {
            "add": Entry("a short link for a poster, an advertisement, a mail", "bot.cli.links:ADD"),
            "list": Entry("every link, and what it has brought", "bot.cli.links:LIST"),
            "show": Entry("one link, and where it works", "bot.cli.links:SHOW"),
            "qr": Entry("a link as a QR code", "bot.cli.link_codes:QR"),
            "remove": Entry("have a link lead nowhere any more", "bot.cli.links:REMOVE"),
        },
    ),
    "reports": Group(
        "see how fast people answer, and where visitors stop",
        {
            "speed": Entry("from a hot lead to the first human word", "bot.cli.reports:SPEED"),
            "teasers": Entry("what becomes of a script's teasers", "bot.cli.reports:TEASERS"),
            "funnel": Entry("how far visitors of a script come", "bot.cli.reports:FUNNEL"),
        },
    ),
    "outbox": Group(
        "see what is still to be told to people, and what could not be",
        {
            "list": Entry("what waits, what fails, what was given up", "bot.cli.outbox:LIST"),
            "resend": Entry("try again what was given up", "bot.cli.outbox:RESEND"),
            "drop": Entry("forget what was given up", "bot.cli.outbox:DROP"),
        },
    ),
    "doctor": Entry("find out what keeps Handraiser from working", "bot.cli.doctor:DOCTOR"),
    "version": Entry("say which version this is", "bot.cli.version:VERSION"),
}
"""Every command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the process's exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # Not every stream has it.
    try:
        status = _call(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
        return DONE  # Whoever reads our words has read enough.
    except OSError as error:  # What was still to be written could not be: the disk is full.
        _let_go_of_output()
        print(f"handraiser: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    return status


def _call(words: list[str]) -> int:
    try:
        name, entry, rest, config = _find(words)
    except CalledWrongly as error:
        return _complain("handraiser", str(error))
    if entry is None:
        return DONE
    if isinstance(entry, Group):
        return _call_in_group(name, entry, rest, config)
    return _run(f"handraiser {name}", entry, rest, config)


def _find(words: list[str]) -> tuple[str, Entry | Group | None, list[str], list[str]]:
    """The command, what follows it, and the options for every command that stood before it."""
    config: list[str] = []
    while words and words[0].startswith("-"):
        option, separator, _ = words[0].partition("=")
        if option in ("-h", "--help"):
            print(_overview())
            return "", None, [], []
        if option in ("-V", "--version"):
            return "version", COMMANDS["version"], [], []
        if option != "--config":
            meant = did_you_mean(option, ("--config", "--help", "--version"))
            raise CalledWrongly(f'unknown option "{option}"{meant or "; options of a command stand after it"}')
        if not separator and len(words) < 2:
            raise CalledWrongly("--config needs the path of a file")
        config = words[:1] if separator else words[:2]
        words = words[len(config) :]
    if not words:
        raise CalledWrongly(f"which command? There are {', '.join(COMMANDS)}")
    if words[0] == "help":
        words = [*words[1:], "--help"]
        if len(words) == 1:
            print(_overview())
            return "", None, [], []
    return words[0], _entry(words[0], COMMANDS), words[1:], config


def _entry(name: str, among: Mapping[str, Entry | Group]) -> Entry | Group:
    entry = among.get(name)
    if entry is None:
        raise CalledWrongly(f'unknown command "{name}"{nearest_or_all(name, among)}')
    return entry


def _call_in_group(name: str, group: Group, words: list[str], config: list[str]) -> int:
    program = f"handraiser {name}"
    if words and words[0] in ("-h", "--help"):
        print(_list_of(program, f"{group.summary[0].upper()}{group.summary[1:]}.", group.commands))
        return DONE
    if not words:
        return _complain(program, f"which command? There are {', '.join(group.commands)}")
    entry = group.commands.get(words[0])
    if entry is None:
        return _complain(program, f'unknown command "{words[0]}"{nearest_or_all(words[0], group.commands)}')
    return _run(f"{program} {words[0]}", entry, words[1:], config)


def _run(program: str, entry: Entry, words: list[str], config: list[str]) -> int:
    command = entry.load()
    try:
        parser = command.parser(program)
        takes_config = "--config" in parser._option_string_actions
        options = parser.read([*(config if takes_config else ()), *words])
        return command.run(options)
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or DONE)
    except CalledWrongly as error:
        return _complain(program, str(error))
    except ConfigError as error:
        print(error, file=sys.stderr)
        return CALLED_WRONGLY
    except (CommandFailed, StorageError) as error:
        print(f"{program}: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        raise
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        print(f"{program}: {about}{error.strerror or error}", file=sys.stderr)
        return FAILED


def _complain(program: str, message: str) -> int:
    print(f"{program}: {message}\nTry: {program} --help", file=sys.stderr)
    return CALLED_WRONGLY


def _overview() -> str:
    head = (
        "Handraiser talks to visitors, finds out who is about to buy, and brings in sales while the interest is warm."
    )
    foot = (
        "Every command has --help. --config FILE names the configuration; without it, handraiser.toml is read if it\n"
        "exists. Every setting can also come from the environment: HANDRAISER_WEB__PORT=9000."
    )
    return f"{_list_of('handraiser', head, COMMANDS)}\n\n{foot}"


def _list_of(program: str, head: str, commands: Mapping[str, Entry | Group]) -> str:
    lines = [f"usage: {program} COMMAND ...", "", head, "", "commands:"]
    lines.extend(f"  {name:9} {entry.summary}" for name, entry in commands.items())
    return "\n".join(lines)


def _open_what_is_closed() -> None:
    """Give the process the streams that it was started without: words into the void are no error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115  # For as long as the process lives.


def _let_go_of_output() -> None:
    """Keep the interpreter from complaining at its end about words that nobody reads."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
