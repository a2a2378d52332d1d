"""Where the link in a mail about a lead leads: ``/desk/claim/…``. Opening it shows; only pressing a button acts.

Mail scanners open links before people do, so a GET changes nothing, not even whether the alert was seen.
"""

import asyncio
import re
import secrets
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.claim_links import PATH, Claimant, ClaimLinks
from bot.desk.contract import Acted, Colleague, DeskView, Person, SalesDesk
from bot.web.answers import BODY_SECONDS
from bot.web.claims_page import Standing, page
from dialogs.desk.acts import Claim, Judge, Release, RepAct, Verdict
from storage.errors import StorageError

TARGET = "email"
"""As whose people those act who come by a link."""
_NAME_MOST = 80
_ONCE = re.compile(r"[0-9a-f]{32}")
_ACTS: Mapping[str, RepAct] = {
    "claim": Claim(),
    "accept": Judge(verdict=Verdict.ACCEPTED),
    "release": Release(),
}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",  # The address is the key.
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


class Claims:
    """Serves the page of one lead to whoever was told of it by mail."""

    def __init__(self, desk: SalesDesk, links: ClaimLinks) -> None:
        self._desk = desk
        self._links = links

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [web.get(f"{PATH}{{signed}}", self.look), web.post(f"{PATH}{{signed}}", self.act)]

    async def look(self, request: web.Request) -> web.Response:
        """Show the lead, and what can be done with it."""
        claimant = self._claimant(request)
        view = await self._desk.view(claimant.handoff)
        colleagues = await self._desk.colleagues()
        return _answer(view, Standing(colleagues=colleagues, me=_known(claimant, colleagues), once=_once()))

    async def act(self, request: web.Request) -> web.Response:
        """Take the lead, say that one works on it, or give it back."""
        claimant = self._claimant(request)
        form = await _read_form(request)
        colleagues = await self._desk.colleagues()
        act, once = _ACTS.get(form.get("do", "")), form.get("once", "")
        if act is None or not _ONCE.fullmatch(once):
            raise web.HTTPBadRequest(reason="This page is not as it was sent; open the link anew")
        who = _known(claimant, colleagues) or _named(claimant, colleagues, form)
        if who is None:
            told = Standing(colleagues=colleagues, once=once, told=("Say who you are first.",))
            return _answer(await self._desk.view(claimant.handoff), told)
        try:
            acted = await self._desk.act(who, claimant.handoff, act, f"{once}:{form['do']}")
        except StorageError:
            message = "It could not be saved just now. Please try again."
            told = Standing(colleagues=colleagues, me=who, once=once, told=(message,))
            return _answer(await self._desk.view(claimant.handoff), told, status=503)
        return _answer(acted.view, _after(acted, who, colleagues))

    def _claimant(self, request: web.Request) -> Claimant:
        claimant = self._links.read(request.match_info["signed"])
        if claimant is None:
            raise web.HTTPNotFound(reason="This link is not valid, or not any more")
        return claimant


def _answer(view: DeskView | None, standing: Standing, status: int = 200) -> web.Response:
    if view is None:
        raise web.HTTPGone(reason="This lead was erased; nothing is left of it")
    return web.Response(text=page(view, standing), status=status, content_type="text/html", headers=_HEADERS)


def _after(acted: Acted, who: Person, colleagues: Sequence[Colleague]) -> Standing:
    return Standing(colleagues=colleagues, me=who, once=_once(), told=acted.whispers)


def _once() -> str:
    """Recognises a button that is pressed twice."""
    return secrets.token_hex(16)


def _known(claimant: Claimant, colleagues: Sequence[Colleague]) -> Person | None:
    """Whose mailbox the link was sent to; None where it is not one person's."""
    for one in colleagues:
        if (address := one.ids.get(TARGET)) and address.casefold() == claimant.address.casefold():
            return Person(target=TARGET, id=address, name=one.rep.name, picture=one.rep.picture)
    return None


def _named(claimant: Claimant, colleagues: Sequence[Colleague], form: Mapping[str, str]) -> Person | None:
    """Who somebody says they are who came by a mailbox that several share."""
    for one in colleagues:
        if one.rep.key == form.get("who") and (address := one.ids.get(TARGET)):
            return Person(target=TARGET, id=address, name=one.rep.name, picture=one.rep.picture)
    name = " ".join(form.get("name", "").split())
    if not name or not name.isprintable() or len(name) > _NAME_MOST:
        return None
    return Person(target=TARGET, id=f"{claimant.address}/{name.casefold()}", name=name)


async def _read_form(request: web.Request) -> Mapping[str, str]:
    if request.content_type != "application/x-www-form-urlencoded":  # Files in parts have no business here.
        raise web.HTTPBadRequest(reason="This page is not as it was sent; open the link anew")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            posted = await request.post()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ValueError, web.RequestPayloadError):
        raise web.HTTPBadRequest(reason="This page is not as it was sent; open the link anew") from None
    return {name: value for name, value in posted.items() if isinstance(value, str)}
