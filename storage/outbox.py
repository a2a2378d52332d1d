"""What is still to be performed: taken under a lease, in order, again after a failure, kept for people at the end.

1. Effects of one conversation leave in order: only its first unfinished one is due; one that fails holds back those
   behind it. Deliveries to a visitor wait for each other alone: a channel that is down keeps nobody from bringing in
   people, nor the other way round. Timers neither wait nor are waited for. What was given up holds nobody back.
2. Who takes an effect has it until the lease ends; then somebody else may. Only the one who has it can finish it.
3. At least once: the effect's number goes out with it, so that a repeat can be recognised. Numbers never come twice.
4. A restored backup performs nothing until somebody says so (``paused``, ``resume``): it would do things again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, bindparam, case, delete, func, not_, or_, select, update

from storage import settings
from storage.columns import json_text, micros, moment, plain
from storage.leavings import (
    DELIVER,
    DELIVER_WORDS,
    FORGET_FILES,
    FORGET_POSTS,
    HAND_OFF,
    RENEW_LIST,
    SHOW_DESK,
    TIMER,
    NewEffect,
    queue,
)
from storage.statements import Statement, insert_into
from storage.tables import EFFECTS
from storage.transaction import Hint, Transaction

__all__ = [
    "DELIVER", "DELIVER_WORDS", "DIGEST", "FORGET_FILES", "FORGET_POSTS", "HAND_OFF", "INSIDE",
    "RENEW_LIST", "SHOW_DESK", "SHOW_LATER", "TIMER",
    "Backlog", "DeadLetter", "DueEffect", "FailingEffect", "NewEffect", "backlog", "backlog_by_kind", "bury",
    "dead_letters", "done", "drop", "due", "failed", "failing", "give_back", "is_shown_later", "next_due", "paused",
    "plan_digest", "queue", "renew", "resend", "resume", "settle_later", "show_later", "show_later_again",
]  # fmt: skip

SHOW_LATER = "show_later"
"""Kind of the effect that shows a handoff on one target that was in trouble; its payload names both."""
DIGEST = "digest"
"""Kind, and key, of the effect that sends work lists; its payload is ``{"due": …}``, in ISO 8601."""
PAUSED = "outbox.paused"
"""Setting that says why nothing is performed."""
ERROR_MAX_CHARACTERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEffect:
    """An effect that is ours to perform now."""

    id: int
    conversation_id: int | None
    kind: str
    payload: Mapping[str, Any]
    key: str | None
    attempts: int
    """Including this one."""
    created: datetime
    first_try: datetime
    """When it was tried first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An effect that was given up."""

    id: int
    conversation_id: int | None
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    error: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingEffect:
    """An effect that did not work so far and is tried again."""

    id: int
    conversation_id: int | None
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    error: str
    """What went wrong last."""
    next_try: datetime | None
    """None while somebody is trying it."""
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How much is still to be performed; timers that have not run out do not count."""

    waiting: int
    failing: int
    """Those among the waiting that were tried before."""
    oldest: datetime | None
    """When the oldest waiting effect was queued."""
    dead: int


_earlier = EFFECTS.alias("earlier")
_HELD_BACK = (
    select(_earlier.c.id)
    .where(
        _earlier.c.conversation_id == EFFECTS.c.conversation_id,
        _earlier.c.id < EFFECTS.c.id,
        not_(_earlier.c.dead),
        _earlier.c.kind != TIMER,
        or_(
            and_(_earlier.c.kind == DELIVER, EFFECTS.c.kind == DELIVER),
            and_(_earlier.c.kind != DELIVER, EFFECTS.c.kind != DELIVER),
        ),
    )
    .exists()
)
_FAILING = and_(not_(EFFECTS.c.dead), EFFECTS.c.attempts > 0, EFFECTS.c.error.is_not(None))
_FREE = and_(not_(EFFECTS.c.dead), or_(EFFECTS.c.kind == TIMER, not_(_HELD_BACK)))


INSIDE = (TIMER, HAND_OFF, FORGET_FILES)
"""Kinds that never leave this machine, and so wait for nobody."""
_INSIDE = or_(*(EFFECTS.c.kind == kind for kind in INSIDE))


def _due_now(*more: ColumnElement[bool]) -> Select[int]:
    query = select(EFFECTS.c.id).where(_FREE, EFFECTS.c.due <= bindparam("now"), *more)
    query = query.order_by(EFFECTS.c.due, EFFECTS.c.id).limit(bindparam("most"))
    return query.with_for_update(skip_locked=True, of=EFFECTS)


def _take(which: Select[int]) -> Statement:
    columns = ("id", "conversation_id", "kind", "payload", "key", "attempts", "created", "first_try")
    return Statement(
        update(EFFECTS)
        .where(EFFECTS.c.id.in_(which.scalar_subquery()))
        .values(
            due=bindparam("until"),
            owner=bindparam("taker"),
            attempts=EFFECTS.c.attempts + 1,
            first_try=func.coalesce(EFFECTS.c.first_try, bindparam("now")),
        )
        .returning(*(EFFECTS.c[name] for name in columns))
    )


_TAKE = _take(_due_now())
_TAKE_INSIDE = _take(_due_now(_INSIDE))
_NEXT = Statement(select(EFFECTS.c.due).where(_FREE).order_by(EFFECTS.c.due).limit(1))
_NEXT_INSIDE = Statement(select(EFFECTS.c.due).where(_FREE, _INSIDE).order_by(EFFECTS.c.due).limit(1))
_OURS = and_(EFFECTS.c.id == bindparam("effect"), EFFECTS.c.owner == bindparam("holder"))
_DONE = Statement(delete(EFFECTS).where(_OURS))
_AGAIN = Statement(update(EFFECTS).where(_OURS), "due", "owner", "error", "dead")
_RENEW = Statement(update(EFFECTS).where(_OURS), "due")
_GIVE_BACK = Statement(
    update(EFFECTS).where(_OURS).values(due=bindparam("now"), owner=None, attempts=EFFECTS.c.attempts - 1)
)
_RESEND = Statement(
    update(EFFECTS).where(EFFECTS.c.id == bindparam("effect"), EFFECTS.c.dead),
    "due",
    "dead",
    "attempts",
    "error",
    "first_try",
)
_BURY = insert_into(
    EFFECTS, "conversation_id", "kind", "payload", "key", "due", "attempts", "owner", "error", "dead", "created"
)
_DROP = Statement(delete(EFFECTS).where(EFFECTS.c.id == bindparam("effect"), EFFECTS.c.dead))


def plan_digest(tx: Transaction, due: datetime | None, now: datetime) -> None:
    """Have the digest sent at ``due``, and at no other time; None for never."""
    if due is None:
        tx.connection.execute(delete(EFFECTS).where(EFFECTS.c.key == DIGEST))
        return
    planned = select(EFFECTS.c.id).where(EFFECTS.c.key == DIGEST, EFFECTS.c.due == due, not_(EFFECTS.c.dead))
    if tx.connection.execute(planned).first() is None:
        queue(tx, None, NewEffect(kind=DIGEST, payload={"due": due.isoformat()}, key=DIGEST, due=due), now)


def show_later(tx: Transaction, handoff: int, target: str, *, due: datetime, error: str, now: datetime) -> None:
    """Have a handoff shown at ``due`` on a target that was in trouble; once, however often it is put off."""
    payload = {"handoff": handoff, "target": target}
    queue(tx, None, NewEffect(kind=SHOW_LATER, payload=payload, key=_later_key(handoff, target), due=due), now)
    told = {"error": plain(error[:ERROR_MAX_CHARACTERS]), "attempts": 1, "first_try": now}
    tx.connection.execute(update(EFFECTS).where(EFFECTS.c.key == _later_key(handoff, target)).values(**told))


def is_shown_later(tx: Transaction, handoff: int, target: str) -> bool:
    """Whether a handoff waits to be shown on a target that was in trouble."""
    query = select(EFFECTS.c.id).where(EFFECTS.c.key == _later_key(handoff, target))
    return tx.connection.execute(query).first() is not None


def show_later_again(tx: Transaction, handoff: int, target: str, now: datetime) -> bool:
    """Where a handoff waits to be shown on a target, have all there is by now shown then. False where none waits.

    Whoever is at it at this moment is told to look once more (``settle_later``).
    """
    of_it = EFFECTS.c.key == _later_key(handoff, target)
    query = select(EFFECTS.c.owner, EFFECTS.c.dead, EFFECTS.c.payload).where(of_it)
    waiting = tx.connection.execute(query.with_for_update()).first()
    if waiting is None:
        return False
    changes: dict[str, Any] = {}
    if waiting.dead:
        changes = {"dead": False, "attempts": 0, "due": now, "first_try": None}
        tx.hints.append(Hint(None, 0, True))
    elif waiting.owner is not None:
        changes = {"payload": json_text(json.loads(waiting.payload) | {"again": True})}
    if changes:
        tx.connection.execute(update(EFFECTS).where(of_it).values(**changes))
    return True


def settle_later(tx: Transaction, handoff: int, target: str) -> bool:
    """Strike off what was shown later; True where it is to be shown once more, as it has changed meanwhile."""
    of_it = EFFECTS.c.key == _later_key(handoff, target)
    found = tx.connection.execute(select(EFFECTS.c.payload).where(of_it).with_for_update()).scalar()
    if found is None:
        return False
    payload = json.loads(found)
    if payload.pop("again", False):
        tx.connection.execute(update(EFFECTS).where(of_it).values(payload=json_text(payload)))
        return True
    tx.connection.execute(delete(EFFECTS).where(of_it))
    return False


def _later_key(handoff: int, target: str) -> str:
    return f"show:{handoff}:{plain(target)}"


def due(
    tx: Transaction, now: datetime, *, limit: int, owner: str, lease_seconds: float, inside: bool = False
) -> list[DueEffect]:
    """Take at most ``limit`` effects whose time has come; they are ours until the lease ends.

    ``inside``: only such as never leave this machine.
    """
    if paused(tx) is not None:
        return []
    until = micros(now + timedelta(seconds=lease_seconds))
    rows = tx.rows(
        _TAKE_INSIDE if inside else _TAKE, {"now": micros(now), "most": limit, "until": until, "taker": owner}
    )
    return sorted((_due_effect(row) for row in rows), key=lambda effect: effect.id)


def next_due(tx: Transaction, *, inside: bool = False) -> datetime | None:
    """When the next effect may be taken; in the past when one may be taken now. None when there is none.

    ``inside``: only such as never leave this machine count.
    """
    if paused(tx) is not None:
        return None
    row = tx.row(_NEXT_INSIDE if inside else _NEXT, {})
    return None if row is None else moment(row[0])


def done(tx: Transaction, effect_id: int, owner: str) -> bool:
    """Strike off an effect that was performed. False when it is not ours any more; whoever has it now decides."""
    return tx.run(_DONE, {"effect": effect_id, "holder": owner}) == 1


def failed(tx: Transaction, effect_id: int, owner: str, *, next_try: datetime | None, error: str) -> bool:
    """Try an effect again at a time, or (None) give it up. False when it is not ours any more."""
    parameters = {
        "effect": effect_id,
        "holder": owner,
        "due": 0 if next_try is None else micros(next_try),
        "owner": None,
        "error": plain(error[:ERROR_MAX_CHARACTERS]),
        "dead": next_try is None,
    }
    return tx.run(_AGAIN, parameters) == 1


def renew(tx: Transaction, effect_id: int, owner: str, until: datetime) -> bool:
    """Keep an effect for longer. False when it is not ours any more."""
    return tx.run(_RENEW, {"effect": effect_id, "holder": owner, "due": micros(until)}) == 1


def give_back(tx: Transaction, effect_id: int, owner: str, now: datetime) -> bool:
    """Let somebody else perform an effect, as if it had not been tried. False when it is not ours any more."""
    return tx.run(_GIVE_BACK, {"effect": effect_id, "holder": owner, "now": micros(now)}) == 1


def dead_letters(tx: Transaction, limit: int = 200) -> list[DeadLetter]:
    """What was given up, the newest first."""
    columns = (EFFECTS.c[name] for name in ("id", "conversation_id", "kind", "payload", "attempts", "error", "created"))
    query = select(*columns).where(EFFECTS.c.dead).order_by(EFFECTS.c.id.desc()).limit(limit)
    return [
        DeadLetter(
            id=number,
            conversation_id=conversation_id,
            kind=kind,
            payload=json.loads(payload),
            attempts=attempts,
            error=error or "",
            created=created,
        )
        for number, conversation_id, kind, payload, attempts, error, created in tx.connection.execute(query)
    ]


def resend(tx: Transaction, effect_id: int, now: datetime) -> bool:
    """Try once more what was given up. False when it is not in the list."""
    anew = {"due": micros(now), "dead": False, "attempts": 0, "error": None, "first_try": None}
    return tx.run(_RESEND, {"effect": effect_id, **anew}) == 1


def bury(
    tx: Transaction, *, conversation_id: int, kind: str, payload: Mapping[str, Any], error: str, at: datetime
) -> None:
    """Put something that cannot be done among what was given up, for people to see and to send once more."""
    row = {"conversation_id": conversation_id, "kind": kind, "payload": json_text(dict(payload)), "key": None}
    left = {"due": 0, "attempts": 1, "owner": None, "dead": True, "created": micros(at)}
    tx.run(_BURY, row | left | {"error": plain(error[:ERROR_MAX_CHARACTERS])})


def drop(tx: Transaction, effect_id: int) -> bool:
    """Forget what was given up. False when it is not in the list."""
    return tx.run(_DROP, {"effect": effect_id}) == 1


def failing(tx: Transaction, limit: int = 200) -> list[FailingEffect]:
    """What did not work so far and is tried again, whatever has been failing for longest first."""
    columns = ("id", "conversation_id", "kind", "payload", "attempts", "error", "created", "owner", "due")
    query = select(*(EFFECTS.c[name] for name in columns)).where(_FAILING).order_by(EFFECTS.c.id).limit(limit)
    found = []
    for row in tx.connection.execute(query).mappings():
        values = dict(row)
        owner, due_at = values.pop("owner"), values.pop("due")
        values["payload"] = json.loads(values["payload"])
        found.append(FailingEffect(**values, next_try=due_at if owner is None else None))
    return found


def backlog(tx: Transaction, now: datetime) -> Backlog:
    """How much is still to be performed."""
    return Backlog(**tx.connection.execute(select(*_counted(now))).mappings().one())


def backlog_by_kind(tx: Transaction, now: datetime) -> dict[str, Backlog]:
    """How much is still to be performed of each kind, by name; kinds of which there is nothing are left out."""
    query = select(EFFECTS.c.kind, *_counted(now)).group_by(EFFECTS.c.kind).order_by(EFFECTS.c.kind)
    rows = [dict(row) for row in tx.connection.execute(query).mappings()]
    found = {row.pop("kind"): Backlog(**row) for row in rows}
    return {kind: one for kind, one in found.items() if one.waiting or one.dead}


def _counted(now: datetime) -> list[Label[Any]]:
    waits = and_(not_(EFFECTS.c.dead), or_(EFFECTS.c.kind != TIMER, EFFECTS.c.due <= now))
    return [
        func.count(case((waits, 1))).label("waiting"),
        func.count(case((and_(waits, _FAILING), 1))).label("failing"),
        func.min(case((waits, EFFECTS.c.created))).label("oldest"),
        func.count(case((EFFECTS.c.dead, 1))).label("dead"),
    ]


def paused(tx: Transaction) -> str | None:
    """Why nothing is performed at present; None when things are."""
    return settings.get(tx, PAUSED)


def resume(tx: Transaction) -> bool:
    """Perform what waits. False when nothing was paused."""
    return settings.remove(tx, PAUSED)


def _due_effect(row: Sequence[Any]) -> DueEffect:
    number, conversation_id, kind, payload, key, attempts, created, first_try = row
    return DueEffect(
        id=number,
        conversation_id=conversation_id,
        kind=kind,
        payload=json.loads(payload),
        key=key,
        attempts=attempts,
        created=moment(created),
        first_try=moment(first_try),
    )
