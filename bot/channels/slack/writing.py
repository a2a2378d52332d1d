"""From what is to be shown to Block Kit. Pure.

1. Words stand in rich text, which Slack does not read as markup: nothing in them calls anybody, formats anything or
   hides where a link leads.
2. Few short choices are buttons, others a menu. Each carries its key and for whom it is.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.channels.contract import Button, Capabilities, LinkButton, Shown
from bot.channels.slack.addresses import NAME, Address
from bot.channels.slack.reading import value_of
from bot.channels.slack.words import word
from bot.channels.words import word as channel_word
from bot.graphemes import units
from bot.slack.kit import BUTTON_MOST, Block, actions, button, option, select
from bot.slack.mrkdwn import clean, escape_within, is_address
from bot.slack.rich import Element, link, paragraph, rich, words
from bot.slack.sides import VISITORS_BUTTON

CAPABILITIES = Capabilities(
    name=NAME,
    title="Slack",
    buttons=100,
    label_characters=BUTTON_MOST,
    text_characters=3000,
    counts_utf16=True,
    caption_characters=3000,
    files=False,
    describes_pictures=True,
    edits=True,
)
"""https://docs.slack.dev/reference/block-kit: a menu has at most 100 lines of 75 characters."""
LINK = f"{VISITORS_BUTTON}:link"
"""How the ``action_id`` of a button begins that only opens a page; Slack tells of it nevertheless."""
_BUTTONS_MOST = 8
"""More are a menu: on a phone every button takes a line."""
_SHORT = 30
"""Characters of a button's label that Slack shows at least."""
_ROW = 25
"""Buttons of one block."""
_NOTICE_MOST = 3000
_ALT_MOST = 2000
"""https://docs.slack.dev/reference/block-kit/blocks/image-block"""
_NOTHING = "…"
"""Stands for a text in which there is nothing to be seen."""
_ADDRESS = re.compile(r"https?://[^\s<>\"|\\]+[^\s<>\"|\\.,;:!?)'\]}»”]", re.IGNORECASE)


class Written(NamedTuple):
    """A message as Slack takes it."""

    text: str
    """What notifications and screen readers say, escaped."""
    blocks: list[Block]


def write(shown: Shown, address: Address, language: str, *, picture: bool = True) -> Written:
    """A message. Without ``picture`` the picture's address is written, where there is one."""
    text = shown.text
    if shown.picture and not (picture and is_address(shown.picture)):
        text = "\n\n".join(filter(None, (text, ": ".join(filter(None, (shown.alt, shown.picture))))))
        picture = False
    for one in shown.links:
        if not is_address(one.url):
            text = "\n\n".join(filter(None, (text, f"{one.label}: {one.url}")))
    blocks: list[Block] = []
    if shown.picture and picture:
        alt = shown.alt[:_ALT_MOST] or " ".join(shown.text.split())[:200] or word("picture", language)
        blocks.append({"type": "image", "image_url": shown.picture, "alt_text": alt})
    if text and not clean(text).strip():
        text = _NOTHING
    if text:
        blocks.append(rich([paragraph(list(_inert(text, shown.code)))]))
    blocks += _choices(shown.buttons, address, language)
    blocks += _links(shown.links)
    notice = text or word("picture", language)
    return Written(escape_within(notice, _NOTICE_MOST), blocks)


def _choices(buttons: tuple[Button, ...], address: Address, language: str) -> list[Block]:
    if not buttons:
        return []
    if len(buttons) <= _BUTTONS_MOST and all(units(one.label) <= _SHORT for one in buttons):
        pressed = [
            button(one.label, f"{VISITORS_BUTTON}:{number}", value_of(one.key, address))
            for number, one in enumerate(buttons)
        ]
        return [actions(pressed)]
    lines = [option(one.label, value_of(one.key, address)) for one in buttons]
    return [actions([select(f"{VISITORS_BUTTON}:menu", lines, placeholder=channel_word("choose", language))])]


def _links(links: tuple[LinkButton, ...]) -> list[Block]:
    shown = [
        button(one.label, f"{LINK}:{number}", str(number)) | {"url": one.url}
        for number, one in enumerate(links)
        if is_address(one.url)
    ]
    return [actions(shown[start : start + _ROW]) for start in range(0, len(shown), _ROW)]


def _inert(text: str, code: str) -> Iterator[Element]:
    """The words as they are: addresses lead where they say, and a code can be copied."""
    before, found, after = text.partition(code) if code else (text, "", "")
    yield from _linked(before)
    if found:
        yield {"type": "text", "text": found, "style": {"code": True}}
    yield from _linked(after)


def _linked(text: str) -> Iterator[Element]:
    place = 0
    for match in _ADDRESS.finditer(text):
        if not is_address(match[0]):
            continue
        if match.start() > place:
            yield words(text[place : match.start()])
        yield link(match[0])
        place = match.end()
    if place < len(text):
        yield words(text[place:])
