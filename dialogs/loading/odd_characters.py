"""Characters that look like YAML's own and are not: unusual spaces, and the curly quotes of word processors."""

import re

_SPACES = "\xa0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_INVISIBLE = "\u200b\u2060\ufeff"
_ODD = re.compile(f"[{_SPACES}]")
_INDENTS = re.compile(rf"[ \t]*(?:- *)?([{_SPACES}])")
"""A line that begins with an unusual space, or has one after its dash."""
_INDENTS_A_KEY = re.compile(rf"\n[ \t]*([{_SPACES}])[{_SPACES} ]*(?:-[{_SPACES} ]|[\w-]+:(?:\s|$))")
"""The same within a text of several lines, before what looks like a key or a step."""
_AFTER_COLON = re.compile(rf"[ \t]*(?:- +)*[a-z_]+:([{_SPACES}])")
_CLOSING = {"“": "”“", "”": "”", "„": "“”", "‟": "”", "‘": "’", "‚": "‘’", "«": "»", "»": "«"}
_VALUE_BEGINS = re.compile(r"(?:^|[:,\[{-])\s*([“”„‟‘‚«»])")


def odd_space(text: str, start: int, end: int) -> tuple[int, str] | None:
    """The unusual space that stands where YAML wants a plain one, at the unquoted text from ``start`` to ``end``: its
    position, and what to say of it."""
    begin = text.rfind("\n", 0, start) + 1
    is_first = not text[begin:start].strip(" \t-")
    found = (is_first and (_INDENTS.match(text, begin, end) or _AFTER_COLON.match(text, start, end))) or (
        _INDENTS_A_KEY.search(text, start, end)
    )
    if not found:
        return None
    character = found[1]
    called = "a non-breaking space" if character in "\xa0\u202f" else "an unusual space"
    cure = "use plain spaces"
    if character in _INVISIBLE:
        called, cure = "an invisible character", "delete it"
    return found.start(1), f"{called} (U+{ord(character):04X}) stands here; {cure}"


def has_odd_spaces(text: str) -> bool:
    """Whether it is worth while to look for them."""
    return _ODD.search(text) is not None


def is_split(text: str, end: int, said: str) -> bool:
    """Whether the unquoted text ``said`` that ends at ``end`` begins with a curly quote that is closed only behind the
    comma which ended it."""
    closing = _CLOSING.get(said[:1])
    if closing is None or any(mark in said[1:] for mark in closing):
        return False
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    return rest.lstrip(" ").startswith(",") and any(mark in rest for mark in closing)


def open_curly_quote(before: str) -> int | None:
    """Where, at the end of a line's beginning, a value stands in curly quotes that are not closed yet."""
    found = list(_VALUE_BEGINS.finditer(before))
    if not found or any(mark in before[found[-1].end() :] for mark in _CLOSING[found[-1][1]]):
        return None
    return found[-1].start(1)


def is_in_curly_quotes(text: str) -> bool:
    """Whether all of a text stands in curly quotes."""
    closing = _CLOSING.get(text[:1], "")
    return len(text) > 2 and text[-1] in closing and not any(one in closing for one in text[1:-1])


STRAIGHT = 'use "straight" ones'
"""What to do."""
CURLY = f"curly quotes hold no text together; {STRAIGHT}"
"""What to say of them."""
