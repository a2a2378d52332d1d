"""What handoff targets have put out in the outside world, so that it can be found again, kept up to date, taken down.

1. One post for each thing a target puts out about a handoff (``card``, ``offer:anna``), kept as soon as it is out.
2. The first card, wherever it is, is the alert: it is counted, and the handoff remembers when it was.
3. What was put out about somebody who was erased meanwhile is taken down again.
4. A list that names a handoff among others (a morning's work list, a home tab) is no post about it: it is only found
   when somebody on it is erased, and is then shown anew without them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, not_, select, update

from dialogs.facts import Fact, FactKind
from dialogs.state import load_state
from storage.columns import micros, plain
from storage.leavings import FORGET_POSTS, RENEW_LIST, NewEffect, queue, save_facts
from storage.letterheads import letterhead_of
from storage.statements import Statement
from storage.tables import CONVERSATIONS, HANDOFFS, POSTS, RELAYS
from storage.transaction import Transaction

CARD = "card"
"""Key of the post that tells people of a lead."""
LIST = "list:"
"""How keys of lists begin here; a target knows them by the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """Something a target has put out."""

    key: str
    reference: str
    """The target's own name for it."""
    digest: str
    at: datetime
    """When it was put out first."""


_KEEP = Statement(
    lambda insert: (put := insert(POSTS)).on_conflict_do_update(
        index_elements=["handoff_id", "target", "key"],
        set_={"reference": put.excluded.reference, "digest": put.excluded.digest},
    ),
    "handoff_id", "target", "key", "reference", "digest", "at",
)  # fmt: skip
_RELAY = Statement(
    lambda insert: (put := insert(RELAYS)).on_conflict_do_update(
        index_elements=["handoff_id", "target"],
        set_={"seq": put.excluded.seq},
        where=RELAYS.c.seq < put.excluded.seq,
    ),
    "handoff_id", "target", "seq",
)  # fmt: skip
_HOLD = Statement(
    select(HANDOFFS.c.conversation_id, HANDOFFS.c.sent_at)
    .where(HANDOFFS.c.id == bindparam("handoff"))
    .with_for_update(key_share=True)  # Whoever erases the lead meanwhile waits, and then finds the post.
)


_ABOUT_ONE = not_(POSTS.c.key.startswith(LIST))


def find_post(tx: Transaction, target: str, reference: str) -> int | None:
    """The handoff about which a target put out something of this name; the newest one, should there be several."""
    named = (POSTS.c.target == target, POSTS.c.reference == plain(reference))
    query = select(POSTS.c.handoff_id).where(*named, _ABOUT_ONE)
    return tx.connection.execute(query.order_by(POSTS.c.id.desc()).limit(1)).scalar()


def posts_of(tx: Transaction, handoff_id: int, target: str) -> dict[str, StoredPost]:
    """What a target has put out about a handoff, by key, in the order in which it was put out first."""
    columns = (POSTS.c[name] for name in ("key", "reference", "digest", "at"))
    theirs = (POSTS.c.handoff_id == handoff_id, POSTS.c.target == target)
    query = select(*columns).where(*theirs, _ABOUT_ONE).order_by(POSTS.c.id)
    return {row["key"]: StoredPost(**row) for row in tx.connection.execute(query).mappings()}


def keep_post(
    tx: Transaction, handoff_id: int, target: str, key: str, reference: str, digest: str, at: datetime
) -> bool:
    """Remember what a target has put out, instead of what it put out under this key before.

    False when the lead was erased meanwhile; the post is then to be taken down, and that is queued.
    """
    held = tx.row(_HOLD, {"handoff": handoff_id})
    if held is None:
        queue_takedown(tx, [(target, key, reference)], at)
        return False
    post = {"key": plain(key), "reference": plain(reference), "digest": plain(digest)}
    tx.run(_KEEP, {"handoff_id": handoff_id, "target": target, "at": micros(at), **post})
    conversation_id, sent_at = held
    if key == CARD and sent_at is None:
        tx.connection.execute(update(HANDOFFS).where(HANDOFFS.c.id == handoff_id).values(sent_at=at))
        _count_alert(tx, conversation_id, target, at)
    return True


def keep_list(
    tx: Transaction, target: str, key: str, reference: str, handoff_ids: Collection[int], at: datetime
) -> None:
    """Remember which handoffs a list names that a target has put out, instead of those it named before.

    Where one of them was erased meanwhile, the list is to be shown anew, and that is queued.
    """
    post = {"target": target, "key": plain(LIST + key), "reference": plain(reference)}
    tx.connection.execute(delete(POSTS).where(*(POSTS.c[name] == value for name, value in post.items())))
    is_out_of_date = False
    for number in sorted(handoff_ids):  # In the order in which an erasure holds them.
        if tx.row(_HOLD, {"handoff": number}) is None:
            is_out_of_date = True
        else:
            tx.run(_KEEP, {"handoff_id": number, "digest": "", "at": micros(at), **post})
    if is_out_of_date:
        queue_takedown(tx, [(target, LIST + key, reference)], at)


def relayed(tx: Transaction, handoff_id: int, target: str, seq: int, conversation_id: int | None = None) -> bool:
    """Remember that a target has passed on everything up to a message's number. False when the lead was erased.

    Where the handoff has gone along to another conversation than ``conversation_id`` meanwhile, whose messages have
    numbers of their own, the number says nothing any more.
    """
    held = tx.row(_HOLD, {"handoff": handoff_id})
    if held is None:
        return False
    if conversation_id is not None and held[0] != conversation_id:
        return True
    tx.run(_RELAY, {"handoff_id": handoff_id, "target": target, "seq": seq})
    return True


def relayed_to(tx: Transaction, handoff_id: int, target: str) -> int:
    """Number of the last message that a target has passed on; 0 before the first."""
    query = select(RELAYS.c.seq).where(RELAYS.c.handoff_id == handoff_id, RELAYS.c.target == target)
    return tx.connection.execute(query).scalar() or 0


def queue_takedown(tx: Transaction, references: Sequence[tuple[str, str, str]], at: datetime) -> None:
    """Queue that posts, as (target, key, reference), are taken down, and lists shown anew.

    One effect for each target, as each may fail; one for each list, which many that are erased may share.
    """
    by_target: dict[str, list[tuple[str, str]]] = {}
    for target, key, reference in references:
        if key.startswith(LIST):
            payload = {"target": target, "key": key.removeprefix(LIST), "reference": reference}
            queue(tx, None, NewEffect(kind=RENEW_LIST, payload=payload, key=f"renew:{target}:{key}"), at)
        else:
            by_target.setdefault(target, []).append((key, reference))
    for target, posts in by_target.items():
        taken_down: Mapping[str, Sequence[tuple[str, str]]] = {target: posts}
        queue(tx, None, NewEffect(kind=FORGET_POSTS, payload=taken_down), at)


def _count_alert(tx: Transaction, conversation_id: int, target: str, at: datetime) -> None:
    """A fact like those that turns leave, stamped with where the conversation stands."""
    query = select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.id == conversation_id)
    state = tx.connection.execute(query).scalar_one()
    stamp = letterhead_of(load_state(state)).stamp
    save_facts(tx, conversation_id, stamp, (Fact(FactKind.ALERTED, "", target),), at)
