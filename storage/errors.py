"""What can go wrong with the database, in words for the person who runs it.

Each error says what happened and what would help; the driver's own error hangs on as its cause.
"""

# They are named for what is the matter: ``except StorageBusy`` reads as a sentence.


class StorageError(Exception):
    """The database did not do what was asked."""


class StorageBusy(StorageError):
    """Somebody else held the database for too long; the same thing may be tried again."""


class StorageUnavailable(StorageError):
    """The database cannot be reached, or not be written; what was asked may be tried again later."""


class StorageFull(StorageError):
    """There is no room left; nothing of the unit was kept."""


class StorageCorrupt(StorageError):
    """The file is damaged. It was not touched."""


class ForeignDatabase(StorageError):
    """The database belongs to another program. It was not touched."""


class NewerSchema(StorageError):
    """The database was written by a newer version of this program. It was not touched."""


class Conflict(Exception):
    """Another process saved a turn of this conversation first: load it again and decide again."""


class PoolEmpty(Exception):
    """No code is left in a pool: decide the turn again, knowing it."""

    def __init__(self, magnet: str, pool: str) -> None:
        super().__init__(f"no code is left in {pool!r} for {magnet!r}")
        self.magnet = magnet
        self.pool = pool
