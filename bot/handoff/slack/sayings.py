"""What was said in the chat, as it stands in a lead's thread: the visitor's words plain, the bot's small. Pure.

A visitor's words stand in rich text, which shows them as they are; whatever name they gave, "Visitor" stands before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.desk.contract import DeskView
from bot.graphemes import cut, units
from bot.handoff.slack import about
from bot.handoff.slack.card import Shown
from bot.ports import Message
from bot.slack.kit import TEXT_MOST, Block, small
from bot.slack.mrkdwn import clean, escape_within, is_address, short
from bot.slack.rich import Element, link, paragraph, quote, rich, words

_ONE_MOST = 4200
"""Characters of one message: more than a visitor may write."""
_GROUP_MOST = 5000
"""Characters of several messages in one post."""
_IN_GROUP_MOST = 600
_NAME_MOST = 80
_REFERENCE = re.compile(r"([CDG][A-Z0-9]{2,}):\d+\.\d+")


def is_in_thread(message: Message, thread: str = "") -> bool:
    """Whether a colleague wrote these words in the thread itself, where everybody has read them.

    ``thread``: the card's reference; words that were written about it elsewhere, in a direct message, are none of it.
    """
    if message.get("from") != "rep":
        return False
    found = _REFERENCE.fullmatch(str(message.get("id", "")))
    return found is not None and (not thread or found[1] == thread.partition(":")[0])


def is_quiet(message: Message) -> bool:
    """Whether it is the bot's."""
    return message.get("from") == "bot"


def said(view: DeskView, messages: Sequence[Message]) -> Shown:
    """Messages as one post."""
    speakers = [_speaker(view, message) for message in messages]
    if len(messages) == 1:
        message, speaker = messages[0], speakers[0]
        text = cut(_text(message), _ONE_MOST)
        block = small(f"{speaker}: {text}") if is_quiet(message) else _spoken(view, message, speaker)
        return escape_within(f"{speaker}: {text}", TEXT_MOST), [block, *_extras(message)]
    lines = [f"{speaker}: {_text(message)}" for speaker, message in zip(speakers, messages, strict=True)]
    if all(is_quiet(message) for message in messages):
        extras = [block for message in messages for block in _extras(message)]
        return escape_within("\n".join(lines), TEXT_MOST), [small("\n".join(lines)), *extras[:20]]
    return escape_within("\n".join(lines), TEXT_MOST), [_together(view, messages, speakers), *_sent(messages)]


def _spoken(view: DeskView, message: Message, speaker: str) -> Block:
    text = _text(message)
    elements = [words(f"{speaker}: ", bold=True), words(cut(text, _ONE_MOST))]
    parts = [paragraph(elements)]
    if units(text) > _ONE_MOST:
        parts.append(_cut_note(view))
    return rich(parts)


def _together(view: DeskView, messages: Sequence[Message], speakers: Sequence[str]) -> Block:
    """A stretch of the talk, quoted; what is too long for one post is cut and said to be."""
    elements: list[Element] = []
    room, is_cut = _GROUP_MOST, False
    for number, (speaker, message) in enumerate(zip(speakers, messages, strict=True)):
        text = _text(message)
        shown = cut(text, min(_IN_GROUP_MOST, max(room, 40)))
        is_cut = is_cut or shown != text
        room -= units(shown)
        if number:
            elements.append(words("\n"))
        elements += [words(f"{speaker}: ", bold=True), words(shown, italic=is_quiet(message))]
    return rich([quote(elements), *([_cut_note(view)] if is_cut else [])])


def _cut_note(view: DeskView) -> Element:
    return paragraph([words(f"… full talk: {about.command(view.lead)}", italic=True)])


def _speaker(view: DeskView, message: Message) -> str:
    match message.get("from"):
        case "visitor":
            name = short(view.lead.name or "", _NAME_MOST)
            return f"Visitor {name}" if name else "Visitor"
        case "rep":
            changed = " (changed)" if message.get("revises") else ""
            return f"{_persona(message) or 'Colleague'} → visitor{changed}"
        case _:
            return _persona(message) or "Bot"


def _persona(message: Message) -> str:
    persona = message.get("persona")
    name = persona.get("name") if isinstance(persona, Mapping) else None
    return short(name, _NAME_MOST) if isinstance(name, str) else ""


def _text(message: Message) -> str:
    text = clean(str(message.get("text") or "")).strip()
    if alt := clean(str(message.get("alt") or "")).strip():
        text = f"{text} [Picture: {alt}]".strip()
    return text or ("(taken back)" if message.get("revises") else "(no words)")


def _extras(message: Message) -> Iterator[Block]:
    """Files, links, cards and pictures that came with it: each with its name, and its address to see and press."""
    for label, url in _links(message):
        elements = [words(f"{short(label, 120)}: ")] if label else []
        yield rich([paragraph([*elements, link(url)])])
    for one in _items(message, "file"):
        if one.get("withheld"):
            yield small(f"{one.get('name', '')}: {one['withheld']}, so nobody can fetch it.")


def _sent(messages: Sequence[Message]) -> list[Block]:
    """The files that came with several messages."""
    return [block for message in messages for block in _extras({"file": message.get("file")})][:20]


def _links(message: Message) -> Iterator[tuple[str, str]]:
    for one in (*_items(message, "files"), *_items(message, "file"), *_items(message, "card")):
        yield from _named(one)
    for one in _items(message, "links"):
        yield from _named(one)
    if message.get("picture"):
        yield from _named({"title": "Picture", "url": message["picture"]})


def _items(message: Message, key: str) -> list[Mapping[str, Any]]:
    found = message.get(key)
    listed = found if isinstance(found, list | tuple) else [found]
    return [one for one in listed if isinstance(one, Mapping)][:10]


def _named(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    url = str(one.get("url") or "")
    if is_address(url) and url.isprintable():
        yield str(one.get("name") or one.get("title") or one.get("label") or ""), url
