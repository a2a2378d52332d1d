"""``parse_mode=MarkdownV2``, and the older ``Markdown``: what the server takes and refuses.

https://core.telegram.org/bots/api#markdownv2-style; offsets in errors count bytes of UTF-8.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.telegram.chats import Json
from tests.telegram.html_mode import as_date, as_link, wrong
from tests.telegram.text import Formatted, ordered, units

_RESERVED = b"_*[]()~`>#+-=|{}.!\n"
_NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl", "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}  # fmt: skip
_CLOSERS = {
    "bold": b"*", "underline": b"__", "italic": b"_", "strikethrough": b"~", "spoiler": b"||",
    "text_link": b"]", "custom_emoji": b"]", "code": b"`", "pre": b"```",
}  # fmt: skip
_OPENERS = (
    (b"__", "underline"), (b"_", "italic"), (b"*", "bold"), (b"~", "strikethrough"), (b"||", "spoiler"),
    (b"![", "custom_emoji"), (b"[", "text_link"), (b"```", "pre"), (b"`", "code"),
)  # fmt: skip
_LANGUAGE = re.compile(rb"[^ \t\n\r\v\0`]+(?=[ \t\n\r\v])")
_FIRST_BREAK = re.compile(rb"\r\n|\n\r|\n|\r")


@dataclass(slots=True)
class _Open:
    kind: str
    offset: int
    byte: int
    begin: int
    language: str = ""

    @property
    def unended(self) -> Exception:
        name = "PreCode" if self.language else _NAMES[self.kind]
        return wrong(f"Can't find end of {name} entity at byte offset {self.byte}")


class _Reader:
    """Reads one text from the front to the end."""

    def __init__(self, source: str) -> None:
        self.data = source.encode("utf-8", "surrogatepass")
        self.at = 0
        self.out: list[bytes] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []
        self.quoting = False
        self.line_begins = True

    def read(self) -> Formatted:
        """The text and its entities."""
        while self.at < len(self.data):
            if self._escaped():
                continue
            reserved = b"`" if self.open and self.open[-1].kind in {"code", "pre"} else _RESERVED
            if self.data[self.at] not in reserved:
                self._plain(reserved)
            elif self._ends():
                self._end()
            else:
                self._begin()
        self._end_of_all()
        return Formatted(b"".join(self.out).decode("utf-8", "surrogatepass"), ordered(self.entities))

    def _escaped(self) -> bool:
        here = self.data[self.at : self.at + 2]
        if len(here) < 2 or here[:1] != b"\\" or not 0 < here[1] <= 126:
            return False
        self.at += 2
        self._put(here[1:])
        if here[1:] != b"\r":
            self.line_begins = here[1:] == b"\n"
        return True

    def _plain(self, reserved: bytes) -> None:
        begin = self.at
        self.at += 1
        while self.at < len(self.data) and self.data[self.at] not in reserved + b"\\":
            self.at += 1
        taken = self.data[begin : self.at]
        self._put(taken)
        if taken.strip(b"\r"):
            self.line_begins = False

    def _put(self, taken: bytes) -> None:
        self.out.append(taken)
        self.length += units(taken.decode("utf-8", "surrogatepass"))

    def _next_is(self, what: bytes) -> bool:
        return self.data.startswith(what, self.at)

    def _quote_ends(self) -> bool:
        return self.quoting and self._next_is(b"\n") and self.data[self.at + 1 : self.at + 2] != b">"

    def _ends(self) -> bool:
        if not self.open:
            return False
        if self._quote_ends():
            return True
        kind = self.open[-1].kind
        if kind == "blockquote":
            return False
        return self._next_is(_CLOSERS[kind]) and not (kind == "italic" and self._next_is(b"__"))

    def _reserved(self) -> Exception:
        return wrong(f"Character '{chr(self.data[self.at])}' is reserved and must be escaped with the preceding '\\'")

    def _begin(self) -> None:
        if self._next_is(b"\n"):
            self.at += 1
            self._put(b"\n")
            self.line_begins = True
            return
        if self._next_is(b">"):
            if not self.line_begins:
                raise self._reserved()
            if not self.quoting:
                self.open.append(_Open("blockquote", self.length, self.at, len(self.out)))
            self.quoting = True
            self.at += 1
            return
        opener = next((one for one in _OPENERS if self._next_is(one[0])), None)
        if opener is None:
            raise self._reserved()
        mark, kind = opener
        opened = _Open(kind, self.length, self.at, len(self.out))
        self.at += len(mark)
        if kind == "pre":
            if language := _LANGUAGE.match(self.data, self.at):
                opened.language = language[0].decode("utf-8", "replace")
                self.at = language.end()
            if first := _FIRST_BREAK.match(self.data, self.at):
                self.at = first.end()
        self.open.append(opened)

    def _end(self) -> None:
        if self._quote_ends():
            self._end_quote()
            return
        closed = self.open.pop()
        self.at += len(_CLOSERS[closed.kind])
        entity: Json = {"type": closed.kind, "offset": closed.offset, "length": self.length - closed.offset}
        if closed.kind == "text_link":
            url = self._url() if self._next_is(b"(") else b"".join(self.out[closed.begin :]).decode("utf-8", "replace")
            linked = as_link(url)
            if linked is None:
                return
            entity |= linked
        elif closed.kind == "custom_emoji":
            entity |= self._own_link()
        elif closed.language:
            entity["language"] = closed.language
        if entity["length"]:
            self.entities.append(entity)

    def _url(self) -> str:
        self.at += 1
        begin = self.at
        found = re.compile(rb"(?:\\[\x01-\x7e]|\\(?![\x01-\x7e])|[^)\\])*\)", re.DOTALL).match(self.data, begin)
        if found is None:
            raise wrong(f"Can't find end of a URL at byte offset {begin}")
        self.at = found.end()
        return re.sub(rb"\\([\x01-\x7e])", rb"\1", found[0][:-1], flags=re.DOTALL).decode("utf-8", "replace")

    def _own_link(self) -> Json:
        """An emoji or a date: ``![…](tg://emoji?id=…)``, ``![…](tg://time?unix=…&format=…)``."""
        if not self._next_is(b"("):
            raise wrong("The entity must contain a tg://emoji or tg://time URL")
        found = re.fullmatch(r"tg:(?://)?(emoji|time)/?\?([^#]*)(#.*)?", self._url(), re.IGNORECASE)
        given = dict(one.partition("=")[::2] for one in found[2].split("&")) if found is not None else {}
        number = given.get("id" if found is not None and found[1].lower() == "emoji" else "unix", "")
        if found is None or not re.fullmatch("[1-9][0-9]*", number):
            raise wrong("Invalid tg://emoji or tg://time URL specified")
        if found[1].lower() == "emoji":
            return {"custom_emoji_id": number}
        return as_date(number, given.get("format", ""))

    def _end_quote(self) -> None:
        """A quotation ends with its line; two bars before the end of it make it expandable."""
        kind = "blockquote"
        if self.open[-1].kind == "spoiler":
            between = self.data[self.open[-1].byte : self.at]
            if between not in {b"||", b"||\r"}:
                raise self.open[-1].unended
            self.open.pop()
            kind = "expandable_blockquote"
        if self.open[-1].kind != "blockquote":
            raise self.open[-1].unended
        closed = self.open.pop()
        self.at += 1
        self._put(b"\n")
        self.quoting, self.line_begins = False, True
        self.entities.append({"type": kind, "offset": closed.offset, "length": self.length - closed.offset})

    def _end_of_all(self) -> None:
        if self.quoting:
            kind = "blockquote"
            if self.open[-1].kind == "spoiler" and self.open[-1].byte == len(self.data) - 2:
                self.open.pop()
                kind = "expandable_blockquote"
            if self.open[-1].kind == "blockquote":
                closed = self.open.pop()
                if length := self.length - closed.offset:
                    self.entities.append({"type": kind, "offset": closed.offset, "length": length})
        if self.open:
            raise self.open[-1].unended


def read_markdown_v2(source: str) -> Formatted:
    """Read marked-up text. Raises ``Malformed`` where the server refuses it."""
    return _Reader(source).read()


def read_markdown(source: str) -> Formatted:
    """Read the older markup, which neither nests nor escapes inside."""
    text: list[str] = []
    entities: list[Json] = []
    at = 0
    while at < len(source):
        if source[at] == "\\" and source[at + 1 : at + 2] in set("_*`["):
            text.append(source[at + 1])
            at += 2
            continue
        mark = "```" if source.startswith("```", at) else source[at]
        if mark not in {"_", "*", "`", "```", "["}:
            text.append(mark)
            at += 1
            continue
        end = source.find("]" if mark == "[" else mark, at + len(mark))
        if end < 0:
            place = len(source[:at].encode())
            raise wrong(f"Can't find end of the entity starting at byte offset {place}")
        inner = source[at + len(mark) : end]
        offset = units("".join(text))
        text.append(inner)
        at = end + len(mark)
        made: Json | None = {"type": {"_": "italic", "*": "bold", "`": "code", "```": "pre"}.get(mark, "text_link")}
        if mark == "[":
            close = source.find(")", at) if source.startswith("(", at) else -1
            made = as_link(source[at + 1 : close]) if close > 0 else None
            at = close + 1 if close > 0 else at
        if made is not None and inner:
            entities.append({"offset": offset, "length": units(inner), **made})
    return Formatted("".join(text), ordered(entities))


MODES: dict[str, Callable[[str], Formatted]] = {"markdownv2": read_markdown_v2, "markdown": read_markdown}
