"""The address that comes with a click or a command: good for five answers within thirty minutes.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import json
import secrets
from dataclasses import dataclass

from aiohttp import web

from tests.slack import chat
from tests.slack.arguments import Malformed
from tests.slack.core import RESPONSE_URL_SECONDS, RESPONSE_URL_USES, Core
from tests.slack.workspace import APP_ID, Channel, Json, Message

TAKES = {
    "text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts", "mrkdwn",
    "unfurl_links", "unfurl_media", "metadata",
}  # fmt: skip


@dataclass(eq=False, kw_only=True)
class ResponseUrl:
    """One address: who it is for, where, and how often it was used."""

    user: str
    channel: Channel
    message: Message | None
    at: float
    uses: int = 0


def new_response_url(core: Core, user: str, channel: Channel, message: Message | None = None) -> str:
    """A fresh address."""
    path = f"/actions/{APP_ID}/{core.workspace.number()}/{secrets.token_hex(12)}"
    core.response_urls[path] = ResponseUrl(user=user, channel=channel, message=message, at=core.now())
    return core.url + path


async def serve(core: Core, request: web.Request) -> web.Response:
    """One answer to such an address."""
    known = core.response_urls.get(request.path)
    if known is None:
        return _refused(404, "invalid_url")
    if core.now() - known.at > RESPONSE_URL_SECONDS:
        return _refused(404, "expired_url")
    if known.uses >= RESPONSE_URL_USES:
        return _refused(404, "used_url")
    try:
        said = json.loads(await request.read())
        if not isinstance(said, dict):
            raise Malformed("invalid_payload")
        respond(core, known, said)
    except ValueError:
        core.violation("response_url: not JSON")
        return _refused(400, "invalid_payload")
    except Malformed as refusal:
        core.violation(f"response_url: {refusal.error} {' '.join(refusal.messages)}".rstrip())
        return _refused(400, refusal.error)
    known.uses += 1
    return web.json_response({"ok": True})


def respond(core: Core, known: ResponseUrl, said: Json) -> None:
    """Show what was answered: to one person, to all, or in place of the message that was clicked."""
    if unknown := sorted(set(said) - TAKES):
        raise Malformed("invalid_payload", f"[ERROR] unknown: {', '.join(unknown)}")
    original = known.message
    if said.get("delete_original"):
        if original is not None:
            _delete(core, original)
        return
    chat.check_content(said)
    if said.get("replace_original") and original is not None:
        if original.only_for is None:
            chat.change(core, original, {"blocks": [], **said})
        else:
            original.keep_version()
            original.text = said.get("text", "")
            original.blocks = chat.with_block_ids(core, said.get("blocks") or [])
            core.news()
    elif said.get("response_type") == "in_channel":
        chat.written_by_the_app(core, known.channel, said)
    else:
        chat.whispered(core, known.channel, known.user, said)


def _delete(core: Core, message: Message) -> None:
    if message.only_for is None:
        chat.take_away(core, message)
    else:
        core.forget_message(message)


def _refused(status: int, error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)
