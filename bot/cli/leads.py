"""``handraiser leads list`` and ``erase``."""

import argparse
import sys
from dataclasses import replace
from functools import partial
from typing import Any

from bot.cli.command import DONE, FAILED, Arguments, CalledWrongly, Command, CommandFailed
from bot.cli.lead_filters import add_filters, contacts_of, filters_of, name_in
from bot.cli.lead_points import up_to_date
from bot.cli.options import add_config, add_json, configuration, now, with_database
from bot.cli.terminal import print_json, table
from bot.uploads.folder import UploadFolder
from bot.visible import visible
from dialogs.source import dump_touch
from storage.database import Database
from storage.lead_lines import LeadLine
from storage.leads import AmbiguousLead, Erasure, LeadPage, LeadSheet, erase_lead, list_leads, show_lead
from storage.transaction import Transaction

_NAMED_MOST = 10
"""Leads that are named where several may be meant."""


def _list(options: argparse.Namespace) -> int:
    if not 1 <= options.limit <= 10_000:
        raise CalledWrongly(f"--limit must be from 1 to 10000, not {options.limit}")
    filters = filters_of(options)

    async def read(database: Database) -> LeadPage:
        page = await database.read(lambda tx: list_leads(tx, filters, limit=options.limit))
        return replace(page, leads=await up_to_date(database)(page.leads))

    page = with_database(options, read)
    if options.json:
        print_json([lead_as_json(lead) for lead in page.leads])
    elif page.leads:
        heads = ("ID", "NAME", "CONTACT", "STAGE", "FIT", "ENG", "HOT", "SCRIPT", "CHANGED (UTC)")
        print(table(heads, [_row(lead) for lead in page.leads]))
        if any(lead.linked for lead in page.leads):
            print("(+1): one more lead of the same person, which `leads show` names.", file=sys.stderr)
        if page.next is not None:
            print(
                f"There are more than these {len(page.leads)}; --limit shows more, leads export all.", file=sys.stderr
            )
    else:
        print("No lead fits.", file=sys.stderr)
    return DONE


def lead_as_json(lead: LeadLine) -> dict[str, Any]:
    """A lead at a glance, for programs."""
    source = lead.source
    return {
        "id": lead.public_id,
        "answers": {answer.field: answer.value for answer in lead.answers},
        "contacts": [{"kind": kind, "value": value} for kind, value in lead.identities],
        "stage": lead.stage.value,
        "fit": lead.fit,
        "engagement": lead.engagement,
        "hot": lead.hot,
        "hot_at": lead.hot_at and lead.hot_at.isoformat(),
        "owner": lead.owner,
        "disqualified": lead.disqualified,
        "tags": list(lead.tags),
        "script": lead.script,
        "version": lead.version,
        "channel": lead.channel,
        "language": lead.language,
        "source": source and {"first": dump_touch(source.first), "last": dump_touch(source.last)},
        "linked": lead.linked,
        "created": lead.created.isoformat(),
        "updated": lead.updated.isoformat(),
    }


def find_sheet(tx: Transaction, key: str) -> LeadSheet:
    """Everything about the lead that ``key`` names. Raises ``CommandFailed`` when none or several are meant."""
    try:
        sheet = show_lead(tx, key)
    except AmbiguousLead as error:
        named, more = error.public_ids[:_NAMED_MOST], len(error.public_ids) - _NAMED_MOST
        others = f" and {more} more" if more > 0 else ""
        raise CommandFailed(f'"{key}" may mean any of these: {", ".join(named)}{others}') from error
    if sheet is None:
        raise CommandFailed(f'there is no lead "{key}"; `handraiser leads list --search` finds them by their answers')
    return sheet


def _row(lead: LeadLine) -> tuple[str, ...]:
    return (
        lead.public_id,
        name_in(lead.answers) + (f" (+{lead.linked})" if lead.linked else ""),
        contacts_of(lead),
        lead.stage.value,
        str(lead.fit),
        str(lead.engagement),
        "hot" if lead.hot else "",
        lead.script,
        f"{lead.updated:%Y-%m-%d %H:%M}",
    )


def _erase(options: argparse.Namespace) -> int:
    sheet = with_database(options, lambda db: db.read(partial(find_sheet, key=options.lead)))
    if options.yes and not _is_named(sheet, options.lead):
        address = contacts_of(sheet.lead)
        raise CalledWrongly(f'"{options.lead}" is only the beginning of {address}; with --yes write all of it')
    if not options.yes and not _is_meant(sheet, linked=options.linked):
        print("Nothing was erased.", file=sys.stderr)
        return FAILED
    erase = partial(_erase_and_scrub, public_id=sheet.lead.public_id, linked=options.linked)
    erasure = with_database(options, erase)
    # The server would do it, too; nobody may be running one.
    UploadFolder(configuration(options).uploads.folder).remove(erasure.files)
    if options.json:
        counts = {"leads": erasure.leads, "conversations": len(erasure.conversations), "files": len(erasure.files)}
        print_json(counts)
        return DONE
    leads = "1 lead" if erasure.leads == 1 else f"{erasure.leads} leads"
    talks = "1 conversation" if len(erasure.conversations) == 1 else f"{len(erasure.conversations)} conversations"
    files = {0: "", 1: " and 1 file"}.get(len(erasure.files), f" and {len(erasure.files)} files")
    print(f"Erased {leads} with {talks}{files}. Backups made before still hold them.")
    for target, _, reference in erasure.references:
        print(f"Handraiser will take down what still speaks of them in {visible(target)}: {visible(reference)}")
    return DONE


async def _erase_and_scrub(database: Database, *, public_id: str, linked: bool) -> Erasure:
    erasure = await database.write(lambda tx: erase_lead(tx, public_id, now(), linked=linked))
    if erasure is None:
        raise CommandFailed(f"the lead {public_id} is gone already")
    await database.scrub()
    return erasure


def _is_named(sheet: LeadSheet, key: str) -> bool:
    """Whether the lead is named for certain: by its id or its beginning, or by a whole address."""
    wanted = key.strip().casefold()
    addresses = {identity.value.casefold() for identity in sheet.identities}
    return sheet.lead.public_id.casefold().startswith(wanted) or wanted in addresses


def _is_meant(sheet: LeadSheet, *, linked: bool) -> bool:
    """Ask whether this is the one. Raises ``CalledWrongly`` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise CalledWrongly("nobody can be asked here; say --yes to erase without a question")
    lead = sheet.lead
    who = ", ".join(filter(None, (name_in(lead.answers), contacts_of(lead)))) or "no name and no address"
    print(f"{lead.public_id}: {visible(who)}; {lead.script}, {lead.created:%Y-%m-%d}")
    if sheet.linked:
        others = ", ".join(one.public_id for one in sheet.linked)
        what = "they go, too" if linked else "they stay (with --linked they go, too)"
        print(f"Seems to be the same person as {others}; {what}.")
    print("Answers, conversations, consents, points: everything goes, for good.")
    return input('Type "erase" to erase it: ').strip().lower() == "erase"


def _list_arguments(arguments: Arguments) -> None:
    add_filters(arguments)
    arguments.add_argument("--limit", metavar="N", type=int, default=50, help="how many at most (default: 50)")
    add_config(arguments)
    add_json(arguments)


def _erase_arguments(arguments: Arguments) -> None:
    arguments.add_argument("lead", metavar="LEAD", help="its id, e-mail address or phone; a beginning is enough")
    arguments.add_argument("--linked", action="store_true", help="also leads that seem to be the same person")
    arguments.add_argument("--yes", action="store_true", help="do not ask")
    add_config(arguments)
    add_json(arguments)


LIST = Command(
    description="List leads, one a person, those that changed last first.",
    examples="leads list --hot\nleads list --search 'ada example.com' --since '7 days'\nleads list --stage mql --json",
    arguments=_list_arguments,
    run=_list,
)
ERASE = Command(
    description="""\
Forget a person for good: answers, conversations, consents, points, what was still to be done for them. Counts stay.""",
    examples="leads erase ada@example.com\nleads erase 3f2a9c --linked --yes",
    arguments=_erase_arguments,
    run=_erase,
)
