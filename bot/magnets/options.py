"""What scripts may write about lead magnets of every kind: files of the folder, addresses, durations, words.

1. Each reader refuses what it cannot take with a sentence that says what would be right.
2. What is taken stays as the author wrote it, so that dumped options are JSON and may be read once more.
3. Words, files and addresses may be written once, or per language: ``{en: guide.pdf, de: leitfaden.pdf}``.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from dialogs.loading.durations import DURATION_FORMS, seconds_in_words

LONGEST_ADDRESS = 2000
"""Longest web address, in characters: what every browser and mail program takes."""
LONGEST_PATH = 200
"""Longest path of a file, in characters."""
LONGEST_WORDS = 2000
"""Longest description, in characters."""
NEVER = "never"
"""Written instead of a duration by who wants no end."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


class MagnetOptions(BaseModel):
    """What a script says about one magnet, beside what every magnet may have. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refused(sentence: str) -> PydanticCustomError:
    """The error of a reader: a sentence for the author."""
    return PydanticCustomError("magnet", "{sentence}", {"sentence": sentence})


def in_language(written: str | Mapping[str, str], language: str) -> str:
    """What is written for ``language``, or for its base language, or first."""
    if isinstance(written, str):
        return written
    return written.get(language) or written.get(language.partition("-")[0]) or next(iter(written.values()))


def seconds_of(duration: str) -> float | None:
    """The seconds of a duration that was read; None for "never"."""
    return None if duration == NEVER else seconds_in_words(duration)


def _read_path(given: Any) -> str:
    """A path below the folder's ``files``: never absolute, never out of it, never hidden, the same on any system."""
    path = _text(given, "a file needs its name", LONGEST_PATH)
    if not path.isprintable() or "\\" in path or ":" in path:
        raise refused("a file's name has no backslash, colon or control character; folders are separated by /")
    if path.startswith(("/", "~")):
        raise refused(f'"{path}" is an absolute path; write the name as it is within the "files" folder')
    parts = path.split("/")
    if ".." in parts:
        raise refused(f'"{path}" leads out of the "files" folder')
    if any(not part or part != part.strip() or part.startswith(".") for part in parts):
        raise refused(f'"{path}" is no name of a file, such as "guides/crm-guide.pdf"')
    return path


def _read_address(given: Any) -> str:
    """An http or https address, without credentials."""
    address = _text(given, "an address needs a text", LONGEST_ADDRESS)
    example = f'"{_short(address)}" is no web address, such as "https://example.com/prices"'
    if not address.isprintable() or any(character in address for character in ' "<>\\^`{|}'):
        raise refused(example)
    try:
        parts = urlsplit(address)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        raise refused(example) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right:
        raise refused(example)
    if "@" in parts.netloc:
        raise refused("an address for visitors has no user name or password in it")
    return address


def _read_words(given: Any) -> str:
    words = _text(given, "words are due here", LONGEST_WORDS)
    if any(not character.isprintable() and character != "\n" for character in words):
        raise refused("control characters have no place in a text for visitors")
    return words


def _read_duration(given: Any) -> str:
    duration = given.strip() if isinstance(given, str) else ""
    if seconds_in_words(duration) is None:
        raise refused(f'a duration is written {DURATION_FORMS}, not "{_short(str(given))}"')
    return duration


def _read_expiry(given: Any) -> str:
    return NEVER if isinstance(given, str) and given.strip().lower() == NEVER else _read_duration(given)


def _read_download_name(given: Any) -> str:
    name = _text(given, "a download needs a name", 120)
    if not name.isprintable() or any(character in name for character in '/\\:*?"<>|') or name.startswith("."):
        raise refused("a download's name has none of / \\ : * ? \" < > | in it, and does not begin with a dot")
    return name


def _text(given: Any, wanted: str, longest: int) -> str:
    if not isinstance(given, str):
        raise refused(f"{wanted}; put {given!r} in quotes" if isinstance(given, int | float) else wanted)
    text = given.strip()
    if not text:
        raise refused(wanted)
    if len(text) > longest:
        raise refused(f"at most {longest:,} characters, not {len(text):,}")
    return text


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _one_or_per_language(read: Callable[[Any], str]) -> BeforeValidator:
    """A reader of what may be written once, or per language."""

    def reader(given: Any) -> str | dict[str, str]:
        if not isinstance(given, Mapping):
            return read(given)
        if not given:
            raise refused("nothing is written here for any language")
        for language in given:
            if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
                raise refused(f'"{_short(str(language))}" is no language, such as "en"')
        return {language: read(one) for language, one in given.items()}

    return BeforeValidator(reader)


Path = Annotated[str, BeforeValidator(_read_path)]
"""A file of the dialogs folder."""
Paths = Annotated[str | dict[str, str], _one_or_per_language(_read_path)]
"""A file, or one per language."""
Addresses = Annotated[str | dict[str, str], _one_or_per_language(_read_address)]
"""A web address, or one per language."""
Words = Annotated[str | dict[str, str], _one_or_per_language(_read_words)]
"""A text, or one per language."""
DownloadNames = Annotated[str | dict[str, str], _one_or_per_language(_read_download_name)]
"""What a file is called on the visitor's device, or one name per language."""
Duration = Annotated[str, BeforeValidator(_read_duration)]
"""``2 hours``."""
Expiry = Annotated[str, BeforeValidator(_read_expiry)]
"""``30 days``, or ``never``."""
