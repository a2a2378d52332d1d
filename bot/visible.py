"""Text that a stranger wrote, made fit for one line of a log or a terminal: nothing in it can move the cursor,
forge a line or hide what follows."""

import json
import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: escapes of terminals begin here.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Marks that turn the direction of what follows.
    "\u2028\u2029"  # Line breaks that are no \n.
    "\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"  # Invisible tags.
)
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """The text in one line, with control characters written out: ``\\n``, ``\\x1b``, ``\\u202e``."""
    return _UNSAFE.sub(_escape, text) if not text.isascii() or not text.isprintable() else text


def visible_lines(text: str) -> list[str]:
    """The text's own lines, each made visible; at least one."""
    return [visible(line.replace("\t", "    ")) for line in text.replace("\r\n", "\n").split("\n")]


def visible_json(line: str) -> str:
    """JSON that means the same, with the same characters written out in JSON's own way."""
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], line)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMES:
        return _NAMES[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
