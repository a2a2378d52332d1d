"""Which words of a thread are for the visitor, and what of them reaches them. Pure.

Everything stays private but what begins with the reply prefix, or with a mention of the bot. A prefix that is written
twice (``!!``) is an exclamation among colleagues.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.emoji import EMOJI
from bot.slack.listening import SlackFile
from bot.slack.mrkdwn import to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Words for the visitor."""

    text: str
    """"" when nothing can reach them."""
    withheld: tuple[str, ...] = ()
    """Names of files that the visitor could not open."""


def read_reply(text: str, files: Sequence[SlackFile], *, prefix: str, bot: str = "") -> Reply | None:
    """What of a message is for the visitor; None when it is private. ``bot``: the bot's own user id."""
    words = _addressed(text, prefix, bot)
    if words is None:
        return None
    links = [file.permalink_public for file in files if file.permalink_public]
    withheld = tuple(file.name or file.id for file in files if not file.permalink_public)
    return Reply(text="\n".join(part for part in (to_plain(words, EMOJI).strip(), *links) if part), withheld=withheld)


def _addressed(text: str, prefix: str, bot: str) -> str | None:
    """The words behind the prefix or the mention; None when there is neither."""
    text = text.lstrip()
    if text.startswith(prefix):
        rest = text[len(prefix) :]
        return None if rest.startswith(prefix) else rest
    found = re.match(r"<@([A-Z0-9]+)(?:\|[^>]*)?>[:,]?", text)
    return text[found.end() :] if found and bot and found[1] == bot else None
