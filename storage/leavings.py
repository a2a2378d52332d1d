"""What a turn leaves behind beside conversation and lead: facts, grants of magnets, and what is to be performed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, not_, select

from dialogs.effects import CancelTimer, Effect, HandOff, SetTimer, ShowDesk, dump_effect
from dialogs.facts import Fact
from dialogs.state import ConversationState
from storage.columns import json_text, micros, plain
from storage.statements import Statement, insert_into
from storage.tables import EFFECTS, FACTS, GRANTS, HANDOFFS
from storage.transaction import Transaction

TIMER = "timer"
"""Kind of the effect that is a timer; its payload is ``{"name": …}``."""
HAND_OFF = "hand_off"
"""Kind of the effect that brings in people; its payload is the dumped ``HandOff`` and ``"handoff"``, its number."""
SHOW_DESK = "show_desk"
"""Kind of the effect that brings up to date what people see of a handoff; its payload is ``{"handoff": number}``."""
DELIVER = "deliver"
"""Kind of the effect that delivers what a conversation on a pushed channel has to say, up to its last message. Its
payload is ``{}``, or ``{"seq": number}`` for one message that could not be delivered. Deliveries wait for each other
and for nothing else."""
DELIVER_WORDS = "deliver_words"
"""Kind of the effect that delivers words of no conversation; its payload is ``{"channel", "address", "language",
"text"}``."""
FORGET_POSTS = "forget_posts"
"""Kind of the effect that takes down what a target has put out about somebody who was erased; its payload is
``{target: [[key, reference], …]}``. It belongs to no conversation: that is gone."""
RENEW_LIST = "renew_list"
"""Kind of the effect that shows a list anew on which somebody stood who was erased; its payload is ``{"target", "key",
"reference"}``, its key says which list. It belongs to no conversation."""
FORGET_FILES = "forget_files"
"""Kind of the effect that removes the bytes of files of somebody who was erased; its payload is ``{"files": [id, …]}``.
It belongs to no conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEffect:
    """Something to be performed after the commit."""

    kind: str
    payload: Mapping[str, Any]
    key: str | None = None
    """Only one effect bears a key: a second one with it replaces the first."""
    due: datetime | None = None
    """None for at once."""
    once: bool = False
    """Whether it is left out where one of this kind with the same payload waits already: it will then see this turn,
    too. What another process has taken does not count: it may have looked before this turn was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """A lead magnet that this turn gives."""

    token: str
    """Opaque, from a good source of chance; stands in the link."""
    magnet: str
    kind: str
    payload: Mapping[str, Any]
    expires: datetime | None = None


_ADD_FACT = insert_into(
    FACTS,
    "at", "kind", "step", "detail", "conversation_id", "channel", "script", "version", "variants", "language",
    "first_source", "first_medium", "first_campaign", "last_source", "last_medium", "last_campaign", "campaign_code",
)  # fmt: skip
_ADD_GRANT = insert_into(
    GRANTS, "token", "conversation_id", "magnet", "kind", "script", "version", "payload", "given", "expires", "opened"
)
_ADD_HANDOFF = Statement(
    HANDOFFS.insert().returning(HANDOFFS.c.id),
    "lead_id", "conversation_id", "target", "reason", "at", "moved_at", "verdict_reason", "route", "trace",
)  # fmt: skip
_EFFECT = ("conversation_id", "kind", "payload", "key", "due", "attempts", "owner", "error", "dead", "created")
_ADD_EFFECT = insert_into(EFFECTS, *_EFFECT)
_PUT_EFFECT = Statement(
    lambda insert: (put := insert(EFFECTS)).on_conflict_do_update(
        index_elements=["key"],
        set_={name: put.excluded[name] for name in _EFFECT if name != "key"} | {"first_try": None},
    ),
    *_EFFECT,
)
_CANCEL = Statement(delete(EFFECTS).where(EFFECTS.c.key == bindparam("key")))
_WAITING = Statement(
    select(EFFECTS.c.id)
    .where(
        EFFECTS.c.conversation_id == bindparam("conversation"),
        EFFECTS.c.kind == bindparam("kind"),
        EFFECTS.c.payload == bindparam("payload"),
        EFFECTS.c.owner.is_(None),
        not_(EFFECTS.c.dead),
    )
    .limit(1)
    .with_for_update(skip_locked=True)  # Nobody may begin with it before our change is committed.
)


def timer_key(conversation_id: int, name: str) -> str:
    """The key of a conversation's timer."""
    return f"timer:{conversation_id}:{plain(name)}"


def save_facts(
    tx: Transaction, conversation_id: int, stamp: Mapping[str, Any], facts: Sequence[Fact], at: datetime
) -> None:
    """Record what is to be counted, stamped with what is true of the conversation now (see ``letterheads``)."""
    now = micros(at)
    rows = [
        {
            **stamp,
            "at": now,
            "conversation_id": conversation_id,
            "kind": fact.kind.value,
            "step": fact.step,
            "detail": plain(fact.detail),
        }
        for fact in facts
    ]
    if rows:
        tx.run_many(_ADD_FACT, rows)


def save_grants(
    tx: Transaction, conversation_id: int, grants: Sequence[NewGrant], state: ConversationState, at: datetime
) -> None:
    """Record which lead magnets were given."""
    for grant in grants:
        tx.run(
            _ADD_GRANT,
            {
                "token": grant.token,
                "conversation_id": conversation_id,
                "magnet": grant.magnet,
                "kind": grant.kind,
                "script": state.script,
                "version": state.version,
                "payload": json_text(dict(grant.payload)),
                "given": micros(at),
                "expires": None if grant.expires is None else micros(grant.expires),
                "opened": 0,
            },
        )


def save_effects(
    tx: Transaction,
    conversation_id: int,
    lead_id: int | None,
    effects: Sequence[Effect],
    further: Sequence[NewEffect],
    at: datetime,
) -> tuple[tuple[int, ...], bool]:
    """Queue what leaves the process; the handoffs' numbers, and whether there is anything to be done."""
    handoffs: list[int] = []
    shown: set[int] = set()
    work = False
    for effect in effects:
        match effect:
            case HandOff():
                number = _add_handoff(tx, conversation_id, lead_id, effect, at)
                handoffs.append(number)
                payload = dump_effect(effect) | {"handoff": number}
                queue(tx, conversation_id, NewEffect(kind=HAND_OFF, payload=payload), at)
            case SetTimer(name=name, due=due):
                key = timer_key(conversation_id, name)
                queue(tx, conversation_id, NewEffect(kind=TIMER, payload={"name": name}, key=key, due=due), at)
            case CancelTimer(name=name):
                tx.run(_CANCEL, {"key": timer_key(conversation_id, name)})
                continue
            case ShowDesk(handoff=number):
                if number in shown:
                    continue
                shown.add(number)
                payload = {"handoff": number}
                if not queue(tx, conversation_id, NewEffect(kind=SHOW_DESK, payload=payload, once=True), at):
                    continue
            case _:
                continue  # Became a message, or answers whoever acted.
        work = True
    for one in further:
        work = queue(tx, conversation_id, one, at) or work
    return tuple(handoffs), work


def queue(tx: Transaction, conversation_id: int | None, effect: NewEffect, at: datetime) -> bool:
    """Queue one effect. False where one that will do waits already (``once``)."""
    now, payload = micros(at), json_text(dict(effect.payload))
    if effect.once:
        sought = {"conversation": conversation_id, "kind": effect.kind, "payload": payload}
        if tx.row(_WAITING, sought) is not None:
            return False
    if effect.key is not None:
        tx.run(_CANCEL, {"key": effect.key})  # The new one gets a number of its own, by which it is recognised.
    tx.run(
        _ADD_EFFECT if effect.key is None else _PUT_EFFECT,
        {
            "conversation_id": conversation_id,
            "kind": effect.kind,
            "payload": payload,
            "key": effect.key,
            "due": now if effect.due is None else micros(effect.due),
            "attempts": 0,
            "owner": None,
            "error": None,
            "dead": False,
            "created": now,
        },
    )
    return True


def _add_handoff(tx: Transaction, conversation_id: int, lead_id: int | None, effect: HandOff, at: datetime) -> int:
    row = tx.row(
        _ADD_HANDOFF,
        {
            "lead_id": lead_id,
            "conversation_id": conversation_id,
            "target": effect.to,
            "reason": plain(effect.reason),
            "at": micros(at),
            "moved_at": micros(at),
            "verdict_reason": "",
            "route": "",
            "trace": "[]",
        },
    )
    assert row is not None
    return int(row[0])
