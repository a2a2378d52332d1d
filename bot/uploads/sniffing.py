"""What a file is, by its content. Nothing that a sender says counts.

A table of the beginnings of everyday files; what it does not know is ``application/octet-stream``. What is text and
holds markup is markup, wherever in the beginning that stands: a browser would think so, too.
"""

import re

from dialogs.file_types import UNKNOWN

HEAD_BYTES = 64 * 1024
"""Bytes of the beginning that are looked at."""
TAIL_BYTES = 8 * 1024
"""Bytes of the end: an archive lists its contents there."""

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"AC10", "image/vnd.dwg"),
    (0, b"MZ", "application/x-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
    (0, b"#!", "text/x-script"),
)
_BRANDS: dict[bytes, str] = {
    b"heic": "image/heic", b"heix": "image/heic", b"heif": "image/heic", b"mif1": "image/heic", b"msf1": "image/heic",
    b"avif": "image/avif", b"avis": "image/avif", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime", b"3gp4": "video/3gpp", b"3gp5": "video/3gpp", b"3gp6": "video/3gpp",
}  # fmt: skip
"""Of files made of boxes (ISO 14496-12); any other is MP4."""
_MARKUP = re.compile(
    r"<(?P<svg>svg)[\s>/]|<(?P<html>!doctype\s+html|html|head|body|script|iframe|img|a|div|p|table|style|title|meta"
    r"|link|object|embed|form|h1|br|span)[\s>/]|<(?P<xml>\?xml|!doctype|!entity)[\s>]",
    re.IGNORECASE,
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(head: bytes, tail: bytes = b"") -> str:
    """The type of a file that begins with ``head`` and ends with ``tail``."""
    for offset, mark, found in _BEGINNINGS:
        if head.startswith(mark, offset):
            return found
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _archive(head, tail)
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return _text(head) if head else UNKNOWN


def _archive(head: bytes, tail: bytes) -> str:
    """A ZIP archive, or what is packed as one: documents of office programs."""
    if head[30:38] == b"mimetype":
        named = re.match(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)", head[38:100])
        return named[0].decode("ascii") if named else "application/zip"
    if b"[Content_Types].xml" in head or b"[Content_Types].xml" in tail:
        for folder, kind in ((b"word/", "wordprocessingml.document"), (b"xl/", "spreadsheetml.sheet"),
                             (b"ppt/", "presentationml.presentation")):  # fmt: skip
            if folder in tail or folder in head:
                return f"{_OPEN_XML}{kind}"
    return "application/zip"


def _text(head: bytes) -> str:
    """Text, and what it is written in."""
    text = _decoded(head)
    if text is None or _NOT_TEXT.search(text):
        return UNKNOWN
    xml = False
    for found in _MARKUP.finditer(text):
        if found["svg"]:
            return "image/svg+xml"
        if found["html"]:
            return "text/html"
        xml = True
    return "text/xml" if xml else "text/plain"


def _decoded(head: bytes) -> str | None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").lstrip("\ufeff")
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(head) - error.start < 4 and len(head) >= HEAD_BYTES:  # A character is cut at the end.
            return head[: error.start].decode("utf-8-sig")
    # An old table of one byte for each character: text where none is a control character.
    return None if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head) else head.decode("latin-1")
