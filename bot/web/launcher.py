"""What the closed chat has to know: who speaks, how it looks, when it draws attention; and what it counts.

Public, the same for everybody who asks in the same language at the same moment; nothing of a visitor is in it, and
nothing of a visitor is told by what it counts.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.channels.web import dumps
from bot.web.answers import read_json, refusal
from bot.web.languages import preferred_language
from bot.web.limits import Limiter
from bot.web.visitors import Visitors, picture_address
from dialogs.attracting import teasers_for
from dialogs.desk.hours import Schedule
from dialogs.script import Persona, Script
from storage import tallies
from storage.database import Database

BODY_MOST = 4096
"""Of a count of teasers, in bytes."""
COUNTS_AN_HOUR = 120
"""Of one network address."""
CLOSE: Mapping[str, str] = {
    "en": "Close",
    "de": "Schließen",
    "es": "Cerrar",
    "fr": "Fermer",
    "pt": "Fechar",
    "it": "Chiudi",
    "nl": "Sluiten",
    "ar": "إغلاق",
}
"""What the button that closes a teaser is called."""
TIMES_MOST = 10
"""How often a teaser can have been shown in one count."""


class Launcher:
    """Serves ``/api/v1/scripts/{script}/launcher`` and ``…/attract``."""

    def __init__(self, visitors: Visitors, database: Database, team: Callable[[], Schedule]) -> None:
        """``team`` tells when the team is at work."""
        self._visitors = visitors
        self._database = database
        self._team = team
        self._counts = Limiter(COUNTS_AN_HOUR, 3600)

    def routes(self) -> list[web.RouteDef]:
        """Its routes. A script without a name is the first one."""
        return [
            web.get("/api/v1/scripts/{script:[^/]*}/launcher", self.card),
            web.post("/api/v1/scripts/{script:[^/]*}/attract", self.count),
        ]

    async def card(self, request: web.Request) -> web.Response:
        """What the closed chat has to know."""
        script = await self._script(request)
        wished = request.query.get("language", "")[:200]
        language = preferred_language(wished, script.languages)
        at, pictures = self._visitors.clock(), self._visitors.manager.pictures
        body = dumps(card_of(script, language, wished, pictures, at, self._team())).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        # Asked anew on each page: who saves a script looks at it the next moment.
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type="application/json", charset="utf-8", headers=headers)

    async def count(self, request: web.Request) -> web.Response:
        """Count what became of teasers: ``{"prices": {"shown": 1, "closed": 1}}``, as browsers send when they leave."""
        if wait := self._counts.wait(self._visitors.address(request)):
            return refusal("too_many", "Too much was counted from here.", retry_after=wait)
        script = await self._script(request)
        counted = _counted(await read_json(request, as_text=True, most=BODY_MOST), script)
        at = self._visitors.clock()

        def add(tx: Any) -> None:
            for (teaser, kind), times in counted.items():
                tallies.add(tx, kind, f"{script.name}/{teaser}", at, times)

        if counted:
            await self._database.write(add)
        return web.Response(status=204, headers={"Cache-Control": "no-store"})

    async def _script(self, request: web.Request) -> Script:
        name = self._visitors.script_name({"script": request.match_info["script"]})
        return await self._visitors.manager.scripts.current(name)


def card_of(script: Script, language: str, wished: str, pictures: str, at: datetime, team: Schedule) -> dict[str, Any]:
    """What the closed chat has to know at a moment, as JSON; what is unset is left out."""
    card: dict[str, Any] = {
        "name": script.name,
        "title": script.title.render(language, {}),
        "persona": _persona(script.persona, pictures),
    }
    if look := script.look.dump():
        card["look"] = look
    teasers = teasers_for(script, language, wished.partition(",")[0], at, team)
    for teaser in teasers:
        teaser["persona"] = _persona(script.personas.get(teaser.get("persona", ""), script.persona), pictures)
    if teasers or script.page_acts:
        close = CLOSE.get(language.partition("-")[0], CLOSE["en"])
        card["attract"] = {"acts": list(script.page_acts), "teasers": teasers, "close": close}
    return card


def _persona(persona: Persona, pictures: str) -> dict[str, Any]:
    picture = picture_address(persona.picture, pictures)
    return {"name": persona.name} | ({"picture": picture} if picture else {})


def _counted(told: Mapping[str, Any], script: Script) -> dict[tuple[str, str], int]:
    """How often what became of which of a script's teasers; whatever else is told is passed over."""
    known = {teaser.name for teaser in script.attract}
    counted = {}
    for teaser, times in told.items():
        for kind in tallies.TEASER if teaser in known and isinstance(times, dict) else ():
            often = times.get(kind.partition(".")[2])
            if type(often) is int and often > 0:
                counted[teaser, kind] = min(often, TIMES_MOST)
    return counted
