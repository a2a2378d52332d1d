"""Files: what people and the bot send, and how the bot gets at them.

https://core.telegram.org/bots/api#getfile, https://core.telegram.org/bots/api#sending-files
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from tests.telegram.chats import Json
from tests.telegram.refusals import Malformed, Refusal

if TYPE_CHECKING:
    from tests.telegram.core import Core

MOST_DOWN = 20 * 2**20
MOST_UP = 50 * 2**20
MOST_PHOTO = 10 * 2**20
MOST_BY_URL = 20 * 2**20
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d4944415478da63fcffff3f030005fe02fea7d6059b0000000049454e44ae426082"
)
"""The smallest picture."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A part of a multipart request."""

    name: str
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredFile:
    """A file that Telegram keeps."""

    id: str
    name: str
    mime: str
    data: bytes
    path: str
    """Below ``/file/bot<token>/``."""
    photo: bool = False
    size: int = 0
    """As Telegram says; a test may say more than there is."""

    @property
    def unique_id(self) -> str:
        """The same for the same file whoever asks."""
        return hashlib.sha256(self.data).hexdigest()[:15]

    def content(self) -> Json:
        """What a message says of it."""
        basic: Json = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.photo:
            return {"photo": [basic | {"width": 90, "height": 90}, basic | {"width": 320, "height": 320}]}
        return {"document": basic | {"file_name": self.name, "mime_type": self.mime}}


class Files:
    """The files that Telegram keeps."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self.unavailable: set[str] = set()
        """The ids of files that Telegram cannot give just now."""

    def add(
        self, name: str, data: bytes, *, mime: str = "", photo: bool = False, size: int | None = None
    ) -> StoredFile:
        """Keep a file."""
        number = len(self._files)
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        end = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            id=f"{'AgACAgIAAxkBAA' if photo else 'BQACAgIAAxkBAA'}{number:08d}{hashlib.sha256(data).hexdigest()[:30]}",
            name=name,
            mime=mime,
            data=data,
            path=f"{'photos' if photo else 'documents'}/file_{number}.{'jpg' if photo else end}",
            photo=photo,
            size=len(data) if size is None else size,
        )
        self._files[stored.id] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile:
        """The file of this id, as a call names it."""
        if not file_id:
            raise Malformed("file_id not specified")
        if (stored := self._files.get(file_id)) is None:
            raise Refusal(400, "wrong file identifier/HTTP URL specified")
        if file_id in self.unavailable:
            raise Refusal(400, "wrong file_id or the file is temporarily unavailable")
        return stored

    def by_path(self, path: str) -> StoredFile | None:
        """The file that is downloaded from there."""
        return next((one for one in self._files.values() if one.path == path), None)


async def read_input(core: "Core", value: Any, *, photo: bool = False) -> StoredFile:
    """The file that a call gives: an upload, a ``file_id`` or a URL that Telegram fetches itself."""
    what = "photo" if photo else "document"
    if isinstance(value, Upload):
        if not value.data:
            raise Malformed("file must be non-empty")
        if photo and len(value.data) > MOST_PHOTO:
            raise Malformed(f"file of size {len(value.data)} bytes is too big for a photo")
        return core.files.add(value.name, value.data, mime=value.content_type, photo=photo)
    if not value:
        raise Malformed(f"there is no {what} in the request")
    if str(value).startswith(("http://", "https://")):
        return await _fetched(core, str(value), photo=photo)
    stored = core.files.by_id(str(value))
    if stored.photo != photo:
        raise Malformed(
            "can't use file of type Document as Photo" if photo else "can't use file of type Photo as Document"
        )
    return stored


async def _fetched(core: "Core", url: str, *, photo: bool) -> StoredFile:
    where = core.reached(url)
    if where is None:
        raise Refusal(400, "failed to get HTTP URL content")
    try:
        async with core.session.get(where, timeout=aiohttp.ClientTimeout(total=core.patience)) as response:
            if response.status != 200:
                raise Refusal(400, "failed to get HTTP URL content")
            data = await response.read()
            mime = response.content_type
    except (aiohttp.ClientError, TimeoutError):
        raise Refusal(400, "failed to get HTTP URL content") from None
    fits = mime.startswith("image/") if photo else mime in {"application/pdf", "application/zip", "image/gif"}
    if not fits or not data or len(data) > MOST_BY_URL:
        raise Refusal(400, "wrong type of the web page content")
    return core.files.add(url.partition("?")[0].rpartition("/")[2] or "file", data, mime=mime, photo=photo)


async def get_file(core: "Core", given: Json) -> Json:
    """``getFile``: where to download a file."""
    file_id = str(given.get("file_id", ""))
    try:
        stored = core.files.by_id(file_id)
    except Malformed:
        raise
    except Refusal as refusal:
        if "temporarily" in refusal.description:
            raise
        raise Refusal(400, "invalid file_id") from None
    if stored.size > MOST_DOWN:
        raise Refusal(400, "file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


async def serve(core: "Core", request: web.Request) -> web.Response:
    """``/file/bot<token>/<path>``."""
    stored = core.files.by_path(request.match_info["path"])
    if request.match_info["token"] != core.token or stored is None:
        refusal = {"ok": False, "error_code": 404, "description": "Not Found"}
        return web.json_response(refusal, status=404)
    core.downloads.append(stored)
    core.news()
    return web.Response(body=stored.data, content_type="application/octet-stream")
