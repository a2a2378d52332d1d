"""A handoff as people see it: everything they need, gathered when it is shown, not when it was decided."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.contract import DeskView
from bot.masking import masked
from bot.ports import Clock, LeadFacts, LeadFile, Message
from bot.scripts import Scripts, UnknownScript
from dialogs.crossing import WEB
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Desk, Phase
from dialogs.script import Script
from dialogs.source import dump_touch
from storage import conversations, handoffs, uploads
from storage.briefs import Brief, brief_of
from storage.conversations import StoredConversation
from storage.database import Database
from storage.handoffs import StoredHandoff
from storage.lead_lines import LeadLine, ShownAnswer
from storage.transaction import Transaction
from storage.uploads import StoredUpload

Link = Callable[[str, datetime], str]
"""Makes the link to a file, of its id and the moment it was sent."""
LINES_MOST = 8
"""Lines of the talk's end that come along."""
LOOKED_AT = 2 * LINES_MOST
"""Messages among which they are looked for: some have no words."""


class DeskViews:
    """Makes views of handoffs out of what is stored.

    ``is_here`` says of a conversation's number whether a window of its visitor is open; ``link`` makes the link to a
    file, of its id and the moment it was sent.
    """

    def __init__(
        self, database: Database, scripts: Scripts, clock: Clock, is_here: Callable[[int], bool], link: Link
    ) -> None:
        self._database = database
        self._scripts = scripts
        self._clock = clock
        self._is_here = is_here
        self._link = link

    async def view(self, handoff: int, after: int | None = None) -> DeskView | None:
        """How a handoff stands, with what was said after a message's number; None when the lead was erased."""

        def read(tx: Transaction) -> tuple[StoredHandoff, StoredConversation, Brief, list[Message]] | None:
            row = handoffs.find(tx, handoff)
            stored = None if row is None else conversations.find_by_id(tx, row.conversation_id)
            if row is None or stored is None:
                return None
            brief = brief_of(tx, row.lead_id, stored, LOOKED_AT)
            said: list[Message] = []
            if after is not None and stored.last_seq > after:
                more = conversations.messages_after(tx, stored.id, after)
                said = [_masked(one) for one in self._with_links(tx, more)]
            return None if brief is None else (row, stored, brief, said)

        found = await self._database.read(read)
        if found is None:
            return None
        row, stored, brief, said = found
        desk = stored.state.desk
        # A messenger is open until its platform says otherwise.
        stays = stored.channel != WEB and not (desk is not None and desk.left)
        return DeskView(
            handoff=handoff,
            id=f"handoff-{handoff}",
            lead=await self._facts(brief, stored),
            desk=desk if desk is not None and desk.handoff == handoff else _from_row(row),
            messages=said,
            last_seq=stored.last_seq,
            visitor_is_here=stays or self._is_here(stored.id),
            at=self._clock(),
        )

    def facts(self, brief: Brief, stored: StoredConversation, script: Script | None) -> LeadFacts:
        """A lead as people need to see it; ``script`` orders its answers and tells which is a name."""
        return facts_of(brief, stored, script, self._link)

    def _with_links(self, tx: Transaction, messages: Sequence[Message]) -> list[Message]:
        """Messages with links to the files that came with them, as far as anybody may fetch those."""
        sent = uploads.find_all(tx, {one["file"]["id"] for one in messages if "file" in one})
        return [
            {**one, "file": {**one["file"], **_fetchable(sent.get(one["file"]["id"]), self._link)}}
            if "file" in one
            else one
            for one in messages
        ]

    async def talked_before(self, view: DeskView) -> int:
        """Number of the last message that had been said when people were to be told: it stands in what they get."""

        def read(tx: Transaction) -> int:
            number = handoffs.conversation_of(tx, view.handoff)
            return 0 if number is None else conversations.seq_at(tx, number, view.desk.at)

        return await self._database.read(read)

    async def targets(self, handoff: int) -> tuple[str, ...] | None:
        """Where a handoff is to be shown, () for everywhere; None when the lead was erased."""

        def read(tx: Transaction) -> StoredConversation | None:
            number = handoffs.conversation_of(tx, handoff)
            return None if number is None else conversations.find_by_id(tx, number)

        stored = await self._database.read(read)
        if stored is None:
            return None
        desk = stored.state.desk
        return desk.plan.targets if desk is not None and desk.handoff == handoff else ()

    async def _facts(self, brief: Brief, stored: StoredConversation) -> LeadFacts:
        try:
            script = await self._scripts.version(brief.lead.script, brief.lead.version)
        except UnknownScript:
            script = None
        return self.facts(brief, stored, script)


def _fetchable(sent: StoredUpload | None, link: Link) -> dict[str, str]:
    """What a message's file has beside its name: a link, or why there is none."""
    if sent is None:
        return {}
    return {"withheld": sent.withheld} if sent.withheld is not None else {"url": link(sent.id, sent.at)}


def facts_of(brief: Brief, stored: StoredConversation, script: Script | None, link: Link) -> LeadFacts:
    """A lead as people need to see it; ``script`` orders its answers and tells which is a name."""
    lead, state = brief.lead, stored.state
    place = {name: number for number, name in enumerate(script.fields)} if script else {}
    known = [replace(one, shown=masked(one.shown)) for one in lead.answers]
    answers = sorted(known, key=lambda one: place.get(one.field, len(place)))
    lines = [(str(one["from"]), masked(str(one["text"]))) for one in brief.messages if one["text"]]
    return LeadFacts(
        id=lead.public_id,
        name=_named(answers, script, "name", "name"),
        company=_named(answers, script, "company", "company"),
        contacts=lead.identities,
        answers=[(one.label, one.shown) for one in answers],
        stage=lead.stage.value,
        fit=lead.fit,
        engagement=lead.engagement,
        receipts=brief.receipts,
        script=lead.script,
        channel=stored.channel,
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
        files=[
            LeadFile(
                name=one.name, type=one.type, size=one.size, sent_at=one.at, withheld=one.withheld,
                link="" if one.withheld is not None else link(one.id, one.at),
            )
            for one in brief.files
        ],
    )  # fmt: skip


def _masked(message: Message) -> Message:
    """A message as it is passed on."""
    text = message["text"]
    shown = masked(text)
    return message if shown == text else {**message, "text": shown}


def name_in(lead: LeadLine, script: Script | None) -> str | None:
    """The person's name, where it is known."""
    return _named(lead.answers, script, "name", "name")


def company_in(lead: LeadLine, script: Script | None) -> str | None:
    """The person's company, where it is known."""
    return _named(lead.answers, script, "company", "company")


def _named(answers: Sequence[ShownAnswer], script: Script | None, kind: str, word: str) -> str | None:
    """What the fields of a type say; without the script, those that are called so."""
    if script is not None:
        fields = {name for name, field in script.fields.items() if field.type.name == kind}
        named = [one.shown for one in answers if one.field in fields and one.shown]
    else:
        other = "name" if kind == "company" else "company"
        named = [one.shown for one in answers if word in one.field and other not in one.field and one.shown]
    return " ".join(named[:2]) or None if kind == "name" else (named[0] if named else None)


def _from_row(row: StoredHandoff) -> Desk:
    """A handoff after which there was another one: it is over."""
    plan = Plan(route=row.route or "", trace=tuple(row.trace))
    desk = Desk(handoff=row.id, to=row.target, reasons=(row.reason,), at=row.at, plan=plan, phase=Phase.CLOSED)
    return replace(
        desk,
        seen_at=row.seen_at,
        claimed_at=row.claimed_at,
        spoken_at=row.spoken_at,
        verdict=row.verdict,
        verdict_reason=row.verdict_reason or "",
        amount=row.amount,
        currency=row.currency,
    )
