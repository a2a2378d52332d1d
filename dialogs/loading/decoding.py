"""From a file's bytes to the text that is read, so that places in it are places in the file."""

import re

from dialogs.loading.positions import place_at
from dialogs.loading.problems import Report

_LINE_END = re.compile(r"\r(?!\n)")
_NO_LINE_ENDS = {ord(character): " " for character in "\x85\u2028\u2029"}
"""YAML 1.1 breaks lines at these, and editors do not."""


def decode(written: str | bytes, report: Report) -> str | None:
    """The file's text; None, with an error in the report, where it is none."""
    if isinstance(written, str):
        return written
    try:
        return written.decode()
    except UnicodeDecodeError as error:
        before = written[: error.start].decode(errors="replace")
        report.error(place_at(before, len(before)), "this is not UTF-8 text; save the file as UTF-8")
        return None


def readable(source: str) -> str:
    """The text with the line ends that editors count and no others."""
    return _LINE_END.sub("\n", source.removeprefix("\ufeff")).translate(_NO_LINE_ENDS)
