"""From what a messenger heard to what happened in a conversation. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.channels.choosing import choices_of, chosen_by_number
from bot.channels.contract import Advert, Capabilities, SharedLocation, Wished
from bot.ports import Message
from dialogs.commands import FORGET_ME, LANGUAGE, MY_DATA, WISH
from dialogs.events import VisitorSaid
from dialogs.source import Touch, bounded, read_touch

TEXT_MOST = 16_384
"""Longest text that is read as an answer, in characters; what is behind it stays out of the transcript, too."""

_COMMANDS = {
    "stop": f"{WISH}stop",
    "human": f"{WISH}person",
    "restart": f"{WISH}restart",
    "help": f"{WISH}help",
    "mydata": MY_DATA,
    "forgetme": FORGET_ME,
}


def said_by_command(wished: Wished, at: datetime) -> VisitorSaid:
    """The wish that a command expresses; whoever uses one that we do not have is helped."""
    words = wished.words.strip()[:200]
    text = " ".join(filter(None, (f"/{wished.command[:50]}", words)))
    key = f"{LANGUAGE}{words}" if wished.command == "language" else _COMMANDS.get(wished.command, f"{WISH}help")
    return VisitorSaid(at=at, text=text, choice=key)


def said_by_button(message: Message, number: int, language: str, at: datetime) -> VisitorSaid | None:
    """What pressing a button of a message says; None where it has no such button."""
    choices = choices_of(message, language)
    if number >= len(choices):
        return None
    return VisitorSaid(at=at, text=choices[number].label, choice=choices[number].key, step=message.get("step"))


def said_by_text(
    text: str, latest: Sequence[Message], capabilities: Capabilities, language: str, at: datetime
) -> VisitorSaid:
    """What a typed message says: a number of the list that was shown last, or its words.

    ``latest`` are the conversation's last messages, in order.
    """
    shown = last_question(latest)
    chosen = None if shown is None else chosen_by_number(shown, text, capabilities, language)
    if shown is None or chosen is None:
        return VisitorSaid(at=at, text=text[:TEXT_MOST])
    return VisitorSaid(at=at, text=chosen.label, choice=chosen.key, step=shown.get("step"))


def last_question(messages: Sequence[Message]) -> Message | None:
    """The last message of ours that waits for an answer."""
    asking = (one for one in reversed(messages) if one["from"] == "bot" and (one.get("choices") or one.get("input")))
    return next(asking, None)


def step_answered(messages: Sequence[Message], seq: int) -> str:
    """The step whose question was open when the visitor wrote message ``seq``; "" where none was."""
    asked = last_question([one for one in messages if one["seq"] < seq])
    return str(asked.get("step", "")) if asked is not None else ""


def line_of_location(shared: SharedLocation) -> str:
    """What the transcript says of a place."""
    query = f"mlat={shared.latitude:.5f}&mlon={shared.longitude:.5f}"
    return f"📍 {place_of(shared)} https://www.openstreetmap.org/?{query}"


def place_of(shared: SharedLocation) -> str:
    """A place as an answer: latitude and longitude, in degrees."""
    return f"{shared.latitude:.5f}, {shared.longitude:.5f}"


def phone_of(shared: str, *, own: bool) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A shared phone number as it is read, and what it proves: that it is theirs, where the platform says so."""
    digits = "".join(character for character in shared if character.isascii() and character.isdigit())
    if not own or not 7 <= len(digits) <= 15:
        return shared.strip()[:50], ()
    return f"+{digits}", (("phone", f"+{digits}"),)


def touch_of(channel: str, campaign: str | None, at: datetime, advert: Advert | None = None) -> Touch:
    """Where somebody came from who wrote to us on a channel, perhaps by an ad of another platform."""
    touch = Touch(at=at, utm_source=channel, utm_medium="chat", campaign_code=campaign)
    if advert is None:
        return touch
    return replace(
        touch,
        utm_medium=bounded(advert.kind) or "ad",
        utm_campaign=bounded(advert.headline),
        utm_content=bounded(advert.id),
        click_id=bounded(advert.click_id),
        referrer=read_touch(None, advert.url, at).referrer,
    )


def script_and_campaign(code: str, scripts: Sequence[str]) -> tuple[str | None, str | None]:
    """What a link's code says: ``crm-guide`` is a script, ``crm-guide_spring`` a campaign of it, ``spring`` one."""
    if code in scripts:
        return code, None
    named = [one for one in scripts if code.startswith(f"{one}_")]
    if named:
        script = max(named, key=len)
        return script, code.removeprefix(f"{script}_")[:100] or None
    return None, code[:100] or None
