"""From what is to be shown to what we do in a chat. Pure.

1. No parse mode is ever used: a text is shown as it stands, and nothing in it can be refused.
2. A button carries its key; in a group also for whom it is, since everybody there can press it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.channels.contract import Capabilities, Outgoing, Shown
from bot.channels.telegram.addresses import Address
from bot.channels.telegram.outgoing import (
    Button,
    Change,
    Document,
    InlineKeyboard,
    Keyboard,
    NoKeyboard,
    Picture,
    ReplyKeyboard,
    Step,
    TakeBack,
    Text,
)
from bot.channels.telegram.reading import NAME

CAPABILITIES = Capabilities(
    name=NAME,
    title="Telegram",
    buttons=24,
    label_characters=40,
    text_characters=4096,
    counts_utf16=True,
    caption_characters=1024,
    file_bytes=50_000_000,
    edits=True,
    typing=True,
    shares_contact=True,
    shares_location=True,
)
"""https://core.telegram.org/bots/api#sendmessage; labels have no limit there, phones show about so much of them."""
_ROW_CHARACTERS = 32
"""What the labels of one row may have together: all its buttons are as wide as the widest."""
_ROW_BUTTONS = 5
_BLANK = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""Categories of Unicode in which nothing is to be seen. Telegram trims some of them and takes out others."""
_BLANK_TOO = frozenset("\u0333\u033f\u030a\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What it takes out beside them, and fillers."""
_NOTHING = "…"
"""Stands for a text in which there is nothing to be seen: Telegram takes none such."""


def write(outgoing: Outgoing, address: Address) -> Step:
    """What is to be done. Raises ``ValueError`` for a reference that is none of ours."""
    shown = outgoing.shown
    if outgoing.removes:
        return TakeBack(message=int(outgoing.removes))
    if outgoing.revises:
        inline = _keyboard(shown, address)
        return Change(
            message=int(outgoing.revises),
            text=sayable(shown.text),
            keyboard=inline if isinstance(inline, InlineKeyboard) else None,
        )
    keyboard = _keyboard(shown, address)
    if shown.file is not None:
        return Document(name=shown.file.name, path=shown.file.path, caption=shown.text, keyboard=keyboard)
    if shown.picture:
        return Picture(url=shown.picture, caption=shown.text, keyboard=keyboard)
    return Text(text=sayable(shown.text), code=_code(shown), keyboard=keyboard)


def plainly(step: Step) -> Step:
    """The same with nothing in it that Telegram could stumble over: addresses are written, formatting is left out."""
    if isinstance(step, TakeBack):
        return step
    keyboard, urls = step.keyboard, []
    if isinstance(keyboard, InlineKeyboard):
        buttons = [one for row in keyboard.rows for one in row]
        urls = [f"{one.label}: {one.url}" for one in buttons if one.url]
        rest = tuple((replace(one, label=sayable(one.label)),) for one in buttons if one.data)
        keyboard = InlineKeyboard(rows=rest) if rest else None
    if isinstance(step, Picture | Document):
        return replace(step, caption=_joined(step.caption, urls, CAPABILITIES.caption_characters), keyboard=keyboard)
    text = _joined(step.text, urls, CAPABILITIES.text_characters)
    if isinstance(step, Text):
        return Text(text=text, keyboard=keyboard)
    return Change(message=step.message, text=text, keyboard=keyboard if isinstance(keyboard, InlineKeyboard) else None)


def taking_keyboard_away(step: Step) -> Step:
    """The same, and a reply keyboard that is still there goes; a message with buttons of its own cannot do that."""
    # Only where there is one: a message that does this cannot be changed later.
    return replace(step, keyboard=NoKeyboard()) if isinstance(step, Text) and step.keyboard is None else step


def without_picture(step: Picture) -> Text:
    """What is said where a picture cannot be shown."""
    return Text(text=sayable("\n\n".join(filter(None, (step.caption, step.url)))), keyboard=step.keyboard)


def sayable(text: str) -> str:
    """The text, or a sign for one in which there is nothing to be seen."""
    is_seen = any(unicodedata.category(one) not in _BLANK and one not in _BLANK_TOO for one in text)
    return text if is_seen else _NOTHING


def _keyboard(shown: Shown, address: Address) -> Keyboard | None:
    if (shown.ask_contact or shown.ask_location) and address.person is None:  # Nobody can share these in a group.
        return ReplyKeyboard(
            contact=sayable(shown.ask_contact) if shown.ask_contact else "",
            location=sayable(shown.ask_location) if shown.ask_location else "",
            labels=tuple(sayable(one.label) for one in shown.buttons),
        )
    whom = f"@{address.person}" if address.person is not None else ""
    choices = [Button(label=sayable(one.label), data=f"{one.key}{whom}") for one in shown.buttons]
    links = [Button(label=sayable(one.label), url=one.url) for one in shown.links]
    return InlineKeyboard(rows=(*_rows(choices), *((one,) for one in links))) if choices or links else None


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Short ones side by side, in order."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        widest = max(len(one.label) for one in (*last, button))
        if last and len(last) < _ROW_BUTTONS and widest * (len(last) + 1) <= _ROW_CHARACTERS:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(rows)


def _joined(text: str, urls: Sequence[str], most: int) -> str:
    """The text with as many addresses as there is room for."""
    for url in urls:
        longer = f"{text}\n\n{url}" if text else url
        text = longer if _units(longer) <= most else text
    return text


def _code(shown: Shown) -> tuple[int, int] | None:
    """Where the part is that people will want to copy, in UTF-16 units."""
    at = shown.text.find(shown.code) if shown.code.strip() else -1
    return (_units(shown.text[:at]), _units(shown.code)) if at >= 0 else None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
