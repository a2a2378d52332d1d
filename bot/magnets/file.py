"""A file to download: a guide, a checklist, a worksheet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, ClassVar, Literal

from pydantic import BaseModel

from bot.magnets.options import DownloadNames, Expiry, MagnetOptions, Paths, in_language, seconds_of
from bot.ports import FileAnswer, Grant, Opened


class FileOptions(MagnetOptions):
    """Which file, how long the link works, and what the download is called."""

    file: Paths
    """Below the dialogs folder's ``files``."""
    expires: Expiry = "30 days"
    download_name: DownloadNames | None = None
    """None for the file's own name; the file's extension is added where it is missing."""
    in_messengers: Literal["file", "link"] = "file"
    """What messengers send: the file itself, which is opened out of our sight, or the personal link."""


class FileMagnet:
    """Gives a file of the dialogs folder, by a personal link."""

    kind: ClassVar[str] = "file"
    options: ClassVar[type[BaseModel]] = FileOptions

    def pool(self, magnet: str, options: Mapping[str, Any]) -> str | None:
        """None: there is a copy for everybody."""
        return None

    def expires_at(self, options: Mapping[str, Any], given_at: datetime) -> datetime | None:
        """When the link stops working, by ``expires``."""
        seconds = seconds_of(FileOptions.model_validate(options).expires)
        return None if seconds is None else given_at + timedelta(seconds=seconds)

    def card(self, grant: Grant) -> Mapping[str, Any]:
        """Title and personal link."""
        return {"kind": self.kind, "title": grant.title, "url": grant.link}

    def open(self, grant: Grant, part: str) -> Opened | None:
        """The file in the visitor's language."""
        if part:
            return None
        options = FileOptions.model_validate(grant.options)
        file = in_language(options.file, grant.language)
        name = _download_name(options, file, grant.language)
        return FileAnswer(name=file, download_name=name, attached=options.in_messengers == "file")


def _download_name(options: FileOptions, file: str, language: str) -> str:
    path = PurePosixPath(file)
    if options.download_name is None:
        return path.name
    name = in_language(options.download_name, language)
    return name if name.lower().endswith(path.suffix.lower()) else name + path.suffix
