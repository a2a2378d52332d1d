"""What a visitor who is recognised may be treated with: what this very person told us, and nothing else.

Recognised means proven (see ``storage.identities``): an e-mail address that was typed opens nobody's file.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select

from dialogs.events import Act, ConsentRecord, Profile
from dialogs.stages import Stage
from storage import identities
from storage.columns import moment, plain
from storage.statements import Statement
from storage.tables import ACTS, CONSENTS, CONVERSATIONS, LEADS
from storage.transaction import Transaction

ACTS_MOST = 200
"""Acts that are brought along, the newest."""
CONVERSATIONS_MOST = 20
"""Conversations that are looked at, the newest."""

_LEAD = Statement(select(LEADS.c.fields, LEADS.c.tags, LEADS.c.stage).where(LEADS.c.id == bindparam("lead")))
_STATES = Statement(
    select(CONVERSATIONS.c.state)
    .where(or_(CONVERSATIONS.c.person == bindparam("person"), CONVERSATIONS.c.lead_id == bindparam("lead")))
    .order_by(CONVERSATIONS.c.id.desc())
    .limit(CONVERSATIONS_MOST)
)
_CONSENTS = Statement(
    select(CONSENTS.c.purpose, CONSENTS.c.given, CONSENTS.c.version, CONSENTS.c.at)
    .where(CONSENTS.c.lead_id == bindparam("lead"))
    .order_by(CONSENTS.c.id)
)
_ACTS = Statement(
    select(ACTS.c.name, ACTS.c.at)
    .where(ACTS.c.lead_id == bindparam("lead"))
    .order_by(ACTS.c.id.desc())
    .limit(ACTS_MOST)
)


def profile_of(tx: Transaction, person: str, proven: tuple[tuple[str, str], ...] = ()) -> Profile | None:
    """What is known about a visitor by their own key; None for somebody who was never here."""
    lead_id = identities.recognised(tx, person, proven)
    states = [json.loads(row[0]) for row in reversed(tx.rows(_STATES, {"person": plain(person), "lead": lead_id}))]
    if not states and lead_id is None:
        return None
    lead = None if lead_id is None else tx.row(_LEAD, {"lead": lead_id})
    seen = Profile(
        variants={name: arm for state in states for name, arm in state.get("variants", {}).items()},
        magnets=tuple(dict.fromkeys(magnet for state in states for magnet in state.get("magnets", ()))),
        visits=max((state.get("visits", 1) for state in states), default=1),
    )
    return seen if lead is None else _with_lead(tx, seen, lead_id, lead)


def _with_lead(tx: Transaction, seen: Profile, lead_id: int | None, lead: Sequence[Any]) -> Profile:
    consents = tx.rows(_CONSENTS, {"lead": lead_id})
    acts = tx.rows(_ACTS, {"lead": lead_id})
    return Profile(
        answers=json.loads(lead[0]),
        tags=tuple(json.loads(lead[1])),
        stage=Stage(lead[2]),
        consents={purpose: ConsentRecord(bool(given), version, moment(at)) for purpose, given, version, at in consents},
        acts=tuple(Act(name, moment(at)) for name, at in reversed(acts)),
        magnets=seen.magnets,
        variants=seen.variants,
        visits=seen.visits,
    )
