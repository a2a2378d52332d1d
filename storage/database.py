"""The only door to the database: ``open_database(url)``, then ``write`` and ``read`` units of work.

1. ``write`` returns when the unit is on disk, or raises: nothing is half done, nothing acknowledged too early.
2. ``read`` sees what was committed last.
3. Both raise ``StorageError`` for what the database did, and whatever the unit itself raised.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from storage.errors import StorageUnavailable
from storage.statements import Dialects
from storage.transaction import Hint, Result, Unit

__all__ = ["Database", "open_database"]


class Database(ABC):
    """An open database. Belongs to the event loop it was opened in."""

    dialect: Dialects
    migrated: tuple[str, ...] = ()
    """What had to be changed in the database's schema when it was opened, in words."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Hint], None]] = []
        """Called in the event loop with each hint of a unit committed here; see ``storage.hints``."""

    @abstractmethod
    async def write(self, unit: Unit[Result]) -> Result:
        """Run a unit that changes something; returns after its commit."""

    @abstractmethod
    async def read(self, unit: Unit[Result]) -> Result:
        """Run a unit that only reads."""

    @abstractmethod
    async def scrub(self) -> None:
        """Let nothing that was deleted stand in the database's files any longer than it must."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what was begun and let go of everything. May be called twice."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def open_database(url: str) -> Database:
    """Open a database by its address, and bring its schema up to date.

    ``sqlite:///relative.db``, ``sqlite:////absolute.db`` or ``postgresql://user:password@host/name``. Raises
    ``StorageError`` when it cannot be used, and ``ValueError`` for an address of another kind.
    """
    if url.startswith("sqlite:///") and (path := unquote(url.removeprefix("sqlite:///"))):
        from storage.sqlite import open_sqlite

        return await open_sqlite(Path(path))
    if url.startswith(("postgresql://", "postgres://")):
        try:
            from storage.postgres import open_postgres
        except ModuleNotFoundError as error:
            raise StorageUnavailable(
                "PostgreSQL needs the package asyncpg: pip install 'handraiser[postgres]'"
            ) from error
        return await open_postgres(url)
    raise ValueError(
        f"unknown kind of database {url.split(':', 1)[0]!r}: "
        "write sqlite:///data/handraiser.db or postgresql://user:password@host/name"
    )
