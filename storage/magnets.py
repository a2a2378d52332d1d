"""Lead magnets that were given, and codes of which each is given once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from storage.columns import maybe_moment, micros, moment, plain
from storage.errors import PoolEmpty
from storage.statements import Statement, insert_new
from storage.tables import CODES, CONVERSATIONS, GRANTS
from storage.transaction import Transaction

__all__ = [
    "PoolCount",
    "PoolEmpty",
    "StoredGrant",
    "grant_by_token",
    "grants_of",
    "load_codes",
    "opened",
    "pools",
    "take_code",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGrant:
    """A lead magnet that was given to somebody."""

    token: str
    conversation_id: int
    lead_id: int | None
    magnet: str
    kind: str
    script: str
    version: str
    payload: Mapping[str, Any]
    given: datetime
    expires: datetime | None
    opened: int
    """How often."""
    first_opened: datetime | None
    last_opened: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCount:
    """How many codes a pool has."""

    pool: str
    left: int
    taken: int


_GRANTS = select(
    *(
        GRANTS.c[name]
        for name in (
            "token", "conversation_id", "magnet", "kind", "script", "version", "payload", "given", "expires", "opened",
            "first_opened", "last_opened",
        )
    ),
    CONVERSATIONS.c.lead_id,
).join(CONVERSATIONS, CONVERSATIONS.c.id == GRANTS.c.conversation_id)  # fmt: skip
_GRANT = Statement(_GRANTS.where(GRANTS.c.token == bindparam("token")))
_OF_CONVERSATION = Statement(_GRANTS.where(GRANTS.c.conversation_id == bindparam("conversation")).order_by(GRANTS.c.id))
_OPENED = Statement(
    update(GRANTS)
    .where(GRANTS.c.token == bindparam("of_token"))
    .values(
        opened=GRANTS.c.opened + 1,
        first_opened=func.coalesce(GRANTS.c.first_opened, bindparam("now", type_=GRANTS.c.given.type)),
        last_opened=bindparam("now", type_=GRANTS.c.given.type),
    )
)
_FIRST_LEFT = (
    select(CODES.c.id)
    .where(CODES.c.pool == bindparam("of_pool"), CODES.c.taken.is_(None))
    .order_by(CODES.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKE = Statement(
    update(CODES).where(CODES.c.id == _FIRST_LEFT.scalar_subquery()).returning(CODES.c.code), "taken", "token"
)
_ADD_CODE = insert_new(CODES, "pool", "code")


def grant_by_token(tx: Transaction, token: str) -> StoredGrant | None:
    """The grant that a link stands for, expired or not."""
    row = tx.row(_GRANT, {"token": plain(token)})
    return None if row is None else _grant(row)


def grants_of(tx: Transaction, conversation_id: int) -> list[StoredGrant]:
    """What was given in a conversation, the oldest first."""
    return [_grant(row) for row in tx.rows(_OF_CONVERSATION, {"conversation": conversation_id})]


def opened(tx: Transaction, token: str, at: datetime) -> StoredGrant | None:
    """Count one opening; the grant after it."""
    tx.run(_OPENED, {"of_token": plain(token), "now": micros(at)})
    return grant_by_token(tx, token)


def take_code(tx: Transaction, pool: str, *, magnet: str, token: str, at: datetime) -> str:
    """Take the next code of a pool for a grant. Raises ``PoolEmpty`` when none is left.

    Given back by itself when the transaction is undone.
    """
    row = tx.row(_TAKE, {"of_pool": pool, "taken": micros(at), "token": token})
    if row is None:
        raise PoolEmpty(magnet, pool)
    return str(row[0])


def load_codes(tx: Transaction, pool: str, codes: Iterable[str]) -> int:
    """Add codes to a pool; those that it had before are left as they are. How many are new."""
    wanted = dict.fromkeys(stripped for code in codes if (stripped := plain(code.strip())))
    if not wanted:
        return 0
    known = set(tx.connection.execute(select(CODES.c.code).where(CODES.c.pool == pool)).scalars())
    new = [{"pool": pool, "code": code} for code in wanted if code not in known]
    tx.run_many(_ADD_CODE, new)
    return len(new)


def pools(tx: Transaction) -> list[PoolCount]:
    """Every pool, with how many codes are left."""
    rows = tx.connection.execute(
        select(CODES.c.pool, func.count(), func.count(CODES.c.taken)).group_by(CODES.c.pool).order_by(CODES.c.pool)
    )
    return [PoolCount(pool=pool, left=number - taken, taken=taken) for pool, number, taken in rows]


def _grant(row: Sequence[Any]) -> StoredGrant:
    return StoredGrant(
        token=row[0],
        conversation_id=row[1],
        magnet=row[2],
        kind=row[3],
        script=row[4],
        version=row[5],
        payload=json.loads(row[6]),
        given=moment(row[7]),
        expires=maybe_moment(row[8]),
        opened=row[9],
        first_opened=maybe_moment(row[10]),
        last_opened=maybe_moment(row[11]),
        lead_id=row[12],
    )
