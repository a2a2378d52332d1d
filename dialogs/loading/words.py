"""Words that stand alone or in a list, and keys that are names, with their places."""

from collections.abc import Iterable
from typing import NamedTuple

from dialogs.loading.cursor import Cursor, text_of
from dialogs.loading.nodes import Listing, Node, Unreadable
from dialogs.loading.problems import Report
from dialogs.script import Place


class Word(NamedTuple):
    """A word, and where it stands."""

    text: str
    place: Place


def words_at(node: Node, report: Report, called: str) -> list[Word]:
    """A list of words, or a single one."""
    items: Iterable[Node] = node.items if isinstance(node, Listing) else (node,)
    found = []
    for item in items:
        text = text_of(item, report, called)
        if text is not None and not text.strip():
            report.error(item.place, f"a word is missing in {called}")
        elif text is not None:
            found.append(Word(text.strip(), item.place))
    return found


def entries_of(cursor: Cursor | None) -> list[tuple[str, Place, Node]]:
    """Every key of a mapping with its place and value, without what is unreadable."""
    return [one for one in cursor.entries() if not isinstance(one[2], Unreadable)] if cursor else []
