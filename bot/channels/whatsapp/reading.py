"""From Meta's notifications to what somebody did. Pure.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages. Whoever shows a
username instead of their number is known by an id of theirs at our business (``user_id``): that is the address
wherever it is told, for it stays when the number is hidden, and goes when the number gets another owner.
"""

import hashlib
import json
import mimetypes
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.channels.contract import (
    Began,
    Edited,
    Heard,
    Incoming,
    Left,
    Said,
    Sender,
    SentFile,
    SharedContact,
    SharedLocation,
    Wished,
)
from bot.channels.looking import mapping, sequence, text
from bot.channels.splitting import clean, one_line
from bot.channels.whatsapp.refusals import GONE
from bot.channels.whatsapp.settings import NAME
from bot.channels.whatsapp.writing import CONTINUE

_COMMAND = re.compile(
    r"/(start|stop|human|language|mydata|forgetme|restart|help)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL
)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FILES = ("audio", "document", "image", "sticker", "video")
_NO_CONCERN = ("reaction", "revoke")
_MOVED = ("user_changed_number", "user_changed_user_id", "customer_changed_number")
Json = dict[str, Any]


def events_of(body: object, phone_number_id: str) -> Sequence[tuple[str, str]]:
    """(event id, raw event) of everything in a notification that concerns us, each to be read with ``read``."""
    found: list[tuple[str, Json]] = []
    for entry in sequence(mapping(body).get("entry")):
        for change in sequence(mapping(entry).get("changes")):
            value = mapping(mapping(change).get("value"))
            ours = text(mapping(value.get("metadata")).get("phone_number_id")) == phone_number_id
            if ours and mapping(change).get("field") == "messages":
                found += _events(value)
    named = ((event_id, json.dumps(event)) for event_id, event in found)
    return [(event_id or digest(raw), raw) for event_id, raw in named]


def _events(value: Mapping[str, Any]) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    contacts = [mapping(one) for one in sequence(value.get("contacts"))]
    for message in sequence(value.get("messages")):
        ids = {text(mapping(message).get(key)) for key in ("from", "from_user_id")} - {""}
        contact = next((one for one in contacts if ids & {text(one.get("wa_id")), text(one.get("user_id"))}), {})
        found.append((text(mapping(message).get("id")), {"message": message, "contact": contact}))
    failed = (one for one in map(mapping, sequence(value.get("statuses"))) if one.get("status") == "failed")
    return found + [(f"failed:{text(one.get('id'))}", {"status": one}) for one in failed]


def digest(raw: str) -> str:
    """A name for what has none."""
    return f"?{hashlib.sha256(raw.encode('utf-8', 'replace')).hexdigest()}"


def read(raw: str) -> Incoming | None:
    """What somebody did; None for what is of no concern. Raises ``ValueError`` for what cannot be read."""
    event = mapping(json.loads(raw))
    if status := mapping(event.get("status")):
        return _failed(status)
    message, contact = mapping(event.get("message")), mapping(event.get("contact"))
    phone = text(message.get("from"))
    person = text(message.get("from_user_id")) or text(contact.get("user_id")) or phone
    system = mapping(message.get("system"))
    if message.get("type") == "system":
        person = text(system.get("previous_user_id")) or person
    if not person:
        raise ValueError("it does not say who wrote")
    if text(message.get("group_id")):
        return None  # Only groups that a business makes itself have it in them; we make none.
    heard = _heard(message, phone)
    if heard is None:
        return None
    sender = Sender(
        address=person,
        person=f"{NAME}:{person}",
        name=one_line(text(mapping(contact.get("profile")).get("name")))[:200],
        phone=f"+{phone}" if re.fullmatch("[1-9][0-9]{6,14}", phone) else "",
    )
    reference = text(message.get("id"))
    return Incoming(
        channel=NAME, event_id=reference, sender=sender, heard=heard, reference=reference, sent_at=_moment(message)
    )


def _heard(message: Mapping[str, Any], phone: str) -> Heard | None:
    kind = text(message.get("type"))
    body = mapping(message.get(kind))
    match kind:
        case "text":
            return _words(clean(text(body.get("body"))))
        case "button" if text(body.get("payload")) == CONTINUE:
            return Began()
        case "button":
            return Said(text=clean(text(body.get("text"))), button=text(body.get("payload")))
        case "interactive" if reply := mapping(body.get(text(body.get("type")))):
            return Said(text=clean(text(reply.get("title"))), button=text(reply.get("id")))
        case "location" if all(isinstance(body.get(one), int | float) for one in ("latitude", "longitude")):
            return SharedLocation(latitude=float(body["latitude"]), longitude=float(body["longitude"]))
        case "contacts":
            return _contact(message, phone)
        case "edit":
            changed = mapping(body.get("message"))
            inner = mapping(changed.get(text(changed.get("type"))))
            said = clean(text(inner.get("body")) or text(inner.get("caption")))
            return Edited(reference=text(body.get("original_message_id")), text=said)
        case "request_welcome":
            return Began()
        case "system":
            return Left() if body.get("type") in _MOVED else None
        case _ if kind in _FILES and text(body.get("id")):
            return _file(kind, body)
        case _ if kind in _NO_CONCERN:
            return None
    raise ValueError(f"WhatsApp does not pass on what they sent, or in a way we do not know: {kind or 'no type'}")


def _words(said: str) -> Heard:
    if not (match := _COMMAND.fullmatch(said.strip())):
        return Said(text=said)
    command, words = match[1].lower(), (match[2] or "").strip()
    if command != "start":
        return Wished(command=command, words=words)
    return Began(code=words if _CODE.fullmatch(words) else "")


def _contact(message: Mapping[str, Any], phone: str) -> Heard:
    for card in map(mapping, sequence(message.get("contacts"))):
        for one in map(mapping, sequence(card.get("phones"))):
            if number := text(one.get("phone")) or text(one.get("wa_id")):
                return SharedContact(phone=number, own=bool(phone) and text(one.get("wa_id")) == phone)
    raise ValueError("the card has no phone number")


def _file(kind: str, body: Mapping[str, Any]) -> SentFile:
    content_type = text(body.get("mime_type")).partition(";")[0].strip().lower() or "application/octet-stream"
    name = one_line(re.split(r"[/\\]", text(body.get("filename")))[-1])[-200:]
    return SentFile(
        name=name or f"{kind}{mimetypes.guess_extension(content_type) or ''}",
        content_type=content_type,
        size=None,
        fetch=text(body["id"]),
        caption=clean(text(body.get("caption"))),
    )


def _failed(status: Mapping[str, Any]) -> Incoming:
    """What was accepted from us, and did not reach them after all."""
    error = next(map(mapping, sequence(status.get("errors"))), {})
    person = text(status.get("recipient_user_id")) or text(status.get("recipient_id"))
    if error.get("code") not in GONE or not person:
        details = text(mapping(error.get("error_data")).get("details")) or text(error.get("title"))
        raise ValueError(f"a message of ours did not arrive: {details} ({error.get('code')})")
    sender = Sender(address=person, person=f"{NAME}:{person}")
    return Incoming(channel=NAME, event_id="", sender=sender, heard=Left(), sent_at=_moment(status))


def _moment(told: Mapping[str, Any]) -> datetime | None:
    seconds = text(told.get("timestamp"))
    return datetime.fromtimestamp(int(seconds), UTC) if re.fullmatch("[0-9]{1,11}", seconds) else None
