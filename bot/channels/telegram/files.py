"""The file in a message, of whatever kind. Pure.

https://core.telegram.org/bots/api#message: document, photo, video, voice …
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.contract import SentFile
from bot.channels.looking import mapping, sequence, text, whole

_KINDS = {
    # An animation comes with a document of the same content, a live photo with a photo.
    "animation": ("animation.mp4", "video/mp4"),
    "document": ("document", "application/octet-stream"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
    "voice": ("voice.ogg", "audio/ogg"),
}
_CONTENT_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}", re.IGNORECASE)
_NAME_MOST = 200


def read_file(message: Mapping[str, Any], caption: str) -> SentFile | None:
    """The file that a message brings; None when it brings none."""
    for kind, (name, content_type) in _KINDS.items():
        file = mapping(message.get(kind))
        if text(file.get("file_id")):
            return _file(file, name, content_type, caption)
    sizes = [size for size in map(mapping, sequence(message.get("photo"))) if text(size.get("file_id"))]
    if sizes:
        largest = max(sizes, key=lambda size: (whole(size.get("width")) or 0) * (whole(size.get("height")) or 0))
        return _file(largest, "photo.jpg", "image/jpeg", caption)
    return None


def _file(file: Mapping[str, Any], name: str, content_type: str, caption: str) -> SentFile:
    size, given = whole(file.get("file_size")), text(file.get("mime_type"))
    return SentFile(
        name=_plain(text(file.get("file_name"))) or name,
        content_type=given.lower() if _CONTENT_TYPE.fullmatch(given) else content_type,
        size=size if size is not None and size >= 0 else None,
        fetch=text(file["file_id"]),
        caption=caption,
    )


def _plain(name: str) -> str:
    """A file's name without folders and control characters, its ending kept."""
    last = "".join(one for one in re.split(r"[/\\]", name)[-1] if one.isprintable()).strip(" .")
    if len(last) <= _NAME_MOST:
        return last
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: _NAME_MOST - 20]}{dot}{ending[:19]}" if dot else last[:_NAME_MOST]
