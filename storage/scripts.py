"""Published scripts: versions that never change, and which of them is live.

1. A version is named by the hash of its text. The same text again is the same version; another text under its
   name is refused.
2. What went live when is written down line by line; going back adds a line.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, insert, select

from storage.columns import micros
from storage.statements import insert_new
from storage.tables import PUBLICATIONS, SCRIPT_VERSIONS
from storage.transaction import Transaction

_ADD_VERSION = insert_new(SCRIPT_VERSIONS, "name", "version", "text", "path", "note", "created")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveScript:
    """A script that visitors get."""

    name: str
    version: str
    path: str
    note: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version of a script."""

    name: str
    version: str
    path: str
    note: str
    created: datetime
    live: bool
    published: datetime
    """When it went live last."""


class VersionTaken(Exception):
    """Another text bears this version already: a version never changes."""


class UnknownVersion(LookupError):
    """There is no such version of this script."""


def publish(
    tx: Transaction, *, name: str, version: str, text: str, path: str = "", note: str = "", at: datetime
) -> bool:
    """Store a version and make it live; False when it was live already. Raises ``VersionTaken``."""
    tx.run(
        _ADD_VERSION,
        {"name": name, "version": version, "text": text, "path": path, "note": note, "created": micros(at)},
    )
    if text_of(tx, name, version) != text:
        raise VersionTaken(f"version {version} of {name!r} was published with another text, and versions never change")
    if live_version(tx, name) == version:
        return False
    _go_live(tx, name, version, note, at)
    return True


def rollback(tx: Transaction, *, name: str, version: str | None = None, note: str = "", at: datetime) -> str:
    """Make an earlier version live again; the one before the live one unless one is named. Which it is.

    Raises ``UnknownVersion``.
    """
    if version is None:
        version = _previous(tx, name)
        if version is None:
            raise UnknownVersion(f"{name!r} has no earlier version to go back to")
    elif text_of(tx, name, version) is None:
        raise UnknownVersion(f"{name!r} has no version {version}")
    if live_version(tx, name) != version:
        _go_live(tx, name, version, note or "rollback", at)
    return version


def live(tx: Transaction) -> list[LiveScript]:
    """Every live script, those published first first."""
    first = (
        select(
            PUBLICATIONS.c.name, func.min(PUBLICATIONS.c.id).label("first"), func.max(PUBLICATIONS.c.id).label("last")
        )
        .group_by(PUBLICATIONS.c.name)
        .subquery()
    )
    query = (
        select(
            PUBLICATIONS.c.name, PUBLICATIONS.c.version, SCRIPT_VERSIONS.c.path, PUBLICATIONS.c.note, PUBLICATIONS.c.at
        )
        .join(first, first.c.last == PUBLICATIONS.c.id)
        .join(
            SCRIPT_VERSIONS,
            (SCRIPT_VERSIONS.c.name == PUBLICATIONS.c.name) & (SCRIPT_VERSIONS.c.version == PUBLICATIONS.c.version),
        )
        .order_by(first.c.first)
    )
    return [
        LiveScript(name=name, version=version, path=path, note=note, published=at)
        for name, version, path, note, at in tx.connection.execute(query)
    ]


def live_version(tx: Transaction, name: str) -> str | None:
    """The live version of a script."""
    return tx.connection.execute(_publications(name).limit(1)).scalar()


def versions(tx: Transaction, name: str) -> list[StoredVersion]:
    """Every version of a script, the last published first."""
    current = live_version(tx, name)
    last = (
        select(PUBLICATIONS.c.version, func.max(PUBLICATIONS.c.id).label("id"), func.max(PUBLICATIONS.c.at).label("at"))
        .where(PUBLICATIONS.c.name == name)
        .group_by(PUBLICATIONS.c.version)
        .subquery()
    )
    stored = SCRIPT_VERSIONS.c
    query = (
        select(stored.version, stored.path, stored.note, stored.created, last.c.at)
        .join(last, last.c.version == stored.version)
        .where(stored.name == name)
        .order_by(last.c.id.desc())
    )
    return [
        StoredVersion(
            name=name, version=version, path=path, note=note, created=created, live=version == current, published=at
        )
        for version, path, note, created, at in tx.connection.execute(query)
    ]


def text_of(tx: Transaction, name: str, version: str) -> str | None:
    """The text of a version, as it was published."""
    query = select(SCRIPT_VERSIONS.c.text).where(SCRIPT_VERSIONS.c.name == name, SCRIPT_VERSIONS.c.version == version)
    return tx.connection.execute(query).scalar()


def _publications(name: str) -> Select[str]:
    return select(PUBLICATIONS.c.version).where(PUBLICATIONS.c.name == name).order_by(PUBLICATIONS.c.id.desc())


def _previous(tx: Transaction, name: str) -> str | None:
    """The version that was live before the live one ever was: going back twice goes back two versions."""
    newest_first = list(tx.connection.execute(_publications(name)).scalars())
    if not newest_first:
        return None
    current = newest_first[0]
    before = newest_first[len(newest_first) - newest_first[::-1].index(current) :]
    return next((version for version in before if version != current), None)


def _go_live(tx: Transaction, name: str, version: str, note: str, at: datetime) -> None:
    tx.connection.execute(insert(PUBLICATIONS).values(name=name, version=version, note=note, at=at))
