"""What a reader sees of what was sent, whom it pings, and where its links lead.

https://docs.slack.dev/messaging/formatting-message-text
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.slack.workspace import Json, Workspace

_TOKEN = re.compile(r"<([^<>\n]+)>")
_BARE_LINK = re.compile(r"(?<![<|\w])(?:https?://|mailto:)[^\s<>|]+")
_FORMATS = (
    ("pre", re.compile(r"```(.+?)```", re.DOTALL)),
    ("code", re.compile(r"(?<![\w`])`([^`\n]+?)`(?![\w`])")),
    ("bold", re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")),
    ("italic", re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")),
    ("strike", re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")),
    ("quote", re.compile(r"^&gt;\s?(.+)$", re.MULTILINE)),
)


@dataclass(frozen=True, slots=True)
class Ping:
    """Somebody is called: ``token`` is how (``<!channel>``, ``<@U…>``, ``@here`` by ``link_names``)."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what it says it is."""

    url: str
    label: str

    @property
    def differs(self) -> bool:
        """Whether it says to be something else than where it leads."""
        return self.label not in {self.url, self.url.removeprefix("mailto:").removeprefix("tel:")}


@dataclass(frozen=True, slots=True)
class Format:
    """A stretch of text that is shown in bold, italic, as code …"""

    kind: str
    text: str


def texts(shown: Json) -> Iterator[tuple[str, bool]]:
    """Every text of a message or view, and whether it is read as mrkdwn."""
    if shown.get("text"):
        yield shown["text"], True
    for block in shown.get("blocks", ()):
        yield from _texts_in(block)
    for attachment in shown.get("attachments", ()):
        for key in ("pretext", "title", "text", "fallback", "footer", "author_name"):
            if isinstance(attachment.get(key), str):
                yield attachment[key], key in attachment.get("mrkdwn_in", ("text", "pretext", "title"))
        for block in attachment.get("blocks", ()):
            yield from _texts_in(block)


def _texts_in(value: Any) -> Iterator[tuple[str, bool]]:
    if isinstance(value, list):
        for one in value:
            yield from _texts_in(one)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind in {"mrkdwn", "plain_text", "markdown"} and isinstance(value.get("text"), str):
            yield value["text"], kind != "plain_text"
        elif kind in {"user", "usergroup", "broadcast", "link"} and "elements" not in value:
            yield _rich_token(value), True
        else:
            if isinstance(value.get("alt_text"), str):
                yield value["alt_text"], False
            for one in value.values():
                yield from _texts_in(one)


def _rich_token(part: Json) -> str:
    match part["type"]:
        case "user":
            return f"<@{part['user_id']}>"
        case "usergroup":
            return f"<!subteam^{part['usergroup_id']}>"
        case "broadcast":
            return f"<!{part['range']}>"
        case _:
            return f"<{part['url']}|{part['text']}>" if part.get("text") else f"<{part['url']}>"


def pings_in(text: str, *, link_names: bool = False) -> list[Ping]:
    """Whom a mrkdwn text calls."""
    found = []
    for token in _TOKEN.finditer(text):
        inner = token.group(1)
        if inner.startswith("@") or re.match(r"!(channel|here|everyone|subteam\^)", inner):
            found.append(Ping(token.group(), text))
    if link_names:
        bare = re.finditer(r"(?<![\w<!@])@(channel|here|everyone|[a-z0-9._-]+)", _TOKEN.sub("", text))
        found += [Ping(one.group(), text) for one in bare]
    return found


def links_in(text: str) -> list[Link]:
    """The links of a mrkdwn text, those that Slack makes of bare addresses too."""
    found = []
    for token in _TOKEN.finditer(text):
        inner = token.group(1)
        date = re.match(r"!date\^[^^]+\^[^^|]+\^([^|]+)\|", inner)
        if date:
            found.append(Link(html.unescape(date.group(1)), ""))
        elif not inner.startswith(("@", "#", "!")):
            url, _, label = inner.partition("|")
            found.append(Link(html.unescape(url), html.unescape(label or url)))
    bare = (html.unescape(one.group()) for one in _BARE_LINK.finditer(_TOKEN.sub(" ", text)))
    return found + [Link(one, one) for one in bare]


def formats_in(text: str) -> list[Format]:
    """What a mrkdwn text shows other than plainly."""
    bare = _TOKEN.sub(" ", text)
    return [Format(kind, html.unescape(one.group(1))) for kind, rule in _FORMATS for one in rule.finditer(bare)]


def emoji_in(text: str) -> list[str]:
    """The names between colons that Slack shows as pictures, in texts of either kind."""
    return re.findall(r":([a-z0-9_+-]*[a-z][a-z0-9_+-]*):", text)


def read(workspace: Workspace, text: str, *, mrkdwn: bool = True, tz_offset: int = 0) -> str:
    """What a reader sees of one text."""
    if not mrkdwn:
        return html.unescape(text)
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_token_read(workspace, found.group(1), tz_offset))
        return f"\0{len(kept) - 1}\0"

    shown = _TOKEN.sub(keep, text.replace("\0", ""))
    for _, rule in _FORMATS[:-1]:
        shown = rule.sub(lambda found: found.group(1), shown)
    shown = html.unescape(_FORMATS[-1][1].sub(lambda found: found.group(1), shown))
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found.group(1))], shown)


def _token_read(workspace: Workspace, inner: str, tz_offset: int) -> str:
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        person = workspace.people.get(target[1:])
        return f"@{person.name if person else label or target[1:]}"
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return f"#{channel.name if channel else label or target[1:]}"
    if target.startswith("!date^"):
        return _date_read(target, label, tz_offset)
    if target.startswith("!subteam^"):
        return label or "@" + target.partition("^")[2]
    if target.startswith("!"):
        return f"@{target[1:]}"
    return html.unescape(label or target)


def _date_read(target: str, fallback: str, tz_offset: int) -> str:
    _, seconds, form, *_ = target.split("^")
    try:
        at = datetime.fromtimestamp(int(seconds), UTC) + timedelta(seconds=tz_offset)
    except (ValueError, OverflowError, OSError):
        return html.unescape(fallback)
    month, year = f"{at:%B}", at.year
    known = {
        "{date_num}": f"{at:%Y-%m-%d}",
        "{date}": f"{month} {at.day}, {year}",
        "{date_short}": f"{at:%b} {at.day}, {year}",
        "{date_long}": f"{at:%A}, {month} {at.day}, {year}",
        "{date_pretty}": f"{month} {at.day}, {year}",
        "{date_short_pretty}": f"{at:%b} {at.day}, {year}",
        "{date_long_pretty}": f"{at:%A}, {month} {at.day}, {year}",
        "{time}": f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}",
        "{time_secs}": f"{at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}",
        "{ago}": "some time ago",
    }
    if set(re.findall(r"\{[^}]*\}", form)) - set(known):
        return html.unescape(fallback)
    for token, shown in known.items():
        form = form.replace(token, shown)
    return html.unescape(form)
