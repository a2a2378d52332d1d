"""The file in a message, of whatever kind. Pure.

https://core.telegram.org/bots/api#message: document, photo, video, voice …
"""

from collections.abc import Mapping
from typing import Any

from bot.channels.contract import SentFile
from bot.channels.looking import content_type, file_name, mapping, sequence, text, whole

_KINDS = {
    # An animation comes with a document of the same content, a live photo with a photo.
    "animation": ("animation.mp4", "video/mp4"),
    "document": ("document", "application/octet-stream"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
    "voice": ("voice.ogg", "audio/ogg"),
}


def read_file(message: Mapping[str, Any], caption: str) -> SentFile | None:
    """The file that a message brings; None when it brings none."""
    for kind, (name, usual) in _KINDS.items():
        file = mapping(message.get(kind))
        if text(file.get("file_id")):
            return _file(file, name, usual, caption)
    sizes = [size for size in map(mapping, sequence(message.get("photo"))) if text(size.get("file_id"))]
    if sizes:
        largest = max(sizes, key=lambda size: (whole(size.get("width")) or 0) * (whole(size.get("height")) or 0))
        return _file(largest, "photo.jpg", "image/jpeg", caption)
    return None


def _file(file: Mapping[str, Any], name: str, otherwise: str, caption: str) -> SentFile:
    size = whole(file.get("file_size"))
    return SentFile(
        name=file_name(file.get("file_name")) or name,
        content_type=content_type(file.get("mime_type"), otherwise),
        size=size if size is not None and size >= 0 else None,
        fetch=text(file["file_id"]),
        caption=caption,
    )
