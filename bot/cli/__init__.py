"""The command line ``handraiser``: one room for each group of commands."""

from bot.cli.program import main

__all__ = ["main"]
