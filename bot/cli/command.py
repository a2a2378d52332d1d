"""What a command is, and how it says that it could not do its work."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NoReturn

from dialogs.spelling import did_you_mean

DONE, FAILED, CALLED_WRONGLY, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses."""


class CommandFailed(Exception):
    """The work could not be done; says why, for people."""


class CalledWrongly(Exception):
    """The command was called in a way that it does not understand; says what would be right."""


class Arguments(argparse.ArgumentParser):
    """Reads the words after a command; knows what was probably meant."""

    def __init__(self, name: str, description: str, examples: str = "") -> None:
        super().__init__(
            prog=name,
            description=description,
            epilog=f"examples:\n{_indented(examples)}" if examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help="show this and end")

    def error(self, message: str) -> NoReturn:
        """Raise ``CalledWrongly``."""
        if message.startswith("the following arguments are required"):
            # argparse also names those of which there may be none.
            needed = [
                str(one.metavar or one.dest) for one in self._get_positional_actions() if one.nargs not in ("*", "?")
            ]
            message = f"{' and '.join(needed)} must be given"
        raise CalledWrongly(message)

    def read(self, words: list[str]) -> argparse.Namespace:
        """The options; words and options may stand in any order. Raises ``CalledWrongly``."""
        options, unknown = self.parse_known_intermixed_args(words)
        if not unknown:
            return options
        first = unknown[0]
        if not first.startswith("-") or first == "-":
            raise CalledWrongly(
                f'"{first}" is one word too many; put quotation marks around words that belong together'
            )
        name = first.partition("=")[0]
        meant = did_you_mean(name, self._option_string_actions)
        raise CalledWrongly(f'unknown option "{name}"{meant or "; put -- before values that begin with a hyphen"}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. Its room is only imported when it is called; what it needs to work, only when it runs."""

    description: str
    examples: str
    """One a line, without ``handraiser``."""
    arguments: Callable[[Arguments], None]
    run: Callable[[argparse.Namespace], int]
    """Does the work; the exit status. May raise ``CommandFailed``, ``CalledWrongly``, ``ConfigError``, and
    ``StorageError``."""

    def parser(self, name: str) -> Arguments:
        """The parser of what follows the command's name."""
        arguments = Arguments(
            name, self.description, "\n".join(f"handraiser {one}" for one in self.examples.splitlines())
        )
        self.arguments(arguments)
        return arguments


def nearest_or_all(word: str, known: Iterable[str]) -> str:
    """The end of an error about an unknown word: the known one it looks like, or all there are."""
    names = list(known)
    return did_you_mean(word, names) or f"; there are {', '.join(names) or 'none'}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
