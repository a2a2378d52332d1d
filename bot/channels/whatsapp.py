"""WhatsApp, by Meta's Cloud API: signed notifications in, messages out, and the 24 hours in which they may be sent.

https://developers.facebook.com/documentation/business-messaging/whatsapp. Whoever shows a username instead of their
number is known by an id of theirs at our business (``user_id``): that is the address wherever it is told, for it stays
when the number is hidden, and goes when the number gets another owner. All WhatsApp is in this file, hence its length:
settings, what its errors mean, what we hear, what we say, the messenger, what the doctor looks at.
"""

import json
import mimetypes
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import aiohttp
from aiohttp import web

from bot.channels.calling import UNKNOWN, JsonApi
from bot.channels.checkups import trouble, webhook
from bot.channels.commands import read_command
from bot.channels.contract import (
    Advert,
    Began,
    Capabilities,
    Edited,
    Heard,
    Incoming,
    Left,
    Messenger,
    MessengerKind,
    Opening,
    Outgoing,
    OutsideWindow,
    Remark,
    Said,
    Sender,
    SentFile,
    SharedContact,
    SharedLocation,
    Shown,
    Unreachable,
)
from bot.channels.errands import Errand
from bot.channels.intake import Intake
from bot.channels.looking import content_type, file_name, mapping, moment, sequence, text
from bot.channels.splitting import clean, one_line
from bot.channels.windows import Chat, Windows
from bot.desk.contract import TryLater, Undeliverable
from bot.settings.addresses import WebAddress
from bot.settings.kinds import Name, ScriptName, Secret
from bot.settings.reading import setting
from bot.settings.sections import needing, read_adapter_section
from bot.webhooks import acknowledge, is_secret, is_signed, only_value, read_body

NAME = "whatsapp"
PATH = "/whatsapp/webhook"
SIGNATURE = "X-Hub-Signature-256"
WINDOW_HOURS = 24.0
CAPABILITIES = Capabilities(
    name=NAME, title="WhatsApp", buttons=10, label_characters=20, list_above=3, list_label_characters=24,
    text_characters=4096, counts_utf16=True, file_bytes=100_000_000, link_buttons=False, typing=True,
    window_hours=WINDOW_HOURS,
)  # fmt: skip
Json = dict[str, Any]
Failure = (TryLater, Undeliverable, Unreachable, OutsideWindow)
"""What a call may raise."""


# Settings.


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppSettings:
    """``[whatsapp]``: how we are known to Meta, how Meta proves itself, what may be sent after 24 hours."""

    token: str = setting(Secret(), "", example='"EAAG…"')
    phone_number_id: str = setting(
        Name("[0-9]{5,25}", "the Phone number ID, digits only (it is not the number itself)"), "", example='"1065…"'
    )
    app_secret: str = setting(Secret(), "", example='"…"')
    """What Meta signs its notifications with."""
    verify_token: str = setting(Secret(), "", example='"…"')
    """What Meta says when it looks whether the address of the webhook is ours."""
    api_url: str = setting(
        WebAddress(), "https://graph.facebook.com/v23.0", example='"https://graph.facebook.com/v23.0"'
    )
    """With its version, without a slash at its end."""
    template: str | None = setting(Name("[a-z0-9_]{1,512}", "a template's name"), None, example='"come_back"')
    """What is sent to somebody who wrote more than 24 hours ago: with their first name, and one button."""
    template_language: str = setting(
        Name("[a-z]{2,3}(_[A-Z]{2})?", "a language such as en_US"), "en", example='"en_US"'
    )
    script: str | None = setting(ScriptName(), None, example='"welcome"')
    """The script of visitors whose link names none."""


_NEEDED = {
    "token": "is missing; make one that does not expire: business.facebook.com, Settings, System users, Generate "
    "token, with whatsapp_business_messaging",
    "phone_number_id": "is missing; in your Meta app it stands under WhatsApp, API Setup",
    "app_secret": "is missing, and without it nobody can tell Meta's notifications from forged ones; in your Meta app "
    "it stands under App settings, Basic",
    "verify_token": "is missing; make one up (`openssl rand -hex 16`), and enter it in your Meta app as well",
}


def read_settings(section: Mapping[str, Any], path: Path | None = None) -> WhatsAppSettings:
    """The settings; ``path``: the file. Raises ``ConfigError`` with everything that is wrong or missing."""
    return read_adapter_section(NAME, WhatsAppSettings, section, path, needing(_NEEDED))


# What its errors mean: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes

GONE = (131026, 131050)
"""They have no WhatsApp (any more), block us, or want no more of it."""
_LATER = (1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133016)
_CLOSED = (131047, 470)
_CURES = {
    0: "make a new token, as docs/whatsapp.md shows, and set it as [whatsapp] token",
    131030: "this is a number for tests: allow the recipient in your Meta app under WhatsApp, API Setup",
    131031: "the business account is locked: see business.facebook.com, Account quality",
    131042: "set up a way to pay: business.facebook.com, WhatsApp accounts, Payment settings",
    132000: "the template [whatsapp] template needs one variable in its text and one quick reply button",
    132001: "there is no approved template of this name in this language: see [whatsapp] template, template_language",
    132015: "the template [whatsapp] template is paused: see WhatsApp Manager, Message templates",
}


def judge(status: int, answer: object, rest: float | None = None) -> Exception:
    """What to raise for an answer that is no success; ``rest``: seconds that it asks us to wait."""
    error = mapping(mapping(answer).get("error"))
    code = error.get("code")
    told = text(mapping(error.get("error_data")).get("details")) or text(error.get("message")) or f"status {status}"
    if status == 429 or code in _LATER or error.get("is_transient") is True:
        return TryLater(f"WhatsApp takes no more at present: {told}", seconds=6.0 if code == 131056 else rest)
    if status >= 500 or not isinstance(code, int):
        return TryLater(f"WhatsApp has trouble of its own (status {status}); {UNKNOWN}", seconds=rest)
    if code in _CLOSED:
        return OutsideWindow(told)
    if code in GONE:
        return Unreachable(told)
    cure = _CURES.get(0 if code in (0, 3, 10, 190) or 200 <= code <= 299 else code, "")
    return Undeliverable(f"WhatsApp refuses: {told} ({code})" + (f"; {cure}" if cure else ""))


# What we hear: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages

CONTINUE = "handraiser:continue"
"""Behind the template's button."""
_FILES = ("audio", "document", "image", "sticker", "video")
_NO_CONCERN = ("reaction", "revoke")
_MOVED = ("user_changed_number", "user_changed_user_id", "customer_changed_number")


def events_of(body: object, phone_number_id: str) -> Sequence[tuple[str, str]]:
    """(event id, raw event) of everything in a notification that concerns us, each to be read with ``read``."""
    found: list[tuple[str, Json]] = []
    for entry in sequence(mapping(body).get("entry")):
        for change in sequence(mapping(entry).get("changes")):
            value = mapping(mapping(change).get("value"))
            ours = text(mapping(value.get("metadata")).get("phone_number_id")) == phone_number_id
            if ours and mapping(change).get("field") == "messages":
                found += _events(value)
    return [(event_id, json.dumps(event)) for event_id, event in found]


def _events(value: Mapping[str, Any]) -> list[tuple[str, Json]]:
    found: list[tuple[str, Json]] = []
    contacts = [mapping(one) for one in sequence(value.get("contacts"))]
    for message in sequence(value.get("messages")):
        ids = {text(mapping(message).get(key)) for key in ("from", "from_user_id")} - {""}
        contact = next((one for one in contacts if ids & {text(one.get("wa_id")), text(one.get("user_id"))}), {})
        found.append((text(mapping(message).get("id")), {"message": message, "contact": contact}))
    failed = (one for one in map(mapping, sequence(value.get("statuses"))) if one.get("status") == "failed")
    return found + [(f"failed:{text(one.get('id'))}", {"status": one}) for one in failed]


def read(raw: str) -> Incoming | None:
    """What somebody did; None for what is of no concern. Raises ``ValueError`` for what cannot be read."""
    event = mapping(json.loads(raw))
    if status := mapping(event.get("status")):
        return _failed(status)
    message, contact = mapping(event.get("message")), mapping(event.get("contact"))
    phone, reference = text(message.get("from")), text(message.get("id"))
    person = text(message.get("from_user_id")) or text(contact.get("user_id")) or phone
    if message.get("type") == "system":
        person = text(mapping(message.get("system")).get("previous_user_id")) or person
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
    at, advert = moment(text(message.get("timestamp"))), _advert(mapping(message.get("referral")))
    return Incoming(
        channel=NAME, event_id=reference, sender=sender, heard=heard, reference=reference, sent_at=at, advert=advert
    )


def _heard(message: Mapping[str, Any], phone: str) -> Heard | None:
    kind = text(message.get("type"))
    body = mapping(message.get(kind))
    match kind:
        case "text":
            said = clean(text(body.get("body")))
            return read_command(said) or Said(text=said)
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


def _contact(message: Mapping[str, Any], phone: str) -> Heard:
    for card in map(mapping, sequence(message.get("contacts"))):
        for one in map(mapping, sequence(card.get("phones"))):
            if number := text(one.get("phone")) or text(one.get("wa_id")):
                return SharedContact(phone=number, own=bool(phone) and text(one.get("wa_id")) == phone)
    raise ValueError("the card has no phone number")


def _file(kind: str, body: Mapping[str, Any]) -> SentFile:
    is_of = content_type(body.get("mime_type"), "application/octet-stream")
    name = file_name(body.get("filename")) or f"{kind}{mimetypes.guess_extension(is_of) or ''}"
    caption = clean(text(body.get("caption")))
    return SentFile(name=name, content_type=is_of, size=None, fetch=text(body["id"]), caption=caption)


def _advert(referral: Mapping[str, Any]) -> Advert | None:
    """The ad or post whose button brought them: it comes with the first message alone."""
    told = {key: one_line(text(referral.get(key))) for key in ("source_type", "source_id", "headline", "source_url")}
    click = one_line(text(referral.get("ctwa_clid")))  # Ads in a status have none.
    if not click and not any(told.values()):
        return None
    kind, number, headline, url = told.values()
    click_id = f"ctwa_clid:{click}" if click else ""
    return Advert(kind=kind, id=number, headline=headline, url=url, click_id=click_id)


def _failed(status: Mapping[str, Any]) -> Incoming:
    """What was accepted from us, and did not reach them after all."""
    error = next(map(mapping, sequence(status.get("errors"))), {})
    person = text(status.get("recipient_user_id")) or text(status.get("recipient_id"))
    if error.get("code") not in GONE or not person:
        details = text(mapping(error.get("error_data")).get("details")) or text(error.get("title"))
        raise ValueError(f"a message of ours did not arrive: {details} ({error.get('code')})")
    sender = Sender(address=person, person=f"{NAME}:{person}")
    return Incoming(channel=NAME, event_id="", sender=sender, heard=Left(), sent_at=moment(status.get("timestamp")))


# What we say: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages

_REPLIES_MOST, _REPLIES_TEXT = 3, 1024
_CHOOSE = {
    "en": "Choose", "de": "Auswählen", "es": "Elegir", "fr": "Choisir", "pt": "Escolher", "it": "Scegli",
    "nl": "Kiezen", "ar": "اختيار",
}  # fmt: skip


def write(shown: Shown, language: str, media: str = "") -> Sequence[Json]:
    """The messages for a part, the last one with its buttons: up to 3 as such, up to 10 as a list that opens.

    ``media``: what the part's file is called at Meta's. A list with a picture or file above it is two messages.
    """
    head: Json = {}
    said = shown.text
    if shown.file is not None:
        head = {"type": "document", "document": {"id": media, "filename": shown.file.name[-240:]}}
    elif re.search(r"\.(jpe?g|png)$", urlsplit(shown.picture).path, re.IGNORECASE):
        head = {"type": "image", "image": {"link": shown.picture}}
    elif shown.picture:  # No other pictures are taken.
        said = "\n\n".join(filter(None, (said, shown.picture)))
    if not shown.buttons:
        if not head:
            return [{"type": "text", "text": {"body": said}}]
        kind = head["type"]
        return [head | {kind: head[kind] | ({"caption": said} if said else {})}]
    body: Json = {"body": {"text": said}}
    if len(shown.buttons) <= _REPLIES_MOST and len(said) <= _REPLIES_TEXT:
        replies = [{"type": "reply", "reply": {"id": one.key, "title": one.label}} for one in shown.buttons]
        body |= {"type": "button", "action": {"buttons": replies}} | ({"header": head} if head else {})
        return [{"type": "interactive", "interactive": body}]
    rows = [{"id": one.key, "title": one.label} for one in shown.buttons]
    label = _CHOOSE.get(language.partition("-")[0].lower(), _CHOOSE["en"])
    body |= {"type": "list", "action": {"button": label, "sections": [{"rows": rows}]}}
    return [*([head] if head else []), {"type": "interactive", "interactive": body}]


def invitation(name: str, language: str, person: str) -> Json:
    """A message by which somebody can be written to after 24 hours."""
    first = next(iter(person.split()), "") or "👋"
    body = {"type": "body", "parameters": [{"type": "text", "text": first[:60]}]}
    payload = {"type": "payload", "payload": CONTINUE}
    button = {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [payload]}
    template = {"name": name, "language": {"code": language}, "components": [body, button]}
    return {"type": "template", "template": template}


def recipient(chat: Chat, address: str) -> Mapping[str, str]:
    """To whom: by their number, or by their id where they hide it."""
    phone = chat.phone or (address if address.isdigit() else "")
    return {"to": phone.lstrip("+")} if phone else {"recipient": address}


# The messenger.


class WhatsAppMessenger:
    """WhatsApp. ``session`` is open."""

    name: ClassVar[str] = NAME
    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(self, settings: WhatsAppSettings, session: aiohttp.ClientSession, opening: Opening) -> None:
        self.settings = settings
        self._api = _api(settings, session)
        self._house = opening.house
        self._windows = Windows(opening.house, NAME, WINDOW_HOURS, opening.clock)
        self.intake = Intake(opening.house, NAME, read, self._windows.receive)
        self._introducing = Errand("WhatsApp", self._introduce)
        self._number = ""

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook."""
        return [web.get(PATH, self.verify), web.post(PATH, self.notified)]

    async def start(self) -> None:
        """Deal with what was left over; learn our number, for links. WhatsApp need not be reachable yet."""
        self._number = await self._house.recall(NAME, self._number_key) or ""
        await self.intake.start()
        self._introducing.begin()

    async def stop(self) -> None:
        """Let what is under way finish, and hear no more."""
        await self._introducing.end()
        await self.intake.stop()

    async def verify(self, request: web.Request) -> web.Response:
        """Meta looks whether the address is ours."""
        asked = request.query
        is_meta = is_secret(asked.get("hub.verify_token", ""), self.settings.verify_token)
        if not is_meta or asked.get("hub.mode") != "subscribe":
            return web.Response(status=403)
        return web.Response(text=asked.get("hub.challenge", ""), headers={"X-Content-Type-Options": "nosniff"})

    async def notified(self, request: web.Request) -> web.Response:
        """A notification, or something of somebody who would like to be Meta. 200 when it is on disk."""
        body = await read_body(request)
        if not is_signed(body, only_value(request.headers, SIGNATURE), self.settings.app_secret):
            return web.Response(status=401)
        raw = body.decode("utf-8", "replace").replace("\x00", "\ufffd")
        try:
            events = events_of(json.loads(raw), self.settings.phone_number_id)
        except (ValueError, RecursionError):
            events = [("", raw or "(nothing)")]
        return await acknowledge(self.intake.take(events), "WhatsApp")

    async def deliver(self, outgoing: Outgoing) -> str:
        """Say something; see ``Messenger.deliver``.

        Raises ``OutsideWindow`` when they wrote more than 24 hours ago: with a template they are invited by it, once,
        and what was to be said has to wait for their answer.
        """
        address, shown = outgoing.address, outgoing.shown
        chat = await self._windows.chat(address)
        to, reference = recipient(chat, address), ""
        try:
            if self._windows.is_closed(chat):
                raise OutsideWindow("they wrote more than 24 hours ago")
            media = await self._upload(shown)
            for message in write(shown, outgoing.language, media):
                reference = await self._send(to, message, outgoing.id)
        except OutsideWindow:
            if self.settings.template is not None:
                message = invitation(self.settings.template, self.settings.template_language, chat.name)
                await self._windows.invite_once(address, chat, partial(self._send, to, message, outgoing.id))
            raise
        return reference

    async def show_typing(self, address: str) -> None:
        """Show that somebody writes, and that what they wrote was read; best effort."""
        with suppress(*Failure):
            if message := (await self._windows.chat(address)).message:
                read_it = {"status": "read", "message_id": message, "typing_indicator": {"type": "text"}}
                await self._post(read_it)

    async def fetch(self, file: SentFile, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger, else as ``deliver`` does."""
        about = await self._api.call("GET", file.fetch)
        size = about.get("file_size")
        if isinstance(size, int) and size > most_bytes:
            raise ValueError(f"the file has {size} bytes")
        return await self._api.download(text(about.get("url")), most_bytes)

    def link(self, code: str) -> str | None:
        """An address that opens a chat with us, with a first message to be sent that brings ``code``."""
        return f"https://wa.me/{self._number}?text={quote(f'/start {code}')}" if self._number else None

    async def _send(self, to: Mapping[str, str], message: Mapping[str, Any], name: str) -> str:
        """Say something; its id. ``name``: ours for it, which comes back with what becomes of it."""
        answer = await self._post({"recipient_type": "individual", **to, **message, "biz_opaque_callback_data": name})
        return text(mapping(next(iter(sequence(answer.get("messages"))), {})).get("id"))

    async def _upload(self, shown: Shown) -> str:
        """What the file is called at Meta's, for 30 days; "" where there is none."""
        if shown.file is None:
            return ""
        fields = {"messaging_product": NAME, "type": shown.file.content_type}
        answer = await self._api.upload(f"{self.settings.phone_number_id}/media", shown.file, fields)
        if not (media := text(answer.get("id"))):
            raise TryLater(f"WhatsApp did not say what it calls {shown.file.name}")
        return media

    async def _post(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        path = f"{self.settings.phone_number_id}/messages"
        return await self._api.call("POST", path, json={"messaging_product": NAME, **body})

    async def _introduce(self) -> None:
        """Learn our number."""
        about = await _about_us(self._api, self.settings)
        self._number = "".join(filter(str.isdecimal, text(about.get("display_phone_number"))))
        await self._house.remember(NAME, self._number_key, self._number)

    @property
    def _number_key(self) -> str:
        return f"number:{self.settings.phone_number_id}"


def _api(settings: WhatsAppSettings, session: aiohttp.ClientSession) -> JsonApi:
    return JsonApi("WhatsApp", settings.api_url, {"Authorization": f"Bearer {settings.token}"}, session, judge)


async def _about_us(api: JsonApi, settings: WhatsAppSettings) -> Mapping[str, Any]:
    fields = "display_phone_number,verified_name,quality_rating"
    return await api.call("GET", settings.phone_number_id, params={"fields": fields})


@asynccontextmanager
async def open_whatsapp(opening: Opening) -> AsyncIterator[Messenger]:
    """WhatsApp, with its connections open; it hears nothing before it is started. Raises ``ConfigError``."""
    settings = read_settings(opening.section, opening.path)
    async with aiohttp.ClientSession(trust_env=True) as session:
        yield WhatsAppMessenger(settings, session, opening)


async def look(section: Mapping[str, Any], path: Path | None, base_url: str) -> AsyncIterator[Remark]:
    """What WhatsApp says of us, and what Meta has to know. Raises ``ConfigError``."""
    settings = read_settings(section, path)
    async with aiohttp.ClientSession(trust_env=True) as session:
        try:
            about = await _about_us(_api(settings, session), settings)
        except Failure as error:
            host = urlsplit(settings.api_url).hostname
            yield trouble(NAME, error, f"may this server reach {host}? Behind a proxy, set HTTPS_PROXY")
        else:
            who = f"{text(about.get('display_phone_number'))}, {text(about.get('verified_name'))}"
            poor = about.get("quality_rating") == "RED"
            cure = "people block or report it: see WhatsApp Manager, Phone numbers" if poor else ""
            yield Remark(NAME, "warning" if poor else "ok", f"the number is {who}", cure)
    what_to_do = f"enter {base_url}{PATH} in your Meta app, and subscribe to messages"
    yield webhook(f"{NAME} webhook", "Meta", base_url, PATH, what_to_do)
    if settings.template is None:
        message = "who wrote more than 24 hours ago can not be written to, as there is no [whatsapp] template"
        yield Remark(f"{NAME} template", "ok", message)


KIND = MessengerKind(capabilities=CAPABILITIES, open=open_whatsapp, examine=look)
"""For the registry."""
