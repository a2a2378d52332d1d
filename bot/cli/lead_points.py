"""The points of leads, as they are at this moment."""

from collections.abc import Awaitable, Callable, Sequence

from bot.cli.options import now
from bot.fading import Fading
from bot.magnets import MAGNET_OPTIONS
from bot.scripts import Scripts
from storage.database import Database
from storage.lead_lines import LeadLine

Prepare = Callable[[Sequence[LeadLine]], Awaitable[tuple[LeadLine, ...]]]


def up_to_date(database: Database) -> Prepare:
    """What brings leads' points up to date; compiles each script once."""
    fading = Fading(database, Scripts(database, MAGNET_OPTIONS))
    return lambda leads: fading.as_of(leads, now())
