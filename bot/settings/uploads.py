"""``[uploads]``: files that visitors send."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from bot.settings.kinds import Each, Kind, Line, Seconds, Whole, YesNo, text_of
from bot.settings.reading import setting
from dialogs.file_types import ANY_KIND, read_kind, read_size, size_in_words

__all__ = ["UploadSettings"]


@dataclass(frozen=True, slots=True)
class Size(Kind[int]):
    """A size in bytes, written with its unit, within bounds."""

    least: int
    most: int

    def read(self, given: object) -> int:
        """The bytes."""
        size = read_size(given)
        if not self.least <= size <= self.most:
            raise ValueError(f"must be from {size_in_words(self.least)} to {size_in_words(self.most)}")
        return size


@dataclass(frozen=True, slots=True)
class FileKind(Kind[str]):
    """A kind of file as scripts name it: ``image``, ``.dwg``."""

    def read(self, given: object) -> str:
        """The kind."""
        return read_kind(text_of(given, "a kind of file such as image or .dwg"))


@dataclass(frozen=True, slots=True)
class ShellWords(Line):
    """A command with its arguments, quoted as a shell has it."""

    most: int = 1000

    def read(self, given: object) -> str:
        """The command."""
        text = Line.read(self, given)
        try:
            shlex.split(text)
        except ValueError as error:
            raise ValueError(f"cannot be split into words: {error}") from None
        return text


@dataclass(frozen=True, slots=True)
class NewFolder(Kind[Path]):
    """A folder that is made when it is needed first."""

    def read(self, given: object) -> Path:
        """The path, not yet looked at."""
        return Path(text_of(given, "the path of a folder")).expanduser()

    def anchor(self, value: Path, folder: Path) -> Path:
        """The absolute path. Raises ``ValueError`` when something else is there."""
        path = (folder / value).absolute()
        if path.exists() and not path.is_dir():
            raise ValueError(f"{path} is a file; name a folder")
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadSettings:
    """``[uploads]``: where files of visitors stand, and how much is taken."""

    folder: Path = setting(NewFolder(), Path("data/uploads"), example='"/var/lib/handraiser/uploads"')  # noqa: RUF009  # It makes a field.
    """Not within a folder that is served. Several servers over one database share it."""
    largest: int = setting(Size(1000, 2 * 1000**3), 20 * 1000**2, example='"20 MB"')
    """Of one file, in bytes."""
    types: tuple[str, ...] = setting(Each(FileKind()), ANY_KIND, example='["image", "document"]')
    """Kinds that are taken where no question of a script says which."""
    in_talks: bool = setting(YesNo(), True, example="true")
    """Whether visitors on the website may send files while a person talks with them."""
    files_in_conversation: int = setting(Whole(1, 100_000), 50, example="50")
    a_day: int = setting(Size(1000, 10 * 1000**4), 200 * 1000**2, example='"200 MB"')
    """Of one person, in bytes."""
    in_all: int = setting(Size(1000, 10 * 1000**4), 10 * 1000**3, example='"10 GB"')
    """Of all files together, in bytes."""
    keep_days: int | None = setting(Whole(1, 36_500), None, example="365")
    """After how many days a file goes, whatever became of the lead; never, where that is not set."""
    scan: str | None = setting(ShellWords(), None, example='"clamdscan --fdpass --no-summary {file}"')
    """A command that looks at each file, run without a shell; anything but exit status 0 withholds it."""
    scan_seconds: float = setting(Seconds(1, 600), 60.0, example="60.0")
    """How long it may take."""
