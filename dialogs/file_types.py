"""What kinds of files there are: by the content's type (as the server found it out) and by the name's ending.

A script names kinds by family (``image``, ``document``) or by ending (``.dwg``). The type is never the sender's word.
"""

from collections.abc import Mapping, Sequence

from dialogs.spelling import did_you_mean

UNKNOWN = "application/octet-stream"
"""The type of content that nobody recognises."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OLD_OFFICE = "application/x-ole-storage"
"""Word, Excel and PowerPoint before 2007 look alike from outside; the ending tells them apart."""

FAMILIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "image": {
        "image/jpeg": (".jpg", ".jpeg"),
        "image/png": (".png",),
        "image/gif": (".gif",),
        "image/webp": (".webp",),
        "image/heic": (".heic", ".heif"),
        "image/avif": (".avif",),
        "image/bmp": (".bmp",),
        "image/tiff": (".tif", ".tiff"),
    },
    "pdf": {"application/pdf": (".pdf",)},
    "document": {
        "application/pdf": (".pdf",),
        _WORD: (".docx",),
        _SHEET: (".xlsx",),
        _SLIDES: (".pptx",),
        _OLD_OFFICE: (".doc", ".xls", ".ppt"),
        "application/vnd.oasis.opendocument.text": (".odt",),
        "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
        "application/vnd.oasis.opendocument.presentation": (".odp",),
        "application/rtf": (".rtf",),
        "text/plain": (".txt", ".csv", ".md"),
    },
    "spreadsheet": {
        _SHEET: (".xlsx",),
        _OLD_OFFICE: (".xls",),
        "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
        "text/plain": (".csv",),
    },
    "audio": {
        "audio/mpeg": (".mp3",),
        "audio/mp4": (".m4a",),
        "audio/ogg": (".ogg", ".oga", ".opus"),
        "audio/wav": (".wav",),
        "audio/flac": (".flac",),
    },
    "video": {
        "video/mp4": (".mp4", ".m4v"),
        "video/quicktime": (".mov",),
        "video/webm": (".webm", ".mkv"),
        "video/3gpp": (".3gp",),
    },
    "archive": {
        "application/zip": (".zip",),
        "application/x-7z-compressed": (".7z",),
        "application/vnd.rar": (".rar",),
        "application/gzip": (".gz", ".tgz"),
    },
}
"""By the word in scripts: the types of a family, and the endings that go with each. SVG is no image here: it is a
program for a browser."""

ACTIVE = frozenset(("text/html", "image/svg+xml", "text/xml", "application/x-executable", "text/x-script"))
"""Content that does something when it is opened: no family holds it, and no ending of another kind lets it in."""
_ACTIVE_ENDINGS: Mapping[str, tuple[str, ...]] = {
    ".html": ("text/html",),
    ".htm": ("text/html",),
    ".svg": ("image/svg+xml",),
    ".xml": ("text/xml", "image/svg+xml"),
    ".exe": ("application/x-executable",),
    ".sh": ("text/x-script",),
}
ANY_KIND = ("image", "document", "audio", "video", "archive")
"""Everything that has a family."""

_BY_FAMILY = {name: tuple(types) for name, types in FAMILIES.items()}
_SURE: dict[str, frozenset[str]] = {}
"""By ending: the types its content may have, where a family knows it."""
for _types in FAMILIES.values():
    for _type, _endings in _types.items():
        for _ending in _endings:
            _SURE[_ending] = _SURE.get(_ending, frozenset()) | {_type}
for _ending, _actives in _ACTIVE_ENDINGS.items():
    _SURE[_ending] = frozenset(_actives)

_FAMILIAR: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jfif", ".jpe"),
    "image/heic": (".hif",),
    _OLD_OFFICE: (".msg", ".vsd", ".pub", ".mpp"),
    "text/plain": (".log", ".tsv", ".json", ".ics", ".vcf", ".srt"),
}
"""Endings beside those of the families that have nothing run, whatever opens them."""
_FIRST_ENDINGS: dict[str, str] = {}
for _types in FAMILIES.values():
    for _type, _endings in _types.items():
        _FIRST_ENDINGS.setdefault(_type, _endings[0])

_SURE_OF = {
    kind: frozenset((*_FAMILIAR.get(kind, ()), *(ending for ending, types in _SURE.items() if kind in types)))
    for kind in _FIRST_ENDINGS
}

_ENDING_MOST = 12


def read_kind(given: str) -> str:
    """A kind as a script names it, in its plain form. Raises ``ValueError`` that says what would be right."""
    kind = given.strip().lower()
    if kind in FAMILIES:
        return kind
    if kind.startswith("."):
        ending = kind[1:]
        if ending.isascii() and ending.isalnum() and len(ending) <= _ENDING_MOST:
            return kind
        raise ValueError(f'"{given}" is no ending of a file name; write one such as .dwg')
    names = ", ".join(FAMILIES)
    meant = did_you_mean(kind, tuple(FAMILIES))
    if not meant and kind.isascii() and kind.isalnum() and len(kind) <= _ENDING_MOST:
        meant = f', or the ending ".{kind}"'
    others = "" if meant.endswith("?") else f"; there are {names}, and endings such as .dwg"
    raise ValueError(f'unknown kind of file "{given[:40]}"{meant}{others}')


def ending_of(name: str) -> str:
    """The ending of a file's name, with its dot, in lower case; "" where it has none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and len(ending) <= _ENDING_MOST else ""


def tells(name: str, content_type: str) -> bool:
    """Whether a file's ending says what it is, and rightly."""
    return content_type in _SURE.get(ending_of(name), ())


def fitting_ending(name: str, content_type: str, kinds: Sequence[str]) -> str:
    """The ending to be put behind a name whose own would have the file opened as something else; "" where it fits.

    People open files by their ending: a picture called ``.hta``, an installer that looks like an old document, or an
    archive called ``.jar`` would be run. An ending that ``kinds`` ask for by itself always fits.
    """
    ending = ending_of(name)
    if ending in kinds or ending in _SURE_OF.get(content_type, ()):
        return ""
    return _FIRST_ENDINGS.get(content_type, "")


def is_one_of(kinds: Sequence[str], name: str, content_type: str) -> bool:
    """Whether a file is of one of ``kinds``: by its content, and by its ending only where the content allows that."""
    ending = ending_of(name)
    for kind in kinds:
        if content_type in _BY_FAMILY.get(kind, ()):
            return True
        if kind == ending:
            sure = _SURE.get(ending)
            if content_type in sure if sure is not None else content_type not in ACTIVE:
                return True
    return False


def accepted(kinds: Sequence[str]) -> str:
    """The kinds for a browser's file chooser (HTML's ``accept``): families of pictures and sound by type, the rest by
    ending."""
    parts: dict[str, None] = {}
    for kind in kinds:
        if kind in ("image", "audio", "video"):
            parts[f"{kind}/*"] = None
        elif kind in FAMILIES:
            parts.update(dict.fromkeys(ending for endings in FAMILIES[kind].values() for ending in endings))
        else:
            parts[kind] = None
    return ",".join(parts)


def size_in_words(size: int) -> str:
    """A size in bytes as people read it: "12 KB", "1.2 MB"."""
    if size < 1000:
        return f"{size} bytes"
    power = 1 if size < 1000**2 else 2 if size < 1000**3 else 3
    return f"{size / 1000**power:.1f}".removesuffix(".0") + f" {'KMG'[power - 1]}B"


_UNITS: Mapping[str, int] = {
    "b": 1, "byte": 1, "bytes": 1,
    "k": 1000, "kb": 1000, "m": 1000**2, "mb": 1000**2, "g": 1000**3, "gb": 1000**3,
    "kib": 1024, "mib": 1024**2, "gib": 1024**3,
}  # fmt: skip
_SIZE_MOST = 10 * 1000**4


def read_size(given: object) -> int:
    """A size such as ``10 MB`` or ``500 KB``, in bytes (1 MB is a million). Raises ``ValueError``."""
    text = str(given).strip().lower() if isinstance(given, str) else ""
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = text[len(number) :].strip()
    digits = number.replace(".", "", 1)
    if unit in _UNITS and digits.isascii() and digits.isdigit() and len(digits) <= 12:
        size = round(float(number) * _UNITS[unit])
        if 1 <= size <= _SIZE_MOST:
            return size
    raise ValueError(f'must be a size with its unit, such as 10 MB or 500 KB, not "{str(given)[:40]}"')
