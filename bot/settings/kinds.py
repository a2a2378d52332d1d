"""What a setting may be: one small class for each kind of value.

A kind reads what the file says (``read``), turns a text of the environment into what a file would say (``parse``),
and gives a relative path its folder (``anchor``). It raises ``ValueError`` with what would be right.
"""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bot.settings.problems import shown
from bot.settings.secrets import read_secret
from dialogs.spelling import did_you_mean

Value = TypeVar("Value")
_YES_NO = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0"), False)
_SCRIPT_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Kind(ABC, Generic[Value]):
    """One kind of value."""

    __slots__ = ()
    is_secret = False
    """Whether the value is never shown, and may stand in a file of its own."""

    @abstractmethod
    def read(self, given: object) -> Value:
        """The value. Raises ``ValueError`` that says what would be right."""

    def parse(self, text: str) -> object:
        """What a file would hold, from the environment's text."""
        return text

    def anchor(self, value: Value, folder: Path) -> Value:
        """The value with a relative path counted from ``folder``."""
        return value

    def secrets_in(self, value: Value) -> Sequence[str]:
        """What logs must leave out of it."""
        return ()


@dataclass(frozen=True, slots=True)
class Secret(Kind[str]):
    """A password, a token: never shown, and better kept in a file of its own."""

    is_secret = True

    def read(self, given: object) -> str:
        """The secret; what examples have in its place is none."""
        return read_secret(given)

    def secrets_in(self, value: str) -> Sequence[str]:
        """All of it."""
        return (value,)


@dataclass(frozen=True, slots=True)
class SigningKey(Secret):
    """A secret to sign with by HMAC and SHA-256: no shorter than what comes out (RFC 7518, section 3.2)."""

    def read(self, given: object) -> str:
        """The secret, of 32 characters at least."""
        secret = Secret.read(self, given)
        if len(secret.encode()) < 32:
            raise ValueError("is too short to sign with; `openssl rand -hex 32` makes a good one")
        return secret


@dataclass(frozen=True, slots=True)
class Line(Kind[str]):
    """A text of one line."""

    most: int = 200

    def read(self, given: object) -> str:
        """The text without blanks around it."""
        text = text_of(given, "a text")
        if not text.isprintable() or len(text) > self.most:
            raise ValueError(f"must be one line of at most {self.most} characters")
        return text


@dataclass(frozen=True, slots=True)
class Name(Kind[str]):
    """A name of a shape, such as platforms give to what they know us by. ``wanted`` says what would be right."""

    pattern: str
    wanted: str

    def read(self, given: object) -> str:
        """The name, all of which has the shape."""
        name = text_of(given, self.wanted)
        if not re.fullmatch(self.pattern, name):
            raise ValueError(f"must be {self.wanted}, not {shown(name)}")
        return name


@dataclass(frozen=True, slots=True)
class Whole(Kind[int]):
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, given: object) -> int:
        """The number itself; true and false are none."""
        if isinstance(given, int) and not isinstance(given, bool) and self.least <= given <= self.most:
            return given
        raise ValueError(f"must be a whole number from {self.least} to {self.most}, not {shown(given)}")

    def parse(self, text: str) -> object:
        """A number where it is one."""
        plain = text.strip()
        return int(plain) if re.fullmatch(r"[+-]?[0-9]{1,18}", plain) else text


@dataclass(frozen=True, slots=True)
class Seconds(Kind[float]):
    """A span of time in seconds, within bounds."""

    least: float
    most: float

    def read(self, given: object) -> float:
        """The seconds."""
        if isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given):
            seconds = float(given)
            if self.least <= seconds <= self.most:
                return seconds
        raise ValueError(f"must be seconds, a number from {self.least:g} to {self.most:g}, not {shown(given)}")

    def parse(self, text: str) -> object:
        """A number where it is one."""
        plain = text.strip()
        return float(plain) if re.fullmatch(r"[+-]?[0-9]{1,18}(?:\.[0-9]{0,18})?", plain) else text


@dataclass(frozen=True, slots=True)
class YesNo(Kind[bool]):
    """True or false."""

    def read(self, given: object) -> bool:
        """The answer itself."""
        if isinstance(given, bool):
            return given
        hint = ", without quotation marks" if isinstance(given, str) else ""
        raise ValueError(f"must be true or false{hint}, not {shown(given)}")

    def parse(self, text: str) -> object:
        """True and false as people write them into environments."""
        return _YES_NO.get(text.strip().lower(), text)


@dataclass(frozen=True, slots=True)
class Word(Kind[str]):
    """One word of a few."""

    words: tuple[str, ...]

    def read(self, given: object) -> str:
        """The word in lower case."""
        if isinstance(given, str) and given.strip().lower() in self.words:
            return given.strip().lower()
        meant = did_you_mean(given, self.words) if isinstance(given, str) else ""
        allowed = ", ".join(f'"{word}"' for word in self.words)
        raise ValueError(f"must be one of {allowed}, not {shown(given)}{meant}")


@dataclass(frozen=True, slots=True)
class ScriptName(Kind[str]):
    """The name of a dialog script."""

    def read(self, given: object) -> str:
        """The name."""
        name = text_of(given, "the name of a dialog script")
        if not _SCRIPT_NAME.fullmatch(name):
            hint = (
                '; the name is what its line "dialog:" says, not the file\'s'
                if name.endswith((".yaml", ".yml"))
                else ""
            )
            raise ValueError(f"must be a name of lower case letters, digits and hyphens, not {shown(name)}{hint}")
        return name


@dataclass(frozen=True, slots=True)
class Folder(Kind[Path]):
    """A folder that exists."""

    def read(self, given: object) -> Path:
        """The path, not yet looked at."""
        return Path(text_of(given, "the path of a folder")).expanduser()

    def anchor(self, value: Path, folder: Path) -> Path:
        """The absolute path. Raises ``ValueError`` when no folder is there."""
        path = (folder / value).absolute()
        try:
            found = path.is_dir()
        except OSError as error:
            raise ValueError(f"{path} cannot be looked at: {error.strerror}") from None
        if not found:
            what = "is a file; name the folder it is in" if path.exists() else "does not exist"
            raise ValueError(f"the folder {path} {what}")
        return path


@dataclass(frozen=True, slots=True)
class File(Kind[Path]):
    """A file that exists."""

    def read(self, given: object) -> Path:
        """The path, not yet looked at."""
        return Path(text_of(given, "the path of a file")).expanduser()

    def anchor(self, value: Path, folder: Path) -> Path:
        """The absolute path. Raises ``ValueError`` when no file is there."""
        path = (folder / value).absolute()
        try:
            found = path.is_file()
        except OSError as error:
            raise ValueError(f"{path} cannot be looked at: {error.strerror}") from None
        if not found:
            what = "is a folder; name the file in it" if path.is_dir() else "does not exist"
            raise ValueError(f"the file {path} {what}")
        return path


@dataclass(frozen=True, slots=True)
class Each(Kind[tuple[Value, ...]]):
    """A list; in the environment with commas."""

    kind: Kind[Value]
    most: int = 200

    def read(self, given: object) -> tuple[Value, ...]:
        """Every element read, without repeats."""
        if not isinstance(given, Sequence) or isinstance(given, str):
            hint = f", for example [{shown(given)}]" if isinstance(given, str) else ""
            raise ValueError(f"must be a list in square brackets{hint}")
        if len(given) > self.most:
            raise ValueError(f"may name at most {self.most}, not {len(given)}")
        return tuple(dict.fromkeys(self.kind.read(one) for one in given))

    def parse(self, text: str) -> object:
        """The parts between commas."""
        return [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",") if part.strip()]


def text_of(given: object, wanted: str) -> str:
    """A text that is not empty, without blanks around it. Raises ``ValueError`` for anything else."""
    if not isinstance(given, str):
        raise ValueError(f"must be {wanted}, in quotation marks, not {shown(given)}")
    text = given.strip()
    if not text:
        raise ValueError(f"is empty; it must be {wanted}, or be left out")
    if not text.isprintable():
        raise ValueError(f"must be {wanted}, without line breaks and control characters")
    return text
