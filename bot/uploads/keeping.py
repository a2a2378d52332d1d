"""Files that visitors send, kept: bytes first, then the row, then the acknowledgement.

1. What is too large, of a wrong kind, or one too many is refused as early as that can be known, and leaves nothing.
2. A repeat of the same sender's name is answered from the record.
3. A name whose ending would have the file opened as what it is not gets the right one behind it.
4. Bytes are durable before their row is. A row that no message refers to within a day is swept, then its bytes;
   bytes without a row are nobody's, and are swept when they are a day old.
"""

import asyncio
import contextlib
import logging
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bot.ports import Clock
from bot.refusals import Wording, wording
from bot.settings.uploads import UploadSettings
from bot.uploads.folder import Incoming, NoRoom, UploadFolder
from bot.uploads.names import clean_name
from bot.uploads.scanning import objection
from bot.uploads.sniffing import HEAD_BYTES
from dialogs.file_types import fitting_ending, is_one_of, size_in_words
from storage import uploads
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import DueEffect
from storage.uploads import StoredUpload, UploadGone, UploadLimit, UploadLimits

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Files that may be coming in at the same time."""
AT_ONCE_FROM_ADDRESS = 16
"""Of them from one network address, so that nobody who sends slowly keeps everybody else from sending."""
AT_ONCE_IN_CONVERSATION = 3
UNSAID = timedelta(days=1)
"""How long a file waits for the message that refers to it."""
SWEEP_SECONDS = 3600.0
_BUFFER = 256 * 1024
_SWEPT_AT_ONCE = 500


class UploadRefused(Exception):
    """A file that is not taken; ``code`` is one of the chat protocol's."""

    def __init__(self, code: str, wording: Wording, *, retry_after: float | None = None) -> None:
        super().__init__(wording.said("en"))
        self.code = code
        self.wording = wording
        self.retry_after = retry_after


class Uploads:
    """Keeps files in a folder and their rows in a database."""

    def __init__(self, database: Database, settings: UploadSettings, clock: Clock) -> None:
        self.settings = settings
        self.folder = UploadFolder(settings.folder)
        self._database = database
        self._clock = clock
        self._limits = UploadLimits(
            files_in_conversation=settings.files_in_conversation,
            bytes_a_day=settings.a_day,
            bytes_in_all=settings.in_all,
        )
        self._coming: Counter[int] = Counter()
        """Files that are coming in, by conversation."""
        self._coming_from: Counter[str] = Counter()
        """The same by network address."""
        self._coming_bytes = 0
        """What they may be at most, all together."""

    async def find(self, upload: str) -> StoredUpload | None:
        """The file of an id."""
        return await self._database.read(lambda tx: uploads.find(tx, upload))

    async def repeat(self, conversation_id: int, client_id: str) -> StoredUpload | None:
        """The file that its sender calls so, where it was sent before."""
        return await self._database.read(lambda tx: uploads.find_repeat(tx, conversation_id, client_id))

    def path_of(self, upload: str) -> Path | None:
        """Where a file's bytes stand."""
        return self.folder.path_of(upload)

    async def keep(
        self,
        conversation_id: int,
        client_id: str,
        name: str,
        parts: AsyncIterable[bytes],
        *,
        largest: int,
        kinds: Sequence[str],
        announced: int | None = None,
        address: str | None = None,
    ) -> StoredUpload:
        """Keep a file whose bytes come in ``parts``; it is durable when this returns.

        ``largest`` in bytes and ``kinds`` hold beside the settings. ``announced`` is how large it is said to be,
        ``address`` the network address it comes from, where a visitor's machine sends it itself. Raises
        ``UploadRefused``, ``StorageError``, and whatever ``parts`` raises; nothing is left of the file then.
        """
        if (known := await self.repeat(conversation_id, client_id)) is not None:
            return known
        largest = min(largest, self.settings.largest)
        if announced is not None and announced > largest:
            raise _too_large(largest)
        with self._place(conversation_id, address, announced or largest):
            await self._look_for_room(conversation_id, announced or 1)
            upload = secrets.token_hex(16)
            try:
                incoming = await asyncio.to_thread(self.folder.begin, upload)
            except OSError as error:
                raise self._no_room(error) from None
            # Whoever sends it may go away: what was begun is brought to an end, or to nothing.
            try:
                return await self._write(incoming, upload, conversation_id, client_id, name, parts, largest, kinds)
            except _Uncertain as error:
                raise error.cause from None  # Its row may stand: what to do with the bytes, sweeping finds out.
            except BaseException as error:
                await asyncio.shield(asyncio.to_thread(incoming.discard))
                if isinstance(error, OSError) and not isinstance(error, ConnectionError | TimeoutError):
                    raise self._no_room(error) from None
                raise

    async def _write(
        self,
        incoming: Incoming,
        upload: str,
        conversation_id: int,
        client_id: str,
        name: str,
        parts: AsyncIterable[bytes],
        largest: int,
        kinds: Sequence[str],
    ) -> StoredUpload:
        name, waiting, is_judged = clean_name(name), bytearray(), False
        async for part in parts:
            waiting += part
            if incoming.size + len(waiting) > largest:
                raise _too_large(largest)
            if len(waiting) >= _BUFFER:
                await asyncio.to_thread(incoming.write, bytes(waiting))
                waiting.clear()
                if not is_judged and incoming.size >= HEAD_BYTES and incoming.type != "application/zip":
                    is_judged = True  # The end of an archive may tell more.
                    _judge(name, incoming.type, kinds)
        await asyncio.to_thread(incoming.write, bytes(waiting))
        if not incoming.size:
            raise UploadRefused("empty_file", wording("empty_file"))
        _judge(name, incoming.type, kinds)
        name = clean_name(name + fitting_ending(name, incoming.type, kinds))
        written = await asyncio.to_thread(incoming.finish)
        path = self.folder.path_of(upload)
        assert path is not None
        withheld = await objection(self.settings.scan, path, self.settings.scan_seconds)
        new = StoredUpload(
            id=upload,
            conversation_id=conversation_id,
            client_id=client_id,
            name=name,
            type=written.type,
            size=written.size,
            sha256=written.sha256,
            at=self._clock(),
            withheld=withheld,
        )
        try:
            stored = await self._database.write(lambda tx: uploads.add(tx, new, self._limits))
        except (UploadLimit, UploadGone) as error:
            raise self._beyond(error) from None
        except BaseException as error:
            raise _Uncertain(error) from None
        if stored.id != upload:  # The same file came twice at the same time.
            await asyncio.to_thread(incoming.discard)
        return stored

    async def keep_bytes(
        self, conversation_id: int, client_id: str, name: str, content: bytes, *, kinds: Sequence[str]
    ) -> StoredUpload:
        """Keep a file that is here already; see ``keep``."""

        async def parts() -> AsyncIterator[bytes]:
            for start in range(0, len(content), _BUFFER):
                yield content[start : start + _BUFFER]

        largest = self.settings.largest
        return await self.keep(
            conversation_id, client_id, name, parts(), largest=largest, kinds=kinds, announced=len(content)
        )

    @contextlib.contextmanager
    def _place(self, conversation_id: int, address: str | None, size: int) -> Iterator[None]:
        """A place among the files that are coming in. Raises ``UploadRefused`` when there is none."""
        # Counter makes no entry for what is only looked at.
        is_full = (
            self._coming[conversation_id] >= AT_ONCE_IN_CONVERSATION
            or self._coming.total() >= AT_ONCE
            or (address is not None and self._coming_from[address] >= AT_ONCE_FROM_ADDRESS)
        )
        if is_full:
            raise UploadRefused("too_many", wording("one_after_another"), retry_after=2)
        mine: list[tuple[Counter[Any], int | str]] = [(self._coming, conversation_id)]
        if address is not None:
            mine.append((self._coming_from, address))
        for coming, key in mine:
            coming[key] += 1
        self._coming_bytes += size
        try:
            yield
        finally:
            self._coming_bytes -= size
            for coming, key in mine:
                coming[key] -= 1
                if not coming[key]:
                    del coming[key]

    async def _look_for_room(self, conversation_id: int, size: int) -> None:
        now, others = self._clock(), max(0, self._coming_bytes - size)
        limits = self._limits
        try:
            await self._database.read(lambda tx: uploads.check_room(tx, conversation_id, size, limits, now, others))
        except (UploadLimit, UploadGone) as error:
            raise self._beyond(error) from None

    def _beyond(self, error: UploadLimit | UploadGone) -> UploadRefused:
        if isinstance(error, UploadGone):
            return UploadRefused("unknown_conversation", wording("unknown_conversation"))
        settings = self.settings
        match error.limit:
            case "conversation":
                most = settings.files_in_conversation
                return UploadRefused("too_many", wording("files_in_conversation", most=most))
            case "day":
                said = wording("a_day", most=size_in_words(settings.a_day))
                return UploadRefused("too_many", said, retry_after=3600)
            case _:
                log.error("uploads: all files together reach [uploads] in_all (%s)", size_in_words(settings.in_all))
                return UploadRefused("no_room", wording("no_room"))

    def _no_room(self, error: OSError) -> UploadRefused:
        why = str(error) if isinstance(error, NoRoom) else error.strerror
        log.error("uploads: a file could not be kept in %s: %s", self.folder.path, why)
        return UploadRefused("no_room", wording("no_room"))

    # Tidying up.

    async def forget(self, effect: DueEffect) -> None:
        """Remove the bytes of files of somebody who was erased."""
        await asyncio.to_thread(self.folder.remove, [str(one) for one in effect.payload["files"]])

    async def run(self) -> None:
        """Sweep now and then, for as long as the task lives."""
        while True:
            try:
                await self.sweep()
            except (StorageError, OSError) as error:
                log.warning("uploads could not be swept: %s", error)
            await asyncio.sleep(SWEEP_SECONDS)

    async def sweep(self) -> int:
        """Remove what nobody refers to, and what was kept long enough; how many files that were."""
        now, days = self._clock(), self.settings.keep_days
        before, too_old = now - UNSAID, None if days is None else now - timedelta(days=days)
        swept = 0
        while ids := await self._database.write(lambda tx: uploads.sweep(tx, before, too_old)):
            await asyncio.to_thread(self.folder.remove, ids)
            swept += len(ids)
        old = self.folder.older_than(UNSAID.total_seconds(), time.time())
        while found := await asyncio.to_thread(lambda: list(islice(old, _SWEPT_AT_ONCE))):
            known = await self._database.read(partial(uploads.find_all, uploads={upload for upload, _ in found}))
            # A part of a file is never the file, whatever row there is.
            strays = [path for upload, path in found if upload not in known or path.name != upload]
            await asyncio.to_thread(_unlink, strays)
            swept += len(strays)
        await self._database.write(uploads.recount)
        if swept:
            log.info("uploads: %s files that nobody referred to, or that were kept long enough, were removed", swept)
        return swept


class _Uncertain(Exception):
    """Whether a file's row was saved is not known."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _judge(name: str, content_type: str, kinds: Sequence[str]) -> None:
    if not is_one_of(kinds, name, content_type):
        raise UploadRefused("wrong_type", wording("wrong_type", found=content_type, kinds=tuple(kinds)))


def _too_large(largest: int) -> UploadRefused:
    return UploadRefused("too_large", wording("too_large", largest=size_in_words(largest)))


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
