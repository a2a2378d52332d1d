"""A lead on its way to people: everything they need to see, gathered when it is told, not when it was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.ports import Handoff, LeadFacts
from bot.scripts import Scripts, UnknownScript
from dialogs.source import dump_touch
from storage import conversations
from storage.database import Database
from storage.lead_lines import LeadLine
from storage.sheets import LeadSheet, sheet_of
from storage.transaction import Transaction

LINES_MOST = 8
"""Lines of the talk's end that come along."""


class HandoffWriter:
    """Makes handoffs out of what is stored."""

    def __init__(self, database: Database, scripts: Scripts) -> None:
        self._database = database
        self._scripts = scripts

    async def describe(self, conversation_id: int, payload: Mapping[str, Any], now: datetime) -> Handoff | None:
        """The handoff that an effect asks for; None when the lead was erased meanwhile."""

        def read(tx: Transaction) -> tuple[LeadSheet, conversations.StoredConversation] | None:
            stored = conversations.find_by_id(tx, conversation_id)
            sheet = None if stored is None or stored.lead_id is None else sheet_of(tx, stored.lead_id)
            return None if stored is None or sheet is None else (sheet, stored)

        found = await self._database.read(read)
        if found is None:
            return None
        sheet, stored = found
        order = await self._order_of(sheet.lead)
        return Handoff(
            id=f"handoff-{payload['handoff']}",
            to=payload["to"],
            reason=payload["reason"],
            at=now,
            lead=_facts(sheet, stored, order),
        )

    async def _order_of(self, lead: LeadLine) -> list[str]:
        """Fields in the order in which their script declares them."""
        try:
            return list((await self._scripts.version(lead.script, lead.version)).fields)
        except UnknownScript:
            return []


def _facts(sheet: LeadSheet, stored: conversations.StoredConversation, order: list[str]) -> LeadFacts:
    lead, state = sheet.lead, stored.state
    place = {name: number for number, name in enumerate(order)}
    answers = sorted(lead.answers, key=lambda one: place.get(one.field, len(place)))
    talk = next((one for one in sheet.conversations if one.public_id == stored.public_id), None)
    lines = [(str(one["from"]), str(one["text"])) for one in talk.messages] if talk else []
    return LeadFacts(
        id=lead.public_id,
        name=_name(lead),
        contacts=lead.identities,
        answers=[(one.label, one.shown) for one in answers],
        stage=lead.stage.value,
        fit=lead.fit,
        engagement=lead.engagement,
        receipts=[one.receipt for one in sheet.receipts if one.counted],
        script=lead.script,
        channel=lead.channel,
        language=lead.language,
        source={} if lead.source is None else {
            "first": dump_touch(lead.source.first), "last": dump_touch(lead.source.last),
        },
        variants=state.variants,
        tags=lead.tags,
        magnets=state.magnets,
        consents={purpose: record.given for purpose, record in state.consents.items()},
        last_lines=lines[-LINES_MOST:],
        created_at=lead.created,
        conversation=stored.public_id,
    )  # fmt: skip


def _name(lead: LeadLine) -> str | None:
    """The person's name: of the fields of type name, that called so."""
    named = [one for one in lead.answers if "name" in one.field and "company" not in one.field and one.shown]
    return " ".join(one.shown for one in named[:2]) or None
