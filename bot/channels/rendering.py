"""From a message of the transcript to what a channel shows of it, by what the channel can do. Pure.

1. Nothing gets lost: what is too long is split, what cannot be a button, a picture or a file is written out.
2. No limit is ever broken, whatever the text.
3. The same message, channel and language give the same parts, so that their numbers can be remembered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.channels.choosing import SKIP, Choice, Style, buttons_of, choices_of, shortened, style_of
from bot.channels.contract import AttachedFile, Button, Capabilities, LinkButton, Shown, button_key
from bot.channels.splitting import clean, length, one_line, split
from bot.channels.words import word
from bot.graphemes import units
from bot.ports import Message
from dialogs.questions.date_time import DateTimeOptions, DateTimeQuestion

_MOMENT = DateTimeQuestion()
_HINTS = ("date", "time", "datetime")


class _Link(NamedTuple):
    label: str
    url: str


def render(
    message: Message,
    capabilities: Capabilities,
    *,
    conversation: int,
    language: str,
    base_url: str,
    file: AttachedFile | None = None,
) -> tuple[Shown, ...]:
    """What a channel shows of a message: its parts in order; none for the visitor's own words and for what is empty.

    ``file`` is the one that the message's card gives, where it is at hand.
    """
    if message["from"] == "visitor":
        return ()
    said = _Saying(message, capabilities, conversation, language, base_url, file)
    return said.parts()


def correction(message: Message, language: str) -> Message:
    """A message that says anew what a person of ours changed, for channels where nothing can be changed."""
    return {key: value for key, value in message.items() if key != "revises"} | {
        "text": word("corrected", language, text=message["text"])
    }


class _Saying:
    """One message on its way into parts."""

    def __init__(
        self,
        message: Message,
        capabilities: Capabilities,
        conversation: int,
        language: str,
        base_url: str,
        file: AttachedFile | None,
    ) -> None:
        self._message = message
        self._can = capabilities
        self._conversation = conversation
        self._language = language
        self._base_url = base_url
        fits = file is not None and capabilities.files
        self._file = file if fits else None
        self._written: list[_Link] = []
        """Links that are written into the text."""
        self._link_buttons: list[LinkButton] = []
        self._code = ""

    def parts(self) -> tuple[Shown, ...]:
        """All parts, in order."""
        choices = choices_of(self._message, self._language)
        style = style_of(self._message, choices, self._can)
        buttons = self._buttons(choices, style)
        picture = self._picture()
        lines = [*self._described(picture), self._body(), *self._card()]
        self._sort_links(room=self._can.buttons - len(buttons))
        lines += [f"{link.label}: {link.url}" if link.label else link.url for link in self._written]
        if picture and not self._can.pictures:
            lines.append(picture)
        lines += self._choices_in_words(choices, style, buttons)
        text = "\n\n".join(line for line in lines if line.strip())
        if not text and (buttons or self._link_buttons):
            text = word("choose", self._language)
        text = self._spoken(text)
        return self._assemble(text, buttons, picture if self._can.pictures else "")

    def _assemble(self, text: str, buttons: tuple[Button, ...], picture: str) -> tuple[Shown, ...]:
        utf16 = self._can.counts_utf16
        alt = self._alt() if self._can.describes_pictures else ""
        media: list[Shown] = [Shown(picture=picture, alt=alt)] if picture else []
        if self._file is not None:
            media.append(Shown(file=self._file))
        most = min(self._can.caption_characters, self._can.text_characters)
        under = bool(media) and length(text, utf16=utf16) <= most
        if under:
            parts = [*media[:-1], replace(media[-1], text=text)]
        else:
            parts = [*media, *(Shown(text=one) for one in split(text, self._can.text_characters, utf16=utf16))]
        if not parts:
            return ()
        links = tuple(self._link_buttons)
        parts[-1] = replace(parts[-1], buttons=buttons, links=links, ask_contact=self._ask_contact())
        parts[-1] = replace(parts[-1], ask_location=self._ask_location())
        return tuple(self._signed(part) for part in parts)

    def _signed(self, part: Shown) -> Shown:
        """The part with who says it, and what of it is to be copied."""
        persona = self._message.get("persona") or {}
        names = self._can.names
        return replace(
            part,
            speaker=one_line(persona.get("name", "")) if names else "",
            speaker_picture=self._absolute(persona.get("picture")) if names else "",
            code=self._code if self._code and self._code in part.text else "",
        )

    # What stands in the text.

    def _body(self) -> str:
        text = clean(self._message.get("text", "")).strip()
        asked = self._message.get("input") or {}
        kind = asked.get("kind")
        hint = word(kind, self._language) if kind in _HINTS else ""
        return "\n\n".join(filter(None, (text, hint)))

    def _spoken(self, text: str) -> str:
        """The text with the name of a person of ours before it, where the channel cannot show it otherwise."""
        persona = self._message.get("persona") or {}
        name = one_line(persona.get("name", ""))
        if self._message["from"] != "rep" or self._can.names or not name or not text:
            return text
        return f"{name}: {text}"

    def _card(self) -> Iterable[str]:
        """What a card says, beside the message's own words; its links are gathered."""
        card = self._message.get("card")
        if not card:
            return ()
        said = clean(self._message.get("text", ""))
        title, description = clean(card.get("title", "")).strip(), clean(card.get("description", "")).strip()
        lines = [one for one in (title, description) if one and one not in said]
        kind, url = card.get("kind"), card.get("url")
        if kind == "event":
            lines += self._event(card)
        if code := clean(card.get("code", "")).strip():
            self._code = code
            lines.append(code)
        if url and not (kind == "file" and self._file is not None):
            label = word("download" if kind == "file" else "open", self._language)
            self._written.append(_Link(label, self._absolute(url)))
        if calendar := card.get("calendar_url"):
            self._written.append(_Link(word("calendar", self._language), self._absolute(calendar)))
        return lines

    def _event(self, card: Message) -> list[str]:
        """When and where."""
        starts, ends = str(card.get("starts", "")), str(card.get("ends", ""))
        when = _MOMENT.show(starts, DateTimeOptions(), self._language)
        try:
            begins, stops = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
        except ValueError:
            pass
        else:
            same_day = begins.date() == stops.date()
            until = f"{stops:%H:%M}" if same_day else _MOMENT.show(ends, DateTimeOptions(), self._language)
            zone = f" ({begins.tzname()})" if begins.tzinfo is not None else ""
            when = f"{when} – {until}{zone}"
        return [one for one in (when, clean(card.get("place", "")).strip()) if one]

    def _choices_in_words(self, choices: Sequence[Choice], style: Style, buttons: tuple[Button, ...]) -> Iterable[str]:
        """Choices that are no buttons, whole labels of buttons that were cut, and how to answer."""
        asked = self._message.get("input") or {}
        own = [one for one in choices if one.key != SKIP]
        skips = len(choices) > len(own)
        if asked.get("kind") == "rating":
            yield from self._scale(asked, style)
        match style:
            case Style.BUTTONS:
                most = self._can.label_most(len(buttons))
                cut = [one.label for one in own if units(one.label) > most]
                if cut:
                    yield "\n".join(f"• {label}" for label in cut)
                skips = skips and len(buttons) < len(choices)
            case Style.NUMBERS:
                yield "\n".join(f"{number}. {one.label}" for number, one in enumerate(choices, 1))
                yield word("several_numbers" if asked.get("kind") == "choices" else "one_number", self._language)
                skips = False
            case Style.BULLETS:
                yield "\n".join(f"• {one.label}" for one in own)
                if asked.get("kind") == "choices":
                    yield word("several", self._language)
            case Style.SCALE | Style.NONE:
                pass
        if skips:
            yield word("or_skip", self._language)

    def _scale(self, asked: Message, style: Style) -> Iterable[str]:
        """The ends of a rating: what they mean, or at least how far it goes."""
        low, high = asked.get("minimum", 0), asked.get("maximum", "")
        labels = [one_line(one) for one in (asked.get("extra") or {}).get("labels", ())]
        if len(labels) == 2:
            yield f"{low} = {labels[0]}, {high} = {labels[1]}"
        elif style is Style.SCALE:
            yield word("scale", self._language, low=low, high=high)

    # What stands beside it.

    def _buttons(self, choices: Sequence[Choice], style: Style) -> tuple[Button, ...]:
        own = any(one.key != SKIP for one in choices)
        if style is not Style.BUTTONS and not (style is Style.SCALE and not own and self._can.buttons):
            return ()
        shown = buttons_of(choices, self._can)
        seq, most = int(self._message.get("seq", 0)), self._can.label_most(len(shown))
        return tuple(
            Button(key=button_key(self._conversation, seq, number), label=shortened(one.label, most))
            for number, one in shown
        )

    def _sort_links(self, room: int) -> None:
        """Make the links buttons that can be, and leave the others to be written."""
        own = [_Link(one_line(one["label"]), self._absolute(one["url"])) for one in self._message.get("links", ())]
        links, self._written = [*self._written, *own], []
        for link in links:
            fits = link.label and units(link.label) <= self._can.label_characters
            if self._can.link_buttons and fits and room > 0 and _is_public(link.url):
                self._link_buttons.append(LinkButton(label=link.label, url=link.url))
                room -= 1
            else:
                self._written.append(link)

    def _picture(self) -> str:
        return self._absolute(self._message.get("picture"))

    def _alt(self) -> str:
        return one_line(self._message.get("alt", ""))

    def _described(self, picture: str) -> Iterable[str]:
        """What the picture shows, where the channel can tell it only to everybody."""
        return () if not picture or (self._can.pictures and self._can.describes_pictures) else (self._alt(),)

    def _ask_contact(self) -> str:
        asked = self._message.get("input") or {}
        if asked.get("kind") != "tel" or not self._can.shares_contact:
            return ""
        return shortened(word("share_phone", self._language), self._can.label_characters)

    def _ask_location(self) -> str:
        asked = self._message.get("input") or {}
        if not takes_place(asked) or not self._can.shares_location:
            return ""
        return shortened(word("share_place", self._language), self._can.label_characters)

    def _absolute(self, address: object) -> str:
        text = clean(address or "").strip()
        return f"{self._base_url}{text}" if text.startswith("/") else text


def takes_place(asked: Message) -> bool:
    """Whether a question is answered by the place where somebody is."""
    return bool((asked.get("extra") or {}).get("place"))


def _is_public(url: str) -> bool:
    """Whether platforms take the address for a button: http or https, of a host with a dot in its name."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".") and not any(c.isspace() for c in url)
