"""From what happened in Slack to what the house hears. Pure."""

import re
from datetime import UTC, datetime

from bot.channels.commands import WISHES, command
from bot.channels.contract import Began, Edited, Heard, Said, SentFile, Wished, read_button_key
from bot.channels.looking import content_type, file_name
from bot.channels.slack.addresses import Address, reference_of
from bot.slack.emoji import EMOJI
from bot.slack.listening import (
    AppMention,
    BlockAction,
    MessageChanged,
    MessagePosted,
    SlackEvent,
    SlackFile,
    SlashCommand,
)
from bot.slack.mrkdwn import to_plain
from bot.slack.sides import is_direct

TEXT_MOST = 16_384
"""Characters; what is longer is cut. Slack's own limit for people is 12,000."""
_COMMAND = re.compile(r"/?([a-z]{1,20})(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_TS = re.compile(r"([0-9]{1,12})\.([0-9]{6})")
_LATEST = 253_402_300_799
"""The last second of the year 9999."""

Spoken = MessagePosted | AppMention


def address_of(event: SlackEvent) -> Address | None:
    """Where the one who did it is talked with; None where nobody is."""
    match event:
        case MessagePosted() | AppMention() | MessageChanged():
            if is_direct(event):
                return Address(user=event.user)
            return Address(user=event.user, channel=event.channel, thread=event.thread_ts or event.ts)
        case BlockAction():
            if is_direct(event):
                return Address(user=event.user)
            thread = event.thread_ts or event.message_ts
            return Address(user=event.user, channel=event.channel, thread=thread) if thread else None
        case SlashCommand():
            return Address(user=event.user)
        case _:
            return None


def read_heard(event: SlackEvent, bot: str) -> Heard | None:
    """What somebody says by it; None when that is nothing. ``bot``: our own user id."""
    match event:
        case MessagePosted() | AppMention():
            return _spoken(event, bot)
        case MessageChanged():
            said = _plain(event.text, bot)
            return Edited(reference=reference_of(event.channel, event.ts), text=said) if said else None
        case BlockAction():
            key, _ = read_value(event.value)
            return Said(text="", button=key) if key else None
        case SlashCommand():
            return _command(event.text)
        case _:
            return None


def value_of(key: str, address: Address) -> str:
    """What a button carries: its key, and for whom it is, since in a thread everybody can press it."""
    return f"{key}@{address.user}"


def read_value(value: str) -> tuple[str, str]:
    """The key of a button and for whom it is; "" for what is none of ours."""
    key, _, user = value.partition("@")
    return (key, user) if read_button_key(key) is not None else ("", "")


def order_of(event: SlackEvent) -> int:
    """Grows with every message: Slack numbers them by their time."""
    match = _TS.fullmatch(event.ts) if isinstance(event, Spoken) else None
    return int(match[1] + match[2]) if match else 0


def sent_at(event: SlackEvent) -> datetime | None:
    """When a message was written."""
    match = _TS.fullmatch(event.ts) if isinstance(event, Spoken) else None
    if match is None or not 0 < int(match[1]) <= _LATEST:
        return None
    return datetime.fromtimestamp(int(match[1]), UTC).replace(microsecond=int(match[2]))


def _spoken(event: Spoken, bot: str) -> Heard | None:
    said = _plain(event.text, bot)
    if event.files:
        return _file(event.files, said)
    if not said:
        return Began() if isinstance(event, AppMention) else None
    wish = _COMMAND.fullmatch(said) if said.startswith("/") else None
    return _command(said) if wish and wish[1].lower() in WISHES else Said(text=said)


def _command(words: str) -> Heard:
    """What is meant by ``/handraiser …``; words that are no command are said."""
    words = to_plain(words, EMOJI).strip()
    match = _COMMAND.fullmatch(words)
    name, rest = (match[1].lower(), (match[2] or "").strip()) if match else ("", "")
    if not words:
        return Wished(command="help")
    return command(name, rest) or Said(text=words[:TEXT_MOST])


def _file(files: tuple[SlackFile, ...], said: str) -> Heard:
    """The first file; further ones as links in its caption."""
    first, *others = files
    caption = "\n".join(part for part in (said, *map(_written, others)) if part)[:TEXT_MOST]
    if not first.url_private:
        return Said(text="\n".join(part for part in (said, *map(_written, files)) if part)[:TEXT_MOST])
    return SentFile(
        name=file_name(first.name) or "file",
        content_type=content_type(first.mimetype, "application/octet-stream"),
        size=first.size if first.size > 0 else None,
        fetch=first.url_private,
        caption=caption,
    )


def _written(file: SlackFile) -> str:
    """A file in words."""
    return ": ".join(part for part in (file_name(file.name), file.permalink) if part)


def _plain(text: str, bot: str) -> str:
    """The words, without the mention by which the bot is spoken to."""
    if bot:
        text = re.sub(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>[:,]?\s*", "", text)
    return to_plain(text, EMOJI).strip()[:TEXT_MOST]
