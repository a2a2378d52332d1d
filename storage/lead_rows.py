"""A lead's own row: what it turned out to be, as of its last turn.

1. What a row said when this process last wrote it is kept beside the conversation (``LeadRow``). An everyday answer
   is added to that without reading, and written only where the row still says so.
2. Where it does not, or more than answers has changed, the row is read, locked, and merged with the change.
3. A stage that people gave is not changed by a conversation, only by what a person says in one (``restage_row``).
4. Points are those of the conversation that scored last: one that has earned nothing yet leaves them as they are.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, case, delete, func, literal_column, or_, select, update

from dialogs.source import Source, dump_touch
from dialogs.stages import Stage
from dialogs.state import ConversationState
from dialogs.turn import LeadChange
from storage.columns import json_text, micros, plain
from storage.statements import Statement
from storage.tables import LEADS
from storage.transaction import Transaction

_ANSWERS = ("fields", "labels", "search")
_STANDING = ("disqualified", "updated")
# Not IN, for which SQLite makes a table each time.
_said_by_people = or_(*(LEADS.c.stage == literal_column(f"'{stage}'") for stage in Stage if stage.is_said_by_people))
_of_lead = update(LEADS).where(LEADS.c.id == bindparam("lead"))
_of_bot = _of_lead.values(
    stage=case((_said_by_people, LEADS.c.stage), else_=bindparam("said_by_bot")),
    fit=func.coalesce(bindparam("scored_fit", type_=Integer), LEADS.c.fit),
    engagement=func.coalesce(bindparam("scored_engagement", type_=Integer), LEADS.c.engagement),
)

_LOAD = Statement(
    select(*(LEADS.c[name] for name in (*_ANSWERS, "tags", "source")))
    .where(LEADS.c.id == bindparam("lead"))
    .with_for_update()
)
_EMPTY = ("{}", "{}", "", "[]", "null")
_SCORE = Statement(_of_bot, *_STANDING)
_ANSWER = Statement(
    _of_bot.where(LEADS.c.fields == bindparam("known_fields"), LEADS.c.labels == bindparam("known_labels")),
    *_ANSWERS, *_STANDING,
)  # fmt: skip
_CHANGE = Statement(_of_bot, *_ANSWERS, "tags", "source", *_STANDING)
_ADD = Statement(
    LEADS.insert().returning(LEADS.c.id),
    *_ANSWERS, "tags", "source", *_STANDING,
    "fit", "engagement", "stage", "hot", "public_id", "script", "version", "channel", "language", "created", "owner",
)  # fmt: skip
_HEAT = Statement(_of_lead, "hot", "hot_at")
_OWN = Statement(_of_lead, "owner", "owned_at")
_RESTAGE = Statement(_of_lead, "stage")
_REMOVE = Statement(delete(LEADS).where(LEADS.c.id == bindparam("lead")))


class LeadRow(NamedTuple):
    """What a lead's row said of its answers when it was written: as it stands there, and as values."""

    lead_id: int
    fields: str
    labels: str
    answers: Mapping[str, Any]
    shown: Mapping[str, Iterable[str]]

    def after(self, change: LeadChange) -> "LeadRow":
        """The same lead with the answers of a change."""
        answers, shown = {**self.answers, **change.answers}, {**self.shown, **change.labels}
        for name in change.forgotten:
            answers.pop(name, None)
            shown.pop(name, None)
        return LeadRow(self.lead_id, json_text(answers), json_text(shown), answers, shown)

    @property
    def search(self) -> str:
        """Everything one may look for."""
        return plain("\n".join([shown for _, shown in self.shown.values()]).casefold())


def add_row(tx: Transaction, change: LeadChange, state: ConversationState, at: datetime) -> LeadRow:
    """Make a new lead of what a change says."""
    standing = _standing(state, at)
    row, changed = _merged(0, _EMPTY, change, state.source)
    added = tx.row(
        _ADD,
        standing
        | changed
        | {
            "fit": state.fit,
            "engagement": state.engagement,
            "stage": state.stage.value,
            "hot": False,
            "public_id": secrets.token_hex(8),
            "script": state.script,
            "version": state.version,
            "channel": state.channel,
            "language": state.language,
            "created": standing["updated"],
            "owner": None,
        },
    )
    assert added is not None
    return row._replace(lead_id=int(added[0]))


def change_row(
    tx: Transaction,
    lead_id: int,
    known: LeadRow | None,
    change: LeadChange,
    state: ConversationState,
    at: datetime,
    *,
    came_again: bool,
    scores: bool,
) -> LeadRow | None:
    """Write what a change says of a lead; what its row says now, where that is known.

    ``came_again`` tells that the conversation's source is news to the lead, ``scores`` that it has ever earned points.
    """
    standing = _standing(state, at)
    standing |= {"lead": lead_id, "scored_fit": None, "scored_engagement": None}
    if scores:
        standing |= {"scored_fit": state.fit, "scored_engagement": state.engagement}
    if not (came_again or change.tags_added or change.tags_removed):
        if not (change.answers or change.forgotten):
            tx.run(_SCORE, standing)
            return known
        if known is not None and known.lead_id == lead_id:
            row = known.after(change)
            told = {"fields": row.fields, "labels": row.labels, "search": row.search}
            if tx.run(_ANSWER, {**standing, **told, "known_fields": known.fields, "known_labels": known.labels}):
                return row
    stored = tx.row(_LOAD, {"lead": lead_id})
    if stored is None:
        return None
    row, changed = _merged(lead_id, stored, change, state.source if came_again else None)
    tx.run(_CHANGE, standing | changed)
    return row


def heat_row(tx: Transaction, lead_id: int, at: datetime) -> None:
    """Note that people were brought in."""
    tx.run(_HEAT, {"lead": lead_id, "hot": True, "hot_at": micros(at)})


def own_row(tx: Transaction, lead_id: int, owner: str | None, at: datetime) -> None:
    """Note which person of ours has the lead, by their key; None for nobody any more."""
    tx.run(_OWN, {"lead": lead_id, "owner": owner, "owned_at": None if owner is None else micros(at)})


def restage_row(tx: Transaction, lead_id: int, stage: Stage) -> None:
    """Write the stage that a person gave, over whatever stood there."""
    tx.run(_RESTAGE, {"lead": lead_id, "stage": stage.value})


def remove_row(tx: Transaction, lead_id: int) -> None:
    """Undo ``add_row``, in the same transaction."""
    tx.run(_REMOVE, {"lead": lead_id})


def _standing(state: ConversationState, at: datetime) -> dict[str, Any]:
    return {
        "said_by_bot": state.stage.value,
        "disqualified": state.disqualified and plain(state.disqualified),
        "updated": micros(at),
    }


def _merged(
    lead_id: int, stored: Iterable[Any], change: LeadChange, source: Source | None
) -> tuple[LeadRow, dict[str, Any]]:
    """What a row says after a change, and all of its columns that a change may touch."""
    fields, labels, search, tags, known_source = stored
    row = LeadRow(lead_id, fields, labels, json.loads(fields), json.loads(labels))
    if change.answers or change.forgotten:
        row = row.after(change)
        search = row.search
    if change.tags_added or change.tags_removed:
        kept = [tag for tag in json.loads(tags) if tag not in change.tags_removed]
        tags = json_text(kept + [tag for tag in change.tags_added if tag not in kept])
    if source is not None:
        known_source = _source(known_source, source)
    columns = {"fields": row.fields, "labels": row.labels, "search": search, "tags": tags, "source": known_source}
    return row, columns


def _source(stored: str, source: Source) -> str:
    """The first touch that was ever seen of this lead, and the last one."""
    known = json.loads(stored)
    return json_text({"first": known["first"] if known else dump_touch(source.first), "last": dump_touch(source.last)})
