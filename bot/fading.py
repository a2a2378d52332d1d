"""Points as they are now: what people did a while ago counts less each day, also while nothing happens.

A turn counts a lead's points as of that turn. Whoever shows them later asks here first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.scripts import Scripts, UnknownScript
from dialogs.scoring import total_now
from storage.database import Database
from storage.lead_lines import LeadLine
from storage.standings import Standing, fading


class Fading:
    """Brings leads' points up to date."""

    def __init__(self, database: Database, scripts: Scripts) -> None:
        self._database = database
        self._scripts = scripts

    async def as_of(self, leads: Sequence[LeadLine], now: datetime) -> tuple[LeadLine, ...]:
        """The same leads with the points they have at ``now``; the stage stays, since it never fades."""
        standings = await self._database.read(lambda tx: fading(tx, [lead.id for lead in leads]))
        return tuple([await self._faded(lead, standings.get(lead.id), now) for lead in leads])

    async def _faded(self, lead: LeadLine, standing: Standing | None, now: datetime) -> LeadLine:
        if standing is None:
            return lead
        try:
            script = await self._scripts.version(standing.script, standing.version)
        except UnknownScript:
            return lead  # By which rules it was counted is not known any more.
        totals = total_now(standing.receipts, script.axes, now)
        return replace(lead, fit=totals.get("fit", lead.fit), engagement=totals.get("engagement", lead.engagement))
