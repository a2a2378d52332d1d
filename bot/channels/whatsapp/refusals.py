"""What the Cloud API's errors mean, and what is to be done about each. Pure.

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

import re

from bot.channels.contract import OutsideWindow, Unreachable
from bot.channels.looking import mapping, text
from bot.desk.contract import TryLater, Undeliverable

UNKNOWN = "it is not known whether it was done"
GONE = (131026, 131050)
"""They have no WhatsApp (any more), block us, or want no more of it."""
_LATER = (1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133016)
_OURS = {
    0: "make a new token, as docs/whatsapp.md shows, and set it as [whatsapp] token",
    131030: "this is a number for tests: allow the recipient in your Meta app under WhatsApp, API Setup",
    131031: "the business account is locked: see business.facebook.com, Account quality",
    131042: "set up a way to pay: business.facebook.com, WhatsApp accounts, Payment settings",
    132000: "the template [whatsapp] template needs one variable in its text and one quick reply button",
    132001: "there is no approved template of this name in this language: see [whatsapp] template, template_language",
    132015: "the template [whatsapp] template is paused: see WhatsApp Manager, Message templates",
}
"""What to do, by code: https://…/whatsapp/support/error-codes."""


def judge(status: int, answer: object, retry_after: str = "") -> Exception:
    """What to raise for an answer that is no success."""
    error = mapping(mapping(answer).get("error"))
    code = error.get("code")
    told = text(mapping(error.get("error_data")).get("details")) or text(error.get("message")) or f"status {status}"
    wait = float(retry_after) if re.fullmatch("[0-9]{1,5}", retry_after) else None
    if status == 429 or code in _LATER or error.get("is_transient") is True:
        return TryLater(f"WhatsApp takes no more at present: {told}", seconds=6.0 if code == 131056 else wait)
    if status >= 500 or not isinstance(code, int):
        return TryLater(f"WhatsApp has trouble of its own (status {status}); {UNKNOWN}", seconds=wait)
    if code in (131047, 470):
        return OutsideWindow(told)
    if code in GONE:
        return Unreachable(told)
    cure = _OURS.get(0 if code in (0, 3, 10, 190) or 200 <= code <= 299 else code, "")
    return Undeliverable(f"WhatsApp refuses: {told} ({code})" + (f"; {cure}" if cure else ""))
