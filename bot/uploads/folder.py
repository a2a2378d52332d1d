"""The folder of uploads: bytes under random names, complete or not there.

1. A file is written under another name, made durable, and then given its own: what bears an id is whole.
2. Names are ids of ours and nothing else; what is asked for under any other name is not there.
3. Everything here waits for the disk, and is run in a thread.
"""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.uploads.names import clean_name
from bot.uploads.sniffing import HEAD_BYTES, TAIL_BYTES, sniff

_ID = re.compile(r"[0-9a-f]{32}")
_PART = ".part"
FREE_BYTES = 64 * 1024 * 1024
"""Room that is left on the disk for everything else."""


class NoRoom(OSError):
    """The disk is full, or nearly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that is whole and durable."""

    size: int
    sha256: str
    type: str
    """By its content."""


class UploadFolder:
    """The folder at ``path``; made when it is needed first, for nobody else's eyes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def path_of(self, upload: str) -> Path | None:
        """Where a file's bytes stand, or would; None for what is no id of ours."""
        return self.path / upload[:2] / upload if _ID.fullmatch(upload) else None

    def begin(self, upload: str) -> "Incoming":
        """Begin to write a file. Raises ``OSError``."""
        path = self.path_of(upload)
        if path is None:
            raise ValueError(f"{upload!r} is no id")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(self.path).free < FREE_BYTES:
            raise NoRoom(f"less than {FREE_BYTES:,} bytes are free at {self.path}")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        return Incoming(path)

    def remove(self, uploads: Collection[str]) -> None:
        """Remove the bytes of these files; those that are gone already, too."""
        for upload in uploads:
            if (path := self.path_of(upload)) is not None:
                path.unlink(missing_ok=True)

    def older_than(self, seconds: float, now: float) -> Iterator[tuple[str, Path]]:
        """(id, path) of everything that was written at least so many seconds ago, parts of files with them."""
        for folder in self.path.glob("[0-9a-f][0-9a-f]"):
            for path in folder.iterdir():
                name = path.name.removesuffix(_PART)
                with contextlib.suppress(FileNotFoundError):
                    if _ID.fullmatch(name) and now - path.stat().st_mtime >= seconds:
                        yield name, path


class Incoming:
    """A file that is being written. ``finish`` or ``discard`` ends it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + _PART)
        handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb", buffering=0)
        self._digest = hashlib.sha256()
        self._head = b""
        self._tail = b""
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write more. Raises ``OSError``."""
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self._digest.update(data)
        self.size += len(data)
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
        self._tail = (self._tail + data[-TAIL_BYTES:])[-TAIL_BYTES:]

    @property
    def type(self) -> str:
        """By what was written so far."""
        return sniff(self._head, self._tail)

    def finish(self) -> Written:
        """Make it durable, and give it its name. Raises ``OSError``."""
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self._path)
        for folder in (self._path.parent, self._path.parent.parent):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return Written(size=self.size, sha256=self._digest.hexdigest(), type=self.type)

    def discard(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._part.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


def looked_at(path: Path) -> dict[str, int | float | str | None]:
    """A file on this machine, as an answer would have it if a visitor sent it. Raises ``OSError``."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        tail = file.read()
    return {"id": "0" * 32, "name": clean_name(path.name), "type": sniff(head, tail), "size": size}
