"""Slack's markup, both ways: what strangers wrote is shown as they wrote it and does nothing; what our people wrote in
Slack reaches the visitor as plain text.

1. Text is escaped once, on the way out: ``&`` first, then ``<`` and ``>``; Slack knows no other escapes.
2. What a visitor typed stands in places that Slack does not read as markup (``plain_text`` and rich text) wherever
   there is such a place; the ``text`` of a message is escaped and sent with ``mrkdwn`` off.
"""

import re
from datetime import UTC, datetime

from bot.graphemes import cut

_TOKEN = re.compile(r"<([^<>\n]*)>")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # Control characters; line breaks and tabs are kept.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Marks that turn the direction of what follows.
    "\ufff9-\ufffb]"
)
_LOOKALIKES = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_ADDRESS = re.compile(r"https?://[^\s/?#<>|\"\\]+[^\s<>|\"\\]*", re.IGNORECASE)
_SHORTCODE = re.compile(r":([a-z0-9_+'-]{1,64}):(?::skin-tone-[2-6]:)?")


def escape(text: str) -> str:
    """``text`` for a place that Slack reads as markup: nothing in it is a mention or a link."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_within(text: str, most: int) -> str:
    """``escape``, of as much of the beginning as fits into ``most`` characters once it is escaped."""
    wire, room = escape(text), most
    while len(wire) > most:
        room -= max(1, (len(wire) - most) // 5)
        wire = escape(cut(text, room))
    return wire


def clean(text: str) -> str:
    """``text`` without what cannot be sent or would turn the line around."""
    return _UNSEEN.sub("", _SURROGATES.sub("\ufffd", text.replace("\u2028", "\n").replace("\u2029", "\n")))


def one_line(text: str) -> str:
    """``text`` cleaned, its blanks and line breaks as single blanks."""
    return " ".join(clean(text).split())


def short(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters. What lies far beyond is not looked at."""
    return cut(one_line(text[: 4 * most + 100]), most)


def neutral(text: str) -> str:
    """A colleague's name or words on one line, escaped, for the midst of our own markup: marks of formatting are
    written as signs that look like them and do nothing."""
    line = short(text, 400).translate(_LOOKALIKES)
    return escape(f"›{line[1:]}" if line.startswith(">") else line)


def mention(user: str) -> str:
    """A ping of one of ours; ``user`` is an id that Slack gave."""
    return f"<@{user}>" if re.fullmatch(r"[A-Z0-9]{2,32}", user) else neutral(user)


def anchor(url: str, label: str) -> str:
    """A link with words of ours; "" where the address is none that could stand in markup."""
    return f"<{url}|{label}>" if is_address(url) else ""


def is_address(url: str) -> bool:
    """Whether it is an address of a page that Slack takes, and nothing in it ends a token."""
    return len(url) <= 2000 and _ADDRESS.fullmatch(url) is not None


def moment(at: datetime, form: str = "{date_short_pretty} {time}") -> str:
    """A time that each reader sees in their own zone; in UTC where Slack cannot."""
    at = at.astimezone(UTC)
    return f"<!date^{int(at.timestamp())}^{form}|{at:%Y-%m-%d %H:%M} UTC>"


def ago(at: datetime) -> str:
    """How long ago, as it is when somebody reads it."""
    return moment(at, "{ago}")


def clock(at: datetime) -> str:
    """A time of day to the second, for what counts down."""
    return moment(at, "{time_secs}")


def to_plain(text: str, emoji: dict[str, str] | None = None) -> str:
    """What somebody wrote in Slack, as plain text: mentions by name, links as their address or words, emoji as such.

    ``emoji`` by their names in Slack; a name it does not know stays as it is written.
    """
    plain = _TOKEN.sub(lambda found: _token(found[1]), text)
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if emoji:
        plain = _SHORTCODE.sub(lambda found: emoji.get(found[1], found[0]), plain)
    return plain


def _token(inner: str) -> str:
    """What people see of ``<…>``."""
    what, bar, label = inner.partition("|")
    sign = what[:1]
    if sign == "@":
        return f"@{label or what[1:]}"
    if sign == "#":
        return f"#{label or what[1:]}"
    if sign == "!":
        return _special(what[1:], label)
    address = what.removeprefix("mailto:").removeprefix("tel:")
    if not bar or not label:
        return address
    hides = what.startswith(("http://", "https://")) and not what.rstrip("/").endswith(label.rstrip("/"))
    return f"{label} ({address})" if hides else label


def _special(what: str, label: str) -> str:
    name = what.partition("^")[0]
    if name in ("date", "subteam"):
        return label or name
    return f"@{(label or name).removeprefix('@')}"
