"""Published scripts: versions that never change, and which of them is live.

1. A version is named by the hash of its text. The same text again is the same version; another text under its
   name is refused.
2. What went live when is written down line by line; going back adds a line, and so does taking a script off: a
   line without a version.
3. Whoever listens for hints learns of each line.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select

from storage.columns import micros
from storage.statements import insert_new
from storage.tables import PUBLICATIONS, SCRIPT_VERSIONS
from storage.transaction import Hint, Transaction

CHANGED = Hint(0, 0, False)
"""Says that other scripts are live than before: a hint about conversation 0, which there never is."""
ROLLBACK = "rollback"
"""How the note of a rollback begins; its reason follows after a colon."""
_RETIRED = ""
"""Stands for the version where a script was taken off."""
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
    why: str
    """The note with which it went live last."""


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
    """Make an earlier version live again; which it is.

    Unless one is named, that is what was live before the present version was published; going back twice goes back
    two publications. Raises ``UnknownVersion``.
    """
    if version is None:
        version = _previous(tx, name)
        if version is None:
            raise UnknownVersion(f"{name!r} has no earlier version to go back to")
    elif text_of(tx, name, version) is None:
        raise UnknownVersion(f"{name!r} has no version {version}")
    if live_version(tx, name) != version:
        _go_live(tx, name, version, f"{ROLLBACK}: {note}" if note else ROLLBACK, at)
    return version


def retire(tx: Transaction, *, name: str, note: str = "", at: datetime) -> str:
    """Take a script off: nobody begins it any more, who is in it finishes. Which version was live.

    Publishing it or going back makes it live again. Raises ``UnknownVersion`` when it is not live.
    """
    version = live_version(tx, name)
    if version is None:
        raise UnknownVersion(f"{name!r} is not live")
    _go_live(tx, name, _RETIRED, note or "retired", at)
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
    """The live version of a script; None when it was never published, or was taken off."""
    newest = _publications(name, PUBLICATIONS.c.version).order_by(PUBLICATIONS.c.id.desc()).limit(1)
    return tx.connection.execute(newest).scalar() or None


def versions(tx: Transaction, name: str) -> list[StoredVersion]:
    """Every version of a script, the last published first."""
    current = live_version(tx, name)
    newest = _publications(name, func.max(PUBLICATIONS.c.id)).group_by(PUBLICATIONS.c.version)
    stored, published = SCRIPT_VERSIONS.c, PUBLICATIONS.c
    query = (
        select(stored.version, stored.path, stored.note, stored.created, published.at, published.note)
        .join(PUBLICATIONS, (published.name == stored.name) & (published.version == stored.version))
        .where(published.id.in_(newest))
        .order_by(published.id.desc())
    )
    return [
        StoredVersion(
            name=name,
            version=version,
            path=path,
            note=note,
            created=created,
            live=version == current,
            published=at,
            why=why,
        )
        for version, path, note, created, at, why in tx.connection.execute(query)
    ]


def text_of(tx: Transaction, name: str, version: str) -> str | None:
    """The text of a version, as it was published."""
    query = select(SCRIPT_VERSIONS.c.text).where(SCRIPT_VERSIONS.c.name == name, SCRIPT_VERSIONS.c.version == version)
    return tx.connection.execute(query).scalar()


def _publications(name: str, *columns: Any) -> Select[Any]:
    return select(*columns).where(PUBLICATIONS.c.name == name)


def _previous(tx: Transaction, name: str) -> str | None:
    """What was live before the present version was published; None when nothing was.

    Read line by line, from the first on: a publication comes upon those before it, going back takes those off again
    that came after what it went back to.
    """
    columns = (PUBLICATIONS.c.version, PUBLICATIONS.c.note)
    upon: list[str] = []
    for version, note in tx.connection.execute(_publications(name, *columns).order_by(PUBLICATIONS.c.id)):
        if _is_rollback(note) and version in upon:
            while upon[-1] != version:
                upon.pop()
        elif version != next(reversed(upon), None):
            upon.append(version)
    return next((version for version in reversed(upon[:-1]) if version not in (upon[-1], _RETIRED)), None)


def _is_rollback(note: str) -> bool:
    return note == ROLLBACK or note.startswith(f"{ROLLBACK}: ")


def _go_live(tx: Transaction, name: str, version: str, note: str, at: datetime) -> None:
    tx.connection.execute(insert(PUBLICATIONS).values(name=name, version=version, note=note, at=at))
    tx.hints.append(CHANGED)
