"""``handraiser leads export``: all leads as a table, safe to open in a spreadsheet, or as JSON."""

import argparse
import csv
import json
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from bot.cli.command import DONE, Arguments, CalledWrongly, Command, CommandFailed
from bot.cli.lead_filters import add_filters, filters_of
from bot.cli.lead_points import up_to_date
from bot.cli.options import add_config, with_database
from bot.cli.terminal import json_line
from bot.visible import visible
from storage.database import Database
from storage.leads import LeadFilter, answered_fields, export_leads

COLUMNS = (
    "id", "person", "created", "updated", "stage", "fit", "engagement", "score", "hot", "hot_at", "owner",
    "disqualified", "tags", "email", "phone", "script", "version", "channel", "language",
    *(
        f"{which}_{part}"
        for which in ("first", "last")
        for part in (
            "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "click_id", "campaign_code",
            "referrer", "landing_page",
        )
    ),
    "files",
)  # fmt: skip
"""Columns of every lead; those of the answers follow."""
_PROGRESS = 5000
_BEGINS_FORMULA = "[=+\\-@|%\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(f"[\t\r\n]|\\s*{_BEGINS_FORMULA}")
_FORMULA_INSIDE = re.compile(f"([;\t\r\n]\\s*)(?={_BEGINS_FORMULA})")
"""Where a cell would begin for a program that takes ; or a tab for the separator and knows no such quotation marks."""
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d ]*(?:[.,]\d+)?")
"""A number or a phone number: nothing to calculate, though it begins like a formula."""


def cell(value: Any) -> str:
    """A value for a spreadsheet: what would be taken for a formula gets an apostrophe, which shows it as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value).replace("\x00", "\ufffd")
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    text = _FORMULA_INSIDE.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _export(options: argparse.Namespace) -> int:
    filters = filters_of(options)
    output: Path | None = options.output
    as_json = _format(options) == "json"

    async def export(database: Database) -> int:
        with _opened(output, as_json=as_json) as stream:
            return await (_write_json(database, filters, stream) if as_json else _write_csv(database, filters, stream))

    count = with_database(options, export)
    leads = "1 lead" if count == 1 else f"{count:,} leads"
    print(f"Exported {leads}{f' to {output}' if output else ''}.", file=sys.stderr)
    return DONE


def _format(options: argparse.Namespace) -> str:
    """What is asked for, by an option or by the file's ending. Raises ``CalledWrongly``."""
    if options.json and options.format == "csv":
        raise CalledWrongly("--json and --format csv are two different wishes; name one")
    named: str | None = "json" if options.json else options.format
    output: Path | None = options.output
    return named or ("json" if output is not None and output.suffix in (".json", ".jsonl") else "csv")


async def _write_csv(database: Database, filters: LeadFilter, stream: TextIO) -> int:
    fields = await database.read(answered_fields)
    # A program gets every character; a person at a terminal sees those that the terminal would obey.
    shown = visible if stream.isatty() else str
    columns = [*COLUMNS, *(f"answer.{field}" for field in fields)]
    writer = csv.DictWriter(stream, columns, extrasaction="ignore")
    writer.writerow({column: shown(cell(column)) for column in columns})
    count = 0
    async for row in export_leads(database, filters, up_to_date(database)):
        writer.writerow({column: shown(cell(row.get(column))) for column in columns})
        count = _counted(count)
    return count


async def _write_json(database: Database, filters: LeadFilter, stream: TextIO) -> int:
    count = 0
    async for row in export_leads(database, filters, up_to_date(database)):
        line = json_line(row) if stream is sys.stdout else json.dumps(row)
        stream.write(f"{line}\n")
        count = _counted(count)
    return count


def _counted(count: int) -> int:
    if (count + 1) % _PROGRESS == 0 and sys.stderr.isatty():
        print(f"{count + 1:,} leads ...", file=sys.stderr)
    return count + 1


@contextmanager
def _opened(path: Path | None, *, as_json: bool) -> Iterator[TextIO]:
    """Where to write: standard output, or a file that only its owner may read and that is complete or not there."""
    if path is None:
        yield sys.stdout
        return
    if path.is_dir():
        raise CommandFailed(f"{path} is a folder; name a file")
    young = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    # The mark at a CSV's beginning tells spreadsheets that it is UTF-8.
    encoding = "utf-8" if as_json else "utf-8-sig"
    handle = os.open(young, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "w", encoding=encoding, errors="replace", newline="") as stream:
            yield stream
        os.replace(young, path)
    finally:
        young.unlink(missing_ok=True)


def _arguments(arguments: Arguments) -> None:
    add_filters(arguments)
    arguments.add_argument("--format", choices=("csv", "json"), help="csv, or json: one object a line (default: csv)")
    arguments.add_argument("--json", action="store_true", help="the same as --format json")
    arguments.add_argument("--output", metavar="FILE", type=Path, help="write to this file, which only you may read")
    add_config(arguments)


EXPORT = Command(
    description="""\
Take leads out as CSV, or as JSON with one object a line; one row for each lead, a column for each question. Cells
that a spreadsheet would take for formulas begin with an apostrophe.""",
    examples="leads export --output leads.csv\nleads export --stage mql --since '30 days' --format json | jq .email",
    arguments=_arguments,
    run=_export,
)
