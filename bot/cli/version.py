"""``handraiser version``."""

import argparse
import platform
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from bot.cli.command import DONE, Arguments, Command
from bot.cli.options import add_json
from bot.cli.terminal import print_json


def handraiser_version() -> str:
    """The version of this program."""
    try:
        return installed_version("handraiser")
    except PackageNotFoundError:
        return "not installed"


def _arguments(arguments: Arguments) -> None:
    add_json(arguments)


def _run(options: argparse.Namespace) -> int:
    if options.json:
        print_json({"handraiser": handraiser_version(), "python": platform.python_version()})
    else:
        print(f"handraiser {handraiser_version()} (Python {platform.python_version()})")
    return DONE


VERSION = Command(description="Say which version this is.", examples="version", arguments=_arguments, run=_run)
