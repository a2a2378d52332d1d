"""What a webhook says: a lead and where its handoff stands, as JSON that is never larger than a receiver must take.

``docs/webhooks.md`` describes it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk.contract import DeskView
from bot.ports import LeadFacts
from dialogs.desk.people import Rep
from dialogs.desk.standing import Desk

LARGEST = 256 * 1024
"""Bytes of a body."""
_CUTS = ((4000, 200), (1000, 100), (200, 50), (60, 20))
"""Characters of a text and entries of a list that are kept: the first that make it fit."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Shortens texts and lists, and knows whether it had to."""

    characters: int
    entries: int
    cut: list[bool]

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > self.characters:
            self.cut.append(True)
            return value[: self.characters - 1] + "…"
        if isinstance(value, Mapping):
            return dict(self._of([(str(self(name)), self(one)) for name, one in value.items()]))
        if isinstance(value, list):
            return self._of([self(one) for one in value])
        return value

    def _of(self, values: list[Any]) -> list[Any]:
        if len(values) > self.entries:
            self.cut.append(True)
        return values[: self.entries]


def body(kind: str, view: DeskView, at: datetime) -> bytes:
    """The body about something that happened at a time, in UTF-8."""
    data = {"handoff": _handoff(view), "lead": _lead(view.lead)}
    for characters, entries in _CUTS:
        cut = _Cut(characters, entries, [])
        written = _dump(kind, at, {**cut(data), "shortened": bool(cut.cut)})
        if len(written) <= LARGEST:
            return written
    raise AssertionError("the smallest cut always fits")


def erased_body(lead: str, at: datetime) -> bytes:
    """The body about a person who was erased: nothing but which lead it was."""
    return _dump("lead.erased", at, {"lead": {"id": lead}})


def facts_digest(view: DeskView) -> str:
    """Changes when something is known about the lead that was not known before; not with each line of the talk."""
    lead, desk = _lead(view.lead), view.desk
    for moving in ("last_lines", "score", "engagement"):  # Engagement fades by itself.
        del lead[moving]
    for file in lead["files"]:
        del file["url"]  # It is another one after a while.
    verdict = (desk.verdict, desk.verdict_reason, desk.amount, desk.currency)
    shortened = _Cut(*_CUTS[0], [])
    return digest_of(shortened(lead), list(desk.reasons), [str(one or "") for one in verdict])


def digest_of(*parts: Any) -> str:
    """A short name of anything that is JSON."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _dump(kind: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    whole = {"type": kind, "timestamp": _time(at), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _handoff(view: DeskView) -> dict[str, Any]:
    desk: Desk = view.desk
    return {
        "id": view.id,
        "to": desk.to,
        "reasons": list(desk.reasons),
        "at": _time(desk.at),
        "route": desk.plan.route,
        "phase": desk.phase.value,
        "offered_to": _rep(desk.offered_to),
        "rep": _rep(desk.rep),
        "claimed_at": _time(desk.claimed_at),
        "answered_at": _time(desk.spoken_at),
        "verdict": None if desk.verdict is None else desk.verdict.value,
        "verdict_reason": desk.verdict_reason or None,
        "amount": desk.amount,
        "currency": desk.currency,
        "visitor_left": desk.left,
    }


def _lead(lead: LeadFacts) -> dict[str, Any]:
    return {
        "id": lead.id,
        "name": lead.name,
        "company": lead.company,
        "contacts": [{"kind": kind, "value": value} for kind, value in lead.contacts],
        "answers": [{"label": label, "value": value} for label, value in lead.answers],
        "stage": lead.stage,
        "score": lead.fit + lead.engagement,
        "fit": lead.fit,
        "engagement": lead.engagement,
        "receipts": [
            {
                "axis": one.axis,
                "points": one.points,
                "because": one.because,
                "evidence": one.evidence,
                "at": _time(one.at),
            }
            for one in lead.receipts
        ],
        "script": lead.script,
        "channel": lead.channel,
        "language": lead.language,
        "source": {name: _plain(touch) for name, touch in lead.source.items()},
        "variants": dict(lead.variants),
        "tags": list(lead.tags),
        "magnets": list(lead.magnets),
        "consents": dict(lead.consents),
        "conversation": lead.conversation,
        "created_at": _time(lead.created_at),
        "files": [
            {
                "name": one.name,
                "type": one.type,
                "size": one.size,
                "at": _time(one.sent_at),
                "url": one.link or None,
                "withheld": one.withheld,
            }
            for one in lead.files
        ],
        "last_lines": [{"from": who, "text": text} for who, text in lead.last_lines],
    }


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _rep(rep: Rep | None) -> dict[str, str] | None:
    return None if rep is None else {"key": rep.key, "name": rep.name}


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
