"""From parts of messages to what the Cloud API takes. Pure."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.channels.contract import Capabilities, Shown
from bot.channels.whatsapp.settings import NAME

WINDOW_HOURS = 24.0
CAPABILITIES = Capabilities(
    name=NAME, title="WhatsApp", buttons=10, label_characters=20, text_characters=4096, counts_utf16=True,
    file_bytes=100_000_000, link_buttons=False, typing=True, window_hours=WINDOW_HOURS,
)  # fmt: skip
"""Up to 3 choices are buttons, up to 10 a list that opens."""
CONTINUE = "handraiser:continue"
"""Behind the template's button."""
_REPLIES_MOST, _REPLIES_TEXT = 3, 1024
_CHOOSE = {"en": "Choose", "de": "Auswählen", "es": "Elegir", "fr": "Choisir"}
Json = dict[str, Any]


def write(shown: Shown, language: str, media: str = "") -> Sequence[Json]:
    """The messages for a part, the last one with its buttons. ``media``: what the part's file is called at Meta's."""
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
    return {
        "type": "template",
        "template": {"name": name, "language": {"code": language}, "components": [body, button]},
    }
