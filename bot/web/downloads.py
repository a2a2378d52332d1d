"""Where a lead magnet's own link leads: ``/m/{token}``. Opening it is an act, told to the conversation.

A link preview or a mail scanner that only asks for the headers (HEAD) opens nothing.
"""

import logging
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.granting import MagnetGiver
from bot.manager import Manager
from bot.ports import OPENED_ID, Clock, ContentAnswer, FileAnswer, Opened, RedirectAnswer
from bot.refusals import wording
from bot.web.answers import NotHere
from bot.web.visitors import Visitors
from dialogs.events import VisitorDid
from storage import magnets
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)


class Downloads:
    """Serves ``/m/``."""

    def __init__(
        self, database: Database, manager: Manager, visitors: Visitors, giver: MagnetGiver, files: Path, clock: Clock
    ) -> None:
        self._database = database
        self._manager = manager
        self._visitors = visitors
        self._giver = giver
        self._files = files
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [web.get("/m/{token}", self.open), web.get("/m/{token}/{part}", self.open)]

    async def open(self, request: web.Request) -> web.StreamResponse:
        """Give what was granted, unless its time is over."""
        token, part = request.match_info["token"], request.match_info.get("part", "")
        now = self._clock()
        grant = await self._database.read(lambda tx: magnets.grant_by_token(tx, token))
        if grant is None:
            raise NotHere(wording("link_unknown"))
        if grant.expires is not None and grant.expires <= now:
            raise NotHere(wording("link_expired"), "link_expired")
        kind, restored = self._giver.restore(token, grant.magnet, grant.kind, grant.payload)
        opened = kind.open(restored, part)
        if opened is None:
            raise NotHere(wording("link_unknown"))
        response = self._respond(opened)
        if request.method != "HEAD":
            await self._tell(grant.conversation_id, token, f"{grant.magnet}.opened")
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    async def _tell(self, conversation_id: int, token: str, act: str) -> None:
        """Count the act, once per grant towards the score; a download never fails because counting did."""
        now = self._clock()
        try:
            grant = await self._database.write(lambda tx: magnets.opened(tx, token, now))
            if grant is not None and grant.opened == 1:
                handled = await self._manager.handle(
                    conversation_id, VisitorDid(at=now, act=act), f"{OPENED_ID}{token}"
                )
                await self._visitors.show(conversation_id, handled)
        except (StorageError, LookupError) as error:
            log.warning("opening of a lead magnet was not counted: %s", error)

    def _respond(self, opened: Opened) -> web.StreamResponse:
        match opened:
            case FileAnswer(name=name, download_name=download_name):
                path = (self._files / name).resolve()
                if not path.is_relative_to(self._files.resolve()) or not path.is_file():
                    log.error("the file %r of a lead magnet is missing below %s", name, self._files)
                    raise NotHere(wording("file_missing"))
                response: web.StreamResponse = web.FileResponse(path)
                response.headers["Content-Disposition"] = attachment(download_name)
            case RedirectAnswer(url=url):
                response = web.Response(status=302, headers={"Location": url})
            case ContentAnswer(body=body, content_type=content_type, download_name=download_name):
                response = web.Response(body=body, content_type=content_type)
                if download_name:
                    response.headers["Content-Disposition"] = attachment(download_name)
        return response


def attachment(name: str) -> str:
    """A Content-Disposition header for any file name (RFC 6266)."""
    # No percent sign either: some browsers would read what stands behind it as hexadecimal (its appendix D).
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
