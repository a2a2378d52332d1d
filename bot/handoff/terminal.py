"""Announces a hot lead in the terminal that the server runs in: the target that needs no account.

What a visitor typed is shown, never obeyed: no escape sequence, line break or direction mark of theirs reaches the
terminal, and nothing is longer than its line. Secrets are left out, as terminals are often written down in logs.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Sequence
from threading import Lock
from typing import ClassVar, TextIO

from bot.desk.contract import DeskView, Posts
from bot.handoff.announcement import announcement
from bot.handoff.frame import Frame
from bot.redaction import Redaction

NARROWEST, WIDEST = 48, 100
"""Columns of the block, whatever the terminal's."""
_LONGEST = 4000
"""Characters of a text that are looked through for secrets, and more than are ever shown."""


class TerminalTarget:
    """Writes a framed block for each lead to ``stream`` (standard error by default, read when it is needed).

    ``width`` in columns, None for the terminal's own. ``colour`` None means: where a person looks, unless NO_COLOR
    is set. ``redaction`` leaves out secrets; by default what looks like one.
    """

    name: ClassVar[str] = "terminal"

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        width: int | None = None,
        colour: bool | None = None,
        redaction: Redaction | None = None,
    ) -> None:
        self._stream = stream
        self._width = width
        self._colour = colour
        self._redaction = redaction or Redaction()
        self._writing = Lock()

    async def show(self, view: DeskView, posts: Posts) -> None:
        """Show the lead, once for each handoff. Raises ``OSError`` or ``ValueError`` when the stream is closed."""
        if posts.find("card") is None:
            # A terminal that is stopped (Ctrl-S) must not stop the server.
            await asyncio.to_thread(self._show, view)
            await posts.keep("card", view.id)

    async def forget(self, references: Sequence[tuple[str, str]]) -> None:
        """Nothing: what was printed is printed."""

    def _show(self, view: DeskView) -> None:
        with self._writing:
            stream = self._stream or sys.stderr
            stream.write(self._block(view, stream))
            stream.flush()

    def _block(self, view: DeskView, stream: TextIO) -> str:
        is_terminal = _is_terminal(stream)
        colour = is_terminal and not os.environ.get("NO_COLOR") if self._colour is None else self._colour
        width = self._width or (shutil.get_terminal_size().columns if is_terminal else 80)
        frame = Frame(
            width=max(NARROWEST, min(width, WIDEST)),
            colour=colour,
            encoding=getattr(stream, "encoding", None) or "utf-8",
        )
        return frame.draw(announcement(view).each(self._without_secrets))

    def _without_secrets(self, text: str) -> str:
        return self._redaction(text[:_LONGEST])


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # It is closed; writing will say so.
        return False
