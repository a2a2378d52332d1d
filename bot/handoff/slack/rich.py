"""Rich text: paragraphs in which nothing comes to life but what we make bold, quoted or linked ourselves."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.graphemes import units
from bot.handoff.slack.kit import Block
from bot.handoff.slack.mrkdwn import clean, one_line, short

Element = dict[str, Any]
LABEL_MOST = 80
"""Characters of a label."""


def words(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Words as they are, with their line breaks."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    element: Element = {"type": "text", "text": clean(text) or " "}
    return element | {"style": style} if style else element


def link(url: str, label: str = "") -> Element:
    """A link. Without a label it shows where it leads: so are those that a visitor's words are part of."""
    element: Element = {"type": "link", "url": url}
    return element | {"text": one_line(label)} if label else element


def paragraph(elements: Sequence[Element]) -> Element:
    """Words one after the other."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(elements: Sequence[Element]) -> Element:
    """Words with a bar before them."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def bullets(items: Iterable[Sequence[Element]]) -> Element:
    """A list with dots."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [paragraph(item) for item in items]}


def rich(parts: Sequence[Element], block_id: str | None = None) -> Block:
    """A block of paragraphs, quotes and lists."""
    block: Block = {"type": "rich_text", "elements": list(parts)}
    return block if block_id is None else block | {"block_id": block_id}


def labelled(lines: Iterable[tuple[str, str]], *, each: int) -> list[Element]:
    """Lines of a bold label and a text of at most ``each`` characters, as the elements of one paragraph."""
    elements: list[Element] = []
    for number, (label, text) in enumerate(lines):
        before = "\n" if number else ""
        if label:
            elements.append(words(f"{before}{short(label, LABEL_MOST)}: ", bold=True))
            before = ""
        elements.append(words(f"{before}{short(text, each) or '–'}"))
    return elements


def bounded(lines: Iterable[tuple[str, str]], *, each: int, most: int, room: int, more: str) -> list[Element]:
    """``labelled`` lines, as many as have room, ``most`` at most; the number of the others, and where they are."""
    listed = list(lines)
    kept: list[tuple[str, str]] = []
    for label, text in listed[:most]:
        room -= min(units(label), LABEL_MOST) + min(units(text), each)
        if kept and room < 0:
            break
        kept.append((label, text))
    elements = labelled(kept, each=each)
    if len(kept) < len(listed):
        elements.append(words(f"\n… {len(listed) - len(kept)} more: {more}", italic=True))
    return elements
