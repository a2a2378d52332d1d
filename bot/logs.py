"""Logs: one line an event, on standard error, as text or as JSON; safe to read, to grep and to keep.

1. What a stranger wrote cannot begin a new line or move a cursor; no line is longer than ``LONGEST``.
2. Secrets are left out, in tracebacks too (``bot.redaction``).
3. Libraries speak only from warnings up: some of them log tokens and what people write.
4. Lines of one request bear its id: ``with request("7f3a"):``.
"""

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.redaction import Redaction
from bot.visible import visible

LONGEST = 8192
"""Characters of a line; what is longer is cut in its middle."""
OURS = ("bot", "dialogs", "storage")
"""Loggers that obey the configured level."""
_FRAMES = 12
_STANDARD = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "taskName"}

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""What is being dealt with."""


@contextmanager
def request(name: str) -> Iterator[None]:
    """Everything that is logged inside bears this id."""
    token = request_id.set(name[:64])
    try:
        yield
    finally:
        request_id.reset(token)


def set_up(
    *, level: str = "info", style: str = "text", secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send all logs to ``stream`` (standard error), from ``level`` up. ``style`` is text or json. May be repeated."""
    handler = logging.StreamHandler(stream or sys.stderr)
    redaction = Redaction(secrets)
    handler.setFormatter(JsonFormatter(redaction) if style == "json" else TextFormatter(redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # A log that cannot be written stops nobody.


class _Formatter(logging.Formatter):
    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def _message(self, record: logging.LogRecord) -> str:
        try:
            return record.getMessage()
        except Exception as error:  # A wrong format must not lose the event.
            return f"{record.msg} (its values do not fit: {type(error).__name__})"

    def _safe(self, text: str) -> str:
        # Cut first, generously, so that a huge text costs little; a secret is only ever shortened at the cut.
        return _cut(visible(self._redaction(_cut(text, LONGEST * 4))))


class TextFormatter(_Formatter):
    """``2027-01-05T10:00:00.123Z INFO bot.web: said something [request 7f3a]``."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        parts = [self._message(record)]
        parts.extend(f"{name}={value}" for name, value in _extras(record).items())
        if name := request_id.get():
            parts.append(f"[request {name}]")
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"| {_told(record.exc_info[1])}")
        if record.stack_info:
            parts.append(f"| {record.stack_info}")
        return f"{_at(record)} {record.levelname} {visible(record.name)}: {self._safe(' '.join(parts))}"


class JsonFormatter(_Formatter):
    """One JSON object a line: ``at``, ``level``, ``logger``, ``message``, ``request``, ``error``, and more."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._safe(self._message(record)),
        }
        if name := request_id.get():
            line["request"] = self._safe(name)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = self._safe(_told(record.exc_info[1]))
        for name, value in _extras(record).items():
            plain = value is None or isinstance(value, bool | int | float)
            line.setdefault(name, value if plain else self._safe(str(value)))
        return json.dumps(line)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in record.__dict__.items() if name not in _STANDARD}


def _told(error: BaseException) -> str:
    """An error and its causes in one line, the innermost place first."""
    told: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(told) < 5:
        seen.add(id(one))
        frames = traceback.extract_tb(one.__traceback__)[-_FRAMES:]
        places = " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        words = "".join(traceback.format_exception_only(one)).strip()
        told.append(f"{words} ({places})" if places else words)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return ", caused by ".join(told)


def _short(path: str) -> str:
    return "/".join(path.split(os.sep)[-3:])


def _cut(text: str, most: int = LONGEST) -> str:
    if len(text) <= most:
        return text
    half = most // 2 - 20
    return f"{text[:half]} ... {len(text) - 2 * half} characters ... {text[-half:]}"
