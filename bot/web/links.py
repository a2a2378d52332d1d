"""Campaign links, opened: ``/l/CODE`` leads on to the page or the chat that the link is for.

1. Only codes that were missed are limited, so that a whole hall may scan the same poster at once.
2. A link that is not valid any more still leads to the chat, as whoever scans it wants to talk; it counts no more.
"""

from aiohttp import web

from bot.campaigns import PATH, Campaigns, destination
from bot.refusals import wording
from bot.scripts import Scripts
from bot.web.answers import NotHere
from bot.web.limits import Limiter
from bot.web.visitors import Visitors

MISSES_A_MINUTE = 30
"""Of one network address."""
COUNTED_A_MINUTE = 300
"""Openings of one network address that count."""


class OpenedLinks:
    """Serves ``/l/CODE``."""

    def __init__(self, campaigns: Campaigns, scripts: Scripts, visitors: Visitors, base_url: str) -> None:
        self._campaigns = campaigns
        self._scripts = scripts
        self._visitors = visitors
        self._base_url = base_url
        self._misses = Limiter(MISSES_A_MINUTE, 60)
        self._counted = Limiter(COUNTED_A_MINUTE, 60)

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [web.get(f"{PATH}{{code}}", self.open)]

    async def open(self, request: web.Request) -> web.Response:
        """Lead on."""
        address = self._visitors.address(request)
        # Counted before it is looked up, so that many tries at once do not slip through, and given back to a hit.
        if wait := self._misses.wait(address):
            raise NotHere(wording("too_many_links"), "too_many", retry_after=wait)
        code = request.match_info["code"]
        link = await self._campaigns.find(code)
        if link is None:
            raise NotHere(wording("no_such_link"))
        self._misses.give_back(address)
        script = link.script if self._scripts.live_version(link.script) is not None else self._scripts.first()
        is_valid = link.is_valid(self._visitors.clock())
        looked_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
        if is_valid and request.method == "GET" and not looked_ahead and not self._counted.wait(address):
            await self._campaigns.opened(link)
        headers = {
            "Location": destination(link, self._base_url, script, with_code=is_valid),
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
        return web.Response(status=302, headers=headers)
