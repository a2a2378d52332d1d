"""Files up and down.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
"""

import hashlib
from typing import Any

import aiohttp
from aiohttp import web

from tests.whatsapp.core import Core
from tests.whatsapp.messages import File
from tests.whatsapp.refusals import Json, Malformed, Refusal

ADDRESS_SECONDS = 300.0
KEPT_SECONDS = 30 * 24 * 3600.0
TYPES = {
    "image": {"image/jpeg", "image/png"},
    "audio": {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"},
    "document": None,
}
MOST = {"image": 5 * 2**20, "audio": 16 * 2**20, "document": 100 * 2**20}


async def upload(core: Core, request: web.Request) -> Json:
    """``POST /{phone-number-id}/media``."""
    form = await request.post()
    if form.get("messaging_product") != "whatsapp":
        raise Malformed(100, "The parameter messaging_product is required.")
    file = form.get("file")
    if not isinstance(file, web.FileField):
        raise Malformed(100, "The parameter file is required.")
    for name in form:
        if name not in {"messaging_product", "file", "type"}:
            raise Malformed(100, f'Unexpected key "{name}".')
    data = file.file.read()
    if not data:
        raise Malformed(131053, "the file is empty")
    mime = str(form.get("type") or file.content_type)
    if mime == "application/octet-stream":
        raise Malformed(100, "Param file must be a file with one of the supported types: application/octet-stream")
    return {"id": core.keep(file.filename, mime, data).id}


def described(core: Core, identity: str) -> Json:
    """``GET /{media-id}``: the address, good for five minutes."""
    file = find(core, identity)
    return {
        "messaging_product": "whatsapp",
        "url": f"{core.url}/lookaside/{file.id}?ext={int(core.now())}",
        "mime_type": file.mime,
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "file_size": len(file.data),
        "id": file.id,
    }


def find(core: Core, identity: str) -> File:
    """The file of this id."""
    file = core.files.get(identity)
    if file is None or core.now() - file.uploaded_at > KEPT_SECONDS:
        raise Refusal(
            100,
            message=f"Unsupported get request. Object with ID '{identity}' does not exist, cannot be loaded due to "
            "missing permissions, or does not support this operation",
            subcode=33,
        )
    return file


def downloaded(core: Core, request: web.Request) -> web.Response:
    """The address that ``described`` gave: the file itself, for those with the token."""
    file = core.files.get(request.match_info["media"])
    made = request.query.get("ext", "")
    if file is None or not made.isdecimal() or core.now() - int(made) > ADDRESS_SECONDS:
        return web.Response(status=404, text="<html>404 Not Found</html>", content_type="text/html")
    return web.Response(body=file.data, content_type=file.mime)


async def given(core: Core, kind: str, body: Json) -> File:
    """The file of a message, by ``id`` or by ``link``. Raises ``Refusal``; a link that fails is told later."""
    if ("id" in body) == ("link" in body):
        raise Malformed(100, f"Param {kind} must have exactly one of id and link.")
    if "id" in body:
        file = core.files.get(str(body["id"]))
        if file is None:
            raise Malformed(131009, f"Media ID {body['id']} does not exist")
    else:
        file = await _fetched(core, str(body["link"]))
    allowed: Any = TYPES[kind]
    if allowed is not None and file.mime not in allowed:
        raise Refusal(131053, f"Unsupported {kind} mime type {file.mime}. Please use one of {sorted(allowed)}.")
    if len(file.data) > MOST[kind]:
        raise Refusal(131053, f"the {kind} is larger than {MOST[kind]} bytes")
    return file


async def _fetched(core: Core, link: str) -> File:
    if not link.startswith(("http://", "https://")):
        raise Malformed(100, "Param link must be a valid URL.")
    where = core.reached(link)
    try:
        if where is None:
            raise aiohttp.ClientError("no such host")
        timeout = aiohttp.ClientTimeout(total=core.patience)
        async with core.session.get(where, timeout=timeout) as response:
            if response.status != 200:
                raise aiohttp.ClientError(str(response.status))
            name = link.partition("?")[0].rpartition("/")[2]
            return core.keep(name, response.content_type, await response.read())
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Refusal(131052, f"Failed to download the media from {link}: {error}") from None
