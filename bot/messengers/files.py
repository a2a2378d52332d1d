"""Files that people send on messengers: fetched from the platform, and kept like those of any visitor.

1. The event stands in the inbox until the turn with its file is saved: a crash in between loses nothing, and what was
   fetched already is found by the event's name and not fetched again.
2. What cannot be had, or is not taken, is told: the transcript says so, and the visitor hears why.
3. An error of a platform may name an address that is a key: of errors nothing but their kind is written down.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.channels.contract import SentFile
from bot.desk.contract import TryLater
from bot.uploads.keeping import UploadRefused, Uploads
from bot.uploads.names import clean_name
from dialogs.events import VisitorSaid
from storage.errors import StorageError

log = logging.getLogger(__name__)

PAUSES = (1.0, 4.0)
"""Seconds between tries to fetch a file, while its sender waits."""
FETCH_SECONDS = 60.0
LONGEST_PAUSE = 10.0
AT_ONCE = 4
"""Files that are fetched at the same time: each is in memory for a moment."""

Fetch = Callable[[str, SentFile, int], Awaitable[bytes]]
"""Fetches a file of a channel, of so many bytes at most; raises ``ValueError`` when it is larger."""


class _Lost(Exception):
    """A file that the platform does not hand over; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SentFiles:
    """Fetches files and keeps them."""

    def __init__(self, uploads: Uploads, fetch: Fetch, *, pauses: Sequence[float] = PAUSES) -> None:
        self._uploads = uploads
        self._fetch = fetch
        self._pauses = pauses
        self._places = asyncio.Semaphore(AT_ONCE)

    async def said(
        self, channel: str, conversation_id: int, event_id: str, sent: SentFile, kinds: Sequence[str], at: datetime
    ) -> VisitorSaid:
        """What the visitor said by sending a file, which is kept by then. ``kinds`` are taken beside the usual ones.

        Raises ``StorageError`` where it could not be saved: it is then to be tried again.
        """
        settings = self._uploads.settings
        text, client_id = sent.caption, f"{channel}:{event_id}"
        try:
            stored = await self._uploads.repeat(conversation_id, client_id)
            if stored is None:
                if sent.size is not None and sent.size > settings.largest:
                    raise _Lost("too_large")
                async with self._places:
                    content = await self._fetched(channel, sent, settings.largest)
                    name, taken = sent.name, (*settings.types, *kinds)
                    stored = await self._uploads.keep_bytes(conversation_id, client_id, name, content, kinds=taken)
        except (UploadRefused, _Lost) as refused:
            claimed = {"id": "", "name": clean_name(sent.name), "type": sent.content_type[:100], "size": sent.size}
            return VisitorSaid(at=at, text=text, file=claimed, lost=refused.code)
        return VisitorSaid(at=at, text=text, file=stored.value())

    async def _fetched(self, channel: str, sent: SentFile, most: int) -> bytes:
        for pause in (*self._pauses, None):
            try:
                async with asyncio.timeout(FETCH_SECONDS):
                    return await self._fetch(channel, sent, most)
            except ValueError:
                raise _Lost("too_large") from None
            except StorageError:
                raise
            except (TryLater, TimeoutError) as error:
                asked = getattr(error, "seconds", None)
            except Exception as error:
                log.warning("%s: a file cannot be fetched: %s", channel, type(error).__name__)
                break
            if pause is None:
                log.warning("%s: a file could not be fetched in %s tries", channel, len(self._pauses) + 1)
            else:
                await asyncio.sleep(min(LONGEST_PAUSE, asked) if asked is not None else pause)
        raise _Lost("not_fetched")
