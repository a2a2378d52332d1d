"""Files of visitors over HTTP: sent to ``/api/v1/conversations/{conversation}/files``, fetched by a signed link.

1. A body goes to disk as it comes; nothing of it is gathered in memory. It must come, and at a bearable pace.
2. What is fetched is always a download, never a page: whatever it is, no browser runs it here.
"""

import asyncio
import logging
import re
import warnings
from collections.abc import AsyncIterator, Awaitable, Sequence
from time import monotonic
from typing import Any, TypeVar

from aiohttp import (
    BadContentDispositionHeader,
    BadContentDispositionParam,
    BodyPartReader,
    MultipartReader,
    StreamReader,
    web,
)
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.web import FrameError, read_upload
from bot.manager import Manager, Standing
from bot.refusals import wording
from bot.uploads.keeping import UploadRefused, Uploads
from bot.uploads.links import FileLinks
from bot.web.answers import NotHere, answer
from bot.web.downloads import attachment
from bot.web.languages import speak
from bot.web.visitors import Visitors
from dialogs.file_types import ACTIVE, UNKNOWN
from dialogs.state import Status
from storage.uploads import StoredUpload

log = logging.getLogger(__name__)

STALL_SECONDS = 20.0
"""How long nothing may come."""
START_SECONDS = 30.0
SLOWEST = 8 * 1024
"""Bytes a second that have to come on the whole, after the first ``START_SECONDS``."""
_FIELD_MOST = 8_000
"""Of a field of a form that is no file, in bytes."""
_FIELDS_MOST = 20
"""Of a form."""
_ONE_RANGE = re.compile(r"bytes=(?:\d{1,18}-(?:\d{1,18})?|-\d{1,18})")

_Result = TypeVar("_Result")

for _odd in (BadContentDispositionHeader, BadContentDispositionParam):  # A stranger wrote it: no news for our log.
    warnings.simplefilter("ignore", _odd)


class UploadApi:
    """Takes files, and hands them out."""

    def __init__(self, uploads: Uploads, visitors: Visitors, links: FileLinks) -> None:
        self._uploads = uploads
        self._visitors = visitors
        self._links = links

    def routes(self) -> list[web.RouteDef]:
        """Its routes."""
        return [
            web.post("/api/v1/conversations/{conversation}/files", self.receive),
            web.get("/api/v1/conversations/{conversation}/files/{file}", self.own),
            web.get("/files/{file}/{signed}", self.signed),
        ]

    async def receive(self, request: web.Request) -> web.Response:
        """Take a file of a visitor's: the body as it is, or one part of a form. Durable when it is answered."""
        visitors = self._visitors
        speak(request, request.query.get("language"))
        standing = await visitors.owned(request)
        try:
            if request.content_type == "multipart/form-data":
                stored = await self._from_form(request, standing)
            else:
                client_id, name = read_upload(request.query)
                parts, size = _body(request.content), request.content_length
                stored = await self._keep(request, standing, client_id, name, parts, size)
        except UploadRefused as refused:
            raise FrameError(refused.code, refused.wording, retry_after=refused.retry_after) from None
        return answer({"file": stored.value()}, 201)

    async def _from_form(self, request: web.Request, standing: Standing) -> StoredUpload:
        try:
            reader = await request.multipart()
        except ValueError:
            raise FrameError("bad_frame", "The form does not say where its parts end.") from None
        try:
            fields: dict[str, Any] = dict(request.query)
            for _ in range(_FIELDS_MOST):
                part = await _in_time(reader.next())
                if not isinstance(part, BodyPartReader):
                    break
                if part.filename is not None:
                    client_id, name = read_upload({"name": part.filename, **fields})
                    return await self._keep(request, standing, client_id, name, _form_part(reader, part), None)
                fields[part.name or ""] = (await _in_time(_short(part))).decode("utf-8", "replace")
        except HttpProcessingError:
            raise FrameError("bad_frame", "The form cannot be read.") from None
        except (ValueError, LookupError, RuntimeError) as error:
            if isinstance(error, FrameError):
                raise
            raise _half() from None
        raise FrameError("bad_frame", "The form holds no file.")

    async def _keep(
        self,
        request: web.Request,
        standing: Standing,
        client_id: str,
        name: str,
        parts: AsyncIterator[bytes],
        announced: int | None,
    ) -> StoredUpload:
        number = standing.conversation_id
        if (known := await self._uploads.repeat(number, client_id)) is not None:
            return known
        address = self._visitors.address(request)
        self._visitors.rates.check_message(address, number, client_id)
        kinds, largest = await self._wanted(self._visitors.manager, number)
        try:
            return await self._uploads.keep(
                number, client_id, name, parts, largest=largest, kinds=kinds, announced=announced, address=address
            )
        except (web.RequestPayloadError, ConnectionError, EOFError):
            raise _half() from None

    async def _wanted(self, manager: Manager, conversation_id: int) -> tuple[Sequence[str], int]:
        """The kinds that are taken now, and the largest size. Raises ``FrameError`` where nobody wants a file."""
        settings = self._uploads.settings
        wanted = await manager.wanted_file(conversation_id)
        if wanted is not None:
            return wanted.types, wanted.largest or settings.largest
        if settings.in_talks and await manager.status(conversation_id) == Status.TALKING.value:
            return settings.types, settings.largest
        raise FrameError("no_file_wanted", wording("no_file_wanted"))

    async def own(self, request: web.Request) -> web.StreamResponse:
        """A file for the visitor who sent it, also where the conversation has gone on elsewhere; and for them there."""
        standing = await self._visitors.owned(request)
        upload = await self._uploads.find(request.match_info["file"])
        if upload is None or (upload.conversation_id != standing.conversation_id and upload.sender != standing.person):
            raise FrameError("unknown_file", wording("unknown_file"))
        return self._download(upload)

    async def signed(self, request: web.Request) -> web.StreamResponse:
        """A file for whoever has our link to it."""
        name = request.match_info["file"]
        is_ours = self._links.allows(name, request.match_info["signed"])
        upload = await self._uploads.find(name) if is_ours else None
        if upload is None:
            raise NotHere(wording("link_unknown"))
        return self._download(upload)

    def _download(self, upload: StoredUpload) -> web.StreamResponse:
        if upload.withheld is not None:
            raise NotHere(wording("file_withheld"), "withheld")
        path = self._uploads.path_of(upload.id)
        if path is None or not path.is_file():
            folder = self._uploads.settings.folder
            log.error("the file %s is missing in %s; do all servers share that folder?", upload.id, folder)
            raise NotHere(wording("file_missing"))
        response = _Download(path)
        response.content_type = UNKNOWN if upload.type in ACTIVE else upload.type
        headers = response.headers
        headers["Content-Disposition"] = attachment(upload.name)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        headers["Cross-Origin-Resource-Policy"] = "same-site"
        headers["Cache-Control"] = "private, no-cache"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Robots-Tag"] = "noindex"
        return response


class _Download(web.FileResponse):
    """A file, or one range of it. A range that cannot be read, or several, are passed over (RFC 9110, 14.2)."""

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Begin to send it."""
        asked = request.headers.get("Range")
        if asked is not None and not _ONE_RANGE.fullmatch(asked.strip()):
            headers = request.headers.copy()
            del headers["Range"]
            request = request.clone(headers=headers)
        return await super().prepare(request)


async def _body(content: StreamReader) -> AsyncIterator[bytes]:
    """A body as it comes. Raises ``FrameError`` where it comes too slowly."""
    pace = _Pace()
    while part := await _in_time(content.readany()):
        pace.check(len(part))
        yield part


async def _form_part(reader: MultipartReader, part: BodyPartReader) -> AsyncIterator[bytes]:
    """The file in a form, which must be whole, and the only one."""
    pace = _Pace()
    while not part.at_eof():
        data = await _in_time(part.read_chunk(64 * 1024))
        pace.check(len(data))
        if data:
            yield part.decode(data)
    for _ in range(_FIELDS_MOST):
        if (more := await _in_time(reader.next())) is None:
            break
        if not isinstance(more, BodyPartReader) or more.filename is not None:
            raise FrameError("bad_frame", "One file at a time, please.")
        await _in_time(_short(more))
    if not reader.at_eof():
        raise _half()


async def _short(part: BodyPartReader) -> bytes:
    """A field of a form that is no file."""
    data = bytearray()
    while not part.at_eof():
        data += await part.read_chunk(8192)
        if len(data) > _FIELD_MOST:
            raise FrameError("too_long", "A field of the form is too long.")
    return bytes(data)


class _Pace:
    """Whether a body comes fast enough on the whole."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._bytes = 0

    def check(self, size: int) -> None:
        self._bytes += size
        if monotonic() - self._begun > START_SECONDS + self._bytes / SLOWEST:
            raise _slow()


async def _in_time(coming: Awaitable[_Result]) -> _Result:
    """What comes, if it comes in time."""
    try:
        async with asyncio.timeout(STALL_SECONDS):
            return await coming
    except TimeoutError:
        raise _slow() from None


def _slow() -> FrameError:
    return FrameError("too_slow", wording("too_slow"))


def _half() -> FrameError:
    return FrameError("half_a_file", wording("half_a_file"))
