"""What belongs into a lead's thread, in order: what was said, and what happened that colleagues must learn of. Pure.

Each piece has a key, so that it is put out once, and says up to which message of the talk it goes.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.desk.contract import DeskView
from bot.handoff.slack.card import Shown
from bot.handoff.slack.happenings import happening
from bot.handoff.slack.sayings import is_in_thread, is_quiet, said
from bot.ports import Message
from dialogs.desk.acts import Entry

ENTRY = "line:"
"""How keys of lines about what happened begin."""
_GROUP_MOST = 20
"""Messages that are put out as one post."""
_BACKLOG = 10
"""So many messages at once are put together, whoever said them: Slack takes one post a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One post in the thread; ``shown`` is None for words that stand there already."""

    key: str
    shown: Shown | None
    through: int | None = None
    """Number of the last message of the talk that it passes on."""
    broadcast: bool = False
    """Whether it is shown in the channel, too."""
    entry: Entry | None = None


def pieces(
    view: DeskView, known: Collection[str], mentioned: Callable[[str], str], thread: str = ""
) -> Iterator[Piece]:
    """What is still missing. ``known``: keys of what is out; ``mentioned`` pings a colleague by key or name.

    ``thread``: the card's reference, by which words that stand in the thread already are recognised.
    """
    entries = [(entry, key) for entry in view.desk.entries if (key := entry_key(entry)) not in known]
    place = 0
    for group in _groups(view):
        began = _at(group[0])
        while place < len(entries) and began is not None and entries[place][0].at <= began:
            yield from _of_entry(view, *entries[place], mentioned)
            place += 1
        seq = int(group[-1]["seq"])
        standing = all(is_in_thread(message, thread) for message in group)
        yield Piece(key=f"say:{seq}", shown=None if standing else said(view, group), through=seq)
    for entry, key in entries[place:]:
        yield from _of_entry(view, entry, key, mentioned)


def entry_key(entry: Entry) -> str:
    """What a line about something that happened is called."""
    return f"{ENTRY}{entry.at.astimezone(UTC).isoformat()}:{entry.what}"


def _of_entry(view: DeskView, entry: Entry, key: str, mentioned: Callable[[str], str]) -> Iterator[Piece]:
    found = happening(view, entry, mentioned)
    if found is not None:
        shown, broadcast = found
        yield Piece(key=key, shown=shown, broadcast=broadcast, entry=entry)


def _groups(view: DeskView) -> Iterator[Sequence[Message]]:
    """Messages that are put out together: the talk before the alert, what the bot says in one go, a backlog."""
    group: list[Message] = []
    backlog = len(view.messages) > _BACKLOG
    for message in view.messages:
        if group and (len(group) >= _GROUP_MOST or not _together(view, group[-1], message, backlog)):
            yield group
            group = []
        group.append(message)
    if group:
        yield group


def _together(view: DeskView, one: Message, other: Message, backlog: bool) -> bool:
    if is_in_thread(one) or is_in_thread(other):
        return is_in_thread(one) and is_in_thread(other)
    at = _at(other)
    before = at is not None and at <= view.desk.at
    return before or backlog or (is_quiet(one) and is_quiet(other))


def _at(message: Message) -> datetime | None:
    try:
        return datetime.fromisoformat(str(message["at"]))
    except (KeyError, ValueError):
        return None
