"""``parse_mode=HTML``: what the server takes and refuses.

https://core.telegram.org/bots/api#html-style; offsets in errors count bytes of UTF-8.
"""

import re
from dataclasses import dataclass

from tests.telegram import links
from tests.telegram.chats import Json
from tests.telegram.refusals import Malformed
from tests.telegram.text import Formatted, ordered, units

_KINDS = {
    b"b": "bold", b"strong": "bold", b"i": "italic", b"em": "italic", b"u": "underline", b"ins": "underline",
    b"s": "strikethrough", b"strike": "strikethrough", b"del": "strikethrough", b"tg-spoiler": "spoiler",
    b"span": "spoiler", b"code": "code", b"pre": "pre", b"a": "text_link", b"tg-emoji": "custom_emoji",
    b"tg-time": "date_time", b"blockquote": "blockquote",
}  # fmt: skip
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_CHARACTER = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
_END = 0
_BLANK = b" \t\n\r\v"
_SPACE = _BLANK + b"\0"


def wrong(reason: str) -> Malformed:
    """A refusal of markup."""
    return Malformed(f"can't parse entities: {reason}")


@dataclass(slots=True)
class _Open:
    tag: bytes
    attributes: dict[bytes, str]
    offset: int
    begin: int


class _Reader:
    """Reads one text from the front to the end."""

    def __init__(self, source: str) -> None:
        self.data = source.encode("utf-8", "surrogatepass") + b"\0"
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> Formatted:
        """The text and its entities."""
        end = len(self.data) - 1
        while self.at < end:
            if self.data[self.at] == ord("<"):
                self._tag()
            elif (character := self.character()) is not None:
                self._put(character)
            else:
                following = re.compile(rb"[^<&]+|&").match(self.data, self.at, end)
                assert following is not None
                self.at = following.end()
                self._put(following[0].decode("utf-8", "surrogatepass"))
        if self.open:
            raise wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag.decode()}"')
        # Halves of one character may come as two references; halves without their other may not.
        try:
            text = "".join(self.out).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise wrong(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None
        for entity in self.entities:
            if entity["type"] == "code" or not entity.get("language", "-"):
                del entity["language"]
        return Formatted(text, ordered(self.entities))

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += units(text)

    def character(self) -> str | None:
        """The character that a reference at this place stands for."""
        found = _CHARACTER.match(self.data, self.at)
        if found is None:
            return None
        if found[3] is not None:
            character = _NAMED.get(found[3])
        else:
            code = int(found[1] or b"0", 16) if found[1] is not None else int(found[2] or b"0")
            written = found[0].rstrip(b";")
            character = chr(code) if 0 < code < 0x10FFFF and len(written) < 10 else None
        if character is not None:
            self.at = found.end()
        return character

    def _word(self, until: bytes) -> bytes:
        """What stands up to a blank, the end, or one of these."""
        begin = self.at
        while self.here not in _SPACE + until:
            self.at += 1
        return self.data[begin : self.at]

    def _skip(self) -> None:
        while self.here in _BLANK:
            self.at += 1

    @property
    def here(self) -> int:
        return self.data[self.at]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self.here == ord("/"):
            self._close(begin)
        else:
            self._begin(begin)
        self.at += 1

    def _begin(self, begin: int) -> None:
        tag = self._word(b">").lower()
        if self.here == _END:
            raise wrong(f"Unclosed start tag at byte offset {begin}")
        name = tag.decode("utf-8", "replace")
        if tag not in _KINDS:
            raise wrong(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes: dict[bytes, str] = {}
        while self.here != ord(">"):
            self._skip()
            if self.here == ord(">"):
                break
            attribute = self._word(b"=>")
            if not attribute and self.here != _END:
                raise wrong(f'Empty attribute name in the tag "{name}" at byte offset {begin}')
            self._skip()
            value = ""
            if self.here == ord("="):
                self.at += 1
                self._skip()
                value = self._value(name, begin)
            if self.here == _END:
                raise wrong(f'Unclosed start tag "{name}" at byte offset {begin}')
            attributes[attribute] = value
        if tag == b"span" and attributes.get(b"class") != "tg-spoiler":
            raise wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, attributes, self.length, len(self.out)))

    def _value(self, name: str, begin: int) -> str:
        if self.here == _END:
            raise wrong(f'Unclosed start tag "{name}" at byte offset {begin}')
        quote = self.here
        if quote not in b"'\"":
            token = re.compile(rb"[A-Za-z0-9.-]*").match(self.data, self.at)
            assert token is not None
            self.at = token.end()
            if self.data[self.at : self.at + 1] not in {b">", *(bytes([one]) for one in _SPACE)}:
                raise wrong(f"Unexpected end of name token at byte offset {token.start()}")
            if self.here == _END:
                raise wrong(f"Unclosed start tag at byte offset {begin}")
            return token[0].decode().lower()
        self.at += 1
        value: list[bytes] = []
        while self.here not in {quote, _END}:
            if (character := self.character()) is not None:
                value.append(character.encode("utf-8", "surrogatepass"))
            else:
                value.append(self.data[self.at : self.at + 1])
                self.at += 1
        if self.here == quote:
            self.at += 1
        if self.here == _END:
            raise wrong(f"Unclosed start tag at byte offset {begin}")
        return b"".join(value).decode("utf-8", "surrogatepass")

    def _close(self, begin: int) -> None:
        if not self.open:
            raise wrong(f"Unexpected end tag at byte offset {begin}")
        self.at += 1
        found = self._word(b">").lower()
        self._skip()
        if self.here != ord(">"):
            raise wrong(f"Unclosed end tag at byte offset {begin}")
        closed = self.open.pop()
        if found not in {b"", closed.tag}:
            raise wrong(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{closed.tag.decode()}>", found "</{found.decode("utf-8", "replace")}>"'
            )
        if self.length > closed.offset:
            self._keep(closed)

    def _keep(self, closed: _Open) -> None:
        entity: Json = {"type": _KINDS[closed.tag], "offset": closed.offset, "length": self.length - closed.offset}
        match closed.tag:
            case b"a":
                linked = as_link(closed.attributes.get(b"href") or "".join(self.out[closed.begin :]))
                if linked is None:
                    return
                entity |= linked
            case b"code" | b"pre":
                self._code(entity, closed)
                return
            case b"tg-emoji":
                number = closed.attributes.get(b"emoji-id", "")
                if not re.fullmatch("[0-9]+", number) or not int(number):
                    raise wrong("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = number
            case b"tg-time":
                entity |= as_date(closed.attributes.get(b"unix", ""), closed.attributes.get(b"format", ""))
            case b"blockquote" if b"expandable" in closed.attributes:
                entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _code(self, entity: Json, closed: _Open) -> None:
        """Code of a known language is ``code`` right inside of ``pre``, or the other way round."""
        language = closed.attributes.get(b"class", "") if closed.tag == b"code" else ""
        named = language.removeprefix("language-") if language.startswith("language-") else ""
        last = self.entities[-1] if self.entities else {}
        if (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"]):
            if closed.tag == b"pre" and last["type"] == "code" and last["language"]:
                last["type"] = "pre"
                return
            if closed.tag == b"code" and last["type"] == "pre" and named:
                last["language"] = named
                return
        self.entities.append(entity | {"language": named})


def as_link(url: str) -> Json | None:
    """What an address makes of an entity; None where Telegram drops it without a word."""
    if (user := links.user_in(url)) is not None:
        return {"type": "text_mention", "user": {"id": user, "is_bot": False, "first_name": ""}}
    kept = links.checked(url)
    return None if isinstance(kept, links.Wrong) else {"type": "text_link", "url": kept}


def as_date(unix: str, shape: str) -> Json:
    """A date that every reader sees in their own time zone."""
    if not re.fullmatch("[0-9]+", unix) or not int(unix):
        raise wrong("Invalid date specified")
    if shape not in {"r", "R"} and not re.fullmatch("[tTdDwW]*", shape):
        raise wrong("Invalid date format used")
    return {"type": "date_time", "unix_time": int(unix), **({"date_time_format": shape} if shape else {})}


def read_html(source: str) -> Formatted:
    """Read marked-up text. Raises ``Malformed`` where the server refuses it."""
    return _Reader(source).read()
