"""``handraiser run``."""

import argparse
import asyncio

from bot.cli.command import Arguments, Command
from bot.cli.options import add_config, configuration


def _run(options: argparse.Namespace) -> int:
    config = configuration(options)
    from bot.cli.serving import serve
    from bot.logs import set_up

    set_up(level=config.log.level, style=config.log.format, secrets=config.secrets)
    return asyncio.run(serve(config))


def _arguments(arguments: Arguments) -> None:
    add_config(arguments)


RUN = Command(
    description="Serve visitors until Ctrl-C or SIGTERM: pages, chats, whatever else is configured.",
    examples="run\nrun --config handraiser.toml",
    arguments=_arguments,
    run=_run,
)
