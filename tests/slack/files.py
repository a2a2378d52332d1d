"""Uploading files in three steps, and getting them. https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""

from aiohttp import web

from tests.slack import payloads
from tests.slack.arguments import Malformed, Refusal
from tests.slack.chat import tell_the_app, where_to_post
from tests.slack.core import Core
from tests.slack.tokens import Token
from tests.slack.workspace import BOT_ID, BOT_USER, Json, Message


async def get_upload_url(core: Core, arguments: Json, token: Token) -> Json:
    if arguments["length"] < 1:
        raise Malformed("invalid_arguments", "[ERROR] length must be more than 0")
    identity = f"F{core.workspace.number():09d}"
    core.uploads[identity] = {"id": identity, "name": arguments["filename"], "size": arguments["length"], "data": None}
    return {"upload_url": f"{core.url}/upload/{identity}", "file_id": identity}


async def take_in(core: Core, request: web.Request) -> web.Response:
    """The bytes themselves, raw or as a form."""
    upload = core.uploads.get(request.match_info["file"])
    if upload is None or upload["data"] is not None:
        return web.Response(status=404)
    if request.content_type == "multipart/form-data":
        form = await request.post()
        part = next((one for one in form.values() if isinstance(one, web.FileField)), None)
        data = part.file.read() if part is not None else b""
    else:
        data = await request.read()
    if len(data) != upload["size"]:
        core.violation(f"upload of {upload['name']}: {len(data)} bytes came, {upload['size']} were announced")
        return web.Response(status=400, text="bad length")
    upload["data"] = data
    return web.Response(text=f"OK - {len(data)}")


async def hand_out(core: Core, request: web.Request) -> web.Response:
    """The bytes of a file for whoever may read files; everybody else is sent to sign in."""
    token = core.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
    if token is None or token.refused_with or "files:read" not in token.scopes:
        return web.Response(status=302, headers={"Location": f"{core.url}/signin"})
    kept = core.uploads.get(request.match_info["file"])
    if kept is None or kept["data"] is None:
        return web.Response(status=404)
    return web.Response(body=kept["data"], content_type="application/octet-stream")


async def complete_upload(core: Core, arguments: Json, token: Token) -> Json:
    shown: list[Json] = []
    for one in arguments["files"]:
        upload = core.uploads.get(one.get("id", ""))
        if upload is None or upload["data"] is None:
            raise Refusal("file_not_found")
        shown.append(file_shown(upload["id"], one.get("title") or upload["name"], upload["name"], upload["size"]))
    if reference := arguments.get("channel_id"):
        channel = where_to_post(core, token, reference)
        message = Message(
            channel=channel,
            ts=core.workspace.ts(),
            user=BOT_USER,
            bot_id=BOT_ID,
            subtype="file_share",
            text=arguments.get("initial_comment", ""),
            thread_ts=arguments.get("thread_ts"),
            files=shown,
        )
        channel.log.append(message)
        tell_the_app(core, payloads.message_event(message), channel)
    return {"files": [{"id": one["id"], "title": one["title"]} for one in shown]}


def file_shown(identity: str, title: str, name: str, size: int, user: str = BOT_USER) -> Json:
    """A file as messages carry it."""
    base = f"https://files.slack.com/files-pri/T0HANDRAISE-{identity}"
    return {
        "id": identity,
        "created": 1610493713,
        "timestamp": 1610493713,
        "name": name,
        "title": title,
        "user": user,
        "mimetype": "application/pdf" if name.endswith(".pdf") else "application/octet-stream",
        "filetype": name.rpartition(".")[2],
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{base}/{name}",
        "url_private_download": f"{base}/download/{name}",
        "permalink": f"https://handraiser-tests.slack.com/files/U/{identity}/{name}",
    }
