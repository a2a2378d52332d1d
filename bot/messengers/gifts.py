"""Files that lead magnets give, found by the link in their card, so that a messenger can send the file itself."""

import asyncio
import mimetypes
from pathlib import Path

from bot.channels.contract import AttachedFile
from bot.granting import MagnetGiver
from bot.ports import Clock, FileAnswer, Message
from storage import magnets
from storage.database import Database


class Gifts:
    """``files`` is the folder of gifts; ``base_url`` what links to them begin with."""

    def __init__(self, database: Database, giver: MagnetGiver, files: Path, base_url: str, clock: Clock) -> None:
        self._database = database
        self._giver = giver
        self._files = files
        self._links = f"{base_url}/m/"
        self._clock = clock

    async def find(self, message: Message, most_bytes: int) -> AttachedFile | None:
        """The file that a message's card gives; None where it gives none, or one that is
        not there, is too large, or is to be had by its link alone."""
        card = message.get("card") or {}
        url = str(card.get("url", ""))
        if card.get("kind") != "file" or not url.startswith(self._links):
            return None
        token = url.removeprefix(self._links)
        grant = await self._database.read(lambda tx: magnets.grant_by_token(tx, token))
        if grant is None or (grant.expires is not None and grant.expires <= self._clock()):
            return None
        kind, restored = self._giver.restore(token, grant.magnet, grant.kind, grant.payload)
        opened = kind.open(restored, "")
        if not isinstance(opened, FileAnswer) or not opened.attached:
            return None
        return await asyncio.to_thread(self._attached, opened, most_bytes)

    def _attached(self, opened: FileAnswer, most_bytes: int) -> AttachedFile | None:
        path = (self._files / opened.name).resolve()
        try:
            if not path.is_relative_to(self._files.resolve()) or not path.is_file():
                return None
            if not 0 < path.stat().st_size <= most_bytes:
                return None
        except OSError:
            return None
        content_type = mimetypes.guess_type(opened.download_name)[0] or "application/octet-stream"
        return AttachedFile(name=opened.download_name, content_type=content_type, path=path)
