"""The limit: the same dialog as a bare state machine that writes the rows which our own run wrote, and does no more.

1. Nothing of ours is imported here: this is what the machine, Python and SQLite allow.
2. The rows come from a recorded run (``recording.py``), with this visitor's own numbers and keys put in. What is
   stored as JSON is encoded anew for each turn, as any program must that keeps its state there.
3. One thread writes, and whatever waits shares one commit; a turn is answered when it is on disk.
"""

import asyncio
import json
import queue
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks.lead_dialog import (
    ASK_BUDGET,
    ASK_COMPANY,
    ASK_CONSENT,
    ASK_EMAIL,
    ASK_NAME,
    ASK_TEAM_SIZE,
    GOODBYE,
    RETRY_EMAIL,
    TEAM_SIZES,
    email_of,
)

_ASKS = (ASK_NAME, ASK_EMAIL, ASK_COMPANY, ASK_TEAM_SIZE, ASK_BUDGET, ASK_CONSENT, GOODBYE)
_FIELDS = ("", "first_name", "email", "company", "team_size", "budget", "consent")

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Statement = tuple[str, list[Any]]
"""SQL and its values."""


class Hole(NamedTuple):
    """A place in a recorded row where each visitor has a value of their own."""

    position: int
    what: str
    """number, person, address, public_id, email or external_id."""


class Write(NamedTuple):
    """One recorded statement."""

    sql: str
    values: Sequence[Any]
    holes: Sequence[Hole]
    encoded: Sequence[int] = ()
    """Positions of values that are stored as JSON."""

    def filled(self, own: Mapping[str, Any]) -> Statement:
        """The statement with a visitor's own values."""
        values = list(self.values)
        for position in self.encoded:
            values[position] = _dumps(values[position])
        for position, what in self.holes:
            values[position] = own[what]
        return self.sql, values


Recorded = Sequence[Sequence[Write]]
"""What each turn wrote: the beginning first, then one for each message."""


def read_recorded(path: Path) -> Recorded:
    """The recorded rows in a file."""
    return [
        [_write(sql, values, [Hole(*hole) for hole in holes]) for sql, values, holes, *_ in turn]
        for turn in json.loads(path.read_text("utf-8"))
    ]


def _write(sql: str, values: list[Any], holes: list[Hole]) -> Write:
    own = {hole.position for hole in holes}
    encoded = [
        n for n, value in enumerate(values) if n not in own and isinstance(value, str) and value[:1] in ("{", "[")
    ]
    for position in encoded:
        values[position] = json.loads(values[position])
    return Write(sql, values, holes, encoded)


def person_of(number: int) -> str:
    """The key of a visitor, as long as a real one."""
    return f"web:{number:040x}"


class BareDialog:
    """One conversation."""

    __slots__ = ("_answers", "_step", "own", "said")

    def __init__(self, number: int) -> None:
        person = person_of(number)
        self._step = 0
        self._answers: dict[str, Any] = {}
        self.said = 0
        """Messages so far."""
        self.own = {
            "number": number,
            "person": person,
            "address": f"{person}/quote",
            "public_id": f"{number:016x}",
            "email": email_of(number),
            "external_id": "",
        }

    def hear(self, text: str) -> str:
        """Take an answer; what the bot says next."""
        self.said += 1
        self.own["external_id"] = f"{self.own['number']:032x}{self.said:04x}"
        value: Any = text
        match _FIELDS[self._step] if self._step < len(_FIELDS) else None:
            case "email":
                name, at, domain = text.partition("@")
                if not (name and at and "." in domain) or " " in text:
                    return RETRY_EMAIL
            case "team_size" if text not in TEAM_SIZES:
                return ASK_TEAM_SIZE
            case "budget":
                try:
                    value = float(text)
                except ValueError:
                    return ASK_BUDGET
            case "consent":
                value = text.lower() == "yes"
            case None:
                return GOODBYE
        self._answers[_FIELDS[self._step]] = value
        self._step += 1
        return _ASKS[self._step - 1]


class Writer(Protocol):
    """Writes what one turn leaves behind."""

    async def save(self, statements: Sequence[Statement]) -> None:
        """Return when it is on disk."""


class SQLiteWriter:
    """Raw ``sqlite3`` in one thread; whatever waits is committed together."""

    def __init__(self, path: Path) -> None:
        self._raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
            self._raw.execute(f"PRAGMA {pragma}").fetchall()
        self._loop = asyncio.get_running_loop()
        self._queue: queue.SimpleQueue[tuple[Sequence[Statement], asyncio.Future[None]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_forever, daemon=True)
        self._thread.start()

    async def save(self, statements: Sequence[Statement]) -> None:
        """Return when it is on disk."""
        future: asyncio.Future[None] = self._loop.create_future()
        self._queue.put((statements, future))
        await future

    def close(self) -> None:
        """Write what waits, and close."""
        self._queue.put(None)
        self._thread.join()
        self._raw.close()

    def _write_forever(self) -> None:
        while (job := self._queue.get()) is not None:
            batch = []
            while job is not None:
                batch.append(job)
                try:
                    job = self._queue.get_nowait()
                except queue.Empty:
                    break
            error = self._commit([statements for statements, _ in batch])
            self._loop.call_soon_threadsafe(_settle, [future for _, future in batch], error)
            if job is None:
                return

    def _commit(self, units: Sequence[Sequence[Statement]]) -> sqlite3.Error | None:
        """Commit all of it; what went wrong, if anything."""
        execute = self._raw.execute
        try:
            execute("BEGIN IMMEDIATE")
            for statements in units:
                for sql, values in statements:
                    execute(sql, values)
            execute("COMMIT")
        except sqlite3.Error as error:
            self._raw.rollback()
            return error
        return None


def _settle(futures: Sequence["asyncio.Future[None]"], error: sqlite3.Error | None) -> None:
    for future in futures:
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)


class BareProgram:
    """The bare program: many conversations over one writer."""

    def __init__(self, recorded: Recorded, writer: Writer) -> None:
        self._recorded = recorded
        self._writer = writer
        self._dialogs: dict[int, BareDialog] = {}

    @property
    def begun(self) -> int:
        """Conversations that have begun so far."""
        return len(self._dialogs)

    async def begin(self, number: int) -> None:
        """Begin the conversation of this visitor."""
        dialog = self._dialogs[number] = BareDialog(number)
        await self._save(dialog)

    async def say(self, number: int, text: str) -> str:
        """Say something in it; the answer, once everything is on disk."""
        dialog = self._dialogs[number]
        answer = dialog.hear(text)
        await self._save(dialog)
        return answer

    async def _save(self, dialog: BareDialog) -> None:
        await self._writer.save([write.filled(dialog.own) for write in self._recorded[dialog.said]])
