"""Options that many commands have, and what they lead to: the configuration, the database."""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from bot.cli.command import Arguments, CommandFailed
from bot.config import Config, load_config

if TYPE_CHECKING:
    from storage.database import Database

Result = TypeVar("Result")


def add_config(arguments: Arguments) -> None:
    """``--config FILE``."""
    arguments.add_argument(
        "--config", metavar="FILE", type=Path, help="the configuration; handraiser.toml if it exists, else defaults"
    )


def add_json(arguments: Arguments) -> None:
    """``--json``."""
    arguments.add_argument("--json", action="store_true", help="write JSON, for programs")


def configuration(options: argparse.Namespace) -> Config:
    """The configuration that the options name. Raises ``ConfigError``."""
    return load_config(options.config, os.environ)


def with_database(
    options: argparse.Namespace, work: Callable[["Database"], Awaitable[Result]], *, must_exist: bool = True
) -> Result:
    """Do something with the configured database and close it again.

    With ``must_exist`` a missing SQLite file is an error instead of being made: whoever asks for what is in it
    is probably in the wrong folder. Raises ``CommandFailed`` and ``StorageError``.
    """
    config = configuration(options)
    if must_exist and config.storage.url.startswith("sqlite:///"):
        path = Path(unquote(config.storage.url.removeprefix("sqlite:///")))
        if not path.exists():
            where = (
                f"the configuration in {config.path}"
                if config.path
                else "the defaults, as there is no handraiser.toml here"
            )
            raise CommandFailed(f"there is no database {path} yet (named by {where}); `handraiser run` makes it")

    async def do() -> Result:
        from storage.database import open_database

        async with await open_database(config.storage.url) as database:
            for change in database.migrated:
                print(f"database: {change}", file=sys.stderr)
            return await work(database)

    return asyncio.run(do())


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
