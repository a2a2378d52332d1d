"""What the business sends: ``POST /{phone-number-id}/messages``.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
"""

import re
from typing import Any

from tests.whatsapp import interactive, media, shapes, templates
from tests.whatsapp.core import Core
from tests.whatsapp.limits import Limits
from tests.whatsapp.messages import File, Message, User
from tests.whatsapp.refusals import Json, Malformed, Refusal
from tests.whatsapp.shapes import FLAG, OBJECT, check, must, one_of, text

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
KINDS = ("text", "image", "document", "audio", "interactive", "template", "reaction", "location")
_LATER = {131026, 131047, 131052, 131053}
"""What is mostly told by a ``failed`` status, after the call was answered with 200."""

_TOP: shapes.Keys = {
    "messaging_product": one_of("whatsapp", required=True),
    "recipient_type": one_of("individual"),
    "to": text(),
    "recipient": text(),
    "type": one_of(*KINDS),
    "context": OBJECT,
    "biz_opaque_callback_data": text(512),
    **dict.fromkeys(KINDS, OBJECT),
}
_READ: shapes.Keys = {
    "messaging_product": one_of("whatsapp", required=True),
    "status": one_of("read", required=True),
    "message_id": must(text()),
    "typing_indicator": OBJECT,
}
_BODIES: dict[str, shapes.Keys] = {
    "text": {"body": text(LONGEST_TEXT, required=True), "preview_url": FLAG},
    "image": {"id": text(), "link": text(), "caption": text(LONGEST_CAPTION)},
    "document": {"id": text(), "link": text(), "caption": text(LONGEST_CAPTION), "filename": text(240)},
    "audio": {"id": text(), "link": text(), "voice": FLAG},
    "reaction": {"message_id": must(text()), "emoji": shapes.Key(str, True)},
    "location": {
        "latitude": shapes.Key(object, True),
        "longitude": shapes.Key(object, True),
        "name": text(),
        "address": text(),
    },
}


def mark_as_read(core: Core, body: Json) -> Json:
    """Mark a message as read, perhaps with ``typing …``."""
    check(body, _READ, "message")
    message = core.message(body["message_id"])
    if message is None or message.mine:
        raise Malformed(131009, f"Message ID {body['message_id']} is not a message of a person")
    message.seen_by_business = True
    if body.get("typing_indicator"):
        check(body["typing_indicator"], {"type": one_of("text", required=True)}, "typing_indicator")
        core.typing.append(message.user)
    return {"success": True}


async def send(core: Core, limits: Limits, body: Json) -> Json:
    """Send a message; what becomes of it is told by statuses."""
    check(body, _TOP, "message")
    kind = body.get("type", "text")
    if kind not in body:
        raise Malformed(131008, f"The parameter {kind} is required.")
    if others := [one for one in KINDS if one in body and one != kind]:
        raise Malformed(100, f"{others[0]} does not belong to a message of type {kind}")
    wa_id = _recipient(core, body)
    answers = _context(core, body.get("context"))
    limits.count(wa_id)
    user = core.users.get(wa_id)
    message = Message(
        id=core.wamid(),
        user=user or User(wa_id=wa_id, name="", on_whatsapp=False),
        mine=True,
        kind=kind,
        body=body[kind],
        at=core.now(),
        answers=answers,
    )
    failure: Refusal | None = None
    try:
        await _read(core, message)
        _reachable(core, message)
    except Refusal as refusal:
        if isinstance(refusal, Malformed) or refusal.code not in _LATER or core.refuses_at_once:
            raise
        failure = refusal
    core.messages.append(message)
    if failure is None and kind != "reaction":
        message.user.log.append(message)
    core.notifier.tell_statuses(message, failure)
    core.news()
    sent: Json = {"id": message.id}
    if kind == "template":
        sent["message_status"] = "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": body.get("to") or body["recipient"], **message.user.ids("wa_id", "user_id")}],
        "messages": [sent],
    }


def _recipient(core: Core, body: Json) -> str:
    """To whom it goes: ``to`` is a number, and goes before ``recipient``, the id of a user at this business."""
    if "to" in body:
        return _number(body["to"])
    if "recipient" not in body:
        raise Malformed(131008, "The parameter to is required.")
    found = next((one.wa_id for one in core.users.values() if one.user_id == body["recipient"]), None)
    if found is None:
        raise Malformed(131009, f"Recipient {body['recipient']!r} is not a user of this business")
    return found


def _number(to: str) -> str:
    digits = re.sub(r"[ ()+-]", "", to)
    if not re.fullmatch(r"[1-9][0-9]{6,14}", digits):
        raise Malformed(131009, f"Recipient phone number {to!r} is not valid")
    return digits


def _context(core: Core, value: Any) -> str | None:
    if value is None:
        return None
    identity: str = check(value, {"message_id": must(text())}, "context")["message_id"]
    if core.message(identity) is None:
        raise Malformed(131009, f"context: there is no message {identity}")
    return identity


def _reachable(core: Core, message: Message) -> None:
    if not message.user.on_whatsapp or message.user.blocks:
        raise Refusal(131026)
    if message.kind != "template" and not core.window_is_open(message.user):
        raise Refusal(131047)


async def _read(core: Core, message: Message) -> None:
    """Look at the message as the real one does, and at what a person will read. Raises ``Refusal``."""
    kind, body = message.kind, message.body
    match kind:
        case "interactive":
            message.text, message.buttons = interactive.read(body)
        case "template":
            message.text, message.buttons = templates.read(core.templates, body)
        case _:
            check(body, _BODIES[kind], kind)
            message.text = str(body.get("body") or body.get("caption") or "")
    if kind in media.TYPES:
        file = await media.given(core, kind, body)
        name = body.get("filename") or file.name
        message.file = File(id=file.id, name=name, mime=file.mime, data=file.data, uploaded_at=file.uploaded_at)
    if kind == "reaction":
        to = core.message(body["message_id"])
        if to is None:
            raise Malformed(131009, f"there is no message {body['message_id']}")
        to.reactions = [body["emoji"]] if body["emoji"] else []
