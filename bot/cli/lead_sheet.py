"""``handraiser leads show``: everything about one lead, and where each point came from."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.cli.command import DONE, Arguments, Command
from bot.cli.lead_filters import name_in
from bot.cli.lead_points import up_to_date
from bot.cli.leads import find_sheet, lead_as_json
from bot.cli.options import add_config, add_json, configuration, now, with_database
from bot.cli.terminal import coloured, print_json
from bot.uploads.folder import UploadFolder
from bot.visible import visible, visible_lines
from dialogs.desk.acts import dump_entry
from dialogs.desk.people import dump_rep
from dialogs.file_types import size_in_words
from dialogs.scoring import points_now
from dialogs.source import Touch, dump_touch
from dialogs.state import dump_receipt
from storage.database import Database
from storage.leads import LeadSheet
from storage.sheets import ConversationShown, ReceiptShown


def _show(options: argparse.Namespace) -> int:
    async def read(database: Database) -> LeadSheet:
        sheet = await database.read(partial(find_sheet, key=options.lead))
        (lead,) = await up_to_date(database)([sheet.lead])
        return replace(sheet, lead=lead)

    sheet = with_database(options, read)
    if options.json:
        print_json(sheet_as_json(sheet))
        return DONE
    for heading, lines in _sections(sheet, UploadFolder(configuration(options).uploads.folder)):
        shown = list(lines)
        if shown:
            print(coloured(heading, "bold"))
            for line in shown:
                print(f"  {line}")
    return DONE


def sheet_as_json(sheet: LeadSheet) -> dict[str, Any]:
    """Everything about a lead, for programs."""
    return lead_as_json(sheet.lead) | {
        "identities": [_plain(one, "kind", "value", "strength", "at") for one in sheet.identities],
        "history": [
            _plain(one, "field", "label", "value", "shown", "forgotten", "version", "at") for one in sheet.history
        ],
        "receipts": [
            dump_receipt(one.receipt)
            | {"counted": one.counted, "withdrawn_at": _iso(one.withdrawn_at), "conversation": one.conversation}
            | {"points_now": round(points_now(one.receipt, now()), 2) if one.counted else 0}
            for one in sheet.receipts
        ],
        "consents": [_plain(one, "purpose", "given", "version", "wording", "at") for one in sheet.consents],
        "acts": [_plain(one, "name", "at") for one in sheet.acts],
        "grants": [
            _plain(one, "magnet", "kind", "script", "version", "given", "expires", "opened", "last_opened")
            for one in sheet.grants
        ],
        "files": [_plain(one, "id", "name", "type", "size", "sha256", "at", "withheld") for one in sheet.files],
        "handoffs": [
            _plain(one, "id", "target", "reason", "at", "sent_at", "phase", "seen_at", "claimed_at", "spoken_at")
            | _plain(one, "snoozed_until", "closed_at", "verdict", "verdict_reason", "amount", "currency", "route")
            | {"rep": one.rep and dump_rep(one.rep), "trace": list(one.trace)}
            | {"entries": [dump_entry(entry) for entry in sheet.desk[one.id]]}
            for one in sheet.handoffs
        ],
        "conversations": [
            _plain(one, "public_id", "channel", "script", "version", "status", "rep", "created", "updated")
            | {"messages": [dict(message) for message in one.messages]}
            for one in sheet.conversations
        ],
        "linked": [
            _plain(one, "public_id", "created")
            | {"stage": one.stage.value, "shared": [list(pair) for pair in one.shared]}
            for one in sheet.linked
        ],
    }


def _plain(value: Any, *names: str) -> dict[str, Any]:
    shown = {name: getattr(value, name) for name in names}
    return {name: _iso(one) if isinstance(one, datetime) else one for name, one in shown.items()}


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _sections(sheet: LeadSheet, folder: UploadFolder) -> Iterator[tuple[str, Iterable[str]]]:
    lead = sheet.lead
    yield visible(name_in(lead.answers) or "No name yet") + f" ({lead.public_id})", _standing(sheet)
    yield "Answers", (f"{visible(one.label)}: {visible(one.shown)}" for one in lead.answers)
    yield "Corrected", _corrections(sheet)
    scripts = {talk.public_id: talk.script for talk in sheet.conversations}
    yield "Points", (_receipt(one, scripts.get(one.conversation, "")) for one in sheet.receipts)
    yield (
        "Consents",
        (
            _dotted(f"{one.purpose}: {'yes' if one.given else 'no'}", _at(one.at), one.version, f'"{one.wording}"')
            for one in sheet.consents
        ),
    )
    yield (
        "Lead magnets",
        (
            _dotted(
                f"{one.magnet} ({one.kind})",
                f"given {_at(one.given)}",
                f"opened {one.opened} times" if one.opened else "",
            )
            for one in sheet.grants
        ),
    )
    yield (
        "Files",
        (
            _dotted(
                one.name,
                one.type,
                size_in_words(one.size),
                _at(one.at),
                str(folder.path_of(one.id) or ""),
                f"withheld: {one.withheld}" if one.withheld else "",
            )
            for one in sheet.files
        ),
    )
    yield "Acts", (_dotted(one.name, _at(one.at)) for one in sheet.acts)
    yield "Handed over", _handoffs(sheet)
    yield (
        "Seems to be the same person",
        (
            _dotted(one.public_id, one.stage.value, _at(one.created), ", ".join(value for _, value in one.shared))
            for one in sheet.linked
        ),
    )
    for talk in sheet.conversations:
        heading = _dotted(f"Conversation {talk.public_id}", talk.channel, f"{talk.script}@{talk.version}", talk.status)
        yield heading, _transcript(talk)


def _handoffs(sheet: LeadSheet) -> Iterator[str]:
    for one in sheet.handoffs:
        taken = f"taken by {one.rep.name}, {_at(one.claimed_at)}" if one.rep and one.claimed_at else ""
        verdict = _dotted(one.verdict.value.replace("_", " "), one.verdict_reason) if one.verdict else ""
        worth = f"{one.amount} {one.currency or ''}".strip() if one.amount else ""
        yield _dotted(f"to {one.target}: {one.reason}", _at(one.at), taken, verdict, worth)
        for entry in sheet.desk[one.id]:
            what = entry.what.replace("_", " ")
            yield "  " + _dotted(_at(entry.at), f"{what} by {entry.by}" if entry.by else what, entry.text)


def _standing(sheet: LeadSheet) -> Iterator[str]:
    lead = sheet.lead
    hot = f"hot since {_at(lead.hot_at)}" if lead.hot and lead.hot_at else ""
    owner = f"taken by {lead.owner}" if lead.owner else ""
    yield _dotted(
        lead.stage.value, lead.disqualified or "", f"fit {lead.fit}", f"engagement {lead.engagement}", hot, owner
    )
    for one in sheet.identities:
        if one.kind != "visitor":
            yield _dotted(f"{one.kind} {one.value}", one.strength, _at(one.at))
    if lead.tags:
        yield visible(f"tags {', '.join(lead.tags)}")
    yield _dotted(f"{lead.script}@{lead.version}", lead.channel, lead.language)
    yield _dotted(f"since {_at(lead.created)}", f"changed {_at(lead.updated)} UTC")
    if lead.source is not None:
        for which, touch in (("first", lead.source.first), ("last", lead.source.last)):
            if told := _touch(touch):
                yield visible(f"{which} came {told}")


def _corrections(sheet: LeadSheet) -> Iterator[str]:
    """Answers that were given and hold no longer."""
    current = {answer.field: answer.shown for answer in sheet.lead.answers}
    for one in sheet.history:
        if one.forgotten:
            yield _dotted(f"{one.label or one.field}: no longer holds", _at(one.at))
        elif current.get(one.field) != one.shown:
            yield _dotted(f"{one.label}: {one.shown}", _at(one.at))


def _receipt(shown: ReceiptShown, script: str) -> str:
    one = shown.receipt
    withdrawn = f"withdrawn {_at(shown.withdrawn_at)}" if shown.withdrawn_at else ""
    elsewhere = "" if shown.counted or withdrawn else "of another conversation"
    left = round(points_now(one, now()), 1)
    faded = f"{left:+g} now" if shown.counted and left != one.points else ""
    earned = f"{one.points:+g} {one.because} ({one.evidence})"
    line = _dotted(earned, f"{script}@{one.version}", _at(one.at), faded, withdrawn, elsewhere)
    return line if shown.counted else coloured(line, "dim")


def _touch(touch: Touch) -> str:
    told = {name: value for name, value in dump_touch(touch).items() if name != "at"}
    return ", ".join(f"{name} {value}" for name, value in told.items())


def _transcript(talk: ConversationShown) -> Iterator[str]:
    day = ""
    for message in talk.messages:
        at = str(message.get("at", ""))
        if at[:10] != day:
            day = at[:10]
            yield coloured(visible(day), "dim")
        who = _speaker(message)
        first, *rest = visible_lines(str(message.get("text", "")))
        yield f"{visible(at[11:16])}  {visible(who)}: {first}"
        yield from (f"       {line}" for line in rest)
        if picture := message.get("picture"):
            yield f"       [picture {visible(': '.join(filter(None, (str(picture), str(message.get('alt', ''))))))}]"


def _speaker(message: Mapping[str, Any]) -> str:
    persona = message.get("persona")
    if isinstance(persona, Mapping) and persona.get("name"):
        return str(persona["name"])
    return str(message.get("from", ""))


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment is not None else ""


def _dotted(*parts: str) -> str:
    """Parts of a line with dots between them, where the terminal knows such dots."""
    try:
        dot = " \u00b7 "
        dot.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        dot = " - "
    return dot.join(visible(part) for part in parts if part)


def _arguments(arguments: Arguments) -> None:
    arguments.add_argument("lead", metavar="LEAD", help="its id, e-mail address or phone; a beginning is enough")
    add_config(arguments)
    add_json(arguments)


SHOW = Command(
    description="Show everything about one lead: answers, each point with its reason, consents, the whole talk.",
    examples="leads show ada@example.com\nleads show ada\nleads show 3f2a --json",
    arguments=_arguments,
    run=_show,
)
